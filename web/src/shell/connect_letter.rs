//! Letters about pickup codes: whoever used one, or guessed, in somebody's name is found out.

use keepwell_core::ids::RecordId;
use keepwell_core::letters::{self, Letter};

use super::Shell;
use super::guest::Guest;
use super::letter_names::name;
use crate::locale::Texts;

/// Sends it, to an address that is known to be the person's: it names a clinic. The connection stands
/// without it.
pub async fn send(shell: &Shell, guest: &Guest, t: &Texts, app: &str, record: RecordId) {
    let Some(person) = guest.person().filter(|person| person.email_validated) else { return };
    let app = &name(app);
    let paragraphs = [
        t.say_with("letter-connected-what", "app", app),
        t.say_with("letter-connected-stop", "app", app),
        format!("{}/records/{record}/apps", shell.settings.origin),
        t.say("letter-connected-not-you"),
        t.say("keepwell"),
    ];
    deliver(shell, &person.email, t.say("letter-connected-subject"), &paragraphs).await;
}

/// Sends the one after the last wrong answer.
pub async fn locked(shell: &Shell, guest: &Guest, t: &Texts, app: &str) {
    let Some(person) = guest.person().filter(|person| person.email_validated) else { return };
    let app = &name(app);
    let paragraphs = [
        t.say_with("letter-locked-what", "app", app),
        t.say_with("letter-locked-next", "app", app),
        t.say("letter-locked-not-you"),
        t.say("keepwell"),
    ];
    deliver(shell, &person.email, t.say("letter-locked-subject"), &paragraphs).await;
}

/// Posts a letter from the server; what it is about stands without it.
pub async fn deliver(shell: &Shell, email: &str, subject: String, paragraphs: &[String]) {
    let letter = Letter::from_server(email, subject, paragraphs.join("\n\n"));
    if let Err(error) = letters::send(&shell.domain, &letter).await {
        tracing::warn!(%error, "a letter about what was allowed could not be sent");
    }
}
