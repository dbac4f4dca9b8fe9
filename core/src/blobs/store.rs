use keepwell_store::{Query, Statement, row};
use uuid::Uuid;

use crate::ids::{AppId, BlobId, PersonId, RecordId};

row! {
    #[derive(Clone, Debug)]
    pub(super) struct UploadRow {
        pub(super) id: BlobId,
        pub(super) secret_hash: Vec<u8>,
        pub(super) app: Option<AppId>,
        pub(super) person: PersonId,
        pub(super) record: Option<RecordId>,
        pub(super) expires: i64,
        pub(super) received: i64,
        pub(super) complete: bool,
        pub(super) hash_state: Vec<u8>,
        pub(super) small: Option<Vec<u8>>,
        pub(super) committed_at: Option<i64>,
        pub(super) sealed: bool,
    }
}

row! {
    #[derive(Clone, Debug)]
    pub(super) struct PartRow {
        pub(super) upload: BlobId,
        pub(super) start: i64,
        pub(super) length: i64,
        pub(super) object: String,
    }
}

row! {
    pub(super) struct ContentRow {
        pub(super) id: BlobId,
        pub(super) length: i64,
        pub(super) bytes: Option<Vec<u8>>,
        pub(super) parts: Option<String>,
    }
}

pub(super) const BEGIN: Statement = Statement::new(
    "INSERT INTO blob_upload (upload_id, secret_hash, app_id, person_id, record_id, expires, received, complete, \
     hash_state, small, committed_at, sealed) VALUES ($1, $2, $3, $4, $5, $6, 0, FALSE, $7, $8, NULL, $9)",
);
/// How many uploads wait to become part of a record, and their bytes.
pub(super) const PENDING: Query<(i64, i64)> = Query::new(
    "SELECT count(*), CAST(COALESCE(sum(received), 0) AS bigint) FROM blob_upload \
     WHERE person_id = $1 AND app_id = $2 AND committed_at IS NULL",
);
pub(super) const UPLOADS: Query<UploadRow> = Query::new(
    "SELECT upload_id, secret_hash, app_id, person_id, record_id, expires, received, complete, hash_state, small, \
     committed_at, sealed FROM blob_upload WHERE upload_id IN $1[]",
);
pub(super) const PARTS: Query<PartRow> = Query::new(
    "SELECT upload_id, start, length, object FROM blob_part WHERE upload_id IN $1[] ORDER BY upload_id, start",
);
pub(super) const GROW: Statement = Statement::new(
    "UPDATE blob_upload SET received = $3, hash_state = $4, small = $5, complete = $6 \
     WHERE upload_id = $1 AND received = $2 AND complete = FALSE AND committed_at IS NULL",
);
pub(super) const ADD_PART: Statement =
    Statement::new("INSERT INTO blob_part (upload_id, start, length, object) VALUES ($1, $2, $3, $4)");
pub(super) const COMMIT: Statement = Statement::new(
    "UPDATE blob_upload SET committed_at = $2, record_id = $4, small = NULL \
     WHERE upload_id = $1 AND received = $3 AND committed_at IS NULL AND expires > $2",
);
/// Of a package: its bytes stay where they are, until its time is over.
pub(super) const KEEP_FOR_PACKAGE: Statement = Statement::new(
    "UPDATE blob_upload SET committed_at = $2, expires = $3 \
     WHERE upload_id = $1 AND committed_at IS NULL AND complete = TRUE AND expires > $2",
);
pub(super) const LAPSE: Statement =
    Statement::new("UPDATE blob_upload SET expires = $2 WHERE upload_id = $1 AND expires > $2");
pub(super) const FORGET_PARTS: Statement = Statement::new("DELETE FROM blob_part WHERE upload_id = $1");
pub(super) const KEEP: Statement =
    Statement::new("INSERT INTO blob (record_id, blob_id, length, bytes, parts) VALUES ($1, $2, $3, $4, $5)");
pub(super) const CONTENTS: Query<ContentRow> =
    Query::new("SELECT blob_id, length, bytes, parts FROM blob WHERE record_id = $1 AND blob_id IN $2[]");
pub(super) const EXPIRED: Query<UploadRow> = Query::new(
    "SELECT upload_id, secret_hash, app_id, person_id, record_id, expires, received, complete, hash_state, small, \
     committed_at, sealed FROM blob_upload WHERE expires < $1 AND (expires, upload_id) > ($2, $3) \
     ORDER BY expires, upload_id LIMIT $4",
);
/// As it was looked at: what was left to the sweep meanwhile has more to forget.
pub(super) const FORGET: Statement =
    Statement::new("DELETE FROM blob_upload WHERE upload_id = $1 AND expires = $2");

pub(super) const SOME_OF_RECORD: Query<(BlobId,)> =
    Query::new("SELECT blob_id FROM blob WHERE record_id = $1 ORDER BY blob_id LIMIT $2");
/// What lies in objects becomes an upload that expired long ago, so that the sweep finds its objects.
pub(super) const LEAVE_OBJECTS: Statement = Statement::new(
    "INSERT INTO blob_upload (upload_id, secret_hash, app_id, person_id, record_id, expires, received, complete, \
     hash_state, small, committed_at, sealed) \
     SELECT blob_id, $3, NULL, $4, NULL, 0, 0, FALSE, $5, NULL, NULL, FALSE FROM blob \
     WHERE record_id = $1 AND blob_id IN $2[] AND parts IS NOT NULL \
     ON CONFLICT (upload_id) DO UPDATE SET expires = 0, committed_at = NULL, record_id = NULL, small = NULL",
);
/// The others were uploads of their own, perhaps.
pub(super) const LEAVE_UPLOADS: Statement = Statement::new(
    "UPDATE blob_upload SET expires = 0, committed_at = NULL, record_id = NULL, small = NULL WHERE upload_id IN $1[]",
);
pub(super) const DROP_BLOBS: Statement =
    Statement::new("DELETE FROM blob WHERE record_id = $1 AND blob_id IN $2[]");

/// What was uploaded for a record that is erased is left to the sweep, so many rows (`$2`) at a time.
pub(crate) const GO_WITH_RECORD: [Query<(Uuid,)>; 1] = [Query::new(
    "UPDATE blob_upload SET expires = 0, committed_at = NULL, record_id = NULL, small = NULL WHERE record_id = $1 \
     AND upload_id IN (SELECT upload_id FROM blob_upload WHERE record_id = $1 LIMIT $2) RETURNING upload_id",
)];
/// The same for what a person who is erased had uploaded and not put anywhere.
pub(crate) const GO_WITH_PERSON: [Query<(Uuid,)>; 1] = [Query::new(
    "UPDATE blob_upload SET expires = 0, small = NULL WHERE person_id = $1 AND committed_at IS NULL AND expires > 0 \
     AND upload_id IN (SELECT upload_id FROM blob_upload WHERE person_id = $1 AND committed_at IS NULL AND expires > 0 \
     LIMIT $2) RETURNING upload_id",
)];
