//! A database is used with its own key only: with another one, what was sealed could not be read, and
//! applications would know everybody by new ids.

use keepwell_store::{Outage, ReadFlight, Refusal, Store, WriteFlight, params};

use super::store::{FIRST, MARKS};
use super::{KeyRing, Purpose};

/// Marks a new database with the key, and refuses a key that did not mark it.
pub(crate) async fn check(store: &Store, keys: &KeyRing) -> Result<(), Outage> {
    let mark = keys.mac(Purpose::Check, &[b"keepwell"]);
    let mut flight = WriteFlight::<Outage>::new();
    flight.run(FIRST, params![&mark]);
    store.write(flight).await.map_err(Refusal::reason)?;
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&MARKS, params![]);
    let marks = store.read(flight).await?.all(slot)?;
    if marks.iter().any(|(known,)| known.as_slice() == mark) {
        return Ok(());
    }
    let why = "the server key does not belong to this database; put back the key file from the backup";
    Err(Outage::Unavailable(why.to_owned()))
}
