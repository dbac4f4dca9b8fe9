//! A vocabulary in memory, as it is read and searched.

use std::cmp::Ordering;
use std::sync::OnceLock;

use super::culture::choose;
use super::fold::{fold, words};
use super::index::{Index, Mode};
use super::sheet::{Key, Row, Sheet};
use super::version;

/// Where a vocabulary comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It comes with the program.
    BuiltIn,
    /// It was loaded into the database.
    Loaded,
}

/// A vocabulary: codes with what they mean. It never changes.
pub struct Vocabulary {
    /// What it is known by.
    pub key: Key,
    /// What it is, in a line.
    pub description: String,
    /// Whether only applications with an authorization for it may use it.
    pub restricted: bool,
    /// Where it comes from.
    pub origin: Origin,
    /// Name and description as they are searched.
    headline: [String; 2],
    /// In the order of the codes.
    codes: Vec<Code>,
    /// The first is the default.
    languages: Vec<Language>,
}

struct Code {
    code: Box<str>,
    info_xml: Option<Box<str>>,
}

struct Language {
    tag: String,
    /// Beside `codes`; a code without a text of this language has none.
    texts: Vec<Option<Text>>,
    index: OnceLock<Index>,
}

struct Text {
    display: Box<str>,
    abbreviation: Option<Box<str>>,
}

/// A code with its texts in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item<'v> {
    /// The code.
    pub code: &'v str,
    /// What people read; empty when there is no text in the language that was insisted on.
    pub display: &'v str,
    /// The same, shorter.
    pub abbreviation: Option<&'v str>,
    /// More about the code, one XML element.
    pub info_xml: Option<&'v str>,
}

/// Some items, and whether there are more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<'v> {
    /// The items.
    pub items: Vec<Item<'v>>,
    /// Whether there are more than these.
    pub truncated: bool,
}

impl Vocabulary {
    pub(super) fn of(sheet: Sheet, origin: Origin) -> Self {
        let mut rows = sheet.rows;
        rows.sort_unstable_by(|a, b| a.code.cmp(&b.code).then(a.language.cmp(&b.language)));
        let mut codes: Vec<Code> = Vec::new();
        let mut languages: Vec<Language> = sheet
            .languages
            .into_iter()
            .map(|tag| Language { tag, texts: Vec::new(), index: OnceLock::new() })
            .collect();
        for row in rows {
            if codes.last().is_none_or(|last| *last.code != *row.code) {
                codes.push(Code { code: row.code.as_str().into(), info_xml: None });
                languages.iter_mut().for_each(|language| language.texts.push(None));
            }
            place(row, codes.last_mut(), &mut languages);
        }
        let headline = [fold(&sheet.key.name), fold(&sheet.description)];
        Self {
            key: sheet.key,
            description: sheet.description,
            restricted: sheet.restricted,
            origin,
            headline,
            codes,
            languages,
        }
    }

    /// How many codes it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether it has no codes: some are only a name.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// Its languages; the first is the default.
    pub fn languages(&self) -> impl Iterator<Item = &str> + Clone {
        self.languages.iter().map(|language| language.tag.as_str())
    }

    /// The vocabulary for a reader of this culture (`de-CH`): in the nearest language that it has, or in
    /// its default.
    #[must_use]
    pub fn read(&self, culture: &str) -> Reading<'_> {
        Reading { vocabulary: self, language: choose(self.languages(), culture).or(Some(0)) }
    }

    /// The same for a reader who wants no other language (`fixed-culture`, methods.md 7.1): without it,
    /// texts are empty. The original took `en-US` and `en` for two languages; here one serves the other.
    #[must_use]
    pub fn read_only_in(&self, culture: &str) -> Reading<'_> {
        let any = culture.is_empty().then_some(0);
        Reading { vocabulary: self, language: choose(self.languages(), culture).or(any) }
    }

    /// Makes ready what searches need, which otherwise the first of them does.
    pub(super) fn prepare(&self) {
        for place in 0..self.languages.len() {
            let _ = self.index(place);
        }
    }

    /// Whether its name or its description matches.
    pub(super) fn is_about(&self, text: &str, mode: Mode) -> bool {
        let text = fold(text);
        !text.is_empty()
            && match mode {
                Mode::Prefix => self.headline.iter().any(|line| line.starts_with(&text)),
                Mode::Contains => self.headline.iter().any(|line| line.contains(&text)),
                Mode::FullText => words(&text).all(|word| {
                    self.headline.iter().any(|line| words(line).any(|candidate| candidate == word))
                }),
            }
    }

    /// By family, name, and age.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        let (a, b) = (&self.key, &other.key);
        let names = (&a.family, &a.name).cmp(&(&b.family, &b.name));
        names.then_with(|| version::compare(&a.version, &b.version))
    }

    fn index(&self, language: usize) -> Option<&Index> {
        let texts = |at| match self.text(at, language) {
            Some(text) => (&*text.display, text.abbreviation.as_deref()),
            None => ("", None),
        };
        let build = || Index::of((0..self.codes.len()).map(texts));
        self.languages.get(language).map(|l| l.index.get_or_init(build))
    }

    /// The text of a code in a language; one that has none is shown as in the default.
    fn text(&self, at: usize, language: usize) -> Option<&Text> {
        let of = |place: usize| self.languages.get(place)?.texts.get(at)?.as_ref();
        of(language).or_else(|| of(0)).or_else(|| (1..self.languages.len()).find_map(of))
    }
}

fn place(row: Row, code: Option<&mut Code>, languages: &mut [Language]) {
    if let (Some(code), Some(info)) = (code, row.info_xml) {
        code.info_xml.get_or_insert_with(|| info.into());
    }
    let text = Text { display: row.display.into(), abbreviation: row.abbreviation.map(Into::into) };
    if let Some(last) = languages.get_mut(row.language).and_then(|language| language.texts.last_mut()) {
        *last = Some(text);
    }
}

/// A vocabulary in one language.
#[derive(Clone, Copy)]
pub struct Reading<'v> {
    vocabulary: &'v Vocabulary,
    language: Option<usize>,
}

impl<'v> Reading<'v> {
    /// The language of the texts. Where the language that was insisted on is not there, it is the default
    /// one, as with the original.
    #[must_use]
    pub fn language(&self) -> &'v str {
        let place = self.language.unwrap_or_default();
        self.vocabulary.languages.get(place).map_or("en", |language| &language.tag)
    }

    /// The items behind a code, or from the first, in the order of codes: how a long vocabulary is read
    /// in parts. `None` when there is no such code.
    #[must_use]
    pub fn after(&self, code: Option<&str>, most: usize) -> Option<Page<'v>> {
        let codes = &self.vocabulary.codes;
        let from = match code {
            None => 0,
            Some(code) => codes.binary_search_by(|c| (*c.code).cmp(code)).ok()? + 1,
        };
        let to = codes.len().min(from.saturating_add(most));
        let items = (from..to).filter_map(|at| self.item(at)).collect();
        Some(Page { items, truncated: to < codes.len() })
    }

    /// The items that match, in the order of their texts.
    #[must_use]
    pub fn search(&self, text: &str, mode: Mode, most: usize) -> Page<'v> {
        let index = self.language.and_then(|language| self.vocabulary.index(language));
        let mut hits = index.map_or_else(Vec::new, |index| index.search(text, mode, most.saturating_add(1)));
        let truncated = hits.len() > most;
        hits.truncate(most);
        Page { items: hits.into_iter().filter_map(|at| self.item(at as usize)).collect(), truncated }
    }

    /// What people read for a code.
    #[must_use]
    pub fn display(&self, code: &str) -> Option<&'v str> {
        let at = self.vocabulary.codes.binary_search_by(|c| (*c.code).cmp(code)).ok()?;
        self.item(at).map(|item| item.display)
    }

    fn item(&self, at: usize) -> Option<Item<'v>> {
        let code = self.vocabulary.codes.get(at)?;
        let text = self.language.and_then(|language| self.vocabulary.text(at, language));
        Some(Item {
            code: &code.code,
            display: text.map_or("", |text| &text.display),
            abbreviation: text.and_then(|text| text.abbreviation.as_deref()),
            info_xml: code.info_xml.as_deref(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::text_file::parse;
    use super::*;

    fn colours() -> Vocabulary {
        let text = "name: colours\nfamily: own\nversion: 2\ndescription: What the eye sees\n\n\
                    r\tRed\n10\tTen\n9\tNine\nb\tBlue\tbl\t<rgb/>\n[de]\nr\tRot\nx\tNur deutsch\n";
        Vocabulary::of(parse(text).unwrap(), Origin::Loaded)
    }

    fn codes<'v>(page: &Page<'v>) -> Vec<&'v str> {
        page.items.iter().map(|item| item.code).collect()
    }

    #[test]
    fn items_are_in_the_order_of_codes_and_read_in_parts() {
        let all = colours();
        let page = all.read("en-US").after(None, 3).unwrap();
        assert_eq!((codes(&page), page.truncated), (vec!["10", "9", "b"], true));
        let rest = all.read("en-US").after(Some("b"), 3).unwrap();
        assert_eq!((codes(&rest), rest.truncated), (vec!["r", "x"], false));
        assert_eq!(all.read("en").after(Some("x"), 3).map(|p| p.items.len()), Some(0));
        assert_eq!(all.read("en").after(Some("B"), 3), None);
        let blue = page.items[2];
        assert_eq!((blue.display, blue.abbreviation, blue.info_xml), ("Blue", Some("bl"), Some("<rgb/>")));
    }

    #[test]
    fn a_reader_gets_the_language_or_the_default_and_a_strict_one_empty_texts() {
        let all = colours();
        let red =
            |reading: Reading<'_>| (reading.language().to_owned(), reading.display("r").unwrap().to_owned());
        let pair = |language: &str, text: &str| (language.to_owned(), text.to_owned());
        assert_eq!(red(all.read("de-CH")), pair("de", "Rot"));
        assert_eq!(red(all.read("fr")), pair("en", "Red"));
        assert_eq!(red(all.read("")), pair("en", "Red"));
        assert_eq!(red(all.read_only_in("de-CH")), pair("de", "Rot"));
        assert_eq!(red(all.read_only_in("")), pair("en", "Red"));
        assert_eq!(red(all.read_only_in("fr")), pair("en", ""));
        assert_eq!(all.read("de").display("b"), Some("Blue"), "as in the default");
        assert_eq!(all.read("en").display("x"), Some("Nur deutsch"), "better than none");
    }

    #[test]
    fn a_search_is_in_the_readers_language() {
        let all = colours();
        assert_eq!(codes(&all.read("de").search("ro", Mode::Prefix, 5)), ["r"]);
        assert_eq!(codes(&all.read("en").search("ro", Mode::Prefix, 5)), [""; 0]);
        let page = all.read("en").search("n", Mode::Contains, 1);
        assert_eq!((codes(&page), page.truncated), (vec!["9"], true));
    }

    #[test]
    fn a_vocabulary_is_found_by_name_and_description() {
        let all = colours();
        assert!(all.is_about("COL", Mode::Prefix) && all.is_about("what", Mode::Prefix));
        assert!(all.is_about("eye", Mode::Contains) && !all.is_about("eye", Mode::Prefix));
        assert!(all.is_about("sees colours", Mode::FullText) && !all.is_about("see", Mode::FullText));
        assert!(!all.is_about(" ", Mode::Prefix));
    }
}
