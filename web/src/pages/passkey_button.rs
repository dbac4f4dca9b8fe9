//! The button for a passkey, within a form. It is hidden until the script of passkeys finds that the browser
//! can use one; the form works without it.
//!
//! A page with it says so in its policy (`PagePolicy::with_passkeys`) and loads `assets::passkeys_script`.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::locale::{Key, Texts};

/// What the button does.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Act {
    /// Signs in.
    SignIn,
    /// Opens an account.
    SignUp,
    /// Adds a passkey to an account.
    Add,
}

impl Act {
    /// What the browser is asked to do, of `navigator.credentials`.
    fn method(self) -> &'static str {
        if self == Self::SignIn { "get" } else { "create" }
    }

    fn label(self) -> Key {
        match self {
            Self::SignIn => Key("passkey-sign-in"),
            Self::SignUp => Key("passkey-sign-up"),
            Self::Add => Key("passkey-add"),
        }
    }

    fn hint(self) -> Key {
        match self {
            Self::SignIn => Key("passkey-sign-in-hint"),
            Self::SignUp => Key("passkey-sign-up-hint"),
            Self::Add => Key("passkey-add-hint"),
        }
    }

    fn or(self) -> Option<Key> {
        match self {
            Self::SignIn => Some(Key("passkey-sign-in-or")),
            Self::SignUp => Some(Key("passkey-sign-up-or")),
            Self::Add => None,
        }
    }
}

/// The button, with a hidden field `passkey` for the answer.
#[derive(Clone, Template)]
#[template(path = "parts/passkey.html")]
pub struct PasskeyButton {
    /// The reader's language.
    pub t: Texts,
    /// What it does.
    pub act: Act,
    /// Where the script asks what to sign, with the fields of the form.
    pub begin_at: String,
    /// Where the form goes with the answer.
    pub finish_at: String,
}

impl HtmlSafe for PasskeyButton {}
