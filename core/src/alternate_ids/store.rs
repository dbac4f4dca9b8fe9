use keepwell_store::{Query, Statement};
use uuid::Uuid;

use crate::ids::{PersonId, RecordId};

pub(super) const INSERT: Statement = Statement::new(
    "INSERT INTO alternate_id (app_id, alternate_id, person_id, record_id, created) \
     VALUES ($1, $2, $3, $4, $5)",
);
pub(super) const COUNT_UP: Statement = Statement::new(
    "INSERT INTO alternate_id_count (app_id, person_id, record_id, ids) VALUES ($1, $2, $3, 1) \
     ON CONFLICT (app_id, person_id, record_id) DO UPDATE SET ids = alternate_id_count.ids + 1 \
     WHERE alternate_id_count.ids < $4",
);
pub(super) const COUNT_DOWN: Statement = Statement::new(
    "UPDATE alternate_id_count SET ids = ids - 1 WHERE app_id = $1 AND person_id = $2 AND record_id = $3",
);
pub(super) const DELETE: Statement = Statement::new(
    "DELETE FROM alternate_id \
     WHERE app_id = $1 AND alternate_id = $2 AND person_id = $3 AND record_id = $4",
);
pub(super) const FIND: Query<(PersonId, RecordId)> =
    Query::new("SELECT person_id, record_id FROM alternate_id WHERE app_id = $1 AND alternate_id = $2");
pub(super) const LIST: Query<(String,)> = Query::new(
    "SELECT alternate_id FROM alternate_id WHERE app_id = $1 AND person_id = $2 AND record_id = $3 \
     ORDER BY created, alternate_id",
);

/// What goes with a record that is erased, so many rows (`$2`) at a time; one is answered for each.
pub(crate) const GO_WITH_RECORD: [Query<(Uuid,)>; 2] = [
    Query::new(
        "DELETE FROM alternate_id WHERE record_id = $1 AND (app_id, alternate_id) IN \
         (SELECT app_id, alternate_id FROM alternate_id WHERE record_id = $1 LIMIT $2) RETURNING record_id",
    ),
    Query::new(
        "DELETE FROM alternate_id_count WHERE record_id = $1 AND (app_id, person_id, record_id) IN \
         (SELECT app_id, person_id, record_id FROM alternate_id_count WHERE record_id = $1 LIMIT $2) RETURNING record_id",
    ),
];

/// What goes with a person who is erased, so many rows (`$2`) at a time; one is answered for each.
pub(crate) const GO_WITH_PERSON: [Query<(Uuid,)>; 2] = [
    Query::new(
        "DELETE FROM alternate_id WHERE person_id = $1 AND (app_id, alternate_id) IN \
         (SELECT app_id, alternate_id FROM alternate_id WHERE person_id = $1 LIMIT $2) RETURNING person_id",
    ),
    Query::new(
        "DELETE FROM alternate_id_count WHERE person_id = $1 AND (app_id, person_id, record_id) IN \
         (SELECT app_id, person_id, record_id FROM alternate_id_count WHERE person_id = $1 LIMIT $2) RETURNING person_id",
    ),
];
