//! GetApplicationSettings and SetApplicationSettings 1 (methods.md 11.1): XML that the application keeps
//! with a person.

use keepwell_wire::xml;
use roxmltree::Node;
use uuid::Uuid;

use super::call as new_call;
use crate::answer::{child, inside};
use crate::line::Call;
use crate::{Caller, Error};

/// What the application keeps with a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApplicationSettings {
    /// The XML inside the settings, as it was set.
    pub xml: Option<String>,
    /// The record that the person chose for the application.
    pub selected_record_id: Option<Uuid>,
}

impl Caller<'_> {
    /// What the application keeps with the person.
    pub async fn settings(&self) -> Result<ApplicationSettings, Error> {
        self.ask(&new_call("GetApplicationSettings", 1, |_| {}), read).await
    }

    /// Keeps XML with the person in place of what was there, or removes it. It must be well-formed.
    pub async fn set_settings(&self, xml: Option<&str>) -> Result<(), Error> {
        self.ask(&set(xml), |_| Ok(())).await
    }
}

fn set(settings: Option<&str>) -> Call {
    new_call("SetApplicationSettings", 1, |out| {
        if let Some(settings) = settings {
            out.open("app-settings").raw(settings).close();
        }
    })
}

fn read(info: Node<'_, '_>) -> Result<ApplicationSettings, Error> {
    Ok(ApplicationSettings {
        xml: child(info, "app-settings").map(inside),
        selected_record_id: child(info, "selected-record-id").map(xml::guid).transpose()?,
    })
}

#[cfg(test)]
mod tests {
    use keepwell_wire::methods::{get_application_settings, set_application_settings};
    use roxmltree::Document;

    use super::*;

    #[test]
    fn settings_come_back_byte_for_byte() {
        let settings = "<a:x xmlns:a='urn:a'>\n<b/></a:x>";
        let whole = |inside: &str| format!("<app-settings>{inside}</app-settings>");
        for sent in [Some(settings), None] {
            let info = set(sent).info;
            let read = set_application_settings::parse(Document::parse(&info).unwrap().root_element());
            assert_eq!(read, Ok(sent.map(whole)));
        }
        let answer = get_application_settings::answer(Some(&whole(settings)), Some(Uuid::from_u128(1)));
        let found = crate::answer::read("GetApplicationSettings", &answer, read).unwrap();
        assert_eq!(
            (found.xml.as_deref(), found.selected_record_id),
            (Some(settings), Some(Uuid::from_u128(1)))
        );
    }
}
