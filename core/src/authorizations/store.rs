use keepwell_store::{Outage, Query, RowReader, Statement, row};
use uuid::Uuid;

use crate::ids::{AppId, PersonId, PersonPseudonym, RecordId, RecordPseudonym};

row! {
    #[derive(Debug)]
    pub(crate) struct GrantRow {
        pub(crate) online: String,
        pub(crate) offline: String,
        pub(crate) created: i64,
        pub(crate) updated: i64,
        pub(crate) expires: i64,
    }
}

impl GrantRow {
    /// The columns of a grant that was joined, and may not be there.
    pub(crate) fn if_any(row: &mut RowReader<'_>) -> Result<Option<Self>, Outage> {
        let rules = (row.column::<Option<String>>()?, row.column::<Option<String>>()?);
        let [created, updated, expires] =
            [row.column()?, row.column()?, row.column()?].map(Option::unwrap_or_default);
        let (Some(online), Some(offline)) = rules else { return Ok(None) };
        Ok(Some(Self { online, offline, created, updated, expires }))
    }
}

row! {
    #[derive(Clone, Debug)]
    pub(super) struct RecordPseudonymRow {
        pub(super) record: RecordId,
        pub(super) pseudonym: RecordPseudonym,
        pub(super) app_specific_record_id: String,
        pub(super) active: bool,
        pub(super) granted: i64,
    }
}

row! {
    pub(super) struct PersonPseudonymRow {
        pub(super) pseudonym: PersonPseudonym,
        pub(super) person: PersonId,
        pub(super) selected: Option<RecordId>,
    }
}

row! {
    pub(super) struct AllowedRow {
        pub(super) record: RecordId,
        pub(super) pseudonym: RecordPseudonym,
        pub(super) person: PersonId,
        pub(super) person_pseudonym: PersonPseudonym,
        pub(super) granted: i64,
    }
}

pub(super) const GRANT: Query<GrantRow> = Query::new(
    "SELECT online, offline, created, updated, expires FROM record_grant \
     WHERE record_id = $1 AND app_id = $2 AND person_id = $3",
);
pub(super) const PUT_GRANT: Statement = Statement::new(
    "INSERT INTO record_grant (record_id, app_id, person_id, online, offline, created, updated, expires) \
     VALUES ($1, $2, $3, $4, $5, $6, $6, $7) \
     ON CONFLICT (record_id, app_id, person_id) DO UPDATE SET \
     online = excluded.online, offline = excluded.offline, updated = excluded.updated, \
     expires = excluded.expires",
);
pub(super) const SET_GRANT: Statement = Statement::new(
    "UPDATE record_grant SET online = $4, offline = $5, updated = $6 \
     WHERE record_id = $1 AND app_id = $2 AND person_id = $3",
);
pub(super) const DROP_GRANT: Statement =
    Statement::new("DELETE FROM record_grant WHERE record_id = $1 AND app_id = $2 AND person_id = $3");

pub(super) const PUT_PERSON: Statement = Statement::new(
    "INSERT INTO person_pseudonym (app_id, pseudonym, person_id, selected_record, created) \
     VALUES ($1, $2, $3, $4, $5) \
     ON CONFLICT (app_id, person_id) DO UPDATE SET selected_record = excluded.selected_record",
);
pub(super) const PUT_RECORD: Statement = Statement::new(
    "INSERT INTO record_pseudonym (app_id, pseudonym, person_id, record_id, app_specific_record_id, active, granted) \
     VALUES ($1, $2, $3, $4, $5, TRUE, $6) \
     ON CONFLICT (app_id, person_id, record_id) DO UPDATE SET \
     granted = CASE WHEN record_pseudonym.active THEN record_pseudonym.granted ELSE excluded.granted END, \
     active = TRUE",
);
pub(super) const SELECT_RECORD: Statement =
    Statement::new("UPDATE person_pseudonym SET selected_record = $3 WHERE app_id = $1 AND person_id = $2");
pub(super) const CLOSE_RECORD: Statement = Statement::new(
    "UPDATE record_pseudonym SET active = FALSE WHERE app_id = $1 AND person_id = $2 AND record_id = $3",
);
pub(super) const UNSELECT: Statement = Statement::new(
    "UPDATE person_pseudonym SET selected_record = NULL \
     WHERE app_id = $1 AND person_id = $2 AND selected_record = $3",
);

pub(super) const RECORDS_OF: Query<RecordPseudonymRow> = Query::new(
    "SELECT record_id, pseudonym, app_specific_record_id, active, granted FROM record_pseudonym \
     WHERE app_id = $1 AND person_id = $2 ORDER BY granted, pseudonym",
);
pub(super) const RECORD_BY_PSEUDONYM: Query<(RecordId, PersonId)> =
    Query::new("SELECT record_id, person_id FROM record_pseudonym WHERE app_id = $1 AND pseudonym = $2");
pub(super) const PERSON_OF: Query<PersonPseudonymRow> = Query::new(
    "SELECT pseudonym, person_id, selected_record FROM person_pseudonym WHERE app_id = $1 AND person_id = $2",
);
pub(super) const PEOPLE: Query<PersonPseudonymRow> = Query::new(
    "SELECT pseudonym, person_id, selected_record FROM person_pseudonym p \
     WHERE p.app_id = $1 AND p.pseudonym > $2 AND EXISTS (SELECT 1 FROM record_pseudonym r \
       WHERE r.app_id = $1 AND r.person_id = p.person_id AND r.active = TRUE AND r.granted > $3) \
     ORDER BY p.pseudonym LIMIT $4",
);
pub(super) const APPS_OF: Query<(AppId, RecordId, i64)> = Query::new(
    "SELECT r.app_id, r.record_id, r.granted FROM person_pseudonym p \
     JOIN record_pseudonym r ON r.app_id = p.app_id AND r.person_id = p.person_id \
     WHERE p.person_id = $1 AND r.active = TRUE ORDER BY r.granted, r.app_id",
);
pub(super) const PERSON_BY_PSEUDONYM: Query<(PersonId,)> =
    Query::new("SELECT person_id FROM person_pseudonym WHERE app_id = $1 AND pseudonym = $2");
pub(super) const ALL_RECORDS: Query<AllowedRow> = Query::new(
    "SELECT r.record_id, r.pseudonym, r.person_id, p.pseudonym, r.granted FROM record_pseudonym r \
     JOIN person_pseudonym p ON p.app_id = r.app_id AND p.person_id = r.person_id \
     WHERE r.app_id = $1 AND r.active = TRUE ORDER BY r.pseudonym",
);

/// What goes with a record that is erased, so many rows (`$2`) at a time; one is answered for each.
pub(crate) const GO_WITH_RECORD: [Query<(Uuid,)>; 3] = [
    Query::new(
        "DELETE FROM record_grant WHERE record_id = $1 AND (app_id, person_id) IN \
         (SELECT app_id, person_id FROM record_grant WHERE record_id = $1 LIMIT $2) RETURNING record_id",
    ),
    Query::new(
        "UPDATE person_pseudonym SET selected_record = NULL WHERE selected_record = $1 AND (app_id, pseudonym) IN \
         (SELECT app_id, pseudonym FROM person_pseudonym WHERE selected_record = $1 LIMIT $2) RETURNING person_id",
    ),
    Query::new(
        "DELETE FROM record_pseudonym WHERE record_id = $1 AND (app_id, pseudonym) IN \
         (SELECT app_id, pseudonym FROM record_pseudonym WHERE record_id = $1 LIMIT $2) RETURNING person_id",
    ),
];

/// What goes with a person who is erased, so many rows (`$2`) at a time; one is answered for each.
pub(crate) const GO_WITH_PERSON: [Query<(Uuid,)>; 2] = [
    Query::new(
        "DELETE FROM record_pseudonym WHERE person_id = $1 AND (app_id, pseudonym) IN \
         (SELECT app_id, pseudonym FROM record_pseudonym WHERE person_id = $1 LIMIT $2) RETURNING record_id",
    ),
    Query::new(
        "DELETE FROM person_pseudonym WHERE person_id = $1 AND (app_id, pseudonym) IN \
         (SELECT app_id, pseudonym FROM person_pseudonym WHERE person_id = $1 LIMIT $2) RETURNING person_id",
    ),
];
/// All that a person allowed with a record.
pub(super) const DROP_GRANTS: Statement =
    Statement::new("DELETE FROM record_grant WHERE record_id = $1 AND person_id = $2");
pub(super) const DROP_RECORD_PSEUDONYMS: Statement =
    Statement::new("DELETE FROM record_pseudonym WHERE record_id = $1 AND person_id = $2");
