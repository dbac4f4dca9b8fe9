//! What the pages say, in the reader's language.
//!
//! Every text is a Fluent message in `locales/`. A message that a translation lacks is said in English;
//! one that English lacks shows its key, and a test sees to it that none does.
//!
//! A language is a tag and its files, a line each in `SOURCES`; `docs/TRANSLATING.md` says how one is added.

mod bidi;
mod choose;
mod counts;
mod rehearsal;
mod times;

use std::borrow::Borrow;
use std::fmt::{self, Display, Write};
use std::sync::{Arc, LazyLock};

use askama::filters::HtmlSafe;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use jiff::{Timestamp, tz::TimeZone};
use keepwell_core::persons::Units;
use unic_langid::{CharacterDirection, LanguageIdentifier};

pub use bidi::isolated;
pub use choose::{Wishes, choose, culture_of_lcid, speaks};
pub use counts::{counted, said};
pub use rehearsal::{lacking, rehearse};

use crate::brand::{Brand, Contact};

/// The key of a message, where it is chosen in code rather than written in a template.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Key(pub &'static str);

impl AsRef<str> for Key {
    fn as_ref(&self) -> &str {
        self.0
    }
}

/// Text that is markup already, escaped where it had to be.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Markup(String);

impl Markup {
    /// Markup that needs no escaping any more.
    pub(crate) fn of(markup: String) -> Self {
        Self(markup)
    }
}

impl Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Markup {}

/// Which way a language is written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Direction {
    /// As English.
    LeftToRight,
    /// As Arabic.
    RightToLeft,
}

impl Direction {
    /// The word of a `dir` attribute.
    pub fn attribute(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }

    fn of(language: &LanguageIdentifier) -> Self {
        match language.character_direction() {
            CharacterDirection::RTL => Self::RightToLeft,
            _ => Self::LeftToRight,
        }
    }
}

/// One language.
pub struct Locale {
    tag: &'static str,
    direction: Direction,
    bundle: FluentBundle<FluentResource>,
}

impl Locale {
    /// The tag for a `lang` attribute.
    pub fn tag(&self) -> &'static str {
        self.tag
    }

    /// Which way it is written.
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// What the language calls itself.
    pub fn name(&self) -> String {
        self.format(Key("language-name").0, None).unwrap_or_else(|| self.tag.to_owned())
    }

    fn format(&self, key: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, args, &mut errors);
        if !errors.is_empty() {
            tracing::warn!(key, locale = self.tag, "a text lacks an argument");
        }
        Some(text.into_owned())
    }
}

/// English first: it is complete, and where the others fall back to.
///
/// Of `en-x.ftl` the translation is `ar-x.ftl`; a test compares them file by file.
const SOURCES: [(&str, &[&str]); 2] = [
    (
        "en",
        &[
            include_str!("../locales/en.ftl"),
            include_str!("../locales/en-closure.ftl"),
            include_str!("../locales/en-countries.ftl"),
            include_str!("../locales/en-forms.ftl"),
            include_str!("../locales/en-guard.ftl"),
            include_str!("../locales/en-passkeys.ftl"),
            include_str!("../locales/en-picture.ftl"),
            include_str!("../locales/en-second-step.ftl"),
            include_str!("../locales/en-types.ftl"),
        ],
    ),
    (
        "ar",
        &[
            include_str!("../locales/ar.ftl"),
            include_str!("../locales/ar-closure.ftl"),
            include_str!("../locales/ar-countries.ftl"),
            include_str!("../locales/ar-forms.ftl"),
            include_str!("../locales/ar-guard.ftl"),
            include_str!("../locales/ar-passkeys.ftl"),
            include_str!("../locales/ar-picture.ftl"),
            include_str!("../locales/ar-second-step.ftl"),
            include_str!("../locales/ar-types.ftl"),
        ],
    ),
];

static LOCALES: LazyLock<Vec<Locale>> = LazyLock::new(|| {
    SOURCES
        .iter()
        .map(|(tag, sources)| {
            let language: LanguageIdentifier = tag.parse().unwrap_or_default();
            let direction = Direction::of(&language);
            let mut bundle = FluentBundle::new_concurrent(vec![language]);
            // Marks around every argument would end up in titles and in what people copy; `bidi` puts them
            // where they are needed.
            bundle.set_use_isolating(false);
            bundle.set_formatter(Some(said));
            for source in *sources {
                // What does not parse is left out, and the test of keys finds it missing.
                let resource = match FluentResource::try_new((*source).to_owned()) {
                    Ok(resource) | Err((resource, _)) => resource,
                };
                bundle.add_resource_overriding(resource);
            }
            Locale { tag, direction, bundle }
        })
        .collect()
});

/// The languages that we speak, English first.
pub fn locales() -> &'static [Locale] {
    &LOCALES
}

/// What a page says to one reader now: the language, and the clock by which times are told.
#[derive(Clone)]
pub struct Texts {
    locale: &'static Locale,
    now: Timestamp,
    zone: TimeZone,
    product: Option<Arc<str>>,
    brand: Option<Arc<Brand>>,
    units: Units,
}

impl Texts {
    /// Texts in this language for someone who reads at this moment in this time zone.
    pub fn new(locale: &'static Locale, now: Timestamp, zone: TimeZone) -> Self {
        Self { locale, now, zone, product: None, brand: None, units: Units::default() }
    }

    /// The same texts on a server that calls itself this.
    pub fn called(self, product: &str) -> Self {
        Self { product: Some(product.into()), ..self }
    }

    /// The same texts on a server with this brand.
    pub fn branded(self, brand: Option<Arc<Brand>>) -> Self {
        Self { brand, ..self }
    }

    /// The brand of the server, if it has one of its own.
    pub fn brand(&self) -> Option<&Brand> {
        self.brand.as_deref()
    }

    /// The address of the server's own logo, if it has one.
    pub fn logo(&self) -> Option<&str> {
        self.brand()?.logo()
    }

    /// How to reach whoever runs the server, if they say.
    pub fn contact(&self) -> Option<&Contact> {
        self.brand()?.contact()
    }

    /// The same texts for someone who reads numbers in these units.
    pub fn reading_in(self, units: Units) -> Self {
        Self { units, ..self }
    }

    /// The same texts in English, for what is kept rather than read.
    pub fn in_english(&self) -> Self {
        Self { locale: &LOCALES[0], ..self.clone() }
    }

    /// The units in which the reader reads numbers.
    pub fn units(&self) -> &Units {
        &self.units
    }

    /// The moment at which the page is read, on the clock of the wall: microseconds.
    pub fn now_on_the_wall(&self) -> i64 {
        let there = self.now.to_zoned_datetime(self.zone.clone());
        self.now.as_microsecond() + i64::from(there.offset().seconds()) * 1_000_000
    }

    /// That moment in parts: day, month, year, and the time.
    pub fn now_in_parts(&self) -> [String; 4] {
        let there = self.now.to_zoned_datetime(self.zone.clone());
        [
            there.day().to_string(),
            there.month().to_string(),
            there.year().to_string(),
            there.strftime("%H:%M").to_string(),
        ]
    }

    /// A fixed afternoon, for samples and tests; in English, unless the samples are played in another language.
    pub fn for_samples() -> Self {
        rehearsal::texts(|locale| Self::new(locale, samples_now(), TimeZone::UTC))
    }

    /// The same in another language.
    #[cfg(test)]
    pub(crate) fn in_language_for_tests(tag: &str) -> Self {
        Self::new(choose(Wishes { asked: Some(tag), ..Wishes::default() }), samples_now(), TimeZone::UTC)
    }

    /// The tag for a `lang` attribute.
    pub fn lang(&self) -> &'static str {
        self.locale.tag
    }

    /// The word for a `dir` attribute.
    pub fn dir(&self) -> &'static str {
        self.locale.direction.attribute()
    }

    /// The languages that the reader could have instead.
    pub fn other_languages(&self) -> impl Iterator<Item = &'static Locale> {
        let spoken = self.locale.tag;
        LOCALES.iter().filter(move |locale| locale.tag != spoken)
    }

    /// A message.
    pub fn say(&self, key: impl AsRef<str>) -> String {
        self.format(key.as_ref(), None)
    }

    /// A message that may not exist.
    pub fn say_if_known(&self, key: impl AsRef<str>) -> Option<String> {
        let key = key.as_ref();
        self.locale.format(key, None).or_else(|| {
            let english = LOCALES[0].format(key, None)?;
            rehearsal::lacks(key);
            Some(english)
        })
    }

    /// A message with one argument.
    pub fn say_with(&self, key: impl AsRef<str>, name: &str, value: impl Display) -> String {
        self.format(key.as_ref(), Some(&self.args(&[(name, &value)])))
    }

    /// A message with two arguments.
    pub fn say_two(
        &self,
        key: impl AsRef<str>,
        first: &str,
        value: impl Display,
        second: &str,
        other: impl Display,
    ) -> String {
        self.format(key.as_ref(), Some(&self.args(&[(first, &value), (second, &other)])))
    }

    /// A message with several arguments.
    pub fn say_all(&self, key: impl AsRef<str>, given: &[(&str, &dyn Display)]) -> String {
        self.format(key.as_ref(), Some(&self.args(given)))
    }

    /// A message about a number of things, `$count`, which chooses the plural.
    pub fn say_count(&self, key: impl AsRef<str>, count: impl Borrow<u32>) -> String {
        let mut args = FluentArgs::new();
        args.set("count", counted(*count.borrow(), self.locale.tag));
        self.format(key.as_ref(), Some(&args))
    }

    /// A message whose argument stands out.
    pub fn say_strong(&self, key: impl AsRef<str>, name: &str, value: impl Display) -> Markup {
        let value = self.strong(&value);
        self.embolden(&self.format(key.as_ref(), Some(&pairs(&[(name, value)]))))
    }

    /// A message whose two arguments stand out.
    pub fn say_two_strong(
        &self,
        key: impl AsRef<str>,
        first: &str,
        value: impl Display,
        second: &str,
        other: impl Display,
    ) -> Markup {
        let (value, other) = (self.strong(&value), self.strong(&other));
        self.embolden(&self.format(key.as_ref(), Some(&pairs(&[(first, value), (second, other)]))))
    }

    /// Names in a row: "weight, height and blood pressure".
    pub fn list<T: AsRef<str>>(&self, items: &[T]) -> String {
        match items {
            [] => String::new(),
            [only] => only.as_ref().to_owned(),
            [init @ .., last] => {
                // Each name by itself: a row that begins with a foreign name must not turn round as a whole.
                let init: Vec<String> = init.iter().map(|item| self.isolate(item.as_ref())).collect();
                self.say_two("list-and", "first", init.join(&self.say("list-comma")), "last", last.as_ref())
            }
        }
    }

    fn format(&self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        if let (PRODUCT, Some(product)) = (key, &self.product) {
            return product.to_string();
        }
        self.locale.format(key, args).unwrap_or_else(|| {
            rehearsal::lacks(key);
            LOCALES[0].format(key, args).unwrap_or_else(|| key.to_owned())
        })
    }

    /// A text in the middle of one of ours, so that neither changes the order of the other's words.
    fn isolate(&self, text: &str) -> String {
        isolated(text, self.locale.direction).into_owned()
    }

    fn args<'a>(&self, given: &[(&'a str, &dyn Display)]) -> FluentArgs<'a> {
        given.iter().map(|(name, value)| (*name, self.isolate(&value.to_string()))).collect()
    }

    fn strong(&self, value: &dyn Display) -> String {
        // A value that brings marks of its own loses them.
        let value: String = value.to_string().chars().filter(|c| !matches!(*c, STRONG | WEAK)).collect();
        format!("{STRONG}{}{WEAK}", self.isolate(&value))
    }

    fn embolden(&self, text: &str) -> Markup {
        let escaped = escape(text);
        Markup(escaped.replace(STRONG, "<strong>").replace(WEAK, "</strong>"))
    }
}

/// The message that names the server.
const PRODUCT: &str = "keepwell";

/// The moment of the samples: Wednesday, 18 March 2026, 15:30 UTC.
pub(crate) fn samples_now() -> Timestamp {
    Timestamp::from_second(1_773_847_800).unwrap_or_default()
}

/// Private-use characters that mark emphasis until the text has been escaped.
const STRONG: char = '\u{e000}';
const WEAK: char = '\u{e001}';

fn pairs<'a>(given: &[(&'a str, String)]) -> FluentArgs<'a> {
    given.iter().map(|(name, value)| (*name, value.clone())).collect()
}

pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' | '>' | '&' | '"' | '\'' => {
                let _ = write!(out, "&#{};", c as u32);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
#[path = "locale/complete_tests.rs"]
mod complete_tests;
#[cfg(test)]
#[path = "locale/key_tests.rs"]
mod key_tests;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_argument_that_stands_out_is_escaped_like_any_other() {
        let t = Texts::for_samples();
        let text = t.say_strong("consent-read-sentence-test-only", "app", "x");
        assert_eq!(text.to_string(), "consent-read-sentence-test-only");
        let text = t.say_two_strong("list-and", "first", "<b>&\u{e000}", "last", "Anna");
        assert_eq!(text.to_string(), "<strong>&#60;b&#62;&#38;</strong> and <strong>Anna</strong>");
    }

    #[test]
    fn names_stand_in_a_row_as_people_say_them() {
        let t = Texts::for_samples();
        assert_eq!(t.list::<&str>(&[]), "");
        assert_eq!(t.list(&["weight"]), "weight");
        assert_eq!(t.list(&["weight", "height"]), "weight and height");
        assert_eq!(t.list(&["weight", "height", "pulse"]), "weight, height and pulse");
    }

    fn arabic() -> Texts {
        Texts::new(&LOCALES[1], samples_now(), TimeZone::UTC)
    }

    #[test]
    fn arabic_is_written_from_right_to_left() {
        assert_eq!((arabic().lang(), arabic().dir()), ("ar", "rtl"));
        assert_eq!(Texts::for_samples().dir(), "ltr");
        assert_eq!(LOCALES[1].name(), "العربية");
    }

    #[test]
    fn a_name_of_the_other_direction_is_isolated_wherever_it_stands() {
        let t = arabic();
        assert_eq!(t.say_with("stopped-title", "app", "Fit"), "تم إيقاف \u{2068}Fit\u{2069}");
        assert_eq!(t.list(&["Anna", "أمل"]), "\u{2068}Anna\u{2069} وأمل");
        assert_eq!(
            t.say_strong("stopped-title", "app", "Fit").to_string(),
            "تم إيقاف <strong>\u{2068}Fit\u{2069}</strong>"
        );
    }

    #[test]
    fn a_row_of_names_is_not_turned_round_by_its_first() {
        let t = arabic();
        let row = t.list(&["Anna", "Karl", "أمل"]);
        assert_eq!(row, "\u{2068}Anna\u{2069}، \u{2068}Karl\u{2069} وأمل");
        assert_eq!(t.say_with("did-read", "items", &row), format!("قراءة {row}."));
    }

    #[test]
    fn arabic_counts_in_six_forms() {
        let t = arabic();
        let said = [0, 1, 2, 3, 11, 100].map(|count| t.say_count("contents-count", count));
        assert_eq!(said, ["لا عناصر", "عنصر واحد", "عنصران", "3 عناصر", "11 عنصراً", "100 عنصر"]);
        let said = [102, 103, 1_011, 12_200].map(|count| t.say_count("contents-count", count));
        assert_eq!(said, ["102 عنصر", "103 عناصر", "1011 عنصراً", "12200 عنصر"], "by the last two digits");
    }
}
