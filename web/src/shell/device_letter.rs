//! The letter about an app that was let in on a device: an address that somebody else sent could have asked
//! for another device than the person thought.

use super::Shell;
use super::connect_letter::deliver;
use super::guest::Guest;
use super::letter_names::name;
use super::visit::Going;
use super::words;
use crate::paths;

/// Sends it, to an address that is known to be the person's. The device is let in without it.
pub async fn send(shell: &Shell, guest: &Guest, going: &Going) {
    let Some(person) = guest.person().filter(|person| person.email_validated) else { return };
    let t = going.texts(shell, guest);
    let device = name(&words::device(going.app.device().unwrap_or_default(), &t));
    let app = name(going.app.name.best(t.lang()));
    let paragraphs = [
        t.say_two("letter-device-what", "app", &app, "device", &device),
        t.say("letter-device-stop"),
        format!("{}{}", shell.settings.origin, paths::DEVICES),
        t.say("letter-device-not-you"),
        t.say("keepwell"),
    ];
    deliver(shell, &person.email, t.say("letter-device-subject"), &paragraphs).await;
}
