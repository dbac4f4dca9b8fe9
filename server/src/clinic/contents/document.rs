//! XML as clinics have it: summaries of care, clinical documents, and things of this platform.

use std::path::Path;

use keepwell_client::NewThing;
use keepwell_core::thing_types;
use keepwell_wire::limits::Limits;
use keepwell_wire::roxmltree::{Document, Node};
use keepwell_wire::xml::scan::{ScanError, scan};
use keepwell_wire::xml::standalone;
use uuid::{Uuid, uuid};

use super::text::{decoded, without_declaration};
use super::thing;

const CDA: Uuid = uuid!("1ed1cba6-9530-44a3-b7b5-e8219690ebcf");
const CCD: Uuid = uuid!("9c48a2b8-952c-4f5a-935d-f3292326bf54");
const CCR: Uuid = uuid!("1e1ccbfc-a55d-4d91-8940-fa2fbf73c195");

const HL7: &str = "urn:hl7-org:v3";
const ASTM: &str = "urn:astm-org:CCR";

/// The templates that make a clinical document a Continuity of Care Document: of its first edition, of
/// C-CDA, and of C32.
const OF_A_CCD: [&str; 3] =
    ["2.16.840.1.113883.10.20.1", "2.16.840.1.113883.10.20.22.1.2", "2.16.840.1.113883.3.88.11.32.1"];

/// Levels that are left for what is around a document in a request.
const AROUND: usize = 8;

/// The things that a file with markup becomes; none where it is attached as it is. Refusals are in words for
/// the desk, without the file's name.
pub fn read(path: &Path, bytes: &[u8]) -> Result<Option<Vec<NewThing>>, String> {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let Some(text) = decoded(bytes) else {
        return match ending.as_str() {
            "xml" => Err("cannot be read in the encoding that it says".to_owned()),
            _ => Ok(None),
        };
    };
    // Nothing reads these two but a browser.
    if is_page(&text, &ending) {
        return Ok(None);
    }
    let limits = Limits { depth: Limits::default().depth - AROUND, ..Limits::default() };
    match scan(&text, &limits) {
        Ok(_) => {}
        Err(ScanError::Dtd) => {
            return Err("has a document type declaration (DOCTYPE), which no record takes".to_owned());
        }
        Err(why) => return not_xml(&text, &ending, &why.to_string()),
    }
    match Document::parse(&text) {
        Ok(document) => things(document.root_element()),
        // Several things in a row have no root.
        Err(why) => {
            let wrapped = format!("<things>{}</things>", without_declaration(&text));
            match Document::parse(&wrapped) {
                Ok(document) if are_things(document.root_element()) => things(document.root_element()),
                _ => not_xml(&text, &ending, &why.to_string()),
            }
        }
    }
}

/// What only begins like XML is some other file, unless it says that it is XML.
fn not_xml(text: &str, ending: &str, why: &str) -> Result<Option<Vec<NewThing>>, String> {
    let says_so = ending == "xml" || text.trim_start().starts_with("<?xml");
    if says_so { Err(format!("is not well-formed XML: {why}")) } else { Ok(None) }
}

fn is_page(text: &str, ending: &str) -> bool {
    let start: String = text.chars().take(1000).collect::<String>().to_ascii_lowercase();
    let named =
        |name: &str| start.contains(&format!("<!doctype {name}")) || start.contains(&format!("<{name}"));
    matches!(ending, "htm" | "html" | "xhtml" | "svg") || named("html") || named("svg")
}

fn things(root: Node<'_, '_>) -> Result<Option<Vec<NewThing>>, String> {
    let name = root.tag_name();
    match (name.namespace().unwrap_or_default(), name.name()) {
        (HL7, "ClinicalDocument") => whole(if is_ccd(root) { CCD } else { CDA }, root),
        (ASTM, "ContinuityOfCareRecord") => whole(CCR, root),
        ("", "thing") => Ok(Some(vec![thing::read(root)?])),
        ("", "data-xml") => thing::of_data_xml(root).map(|thing| Some(vec![thing])),
        _ if are_things(root) => {
            root.children().filter(Node::is_element).map(thing::read).collect::<Result<_, _>>().map(Some)
        }
        ("", _) => Ok(thing::of_root(root).map(|thing| vec![thing])),
        _ => Ok(None),
    }
}

/// A document that others define, byte for byte from its root on.
fn whole(kind: Uuid, root: Node<'_, '_>) -> Result<Option<Vec<NewThing>>, String> {
    Ok(Some(vec![NewThing::of(kind, standalone(root))]))
}

fn are_things(root: Node<'_, '_>) -> bool {
    let is_thing = |node: Node<'_, '_>| {
        node.tag_name().name() == "thing" && node.tag_name().namespace().unwrap_or_default().is_empty()
    };
    let mut elements = root.children().filter(Node::is_element).peekable();
    let is_text = |node: Node<'_, '_>| node.is_text() && !node.text().unwrap_or_default().trim().is_empty();
    elements.peek().is_some() && elements.all(is_thing) && !root.children().any(is_text)
}

fn is_ccd(root: Node<'_, '_>) -> bool {
    let templates = root.children().filter(|node| node.has_tag_name((HL7, "templateId")));
    templates.filter_map(|node| node.attribute("root")).any(|id| OF_A_CCD.contains(&id))
}

/// What a thing is called.
pub fn called(type_id: Uuid) -> &'static str {
    thing_types::find(keepwell_core::ids::TypeId(type_id)).map_or("thing", |kind| kind.name)
}
