//! Whom a message goes to.

use super::{Message, MessageError};
use crate::applications::Application;
use crate::authorizations;
use crate::letters::{self, Address};
use crate::persons::Person;
use crate::{Domain, names, records};

/// The addresses, each once.
pub(super) fn addresses(given: &[Address]) -> Result<Vec<Address>, MessageError> {
    let mut addresses: Vec<Address> = Vec::new();
    for address in given {
        if !letters::is_address(&address.address) {
            return Err(MessageError::Address(address.address.clone()));
        }
        add(&mut addresses, address.clone());
    }
    Ok(addresses)
}

/// The addresses of persons and custodians, each once.
pub(super) async fn people(
    domain: &Domain,
    app: &Application,
    message: &Message,
) -> Result<Vec<Address>, MessageError> {
    let mut addresses = Vec::new();
    for (pseudonym, must_be_validated) in &message.persons {
        let id = authorizations::resolve_person(domain, app.id, *pseudonym)
            .await?
            .ok_or(MessageError::UnknownPerson(*pseudonym))?;
        let known = authorizations::find_person(domain, app, id).await?;
        let person = known
            .filter(|known| known.person.active && !known.records.is_empty())
            .ok_or(MessageError::Withdrawn(*pseudonym))?
            .person;
        if *must_be_validated && !person.email_validated {
            return Err(MessageError::NotValidated("a recipient"));
        }
        add(&mut addresses, address(person));
    }
    if let Some((access, only_validated)) = &message.custodians {
        let custodians = records::custodians(domain, access).await?;
        let fit = custodians.into_iter().filter(|person| person.email_validated || !only_validated);
        let before = addresses.len();
        fit.for_each(|person| add(&mut addresses, address(person)));
        if addresses.len() == before && message.persons.is_empty() {
            return Err(MessageError::NotValidated("no custodian"));
        }
    }
    Ok(addresses)
}

/// A person's address. A name that was kept when names could still break the line breaks no head of a letter.
pub(super) fn address(person: Person) -> Address {
    let name = Some(names::one_line(&person.name)).filter(|name| !name.is_empty());
    Address { name, address: person.email }
}

fn add(addresses: &mut Vec<Address>, new: Address) {
    if !addresses.iter().any(|known| known.address.eq_ignore_ascii_case(&new.address)) {
        addresses.push(new);
    }
}
