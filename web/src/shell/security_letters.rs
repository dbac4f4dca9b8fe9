//! Letters about a change of how a person signs in, so that whoever did it in their name is found out.

use keepwell_core::letters::Letter;
use keepwell_core::persons::Person;

use super::{Shell, ShellSettings, moment};
use crate::locale::{self, Key, Texts, Wishes};
use crate::paths;

/// What one is about, what it says, and what to do if it was not the person.
struct About {
    subject: Key,
    what: Key,
    not_you: Key,
}

const SECOND_STEP_ON: About = About {
    subject: Key("letter-second-step-on-subject"),
    what: Key("letter-second-step-on-what"),
    not_you: Key("letter-second-step-not-you"),
};
const SECOND_STEP_OFF: About = About {
    subject: Key("letter-second-step-off-subject"),
    what: Key("letter-second-step-off-what"),
    not_you: Key("letter-second-step-not-you"),
};
const RECOVERY_CODES: About = About {
    subject: Key("letter-recovery-subject"),
    what: Key("letter-recovery-what"),
    not_you: Key("letter-second-step-not-you"),
};
const PASSWORD: About = About {
    subject: Key("letter-password-subject"),
    what: Key("letter-password-what"),
    not_you: Key("letter-password-not-you"),
};

const FIRST_PASSWORD: About = About {
    subject: Key("letter-first-password-subject"),
    what: Key("letter-first-password-what"),
    not_you: Key("letter-password-not-you"),
};

/// The one after the second step was turned on, where the person's address is confirmed; so are the others.
pub fn second_step_on(shell: &Shell, t: &Texts, person: &Person) -> Option<Letter> {
    confirmed(&shell.settings, t, person, &SECOND_STEP_ON)
}

/// The one after it was turned off.
pub fn second_step_off(shell: &Shell, t: &Texts, person: &Person) -> Option<Letter> {
    confirmed(&shell.settings, t, person, &SECOND_STEP_OFF)
}

/// The same, when who runs the server has turned it off at this moment (microseconds UTC).
pub fn second_step_off_by_operator(settings: &ShellSettings, now: i64, person: &Person) -> Option<Letter> {
    let language = Some(person.language.as_str());
    let locale = locale::choose(Wishes {
        preferred: language,
        default: settings.default_locale.as_deref(),
        ..Wishes::default()
    });
    let t = Texts::new(locale, moment(now), settings.zone.clone()).called(&settings.product_name);
    confirmed(settings, &t, person, &SECOND_STEP_OFF)
}

/// The one after new recovery codes were made.
pub fn recovery_codes(shell: &Shell, t: &Texts, person: &Person) -> Option<Letter> {
    confirmed(&shell.settings, t, person, &RECOVERY_CODES)
}

/// The one after the password was changed. Whether it is sent is for who changes it to say.
pub fn password(shell: &Shell, t: &Texts, person: &Person) -> Letter {
    write(&shell.settings, t, person, &PASSWORD)
}

/// The one after somebody who had no password set one. Whether it is sent is for who sets it to say.
pub fn first_password(shell: &Shell, t: &Texts, person: &Person) -> Letter {
    write(&shell.settings, t, person, &FIRST_PASSWORD)
}

fn confirmed(settings: &ShellSettings, t: &Texts, person: &Person, about: &About) -> Option<Letter> {
    person.email_validated.then(|| write(settings, t, person, about))
}

fn write(settings: &ShellSettings, t: &Texts, person: &Person, about: &About) -> Letter {
    let paragraphs = [
        t.say(about.what),
        t.say_with("letter-second-step-when", "when", t.exact_now()),
        t.say(about.not_you),
        format!("{}{}", settings.origin, paths::FORGOT_PASSWORD),
        t.say("keepwell"),
    ];
    Letter::from_server(&person.email, t.say(about.subject), paragraphs.join("\n\n"))
}
