//! The parts that pages are made of. Each writes its own markup, so that a label, a hint and an error
//! are tied to their field in one place.

use askama::Template;
use askama::filters::HtmlSafe;
use uuid::Uuid;

use crate::locale::{Key, Texts};

/// What is wrong with one field of a form.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Trouble {
    /// Nothing was entered.
    Missing,
    /// No e-mail address.
    NotAnEmail,
    /// An account has this e-mail address.
    EmailTaken,
    /// A password that is too short.
    PasswordShort,
    /// A password that many people use.
    PasswordCommon,
    /// The second entry is not like the first.
    PasswordsDiffer,
    /// The present password is wrong.
    PasswordWrong,
    /// Not a year.
    NotAYear,
    /// Younger than we may serve alone.
    TooYoung,
    /// Longer than we can keep.
    TooLong,
    /// The terms have to be agreed to.
    NotAgreed,
    /// Nothing was chosen.
    NotChosen,
    /// A sign-up code that we do not know.
    SignUpCode,
    /// What is to be erased was not agreed to.
    NotTicked,
}

impl Trouble {
    /// What to say.
    pub fn key(self) -> Key {
        match self {
            Self::Missing => Key("trouble-missing"),
            Self::NotAnEmail => Key("trouble-not-an-email"),
            Self::EmailTaken => Key("trouble-email-taken"),
            Self::PasswordShort => Key("trouble-password-short"),
            Self::PasswordCommon => Key("trouble-password-common"),
            Self::PasswordsDiffer => Key("trouble-passwords-differ"),
            Self::PasswordWrong => Key("trouble-password-wrong"),
            Self::NotAYear => Key("trouble-not-a-year"),
            Self::TooYoung => Key("trouble-too-young"),
            Self::TooLong => Key("trouble-too-long"),
            Self::NotAgreed => Key("trouble-not-agreed"),
            Self::NotChosen => Key("trouble-not-chosen"),
            Self::SignUpCode => Key("trouble-sign-up-code"),
            Self::NotTicked => Key("trouble-not-ticked"),
        }
    }
}

/// A line to type in.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "parts/field.html")]
pub struct Field {
    name: &'static str,
    label: String,
    kind: &'static str,
    value: String,
    autocomplete: &'static str,
    numeric: bool,
    code: bool,
    optional: bool,
    longest: Option<u16>,
    hint: Option<String>,
    error: Option<String>,
}

impl HtmlSafe for Field {}

impl Field {
    /// A line of text.
    pub fn text(name: &'static str, label: String, value: &str) -> Self {
        Self { name, label, kind: "text", value: value.to_owned(), ..Self::default() }
    }

    /// An e-mail address.
    pub fn email(name: &'static str, label: String, value: &str) -> Self {
        Self { kind: "email", ..Self::text(name, label, value) }
    }

    /// A password; it is never written back.
    pub fn password(name: &'static str, label: String) -> Self {
        Self { kind: "password", ..Self::text(name, label, "") }
    }

    /// What the browser may fill in.
    pub fn filled_as(self, autocomplete: &'static str) -> Self {
        Self { autocomplete, ..self }
    }

    /// Digits only: a phone shows its number keys.
    pub fn numeric(self) -> Self {
        Self { numeric: true, ..self }
    }

    /// A code from a slip or a letter: wide letters, nothing filled in or corrected by the browser.
    pub fn code(self) -> Self {
        Self { code: true, autocomplete: "off", ..self }
    }

    /// May stay empty.
    pub fn optional(self) -> Self {
        Self { optional: true, ..self }
    }

    /// The most characters.
    pub fn longest(self, longest: u16) -> Self {
        Self { longest: Some(longest), ..self }
    }

    /// A line of help.
    pub fn hint(self, hint: String) -> Self {
        Self { hint: Some(hint), ..self }
    }

    /// What is wrong.
    pub fn error(self, t: &Texts, trouble: Option<Trouble>) -> Self {
        Self { error: trouble.map(|trouble| t.say(trouble.key())), ..self }
    }

    /// What is wrong, in words that no other field needs.
    pub fn wrong(self, wrong: Option<String>) -> Self {
        Self { error: wrong, ..self }
    }

    fn described_by(&self) -> String {
        let parts = [self.hint.as_ref().map(|_| "hint"), self.error.as_ref().map(|_| "error")];
        let ids: Vec<String> =
            parts.into_iter().flatten().map(|part| format!("{}-{part}", self.name)).collect();
        ids.join(" ")
    }
}

/// One of several.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What the person reads.
    pub label: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// A list that folds out.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/select.html")]
pub struct Select {
    /// The field's name.
    pub name: &'static str,
    /// The question.
    pub label: String,
    /// What the browser may fill in.
    pub autocomplete: &'static str,
    /// What stands there before anything is chosen.
    pub prompt: String,
    /// The list.
    pub choices: Vec<Choice>,
    /// What is wrong.
    pub error: Option<String>,
}

impl HtmlSafe for Select {}

/// Whose record: initials in the record's own colour, and the name.
#[derive(Clone, Debug, Eq, PartialEq, Template)]
#[template(path = "parts/badge.html")]
pub struct Badge {
    /// The name on the record.
    pub name: String,
    /// Which of the colours.
    pub hue: u8,
    /// Where its picture is; what is there without one covers nothing. None for a record that is shut.
    pub picture: Option<String>,
}

impl HtmlSafe for Badge {}

/// How many colours the style sheet has for records.
const HUES: u8 = 8;

impl Badge {
    /// The badge of a record. The colour follows from the id, so it is the same everywhere.
    pub fn new(name: impl Into<String>, record: Uuid) -> Self {
        let sum = record.as_bytes().iter().fold(0u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(*byte));
        Self { name: name.into(), hue: sum % HUES + 1, picture: Some(format!("/records/{record}/picture")) }
    }

    /// Of a record that nobody may open.
    pub fn of_shut(self) -> Self {
        Self { picture: None, ..self }
    }

    fn initials(&self) -> String {
        initials(&self.name)
    }
}

/// The first letters of the first and the last word.
pub fn initials(name: &str) -> String {
    let first = |word: &str| word.chars().find(|c| c.is_alphanumeric()).map(|c| c.to_uppercase().to_string());
    let mut letters = name.split_whitespace().filter_map(first);
    let start = letters.next().unwrap_or_else(|| "·".to_owned());
    match letters.next_back() {
        // Arabic letters beside each other would join into a word.
        Some(end) if start.chars().all(|c| ('\u{600}'..'\u{700}').contains(&c)) => {
            format!("{start}\u{200c}{end}")
        }
        Some(end) => start + &end,
        None => start,
    }
}

/// How a notice is meant.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Tone {
    /// Something was done.
    Done,
    /// Something to know.
    Plain,
    /// Something to mind.
    Warning,
}

/// A banner above a page.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/notice.html")]
pub struct Notice {
    tone: Tone,
    text: String,
}

impl HtmlSafe for Notice {}

impl Notice {
    /// "Saved."
    pub fn saved(t: &Texts) -> Self {
        Self { tone: Tone::Done, text: t.say("notice-saved") }
    }

    /// "Northside Clinic is stopped."
    pub fn stopped(t: &Texts, app: &str) -> Self {
        Self { tone: Tone::Done, text: t.say_with("notice-stopped", "app", app) }
    }

    /// "That device is signed out."
    pub fn signed_out_there(t: &Texts) -> Self {
        Self { tone: Tone::Done, text: t.say("notice-signed-out-there") }
    }

    /// "It is cut off."
    pub fn cut_off(t: &Texts) -> Self {
        Self { tone: Tone::Done, text: t.say("notice-cut-off") }
    }

    /// "A letter with a new link is on its way."
    pub fn letter_sent(t: &Texts, email: &str) -> Self {
        Self { tone: Tone::Done, text: t.say_with("notice-letter-sent", "email", email) }
    }

    /// "There were several letters; please wait."
    pub fn letters_enough(t: &Texts) -> Self {
        Self { tone: Tone::Plain, text: t.say("notice-letters-enough") }
    }

    /// "Anna's record is ready."
    pub fn record_made(t: &Texts, name: &str) -> Self {
        Self { tone: Tone::Done, text: t.say_with("notice-record-made", "name", name) }
    }

    /// Any other text, already said in the reader's language.
    pub fn with(tone: Tone, text: String) -> Self {
        Self { tone, text }
    }

    fn class(&self) -> &'static str {
        match self.tone {
            Tone::Done => "notice notice-done",
            Tone::Plain => "notice",
            Tone::Warning => "notice notice-warning",
        }
    }

    fn role(&self) -> &'static str {
        if self.tone == Tone::Warning { "alert" } else { "status" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_the_first_and_the_last() {
        for (name, letters) in [
            ("Anna Lindqvist", "AL"),
            ("anna maria berg", "AB"),
            ("Åsa", "Å"),
            ("", "·"),
            ("(Elin)", "E"),
            ("李 明", "李明"),
            ("أمل حداد", "أ\u{200c}ح"),
        ] {
            assert_eq!(initials(name), letters, "{name}");
        }
    }

    #[test]
    fn a_record_has_one_colour_everywhere() {
        let record = Uuid::from_u128(42);
        assert_eq!(Badge::new("Anna", record).hue, Badge::new("Renamed", record).hue);
        assert!((1..=HUES).contains(&Badge::new("x", Uuid::max()).hue));
    }

    #[test]
    fn an_error_is_tied_to_its_field_and_spoken() {
        let t = Texts::for_samples();
        let html =
            Field::email("email", "E-mail".into(), "<x>").error(&t, Some(Trouble::NotAnEmail)).to_string();
        assert!(html.contains("aria-invalid=\"true\""));
        assert!(html.contains("aria-describedby=\"email-error\""));
        assert!(html.contains("id=\"email-error\""));
        assert!(!html.contains("<x>"));
    }

    #[test]
    fn a_password_is_never_written_back() {
        let html = Field::password("password", "Password".into()).filled_as("new-password").to_string();
        assert!(html.contains("autocomplete=\"new-password\""));
        assert!(!html.contains("value="));
    }
}
