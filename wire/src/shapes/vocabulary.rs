//! Vocabularies (methods.md 4.6).

use roxmltree::Node;

use crate::error::InfoError;
use crate::xml::{self, Sequence, XmlWriter};

/// Which vocabulary is meant, and from where on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VocabularyKey {
    /// Its name.
    pub name: String,
    /// Its family; none for the service's own.
    pub family: Option<String>,
    /// Its version; none for the newest.
    pub version: Option<String>,
    /// The code behind which to go on.
    pub code_value: Option<String>,
}

/// A vocabulary in a list. Name, family and version are always there: a client dereferences all three.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VocabularyKeyInfo<'v> {
    /// The language of the description.
    pub language: &'v str,
    /// Its name.
    pub name: &'v str,
    /// Its family.
    pub family: &'v str,
    /// Its version.
    pub version: &'v str,
    /// What it is.
    pub description: Option<&'v str>,
}

/// Some or all items of a vocabulary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VocabularyCodeSet<'v> {
    /// The language of the texts.
    pub language: &'v str,
    /// Its name.
    pub name: &'v str,
    /// Its family.
    pub family: &'v str,
    /// Its version.
    pub version: &'v str,
    /// The items.
    pub items: Vec<VocabularyCodeItem<'v>>,
    /// Whether there are more than these.
    pub truncated: bool,
}

/// A code with its texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VocabularyCodeItem<'v> {
    /// The code.
    pub code_value: &'v str,
    /// What people read. It is written when it is empty, too: that is how the original said that a
    /// language has no text.
    pub display_text: &'v str,
    /// The same, shorter.
    pub abbreviation_text: Option<&'v str>,
    /// One XML element.
    pub info_xml: Option<&'v str>,
}

impl VocabularyKey {
    /// Reads a key. An empty family, version or code counts as absent: programs that fill in a form send
    /// it so.
    pub fn read(node: Node<'_, '_>) -> Result<Self, InfoError> {
        let mut fields = Sequence::of(node)?;
        let name = xml::text(fields.required("name")?)?.into_owned();
        if name.is_empty() {
            return Err(InfoError::invalid("name is empty"));
        }
        let mut filled = |name| -> Result<Option<String>, InfoError> {
            let text = fields.optional(name).map(xml::text).transpose()?;
            Ok(text.filter(|text| !text.is_empty()).map(std::borrow::Cow::into_owned))
        };
        let key = VocabularyKey {
            name,
            family: filled("family")?,
            version: filled("version")?,
            code_value: filled("code-value")?,
        };
        // Clients send back what they got, description and all.
        fields.optional("description");
        fields.end()?;
        Ok(key)
    }

    /// Writes a key as a client does.
    pub fn write(&self, out: &mut XmlWriter) {
        out.open("vocabulary-key").element("name", &self.name);
        out.element_if("family", self.family.as_deref()).element_if("version", self.version.as_deref());
        out.element_if("code-value", self.code_value.as_deref()).close();
    }
}

impl VocabularyKeyInfo<'_> {
    pub(crate) fn write(&self, out: &mut XmlWriter) {
        out.open("vocabulary-key").attr("xml:lang", self.language);
        out.element("name", self.name).element("family", self.family).element("version", self.version);
        out.element_if("description", self.description).close();
    }
}

impl VocabularyCodeSet<'_> {
    pub(crate) fn write(&self, element: &'static str, out: &mut XmlWriter) {
        out.open(element).attr("xml:lang", self.language);
        out.element("name", self.name).element("family", self.family).element("version", self.version);
        for item in &self.items {
            out.open("code-item").element("code-value", item.code_value);
            out.element("display-text", item.display_text);
            out.element_if("abbreviation-text", item.abbreviation_text);
            if let Some(info) = item.info_xml {
                out.open("info-xml").raw(info).close();
            }
            out.close();
        }
        out.element("is-vocab-truncated", self.truncated).close();
    }
}
