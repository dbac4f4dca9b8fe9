//! SendInsecureMessageFromApplication 1 (methods.md 13.2): an e-mail from the application's own domain.

use roxmltree::Node;

use crate::answer;
use crate::error::InfoError;
use crate::shapes::Message;
use crate::xml::{self, Sequence};

/// The message and its sender.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// What stands before the `@` of the application's domain, as it was sent.
    pub mailbox_name: String,
    /// The sender's name.
    pub name: String,
    /// The message.
    pub message: Message,
}

/// Reads `info`.
pub fn parse(info: Node<'_, '_>) -> Result<Request, InfoError> {
    let mut fields = Sequence::of(info)?;
    let mut mailbox = Sequence::of(fields.required("from-mailbox")?)?;
    let mailbox_name = xml::up_to(255, mailbox.required("mailbox-name")?)?;
    let name = xml::up_to(255, mailbox.required("name")?)?;
    mailbox.end()?;
    Ok(Request { mailbox_name, name, message: Message::read(fields)? })
}

/// Writes the answer.
pub fn answer() -> String {
    answer::success_without_info()
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    fn read(mailbox: &str) -> Result<Request, String> {
        let xml = format!(
            "<info>{mailbox}<rcpt-record validated='1'/><subject>s</subject><text-body>t</text-body></info>"
        );
        parse(Document::parse(&xml).unwrap().root_element()).map_err(|e| e.message)
    }

    #[test]
    fn the_sender_stands_before_the_message() {
        let request =
            read("<from-mailbox><mailbox-name>clinic</mailbox-name><name>The Clinic</name></from-mailbox>")
                .unwrap();
        assert_eq!((&*request.mailbox_name, &*request.name), ("clinic", "The Clinic"));
        assert!(request.message.record.unwrap().validated);
        assert_eq!(request.message.text_body.as_deref(), Some("t"));
    }

    #[test]
    fn a_sender_without_mailbox_or_name_is_refused() {
        assert_eq!(read(""), Err("info needs from-mailbox before rcpt-record".to_owned()));
        let empty = "<from-mailbox><mailbox-name/><name>n</name></from-mailbox>";
        assert_eq!(read(empty), Err("mailbox-name is empty".to_owned()));
        let unnamed = "<from-mailbox><mailbox-name>m</mailbox-name></from-mailbox>";
        assert_eq!(read(unnamed), Err("from-mailbox needs name".to_owned()));
    }
}
