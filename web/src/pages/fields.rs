//! The fields of an item: labels with what they say, and the fields in them.

use askama::Template;
use askama::filters::HtmlSafe;

/// Fields, one below the other.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "parts/fields.html")]
pub struct Fields {
    /// In their order.
    pub rows: Vec<FieldRow>,
}

impl HtmlSafe for Fields {}

/// One field.
#[derive(Clone, Debug)]
pub struct FieldRow {
    /// What it is called.
    pub label: String,
    /// That is English, in a page of another language.
    pub foreign: bool,
    /// What it says.
    pub value: Option<String>,
    /// The fields in it.
    pub inside: Fields,
}

impl Fields {
    pub(super) fn sample() -> Self {
        let row = |label: &str, value: &str| FieldRow {
            label: label.into(),
            foreign: false,
            value: Some(value.into()),
            inside: Self::default(),
        };
        let inside =
            Self { rows: vec![row("Name", "Dr Maja Holm"), row("Organization", "Northside Clinic")] };
        Self {
            rows: vec![
                row("Name", "Penicillin"),
                row("Reaction", "Hives"),
                row("First observed", "May 1980"),
                FieldRow { label: "Treatment provider".into(), foreign: false, value: None, inside },
                row("Treated, no longer reacts", "No"),
            ],
        }
    }
}
