//! The response envelope (wire.md 6).

use keepwell_wire::status::Status;
use keepwell_wire::xml;
use roxmltree::{Document, Node, ParsingOptions};

use super::{child, required, text};
use crate::Error;

/// Reads an answer: a code that is not 0 is an error, and the info element of a success goes to the
/// closure. A success without one, as some methods have it, hands over the root.
pub(crate) fn read<T>(body: &str, info: impl FnOnce(Node<'_, '_>) -> Result<T, Error>) -> Result<T, Error> {
    let options = ParsingOptions { allow_dtd: false, ..ParsingOptions::default() };
    let document = Document::parse_with_options(body, options)
        .map_err(|e| Error::Malformed(format!("not well-formed XML: {e}")))?;
    let root = document.root_element();
    let status = required(root, "status")?;
    let code: u16 = xml::number(required(status, "code")?)?;
    if code != 0 {
        let said = |name| child(status, "error").and_then(|e| child(e, name)).map(text).transpose();
        return Err(Error::Status {
            code: Status::from_code(code),
            message: said("message")?.unwrap_or_default(),
            info: said("error-info")?,
        });
    }
    info(child(root, "info").unwrap_or(root))
}

#[cfg(test)]
mod tests {
    use keepwell_wire::answer;
    use keepwell_wire::error::InfoError;

    use super::*;

    #[test]
    fn a_refusal_keeps_its_code_its_words_and_the_item_at_fault() {
        let body = InfoError::new(Status::VERSION_STAMP_MISMATCH, "stale & old").at_item(3).answer();
        let error = read(&body, |_| Ok(())).unwrap_err();
        let Error::Status { code, message, info } = error else { panic!("{error}") };
        assert_eq!(
            (code, &*message, info.as_deref()),
            (Status::VERSION_STAMP_MISMATCH, "stale & old", Some("3"))
        );
    }

    #[test]
    fn a_dead_token_and_a_missing_permission_are_told_apart() {
        let of = |status| read(&answer::error(status, "", None), |_| Ok(())).unwrap_err();
        assert!(of(Status::CREDENTIAL_TOKEN_EXPIRED).is_signed_out());
        assert!(of(Status::ACCESS_DENIED).is_not_allowed());
        assert!(!of(Status::ACCESS_DENIED).is_signed_out());
        assert_eq!(of(Status::from_code(4711)).status(), Some(Status::from_code(4711)));
    }

    #[test]
    fn what_is_no_answer_is_malformed() {
        let pages =
            ["", "<html><body/></html>", "<!DOCTYPE html><response/>", "<response><status/></response>"];
        for body in pages {
            assert!(matches!(read(body, |_| Ok(())), Err(Error::Malformed(_))), "{body}");
        }
        assert!(read(&answer::success_without_info(), |_| Ok(())).is_ok());
    }
}
