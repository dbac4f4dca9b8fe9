//! GetThingType 1 (methods.md 6.5): what the types of things are.

use roxmltree::Node;
use uuid::Uuid;

use crate::answer;
use crate::error::InfoError;
use crate::time::UtcMicros;
use crate::xml::{self, Sequence, XmlWriter};

/// Which types, and what about them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// By id, each once; none means all.
    pub ids: Vec<Uuid>,
    /// Each once; none means `core`.
    pub sections: Vec<Section>,
    /// MIME types of images, or `*`.
    pub image_types: Vec<String>,
    /// When the client last asked: unchanged since then is answered by nothing.
    pub last_client_refresh: Option<UtcMicros>,
}

/// What to tell of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the variants are the names of the schema")]
pub enum Section {
    Core,
    Xsd,
    Columns,
    Transforms,
    TransformSource,
    Versions,
    EffectiveDateXPath,
}

const SECTIONS: [(&str, Section); 7] = [
    ("core", Section::Core),
    ("xsd", Section::Xsd),
    ("columns", Section::Columns),
    ("transforms", Section::Transforms),
    ("transformsource", Section::TransformSource),
    ("versions", Section::Versions),
    ("effectivedatexpath", Section::EffectiveDateXPath),
];

impl Request {
    /// Whether a section is asked for.
    pub fn wants(&self, section: Section) -> bool {
        self.sections.contains(&section) || (self.sections.is_empty() && section == Section::Core)
    }
}

/// A type of things, as far as it is told.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct ThingTypeInfo {
    /// Its id: that of one version.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// Whether no application may create one, whether nobody may change one, whether a record holds at most
    /// one, whether one may carry the read-only flag.
    pub core: Option<CoreFacts>,
    /// The text of its schema.
    pub xsd: Option<String>,
    /// The tags of its transforms.
    pub transforms: Option<Vec<String>>,
    /// The version family.
    pub versions: Option<Versions>,
    /// Where its effective date stands.
    pub effective_date_xpath: Option<String>,
    /// Where its end date stands.
    pub updated_end_date_xpath: Option<String>,
}

/// Whether what may be done with things of the type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[allow(missing_docs, reason = "the fields are the elements of the schema, by their own names")]
pub struct CoreFacts {
    pub uncreatable: bool,
    pub immutable: bool,
    pub singleton: bool,
    pub allow_readonly: bool,
}

/// The versions of a type.
#[derive(Clone, Debug, PartialEq)]
pub struct Versions {
    /// What they have in common; it only groups them.
    pub thing_type_id: Uuid,
    /// In their order; at least one.
    pub versions: Vec<VersionInfo>,
}

/// One version.
#[derive(Clone, Debug, PartialEq)]
pub struct VersionInfo {
    /// Its id, by which things name it.
    pub version_type_id: Uuid,
    /// What it is called.
    pub name: String,
    /// Its place, from 1.
    pub sequence: u32,
    /// By what things of it can be ordered.
    pub order_by: Vec<OrderByProperty>,
}

/// Something that things can be ordered by.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderByProperty {
    /// Its name in a query.
    pub name: String,
    /// The kind of value.
    pub kind: String,
    /// Where it stands in the thing.
    pub xpath: Option<String>,
    /// Multiplier and offset to another unit, as decimal numbers.
    pub conversion: Option<(String, String)>,
}

/// Reads `info`.
pub fn parse(info: Node<'_, '_>) -> Result<Request, InfoError> {
    let mut fields = Sequence::of(info)?;
    let mut ids = Vec::new();
    for id in fields.repeated("id").into_iter().map(xml::guid) {
        let id = id?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let mut sections = Vec::new();
    for node in fields.repeated("section") {
        let name = xml::text(node)?;
        let section = SECTIONS.iter().find(|(known, _)| *known == name).map(|(_, section)| *section);
        let section = section.ok_or_else(|| InfoError::invalid(format!("there is no section {name:?}")))?;
        if !sections.contains(&section) {
            sections.push(section);
        }
    }
    let image_types = fields.repeated("image-type").into_iter().map(|n| xml::text(n).map(|t| t.into_owned()));
    let image_types = image_types.collect::<Result<_, _>>()?;
    let last_client_refresh = fields.optional("last-client-refresh").map(xml::utc).transpose()?;
    fields.end()?;
    Ok(Request { ids, sections, image_types, last_client_refresh })
}

/// Writes the answer; without types it is an empty one.
pub fn answer(types: &[ThingTypeInfo]) -> String {
    answer::success("GetThingType", |out| types.iter().for_each(|info| info.write(out)))
}

impl ThingTypeInfo {
    fn write(&self, out: &mut XmlWriter) {
        out.open("thing-type").element("id", self.id).element("name", &self.name);
        if let Some(core) = self.core {
            out.element("uncreatable", core.uncreatable).element("immutable", core.immutable);
            out.element("singleton", core.singleton);
        }
        out.element_if("xsd", self.xsd.as_ref());
        if let Some(transforms) = &self.transforms {
            out.open("transforms");
            transforms.iter().for_each(|tag| {
                out.element("tag", tag);
            });
            out.close();
        }
        if let Some(versions) = &self.versions {
            versions.write(out);
        }
        out.element_if("effective-date-xpath", self.effective_date_xpath.as_ref());
        out.element_if("updated-end-date-xpath", self.updated_end_date_xpath.as_ref());
        out.element_if("allow-readonly", self.core.map(|core| core.allow_readonly));
        out.close();
    }
}

impl Versions {
    fn write(&self, out: &mut XmlWriter) {
        out.open("versions").attr("thing-type-id", self.thing_type_id);
        for version in &self.versions {
            out.open("version-info").attr("version-type-id", version.version_type_id);
            out.attr("version-name", &version.name).attr("version-sequence", version.sequence);
            if !version.order_by.is_empty() {
                out.open("order-by-properties");
                version.order_by.iter().for_each(|property| property.write(out));
                out.close();
            }
            out.close();
        }
        out.close();
    }
}

impl OrderByProperty {
    fn write(&self, out: &mut XmlWriter) {
        out.open("property").attr("name", &self.name).attr("type", &self.kind);
        out.attr_if("xpath", self.xpath.as_ref());
        if let Some((multiplier, offset)) = &self.conversion {
            out.open("conversion").open("linear-conversion");
            out.element("multiplier", multiplier).element("offset", offset).close().close();
        }
        out.close();
    }
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    fn read(inside: &str) -> Result<Request, InfoError> {
        let xml = format!("<info>{inside}</info>");
        parse(Document::parse(&xml).unwrap().root_element())
    }

    #[test]
    fn without_a_section_the_core_is_meant() {
        let request = read("").unwrap();
        assert!(request.ids.is_empty() && request.wants(Section::Core) && !request.wants(Section::Xsd));
        let request = read("<section>xsd</section><section> versions </section>").unwrap();
        assert!(request.wants(Section::Xsd) && request.wants(Section::Versions));
        assert!(!request.wants(Section::Core));
        assert!(read("<section>everything</section>").unwrap_err().message.contains("everything"));
    }

    #[test]
    fn a_type_is_written_in_the_order_of_the_schema() {
        let id = Uuid::from_u128(1);
        let order_by = vec![OrderByProperty {
            name: "value".to_owned(),
            kind: "double".to_owned(),
            xpath: Some("weight/value/kg".to_owned()),
            conversion: Some(("2.2".to_owned(), "0".to_owned())),
        }];
        let version = VersionInfo { version_type_id: id, name: "Weight".to_owned(), sequence: 1, order_by };
        let info = ThingTypeInfo {
            id,
            name: "Weight".to_owned(),
            core: Some(CoreFacts { allow_readonly: true, ..CoreFacts::default() }),
            xsd: Some("<schema/>".to_owned()),
            transforms: Some(Vec::new()),
            versions: Some(Versions { thing_type_id: id, versions: vec![version] }),
            effective_date_xpath: Some("weight/when".to_owned()),
            updated_end_date_xpath: None,
        };
        let written = answer(&[info]);
        let inside = written.split_once("<thing-type>").unwrap().1;
        assert_eq!(
            inside,
            format!(
                "<id>{id}</id><name>Weight</name><uncreatable>false</uncreatable><immutable>false</immutable>\
                 <singleton>false</singleton><xsd>&lt;schema/&gt;</xsd><transforms/>\
                 <versions thing-type-id=\"{id}\"><version-info version-type-id=\"{id}\" version-name=\"Weight\" \
                 version-sequence=\"1\"><order-by-properties><property name=\"value\" type=\"double\" \
                 xpath=\"weight/value/kg\"><conversion><linear-conversion><multiplier>2.2</multiplier>\
                 <offset>0</offset></linear-conversion></conversion></property></order-by-properties>\
                 </version-info></versions><effective-date-xpath>weight/when</effective-date-xpath>\
                 <allow-readonly>true</allow-readonly></thing-type></wc:info></response>"
            )
        );
    }
}
