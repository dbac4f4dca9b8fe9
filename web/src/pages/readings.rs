//! What is in a record: the latest readings, and who wrote them.

use askama::Template;

use super::{Frame, sample_ago, sample_anna};

/// One reading.
#[derive(Clone, Debug)]
pub struct ReadingRow {
    /// When it was taken: wall clock, microseconds.
    pub when: i64,
    /// What it is: "Weight".
    pub what: String,
    /// The value, formatted for the reader: "71.5", "128/82", or words.
    pub value: String,
    /// The unit that the person chose.
    pub unit: Option<String>,
    /// The app that wrote it; none if the person did.
    pub from: Option<String>,
    /// Its own page.
    pub to: String,
}

impl ReadingRow {
    /// A number in its whole part and its fraction, so that a column aligns on the decimal point.
    fn number(&self) -> Option<(&str, &str)> {
        let numeric = self.value.chars().all(|c| c.is_ascii_digit() || ".,/-–\u{a0}".contains(c));
        let start = self.value.rfind(['.', ',']).unwrap_or(self.value.len());
        (numeric && !self.value.is_empty()).then(|| self.value.split_at(start))
    }
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "readings.html")]
pub struct Readings {
    /// Around the page, with whose record.
    pub frame: Frame,
    /// The name on the record.
    pub record_name: String,
    /// The latest first.
    pub readings: Vec<ReadingRow>,
    /// Where the older ones are.
    pub older_to: Option<String>,
    /// Everything in the record, by kind.
    pub items_to: String,
    /// The record's apps.
    pub apps_to: String,
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, Readings)> {
    let row = |ago: i64, what: &str, value: &str, unit: Option<&str>, from: Option<&str>| ReadingRow {
        when: sample_ago(ago).as_microsecond(),
        what: what.into(),
        value: value.into(),
        unit: unit.map(Into::into),
        from: from.map(Into::into),
        to: "/records/1/items/1".into(),
    };
    let full = Readings {
        frame: Frame::sample_signed_in().about(sample_anna(), "/"),
        record_name: "Anna Lindqvist".into(),
        readings: vec![
            row(70, "Weight", "71.5", Some("kg"), Some("Steps & Stairs")),
            row(60 * 20, "Blood pressure", "128/82", Some("mmHg"), Some("Northside Clinic")),
            row(60 * 47, "Heart rate", "64", Some("per minute"), Some("Steps & Stairs")),
            row(60 * 24 * 9, "Allergy", "Penicillin", None, None),
            row(60 * 24 * 300, "Weight", "104.0", Some("kg"), None),
        ],
        older_to: Some("/records/1/readings?before=5".into()),
        items_to: "/records/1/items".into(),
        apps_to: "/records/1/apps".into(),
    };
    vec![("empty", Readings { readings: Vec::new(), older_to: None, ..full.clone() }), ("several", full)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_split_at_its_decimal_point_and_words_are_not() {
        let row = |value: &str| ReadingRow { value: value.into(), ..samples()[1].1.readings[0].clone() };
        assert_eq!(row("71.5").number(), Some(("71", ".5")));
        assert_eq!(row("71,25").number(), Some(("71", ",25")));
        assert_eq!(row("128/82").number(), Some(("128/82", "")));
        assert_eq!(row("Penicillin").number(), None);
        assert_eq!(row("").number(), None);
    }
}
