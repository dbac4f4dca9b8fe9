use keepwell_store::{Query, Statement, row};
use uuid::Uuid;

use crate::ids::{AppId, PersonId, RecordId};

row! {
    /// An entry as it is stored.
    #[derive(Clone, Debug)]
    pub(super) struct EntryRow {
        pub(super) id: Uuid,
        pub(super) at: i64,
        pub(super) person: PersonId,
        pub(super) app: Option<AppId>,
        pub(super) action: String,
        pub(super) avenue: String,
        pub(super) body: Option<String>,
        pub(super) digest: Vec<u8>,
        pub(super) sequence: Option<i64>,
        pub(super) seal: Option<Vec<u8>>,
    }
}

row! {
    /// Where a record's chain ends.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(super) struct HeadRow {
        pub(super) sequence: i64,
        pub(super) seal: Vec<u8>,
    }
}

row! {
    /// The same with its record.
    pub(super) struct RecordHeadRow {
        pub(super) record: RecordId,
        pub(super) sequence: i64,
        pub(super) seal: Vec<u8>,
        pub(super) sealed: i64,
    }
}

row! {
    /// Who read, how often and when last.
    pub(super) struct ReaderRow {
        pub(super) person: PersonId,
        pub(super) app: Option<AppId>,
        pub(super) avenue: String,
        pub(super) count: i64,
        pub(super) last: i64,
    }
}

macro_rules! columns {
    () => {
        "entry_id, at, person_id, app_id, action, avenue, body, digest, sequence, seal"
    };
}

macro_rules! insert {
    ($rows:literal) => {
        concat!(
            "INSERT INTO audit_entry (record_id, entry_id, at, person_id, app_id, action, avenue, body, digest, \
             sequence, seal) VALUES ",
            $rows
        )
    };
}

/// An entry with its place in the chain.
pub(super) const INSERT: Statement =
    Statement::new(insert!("($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"));
/// So many entries are put in by one statement.
pub(super) const TOGETHER: usize = 8;
pub(super) const INSERT_TOGETHER: Statement = Statement::new(insert!(
    "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11), \
     ($12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22), \
     ($23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33), \
     ($34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44), \
     ($45, $46, $47, $48, $49, $50, $51, $52, $53, $54, $55), \
     ($56, $57, $58, $59, $60, $61, $62, $63, $64, $65, $66), \
     ($67, $68, $69, $70, $71, $72, $73, $74, $75, $76, $77), \
     ($78, $79, $80, $81, $82, $83, $84, $85, $86, $87, $88)"
));

pub(super) const LATEST: Query<EntryRow> = Query::new(concat!(
    "SELECT ",
    columns!(),
    " FROM audit_entry WHERE record_id = $1 ORDER BY entry_id DESC LIMIT $2"
));

/// All records that have entries, for who checks them all.
pub(super) const RECORDS: Query<(RecordId,)> =
    Query::new("SELECT DISTINCT record_id FROM audit_entry WHERE record_id > $1 ORDER BY record_id LIMIT $2");
/// Asks across all records too, over an index that holds only what waits.
pub(super) const RECORDS_WAITING: Query<(RecordId,)> = Query::new(
    "SELECT DISTINCT record_id FROM audit_entry WHERE record_id > $1 AND sequence IS NULL \
     ORDER BY record_id LIMIT $2",
);
pub(super) const WAITING: Query<EntryRow> = Query::new(concat!(
    "SELECT ",
    columns!(),
    " FROM audit_entry WHERE record_id = $1 AND sequence IS NULL AND entry_id > $2 ORDER BY entry_id LIMIT $3"
));
pub(super) const SEALED: Query<EntryRow> = Query::new(concat!(
    "SELECT ",
    columns!(),
    " FROM audit_entry WHERE record_id = $1 AND sequence IS NOT NULL AND (sequence, entry_id) > ($2, $3) \
     ORDER BY sequence, entry_id LIMIT $4"
));
pub(super) const LAST: Query<(i64,)> = Query::new(
    "SELECT sequence FROM audit_entry WHERE record_id = $1 AND sequence IS NOT NULL ORDER BY sequence DESC LIMIT 1",
);
pub(super) const SEAL: Statement = Statement::new(
    "UPDATE audit_entry SET sequence = $3, seal = $4 WHERE record_id = $1 AND entry_id = $2 AND sequence IS NULL",
);

pub(super) const HEAD: Query<HeadRow> =
    Query::new("SELECT sequence, seal FROM audit_head WHERE record_id = $1");
pub(super) const HEADS: Query<RecordHeadRow> = Query::new(
    "SELECT record_id, sequence, seal, sealed FROM audit_head WHERE record_id > $1 ORDER BY record_id LIMIT $2",
);
/// Where the chain ends, held until the commit: nobody else adds to it meanwhile.
pub(super) const TAKE_HEAD: Query<HeadRow> = Query::new(
    "INSERT INTO audit_head (record_id, sequence, seal, sealed) VALUES ($1, 0, $2, $3) \
     ON CONFLICT (record_id) DO UPDATE SET sealed = excluded.sealed RETURNING sequence, seal",
);
pub(super) const PUT_HEAD: Statement =
    Statement::new("UPDATE audit_head SET sequence = $2, seal = $3 WHERE record_id = $1");
pub(super) const IS_THERE: Query<(i64,)> =
    Query::new("SELECT at FROM audit_entry WHERE record_id = $1 AND entry_id = $2");
pub(super) const FIRST_HEAD: Statement =
    Statement::new("INSERT INTO audit_head (record_id, sequence, seal, sealed) VALUES ($1, $2, $3, $4)");
pub(super) const MOVE_HEAD: Statement = Statement::new(
    "UPDATE audit_head SET sequence = $2, seal = $3, sealed = $4 \
     WHERE record_id = $1 AND sequence = $5 AND seal = $6",
);

/// The newest entries that a reader asked for.
pub(super) const ACTIVITY: Query<EntryRow> = Query::new(concat!(
    "SELECT ",
    columns!(),
    " FROM audit_entry WHERE record_id = $1 AND entry_id < $2 AND entry_id >= $3 AND ($4 OR person_id = $5) \
     AND ($6 OR (person_id = $7 AND avenue = 'Shell')) AND ($8 OR app_id = $9) \
     AND ($10 OR person_id <> $11 OR avenue <> 'Shell') AND ($12 OR avenue = 'Host') AND action IN $13[] \
     ORDER BY entry_id DESC LIMIT $14"
));
pub(super) const READERS: Query<ReaderRow> = Query::new(
    "SELECT person_id, app_id, avenue, count(*), max(at) FROM audit_entry \
     WHERE record_id = $1 AND entry_id >= $2 AND action IN $3[] AND ($4 OR person_id = $5) \
     GROUP BY person_id, app_id, avenue",
);
/// Whoever did what only strangers do (`$5`) and is not the reader (`$6`) is one of them all (`$7`).
pub(super) const ACTORS: Query<(PersonId, Option<AppId>, String)> = Query::new(
    "SELECT DISTINCT person, app_id, avenue FROM (SELECT CASE WHEN action = $5 AND person_id <> $6 THEN $7 \
     ELSE person_id END AS person, app_id, avenue FROM audit_entry \
     WHERE record_id = $1 AND ($2 OR person_id = $3) ORDER BY entry_id DESC LIMIT $4) latest",
);

/// Who was noted as refused after this time.
pub(super) const REFUSED_LATELY: Query<(Uuid,)> =
    Query::new("SELECT refused_id FROM audit_refusal WHERE record_id = $1 AND at > $2");
pub(super) const DROP_OLD_REFUSALS: Statement =
    Statement::new("DELETE FROM audit_refusal WHERE record_id = $1 AND at <= $2");
/// How many are noted, if they are fewer than this.
pub(super) const STILL_ROOM: Query<(i64,)> =
    Query::new("SELECT count(*) FROM audit_refusal WHERE record_id = $1 HAVING count(*) < $2");
/// Notes a refusal, unless one is noted.
pub(super) const NOTE_REFUSAL: Query<(i64,)> = Query::new(
    "INSERT INTO audit_refusal (record_id, refused_id, at) VALUES ($1, $2, $3) \
     ON CONFLICT (record_id, refused_id) DO NOTHING RETURNING at",
);

row! {
    /// The note in place of a log that was erased.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(super) struct ErasureRow {
        pub(super) record: RecordId,
        pub(super) at: i64,
        pub(super) person: PersonId,
        pub(super) entries: i64,
        pub(super) sequence: i64,
        pub(super) head: Vec<u8>,
        pub(super) seal: Vec<u8>,
    }
}

pub(super) const COUNT: Query<(i64,)> = Query::new("SELECT count(*) FROM audit_entry WHERE record_id = $1");
pub(super) const NOTE_ERASURE: Statement = Statement::new(
    "INSERT INTO erasure (record_id, at, person_id, entries, sequence, head, seal) \
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (record_id) DO NOTHING",
);
pub(super) const ERASURE: Query<ErasureRow> = Query::new(
    "SELECT record_id, at, person_id, entries, sequence, head, seal FROM erasure WHERE record_id = $1",
);
/// All of them, and those since a time, by record.
pub(super) const ERASURES: Query<(RecordId,)> =
    Query::new("SELECT record_id FROM erasure WHERE record_id > $1 AND at >= $2 ORDER BY record_id LIMIT $3");
/// The log of a record that is erased, so many entries (`$2`) at a time; one is answered for each.
pub(crate) const GO_WITH_RECORD: [Query<(Uuid,)>; 1] = [Query::new(
    "DELETE FROM audit_entry WHERE record_id = $1 AND entry_id IN \
     (SELECT entry_id FROM audit_entry WHERE record_id = $1 LIMIT $2) RETURNING entry_id",
)];
pub(super) const DROP_HEAD: Statement = Statement::new("DELETE FROM audit_head WHERE record_id = $1");
pub(super) const DROP_REFUSALS: Statement = Statement::new("DELETE FROM audit_refusal WHERE record_id = $1");
