//! Open an account.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use keepwell_core::credentials::passkeys::{self, PasskeySignUp, Site};
use keepwell_core::credentials::{self, SignUpError, WeakPassword};
use keepwell_core::ids::PersonId;
use keepwell_core::persons::{self, NewPerson};

use super::fault::Fault;
use super::form::Posted;
use super::guest::Guest;
use super::onward::Onward;
use super::step_up::Proof;
use super::visit::Named;
use super::{Shell, confirm, device, passkeys_button, sign_in};
use crate::components::Trouble;
use crate::countries;
use crate::pages::passkey_button::Act;
use crate::pages::sign_up::{SignUp, SignUpForm, SignUpTroubles};
use crate::paths;

/// Younger people have a record that a parent keeps.
const YOUNGEST: i16 = 13;
/// Nobody is older.
const OLDEST: i16 = 130;
/// The longest name that the field takes.
const LONGEST_NAME: usize = 100;

/// The page, with what the application suggests.
pub async fn show(State(shell): State<Shell>, guest: Guest, named: Named) -> Result<Response, Fault> {
    let onward = Onward::named(&shell, &guest, &named).await?;
    let going = onward.going();
    let suggested = going.map(|going| going.visit.suggested.clone()).unwrap_or_default();
    let form = SignUpForm {
        name: suggested.name,
        email: suggested.email,
        birth_year: suggested.birth_year,
        country: suggested.country,
        code: going.and_then(|going| going.visit.sign_up_code.clone()).or(onward.code()).unwrap_or_default(),
        ..SignUpForm::default()
    };
    page(&shell, &guest, &onward, form, SignUpTroubles::default())
}

/// The form, with a password.
pub async fn submit(
    State(shell): State<Shell>,
    guest: Guest,
    named: Named,
    posted: Posted,
) -> Result<Response, Fault> {
    open(&shell, &guest, &named, &posted, Way::Password).await
}

/// With what the person will sign in.
pub enum Way<'a> {
    /// With a password.
    Password,
    /// With a passkey of this server.
    Passkey(&'a Site),
}

/// Opens the account that a form asks for, and goes on.
pub async fn open(
    shell: &Shell,
    guest: &Guest,
    named: &Named,
    posted: &Posted,
    way: Way<'_>,
) -> Result<Response, Fault> {
    let mut onward = Onward::named(shell, guest, named).await?;
    let password = posted.raw("password");
    let (form, mut troubles) = read(shell, posted, matches!(way, Way::Password).then_some(password));
    if troubles.any() {
        return page(shell, guest, &onward, form, troubles);
    }
    let person = person(shell, guest, &form);
    let code = shell.settings.sign_up_by_code.then(|| form.code.clone());
    let opened = match way {
        Way::Password => {
            let command = credentials::SignUp { person, password: password.to_owned(), code };
            credentials::sign_up(&shell.domain, command).await
        }
        Way::Passkey(site) => {
            let name = device::name(guest.agent(), &guest.texts(shell, None));
            let command = PasskeySignUp { person, code, name };
            let (browser, answer) = (guest.browser(), posted.raw("passkey"));
            passkeys::sign_up(&shell.domain, site, &browser, answer, command).await
        }
    };
    match opened {
        Ok((person, _)) => {
            welcome(shell, guest, person).await;
            if let Some(going) = onward.going_mut() {
                going.visit.opened_account = true;
            }
            let proof = match way {
                Way::Password => Proof::NewAccount,
                Way::Passkey(_) => Proof::NewAccountWithPasskey,
            };
            return sign_in::enter(shell, guest, onward, person, proof).await;
        }
        Err(SignUpError::Name) => troubles.name = Some(Trouble::TooLong),
        Err(SignUpError::Email) => troubles.email = Some(Trouble::NotAnEmail),
        Err(SignUpError::Taken) => troubles.email = Some(Trouble::EmailTaken),
        Err(SignUpError::Code) => troubles.code = Some(Trouble::SignUpCode),
        Err(SignUpError::Password(weak)) => troubles.password = Some(of_password(weak)),
        Err(SignUpError::Passkey) => troubles.passkey = true,
        Err(SignUpError::Outage(outage)) => return Err(outage.into()),
    }
    page(shell, guest, &onward, form, troubles)
}

/// What was entered, and what is wrong with it; without a password where none is wanted.
pub fn read(shell: &Shell, posted: &Posted, password: Option<&str>) -> (SignUpForm, SignUpTroubles) {
    let form = SignUpForm {
        name: posted.text("name"),
        email: posted.text("email"),
        birth_year: posted.text("birth_year"),
        country: Some(posted.text("country")).filter(|country| !country.is_empty()),
        code: posted.text("code"),
        agreed: posted.ticked("agreed"),
    };
    let this_year = shell.now().to_zoned_datetime(shell.settings.zone.clone()).year();
    let troubles = look(&form, password, this_year, shell.settings.sign_up_by_code);
    (form, troubles)
}

/// The person that a form is about.
pub fn person(shell: &Shell, guest: &Guest, form: &SignUpForm) -> NewPerson {
    NewPerson {
        name: form.name.clone(),
        email: form.email.clone(),
        language: guest.texts(shell, None).lang().to_owned(),
        country: form.country.clone().unwrap_or_default().to_ascii_uppercase(),
    }
}

/// Sends the letter by which the address is confirmed. The account is there without it, and its page sends
/// another.
async fn welcome(shell: &Shell, guest: &Guest, person: PersonId) {
    let sent = match persons::find(&shell.domain, person).await {
        Ok(Some(person)) => confirm::send(shell, &guest.texts(shell, None), &person).await,
        Ok(None) => Ok(()),
        Err(outage) => Err(outage.into()),
    };
    if let Err(error) = sent {
        tracing::warn!(%error, "a letter to confirm an address could not be sent");
    }
}

/// What is wrong with a password.
pub fn of_password(weak: WeakPassword) -> Trouble {
    match weak {
        WeakPassword::Short => Trouble::PasswordShort,
        WeakPassword::Long => Trouble::TooLong,
        WeakPassword::Common => Trouble::PasswordCommon,
    }
}

fn look(form: &SignUpForm, password: Option<&str>, this_year: i16, needs_code: bool) -> SignUpTroubles {
    let country = form.country.as_deref();
    let weak = |password| credentials::check_password(password, &[&form.name, &form.email]).err();
    SignUpTroubles {
        name: match form.name.chars().count() {
            0 => Some(Trouble::Missing),
            length => (length > LONGEST_NAME).then_some(Trouble::TooLong),
        },
        email: form.email.is_empty().then_some(Trouble::Missing),
        password: match password {
            None => None,
            Some("") => Some(Trouble::Missing),
            Some(password) => weak(password).map(of_password),
        },
        birth_year: of_year(&form.birth_year, this_year),
        country: match country {
            None => Some(Trouble::NotChosen),
            Some(country) => {
                let known = countries::CODES.iter().any(|code| code.eq_ignore_ascii_case(country));
                (!known).then_some(Trouble::NotChosen)
            }
        },
        code: (needs_code && form.code.is_empty()).then_some(Trouble::Missing),
        agreed: (!form.agreed).then_some(Trouble::NotAgreed),
        passkey: false,
    }
}

fn of_year(year: &str, this_year: i16) -> Option<Trouble> {
    if year.is_empty() {
        return Some(Trouble::Missing);
    }
    match year.parse::<i16>() {
        Ok(year) if year > this_year || year < this_year - OLDEST => Some(Trouble::NotAYear),
        Ok(year) if this_year - year < YOUNGEST => Some(Trouble::TooYoung),
        Ok(_) => None,
        Err(_) => Some(Trouble::NotAYear),
    }
}

fn page(
    shell: &Shell,
    guest: &Guest,
    onward: &Onward,
    form: SignUpForm,
    troubles: SignUpTroubles,
) -> Result<Response, Fault> {
    let frame = onward.frame(shell, guest);
    let (passkey, policy) = passkeys_button::on(shell, &frame.t, onward, Act::SignUp);
    let page = SignUp {
        post_to: onward.at(paths::SIGN_UP),
        app: onward.going().map(|going| going.app(&frame.t)),
        frame,
        form,
        troubles,
        countries: Vec::new(),
        needs_code: shell.settings.sign_up_by_code,
        sign_in_to: onward.at(paths::SIGN_IN),
        passkey,
    };
    Ok(policy.page(page.render()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_of_birth_is_four_digits_and_thirteen_years_ago_at_least() {
        for (year, trouble) in [
            ("", Some(Trouble::Missing)),
            ("80", Some(Trouble::NotAYear)),
            ("198O", Some(Trouble::NotAYear)),
            ("2027", Some(Trouble::NotAYear)),
            ("2014", Some(Trouble::TooYoung)),
            ("2013", None),
            ("1930", None),
        ] {
            assert_eq!(of_year(year, 2026), trouble, "{year}");
        }
    }
}
