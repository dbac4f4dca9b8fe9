use keepwell_store::{Query, Statement};

use crate::ids::PersonId;

/// Counts a try, if those before leave room: the guard is on the row itself. `$3` is for how long it counts, `$4`
/// up to when the others may, `$5` until when it counts alone.
pub(super) const CLAIM_TRY: Statement = Statement::new(
    "INSERT INTO sign_in_try (who, counts_until) VALUES ($1, $5) ON CONFLICT (who) DO UPDATE SET counts_until = \
     CASE WHEN sign_in_try.counts_until > $2 THEN sign_in_try.counts_until ELSE $2 END + $3 \
     WHERE sign_in_try.counts_until <= $4",
);
pub(super) const COUNTS_UNTIL: Query<(i64,)> =
    Query::new("SELECT counts_until FROM sign_in_try WHERE who = $1");
pub(super) const GIVE_BACK: Statement =
    Statement::new("UPDATE sign_in_try SET counts_until = counts_until - $2 WHERE who = $1");
pub(super) const SWEEP_TRIES: Statement = Statement::new("DELETE FROM sign_in_try WHERE counts_until <= $1");

pub(super) const LOGIN: Query<(PersonId, String)> =
    Query::new("SELECT person_id, password FROM login WHERE login_name = $1");
pub(super) const PASSWORD_CHANGED: Query<(i64,)> =
    Query::new("SELECT password_changed FROM login WHERE person_id = $1");

pub(super) const INSERT_LOGIN: Statement = Statement::new(
    "INSERT INTO login (login_name, person_id, password, password_changed) VALUES ($1, $2, $3, $4)",
);

pub(super) const FIND_LOGIN: Query<(PersonId,)> =
    Query::new("SELECT person_id FROM login WHERE login_name = $1");
pub(super) const INSERT_RESET: Statement = Statement::new(
    "INSERT INTO password_reset (token_hash, login_name, expires, by_letter) VALUES ($1, $2, $3, $4)",
);
pub(super) const SWEEP_RESETS: Statement = Statement::new("DELETE FROM password_reset WHERE expires <= $1");
pub(super) const FIND_RESET: Query<(String, bool)> =
    Query::new("SELECT login_name, by_letter FROM password_reset WHERE token_hash = $1 AND expires > $2");
pub(super) const TAKE_RESET: Query<(String,)> =
    Query::new("DELETE FROM password_reset WHERE token_hash = $1 AND expires > $2 RETURNING login_name");
pub(super) const DROP_RESETS: Statement = Statement::new("DELETE FROM password_reset WHERE login_name = $1");
pub(super) const SET_PASSWORD: Query<(PersonId,)> = Query::new(
    "UPDATE login SET password = $2, password_changed = $3 WHERE login_name = $1 RETURNING person_id",
);
/// An empty password is none.
pub(super) const SET_FIRST_PASSWORD: Statement = Statement::new(
    "UPDATE login SET password = $2, password_changed = $3 WHERE person_id = $1 AND password = ''",
);
pub(super) const HAS_PASSWORD: Query<(PersonId,)> =
    Query::new("SELECT person_id FROM login WHERE person_id = $1 AND password <> ''");

pub(super) const INSERT_CODE: Statement =
    Statement::new("INSERT INTO sign_up_code (code_hash, app_id, created, expires) VALUES ($1, $2, $3, $4)");
pub(super) const SWEEP_CODES: Statement = Statement::new("DELETE FROM sign_up_code WHERE expires <= $1");
pub(super) const TAKE_CODE: Statement =
    Statement::new("DELETE FROM sign_up_code WHERE code_hash = $1 AND expires > $2");
pub(super) const INSERT_CONFIRMATION: Statement = Statement::new(
    "INSERT INTO email_confirmation (token_hash, person_id, email, expires) VALUES ($1, $2, $3, $4)",
);
pub(super) const SWEEP_CONFIRMATIONS: Statement =
    Statement::new("DELETE FROM email_confirmation WHERE expires <= $1");
pub(super) const FIND_CONFIRMATION: Query<(PersonId, String)> =
    Query::new("SELECT person_id, email FROM email_confirmation WHERE token_hash = $1 AND expires > $2");
pub(super) const TAKE_CONFIRMATION: Statement =
    Statement::new("DELETE FROM email_confirmation WHERE token_hash = $1 AND expires > $2");
pub(super) const DROP_CONFIRMATIONS: Statement =
    Statement::new("DELETE FROM email_confirmation WHERE person_id = $1");

pub(super) const INSERT_CHANGE: Statement = Statement::new(
    "INSERT INTO email_change (token_hash, person_id, email, former, expires) VALUES ($1, $2, $3, $4, $5)",
);
pub(super) const SWEEP_CHANGES: Statement = Statement::new("DELETE FROM email_change WHERE expires <= $1");
pub(super) const CHANGE_OF: Query<(String,)> = Query::new(
    "SELECT email FROM email_change WHERE person_id = $1 AND expires > $2 ORDER BY expires DESC LIMIT 1",
);
/// Whose it is, the new address and the former.
pub(super) const FIND_CHANGE: Query<(PersonId, String, String)> =
    Query::new("SELECT person_id, email, former FROM email_change WHERE token_hash = $1 AND expires > $2");
pub(super) const TAKE_CHANGE: Statement =
    Statement::new("DELETE FROM email_change WHERE token_hash = $1 AND expires > $2");
pub(super) const DROP_CHANGES: Statement = Statement::new("DELETE FROM email_change WHERE person_id = $1");

pub(super) const INSERT_UNDO: Statement = Statement::new(
    "INSERT INTO email_undo (token_hash, person_id, email, login_name, changed, expires) \
     VALUES ($1, $2, $3, $4, $5, $6)",
);
pub(super) const SWEEP_UNDOS: Statement = Statement::new("DELETE FROM email_undo WHERE expires <= $1");
/// Whose it is, and the former address.
pub(super) const FIND_UNDO: Query<(PersonId, String, i64)> =
    Query::new("SELECT person_id, email, changed FROM email_undo WHERE token_hash = $1 AND expires > $2");
/// A way back takes those with it that later changes made.
pub(super) const TAKE_UNDO: Statement =
    Statement::new("DELETE FROM email_undo WHERE token_hash = $1 AND expires > $2");
pub(super) const DROP_LATER_UNDOS: Statement =
    Statement::new("DELETE FROM email_undo WHERE person_id = $1 AND changed >= $2");
pub(super) const HELD: Query<(PersonId,)> =
    Query::new("SELECT person_id FROM email_undo WHERE login_name = $1 AND expires > $2");

pub(super) const RENAME_LOGIN: Statement =
    Statement::new("UPDATE login SET login_name = $2 WHERE person_id = $1");
pub(super) const DROP_RESETS_OF: Statement = Statement::new(
    "DELETE FROM password_reset WHERE login_name IN (SELECT login_name FROM login WHERE person_id = $1)",
);
pub(super) const DROP_LOGIN: Statement = Statement::new("DELETE FROM login WHERE person_id = $1");
pub(super) const DROP_UNDOS: Statement = Statement::new("DELETE FROM email_undo WHERE person_id = $1");
