//! GetThings 3, with one group.

use jiff::civil::DateTime;
use keepwell_wire::shapes::ThingKey;
use keepwell_wire::xml;
use roxmltree::Node;
use uuid::Uuid;

use super::{call as new_call, thing_key};
use crate::answer::{child, children, required};
use crate::things::{Thing, local_micros};
use crate::web_client::Call;
use crate::{Error, things};

/// Which things of a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    ids: Vec<Uuid>,
    keys: Vec<ThingKey>,
    type_ids: Vec<Uuid>,
    from: Option<DateTime>,
    to: Option<DateTime>,
    max: Option<u32>,
    max_full: Option<u32>,
}

/// What a query found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Things {
    /// The things, newest first.
    pub things: Vec<Thing>,
    /// The keys of the rest, in the same order, when there are more than the server sends in full: ask
    /// for them with [`Query::of_keys`].
    pub rest: Vec<ThingKey>,
    /// Whether something was held back that the application may not read.
    pub filtered: bool,
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

    /// Things by id and version, as [`Things::rest`] names them.
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

    /// At most that many in full, the rest as keys.
    #[must_use]
    pub fn max_full(mut self, max_full: u32) -> Self {
        self.max_full = Some(max_full);
        self
    }
}

pub(crate) fn call(query: &Query) -> Call {
    new_call("GetThings", 3, |out| {
        out.open("group").attr_if("max", query.max).attr_if("max-full", query.max_full);
        // The schema has one kind of id; a query was made with one kind.
        for id in &query.ids {
            out.element("id", id);
        }
        for key in &query.keys {
            out.open("key").attr("version-stamp", key.version_stamp).text(key.id).close();
        }
        if !query.type_ids.is_empty() || query.from.is_some() || query.to.is_some() {
            out.open("filter");
            for id in &query.type_ids {
                out.element("type-id", id);
            }
            out.element("thing-state", "Active");
            out.element_if("eff-date-min", query.from.map(local_micros));
            out.element_if("eff-date-max", query.to.map(local_micros)).close();
        }
        out.open("format").element("section", "core").element("xml", "");
        out.close().close();
    })
}

pub(crate) fn read(info: Node<'_, '_>) -> Result<Things, Error> {
    let group = required(info, "group")?;
    let rest = children(group, "unprocessed-thing-key-info");
    Ok(Things {
        things: children(group, "thing").map(things::read).collect::<Result<_, _>>()?,
        rest: rest.map(|node| required(node, "thing-id").and_then(thing_key)).collect::<Result<_, _>>()?,
        filtered: child(group, "filtered").map_or(Ok(false), xml::boolean)?,
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use keepwell_wire::methods::get_things as server;
    use keepwell_wire::shapes::{DataXmlOut, ThingCore, ThingOut, TypeRef};
    use keepwell_wire::time::LocalMicros;
    use roxmltree::Document;

    use super::*;
    use crate::things::WEIGHT;

    fn asked(query: &Query) -> server::Group {
        let info = call(query).info;
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
        let id = Uuid::from_u128(1);
        assert_eq!(asked(&Query::of_ids([id])).selection, server::Selection::Ids(vec![id]));
        let key = ThingKey { id, version_stamp: Uuid::from_u128(2) };
        assert_eq!(asked(&Query::of_keys([key])).selection, server::Selection::Keys(vec![key]));
    }

    #[test]
    fn full_things_the_keys_of_the_rest_and_what_is_held_back_are_told_apart() {
        let key = |n| ThingKey { id: Uuid::from_u128(n), version_stamp: Uuid::from_u128(n + 10) };
        let type_ref = TypeRef { id: WEIGHT, name: "Weight".into() };
        let mut full = ThingOut::new(key(1), type_ref.clone());
        full.core =
            Some(ThingCore { active: true, flags: 16, eff_date: LocalMicros(0), updated_end_date: None });
        full.data_xml = vec![
            DataXmlOut { text: "<weight a='&lt;'>\n</weight><common/>".into(), transform: None },
            DataXmlOut { text: "<row/>".into(), transform: Some("stt".into()) },
        ];
        let rest = server::UnprocessedKey {
            key: key(2),
            type_ref,
            eff_date: LocalMicros(0),
            updated_end_date: None,
        };
        let group = server::GroupOut {
            things: vec![full],
            unprocessed: vec![rest],
            filtered: true,
            ..server::GroupOut::default()
        };
        let found = crate::answer::read(&server::answer(3, &[group]), read).unwrap();
        assert_eq!((found.rest, found.filtered), (vec![key(2)], true));
        let thing = &found.things[0];
        assert_eq!((thing.key, thing.type_id, thing.type_name.as_deref()), (key(1), WEIGHT, Some("Weight")));
        assert_eq!(thing.data_xml.as_deref(), Some("<weight a='&lt;'>\n</weight><common/>"));
        assert_eq!((thing.eff_date, thing.flags), (Some(date(1970, 1, 1).at(0, 0, 0, 0)), 16));
        assert!(thing.weight().is_err(), "a weight without a value");
    }
}
