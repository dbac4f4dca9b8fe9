use keepwell_store::{Query, Statement};
use uuid::Uuid;

keepwell_store::row! {
    /// A loaded vocabulary without its items.
    pub(super) struct Head {
        pub(super) id: Uuid,
        pub(super) family: String,
        pub(super) name: String,
        pub(super) version: String,
        pub(super) language: String,
        pub(super) description: String,
        pub(super) restricted: bool,
        pub(super) rows_held: i64,
    }
}

/// Language, code, display, abbreviation, info.
pub(super) type ItemRow = (String, String, String, Option<String>, Option<String>);

pub(super) const REVISION: Query<(i64,)> =
    Query::new("SELECT revision FROM vocabulary_revision WHERE only_row = TRUE");
pub(super) const BUMP: Statement = Statement::new(
    "INSERT INTO vocabulary_revision (only_row, revision) VALUES (TRUE, 1) \
     ON CONFLICT (only_row) DO UPDATE SET revision = vocabulary_revision.revision + 1",
);
pub(super) const HEADS: Query<Head> = Query::new(
    "SELECT id, family, name, version, language, description, restricted, rows_held FROM vocabulary \
     WHERE live = TRUE",
);
pub(super) const ITEMS: Query<ItemRow> = Query::new(
    "SELECT language, code, display, abbreviation, info_xml FROM vocabulary_item WHERE vocabulary_id = $1",
);
pub(super) const BEGIN: Statement = Statement::new(
    "INSERT INTO vocabulary (id, family, name, version, language, description, restricted, rows_held, live, \
     loaded) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, FALSE, $9)",
);
pub(super) const INSERT_ITEM: Statement = Statement::new(
    "INSERT INTO vocabulary_item (vocabulary_id, language, code, display, abbreviation, info_xml) \
     VALUES ($1, $2, $3, $4, $5, $6)",
);
pub(super) const GO_LIVE: Statement = Statement::new("UPDATE vocabulary SET live = TRUE WHERE id = $1");
pub(super) const DROP_ITEMS: Statement = Statement::new(
    "DELETE FROM vocabulary_item WHERE vocabulary_id IN (SELECT id FROM vocabulary \
     WHERE family = $1 AND name = $2 AND version = $3 AND live = TRUE)",
);
pub(super) const DROP: Statement =
    Statement::new("DELETE FROM vocabulary WHERE family = $1 AND name = $2 AND version = $3 AND live = TRUE");
pub(super) const DROP_STRAY_ITEMS: Statement = Statement::new(
    "DELETE FROM vocabulary_item WHERE vocabulary_id IN (SELECT id FROM vocabulary \
     WHERE live = FALSE AND loaded < $1)",
);
pub(super) const DROP_STRAYS: Statement =
    Statement::new("DELETE FROM vocabulary WHERE live = FALSE AND loaded < $1");
