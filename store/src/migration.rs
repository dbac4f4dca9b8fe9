//! Schema changes, in order.

use crate::Outage;

/// One step of the schema. Steps are numbered from 1 without gaps and never change once landed.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// 1, 2, 3, …
    pub number: i64,
    /// What it brings, for the log.
    pub name: &'static str,
    /// Statements separated by `;`, the same text for both engines.
    pub sql: &'static str,
}

/// Where the applied ones are recorded.
pub(crate) const TABLE: &str = "CREATE TABLE IF NOT EXISTS migration \
     (number bigint NOT NULL PRIMARY KEY, name text NOT NULL, digest text NOT NULL)";
pub(crate) const RECORDED: &str = "SELECT number, digest FROM migration ORDER BY number";
pub(crate) const RECORD: &str = "INSERT INTO migration (number, name, digest) VALUES ($1, $2, $3)";

/// Those of our migrations that the database lacks.
///
/// # Errors
/// When it is newer than we are, or one that it has is not ours any more.
pub(crate) fn missing<'m>(
    migrations: &'m [Migration],
    recorded: &[(i64, String)],
) -> Result<&'m [Migration], Outage> {
    let refuse = |why: String| Err(Outage::Unavailable(why));
    for (index, ours) in migrations.iter().enumerate() {
        if usize::try_from(ours.number) != Ok(index + 1) {
            return refuse(format!("migration {} ({}) is out of order", ours.number, ours.name));
        }
    }
    for (index, (number, digest_then)) in recorded.iter().enumerate() {
        let Some(ours) = migrations.get(index) else {
            return refuse(format!(
                "the database was made by a newer version: it has migration {number}, we know {}",
                migrations.len()
            ));
        };
        if ours.number != *number {
            return refuse(format!("the database lacks migration {}, but has {number}", ours.number));
        }
        if digest(ours.sql) != *digest_then {
            return refuse(format!(
                "migration {number} ({}) has changed since it was applied to this database",
                ours.name
            ));
        }
    }
    Ok(&migrations[recorded.len()..])
}

/// An error of a migration.
pub(crate) fn failed(step: &Migration, why: &str) -> Outage {
    Outage::Unavailable(format!("migration {} ({}) failed: {why}", step.number, step.name))
}

/// Tells one text from another: FNV-1a of 64 bits over its lines. It guards against a mistake of ours; who
/// may write the table of migrations needs no collision.
pub(crate) fn digest(sql: &str) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    // A checkout may have changed the ends of lines.
    for byte in sql.lines().flat_map(|line| line.bytes().chain([b'\n'])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: [Migration; 2] =
        [Migration { number: 1, name: "one", sql: "a" }, Migration { number: 2, name: "two", sql: "b" }];

    fn recorded(texts: &[&str]) -> Vec<(i64, String)> {
        (1..).zip(texts.iter().map(|sql| digest(sql))).collect()
    }

    fn why(ours: &[Migration], recorded: &[(i64, String)]) -> String {
        match missing(ours, recorded) {
            Err(Outage::Unavailable(why)) => why,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_recorded_is_not_applied_again() {
        assert_eq!(missing(&OURS, &[]).unwrap().len(), 2);
        assert_eq!(missing(&OURS, &recorded(&["a"])).unwrap()[0].name, "two");
        assert!(missing(&OURS, &recorded(&["a", "b"])).unwrap().is_empty());
    }

    #[test]
    fn a_changed_a_newer_and_a_torn_history_are_refused() {
        assert!(why(&OURS, &recorded(&["A"])).contains("has changed"));
        assert!(why(&OURS, &recorded(&["a", "b", "c"])).contains("newer version"));
        assert!(why(&OURS, &[(2, digest("b"))]).contains("lacks migration 1"));
        assert!(why(&OURS[1..], &[]).contains("out of order"));
    }

    #[test]
    fn the_ends_of_lines_do_not_count() {
        assert_eq!(digest("a\r\nb\r\n"), digest("a\nb"));
        assert_ne!(digest("a\nb"), digest("ab"));
    }
}
