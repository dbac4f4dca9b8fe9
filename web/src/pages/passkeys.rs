//! A person's passkeys.

use askama::Template;
use jiff::Timestamp;

use super::passkey_button::{Act, PasskeyButton};
use super::{Frame, sample_ago};
use crate::components::Notice;

/// A passkey.
#[derive(Clone, Debug)]
pub struct PasskeyRow {
    /// What the person calls it.
    pub name: String,
    /// When it was added.
    pub since: Timestamp,
    /// When somebody last signed in with it.
    pub last_used: Option<Timestamp>,
    /// Its own page.
    pub to: String,
}

/// How another is added.
#[derive(Clone)]
pub enum Adding {
    /// With this button.
    Here(Box<PasskeyButton>),
    /// After proving once more who one is.
    AfterProof(String),
    /// Not at all: there are enough.
    Enough,
    /// Not at all: this server is at an address where browsers know no passkeys.
    Nowhere,
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "passkeys.html")]
pub struct Passkeys {
    /// Around the page.
    pub frame: Frame,
    /// The oldest first.
    pub passkeys: Vec<PasskeyRow>,
    /// Whether the person has a password too.
    pub has_password: bool,
    /// How another is added.
    pub adding: Adding,
    /// Where the form goes.
    pub post_to: String,
    /// Why the last one was not added.
    pub trouble: Option<String>,
}

impl Passkeys {
    fn button(&self) -> Option<&PasskeyButton> {
        match &self.adding {
            Adding::Here(button) => Some(button.as_ref()),
            _ => None,
        }
    }
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, Passkeys)> {
    let frame = Frame::sample_signed_in();
    let row = |name: &str, last: Option<i64>| PasskeyRow {
        name: name.into(),
        since: sample_ago(60 * 24 * 40),
        last_used: last.map(sample_ago),
        to: "/account/passkeys/1".into(),
    };
    let button = PasskeyButton {
        t: frame.t.clone(),
        act: Act::Add,
        begin_at: "/account/passkeys/begin".into(),
        finish_at: "/account/passkeys".into(),
    };
    let several = Passkeys {
        passkeys: vec![row("Safari on iPhone", Some(3)), row("The key on my key ring", None)],
        has_password: true,
        adding: Adding::Here(Box::new(button)),
        post_to: "/account/passkeys".into(),
        trouble: None,
        frame,
    };
    let again = Adding::AfterProof("/account/prove?next=%2Faccount%2Fpasskeys".into());
    let added = several.frame.clone().saying(Notice::saved(&several.frame.t));
    vec![
        ("empty", Passkeys { passkeys: Vec::new(), ..several.clone() }),
        ("after-proof", Passkeys { adding: again, has_password: false, ..several.clone() }),
        ("enough", Passkeys { adding: Adding::Enough, frame: added, ..several.clone() }),
        ("nowhere", Passkeys { adding: Adding::Nowhere, passkeys: Vec::new(), ..several.clone() }),
        ("trouble", Passkeys { trouble: Some("This took too long.".into()), ..several.clone() }),
        ("several", several),
    ]
}
