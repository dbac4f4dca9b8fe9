//! Records that wait to be erased.

use askama::Template;

use super::{Frame, sample_elin};
use crate::components::Badge;
use crate::paths;

/// One of them.
#[derive(Clone, Debug)]
pub struct LeavingRow {
    /// What the form sends as `record`.
    pub value: String,
    /// Whose record.
    pub badge: Badge,
    /// The day on which it is erased.
    pub erased_on: String,
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "leaving.html")]
pub struct Leaving {
    /// Around the page.
    pub frame: Frame,
    /// The records, the first to go first.
    pub rows: Vec<LeavingRow>,
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, Leaving)> {
    let frame = Frame::sample_signed_in();
    let (value, erased_on) = ("4".into(), "17 April 2026".into());
    let rows = vec![LeavingRow { value, badge: sample_elin(), erased_on }];
    vec![("one", Leaving { frame: frame.clone(), rows }), ("empty", Leaving { frame, rows: Vec::new() })]
}
