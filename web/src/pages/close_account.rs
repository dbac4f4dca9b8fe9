//! Close the account: what becomes of everything, and a choice.

use askama::Template;

use super::{Frame, sample_anna, sample_elin, sample_karl};
use crate::components::{Badge, Trouble};
use crate::paths;

/// What becomes of a record.
#[derive(Clone, Debug)]
pub struct FateRow {
    /// Whose record.
    pub badge: Badge,
    /// In a sentence.
    pub becomes: String,
    /// Where to take a copy of it, for who may.
    pub copy_to: Option<String>,
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "close_account.html")]
pub struct CloseAccount {
    /// Around the page.
    pub frame: Frame,
    /// The person's records.
    pub rows: Vec<FateRow>,
    /// Days until all is erased.
    pub days: u32,
    /// The day on which it is.
    pub erased_on: String,
    /// Where letters reach the person, if that is known.
    pub letters_reach: Option<String>,
    /// What is wrong with the form.
    pub trouble: Option<Trouble>,
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, CloseAccount)> {
    let frame = Frame::sample_signed_in();
    let row = |badge, becomes, copy: Option<&str>| FateRow { badge, becomes, copy_to: copy.map(Into::into) };
    let t = &frame.t;
    let full = CloseAccount {
        rows: vec![
            row(sample_anna(), t.say("close-record-erased"), Some("/records/1/copy")),
            row(
                sample_elin(),
                t.say_with("close-record-stays", "people", "Karl Berg"),
                Some("/records/4/copy"),
            ),
            row(sample_karl(), t.say("close-record-ends"), None),
        ],
        days: 30,
        erased_on: "17 April 2026".into(),
        letters_reach: Some("anna@example.org".into()),
        trouble: None,
        frame,
    };
    let empty = CloseAccount { rows: Vec::new(), letters_reach: None, ..full.clone() };
    let again = CloseAccount { trouble: Some(Trouble::NotTicked), ..full.clone() };
    vec![("full", full), ("no-records", empty), ("not-ticked", again)]
}
