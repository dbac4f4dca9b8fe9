use keepwell_store::{FromRow, Outage, Query, RowReader, Statement, Value, row};
use uuid::Uuid;

use super::{Criteria, NO_END, PERSONAL, Signature, Thing, ThingData, ThingInfo, ThingKey, Which, Writing};
use crate::authorizations::Avenue;
use crate::blobs::Blobs;
use crate::ids::{AppId, PersonId, RecordId, ThingId, TypeId, VersionStamp};
use crate::records::{Operation, Step};

row! {
    #[derive(Clone, Debug)]
    pub(super) struct ThingRow {
        pub(super) id: ThingId,
        pub(super) stamp: VersionStamp,
        pub(super) type_id: TypeId,
        pub(super) deleted: bool,
        pub(super) flags: i64,
        pub(super) eff_date: i64,
        pub(super) end_date: i64,
        pub(super) created_at: i64,
        pub(super) created_app: Option<AppId>,
        pub(super) created_person: PersonId,
        pub(super) created_avenue: Avenue,
        pub(super) updated_at: i64,
        pub(super) updated_app: Option<AppId>,
        pub(super) updated_person: PersonId,
        pub(super) updated_avenue: Avenue,
        pub(super) client_thing_id: Option<String>,
        pub(super) tags: String,
        pub(super) data_xml: String,
        pub(super) signature: Option<String>,
        pub(super) blobs: Option<String>,
    }
}

row! {
    pub(super) struct DataRow {
        id: ThingId,
        stamp: VersionStamp,
        type_id: TypeId,
        flags: i64,
        eff_date: i64,
        end_date: i64,
        data_xml: String,
    }
}

row! {
    pub(super) struct InfoRow {
        id: ThingId,
        stamp: VersionStamp,
        type_id: TypeId,
        eff_date: i64,
        end_date: i64,
    }
}

row! {
    /// A thing that has not changed since it was made of this.
    pub(super) struct MadeRow {
        pub(super) id: ThingId,
        pub(super) stamp: VersionStamp,
        pub(super) made_of: String,
        pub(super) at: i64,
    }
}

row! {
    /// A thing whose data may be looked into.
    pub(super) struct CandidateRow {
        pub(super) id: ThingId,
        pub(super) size_bytes: i64,
    }
}

row! {
    /// A version without its data.
    #[derive(Clone, Debug)]
    pub(super) struct VersionRow {
        pub(super) is_current: bool,
        pub(super) id: ThingId,
        pub(super) stamp: VersionStamp,
        pub(super) deleted: bool,
        pub(super) updated_at: i64,
        pub(super) updated_app: Option<AppId>,
        pub(super) updated_person: PersonId,
        pub(super) updated_avenue: Avenue,
    }
}

/// A version of a thing, and whether it is the current one.
pub(super) struct KeptRow {
    pub(super) is_current: bool,
    pub(super) thing: ThingRow,
}

impl FromRow for KeptRow {
    fn from_row(row: &mut RowReader<'_>) -> Result<Self, Outage> {
        Ok(Self { is_current: row.column()?, thing: ThingRow::from_row(row)? })
    }
}

impl ThingRow {
    /// What is noted for those who follow the record when this becomes another version.
    pub(super) fn step(&self, operation: Operation, stamp: VersionStamp, at: i64) -> Step {
        Step {
            sequence: 0,
            operation,
            thing: self.id,
            stamp,
            type_id: self.type_id,
            eff_date: self.eff_date,
            end_date: self.end_date,
            personal: self.flags & PERSONAL != 0,
            at,
        }
    }

    /// Bytes that a version of it takes.
    pub(super) fn size(&self) -> i64 {
        let length = |text: &Option<String>| text.as_ref().map_or(0, String::len);
        let texts = self.data_xml.len() + self.tags.len();
        i64::try_from(texts + length(&self.signature) + length(&self.blobs) + 256).unwrap_or(i64::MAX / 4)
    }
}

impl From<ThingRow> for Thing {
    fn from(row: ThingRow) -> Self {
        let writing = |at, app, person, avenue| Writing { at, app, person, avenue };
        Self {
            key: ThingKey { id: row.id, stamp: row.stamp },
            type_id: row.type_id,
            flags: row.flags,
            eff_date: row.eff_date,
            end_date: Some(row.end_date).filter(|d| *d < NO_END),
            created: writing(row.created_at, row.created_app, row.created_person, row.created_avenue),
            updated: writing(row.updated_at, row.updated_app, row.updated_person, row.updated_avenue),
            client_thing_id: row.client_thing_id,
            tags: row.tags,
            data_xml: row.data_xml,
            signature: row.signature.map(Signature::new),
            blobs: Blobs::stored(row.blobs),
        }
    }
}

impl From<DataRow> for ThingData {
    fn from(row: DataRow) -> Self {
        Self {
            key: ThingKey { id: row.id, stamp: row.stamp },
            type_id: row.type_id,
            flags: row.flags,
            eff_date: row.eff_date,
            end_date: Some(row.end_date).filter(|d| *d < NO_END),
            data_xml: row.data_xml,
        }
    }
}

impl From<Thing> for ThingInfo {
    fn from(thing: Thing) -> Self {
        Self { key: thing.key, type_id: thing.type_id, eff_date: thing.eff_date, end_date: thing.end_date }
    }
}

impl From<InfoRow> for ThingInfo {
    fn from(row: InfoRow) -> Self {
        Self {
            key: ThingKey { id: row.id, stamp: row.stamp },
            type_id: row.type_id,
            eff_date: row.eff_date,
            end_date: Some(row.end_date).filter(|d| *d < NO_END),
        }
    }
}

macro_rules! columns {
    () => {
        "thing_id, version_stamp, type_id, deleted, flags, eff_date, end_date, created_at, created_app, \
         created_person, created_avenue, updated_at, updated_app, updated_person, updated_avenue, \
         client_thing_id, tags, data_xml, signature, blobs"
    };
}
macro_rules! fits {
    () => {
        "record_id = $1 AND type_id IN $2[] AND deleted = FALSE AND ($3 OR (flags & 1) = 0)"
    };
}
// What few queries ask for, and all would pay for.
macro_rules! bounds {
    () => {
        " AND eff_date >= $6 AND eff_date <= $7 AND end_date >= $8 AND end_date <= $9 \
         AND created_at >= $10 AND created_at <= $11 AND updated_at >= $12 AND updated_at <= $13 \
         AND ($14 OR created_app = $15) AND ($16 OR created_person = $17) AND ($18 OR updated_app = $19) \
         AND ($20 OR updated_person = $21)"
    };
}
// Newest first; the same tie-break for every kind of query (methods.md 6.1, Order).
macro_rules! newest_first {
    () => {
        " ORDER BY eff_date DESC, created_at DESC, thing_id DESC LIMIT $4 OFFSET $5"
    };
}
macro_rules! oldest_first {
    () => {
        " ORDER BY eff_date ASC, created_at ASC, thing_id ASC LIMIT $4 OFFSET $5"
    };
}
macro_rules! of_thing {
    () => {
        " FROM thing WHERE "
    };
}
// Only of what is there now: a thing that was removed has left no trace for an application.
macro_rules! of_former {
    () => {
        " FROM thing_version WHERE EXISTS (SELECT 1 FROM thing WHERE thing.record_id = $1 \
         AND thing.thing_id = thing_version.thing_id AND thing.deleted = FALSE AND (thing.flags & 1) = 0) AND "
    };
}
/// The same query, whatever names the things and bounds them.
macro_rules! each_way {
    ($columns:expr, $of:ident, $order:ident) => {
        ByWay {
            free: each_way!($columns, $of, $order, "", "$6", "$7"),
            bounded: each_way!($columns, $of, $order, bounds!(), "$22", "$23"),
        }
    };
    ($columns:expr, $of:ident, $order:ident, $bounds:expr, $first:literal, $second:literal) => {
        Ways {
            any: Query::new(concat!("SELECT ", $columns, $of!(), fits!(), $bounds, $order!())),
            by_id: Query::new(concat!(
                "SELECT ",
                $columns,
                $of!(),
                fits!(),
                $bounds,
                " AND thing_id IN ",
                $first,
                "[]",
                $order!()
            )),
            by_stamp: Query::new(concat!(
                "SELECT ",
                $columns,
                $of!(),
                fits!(),
                $bounds,
                " AND thing_id IN ",
                $first,
                "[] AND version_stamp IN ",
                $second,
                "[]",
                $order!()
            )),
            by_client_id: Query::new(concat!(
                "SELECT ",
                $columns,
                $of!(),
                fits!(),
                $bounds,
                " AND client_thing_id IN ",
                $first,
                "[]",
                $order!()
            )),
        }
    };
}
macro_rules! data_columns {
    () => {
        "thing_id, version_stamp, type_id, flags, eff_date, end_date, data_xml"
    };
}
macro_rules! info_columns {
    () => {
        "thing_id, version_stamp, type_id, eff_date, end_date"
    };
}

/// A query for each way in which a group says which things it is about.
pub(super) struct ByWay<R> {
    free: Ways<R>,
    bounded: Ways<R>,
}

struct Ways<R> {
    any: Query<R>,
    by_id: Query<R>,
    by_stamp: Query<R>,
    by_client_id: Query<R>,
}

impl<R> ByWay<R> {
    pub(super) fn of(&self, which: &Which, criteria: &Criteria) -> &Query<R> {
        let ways = if criteria.has_bounds() { &self.bounded } else { &self.free };
        match which {
            Which::Any => &ways.any,
            Which::Ids(_) => &ways.by_id,
            Which::Keys(_) => &ways.by_stamp,
            Which::ClientIds(_) => &ways.by_client_id,
        }
    }
}

pub(super) static THINGS: ByWay<ThingRow> = each_way!(columns!(), of_thing, newest_first);
pub(super) static OLDEST_THINGS: ByWay<ThingRow> = each_way!(columns!(), of_thing, oldest_first);
pub(super) static DATA: ByWay<DataRow> = each_way!(data_columns!(), of_thing, newest_first);
pub(super) static OLDEST_DATA: ByWay<DataRow> = each_way!(data_columns!(), of_thing, oldest_first);
pub(super) static INFOS: ByWay<InfoRow> = each_way!(info_columns!(), of_thing, newest_first);
pub(super) static OLDEST_INFOS: ByWay<InfoRow> = each_way!(info_columns!(), of_thing, oldest_first);
pub(super) static CANDIDATES: ByWay<CandidateRow> = each_way!("thing_id, size_bytes", of_thing, newest_first);
pub(super) static FORMER: ByWay<(ThingId,)> = each_way!("thing_id", of_former, newest_first);

/// `$1` to `$5` of the queries above, or to `$21` if there are bounds.
pub(super) fn fits(
    record: RecordId,
    types: &[TypeId],
    c: &Criteria,
    personal_too: bool,
    [limit, offset]: [u32; 2],
) -> Vec<Value> {
    let types: Vec<Uuid> = types.iter().map(|t| t.0).collect();
    let mut params = keepwell_store::params![record, types, personal_too, limit, offset];
    if !c.has_bounds() {
        return params;
    }
    for (from, to) in [c.eff_date, c.end_date, c.created, c.updated] {
        params.extend([from, to].map(Value::Int));
    }
    for id in [
        c.created_app.map(|a| a.0),
        c.created_person.map(|p| p.0),
        c.updated_app.map(|a| a.0),
        c.updated_person.map(|p| p.0),
    ] {
        params.push(Value::Bool(id.is_none()));
        params.push(Value::Uuid(id.unwrap_or_default()));
    }
    params
}

pub(super) const CURRENT: Query<ThingRow> =
    Query::new(concat!("SELECT ", columns!(), " FROM thing WHERE record_id = $1 AND thing_id IN $2[]"));
/// What decides whether anything of a thing is shown: its type, whether it was removed, flags, version.
pub(super) const CURRENT_STATE: Query<(TypeId, bool, i64, VersionStamp)> = Query::new(
    "SELECT type_id, deleted, flags, version_stamp FROM thing WHERE record_id = $1 AND thing_id = $2",
);
/// The attachments of a version.
pub(super) const ATTACHED: Query<(Option<String>,)> = Query::new(
    "SELECT blobs FROM thing WHERE record_id = $1 AND thing_id = $2 AND version_stamp = $3 \
     UNION ALL SELECT blobs FROM thing_version WHERE record_id = $1 AND thing_id = $2 AND version_stamp = $3",
);
/// A thing of which a record has one: its key, flags and attachments.
pub(super) const THE_ONE: Query<(ThingId, VersionStamp, i64, Option<String>)> = Query::new(
    "SELECT thing_id, version_stamp, flags, blobs FROM thing WHERE record_id = $1 AND type_id = $2 AND deleted = FALSE \
     ORDER BY thing_id LIMIT 1",
);
pub(super) const OF_TYPES: Query<(TypeId,)> =
    Query::new("SELECT type_id FROM thing WHERE record_id = $1 AND type_id IN $2[] AND deleted = FALSE");
pub(super) const AT_VERSION: Query<ThingRow> = Query::new(concat!(
    "SELECT ",
    columns!(),
    " FROM thing WHERE record_id = $1 AND thing_id = $2 AND version_stamp = $3 UNION ALL SELECT ",
    columns!(),
    " FROM thing_version WHERE record_id = $1 AND thing_id = $2 AND version_stamp = $3"
));
pub(super) const VERSIONS: Query<VersionRow> = Query::new(
    "SELECT TRUE AS is_current, thing_id, version_stamp, deleted, updated_at, updated_app, updated_person, \
     updated_avenue FROM thing WHERE record_id = $1 AND thing_id = $2 \
     UNION ALL SELECT FALSE AS is_current, thing_id, version_stamp, deleted, updated_at, updated_app, \
     updated_person, updated_avenue FROM thing_version WHERE record_id = $1 AND thing_id = $2 \
     ORDER BY is_current DESC, updated_at DESC LIMIT $3",
);
/// Types with how many are personal (1) or not (0), and the latest of them.
pub(super) const KINDS: Query<(TypeId, i64, i64, i64)> = Query::new(
    "SELECT type_id, flags & 1, count(*), max(eff_date) FROM thing \
     WHERE record_id = $1 AND deleted = FALSE GROUP BY type_id, flags & 1",
);
pub(super) const OF_KIND: Query<ThingRow> = Query::new(concat!(
    "SELECT ",
    columns!(),
    " FROM thing WHERE record_id = $1 AND type_id IN $2[] AND deleted = FALSE \
     AND (eff_date, created_at, thing_id) < ($3, $4, $5) \
     ORDER BY eff_date DESC, created_at DESC, thing_id DESC LIMIT $6"
));
/// Things of these types since a date, the newest first, after a place; without their data.
pub(super) const PLACES: Query<CandidateRow> = Query::new(
    "SELECT thing_id, size_bytes FROM thing WHERE record_id = $1 AND type_id IN $2[] AND deleted = FALSE \
     AND eff_date >= $3 AND (eff_date, created_at, thing_id) < ($4, $5, $6) AND ($7 OR (flags & 1) = 0) \
     ORDER BY eff_date DESC, created_at DESC, thing_id DESC LIMIT $8",
);
pub(super) const REMOVED: Query<ThingRow> = Query::new(concat!(
    "SELECT ",
    columns!(),
    " FROM thing WHERE record_id = $1 AND deleted = TRUE AND (updated_at, created_at, thing_id) < ($2, $3, $4) \
     ORDER BY updated_at DESC, created_at DESC, thing_id DESC LIMIT $5"
));

/// Every version of every thing, in the order of the tables' keys.
pub(super) const EVERY_VERSION: Query<KeptRow> = Query::new(concat!(
    "SELECT TRUE AS is_current, ",
    columns!(),
    " FROM thing WHERE record_id = $1 AND (thing_id, version_stamp) > ($2, $3) \
     UNION ALL SELECT FALSE AS is_current, ",
    columns!(),
    " FROM thing_version WHERE record_id = $1 AND (thing_id, version_stamp) > ($2, $3) \
     ORDER BY thing_id, version_stamp LIMIT $4"
));

pub(super) const INSERT: Statement = Statement::new(concat!(
    "INSERT INTO thing (record_id, ",
    columns!(),
    ", size_bytes, made_of) VALUES ($1, $2, $3, $4, FALSE, $5, $6, $7, $8, $9, $10, $11, $8, $9, $10, $11, $12, $13, \
     $14, $15, $16, $17, $18)"
));
pub(super) const MADE_OF: Query<MadeRow> = Query::new(
    "SELECT thing_id, version_stamp, made_of, created_at FROM thing WHERE record_id = $1 AND made_of IN $2[]",
);
pub(super) const FORGET_MADE_OF: Statement =
    Statement::new("UPDATE thing SET made_of = NULL WHERE record_id = $1 AND made_of = $2");
pub(super) const KEEP_VERSION: Statement = Statement::new(concat!(
    "INSERT INTO thing_version (record_id, ",
    columns!(),
    ", size_bytes) SELECT record_id, ",
    columns!(),
    ", size_bytes FROM thing WHERE record_id = $1 AND thing_id = $2 AND version_stamp = $3 AND deleted = FALSE"
));
pub(super) const UPDATE: Statement = Statement::new(
    "UPDATE thing SET version_stamp = $4, type_id = $5, flags = $6, eff_date = $7, end_date = $8, \
     updated_at = $9, updated_app = $10, updated_person = $11, updated_avenue = $12, \
     client_thing_id = $13, tags = $14, data_xml = $15, signature = $16, blobs = $17, size_bytes = $18, made_of = NULL \
     WHERE record_id = $1 AND thing_id = $2 AND version_stamp = $3 AND deleted = FALSE",
);
pub(super) const REMOVE: Statement = Statement::new(
    "UPDATE thing SET version_stamp = $4, deleted = TRUE, updated_at = $5, updated_app = $6, \
     updated_person = $7, updated_avenue = $8, made_of = NULL \
     WHERE record_id = $1 AND thing_id = $2 AND version_stamp = $3 AND deleted = FALSE",
);
/// The version in which it was removed.
pub(super) const KEEP_REMOVED: Statement = Statement::new(concat!(
    "INSERT INTO thing_version (record_id, ",
    columns!(),
    ", size_bytes) SELECT record_id, ",
    columns!(),
    ", size_bytes FROM thing WHERE record_id = $1 AND thing_id = $2 AND version_stamp = $3 AND deleted = TRUE"
));
pub(super) const RESTORE: Statement = Statement::new(
    "UPDATE thing SET version_stamp = $4, deleted = FALSE, updated_at = $5, updated_app = $6, \
     updated_person = $7, updated_avenue = $8 \
     WHERE record_id = $1 AND thing_id = $2 AND version_stamp = $3 AND deleted = TRUE",
);

/// What goes with a record that is erased, so many rows (`$2`) at a time; one is answered for each.
pub(crate) const GO_WITH_RECORD: [Query<(Uuid,)>; 2] = [
    Query::new(
        "DELETE FROM thing_version WHERE record_id = $1 AND (thing_id, version_stamp) IN \
         (SELECT thing_id, version_stamp FROM thing_version WHERE record_id = $1 LIMIT $2) RETURNING thing_id",
    ),
    Query::new(
        "DELETE FROM thing WHERE record_id = $1 AND thing_id IN \
         (SELECT thing_id FROM thing WHERE record_id = $1 LIMIT $2) RETURNING thing_id",
    ),
];
