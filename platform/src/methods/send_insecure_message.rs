//! SendInsecureMessage 1: ordinary e-mail in the name of the person (methods.md 13.1).

use keepwell_core::authorizations;
use keepwell_core::ids::PersonPseudonym;
use keepwell_core::letters::Address;
use keepwell_core::messages::{self, From, Message};
use keepwell_wire::methods::send_insecure_message::{answer, parse};
use keepwell_wire::shapes;

use super::get_person_info::authorized;
use crate::call::Call;
use crate::refusal::Refusal;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let asked = parse(call.info)?;
    authorized(call).await?;
    let message = read(call, asked).await?;
    let from = From::Person(call.caller()?.person_id());
    messages::send(call.domain, call.app()?, &from, &message).await?;
    Ok(answer())
}

/// The message as the domain takes it. Where it goes to the custodians of a record, the record's door must
/// open.
pub(super) async fn read(call: &Call<'_>, asked: shapes::Message) -> Result<Message, Refusal> {
    let custodians = match asked.record {
        None => None,
        Some(to) => {
            let access = authorizations::open(call.domain, call.caller()?, call.record()?).await?;
            Some((access, to.validated))
        }
    };
    let address = |to: shapes::RecipientAddress| Address {
        name: Some(to.name).filter(|name| !name.trim().is_empty()),
        address: to.address,
    };
    Ok(Message {
        addresses: asked.addresses.into_iter().map(address).collect(),
        persons: asked.persons.iter().map(|to| (PersonPseudonym(to.person_id), to.validated)).collect(),
        custodians,
        subject: asked.subject,
        text: asked.text_body,
        html: asked.html_body,
    })
}
