//! Who is here. A visit lives in memory and is named by a cookie; the token of a person never leaves
//! the server.
//!
//! A person who goes to the Shell sets out on a journey, named by a state that comes back with them. The
//! token may come back in a form that another site posts, and with such a request browsers send no
//! cookie. So it waits at the journey until the browser comes by with a plain request of its own, and
//! goes only to the visit that set out: nobody can be slipped another person's token.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use super::random;

const LENGTH_OF_A_VISIT: SignedDuration = SignedDuration::from_hours(24);
const LENGTH_OF_A_JOURNEY: SignedDuration = SignedDuration::from_hours(1);
/// So many of each; beyond that the oldest are forgotten.
const MOST: usize = 10_000;

/// All visits.
#[derive(Default)]
pub(super) struct Visits(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    visits: HashMap<String, (Visit, Timestamp)>,
    journeys: HashMap<String, (Journey, Timestamp)>,
}

/// A visit.
#[derive(Clone)]
pub(super) struct Visit {
    /// The token of the person, once they are connected.
    pub(super) token: Option<String>,
    /// What a form of ours carries and no other site knows.
    pub(super) form_key: String,
}

struct Journey {
    visit_id: String,
    token: Option<String>,
}

impl Visits {
    /// The visit of that id, if it has not ended.
    pub(super) fn get(&self, id: &str, now: Timestamp) -> Option<Visit> {
        let inner = self.lock();
        inner.visits.get(id).filter(|(_, end)| now < *end).map(|(visit, _)| visit.clone())
    }

    /// Begins a visit and gives its id.
    pub(super) fn begin(&self, token: Option<String>, now: Timestamp) -> Option<String> {
        let (id, form_key) = (random::name()?, random::name()?);
        make_room(&mut self.lock().visits, now);
        self.lock().visits.insert(id.clone(), (Visit { token, form_key }, end(now, LENGTH_OF_A_VISIT)));
        Some(id)
    }

    /// Ends a visit.
    pub(super) fn end(&self, id: &str) {
        self.lock().visits.remove(id);
    }

    /// Sets out, and gives the state to send along.
    pub(super) fn set_out(&self, visit_id: &str, now: Timestamp) -> Option<String> {
        let state = random::name()?;
        let journey = Journey { visit_id: visit_id.to_owned(), token: None };
        make_room(&mut self.lock().journeys, now);
        self.lock().journeys.insert(state.clone(), (journey, end(now, LENGTH_OF_A_JOURNEY)));
        Some(state)
    }

    /// Keeps the token that came back with a state; false if nobody set out with it.
    pub(super) fn come_back(&self, state: &str, token: String, now: Timestamp) -> bool {
        let mut inner = self.lock();
        match inner.journeys.get_mut(state) {
            Some((journey, end)) if now < *end && journey.token.is_none() => {
                journey.token = Some(token);
                true
            }
            _ => false,
        }
    }

    /// Ends the journey of that visit, and gives the id of a new one that is connected. The old id is
    /// worth nothing from then on, in case somebody else knew it.
    pub(super) fn arrive(&self, state: &str, visit_id: &str, now: Timestamp) -> Option<String> {
        let token = {
            let mut inner = self.lock();
            let (journey, end) = inner.journeys.get(state)?;
            if now >= *end || !random::same(&journey.visit_id, visit_id) {
                return None;
            }
            let (journey, _) = inner.journeys.remove(state)?;
            inner.visits.remove(visit_id);
            journey.token?
        };
        self.begin(Some(token), now)
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn end(now: Timestamp, length: SignedDuration) -> Timestamp {
    now.checked_add(length).unwrap_or(Timestamp::MAX)
}

fn make_room<T>(map: &mut HashMap<String, (T, Timestamp)>, now: Timestamp) {
    if map.len() < MOST {
        return;
    }
    map.retain(|_, (_, end)| now < *end);
    if map.len() >= MOST {
        let oldest = map.iter().min_by_key(|(_, (_, end))| *end).map(|(id, _)| id.clone());
        oldest.and_then(|id| map.remove(&id));
    }
}
