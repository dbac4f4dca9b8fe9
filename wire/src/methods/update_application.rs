//! UpdateApplication 1 and 2 (methods.md 12.2): an application changes itself, or a master its child.

use roxmltree::Node;
use uuid::Uuid;

use crate::answer;
use crate::error::InfoError;
use crate::shapes::application::ApplicationConfiguration;
use crate::xml::{self, Sequence};

/// Which application, and what is new about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The application.
    pub id: Uuid,
    /// What is there takes the place of what was; what is not there stays.
    pub configuration: ApplicationConfiguration,
}

/// Reads `info` of either version.
pub fn parse(info: Node<'_, '_>) -> Result<Request, InfoError> {
    let mut fields = Sequence::of(info)?;
    let id = xml::guid(fields.required("id")?)?;
    Ok(Request { id, configuration: ApplicationConfiguration::read_update(fields)? })
}

/// Writes the answer.
pub fn answer() -> String {
    answer::success_without_info()
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;
    use crate::shapes::Localized;
    use crate::shapes::application::SupportedLocations;
    use crate::status::Status;

    fn read(inside: &str) -> Result<Request, InfoError> {
        let xml = format!("<info>{inside}</info>");
        parse(Document::parse(&xml).unwrap().root_element())
    }

    #[test]
    fn only_the_id_must_be_there_and_what_is_not_there_is_none() {
        let id = Uuid::from_u128(1);
        let nothing = Request { id, configuration: ApplicationConfiguration::default() };
        assert_eq!(read(&format!("<id>{id}</id>")), Ok(nothing.clone()));
        assert_eq!(read("<name>a</name>").unwrap_err().message, "info needs id before name");
        let some = read(&format!(
            "<id>{id}</id><person-offline-base-auth/><description xml:lang='de'>Was</description>\
             <supported-record-locations><all-locations>true</all-locations></supported-record-locations>"
        ));
        let configuration = ApplicationConfiguration {
            offline_rules: Some(Vec::new()),
            descriptions: Some(vec![Localized { lang: Some("de".into()), text: "Was".into() }]),
            supported_record_locations: Some(SupportedLocations { locations: Vec::new(), all: true }),
            ..ApplicationConfiguration::default()
        };
        assert_eq!(some, Ok(Request { configuration, ..nothing }));
    }

    #[test]
    fn what_is_there_is_as_strict_as_for_a_new_application() {
        let refused = |inside: &str| read(&format!("<id>{}</id>{inside}", Uuid::nil())).unwrap_err();
        assert_eq!(refused("<public-keys/>").message, "public-keys needs public-key");
        let short = refused("<public-keys><public-key>00</public-key></public-keys>");
        assert_eq!(short.status, Status::INVALID_PUBLIC_KEY);
        let order = refused("<action-url>u</action-url><methods>m</methods>");
        assert_eq!(order.message, "info has no place for methods here");
    }
}
