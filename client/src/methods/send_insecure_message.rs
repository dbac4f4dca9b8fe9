//! SendInsecureMessage 1 (methods.md 13.1): an ordinary e-mail in the name of a person.

use keepwell_wire::xml::XmlWriter;
use uuid::Uuid;

use super::call as new_call;
use crate::line::Call;
use crate::{Caller, Error, RecordCaller};

/// An e-mail. It needs somebody to go to, and a text or HTML.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    addresses: Vec<(String, String)>,
    people: Vec<Uuid>,
    subject: String,
    text: Option<String>,
    html: Option<String>,
}

impl Message {
    /// A message without a recipient or a body yet.
    pub fn new(subject: impl Into<String>) -> Self {
        Message { subject: subject.into(), ..Message::default() }
    }

    /// Goes to an address, too.
    #[must_use]
    pub fn to(mut self, address: impl Into<String>, name: impl Into<String>) -> Self {
        self.addresses.push((address.into(), name.into()));
        self
    }

    /// Goes to a person, too, by the id that the application knows them by.
    #[must_use]
    pub fn to_person(mut self, person_id: Uuid) -> Self {
        self.people.push(person_id);
        self
    }

    /// The body as plain text.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    /// The body as HTML.
    #[must_use]
    pub fn html(mut self, html: impl Into<String>) -> Self {
        self.html = Some(html.into());
        self
    }

    fn call(&self, to_custodians: bool) -> Call {
        new_call("SendInsecureMessage", 1, |out| self.write(to_custodians, out))
    }

    /// Only to addresses that their owners have confirmed, where there is a choice.
    fn write(&self, to_custodians: bool, out: &mut XmlWriter) {
        for (address, name) in &self.addresses {
            out.open("rcpt-address").element("address", address).element("name", name).close();
        }
        for person in &self.people {
            out.open("rcpt-person").attr("validated", true).text(person).close();
        }
        if to_custodians {
            out.open("rcpt-record").attr("validated", true).close();
        }
        out.element("subject", &self.subject);
        out.element_if("text-body", self.text.as_ref()).element_if("html-body", self.html.as_ref());
    }
}

impl Caller<'_> {
    /// Sends an e-mail in the person's name. It is not encrypted: nothing of a record belongs into it.
    pub async fn send_insecure_message(&self, message: &Message) -> Result<(), Error> {
        self.ask(&message.call(false), |_| Ok(())).await
    }
}

impl RecordCaller<'_> {
    /// Sends an e-mail in the person's name to the custodians of the record, and to whom else it names.
    pub async fn send_insecure_message_to_custodians(&self, message: &Message) -> Result<(), Error> {
        self.ask(message.call(true), |_| Ok(())).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_written_in_the_order_of_the_schema() {
        let message =
            Message::new("Hello").html("<b>&</b>").text("&").to_person(Uuid::nil()).to("a@b.example", "A");
        assert_eq!(
            message.call(true).info,
            "<info><rcpt-address><address>a@b.example</address><name>A</name></rcpt-address>\
             <rcpt-person validated=\"true\">00000000-0000-0000-0000-000000000000</rcpt-person>\
             <rcpt-record validated=\"true\"/><subject>Hello</subject><text-body>&amp;</text-body>\
             <html-body>&lt;b&gt;&amp;&lt;/b&gt;</html-body></info>"
        );
        for to_custodians in [true, false] {
            let info = message.call(to_custodians).info;
            let document = roxmltree::Document::parse(&info).unwrap();
            assert!(keepwell_wire::methods::send_insecure_message::parse(document.root_element()).is_ok());
            assert_eq!(info.contains("rcpt-record"), to_custodians);
        }
    }
}
