use keepwell_store::{FromRow, Outage, Query, RowReader, Statement, row};
use uuid::Uuid;

use crate::ids::{PersonId, RecordId, ThingId, TypeId, VersionStamp};

row! {
    #[derive(Debug)]
    pub(crate) struct RecordRow {
        pub(crate) id: RecordId,
        pub(crate) name: String,
        pub(crate) state: String,
        pub(crate) country: String,
        pub(crate) created: i64,
        pub(crate) size_bytes: i64,
        pub(crate) max_size_bytes: i64,
        pub(crate) operation_sequence: i64,
        pub(crate) access_revision: i64,
    }
}

row! {
    /// What of a record may change while its access revision stays, and that.
    #[derive(Debug)]
    pub(crate) struct StateRow {
        pub(crate) state: String,
        pub(crate) size_bytes: i64,
        pub(crate) max_size_bytes: i64,
        pub(crate) operation_sequence: i64,
        pub(crate) access_revision: i64,
    }
}

row! {
    #[derive(Debug)]
    pub(crate) struct RightsRow {
        pub(crate) custodian: bool,
        pub(crate) relationship: i64,
        pub(crate) display_name: String,
        pub(crate) expires: i64,
        pub(crate) created: i64,
        pub(crate) updated: i64,
    }
}

/// A record with what a person may do with it.
#[derive(Debug)]
pub(crate) struct KeptRow {
    pub(super) record: RecordRow,
    pub(super) rights: RightsRow,
}

impl FromRow for KeptRow {
    fn from_row(row: &mut RowReader<'_>) -> Result<Self, Outage> {
        Ok(Self { record: RecordRow::from_row(row)?, rights: RightsRow::from_row(row)? })
    }
}

row! {
    pub(super) struct PersonOnRecordRow {
        pub(super) person: PersonId,
        pub(super) custodian: bool,
        pub(super) relationship: i64,
        pub(super) display_name: String,
        pub(super) expires: i64,
        pub(super) created: i64,
        pub(super) updated: i64,
    }
}

row! {
    #[derive(Debug)]
    pub(crate) struct OperationRow {
        pub(crate) sequence: i64,
        pub(crate) operation: String,
        pub(crate) thing: ThingId,
        pub(crate) stamp: VersionStamp,
        pub(crate) type_id: TypeId,
        pub(crate) eff_date: i64,
        pub(crate) end_date: i64,
        pub(crate) personal: bool,
        pub(crate) at: i64,
    }
}

pub(super) const FIND: Query<RecordRow> = Query::new(
    "SELECT record_id, name, state, country, created, size_bytes, max_size_bytes, operation_sequence, \
     access_revision FROM record WHERE record_id = $1",
);

pub(super) const ACCESS_REVISION: Query<(i64,)> =
    Query::new("SELECT access_revision FROM record WHERE record_id = $1");
pub(super) const KEPT: Query<KeptRow> = Query::new(
    "SELECT r.record_id, r.name, r.state, r.country, r.created, r.size_bytes, r.max_size_bytes, \
     r.operation_sequence, r.access_revision, \
     p.custodian, p.relationship, p.display_name, p.expires, p.created, p.updated \
     FROM record r JOIN record_person p ON p.record_id = r.record_id \
     WHERE r.record_id = $1 AND p.person_id = $2",
);

pub(super) const RECORDS_OF: Query<(RecordId,)> =
    Query::new("SELECT record_id FROM person_record WHERE person_id = $1 ORDER BY created, record_id");

pub(super) const INSERT: Statement = Statement::new(
    "INSERT INTO record (record_id, name, state, country, created, size_bytes, max_size_bytes, \
     operation_sequence, access_revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
);

pub(super) const INSERT_PERSON: Statement = Statement::new(
    "INSERT INTO record_person (record_id, person_id, custodian, relationship, display_name, expires, \
     created, updated) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
);

pub(super) const INSERT_PERSON_RECORD: Statement =
    Statement::new("INSERT INTO person_record (person_id, record_id, created) VALUES ($1, $2, $3)");

pub(super) const CLAIM_WRITE: Query<(i64,)> = Query::new(
    "UPDATE record SET operation_sequence = operation_sequence + 1, size_bytes = size_bytes + $3 \
     WHERE record_id = $1 AND access_revision = $2 AND size_bytes + $3 <= max_size_bytes \
     RETURNING operation_sequence",
);

pub(super) const RENAMED: Statement =
    Statement::new("UPDATE record SET access_revision = access_revision + 1 WHERE record_id = $1");

pub(super) const BUMP_ACCESS: Statement = Statement::new(
    "UPDATE record SET access_revision = access_revision + 1 WHERE record_id = $1 AND access_revision = $2",
);

pub(super) const HOLD_ACCESS: Statement = Statement::new(
    "UPDATE record SET access_revision = access_revision WHERE record_id = $1 AND access_revision = $2",
);

pub(super) const SET_STATE: Statement = Statement::new(
    "UPDATE record SET state = $2, access_revision = access_revision + 1 \
     WHERE record_id = $1 AND access_revision = $3",
);

pub(super) const PEOPLE: Query<PersonOnRecordRow> = Query::new(
    "SELECT person_id, custodian, relationship, display_name, expires, created, updated \
     FROM record_person WHERE record_id = $1 ORDER BY created, person_id",
);

pub(super) const AT_SEQUENCE: Query<(i64,)> = Query::new(
    "UPDATE record SET operation_sequence = operation_sequence \
     WHERE record_id = $1 AND operation_sequence = $2 RETURNING operation_sequence",
);

pub(super) const NOTE: Statement = Statement::new(
    "INSERT INTO record_operation (record_id, sequence, thing_id, place, operation, version_stamp, type_id, \
     eff_date, end_date, personal, at) \
     SELECT record_id, operation_sequence, $2, $3, $4, $5, $6, $7, $8, $9, $10 FROM record WHERE record_id = $1",
);

pub(super) const OPERATIONS: Query<OperationRow> = Query::new(
    "SELECT sequence, operation, thing_id, version_stamp, type_id, eff_date, end_date, personal, at \
     FROM record_operation WHERE record_id = $1 AND sequence > $2 ORDER BY sequence, place",
);

pub(super) const LAST_OPERATIONS: Query<OperationRow> = Query::new(
    "SELECT sequence, operation, thing_id, version_stamp, type_id, eff_date, end_date, personal, at \
     FROM record_operation WHERE record_id = $1 ORDER BY sequence DESC, place DESC LIMIT $2",
);

pub(super) const RENAME: Statement = Statement::new(
    "UPDATE record_person SET display_name = $3, relationship = $4, updated = $5 \
     WHERE record_id = $1 AND person_id = $2",
);

pub(super) const LATEST_OPERATIONS: Query<(TypeId, i64)> = Query::new(
    "SELECT type_id, max(at) FROM record_operation \
     WHERE record_id = $1 AND at >= $2 AND personal = FALSE GROUP BY type_id",
);

pub(super) const DROP_PERSON: Statement =
    Statement::new("DELETE FROM record_person WHERE record_id = $1 AND person_id = $2");
pub(super) const DROP_PERSON_RECORD: Statement =
    Statement::new("DELETE FROM person_record WHERE person_id = $1 AND record_id = $2");
/// What goes with a record that is erased, so many rows (`$2`) at a time; one is answered for each.
pub(crate) const GO_WITH_RECORD: [Query<(Uuid,)>; 1] = [Query::new(
    "DELETE FROM record_operation WHERE record_id = $1 AND (sequence, thing_id) IN \
     (SELECT sequence, thing_id FROM record_operation WHERE record_id = $1 LIMIT $2) RETURNING thing_id",
)];
pub(super) const ERASE_PEOPLE: Statement = Statement::new("DELETE FROM record_person WHERE record_id = $1");
pub(super) const ERASE: Statement = Statement::new("DELETE FROM record WHERE record_id = $1");
