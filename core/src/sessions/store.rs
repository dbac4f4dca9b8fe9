use keepwell_store::{Query, Statement, row};
use uuid::Uuid;

use crate::ids::{AppId, PersonId, RecordId};

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
pub(super) const USER_TOKEN_HOLDS: Query<(PersonId,)> = Query::new(
    "SELECT p.person_id FROM user_token t JOIN person p ON p.person_id = t.person_id \
     WHERE t.token_hash = $1 AND t.expires > $2 AND t.person_id = $3 AND p.state = 'active'",
);
pub(super) const DROP_USER_TOKEN: Statement =
    Statement::new("DELETE FROM user_token WHERE token_hash = $1 AND app_id = $2");

row! {
    pub(super) struct ShellRow {
        pub(super) session_id: Uuid,
        pub(super) person: PersonId,
        pub(super) agent: String,
        pub(super) created: i64,
        pub(super) last_used: i64,
    }
}

pub(super) const INSERT_SHELL: Statement = Statement::new(
    "INSERT INTO shell_session (token_hash, session_id, person_id, agent, created, last_used, expires) \
     VALUES ($1, $2, $3, $4, $5, $5, $6)",
);
pub(super) const FIND_SHELL: Query<ShellRow> = Query::new(
    "SELECT s.session_id, s.person_id, s.agent, s.created, s.last_used FROM shell_session s \
     JOIN person p ON p.person_id = s.person_id \
     WHERE s.token_hash = $1 AND s.expires > $2 AND p.state = 'active'",
);
pub(super) const TOUCH_SHELL: Statement =
    Statement::new("UPDATE shell_session SET last_used = $2, expires = $3 WHERE token_hash = $1");
pub(super) const LIST_SHELL: Query<ShellRow> = Query::new(
    "SELECT session_id, person_id, agent, created, last_used FROM shell_session \
     WHERE person_id = $1 AND expires > $2 ORDER BY last_used DESC",
);
pub(super) const DROP_SHELL: Statement = Statement::new("DELETE FROM shell_session WHERE token_hash = $1");
pub(super) const DROP_ONE_SHELL: Statement =
    Statement::new("DELETE FROM shell_session WHERE person_id = $1 AND session_id = $2");
pub(super) const DROP_ALL_SHELL: Statement = Statement::new("DELETE FROM shell_session WHERE person_id = $1");
pub(super) const DROP_OTHER_SHELL: Statement =
    Statement::new("DELETE FROM shell_session WHERE person_id = $1 AND token_hash <> $2");
pub(super) const SWEEP_SHELL: Statement = Statement::new("DELETE FROM shell_session WHERE expires <= $1");
