//! The second step of the person's sign-in.

use askama::Template;
use jiff::Timestamp;

use super::{Frame, sample_ago};
use crate::components::Field;
use crate::locale::Markup;

/// How it stands.
#[derive(Clone, Debug)]
pub enum Step {
    /// It is off; this is what an app is set up with.
    Offered {
        /// For scanning.
        picture: Markup,
        /// For typing.
        secret: String,
        /// For an app on the same device.
        open_to: String,
        /// The last code was wrong.
        wrong: bool,
    },
    /// It is on.
    On {
        /// Since when.
        since: Timestamp,
        /// Recovery codes that were not used yet.
        codes_left: u32,
    },
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "second_step.html")]
pub struct SecondStep {
    /// Around the page.
    pub frame: Frame,
    /// Where its forms go: `action` (`on`, `codes`, `off`), and `code` for the first.
    pub post_to: String,
    /// How it stands.
    pub step: Step,
}

impl SecondStep {
    fn code_field(&self, wrong: &bool) -> Field {
        let t = &self.frame.t;
        let field = Field::text("code", t.say("second-step-code"), "").filled_as("one-time-code").numeric();
        field.longest(12).wrong(wrong.then(|| t.say("second-step-wrong")))
    }
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, SecondStep)> {
    let offered = |wrong| Step::Offered {
        picture: Markup::of(
            "<svg class=\"qr\" role=\"img\" aria-label=\"x\" viewBox=\"0 0 9 9\"></svg>".into(),
        ),
        secret: "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ".into(),
        open_to: "otpauth://totp/Keepwell:anna%40example.org?secret=GEZDGNBVGY3TQOJQ".into(),
        wrong,
    };
    let on = |codes_left| Step::On { since: sample_ago(60 * 24 * 12), codes_left };
    let page =
        |step| SecondStep { frame: Frame::sample_signed_in(), post_to: "/account/second-step".into(), step };
    vec![
        ("offered", page(offered(false))),
        ("wrong-code", page(offered(true))),
        ("on", page(on(9))),
        ("no-codes-left", page(on(0))),
    ]
}
