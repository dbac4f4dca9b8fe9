//! Which things of a record, and how much of each.

use jiff::Timestamp;
use jiff::civil::DateTime;
use keepwell_wire::shapes::ThingKey;
use keepwell_wire::time::UtcMicros;
use keepwell_wire::xml::XmlWriter;
use uuid::Uuid;

use crate::BlobFormat;
use crate::things::local_micros;

/// Which things of a record. Their data comes as stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    ids: Vec<Uuid>,
    keys: Vec<ThingKey>,
    client_ids: Vec<String>,
    type_ids: Vec<Uuid>,
    from: Option<DateTime>,
    to: Option<DateTime>,
    updated_since: Option<Timestamp>,
    updated_until: Option<Timestamp>,
    xpath: Option<String>,
    max: Option<u32>,
    max_full: Option<u32>,
    order_by: Option<(Uuid, String, Direction)>,
    audits: bool,
    tags: bool,
    blobs: Option<(BlobFormat, Vec<String>)>,
}

/// Which way things are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The smallest first.
    Ascending,
    /// The largest first.
    Descending,
}

impl Direction {
    fn name(self) -> &'static str {
        match self {
            Direction::Ascending => "Asc",
            Direction::Descending => "Desc",
        }
    }
}

impl Query {
    /// Things of a type, in all its versions.
    pub fn of_type(type_id: Uuid) -> Self {
        Query::of_types([type_id])
    }

    /// Things of any of these types.
    pub fn of_types(type_ids: impl IntoIterator<Item = Uuid>) -> Self {
        Query { type_ids: type_ids.into_iter().collect(), ..Query::default() }
    }

    /// Things by their ids.
    pub fn of_ids(ids: impl IntoIterator<Item = Uuid>) -> Self {
        Query { ids: ids.into_iter().collect(), ..Query::default() }
    }

    /// Things by the ids that the application gave them, in `client-thing-id` of their XML.
    pub fn of_client_ids(ids: impl IntoIterator<Item = String>) -> Self {
        Query { client_ids: ids.into_iter().collect(), ..Query::default() }
    }

    /// Things by id and version, as [`Things::rest`](crate::Things::rest) names them.
    pub fn of_keys(keys: impl IntoIterator<Item = ThingKey>) -> Self {
        Query { keys: keys.into_iter().collect(), ..Query::default() }
    }

    /// Only things whose effective date is not before this.
    #[must_use]
    pub fn from(mut self, from: DateTime) -> Self {
        self.from = Some(from);
        self
    }

    /// Only things whose effective date is not after this.
    #[must_use]
    pub fn to(mut self, to: DateTime) -> Self {
        self.to = Some(to);
        self
    }

    /// At most that many things.
    #[must_use]
    pub fn max(mut self, max: u32) -> Self {
        self.max = Some(max);
        self
    }

    /// Only things that were made or changed at this instant or later.
    #[must_use]
    pub fn updated_since(mut self, since: Timestamp) -> Self {
        self.updated_since = Some(since);
        self
    }

    /// Only things that were made or changed at this instant or before.
    #[must_use]
    pub fn updated_until(mut self, until: Timestamp) -> Self {
        self.updated_until = Some(until);
        self
    }

    /// Only things in whose XML this path leads somewhere; it starts with `/thing/data-xml`.
    #[must_use]
    pub fn xpath(mut self, xpath: impl Into<String>) -> Self {
        self.xpath = Some(xpath.into());
        self
    }

    /// Sorted by a property that the type names for it, not by the effective date.
    #[must_use]
    pub fn order_by(mut self, type_id: Uuid, property: impl Into<String>, direction: Direction) -> Self {
        self.order_by = Some((type_id, property.into(), direction));
        self
    }

    /// With who made and who changed each thing.
    #[must_use]
    pub fn with_audits(mut self) -> Self {
        self.audits = true;
        self
    }

    /// With the tags of each thing.
    #[must_use]
    pub fn with_tags(mut self) -> Self {
        self.tags = true;
        self
    }

    /// With all attachments of each thing, in this form. Inline is for small ones: an answer has its limits.
    #[must_use]
    pub fn with_blobs(self, format: BlobFormat) -> Self {
        self.with_blobs_named(format, [])
    }

    /// With the attachments of these names, or with all if there are none; the default one has an empty
    /// name. The schema has names up to 64 characters here, though a blob may have a longer one.
    #[must_use]
    pub fn with_blobs_named(mut self, format: BlobFormat, names: impl IntoIterator<Item = String>) -> Self {
        self.blobs = Some((format, names.into_iter().collect()));
        self
    }

    /// At most that many in full, the rest as keys.
    #[must_use]
    pub fn max_full(mut self, max_full: u32) -> Self {
        self.max_full = Some(max_full);
        self
    }

    /// The same question about things that an answer named by their keys.
    pub(crate) fn for_keys(&self, keys: &[ThingKey]) -> Self {
        let Query { order_by, audits, tags, blobs, .. } = self.clone();
        Query { keys: keys.to_vec(), order_by, audits, tags, blobs, ..Query::default() }
    }

    /// Writes `group`, in the order of the schema.
    pub(super) fn write(&self, out: &mut XmlWriter) {
        out.open("group").attr_if("max", self.max).attr_if("max-full", self.max_full);
        // The schema has one kind of id; a query was made with one kind.
        for id in &self.ids {
            out.element("id", id);
        }
        for key in &self.keys {
            out.open("key").attr("version-stamp", key.version_stamp).text(key.id).close();
        }
        for id in &self.client_ids {
            out.element("client-thing-id", id);
        }
        if self.has_filter() {
            self.write_filter(out);
        }
        out.open("format").element("section", "core");
        let sections = [("audits", self.audits), ("tags", self.tags), ("blobpayload", self.blobs.is_some())];
        for (section, wanted) in sections {
            out.element_if("section", wanted.then_some(section));
        }
        out.element("xml", "");
        if let Some((format, names)) = &self.blobs {
            write_blob_request(out, *format, names);
        }
        out.close();
        if let Some((type_id, property, direction)) = &self.order_by {
            out.open("order-by").open("order-by-property").attr("type-id", type_id);
            out.attr("property-name", property).attr("direction", direction.name()).close().close();
        }
        out.close();
    }

    fn has_filter(&self) -> bool {
        let dates = self.from.is_some() || self.to.is_some();
        let updates = self.updated_since.is_some() || self.updated_until.is_some();
        !self.type_ids.is_empty() || dates || updates || self.xpath.is_some()
    }

    fn write_filter(&self, out: &mut XmlWriter) {
        let utc = |at: Timestamp| UtcMicros(at.as_microsecond());
        out.open("filter");
        for id in &self.type_ids {
            out.element("type-id", id);
        }
        out.element("thing-state", "Active");
        out.element_if("eff-date-min", self.from.map(local_micros));
        out.element_if("eff-date-max", self.to.map(local_micros));
        out.element_if("updated-date-min", self.updated_since.map(utc));
        out.element_if("updated-date-max", self.updated_until.map(utc));
        out.element_if("xpath", self.xpath.as_ref()).close();
    }
}

/// Writes `blob-payload-request`.
fn write_blob_request(out: &mut XmlWriter, format: BlobFormat, names: &[String]) {
    out.open("blob-payload-request");
    if !names.is_empty() {
        out.open("blob-filters");
        for name in names {
            out.open("blob-filter").element("blob-name", name).close();
        }
        out.close();
    }
    let format = match format {
        BlobFormat::Information => "information",
        BlobFormat::Inline => "inline",
        BlobFormat::Streamed => "streamed",
    };
    out.open("blob-format").element("blob-format-spec", format).close().close();
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use keepwell_wire::methods::get_things as server;
    use roxmltree::Document;

    use super::*;
    use crate::methods::get_things::call;
    use crate::things::WEIGHT;

    fn asked(query: &Query) -> server::Group {
        let info = call(std::slice::from_ref(query)).info;
        let document = Document::parse(&info).unwrap();
        server::parse(3, document.root_element()).unwrap().remove(0)
    }

    #[test]
    fn the_server_reads_what_is_asked() {
        let noon = date(2026, 1, 15).at(12, 0, 0, 0);
        let group = asked(&Query::of_type(WEIGHT).max(10).max_full(5).from(noon).to(noon));
        assert_eq!((group.max, group.max_full), (Some(10), Some(5)));
        assert_eq!((&*group.filters[0].type_ids, group.filters[0].active), (&[WEIGHT][..], true));
        assert_eq!(group.filters[0].eff_date_min.unwrap().to_string(), "2026-01-15T12:00:00");
        assert_eq!(group.filters[0].eff_date_max, group.filters[0].eff_date_min);
        assert_eq!(group.format.xml, [""]);
        assert_eq!(group.format.blob_payload_request, None);
        let id = Uuid::from_u128(1);
        assert_eq!(asked(&Query::of_ids([id])).selection, server::Selection::Ids(vec![id]));
        let key = ThingKey { id, version_stamp: Uuid::from_u128(2) };
        assert_eq!(asked(&Query::of_keys([key])).selection, server::Selection::Keys(vec![key]));
    }

    #[test]
    fn attachments_are_asked_for_in_a_form_and_by_name_also_when_fetching_on() {
        let key = ThingKey { id: Uuid::from_u128(1), version_stamp: Uuid::from_u128(2) };
        for format in [BlobFormat::Information, BlobFormat::Inline, BlobFormat::Streamed] {
            for names in [vec![], vec!["a & b".to_owned(), String::new()]] {
                let query = Query::of_type(WEIGHT).with_tags().with_blobs_named(format, names.clone());
                for query in [query.for_keys(&[key]), query] {
                    let found = asked(&query).format;
                    let names = names.clone();
                    let request = server::BlobPayloadRequest { names, format };
                    assert_eq!(found.blob_payload_request, Some(request));
                    assert!(found.sections.contains(&server::Section::BlobPayload));
                }
            }
        }
        let all = asked(&Query::of_type(WEIGHT).with_blobs(BlobFormat::Inline)).format;
        assert!(all.blob_payload_request.unwrap().names.is_empty());
    }

    #[test]
    fn all_that_can_be_asked_is_in_the_order_of_the_schema() {
        let at = Timestamp::from_second(1).unwrap();
        let query =
            Query::of_type(WEIGHT).updated_since(at).updated_until(at).xpath("/thing/data-xml/weight");
        let query = query.order_by(WEIGHT, "When", Direction::Descending).with_tags().with_audits();
        let mut out = XmlWriter::new();
        query.write(&mut out);
        assert_eq!(
            out.finish(),
            format!(
                "<group><filter><type-id>{WEIGHT}</type-id><thing-state>Active</thing-state>\
                 <updated-date-min>1970-01-01T00:00:01Z</updated-date-min>\
                 <updated-date-max>1970-01-01T00:00:01Z</updated-date-max>\
                 <xpath>/thing/data-xml/weight</xpath></filter><format><section>core</section>\
                 <section>audits</section><section>tags</section><xml/></format><order-by>\
                 <order-by-property type-id=\"{WEIGHT}\" property-name=\"When\" direction=\"Desc\"/></order-by></group>"
            )
        );
        let ours = Query::of_client_ids(["a&b".to_owned()]);
        assert_eq!(asked(&ours).selection, server::Selection::ClientThingIds(vec!["a&b".into()]));
    }
}
