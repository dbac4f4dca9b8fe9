//! Open an account.

use askama::Template;

use super::passkey_button::{Act, PasskeyButton};
use super::{App, Frame};
use crate::components::{Choice, Field, Select, Trouble};
use crate::countries;

/// What was entered, to be shown again or suggested by an application.
#[derive(Clone, Debug, Default)]
pub struct SignUpForm {
    /// First and last name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// The year of birth, as typed.
    pub birth_year: String,
    /// The chosen country.
    pub country: Option<String>,
    /// A code for a server that is not open to everyone.
    pub code: String,
    /// Whether the terms were agreed to.
    pub agreed: bool,
}

/// What is wrong, field by field.
#[derive(Clone, Debug, Default)]
pub struct SignUpTroubles {
    /// With the name.
    pub name: Option<Trouble>,
    /// With the e-mail address.
    pub email: Option<Trouble>,
    /// With the password.
    pub password: Option<Trouble>,
    /// With the year of birth.
    pub birth_year: Option<Trouble>,
    /// With the country.
    pub country: Option<Trouble>,
    /// With the code.
    pub code: Option<Trouble>,
    /// With the terms.
    pub agreed: Option<Trouble>,
    /// The passkey could not be used.
    pub passkey: bool,
}

impl SignUpTroubles {
    /// Whether a field needs another look.
    pub fn any(&self) -> bool {
        [&self.name, &self.email, &self.password, &self.birth_year, &self.country, &self.code, &self.agreed]
            .iter()
            .any(|trouble| trouble.is_some())
    }
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "sign_up.html")]
pub struct SignUp {
    /// Around the page.
    pub frame: Frame,
    /// Where the form goes: `name`, `email`, `password`, `birth_year`, `country`, `code`, `agreed`.
    pub post_to: String,
    /// Who sent the person.
    pub app: Option<App>,
    /// What was entered.
    pub form: SignUpForm,
    /// What is wrong with it.
    pub troubles: SignUpTroubles,
    /// The countries in which this server may serve; all of them if empty.
    pub countries: Vec<Choice>,
    /// Whether a code is asked for.
    pub needs_code: bool,
    /// Where to sign in instead.
    pub sign_in_to: String,
    /// The button for a passkey instead of a password.
    pub passkey: Option<PasskeyButton>,
}

impl SignUp {
    fn name_field(&self) -> Field {
        let t = &self.frame.t;
        Field::text("name", t.say("field-name"), &self.form.name)
            .filled_as("name")
            .longest(100)
            .hint(t.say("sign-up-name-hint"))
            .error(t, self.troubles.name)
    }

    fn email_field(&self) -> Field {
        let t = &self.frame.t;
        Field::email("email", t.say("field-email"), &self.form.email)
            .filled_as("email")
            .error(t, self.troubles.email)
    }

    fn password_field(&self) -> Field {
        let t = &self.frame.t;
        Field::password("password", t.say("field-password"))
            .filled_as("new-password")
            .hint(t.say("password-hint"))
            .error(t, self.troubles.password)
    }

    fn birth_year_field(&self) -> Field {
        let t = &self.frame.t;
        Field::text("birth_year", t.say("field-birth-year"), &self.form.birth_year)
            .filled_as("bday-year")
            .numeric()
            .longest(4)
            .hint(t.say("sign-up-age-hint"))
            .error(t, self.troubles.birth_year)
    }

    fn country_field(&self) -> Select {
        let t = &self.frame.t;
        Select {
            name: "country",
            label: t.say("field-country"),
            autocomplete: "country",
            prompt: t.say("field-country-prompt"),
            choices: match self.countries.is_empty() {
                true => countries::choices(t, self.form.country.as_deref()),
                false => self.countries.clone(),
            },
            error: self.troubles.country.map(|trouble| t.say(trouble.key())),
        }
    }

    fn code_field(&self) -> Field {
        let t = &self.frame.t;
        Field::text("code", t.say("field-sign-up-code"), &self.form.code)
            .code()
            .hint(t.say("sign-up-code-hint"))
            .error(t, self.troubles.code)
    }
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, SignUp)> {
    let frame = Frame::sample();
    let passkey = PasskeyButton {
        t: frame.t.clone(),
        act: Act::SignUp,
        begin_at: "/sign-up/passkey/begin".into(),
        finish_at: "/sign-up/passkey".into(),
    };
    let plain = SignUp {
        frame,
        post_to: "/sign-up".into(),
        app: None,
        form: SignUpForm::default(),
        troubles: SignUpTroubles::default(),
        countries: Vec::new(),
        needs_code: false,
        sign_in_to: "/sign-in".into(),
        passkey: Some(passkey),
    };
    let form = SignUpForm {
        name: "Anna Lindqvist".into(),
        email: "anna@example".into(),
        birth_year: "2016".into(),
        country: Some("SE".into()),
        ..SignUpForm::default()
    };
    let troubles = SignUpTroubles {
        email: Some(Trouble::NotAnEmail),
        password: Some(Trouble::PasswordShort),
        birth_year: Some(Trouble::TooYoung),
        agreed: Some(Trouble::NotAgreed),
        ..SignUpTroubles::default()
    };
    vec![
        ("from-an-app", SignUp { app: Some(App::sample()), needs_code: true, ..plain.clone() }),
        ("troubles", SignUp { form, troubles, ..plain.clone() }),
        (
            "passkey-wrong",
            SignUp {
                troubles: SignUpTroubles { passkey: true, ..SignUpTroubles::default() },
                ..plain.clone()
            },
        ),
        ("without-passkeys", SignUp { passkey: None, ..plain.clone() }),
        ("plain", plain),
    ]
}
