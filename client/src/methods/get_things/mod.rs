//! GetThings 3 (methods.md 6.1).

mod query;

use keepwell_wire::shapes::ThingKey;
use keepwell_wire::xml;
use roxmltree::Node;

use super::{call as new_call, thing_key};
use crate::answer::{child, children, required};
use crate::line::Call;
use crate::{Error, Thing, things};

pub use query::{Direction, Query};

/// What a query found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Things {
    /// The things, newest first.
    pub things: Vec<Thing>,
    /// The keys of the rest, in the same order, when there are more than the server sends in full: ask
    /// for them with [`Query::of_keys`].
    pub rest: Vec<ThingKey>,
    /// Whether something was held back that the application may not read.
    pub filtered: bool,
}

pub(crate) fn call(queries: &[Query]) -> Call {
    new_call("GetThings", 3, |out| queries.iter().for_each(|query| query.write(out)))
}

pub(crate) fn read(info: Node<'_, '_>) -> Result<Vec<Things>, Error> {
    children(info, "group").map(group).collect()
}

fn group(node: Node<'_, '_>) -> Result<Things, Error> {
    let rest = children(node, "unprocessed-thing-key-info");
    Ok(Things {
        things: children(node, "thing").map(things::read).collect::<Result<_, _>>()?,
        rest: rest.map(|node| required(node, "thing-id").and_then(thing_key)).collect::<Result<_, _>>()?,
        filtered: child(node, "filtered").map_or(Ok(false), xml::boolean)?,
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use keepwell_wire::methods::get_things as server;
    use keepwell_wire::shapes::{
        Audit, AuditAction, Avenue, DataXmlOut, Named, ThingCore, ThingOut, TypeRef,
    };
    use keepwell_wire::time::{LocalMicros, UtcMicros};
    use uuid::Uuid;

    use super::*;
    use crate::things::WEIGHT;

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
        full.tags = Some("a,b".into());
        full.updated = Some(Audit {
            timestamp: UtcMicros(1_000_000),
            app: Named { id: Uuid::from_u128(5), name: "Diary".into() },
            person: Named { id: Uuid::from_u128(6), name: "Ada".into() },
            impersonator: None,
            access_avenue: Some(Avenue::Offline),
            action: AuditAction::Updated,
            master_app_id: None,
        });
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
        let found = crate::answer::read("GetThings", &server::answer(3, &[group]), read).unwrap().remove(0);
        assert_eq!((found.rest, found.filtered), (vec![key(2)], true));
        let thing = &found.things[0];
        assert_eq!((thing.key, thing.type_id, thing.type_name.as_deref()), (key(1), WEIGHT, Some("Weight")));
        assert_eq!(thing.data_xml.as_deref(), Some("<weight a='&lt;'>\n</weight><common/>"));
        assert_eq!((thing.eff_date, thing.flags), (Some(date(1970, 1, 1).at(0, 0, 0, 0)), 16));
        assert!(thing.weight().is_err(), "a weight without a value");
        let updated = thing.updated.as_ref().unwrap();
        assert_eq!((updated.at, &*updated.app_name), (jiff::Timestamp::from_second(1).unwrap(), "Diary"));
        assert_eq!((updated.person_id, updated.online), (Uuid::from_u128(6), Some(false)));
        assert_eq!((thing.tags.as_deref(), &thing.created), (Some("a,b"), &None));
    }
}
