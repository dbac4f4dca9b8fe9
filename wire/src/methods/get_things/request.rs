//! The request of GetThings.

use roxmltree::Node;
use uuid::Uuid;

use crate::error::InfoError;
use crate::shapes::ThingKey;
use crate::status::Status;
use crate::time::{LocalMicros, UtcMicros};
use crate::xml::{self, Sequence, parse_guid};

/// One of several independent queries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The name, to be echoed exactly.
    pub name: Option<String>,
    /// At most that many things, full or not.
    pub max: Option<u32>,
    /// At most that many full things; the rest as keys.
    pub max_full: Option<u32>,
    /// Things by id, of one kind.
    pub selection: Selection,
    /// Conditions, all of which must hold.
    pub filters: Vec<Filter>,
    /// What to tell of each thing.
    pub format: Format,
    /// Whether old versions stay out; true unless said otherwise.
    pub current_version_only: bool,
    /// What the person is shown the data for; `None` if the request does not say.
    pub intents: Option<Vec<Intent>>,
    /// The order, if not newest first.
    pub order_by: Option<OrderBy>,
}

/// Things by id. Several are alternatives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// Not by id.
    Any,
    /// By id.
    Ids(Vec<Uuid>),
    /// By id and version.
    Keys(Vec<ThingKey>),
    /// By the application's own id.
    ClientThingIds(Vec<String>),
}

/// Conditions, all of which must hold; types and states are alternatives among themselves.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
#[allow(missing_docs, reason = "the fields are the elements of the schema, by their own names")]
pub struct Filter {
    pub type_ids: Vec<Uuid>,
    /// Whether things in state Active match, as they do when no state is named.
    pub active: bool,
    /// Whether things in state Deleted match.
    pub deleted: bool,
    pub eff_date_min: Option<LocalMicros>,
    pub eff_date_max: Option<LocalMicros>,
    pub created_app_id: Option<Uuid>,
    pub created_person_id: Option<Uuid>,
    pub updated_app_id: Option<Uuid>,
    pub updated_person_id: Option<Uuid>,
    pub created_date_min: Option<UtcMicros>,
    pub created_date_max: Option<UtcMicros>,
    pub updated_date_min: Option<UtcMicros>,
    pub updated_date_max: Option<UtcMicros>,
    pub xpath: Option<String>,
    pub updated_end_date_max: Option<LocalMicros>,
    pub updated_end_date_min: Option<LocalMicros>,
}

/// What to tell of each thing.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Format {
    /// Sections, each once.
    pub sections: Vec<Section>,
    /// One entry an `xml`: empty for the data as stored, else the name of a transform.
    pub xml: Vec<String>,
    /// The versions of types in which data may be written.
    pub type_version_formats: Vec<Uuid>,
    /// Which blobs, and how.
    pub blob_payload_request: Option<BlobPayloadRequest>,
}

/// A part of a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the variants are the names of the schema")]
pub enum Section {
    Core,
    Audits,
    EffectivePermissions,
    DigitalSignatures,
    Tags,
    /// Versions 1 and 2.
    OtherData,
    /// Version 3.
    BlobPayload,
}

/// Which blobs, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlobPayloadRequest {
    /// By name; none means all.
    pub names: Vec<String>,
    /// How.
    pub format: BlobFormat,
}

/// How the bytes of a blob are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlobFormat {
    /// Not at all.
    Information,
    /// As Base64.
    Inline,
    /// By a URL.
    Streamed,
}

/// What data is shown for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the variants are the names of the schema")]
pub enum Intent {
    View,
    Download,
    Transmit,
}

/// An order by a property of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderBy {
    /// The version of the type; only things of that type are returned.
    pub type_id: Uuid,
    /// The property.
    pub property_name: String,
    /// The direction.
    pub direction: Direction,
}

/// Upwards or downwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Upwards; missing values first.
    Ascending,
    /// Downwards; missing values last.
    Descending,
}

/// Reads `info` of version 1, 2 or 3.
pub fn parse(version: u32, info: Node<'_, '_>) -> Result<Vec<Group>, InfoError> {
    let mut fields = Sequence::of(info)?;
    let groups = fields.repeated("group");
    fields.end()?;
    if groups.is_empty() {
        return Err(InfoError::new(Status::INVALID_FILTER, "GetThings needs a group"));
    }
    groups.into_iter().map(|node| group(version, node)).collect()
}

fn group(version: u32, node: Node<'_, '_>) -> Result<Group, InfoError> {
    let limit = |name| xml::attribute(node, name).map(|text| xml::count(name, text)).transpose();
    let mut fields = Sequence::of(node)?;
    let selection = selection(&mut fields)?;
    let filters = fields.repeated("filter").into_iter().map(filter).collect::<Result<Vec<_>, _>>()?;
    if filters.is_empty() && selection == Selection::Any {
        return Err(InfoError::new(Status::INVALID_FILTER, "group needs ids or a filter"));
    }
    let no_format = || InfoError::new(Status::INVALID_FORMAT, "group needs a format behind its filters");
    let format = match fields.peek() {
        Some(other) if other.tag_name().name() != "format" => fields.required("format")?,
        _ => fields.optional("format").ok_or_else(no_format)?,
    };
    let format = self::format(version, format)?;
    let current_version_only = fields.optional("current-version-only").map_or(Ok(true), xml::boolean)?;
    let mut intents = None;
    let mut order_by = None;
    if version >= 3 {
        intents = fields.optional("intents").map(self::intents).transpose()?;
        order_by = fields.optional("order-by").map(self::order_by).transpose()?;
    }
    fields.end()?;
    Ok(Group {
        name: xml::attribute(node, "name").map(str::to_owned),
        max: limit("max")?,
        max_full: limit("max-full")?,
        selection,
        filters,
        format,
        current_version_only,
        intents,
        order_by,
    })
}

fn selection(fields: &mut Sequence<'_, '_>) -> Result<Selection, InfoError> {
    let ids = fields.repeated("id");
    if !ids.is_empty() {
        return ids.into_iter().map(xml::guid).collect::<Result<_, _>>().map(Selection::Ids);
    }
    let keys = fields.repeated("key");
    if !keys.is_empty() {
        return keys.into_iter().map(ThingKey::read).collect::<Result<_, _>>().map(Selection::Keys);
    }
    let names = fields.repeated("client-thing-id");
    if !names.is_empty() {
        let texts = names.into_iter().map(|node| xml::inner_text(node).map(|text| text.into_owned()));
        return texts.collect::<Result<_, _>>().map(Selection::ClientThingIds);
    }
    Ok(Selection::Any)
}

fn filter(node: Node<'_, '_>) -> Result<Filter, InfoError> {
    if node.first_element_child().is_none() {
        return Err(InfoError::new(Status::INVALID_FILTER, "filter has no condition"));
    }
    let mut fields = Sequence::of(node)?;
    let type_ids = fields.repeated("type-id").into_iter().map(xml::guid).collect::<Result<_, _>>()?;
    let states = fields.repeated("thing-state");
    if states.len() > 2 {
        return Err(InfoError::invalid("filter has more than two thing-state"));
    }
    let mut filter = Filter { type_ids, active: states.is_empty(), ..Filter::default() };
    for state in states {
        match &*xml::text(state)? {
            "Active" => filter.active = true,
            "Deleted" => filter.deleted = true,
            other => return Err(unknown("thing-state", other)),
        }
    }
    filter.eff_date_min = fields.optional("eff-date-min").map(xml::local).transpose()?;
    filter.eff_date_max = fields.optional("eff-date-max").map(xml::local).transpose()?;
    filter.created_app_id = fields.optional("created-app-id").map(xml::guid).transpose()?;
    filter.created_person_id = fields.optional("created-person-id").map(xml::guid).transpose()?;
    filter.updated_app_id = fields.optional("updated-app-id").map(xml::guid).transpose()?;
    filter.updated_person_id = fields.optional("updated-person-id").map(xml::guid).transpose()?;
    filter.created_date_min = fields.optional("created-date-min").map(xml::utc).transpose()?;
    filter.created_date_max = fields.optional("created-date-max").map(xml::utc).transpose()?;
    filter.updated_date_min = fields.optional("updated-date-min").map(xml::utc).transpose()?;
    filter.updated_date_max = fields.optional("updated-date-max").map(xml::utc).transpose()?;
    if let Some(node) = fields.optional("xpath") {
        filter.xpath = Some(xml::text(node)?.into_owned());
    }
    // Here alone the schema has max before min.
    filter.updated_end_date_max = fields.optional("updated-end-date-max").map(xml::local).transpose()?;
    filter.updated_end_date_min = fields.optional("updated-end-date-min").map(xml::local).transpose()?;
    fields.end()?;
    Ok(filter)
}

fn format(version: u32, node: Node<'_, '_>) -> Result<Format, InfoError> {
    let mut fields = Sequence::of(node)?;
    let mut format = Format::default();
    for node in fields.repeated("section") {
        let section = section(version, &xml::text(node)?)?;
        if !format.sections.contains(&section) {
            format.sections.push(section);
        }
    }
    for node in fields.repeated("xml") {
        format.xml.push(xml::text(node)?.into_owned());
    }
    for node in fields.repeated("type-version-format") {
        format.type_version_formats.push(xml::guid(node)?);
    }
    if version >= 3 {
        let request = fields.optional("blob-payload-request");
        format.blob_payload_request = request.map(blob_payload_request).transpose()?;
    }
    fields.end()?;
    if format.sections.is_empty() && format.xml.is_empty() {
        return Err(InfoError::new(Status::INVALID_FORMAT, "format asks for neither a section nor xml"));
    }
    Ok(format)
}

fn section(version: u32, name: &str) -> Result<Section, InfoError> {
    Ok(match name {
        "core" => Section::Core,
        "audits" => Section::Audits,
        "effectivepermissions" => Section::EffectivePermissions,
        "digitalsignatures" => Section::DigitalSignatures,
        "tags" => Section::Tags,
        "otherdata" if version < 3 => Section::OtherData,
        "blobpayload" if version >= 3 => Section::BlobPayload,
        other => return Err(unknown("section", other)),
    })
}

fn blob_payload_request(node: Node<'_, '_>) -> Result<BlobPayloadRequest, InfoError> {
    let mut fields = Sequence::of(node)?;
    let mut names = Vec::new();
    if let Some(filters) = fields.optional("blob-filters") {
        let mut filters = Sequence::of(filters)?;
        let mut nodes = vec![filters.required("blob-filter")?];
        nodes.extend(filters.repeated("blob-filter"));
        filters.end()?;
        for node in nodes {
            let mut filter = Sequence::of(node)?;
            // The schema forbids the empty name, that of the default blob, for no good reason.
            names.push(xml::inner_text(filter.required("blob-name")?)?.into_owned());
            filter.end()?;
        }
    }
    let mut blob_format = Sequence::of(fields.required("blob-format")?)?;
    let format = match &*xml::text(blob_format.required("blob-format-spec")?)? {
        "information" => BlobFormat::Information,
        "inline" => BlobFormat::Inline,
        "streamed" => BlobFormat::Streamed,
        other => return Err(unknown("blob-format-spec", other)),
    };
    blob_format.end()?;
    fields.end()?;
    Ok(BlobPayloadRequest { names, format })
}

fn intents(node: Node<'_, '_>) -> Result<Vec<Intent>, InfoError> {
    let mut fields = Sequence::of(node)?;
    let nodes = fields.repeated("intent");
    fields.end()?;
    let read = |node| {
        Ok(match &*xml::text(node)? {
            "view" => Intent::View,
            "download" => Intent::Download,
            "transmit" => Intent::Transmit,
            other => return Err(unknown("intent", other)),
        })
    };
    nodes.into_iter().map(read).collect()
}

fn order_by(node: Node<'_, '_>) -> Result<OrderBy, InfoError> {
    let mut fields = Sequence::of(node)?;
    let property = fields.required("order-by-property")?;
    fields.end()?;
    Ok(OrderBy {
        type_id: parse_guid("type-id", xml::required_attribute(property, "type-id")?)?,
        property_name: xml::required_attribute(property, "property-name")?.to_owned(),
        direction: match xml::attribute(property, "direction").map(str::trim) {
            None | Some("Asc") => Direction::Ascending,
            Some("Desc") => Direction::Descending,
            Some(other) => return Err(unknown("direction", other)),
        },
    })
}

fn unknown(element: &str, value: &str) -> InfoError {
    let shown: String = value.chars().take(40).collect();
    InfoError::invalid(format!("{element} has an unknown value {shown:?}"))
}
