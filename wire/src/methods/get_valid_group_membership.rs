//! GetValidGroupMembership 1 (methods.md 13.5, connectivity.md 8.10).

use roxmltree::Node;
use uuid::Uuid;

use crate::answer;
use crate::error::InfoError;
use crate::shapes::{ThingOut, ThingShape};
use crate::xml::{self, Sequence};

/// Reads `info`: the applications whose memberships count; none means any.
pub fn parse(info: Node<'_, '_>) -> Result<Vec<Uuid>, InfoError> {
    let mut fields = Sequence::of(info)?;
    let nodes = fields.repeated("application-id");
    fields.end()?;
    nodes.into_iter().map(xml::guid).collect()
}

/// Writes the answer: things of the older shape.
pub fn answer(memberships: &[ThingOut]) -> String {
    answer::success("GetValidGroupMembership", |out| {
        memberships.iter().for_each(|thing| thing.write(ThingShape::Thing, out));
    })
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;
    use crate::shapes::{DataXmlOut, ThingKey, TypeRef};

    #[test]
    fn applications_may_be_named() {
        let read = |xml: &str| parse(Document::parse(xml).unwrap().root_element()).map_err(|e| e.message);
        let (a, b) = (Uuid::from_u128(2), Uuid::from_u128(1));
        assert_eq!(read("<info/>"), Ok(Vec::new()));
        let two =
            format!("<info><application-id>{a}</application-id><application-id>{b}</application-id></info>");
        assert_eq!(read(&two), Ok(vec![a, b]));
        assert_eq!(read("<info><app-id/></info>"), Err("info has no place for app-id here".to_owned()));
    }

    #[test]
    fn memberships_are_things_of_the_older_shape() {
        let id = Uuid::from_u128(1);
        let mut thing = ThingOut::new(
            ThingKey { id, version_stamp: id },
            TypeRef { id, name: "Group Membership".into() },
        );
        let text = "<group-membership/><common/>".to_owned();
        thing.data_xml = vec![DataXmlOut { text, transform: None }];
        assert_eq!(
            answer(&[thing]),
            format!(
                "<response><status><code>0</code></status>\
                 <wc:info xmlns:wc=\"urn:com.microsoft.wc.methods.response.GetValidGroupMembership\"><thing>\
                 <thing-id version-stamp=\"{id}\">{id}</thing-id><type-id name=\"Group Membership\">{id}</type-id>\
                 <data-xml><group-membership/><common/></data-xml></thing></wc:info></response>"
            )
        );
        assert!(answer(&[]).ends_with("response.GetValidGroupMembership\"/></response>"));
    }
}
