//! One passkey: what it is called, and how it is removed.

use askama::Template;

use super::Frame;
use crate::components::Field;

/// How it is removed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Removing {
    /// With the button.
    Here,
    /// After proving once more who one is.
    AfterProof(String),
    /// Not now: it is the only way in.
    LastWay,
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "passkey.html")]
pub struct PasskeyPage {
    /// Around the page.
    pub frame: Frame,
    /// What it is called.
    pub name: String,
    /// What was entered as a name, if that is not it.
    pub entered: Option<String>,
    /// Where the name goes: `name`.
    pub rename_to: String,
    /// Where the button that removes it goes.
    pub remove_to: String,
    /// How it is removed.
    pub removing: Removing,
}

impl PasskeyPage {
    fn name_field(&self) -> Field {
        let t = &self.frame.t;
        let value = self.entered.as_ref().unwrap_or(&self.name);
        let wrong = self.entered.as_ref().map(|_| t.say("trouble-missing"));
        let field = Field::text("name", t.say("passkey-name"), value).longest(60).filled_as("off");
        field.hint(t.say("passkey-name-hint")).wrong(wrong)
    }
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, PasskeyPage)> {
    let plain = PasskeyPage {
        frame: Frame::sample_signed_in(),
        name: "Safari on iPhone".into(),
        entered: None,
        rename_to: "/account/passkeys/1".into(),
        remove_to: "/account/passkeys/1/remove".into(),
        removing: Removing::Here,
    };
    let again = Removing::AfterProof("/account/prove?next=%2Faccount%2Fpasskeys%2F1".into());
    vec![
        ("no-name", PasskeyPage { entered: Some(String::new()), ..plain.clone() }),
        ("after-proof", PasskeyPage { removing: again, ..plain.clone() }),
        ("last-way", PasskeyPage { removing: Removing::LastWay, ..plain.clone() }),
        ("plain", plain),
    ]
}
