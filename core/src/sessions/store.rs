use keepwell_store::{FromRow, Outage, Query, RowReader, Statement, row};
use uuid::Uuid;

use crate::authorizations::GrantRow;
use crate::ids::{AppId, PersonId, RecordId};
use crate::records;

/// A record with all that decides whether a remembered caller may come to it.
#[derive(Debug)]
pub(crate) struct DoorRow {
    pub(crate) record: records::KeptRow,
    pub(crate) grant: Option<GrantRow>,
    pub(crate) holds: Holds,
}

/// How a record stands, and whether a caller who came to it before may do so on the same terms.
#[derive(Debug)]
pub(crate) struct ReturnRow {
    pub(crate) record: records::StateRow,
    pub(crate) holds: Holds,
}

/// What must hold of a caller who is remembered.
#[derive(Debug)]
pub(crate) struct Holds {
    /// How the application stands, and its revision.
    pub(crate) app: (String, i64),
    /// The person, if they may still be acted for.
    pub(crate) holder: Option<PersonId>,
}

impl FromRow for Holds {
    fn from_row(row: &mut RowReader<'_>) -> Result<Self, Outage> {
        Ok(Self { app: (row.column()?, row.column()?), holder: row.column()? })
    }
}

impl FromRow for DoorRow {
    fn from_row(row: &mut RowReader<'_>) -> Result<Self, Outage> {
        Ok(Self {
            record: records::KeptRow::from_row(row)?,
            grant: GrantRow::if_any(row)?,
            holds: Holds::from_row(row)?,
        })
    }
}

impl FromRow for ReturnRow {
    fn from_row(row: &mut RowReader<'_>) -> Result<Self, Outage> {
        Ok(Self { record: records::StateRow::from_row(row)?, holds: Holds::from_row(row)? })
    }
}

pub(super) const INSERT_APP_SESSION: Statement = Statement::new(
    "INSERT INTO app_session (token_hash, app_id, secret, algorithm, created, expires) \
     VALUES ($1, $2, $3, $4, $5, $6) \
     ON CONFLICT (token_hash) DO UPDATE SET secret = excluded.secret, expires = excluded.expires",
);
pub(super) const SWEEP_APP_SESSIONS: Statement =
    Statement::new("DELETE FROM app_session WHERE expires <= $1");

pub(super) const APP_SESSION: Query<(AppId, Vec<u8>, String, String, i64, i64)> = Query::new(
    "SELECT s.app_id, s.secret, s.algorithm, \
     CASE WHEN m.app_id IS NULL OR m.state = 'active' THEN a.state ELSE m.state END, \
     a.revision + COALESCE(m.revision, 0), s.expires FROM app_session s \
     JOIN application a ON a.app_id = s.app_id LEFT JOIN application m ON m.app_id = a.master_id \
     WHERE s.token_hash = $1 AND s.expires > $2",
);
pub(super) const USER_TOKEN: Query<(PersonId, String)> = Query::new(
    "SELECT u.person_id, p.state FROM user_token u \
     JOIN app_session s ON s.app_id = u.app_id JOIN person p ON p.person_id = u.person_id \
     WHERE u.token_hash = $1 AND s.token_hash = $2 AND u.expires > $3",
);
pub(super) const PERSON_BY_PSEUDONYM: Query<(PersonId, String)> = Query::new(
    "SELECT n.person_id, p.state FROM app_session s \
     JOIN person_pseudonym n ON n.app_id = s.app_id JOIN person p ON p.person_id = n.person_id \
     WHERE s.token_hash = $1 AND n.pseudonym = $2",
);
pub(super) const RECORD_BY_PSEUDONYM: Query<(RecordId, PersonId)> = Query::new(
    "SELECT r.record_id, r.person_id FROM app_session s JOIN record_pseudonym r ON r.app_id = s.app_id \
     WHERE s.token_hash = $1 AND r.pseudonym = $2",
);

pub(super) const INSERT_USER_TOKEN: Statement = Statement::new(
    "INSERT INTO user_token (token_hash, app_id, person_id, multi_record, created, expires) \
     VALUES ($1, $2, $3, $4, $5, $6)",
);
pub(super) const SWEEP_USER_TOKENS: Statement = Statement::new("DELETE FROM user_token WHERE expires <= $1");
// A record with how the application stands, and whether the person may still be acted for. One statement, for it is
// asked at almost every call.
macro_rules! door {
    ($columns:literal, $tables:literal, $holder:literal, $of:literal) => {
        concat!(
            "SELECT r.",
            $columns,
            ", CASE WHEN m.app_id IS NULL OR m.state = 'active' THEN a.state ELSE m.state END, \
             a.revision + COALESCE(m.revision, 0), n.person_id FROM record r ",
            $tables,
            " JOIN application a ON a.app_id = $3 LEFT JOIN application m ON m.app_id = a.master_id ",
            $holder,
            " AND n.state = 'active' WHERE r.record_id = $1",
            $of
        )
    };
}
macro_rules! first_door {
    ($holder:literal) => {
        door!(
            "record_id, r.name, r.state, r.country, r.created, r.size_bytes, r.max_size_bytes, \
             r.operation_sequence, r.access_revision, p.custodian, p.relationship, p.display_name, p.expires, \
             p.created, p.updated, g.online, g.offline, g.created, g.updated, g.expires",
            "JOIN record_person p ON p.record_id = r.record_id \
             LEFT JOIN record_grant g ON g.record_id = r.record_id AND g.app_id = $3 AND g.person_id = p.person_id",
            $holder,
            " AND p.person_id = $2"
        )
    };
}
macro_rules! next_door {
    ($holder:literal) => {
        door!(
            "state, r.size_bytes, r.max_size_bytes, r.operation_sequence, r.access_revision",
            "",
            $holder,
            ""
        )
    };
}
pub(super) const DOOR_ONLINE: Query<DoorRow> = Query::new(first_door!(
    "LEFT JOIN user_token t ON t.token_hash = $4 AND t.expires > $5 AND t.person_id = p.person_id \
     LEFT JOIN person n ON n.person_id = t.person_id"
));
pub(super) const DOOR_OFFLINE: Query<DoorRow> =
    Query::new(first_door!("LEFT JOIN person n ON n.person_id = p.person_id"));
pub(super) const RETURN_ONLINE: Query<ReturnRow> = Query::new(next_door!(
    "LEFT JOIN user_token t ON t.token_hash = $4 AND t.expires > $5 AND t.person_id = $2 \
     LEFT JOIN person n ON n.person_id = t.person_id"
));
pub(super) const RETURN_OFFLINE: Query<ReturnRow> =
    Query::new(next_door!("LEFT JOIN person n ON n.person_id = $2"));
pub(super) const DROP_USER_TOKEN: Statement =
    Statement::new("DELETE FROM user_token WHERE token_hash = $1 AND app_id = $2");

row! {
    pub(super) struct ShellRow {
        pub(super) session_id: Uuid,
        pub(super) person: PersonId,
        pub(super) agent: String,
        pub(super) created: i64,
        pub(super) last_used: i64,
        pub(super) proof: String,
        pub(super) proved_at: i64,
    }
}

pub(super) const INSERT_SHELL: Statement = Statement::new(
    "INSERT INTO shell_session (token_hash, session_id, person_id, agent, created, last_used, proved_at, expires, \
     browser, proof) VALUES ($1, $2, $3, $4, $5, $5, $5, $6, $7, $8)",
);
pub(super) const PROVE_SHELL: Statement =
    Statement::new("UPDATE shell_session SET proved_at = $2 WHERE token_hash = $1");
pub(super) const FIND_SHELL: Query<ShellRow> = Query::new(
    "SELECT s.session_id, s.person_id, s.agent, s.created, s.last_used, s.proof, s.proved_at FROM shell_session s \
     JOIN person p ON p.person_id = s.person_id \
     WHERE s.token_hash = $1 AND s.expires > $2 AND p.state = 'active'",
);
pub(super) const TOUCH_SHELL: Statement =
    Statement::new("UPDATE shell_session SET last_used = $2, expires = $3 WHERE token_hash = $1");
pub(super) const LIST_SHELL: Query<ShellRow> = Query::new(
    "SELECT session_id, person_id, agent, created, last_used, proof, proved_at FROM shell_session \
     WHERE person_id = $1 AND expires > $2 ORDER BY last_used DESC",
);
pub(super) const DROP_SHELL: Statement = Statement::new("DELETE FROM shell_session WHERE token_hash = $1");
pub(super) const DROP_ONE_SHELL: Statement =
    Statement::new("DELETE FROM shell_session WHERE person_id = $1 AND session_id = $2");
pub(super) const DROP_ALL_SHELL: Statement = Statement::new("DELETE FROM shell_session WHERE person_id = $1");
pub(super) const DROP_OTHER_SHELL: Statement =
    Statement::new("DELETE FROM shell_session WHERE person_id = $1 AND token_hash <> $2");
pub(super) const SWEEP_SHELL: Statement = Statement::new("DELETE FROM shell_session WHERE expires <= $1");

/// What goes with a person who is erased, so many rows (`$2`) at a time; one is answered for each.
pub(crate) const GO_WITH_PERSON: [Query<(Uuid,)>; 2] = [
    Query::new(
        "DELETE FROM user_token WHERE person_id = $1 AND token_hash IN \
         (SELECT token_hash FROM user_token WHERE person_id = $1 LIMIT $2) RETURNING person_id",
    ),
    Query::new(
        "DELETE FROM shell_session WHERE person_id = $1 AND token_hash IN \
         (SELECT token_hash FROM shell_session WHERE person_id = $1 LIMIT $2) RETURNING person_id",
    ),
];
pub(super) const KNOWN_BROWSER: Query<(i64,)> = Query::new(
    "SELECT last_seen FROM known_browser WHERE person_id = $1 AND browser = $2 AND last_seen > $3",
);
pub(super) const KNOW_BROWSER: Statement = Statement::new(
    "INSERT INTO known_browser (person_id, browser, last_seen) VALUES ($1, $2, $3) \
     ON CONFLICT (person_id, browser) DO UPDATE SET last_seen = excluded.last_seen",
);
pub(super) const KEEP_LATEST_BROWSERS: Statement = Statement::new(
    "DELETE FROM known_browser WHERE person_id = $1 AND browser NOT IN (SELECT k.browser FROM known_browser k \
     WHERE k.person_id = $1 ORDER BY k.last_seen DESC, k.browser LIMIT $2)",
);
pub(super) const SWEEP_BROWSERS: Statement =
    Statement::new("DELETE FROM known_browser WHERE last_seen <= $1");
/// The browser of one sign-in.
pub(super) const FORGET_ONE_BROWSER: Statement = Statement::new(
    "DELETE FROM known_browser WHERE person_id = $1 AND browser IN (SELECT s.browser FROM shell_session s \
     WHERE s.person_id = $1 AND s.session_id = $2 AND s.browser IS NOT NULL)",
);
/// All but the browser of one sign-in.
pub(super) const FORGET_OTHER_BROWSERS: Statement = Statement::new(
    "DELETE FROM known_browser WHERE person_id = $1 AND browser NOT IN (SELECT s.browser FROM shell_session s \
     WHERE s.token_hash = $2 AND s.browser IS NOT NULL)",
);
pub(super) const FORGET_ALL_BROWSERS: Statement =
    Statement::new("DELETE FROM known_browser WHERE person_id = $1");
pub(super) const FORGET_SIGNED_IN: Statement =
    Statement::new("DELETE FROM signed_in_before WHERE person_id = $1");
pub(super) const SIGNED_IN: Statement =
    Statement::new("INSERT INTO signed_in_before (person_id) VALUES ($1) ON CONFLICT (person_id) DO NOTHING");
pub(super) const SIGNED_IN_BEFORE: Query<(PersonId,)> =
    Query::new("SELECT person_id FROM signed_in_before WHERE person_id = $1");
