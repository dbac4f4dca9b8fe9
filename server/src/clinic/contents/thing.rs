//! Things in a file: each is checked as the server will, when it is too late to ask the clinic.

use keepwell_client::{NewBlob, NewThing};
use keepwell_core::ids::TypeId;
use keepwell_core::thing_types::{self, ThingType};
use keepwell_wire::roxmltree::Node;
use keepwell_wire::things::{BlobData, BlobIn, DataXml, ThingIn};
use keepwell_wire::xml::standalone;
use uuid::{Uuid, uuid};

/// The type of a package, which does not go into another.
const PACKAGE: Uuid = uuid!("c9287326-bb43-4194-858c-8b60768f000f");

/// A `thing` element. Its key is left out: in the record it goes to, it is a new one.
pub fn read(node: Node<'_, '_>) -> Result<NewThing, String> {
    let thing = ThingIn::read(2, node).map_err(|why| format!("has a thing that is none: {}", why.message))?;
    let id = thing.type_id.ok_or("has a thing without a type-id")?;
    let kind = known(id)?;
    if thing.raw_signature.is_some() {
        return Err("has a signed thing, and a package keeps no signatures".to_owned());
    }
    let data = thing.data_xml.ok_or("has a thing without a data-xml")?;
    let mut new = NewThing::of(id, checked(kind, &data)?);
    for blob in &thing.blobs {
        new = new.with_blob(attachment(blob)?);
    }
    Ok(match thing.tags {
        Some(tags) => new.tagged(tags),
        None => new,
    })
}

/// A `data-xml` without a thing around it, of the newest type with this root that it fits.
pub fn of_data_xml(node: Node<'_, '_>) -> Result<NewThing, String> {
    let data = DataXml::read(node).map_err(|why| why.message)?;
    let name = data.root_name().ok_or("has an empty data-xml")?;
    let kinds = with_root(name);
    let newest = kinds.first().ok_or_else(|| format!("is of no known type: {name}"))?;
    let fits = kinds.iter().find(|kind| thing_types::validate_data(kind, &data.text).is_ok());
    let kind = fits.unwrap_or(newest);
    Ok(NewThing::of(kind.id.0, checked(kind, &data)?))
}

/// The data of a thing alone. Roots such as `message` stand for much: only what is valid is taken for one.
pub fn of_root(root: Node<'_, '_>) -> Option<NewThing> {
    let kinds = with_root(root.tag_name().name());
    let kind = kinds.into_iter().find(|kind| thing_types::validate(kind, root).is_ok())?;
    Some(NewThing::of(kind.id.0, standalone(root)))
}

fn known(id: Uuid) -> Result<&'static ThingType, String> {
    let kind = thing_types::find(TypeId(id)).filter(|kind| may_be_left(kind));
    kind.ok_or_else(|| format!("has a thing of type {id}, which cannot be left in a package"))
}

fn may_be_left(kind: &ThingType) -> bool {
    !kind.uncreatable && !kind.root.is_empty() && kind.id.0 != PACKAGE
}

/// The types with this root, the newest first. A document that others define goes by its namespace, not by
/// its root.
fn with_root(name: &str) -> Vec<&'static ThingType> {
    let fits = |kind: &&ThingType| kind.root == name && !kind.opaque && may_be_left(kind);
    let mut kinds: Vec<_> = thing_types::all().iter().filter(fits).collect();
    kinds.sort_by_key(|kind| std::cmp::Reverse(kind.sequence));
    kinds
}

fn checked(kind: &ThingType, data: &DataXml<'_, '_>) -> Result<String, String> {
    match thing_types::validate_data(kind, &data.text) {
        Ok(()) if data.root.is_some() => Ok(data.text.to_string()),
        Ok(()) => Err(format!("has a thing without data ({})", kind.name)),
        Err(why) => Err(format!("has a thing that is not valid ({}): {why}", kind.name)),
    }
}

fn attachment(blob: &BlobIn) -> Result<NewBlob, String> {
    let BlobData::Inline(bytes) = &blob.data else {
        return Err("has a thing whose attachment is not in it".to_owned());
    };
    let new = NewBlob::inline(&blob.name, &blob.content_type, &**bytes).map_err(|why| why.to_string())?;
    Ok(match &blob.current_content_encoding {
        Some(encoding) => new.encoded(encoding),
        None => new,
    })
}
