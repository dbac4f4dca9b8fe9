//! Loading a vocabulary into the database, and removing it.
//!
//! A vocabulary may have a hundred thousand rows, too many for one flight: they go in by parts, under an
//! id that nobody reads yet, and the last flight makes it live.

use keepwell_store::{Refusal, WriteFlight, params};
use uuid::Uuid;

use super::VocabularyError;
use super::sheet::{Key, Row, Sheet};
use super::store::{BEGIN, BUMP, DROP, DROP_ITEMS, DROP_STRAY_ITEMS, DROP_STRAYS, GO_LIVE, INSERT_ITEM};
use crate::env::DAY;
use crate::{Domain, Outage};

/// Rows in one flight.
const PART: usize = 500;

/// Loads a vocabulary. One with the same key is replaced; one of the program's is hidden by it. Every
/// server process has it at its next request.
///
/// # Errors
/// `Outage` when the store cannot do it; nothing is changed then.
pub async fn load(domain: &Domain, sheet: &Sheet) -> Result<(), Outage> {
    let id = domain.env.uuid();
    begin(domain, id, sheet).await?;
    for part in sheet.rows.chunks(PART) {
        insert(domain, id, sheet, part).await?;
    }
    let mut flight = WriteFlight::<Outage>::new();
    // The revision's row comes first: two loads at once queue up there, and the later one replaces.
    flight.run(BUMP, params![]);
    drop_live(&mut flight, &sheet.key);
    let gone = || Outage::Unavailable("the vocabulary went away while it was loaded".to_owned());
    flight.run(GO_LIVE, params![id]).affects(1, gone());
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

/// Removes a vocabulary that was loaded.
///
/// # Errors
/// `VocabularyError::Unknown` when none such was loaded, or an outage.
pub async fn remove(domain: &Domain, key: &Key) -> Result<(), VocabularyError> {
    let mut flight = WriteFlight::new();
    flight.run(BUMP, params![]);
    flight.run(DROP_ITEMS, params![&key.family, &key.name, &key.version]);
    flight
        .run(DROP, params![&key.family, &key.name, &key.version])
        .affects(1, VocabularyError::Unknown(key.to_string()));
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

async fn begin(domain: &Domain, id: Uuid, sheet: &Sheet) -> Result<(), Outage> {
    let now = domain.env.now();
    let key = &sheet.key;
    let count = i64::try_from(sheet.rows.len()).unwrap_or(i64::MAX);
    let language = sheet.languages.first().map_or("en", String::as_str);
    let mut flight = WriteFlight::<Outage>::new();
    // What was left half loaded; a load that is under way is younger.
    flight.run(DROP_STRAY_ITEMS, params![now - DAY]);
    flight.run(DROP_STRAYS, params![now - DAY]);
    let (description, restricted) = (&sheet.description, sheet.restricted);
    let params =
        params![id, &key.family, &key.name, &key.version, language, description, restricted, count, now];
    flight.run(BEGIN, params);
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

async fn insert(domain: &Domain, id: Uuid, sheet: &Sheet, rows: &[Row]) -> Result<(), Outage> {
    let mut flight = WriteFlight::<Outage>::new();
    for row in rows {
        let language = sheet.languages.get(row.language).map_or("en", String::as_str);
        let (short, info) = (row.abbreviation.as_deref(), row.info_xml.as_deref());
        flight.run(INSERT_ITEM, params![id, language, &row.code, &row.display, short, info]);
    }
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

fn drop_live<E>(flight: &mut WriteFlight<E>, key: &Key) {
    flight.run(DROP_ITEMS, params![&key.family, &key.name, &key.version]);
    flight.run(DROP, params![&key.family, &key.name, &key.version]);
}
