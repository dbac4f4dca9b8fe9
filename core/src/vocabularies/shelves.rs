//! The shelf that holds now. What decides is a revision in the database, asked for at every use, so that
//! a load on one server process is seen on all at their next request.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use keepwell_store::{ReadFlight, Slot, params};

use super::sheet::{Key, Row, Sheet};
use super::shelf::Shelf;
use super::store::{HEADS, Head, ITEMS, REVISION};
use super::vocabulary::{Origin, Vocabulary};
use crate::{Domain, Outage};

/// How often the vocabularies may change under our eyes while we read them.
const TRIES: u32 = 5;

/// The shelf that was last made; cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Shelves {
    last: Arc<Mutex<Arc<Shelf>>>,
    /// Held while a shelf is made, so that it is made once.
    making: Arc<tokio::sync::Mutex<()>>,
}

impl Shelves {
    fn last(&self) -> Arc<Shelf> {
        Arc::clone(&self.last.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn keep(&self, shelf: &Arc<Shelf>) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Arc::clone(shelf);
    }
}

/// All vocabularies as they are now.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn shelf(domain: &Domain) -> Result<Arc<Shelf>, Outage> {
    let revision = revision(domain).await?;
    let is_current = |shelf: &Arc<Shelf>| shelf.revision == Some(revision);
    if let Some(shelf) = Some(domain.shelves.last()).filter(is_current) {
        return Ok(shelf);
    }
    let _making = domain.shelves.making.lock().await;
    // Somebody else may have made it in the meantime.
    if let Some(shelf) = Some(domain.shelves.last()).filter(is_current) {
        return Ok(shelf);
    }
    for _ in 0..TRIES {
        if let Some(shelf) = read(domain).await? {
            domain.shelves.keep(&shelf);
            return Ok(shelf);
        }
    }
    Err(Outage::Busy)
}

async fn revision(domain: &Domain) -> Result<i64, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&REVISION, params![]);
    number(&mut domain.store.read(flight).await?, slot)
}

fn number(answers: &mut keepwell_store::Answers, slot: Slot<(i64,)>) -> Result<i64, Outage> {
    Ok(answers.first(slot)?.map_or(0, |(revision,)| revision))
}

/// A new shelf; of the vocabularies that are on the last one, nothing is read again. `None` when one of
/// them went away meanwhile.
async fn read(domain: &Domain) -> Result<Option<Arc<Shelf>>, Outage> {
    let mut flight = ReadFlight::new();
    let (revision, heads) = (flight.ask(&REVISION, params![]), flight.ask(&HEADS, params![]));
    let mut answers = domain.store.read(flight).await?;
    let revision = number(&mut answers, revision)?;
    let last = domain.shelves.last();
    let mut loaded = HashMap::new();
    for head in answers.all(heads)? {
        let id = head.id;
        let vocabulary = match last.loaded.get(&id) {
            Some(known) => Arc::clone(known),
            None => match make(domain, head).await? {
                Some(vocabulary) => vocabulary,
                None => return Ok(None),
            },
        };
        loaded.insert(id, vocabulary);
    }
    Ok(Some(Arc::new(Shelf::of(revision, loaded))))
}

async fn make(domain: &Domain, head: Head) -> Result<Option<Arc<Vocabulary>>, Outage> {
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&ITEMS, params![head.id]);
    let items = domain.store.read(flight).await?.all(slot)?;
    if i64::try_from(items.len()) != Ok(head.rows_held) {
        return Ok(None);
    }
    // Sorting a hundred thousand texts is no work for a thread that answers requests.
    let made = tokio::task::spawn_blocking(move || {
        let mut languages = vec![head.language];
        let rows = items.into_iter().map(|(tag, code, display, abbreviation, info_xml)| {
            let known = languages.iter().position(|known| *known == tag);
            let language = known.unwrap_or_else(|| {
                languages.push(tag);
                languages.len() - 1
            });
            Row { language, code, display, abbreviation, info_xml }
        });
        let rows = rows.collect();
        let key = Key { family: head.family, name: head.name, version: head.version };
        let (description, restricted) = (head.description, head.restricted);
        let vocabulary =
            Vocabulary::of(Sheet { key, description, restricted, languages, rows }, Origin::Loaded);
        vocabulary.prepare();
        Arc::new(vocabulary)
    });
    made.await.map(Some).map_err(|error| Outage::Unavailable(error.to_string()))
}
