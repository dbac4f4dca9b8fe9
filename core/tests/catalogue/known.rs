//! Where we differ from a schema as `xmllint` reads it, and why.

use crate::mutate::Change;

/// A difference that is meant.
pub struct Known {
    /// Why.
    pub reason: &'static str,
    /// The schema accepts it, and we do not; or the other way round.
    pub theirs: bool,
    /// Which changes.
    pub which: fn(&Change, &str) -> bool,
}

impl Known {
    pub fn is(&self, change: &Change, name: &str, theirs: bool) -> bool {
        self.theirs == theirs && (self.which)(change, name)
    }
}

/// What the tool does otherwise than XML Schema says, by any schema.
pub const TOOL: &[Known] = &[
    Known {
        reason: "white space around a whole number is collapsed (XML Schema 2, 4.3.6); the tool keeps it",
        theirs: false,
        which: |change, _| matches!(change, Change::Text(text) if text == " 1 "),
    },
    Known {
        reason: "an exponent has digits (XML Schema 2, 3.2.5.1); the tool takes none",
        theirs: true,
        which: |change, _| text_of(change) == Some("1e"),
    },
    Known {
        reason: "NaN is within no bounds (XML Schema 2, 3.2.5); to the tool it is above all",
        theirs: true,
        which: |change, _| text_of(change) == Some("NaN"),
    },
];

fn text_of(change: &Change) -> Option<&str> {
    match change {
        Change::Text(text) | Change::AttributeText(text) => Some(text),
        _ => None,
    }
}
