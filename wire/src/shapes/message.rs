//! An e-mail that an application has sent (methods.md 13.1, 13.2).

use roxmltree::Node;
use uuid::Uuid;

use crate::error::InfoError;
use crate::xml::{self, Sequence, is_blank};

/// A message. It has a recipient and a body at the least.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Message {
    /// Recipients by address.
    pub addresses: Vec<RecipientAddress>,
    /// Recipients by the application's pseudonym of them.
    pub persons: Vec<RecipientPerson>,
    /// The custodians of the header's record.
    pub record: Option<RecipientRecord>,
    /// The subject as it was sent, line breaks and all.
    pub subject: String,
    /// The plain text; not blank.
    pub text_body: Option<String>,
    /// The same in HTML; not blank.
    pub html_body: Option<String>,
}

/// A recipient by address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecipientAddress {
    /// The address, whatever it looks like.
    pub address: String,
    /// The name that goes with it; may be empty.
    pub name: String,
}

/// A recipient who has an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecipientPerson {
    /// The application's pseudonym of the person.
    pub person_id: Uuid,
    /// Whether the address must have been validated.
    pub validated: bool,
}

/// The custodians of the header's record as recipients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecipientRecord {
    /// Whether those without a validated address are skipped.
    pub validated: bool,
}

impl Message {
    /// Reads the elements of a message, which are the last of `info`.
    pub fn read(mut fields: Sequence<'_, '_>) -> Result<Self, InfoError> {
        let addresses = fields.repeated("rcpt-address").into_iter().map(RecipientAddress::read);
        let addresses = addresses.collect::<Result<Vec<_>, _>>()?;
        let persons = fields.repeated("rcpt-person").into_iter().map(RecipientPerson::read);
        let persons = persons.collect::<Result<Vec<_>, _>>()?;
        let record = fields.optional("rcpt-record").map(RecipientRecord::read).transpose()?;
        let subject = xml::inner_text(fields.required("subject")?)?.into_owned();
        let mut body = |name| match fields.optional(name) {
            Some(node) => {
                xml::inner_text(node).map(|text| Some(text.into_owned()).filter(|text| !is_blank(text)))
            }
            None => Ok(None),
        };
        let (text_body, html_body) = (body("text-body")?, body("html-body")?);
        fields.end()?;
        if addresses.is_empty() && persons.is_empty() && record.is_none() {
            return Err(InfoError::invalid("the message needs rcpt-address, rcpt-person or rcpt-record"));
        }
        if text_body.is_none() && html_body.is_none() {
            return Err(InfoError::invalid("the message needs text-body or html-body"));
        }
        Ok(Message { addresses, persons, record, subject, text_body, html_body })
    }
}

impl RecipientAddress {
    fn read(node: Node<'_, '_>) -> Result<Self, InfoError> {
        let mut fields = Sequence::of(node)?;
        let address = xml::text(fields.required("address")?)?.into_owned();
        let name = xml::text(fields.required("name")?)?.into_owned();
        fields.end()?;
        Ok(RecipientAddress { address, name })
    }
}

impl RecipientPerson {
    fn read(node: Node<'_, '_>) -> Result<Self, InfoError> {
        Ok(RecipientPerson { person_id: xml::guid(node)?, validated: validated(node)? })
    }
}

impl RecipientRecord {
    fn read(node: Node<'_, '_>) -> Result<Self, InfoError> {
        Sequence::of(node)?.end()?;
        Ok(RecipientRecord { validated: validated(node)? })
    }
}

fn validated(node: Node<'_, '_>) -> Result<bool, InfoError> {
    xml::parse_boolean("validated", xml::required_attribute(node, "validated")?)
}
