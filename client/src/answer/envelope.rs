//! The response envelope (wire.md 6).

use keepwell_wire::status::Status;
use keepwell_wire::xml;
use roxmltree::{Document, Node, ParsingOptions};

use super::{child, required, text};
use crate::Error;

/// Reads an answer: a code that is not 0 is an error, and the info element of a success goes to the
/// closure. A success without one, as some methods have it, hands over the root.
pub(crate) fn read<T>(
    method: &str,
    body: &str,
    info: impl FnOnce(Node<'_, '_>) -> Result<T, Error>,
) -> Result<T, Error> {
    let succeeded = || {
        let document = parse(body)?;
        let root = document.root_element();
        check(method, root)?;
        info(child(root, "info").unwrap_or(root))
    };
    succeeded().map_err(|error: Error| error.within(method))
}

fn parse(body: &str) -> Result<Document<'_>, Error> {
    let options = ParsingOptions { allow_dtd: false, ..ParsingOptions::default() };
    Document::parse_with_options(body, options)
        .map_err(|e| Error::Malformed(format!("not well-formed XML: {e}")))
}

fn check(method: &str, root: Node<'_, '_>) -> Result<(), Error> {
    let status = required(root, "status")?;
    let code: u16 = xml::number(required(status, "code")?)?;
    if code == 0 {
        return Ok(());
    }
    let said = |name| child(status, "error").and_then(|e| child(e, name)).map(text).transpose();
    let message = said("message")?.unwrap_or_default();
    Err(Error::refused(method, Status::from_code(code), message, said("error-info")?))
}

/// The answer to a method that has no function of its own here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    method: String,
    body: String,
}

impl Answer {
    pub(crate) fn read_whole(method: &str, body: String) -> Result<Self, Error> {
        read(method, &body, |_| Ok(()))?;
        Ok(Answer { method: method.to_owned(), body })
    }

    /// The whole text, as it came.
    pub fn raw(&self) -> &str {
        &self.body
    }

    /// Reads the info element. An answer without one hands over the root.
    ///
    /// ```
    /// # fn codes(answer: keepwell_client::Answer) -> Result<Vec<String>, keepwell_client::Error> {
    /// answer.read(|info| {
    ///     let codes = info.descendants().filter(|node| node.has_tag_name("code-value"));
    ///     Ok(codes.filter_map(|node| node.text()).map(str::to_owned).collect())
    /// })
    /// # }
    /// ```
    pub fn read<T>(&self, info: impl FnOnce(Node<'_, '_>) -> Result<T, Error>) -> Result<T, Error> {
        read(&self.method, &self.body, info)
    }

    /// The text of the first element of this name inside the info element.
    pub fn value(&self, name: &str) -> Option<String> {
        let found = |info: Node<'_, '_>| {
            let node = info.descendants().find(|node| node.is_element() && node.tag_name().name() == name);
            node.map(text).transpose()
        };
        self.read(found).ok().flatten()
    }
}

#[cfg(test)]
mod tests {
    use keepwell_wire::answer;
    use keepwell_wire::error::InfoError;

    use super::*;

    #[test]
    fn a_refusal_keeps_its_code_its_words_and_the_item_at_fault() {
        let body = InfoError::new(Status::VERSION_STAMP_MISMATCH, "stale & old").at_item(3).answer();
        let error = read("PutThings", &body, |_| Ok(())).unwrap_err();
        let Error::Status { method, code, message, info } = error else { panic!("{error}") };
        assert_eq!(
            (&*method, code, &*message, info.as_deref()),
            ("PutThings", Status::VERSION_STAMP_MISMATCH, "stale & old", Some("3"))
        );
    }

    #[test]
    fn a_dead_token_and_a_missing_permission_are_told_apart() {
        let of = |status| read("GetThings", &answer::error(status, "", None), |_| Ok(())).unwrap_err();
        let ended = of(Status::CREDENTIAL_TOKEN_EXPIRED);
        assert!(ended.is_signed_out());
        assert_eq!(
            ended.to_string(),
            "GetThings: the server answered 7 CREDENTIAL_TOKEN_EXPIRED: CREDENTIAL_TOKEN_EXPIRED; \
             the person must sign in again"
        );
        assert!(matches!(of(Status::INVALID_APP), Error::UnknownApplication { .. }));
        assert!(of(Status::ACCESS_DENIED).is_not_allowed());
        assert!(!of(Status::ACCESS_DENIED).is_signed_out());
        assert_eq!(of(Status::from_code(4711)).status(), Some(Status::from_code(4711)));
    }

    #[test]
    fn what_is_no_answer_is_malformed() {
        let pages =
            ["", "<html><body/></html>", "<!DOCTYPE html><response/>", "<response><status/></response>"];
        for body in pages {
            assert!(matches!(read("GetThings", body, |_| Ok(())), Err(Error::Malformed(_))), "{body}");
        }
        assert!(read("GetThings", &answer::success_without_info(), |_| Ok(())).is_ok());
    }

    #[test]
    fn a_raw_answer_keeps_its_text_and_can_be_read() {
        let body = answer::success("GetVocabulary", |out| {
            out.open("vocabulary").element("name", " icd ").close();
        });
        let answer = Answer::read_whole("GetVocabulary", body.clone()).unwrap();
        assert_eq!((answer.raw(), answer.value("name").as_deref()), (&*body, Some("icd")));
        assert_eq!(answer.value("nothing"), None);
        let missing = answer.read(|info| required(info, "other").map(|_| ())).unwrap_err();
        assert!(missing.to_string().contains("GetVocabulary: info has no other"), "{missing}");
        assert!(Answer::read_whole("X", "<response/>".to_owned()).is_err());
    }
}
