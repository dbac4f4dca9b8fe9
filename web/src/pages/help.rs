//! Help.

use askama::Template;

use super::Frame;
use crate::locale::Key;

/// Questions with their answers.
pub const QUESTIONS: [(Key, Key); 8] = [
    (Key("help-see"), Key("help-see-answer")),
    (Key("help-write"), Key("help-write-answer")),
    (Key("help-wrong"), Key("help-wrong-answer")),
    (Key("help-stop"), Key("help-stop-answer")),
    (Key("help-code"), Key("help-code-answer")),
    (Key("help-other"), Key("help-other-answer")),
    (Key("help-units"), Key("help-units-answer")),
    (Key("help-print"), Key("help-print-answer")),
];

/// The page.
#[derive(Clone, Template)]
#[template(path = "help.html")]
pub struct Help {
    /// Around the page.
    pub frame: Frame,
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, Help)> {
    vec![("out", Help { frame: Frame::sample() }), ("in", Help { frame: Frame::sample_signed_in() })]
}
