//! What an app may do only if the person wants, for one record.

use askama::Template;

use super::abilities::{Ability, May, When};
use super::consent::OptionalAbility;
use super::{App, Frame};

/// The page.
#[derive(Clone, Template)]
#[template(path = "optional_rules.html")]
pub struct OptionalRules {
    /// Around the page, with whose record.
    pub frame: Frame,
    /// The app.
    pub app: App,
    /// The name on the record.
    pub record_name: String,
    /// What may be turned on and off.
    pub options: Vec<OptionalAbility>,
    /// The app asks for something else since the page was opened.
    pub changed: bool,
    /// By which the form is known to be about this page.
    pub fingerprint: String,
    /// Where the form goes: `optional` (any number), `decision` = `save` | `keep`.
    pub post_to: String,
    /// Back to the app.
    pub back_to: String,
}

impl OptionalRules {
    /// Whether each has to say when it holds.
    fn says_when(&self) -> bool {
        let all: Vec<Ability> = self.options.iter().map(|option| option.ability.clone()).collect();
        When::of(&all) == When::SomeAway
    }
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, OptionalRules)> {
    let option = |value: &str, on, what: &str, away| OptionalAbility {
        value: value.into(),
        on,
        ability: Ability {
            may: vec![May::Read],
            what: vec![what.into()],
            reason: Some("To see how you sleep".into()),
            away,
            new: false,
        },
    };
    let plain = OptionalRules {
        frame: Frame::sample_record(),
        app: App::sample(),
        record_name: "Anna Lindqvist".into(),
        options: vec![
            option("online:sleep", true, "sleep", false),
            option("offline:mood", false, "mood", true),
        ],
        changed: false,
        fingerprint: "sample".into(),
        post_to: "/records/1/apps/1/change".into(),
        back_to: "/records/1/apps/1".into(),
    };
    vec![("changed", OptionalRules { changed: true, ..plain.clone() }), ("plain", plain)]
}
