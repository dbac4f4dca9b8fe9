//! Open an account.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use keepwell_core::credentials::{self, SignUpError, WeakPassword};
use keepwell_core::ids::PersonId;
use keepwell_core::persons::{self, NewPerson};

use super::fault::Fault;
use super::form::Posted;
use super::guest::Guest;
use super::onward::Onward;
use super::visit::Named;
use super::{Shell, confirm, sign_in};
use crate::components::Trouble;
use crate::countries;
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

/// The form.
pub async fn submit(
    State(shell): State<Shell>,
    guest: Guest,
    named: Named,
    posted: Posted,
) -> Result<Response, Fault> {
    let mut onward = Onward::named(&shell, &guest, &named).await?;
    let form = SignUpForm {
        name: posted.text("name"),
        email: posted.text("email"),
        birth_year: posted.text("birth_year"),
        country: Some(posted.text("country")).filter(|country| !country.is_empty()),
        code: posted.text("code"),
        agreed: posted.ticked("agreed"),
    };
    let password = posted.raw("password");
    let this_year = shell.now().to_zoned_datetime(shell.settings.zone.clone()).year();
    let needs_code = shell.settings.sign_up_by_code;
    let mut troubles = look(&form, password, this_year, needs_code);
    if any(&troubles) {
        return page(&shell, &guest, &onward, form, troubles);
    }
    let person = NewPerson {
        name: form.name.clone(),
        email: form.email.clone(),
        language: guest.texts(&shell, None).lang().to_owned(),
        country: form.country.clone().unwrap_or_default().to_ascii_uppercase(),
    };
    let code = needs_code.then(|| form.code.clone());
    let command = credentials::SignUp { person, password: password.to_owned(), code };
    match credentials::sign_up(&shell.domain, command).await {
        Ok((person, _)) => {
            welcome(&shell, &guest, person).await;
            if let Some(going) = onward.going_mut() {
                going.visit.opened_account = true;
            }
            return sign_in::enter(&shell, &guest, onward, person).await;
        }
        Err(SignUpError::Name) => troubles.name = Some(Trouble::TooLong),
        Err(SignUpError::Email) => troubles.email = Some(Trouble::NotAnEmail),
        Err(SignUpError::Taken) => troubles.email = Some(Trouble::EmailTaken),
        Err(SignUpError::Code) => troubles.code = Some(Trouble::SignUpCode),
        Err(SignUpError::Password(weak)) => troubles.password = Some(of_password(weak)),
        Err(SignUpError::Outage(outage)) => return Err(outage.into()),
    }
    page(&shell, &guest, &onward, form, troubles)
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

fn look(form: &SignUpForm, password: &str, this_year: i16, needs_code: bool) -> SignUpTroubles {
    let country = form.country.as_deref();
    SignUpTroubles {
        name: match form.name.chars().count() {
            0 => Some(Trouble::Missing),
            length => (length > LONGEST_NAME).then_some(Trouble::TooLong),
        },
        email: form.email.is_empty().then_some(Trouble::Missing),
        password: match password.is_empty() {
            true => Some(Trouble::Missing),
            false => credentials::check_password(password, &[&form.name, &form.email]).err().map(of_password),
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

fn any(troubles: &SignUpTroubles) -> bool {
    let t = troubles;
    [&t.name, &t.email, &t.password, &t.birth_year, &t.country, &t.code, &t.agreed]
        .iter()
        .any(|trouble| trouble.is_some())
}

fn page(
    shell: &Shell,
    guest: &Guest,
    onward: &Onward,
    form: SignUpForm,
    troubles: SignUpTroubles,
) -> Result<Response, Fault> {
    let frame = onward.frame(shell, guest);
    let page = SignUp {
        post_to: onward.at(paths::SIGN_UP),
        app: onward.going().map(|going| going.app(&frame.t)),
        frame,
        form,
        troubles,
        countries: Vec::new(),
        needs_code: shell.settings.sign_up_by_code,
        sign_in_to: onward.at(paths::SIGN_IN),
    };
    Ok(onward.policy().page(page.render()?))
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
