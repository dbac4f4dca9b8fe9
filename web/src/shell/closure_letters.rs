//! Letters about accounts and records that are closed and erased, and about addresses that change.

use jiff::tz::TimeZone;
use keepwell_core::credentials::{self, Told};
use keepwell_core::env::DAY;
use keepwell_core::erasure::Event;
use keepwell_core::letters::Letter;
use keepwell_core::persons::Person;

use super::{Shell, letter_names};
use crate::locale::{self, Texts, Wishes};
use crate::paths;

fn letter(to: &str, subject: String, paragraphs: &[String]) -> Letter {
    Letter::from_server(to, subject, paragraphs.join("\n\n"))
}

/// Days in a span of time.
pub fn days(span: i64) -> u32 {
    u32::try_from(span / DAY).unwrap_or(u32::MAX)
}

fn sign_in_at(shell: &Shell) -> String {
    format!("{}{}", shell.settings.origin, paths::SIGN_IN)
}

/// At closing an account.
pub fn closed(shell: &Shell, t: &Texts, person: &Person, erase_after: i64) -> Letter {
    let paragraphs = [
        t.say("letter-closed-what"),
        t.say_with("letter-closed-until", "day", t.day_in_full(erase_after)),
        sign_in_at(shell),
        t.say("letter-closed-not-you"),
        t.say("keepwell"),
    ];
    letter(&person.email, t.say("letter-closed-subject"), &paragraphs)
}

/// At closing a record.
pub fn record_closed(shell: &Shell, t: &Texts, person: &Person, name: &str, erase_after: i64) -> Letter {
    let name = letter_names::name(name);
    let paragraphs = [
        t.say_two("letter-record-closed-what", "name", &name, "day", t.day_in_full(erase_after)),
        t.say("letter-record-closed-until"),
        format!("{}{}", shell.settings.origin, paths::LEAVING),
        t.say("letter-record-closed-not-you"),
        t.say("keepwell"),
    ];
    letter(&person.email, t.say_with("letter-record-closed-subject", "name", name), &paragraphs)
}

/// When the time is nearly over, and when it is: written by the server itself, in the person's language.
pub fn about(shell: &Shell, person: &Person, event: &Event) -> Letter {
    let settings = &shell.settings;
    let locale = locale::choose(Wishes {
        preferred: Some(&person.language),
        default: settings.default_locale.as_deref(),
        ..Wishes::default()
    });
    let t = Texts::new(locale, shell.now(), TimeZone::clone(&settings.zone)).called(&settings.product_name);
    match event {
        Event::Soon(erase_after) => {
            let day = t.day_in_full(*erase_after);
            let paragraphs = [
                t.say_with("letter-soon-what", "day", &day),
                t.say("letter-soon-how"),
                sign_in_at(shell),
                t.say("keepwell"),
            ];
            letter(&person.email, t.say_with("letter-soon-subject", "day", &day), &paragraphs)
        }
        Event::Erased => {
            let paragraphs = [t.say("letter-erased-what"), t.say("letter-erased-last"), t.say("keepwell")];
            letter(&person.email, t.say("letter-erased-subject"), &paragraphs)
        }
        Event::RecordErased(name) => {
            let name = letter_names::name(name);
            let paragraphs = [t.say_with("letter-record-erased-what", "name", &name), t.say("keepwell")];
            letter(&person.email, t.say_with("letter-record-erased-subject", "name", name), &paragraphs)
        }
    }
}

/// About another address, to the new or to the former one.
pub fn of_email(shell: &Shell, t: &Texts, new: &str, to: &str, told: &Told<'_>) -> Letter {
    let origin = &shell.settings.origin;
    let link = |path: &str, token: &str| format!("{origin}{path}?token={token}");
    let (subject, paragraphs) = match told {
        Told::New(token) => (
            t.say("letter-new-email-subject"),
            vec![
                t.say("letter-new-email-what"),
                link(paths::TAKE_EMAIL, token),
                t.say_count("letter-confirm-how-long", days(credentials::CHANGE_EMAIL_LIFE)),
                t.say("letter-new-email-not-you"),
            ],
        ),
        Told::Taken => (
            t.say("letter-email-taken-subject"),
            vec![
                t.say("letter-email-taken-what"),
                t.say("letter-email-taken-next"),
                format!("{origin}{}", paths::FORGOT_PASSWORD),
                t.say("letter-new-email-not-you"),
            ],
        ),
        Told::Asked => (
            t.say("letter-email-asked-subject"),
            vec![
                t.say_with("letter-email-asked-what", "email", new),
                t.say("letter-email-asked-not-you"),
                format!("{origin}{}", paths::CHANGE_EMAIL),
            ],
        ),
        Told::Changed(token) => (
            t.say("letter-email-changed-subject"),
            vec![
                t.say_with("letter-email-changed-what", "email", new),
                t.say_count("letter-email-changed-not-you", days(credentials::UNDO_LIFE)),
                link(paths::UNDO_EMAIL, token),
            ],
        ),
    };
    let paragraphs: Vec<String> = paragraphs.into_iter().chain([t.say("keepwell")]).collect();
    letter(to, subject, &paragraphs)
}
