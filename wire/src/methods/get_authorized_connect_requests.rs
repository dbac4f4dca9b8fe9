//! GetAuthorizedConnectRequests 1 (methods.md 8.2): who authorized the application with a code.

use roxmltree::Node;
use uuid::Uuid;

use crate::answer;
use crate::error::InfoError;
use crate::status::Status;
use crate::time::UtcMicros;
use crate::xml::{self, Sequence, is_blank};

/// A person who did. Clients refuse one in which anything is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizedRequest {
    /// As the application knows them.
    pub person_id: Uuid,
    /// The record, as the application knows it.
    pub record_id: Uuid,
    /// The same record for all persons who share it with the application.
    pub app_specific_record_id: String,
    /// The application.
    pub app_id: Uuid,
    /// Its own id of the person.
    pub external_id: String,
}

/// Reads `info`: since when. An empty date counts as none.
pub fn parse(info: Node<'_, '_>) -> Result<Option<UtcMicros>, InfoError> {
    let mut fields = Sequence::of(info)?;
    let date = fields.optional("authorized-connect-requests-since");
    fields.end()?;
    match date {
        Some(node) if !is_blank(&xml::inner_text(node)?) => {
            xml::utc(node).map(Some).map_err(|error| InfoError::new(Status::INVALID_DATETIME, error.message))
        }
        _ => Ok(None),
    }
}

/// Writes the answer.
pub fn answer(requests: &[AuthorizedRequest]) -> String {
    answer::success("GetAuthorizedConnectRequests", |out| {
        for request in requests {
            out.open("connect-request").element("person-id", request.person_id);
            out.open("record-id").attr("app-specific-record-id", &request.app_specific_record_id);
            out.text(request.record_id).close();
            out.element("app-id", request.app_id).element("external-id", &request.external_id).close();
        }
    })
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    #[test]
    fn a_date_is_read_where_there_is_one() {
        let of = |text: &str| {
            let info = format!(
                "<info><authorized-connect-requests-since>{text}</authorized-connect-requests-since></info>"
            );
            parse(Document::parse(&info).unwrap().root_element()).map_err(|e| e.status.code())
        };
        assert_eq!(of("1970-01-01T00:00:01.5Z"), Ok(Some(UtcMicros(1_500_000))));
        assert_eq!(of(" "), Ok(None));
        assert_eq!(of("yesterday"), Err(69));
        assert_eq!(parse(Document::parse("<info/>").unwrap().root_element()), Ok(None));
    }

    #[test]
    fn while_nobody_did_there_is_an_empty_info() {
        // Classic .NET looks into it without asking whether it is there.
        assert_eq!(
            answer(&[]),
            "<response><status><code>0</code></status>\
             <wc:info xmlns:wc=\"urn:com.microsoft.wc.methods.response.GetAuthorizedConnectRequests\"/></response>"
        );
    }

    #[test]
    fn ids_come_in_the_order_of_the_schema() {
        let id = Uuid::from_u128;
        let request = AuthorizedRequest {
            person_id: id(1),
            record_id: id(2),
            app_specific_record_id: "7".to_owned(),
            app_id: id(3),
            external_id: "a&b".to_owned(),
        };
        let text = answer(&[request]);
        assert!(text.contains(
            "<connect-request><person-id>00000000-0000-0000-0000-000000000001</person-id>\
             <record-id app-specific-record-id=\"7\">00000000-0000-0000-0000-000000000002</record-id>\
             <app-id>00000000-0000-0000-0000-000000000003</app-id><external-id>a&amp;b</external-id></connect-request>"
        ));
    }
}
