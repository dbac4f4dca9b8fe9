//! The pages behind the links in letters about another e-mail address.

use askama::Template;

use super::Frame;
use crate::locale::Key;
use crate::paths;

/// Which of them.
#[derive(Clone, Debug)]
pub enum Step {
    /// Shall this be the address from now on?
    Take {
        /// The new one.
        email: String,
        /// The one until now.
        former: String,
        /// The token of the letter's link.
        token: String,
    },
    /// It is.
    Taken {
        /// The new one.
        email: String,
    },
    /// Somebody else signs in with it.
    OfAnother {
        /// The address.
        email: String,
    },
    /// Shall it be as before?
    Undo {
        /// The former one.
        email: String,
        /// The token of the letter's link.
        token: String,
    },
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "email_link.html")]
pub struct EmailLink {
    /// Around the page.
    pub frame: Frame,
    /// Which.
    pub step: Step,
}

impl EmailLink {
    fn title(&self) -> Key {
        match self.step {
            Step::Take { .. } => Key("take-email-title"),
            Step::Taken { .. } => Key("taken-email-title"),
            Step::OfAnother { .. } => Key("another-email-title"),
            Step::Undo { .. } => Key("undo-email-title"),
        }
    }
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, EmailLink)> {
    let page = |step| EmailLink { frame: Frame::sample(), step };
    let email = || "anna@new.example".to_owned();
    let former = || "anna@example.org".to_owned();
    let token = || "sample-token".to_owned();
    vec![
        ("take", page(Step::Take { email: email(), former: former(), token: token() })),
        ("taken", page(Step::Taken { email: email() })),
        ("of-another", page(Step::OfAnother { email: email() })),
        ("undo", page(Step::Undo { email: former(), token: token() })),
    ]
}
