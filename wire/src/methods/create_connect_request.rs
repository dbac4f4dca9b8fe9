//! CreateConnectRequest 1 (methods.md 8.1): a person is asked to authorize the application with a code.

use roxmltree::Node;

use crate::answer;
use crate::error::InfoError;
use crate::status::Status;
use crate::xml::{self, Sequence, is_blank};

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectRequest {
    /// Whose record it is, as the application knows it.
    pub friendly_name: String,
    /// What only the person can answer.
    pub question: String,
    /// The answer.
    pub answer: String,
    /// The application's own id of the person.
    pub external_id: String,
}

/// Reads `info`. An address to call back is not offered, as it was not by the original.
pub fn parse(info: Node<'_, '_>) -> Result<ConnectRequest, InfoError> {
    let mut fields = Sequence::of(info)?;
    let text = |node| xml::inner_text(node).map(|text| text.into_owned());
    let friendly_name = text(fields.required("friendly-name")?)?;
    let question = text(fields.required("question")?)?;
    let answer = text(fields.required("answer")?)?;
    let external_id = text(fields.required("external-id")?)?;
    let _ = fields.optional("call-back-url");
    fields.end()?;
    if is_blank(&question) {
        return Err(InfoError::new(Status::INVALID_VERIFICATION_QUESTION, "question is empty"));
    }
    if is_blank(&answer) {
        return Err(InfoError::new(Status::INVALID_VERIFICATION_ANSWER, "answer is empty"));
    }
    for (name, text) in [("friendly-name", &friendly_name), ("external-id", &external_id)] {
        if text.is_empty() {
            return Err(InfoError::invalid(format!("{name} is empty")));
        }
    }
    Ok(ConnectRequest { friendly_name, question, answer, external_id })
}

/// Writes the answer.
pub fn answer(identity_code: &str) -> String {
    answer::success("CreateConnectRequest", |out| {
        out.element("identity-code", identity_code);
    })
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    const INFO: &str = "<info><friendly-name>A &amp; B</friendly-name><question>Q?</question><answer> a </answer>\
                        <external-id>17</external-id></info>";

    fn of(text: &str) -> Result<ConnectRequest, u16> {
        parse(Document::parse(text).unwrap().root_element()).map_err(|e| e.status.code())
    }

    #[test]
    fn all_four_texts_are_read_as_they_are() {
        let read = of(INFO).unwrap();
        assert_eq!((&*read.friendly_name, &*read.question), ("A & B", "Q?"));
        assert_eq!((&*read.answer, &*read.external_id), (" a ", "17"));
        let called_back = INFO.replace("</info>", "<call-back-url>https://x</call-back-url></info>");
        assert_eq!(of(&called_back).unwrap(), read);
    }

    #[test]
    fn what_is_empty_has_its_code() {
        assert_eq!(of(&INFO.replace("Q?", " \n")), Err(72));
        assert_eq!(of(&INFO.replace(" a ", " ")), Err(73));
        assert_eq!(of(&INFO.replace("17", "")), Err(3));
        assert_eq!(of(&INFO.replace("<answer> a </answer>", "")), Err(3));
    }

    #[test]
    fn the_code_is_all_there_is() {
        assert_eq!(
            answer("JKYZ-QNMN-VHRX-ZGNR-GZNH"),
            "<response><status><code>0</code></status>\
             <wc:info xmlns:wc=\"urn:com.microsoft.wc.methods.response.CreateConnectRequest\">\
             <identity-code>JKYZ-QNMN-VHRX-ZGNR-GZNH</identity-code></wc:info></response>"
        );
    }
}
