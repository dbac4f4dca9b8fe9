//! The person's account.

use askama::Template;

use super::Frame;
use crate::components::Notice;

/// The page.
#[derive(Clone, Template)]
#[template(path = "account.html")]
pub struct Account {
    /// Around the page.
    pub frame: Frame,
    /// The person's name.
    pub name: String,
    /// The e-mail address.
    pub email: String,
    /// Whether it is confirmed.
    pub confirmed: bool,
    /// Where to ask for another letter by which to confirm it.
    pub send_again_to: String,
    /// Whether there is a password.
    pub has_password: bool,
    /// Where to change it, or to set one.
    pub password_to: String,
    /// The passkeys.
    pub passkeys_to: String,
    /// Whether signing in has a second step.
    pub second_step: bool,
    /// Where it is turned on and off.
    pub second_step_to: String,
    /// Where the person is signed in.
    pub sessions_to: String,
    /// The phones and tablets.
    pub devices_to: String,
    /// The units in which they read numbers.
    pub units: String,
    /// Where to choose others.
    pub units_to: String,
    /// Records that wait to be erased.
    pub leaving: u32,
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, Account)> {
    let plain = Account {
        frame: Frame::sample_signed_in(),
        name: "Anna Lindqvist".into(),
        email: "anna@example.org".into(),
        confirmed: true,
        send_again_to: "/account/confirm".into(),
        has_password: true,
        password_to: "/password/new".into(),
        passkeys_to: "/account/passkeys".into(),
        second_step: false,
        second_step_to: "/account/second-step".into(),
        sessions_to: "/sessions".into(),
        devices_to: "/devices".into(),
        units: "kg, cm, mmol/L and °C".into(),
        units_to: "/account/units".into(),
        leaving: 0,
    };
    let saved = plain.frame.clone().saying(Notice::saved(&plain.frame.t));
    let sent = plain.frame.clone().saying(Notice::letter_sent(&plain.frame.t, "anna@example.org"));
    let enough = plain.frame.clone().saying(Notice::letters_enough(&plain.frame.t));
    vec![
        ("no-password", Account { has_password: false, ..plain.clone() }),
        ("with-a-record-leaving", Account { leaving: 1, ..plain.clone() }),
        ("saved", Account { frame: saved, ..plain.clone() }),
        ("unconfirmed", Account { confirmed: false, ..plain.clone() }),
        ("letter-sent", Account { frame: sent, confirmed: false, ..plain.clone() }),
        ("letters-enough", Account { frame: enough, confirmed: false, ..plain.clone() }),
        ("second-step", Account { second_step: true, ..plain.clone() }),
        ("plain", plain),
    ]
}
