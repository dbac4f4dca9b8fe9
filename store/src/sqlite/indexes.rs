//! SQLite names the columns of a unique violation; we want the index's name.

use std::collections::HashMap;

use rusqlite::{Connection, Error, ffi};

use super::faults::outage;
use crate::Outage;

/// The unique indexes of the schema, by what SQLite says of them.
pub(super) struct Indexes {
    /// `table.column, table.column` → the index.
    by_columns: HashMap<String, String>,
}

struct Index {
    table: String,
    name: String,
    /// Made by `UNIQUE` within CREATE TABLE, not by CREATE UNIQUE INDEX.
    inline: bool,
    /// `None` for an expression.
    columns: Vec<Option<String>>,
}

impl Indexes {
    /// Reads the catalogue.
    ///
    /// # Errors
    /// When two unique indexes lie over the same columns: SQLite could not tell them apart.
    pub(super) fn read(connection: &Connection) -> Result<Self, Outage> {
        let mut by_columns = HashMap::new();
        for index in catalogue(connection).map_err(|error| outage(&error))? {
            // One with an expression is named by SQLite itself.
            let Some(columns) = index.columns.into_iter().collect::<Option<Vec<String>>>() else { continue };
            let said: Vec<String> =
                columns.iter().map(|column| format!("{}.{column}", index.table)).collect();
            // As PostgreSQL names it.
            let name =
                if index.inline { format!("{}_{}_key", index.table, columns.join("_")) } else { index.name };
            if let Some(other) = by_columns.insert(said.join(", "), name.clone()) {
                return Err(Outage::Unavailable(format!(
                    "the unique indexes {other} and {name} lie over the same columns, so a conflict \
                     could not be named"
                )));
            }
        }
        Ok(Self { by_columns })
    }

    /// The name of the unique index that an error is about, if it is about one.
    pub(super) fn violated(&self, error: &Error) -> Option<String> {
        let Error::SqliteFailure(code, Some(message)) = error else { return None };
        let said = message.strip_prefix("UNIQUE constraint failed: ")?;
        match code.extended_code {
            ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID => {
                said.split_once('.').map(|(table, _)| format!("{table}_pkey"))
            }
            _ => match said.strip_prefix("index '").and_then(|rest| rest.strip_suffix('\'')) {
                Some(name) => Some(name.to_owned()),
                None => Some(self.by_columns.get(said).cloned().unwrap_or_else(|| said.to_owned())),
            },
        }
    }
}

fn catalogue(connection: &Connection) -> rusqlite::Result<Vec<Index>> {
    let mut found: Vec<Index> = Vec::new();
    let mut statement = connection.prepare(
        "SELECT t.name, i.name, i.origin = 'u', c.name
         FROM sqlite_schema t, pragma_index_list(t.name) i, pragma_index_info(i.name) c
         WHERE t.type = 'table' AND i.\"unique\" AND i.origin <> 'pk'
         ORDER BY t.name, i.name, c.seqno",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (table, name, inline, column) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        match found.last_mut() {
            Some(index) if index.name == name => index.columns.push(column),
            _ => found.push(Index { table, name, inline, columns: vec![column] }),
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_unique_index_is_told_by_its_name() {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch(
                "CREATE TABLE a (b bigint, c text, d text, e text, f text UNIQUE, g text, PRIMARY KEY (b, c));
                 CREATE UNIQUE INDEX a_d_e ON a (d, e);
                 CREATE UNIQUE INDEX a_e ON a (e) WHERE d IS NULL;
                 CREATE UNIQUE INDEX a_lower ON a (lower(g));
                 CREATE INDEX a_plain ON a (d);
                 CREATE TABLE i (h INTEGER PRIMARY KEY);
                 INSERT INTO a VALUES (1, 'c', 'd', 'e', 'f', 'g'), (2, 'x', NULL, 'n', 'y', 'z');
                 INSERT INTO i VALUES (1);",
            )
            .unwrap();
        let indexes = Indexes::read(&connection).unwrap();
        for (insert, name) in [
            ("INSERT INTO a VALUES (1, 'c', 'p', 'p', 'p', 'p')", "a_pkey"),
            ("INSERT INTO a VALUES (3, 'p', 'd', 'e', 'p', 'p')", "a_d_e"),
            ("INSERT INTO a VALUES (3, 'p', NULL, 'n', 'p', 'p')", "a_e"),
            ("INSERT INTO a VALUES (3, 'p', 'p', 'p', 'p', 'G')", "a_lower"),
            ("INSERT INTO a VALUES (3, 'p', 'p', 'p', 'f', 'p')", "a_f_key"),
            ("INSERT INTO i VALUES (1)", "i_pkey"),
        ] {
            let error = connection.execute(insert, []).unwrap_err();
            assert_eq!(indexes.violated(&error).as_deref(), Some(name), "{error}");
        }
        let other = connection.execute("INSERT INTO nowhere VALUES (1)", []).unwrap_err();
        assert_eq!(indexes.violated(&other), None);
    }

    #[test]
    fn two_unique_indexes_over_the_same_columns_are_refused() {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch(
                "CREATE TABLE a (b bigint);
                 CREATE UNIQUE INDEX one ON a (b);
                 CREATE UNIQUE INDEX two ON a (b) WHERE b > 1;",
            )
            .unwrap();
        assert!(matches!(Indexes::read(&connection), Err(Outage::Unavailable(why)) if why.contains("one")));
    }
}
