//! Another e-mail address.

use askama::Template;

use super::Frame;
use crate::components::{Field, Notice, Tone};
use crate::paths;

/// The page.
#[derive(Clone, Template)]
#[template(path = "change_email.html")]
pub struct ChangeEmail {
    /// Around the page.
    pub frame: Frame,
    /// The address now.
    pub email: String,
    /// One that was asked for and waits for the letter to be answered.
    pub asked: Option<String>,
    /// What was typed.
    pub typed: String,
    /// What is wrong with it, in the reader's language.
    pub trouble: Option<String>,
}

impl ChangeEmail {
    fn field(&self) -> Field {
        let t = &self.frame.t;
        Field::email("email", t.say("change-email-field"), &self.typed)
            .filled_as("email")
            .longest(128)
            .wrong(self.trouble.clone())
    }
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, ChangeEmail)> {
    let plain = ChangeEmail {
        frame: Frame::sample_signed_in(),
        email: "anna@example.org".into(),
        asked: None,
        typed: String::new(),
        trouble: None,
    };
    let t = &plain.frame.t;
    let sent = t.say_with("change-email-sent", "email", "anna@new.example");
    let sent = plain.frame.clone().saying(Notice::with(Tone::Done, sent));
    let same = Some(t.say("change-email-same"));
    vec![
        ("sent", ChangeEmail { frame: sent, asked: Some("anna@new.example".into()), ..plain.clone() }),
        ("same", ChangeEmail { typed: "anna@example.org".into(), trouble: same, ..plain.clone() }),
        ("plain", plain),
    ]
}
