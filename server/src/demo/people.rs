//! The sample person, with a record that holds a year of readings.

use keepwell_core::authorizations::Caller;
use keepwell_core::credentials::{SignUp, SignUpError, sign_in, sign_up};
use keepwell_core::ids::{PersonId, RecordId};
use keepwell_core::persons::{self, NewPerson};
use keepwell_core::{Domain, things};

use super::readings;

pub const NAME: &str = "Robin Carter";
pub const EMAIL: &str = "robin@example.org";
pub const PASSWORD: &str = "tea by the window";

/// Makes the person, unless a former start did; answers who is new.
pub async fn make(domain: &Domain) -> anyhow::Result<Option<(PersonId, RecordId)>> {
    let person = NewPerson {
        name: NAME.to_owned(),
        email: EMAIL.to_owned(),
        language: "en".to_owned(),
        country: "US".to_owned(),
    };
    match sign_up(domain, SignUp { person, password: PASSWORD.to_owned(), code: None }).await {
        Ok((person, record)) => {
            persons::set_email_validated(domain, person).await?;
            let year = readings::year_before(domain.env.now());
            for batch in year.chunks(things::MAX_WRITE) {
                things::put(domain, &Caller::person(person), record, batch).await?;
            }
            Ok(Some((person, record)))
        }
        Err(SignUpError::Taken) => {
            // A demo that was begun before addresses could be confirmed.
            if let Ok(person) = sign_in(domain, EMAIL, PASSWORD).await {
                persons::set_email_validated(domain, person).await?;
            }
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}
