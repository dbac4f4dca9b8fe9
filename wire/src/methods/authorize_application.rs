//! AuthorizeApplication 1 (methods.md 11.2): the person may use an application that is open to few.

use roxmltree::Node;
use uuid::Uuid;

use crate::answer;
use crate::error::InfoError;
use crate::xml::{self, Sequence};

/// Reads `info`: the application.
pub fn parse(info: Node<'_, '_>) -> Result<Uuid, InfoError> {
    let mut fields = Sequence::of(info)?;
    let app_id = xml::guid(fields.required("app-id")?)?;
    fields.end()?;
    Ok(app_id)
}

/// Writes the answer.
pub fn answer() -> String {
    answer::success_without_info()
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    #[test]
    fn one_application_is_named() {
        let id = Uuid::from_u128(1);
        let read = |xml: &str| parse(Document::parse(xml).unwrap().root_element()).map_err(|e| e.message);
        assert_eq!(read(&format!("<info><app-id>\n{id} </app-id></info>")), Ok(id));
        assert_eq!(read("<info/>"), Err("info needs app-id".to_owned()));
        let twice = format!("<info><app-id>{id}</app-id><app-id>{id}</app-id></info>");
        assert_eq!(read(&twice), Err("info has no place for app-id here".to_owned()));
        assert_eq!(read("<info><app-id>1</app-id></info>"), Err("app-id is not a GUID: \"1\"".to_owned()));
    }
}
