//! Messages that applications send to people, by ordinary e-mail that anyone on its way may read: in the
//! person's name or in the application's own (methods.md 13.1, 13.2).

mod recipients;

use keepwell_store::{Refusal, WriteFlight};

use crate::applications::Application;
use crate::audit::{self, Action, Entry};
use crate::authorizations::{AccessError, RecordAccess};
use crate::ids::{PersonId, PersonPseudonym};
use crate::letters::{self, Address, Allowance, Letter, LetterError, Sender};
use crate::{Domain, Outage, persons};

/// In whose name a message is.
#[derive(Clone, Debug)]
pub enum From {
    /// The person for whom the application acts.
    Person(PersonId),
    /// A mailbox of the application at its own domain.
    Mailbox {
        /// What stands before the `@`.
        local: String,
        /// The name beside it.
        name: String,
    },
}

/// A message, and whom it goes to.
#[derive(Clone, Debug, Default)]
pub struct Message {
    /// Addresses with names. They see one another, as in any letter.
    pub addresses: Vec<Address>,
    /// Persons that the application knows, each with whether their address must be confirmed. Each gets a
    /// letter of their own.
    pub persons: Vec<(PersonPseudonym, bool)>,
    /// All custodians of a record, and whether those without a confirmed address are left out.
    pub custodians: Option<(RecordAccess, bool)>,
    /// What it is about.
    pub subject: String,
    /// In plain text.
    pub text: Option<String>,
    /// In HTML.
    pub html: Option<String>,
}

/// Why a message is not sent. Nothing of it is, then.
#[derive(Debug, thiserror::Error)]
pub enum MessageError {
    /// An address is none.
    #[error("{0:?} is no e-mail address")]
    Address(String),
    /// The application knows no such person.
    #[error("this application knows no person with the id {0}")]
    UnknownPerson(PersonPseudonym),
    /// The person allows the application nothing any more.
    #[error("the person {0} allows this application nothing any more")]
    Withdrawn(PersonPseudonym),
    /// An address that must be confirmed is not; the sender's always must.
    #[error("{0} has not confirmed the e-mail address")]
    NotValidated(&'static str),
    /// The application has no domain to write from.
    #[error("the application has no domain-name that its letters could come from")]
    NoDomain,
    /// The letter itself is refused.
    #[error(transparent)]
    Letter(#[from] LetterError),
    /// The record's door stays shut.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// The store could not do it.
    #[error(transparent)]
    Outage(#[from] Outage),
}

/// Sends a message: to all of its recipients, or to none.
///
/// # Errors
/// `MessageError` saying whom or what it fails at.
pub async fn send(
    domain: &Domain,
    app: &Application,
    from: &From,
    message: &Message,
) -> Result<(), MessageError> {
    let sender = sender(domain, app, from).await?;
    let letter = |to: Vec<Address>| Letter {
        from: sender.clone(),
        reply_to: None,
        to,
        subject: message.subject.clone(),
        text: message.text.clone(),
        html: message.html.clone(),
    };
    let mut letters = Vec::new();
    if !message.addresses.is_empty() {
        letters.push(letter(recipients::addresses(&message.addresses)?));
    }
    let people = recipients::people(domain, app, message).await?;
    letters.extend(people.into_iter().map(|address| letter(vec![address])));

    let count: usize = letters.iter().map(|letter| letter.to.len()).sum();
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    let mut flight = WriteFlight::new();
    let mut allowances = vec![Allowance::application(domain, app.id)];
    if let From::Person(person) = from {
        allowances.push(Allowance::person(domain, *person));
    }
    for allowance in &allowances {
        letters::spend(domain, &mut flight, allowance, count, MessageError::Letter(LetterError::Limit))?;
    }
    for letter in &letters {
        letters::post(domain, &mut flight, letter)?;
    }
    if let Some((access, _)) = &message.custodians {
        audit::write(domain, &mut flight, Entry::of(access, Action::SendMessage));
    }
    domain.store.write(flight).await.map_err(Refusal::reason)?;
    letters::wake(domain);
    Ok(())
}

async fn sender(domain: &Domain, app: &Application, from: &From) -> Result<Sender, MessageError> {
    match from {
        From::Person(id) => {
            let person = persons::find(domain, *id).await?.filter(|person| person.email_validated);
            let person = person.ok_or(MessageError::NotValidated("the sender"))?;
            Ok(Sender::OnBehalfOf(recipients::address(person)))
        }
        From::Mailbox { local, name } => {
            let at = app.domain_name.clone().ok_or(MessageError::NoDomain)?;
            if !letters::is_mailbox(local) {
                return Err(MessageError::Address(local.clone()));
            }
            let name = Some(name.clone()).filter(|name| !name.trim().is_empty());
            Ok(Sender::Mailbox { name, local: local.clone(), domain: at })
        }
    }
}
