//! Fetching on: the server sends some things in full and names the rest by their keys (methods.md 6.1,
//! "Limits and paging"). It is for the client to ask for those.

use keepwell_wire::shapes::ThingKey;

use crate::{Error, Query, RecordCaller, Thing, Things};

/// What a query finds, a page at a time; [`RecordCaller::pages`] makes it.
#[derive(Debug)]
pub struct ThingPages<'c> {
    record: RecordCaller<'c>,
    query: Query,
    state: State,
    filtered: bool,
}

#[derive(Debug)]
enum State {
    Begin,
    /// The keys to ask for yet, and how many at a time.
    Rest {
        keys: Vec<ThingKey>,
        at_once: usize,
    },
}

impl<'c> ThingPages<'c> {
    pub(crate) fn new(record: RecordCaller<'c>, query: Query) -> Self {
        ThingPages { record, query, state: State::Begin, filtered: false }
    }

    /// The next things in full; `None` after the last. A page may be empty: what was removed meanwhile is
    /// not found any more. After an error it may be tried again.
    pub async fn next(&mut self) -> Result<Option<Vec<Thing>>, Error> {
        let (found, later, at_once) = match &self.state {
            State::Begin => {
                let found = self.record.get_things(&self.query).await?;
                // As many at once as the server is willing to send.
                let at_once = found.things.len().max(1);
                (found, Vec::new(), at_once)
            }
            State::Rest { keys, .. } if keys.is_empty() => return Ok(None),
            State::Rest { keys, at_once } => {
                let (now, later) = keys.split_at(keys.len().min(*at_once));
                let found = self.record.get_things(&self.query.for_keys(now)).await?;
                if found.rest.len() >= now.len() {
                    return Err(Error::Malformed("GetThings: none of the things asked for".to_owned()));
                }
                (found, later.to_vec(), *at_once)
            }
        };
        let Things { things, rest: mut keys, filtered } = found;
        self.filtered |= filtered;
        keys.extend(later);
        self.state = State::Rest { keys, at_once };
        Ok(Some(things))
    }

    /// Whether something was held back so far that the application may not read.
    pub fn filtered(&self) -> bool {
        self.filtered
    }
}
