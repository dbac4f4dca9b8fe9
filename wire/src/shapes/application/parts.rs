//! The smaller parts of a registration.

use roxmltree::Node;

use crate::error::InfoError;
use crate::shapes::{Localized, localized};
use crate::xml::{self, Sequence, XmlWriter};

/// Whether people may stay signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct PersistentTokens {
    /// Whether they may.
    pub enabled: bool,
    /// For how many seconds; at least one.
    pub ttl_seconds: Option<u64>,
}

/// A vocabulary that an application may use, or a whole family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VocabularyAuthorization {
    /// The family.
    pub family: String,
    /// The vocabulary; without one, all of the family.
    pub name: Option<String>,
}

/// Who answers for an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    /// At least one.
    pub names: Vec<Localized>,
}

/// Whether an application draws data in bulk. Kept, and of no effect here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BulkExtractionSettings {
    /// Whether it has been admitted.
    pub is_onboarded: bool,
    /// Whether people are asked.
    pub is_permission_required: bool,
}

impl PersistentTokens {
    pub(super) fn read(node: Node<'_, '_>) -> Result<Self, InfoError> {
        let mut fields = Sequence::of(node)?;
        let enabled = xml::boolean(fields.required("enabled")?)?;
        let ttl_seconds = fields.optional("token-ttl-seconds").map(xml::number).transpose()?;
        fields.end()?;
        if ttl_seconds == Some(0) {
            return Err(InfoError::invalid("token-ttl-seconds is not a positive integer"));
        }
        Ok(PersistentTokens { enabled, ttl_seconds })
    }

    pub(crate) fn write(&self, out: &mut XmlWriter) {
        out.open("persistent-tokens").element("enabled", self.enabled);
        out.element_if("token-ttl-seconds", self.ttl_seconds).close();
    }
}

impl VocabularyAuthorization {
    fn read(node: Node<'_, '_>) -> Result<Self, InfoError> {
        let mut fields = Sequence::of(node)?;
        let family = xml::filled(fields.required("family")?)?;
        let name = fields.optional("name").map(xml::filled).transpose()?;
        fields.end()?;
        Ok(VocabularyAuthorization { family, name })
    }
}

/// Reads `vocabulary-authorizations`.
pub(super) fn read_authorizations(node: Node<'_, '_>) -> Result<Vec<VocabularyAuthorization>, InfoError> {
    some("vocabulary-authorization", node)?.into_iter().map(VocabularyAuthorization::read).collect()
}

/// Writes vocabularies under a name, which must not be empty.
pub(crate) fn write_authorizations(
    name: &'static str,
    vocabularies: &[VocabularyAuthorization],
    out: &mut XmlWriter,
) {
    out.open(name);
    for vocabulary in vocabularies {
        out.open("vocabulary-authorization").element("family", &vocabulary.family);
        out.element_if("name", vocabulary.name.as_ref()).close();
    }
    out.close();
}

/// Reads `app-attributes`: 1 to 20, of which only some mean anything.
pub(super) fn read_attributes(node: Node<'_, '_>) -> Result<Vec<String>, InfoError> {
    let nodes = some("app-attribute", node)?;
    if nodes.len() > 20 {
        return Err(InfoError::invalid("app-attributes has more than 20 elements app-attribute"));
    }
    nodes.into_iter().map(xml::filled).collect()
}

/// Writes `app-attributes`, if there are any.
pub(crate) fn write_attributes(attributes: &[String], out: &mut XmlWriter) {
    write_texts("app-attributes", "app-attribute", attributes, out);
}

/// Reads `meaningful-use-sources`.
pub(super) fn read_sources(node: Node<'_, '_>) -> Result<Vec<String>, InfoError> {
    some("source", node)?.into_iter().map(|source| xml::words_up_to(300, source)).collect()
}

/// Writes sources under a name, if there are any.
pub(crate) fn write_sources(name: &'static str, sources: &[String], out: &mut XmlWriter) {
    write_texts(name, "source", sources, out);
}

impl Organization {
    /// Reads `organizations`, which holds exactly one.
    pub(super) fn read(node: Node<'_, '_>) -> Result<Self, InfoError> {
        let mut list = Sequence::of(node)?;
        let names = some("name", list.required("organization")?)?;
        list.end()?;
        Ok(Organization { names: localized::read(names, |name| xml::words_up_to(255, name))? })
    }

    /// Writes `organizations`.
    pub(crate) fn write(&self, out: &mut XmlWriter) {
        out.open("organizations").open("organization");
        localized::write(out, "name", &self.names);
        out.close().close();
    }
}

impl BulkExtractionSettings {
    pub(super) fn read(node: Node<'_, '_>) -> Result<Self, InfoError> {
        let mut fields = Sequence::of(node)?;
        let is_onboarded = xml::boolean(fields.required("is-onboarded")?)?;
        let is_permission_required = xml::boolean(fields.required("is-permission-required")?)?;
        fields.end()?;
        Ok(BulkExtractionSettings { is_onboarded, is_permission_required })
    }

    pub(crate) fn write(&self, out: &mut XmlWriter) {
        out.open("bulk-extraction-settings").element("is-onboarded", self.is_onboarded);
        out.element("is-permission-required", self.is_permission_required).close();
    }
}

/// The children of an element that holds one or more of the same name and nothing else.
fn some<'a, 'i>(name: &str, node: Node<'a, 'i>) -> Result<Vec<Node<'a, 'i>>, InfoError> {
    let mut list = Sequence::of(node)?;
    let mut nodes = vec![list.required(name)?];
    nodes.extend(list.repeated(name));
    list.end()?;
    Ok(nodes)
}

fn write_texts(name: &'static str, item: &'static str, texts: &[String], out: &mut XmlWriter) {
    if !texts.is_empty() {
        out.open(name);
        texts.iter().for_each(|text| {
            out.element(item, text);
        });
        out.close();
    }
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    fn refused<T: std::fmt::Debug>(xml: &str, read: fn(Node<'_, '_>) -> Result<T, InfoError>) -> String {
        read(Document::parse(xml).unwrap().root_element()).unwrap_err().message
    }

    #[test]
    fn tokens_last_at_least_a_second() {
        let with =
            |seconds| format!("<t><enabled>1</enabled><token-ttl-seconds>{seconds}</token-ttl-seconds></t>");
        let zero = refused(&with(0), PersistentTokens::read);
        assert_eq!(zero, "token-ttl-seconds is not a positive integer");
        let negative = refused(&with(-1), PersistentTokens::read);
        assert_eq!(negative, "token-ttl-seconds is not a valid number: \"-1\"");
        assert_eq!(refused("<t/>", PersistentTokens::read), "t needs enabled");
    }

    #[test]
    fn a_list_has_at_least_one_entry_and_attributes_at_most_twenty() {
        assert_eq!(refused("<v/>", read_authorizations), "v needs vocabulary-authorization");
        assert_eq!(refused("<s/>", read_sources), "s needs source");
        assert_eq!(refused("<a/>", read_attributes), "a needs app-attribute");
        let many = format!("<a>{}</a>", "<app-attribute>x</app-attribute>".repeat(21));
        assert_eq!(refused(&many, read_attributes), "app-attributes has more than 20 elements app-attribute");
        assert_eq!(refused("<a><app-attribute/></a>", read_attributes), "app-attribute is empty");
        let long = format!("<s><source>{}</source></s>", "x".repeat(301));
        assert_eq!(refused(&long, read_sources), "source is longer than 300 characters");
    }

    #[test]
    fn there_is_one_organization_with_a_name() {
        let one = "<organization><name>a</name></organization>";
        let two = refused(&format!("<o>{one}{one}</o>"), Organization::read);
        assert_eq!(two, "o has no place for organization here");
        let unnamed = refused("<o><organization/></o>", Organization::read);
        assert_eq!(unnamed, "organization needs name");
        let blank = refused("<o><organization><name> </name></organization></o>", Organization::read);
        assert_eq!(blank, "name is blank");
    }
}
