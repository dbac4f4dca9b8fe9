//! The page for pickup codes: what one is, and where to type it.

use askama::Template;

use super::Frame;
use crate::components::Field;

/// What the page asks for.
#[derive(Clone, Debug)]
pub enum Asks {
    /// To sign in first: a code alone shows nothing.
    SignIn {
        /// Where that is.
        sign_in_to: String,
        /// Where an account is opened.
        sign_up_to: String,
    },
    /// The code.
    Code {
        /// Where the form goes: `code`.
        post_to: String,
        /// What is in the field.
        code: String,
        /// What is wrong with it, in the reader's language.
        wrong: Option<String>,
    },
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "connect.html")]
pub struct Connect {
    /// Around the page.
    pub frame: Frame,
    /// What it asks for.
    pub asks: Asks,
}

impl Connect {
    fn code_field(&self, code: &str, wrong: Option<&String>) -> Field {
        let t = &self.frame.t;
        Field::text("code", t.say("connect-code"), code)
            .code()
            .longest(64)
            .hint(t.say("connect-code-hint"))
            .wrong(wrong.cloned())
    }
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, Connect)> {
    let frame = Frame::sample_signed_in();
    let wrong = frame.t.say("connect-unknown");
    let asks = |code: &str, wrong| Asks::Code { post_to: "/connect".into(), code: code.into(), wrong };
    let sign_in =
        Asks::SignIn { sign_in_to: "/sign-in?pickup=".into(), sign_up_to: "/sign-up?pickup=".into() };
    vec![
        ("signed-out", Connect { frame: Frame::sample(), asks: sign_in }),
        ("empty", Connect { frame: frame.clone(), asks: asks("", None) }),
        ("unknown", Connect { frame, asks: asks("JKYZ-QNMN-VHRX-ZGNR-GZNH", Some(wrong)) }),
    ]
}
