//! RemoveThings 1 (methods.md 6.4).

use roxmltree::Node;

use crate::answer;
use crate::error::InfoError;
use crate::shapes::ThingKey;
use crate::xml::Sequence;

/// Reads `info`: the versions to remove. An error names the index of the thing.
pub fn parse(info: Node<'_, '_>) -> Result<Vec<ThingKey>, InfoError> {
    let mut fields = Sequence::of(info)?;
    let mut nodes = vec![fields.required("thing-id")?];
    nodes.extend(fields.repeated("thing-id"));
    fields.end()?;
    let read = |(index, node)| ThingKey::read_current(node).map_err(|e| e.at_item(index));
    nodes.into_iter().enumerate().map(read).collect()
}

/// Writes the answer.
pub fn answer() -> String {
    answer::success_without_info()
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;
    use crate::status::Status;

    #[test]
    fn a_missing_stamp_has_a_status_of_its_own_and_the_index_of_the_thing() {
        let id = uuid::Uuid::from_u128(1);
        let xml = format!(
            "<info><thing-id version-stamp='{id}'>{id}</thing-id><thing-id version-stamp=''>{id}</thing-id></info>"
        );
        let error = parse(Document::parse(&xml).unwrap().root_element()).unwrap_err();
        assert_eq!(error.status, Status::VERSION_STAMP_MISSING);
        assert_eq!(error.error_info.as_deref(), Some("1"));
        let xml = xml.replace("''", &format!("'{id}'"));
        assert_eq!(parse(Document::parse(&xml).unwrap().root_element()).unwrap().len(), 2);
    }
}
