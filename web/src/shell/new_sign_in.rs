//! A sign-in with a browser that is new to the account, as the person is told of it: by letter and at home.

use std::net::IpAddr;

use keepwell_core::letters::Letter;
use keepwell_core::notices::SignedIn;
use keepwell_core::persons::Person;

use super::{Shell, device};
use crate::locale::Texts;
use crate::paths;

/// The letter, in the person's own language, where their address is confirmed.
pub fn letter(
    shell: &Shell,
    t: &Texts,
    person: &Person,
    agent: &str,
    address: Option<IpAddr>,
) -> Option<Letter> {
    if !person.email_validated {
        return None;
    }
    let mut facts = vec![
        t.say_with("letter-sign-in-when", "when", t.exact_now()),
        t.say_with("letter-sign-in-browser", "browser", device::name(agent, t)),
    ];
    facts.extend(address.map(|address| t.say_with("letter-sign-in-address", "address", address)));
    let paragraphs = [
        t.say("letter-sign-in-what"),
        facts.join("\n"),
        t.say("letter-sign-in-not-you"),
        format!("{}{}", shell.settings.origin, paths::SESSIONS),
        t.say("keepwell"),
    ];
    Some(Letter::from_server(&person.email, t.say("letter-sign-in-subject"), paragraphs.join("\n\n")))
}

/// The notice at home.
pub fn notice(signed_in: &SignedIn, t: &Texts) -> String {
    let browser = device::name(&signed_in.agent, t);
    match signed_in.address {
        Some(address) => t.say_two("notice-signed-in-from", "browser", browser, "address", address),
        None => t.say_with("notice-signed-in", "browser", browser),
    }
}
