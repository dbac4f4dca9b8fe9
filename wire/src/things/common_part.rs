//! The `common` part of a thing's data, which is kept as it was sent and told to every application that
//! reads the thing: what the schema does not allow in it is refused (things.md 1.3).

use roxmltree::Node;

use crate::error::InfoError;
use crate::xml::{self, Sequence};

/// Reads `common` and tells its `client-thing-id`.
pub fn read(common: Node<'_, '_>) -> Result<Option<String>, InfoError> {
    let mut fields = fields(common)?;
    fields.optional("source").map(plain).transpose()?;
    fields.optional("note").map(plain).transpose()?;
    let tags = fields.optional("tags").map(plain).transpose()?;
    if tags.is_some_and(|tags| tags.chars().nth(512).is_some()) {
        return Err(InfoError::invalid("tags is longer than 512 characters"));
    }
    fields.repeated("extension").into_iter().try_for_each(extension)?;
    fields.repeated("related-thing").into_iter().try_for_each(related_thing)?;
    let id = fields.optional("client-thing-id").map(client_thing_id).transpose()?;
    fields.end()?;
    Ok(id)
}

fn fields<'a, 'i>(node: Node<'a, 'i>) -> Result<Sequence<'a, 'i>, InfoError> {
    only_attributes(node, &[])?;
    Sequence::of(node)
}

fn plain(node: Node<'_, '_>) -> Result<String, InfoError> {
    only_attributes(node, &[])?;
    Ok(xml::inner_text(node)?.into_owned())
}

fn client_thing_id(node: Node<'_, '_>) -> Result<String, InfoError> {
    only_attributes(node, &[])?;
    xml::up_to(255, node)
}

/// Whatever elements an application likes, and from where they come.
fn extension(node: Node<'_, '_>) -> Result<(), InfoError> {
    only_attributes(node, &["source", "ver", "logo", "xsl"])?;
    xml::required_attribute(node, "source")?;
    Sequence::of(node).map(drop)
}

/// A thing by its id or by the application's own id; it need not be there.
fn related_thing(node: Node<'_, '_>) -> Result<(), InfoError> {
    let mut fields = fields(node)?;
    if let Some(id) = fields.optional("thing-id") {
        only_attributes(id, &[])?;
        xml::guid(id)?;
        fields.optional("version-stamp").map(xml::guid).transpose()?;
    } else {
        fields.optional("client-thing-id").map(client_thing_id).transpose()?;
    }
    fields.optional("relationship-type").map(plain).transpose()?;
    fields.end()
}

fn only_attributes(node: Node<'_, '_>, names: &[&str]) -> Result<(), InfoError> {
    let strange = |name: &str, namespace: Option<&str>| namespace.is_some() || !names.contains(&name);
    match node.attributes().find(|attribute| strange(attribute.name(), attribute.namespace())) {
        None => Ok(()),
        Some(attribute) => {
            let (element, attribute) = (node.tag_name().name(), attribute.name());
            Err(InfoError::invalid(format!("{element} has no place for an attribute {attribute}")))
        }
    }
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    fn of(inside: &str) -> Result<Option<String>, String> {
        let xml = format!("<common>{inside}</common>");
        read(Document::parse(&xml).unwrap().root_element()).map_err(|e| e.message)
    }

    #[test]
    fn everything_of_the_schema_is_taken() {
        let id = "3d34d87e-7fc1-4153-800f-f56592cb0d17";
        let all = format!(
            "<source>s</source><note/><tags>a,b</tags><extension source='x' ver='1'><y xmlns='urn:y'>z</y></extension>\
             <extension source=''/><related-thing><thing-id>{id}</thing-id><version-stamp>{id}</version-stamp>\
             <relationship-type>r</relationship-type></related-thing><related-thing><client-thing-id>k</client-thing-id>\
             </related-thing><related-thing/><client-thing-id>k1</client-thing-id>"
        );
        assert_eq!(of(&all), Ok(Some("k1".to_owned())));
        assert_eq!(of(""), Ok(None));
    }

    #[test]
    fn what_the_schema_does_not_allow_is_refused() {
        let long = |name: &str, length| format!("<{name}>{}</{name}>", "x".repeat(length));
        for (inside, why) in [
            ("x", "common holds unexpected text \"x\""),
            ("<common/>", "common has no place for common here"),
            ("<note/><source/>", "common has no place for source here"),
            ("<note><b/></note>", "note holds text, not an element b"),
            ("<note a='1'/>", "note has no place for an attribute a"),
            ("<extension/>", "extension has no attribute source"),
            ("<extension source='x'>y</extension>", "extension holds unexpected text \"y\""),
            ("<client-thing-id/>", "client-thing-id is empty"),
            ("<related-thing><client-thing-id/></related-thing>", "client-thing-id is empty"),
            (&long("tags", 513), "tags is longer than 512 characters"),
            (&long("client-thing-id", 256), "client-thing-id is longer than 255 characters"),
        ] {
            assert_eq!(of(inside), Err(why.to_owned()), "{inside}");
        }
        assert!(of("<related-thing><thing-id>1</thing-id></related-thing>").is_err());
        assert!(of(&long("tags", 512)).is_ok());
    }
}
