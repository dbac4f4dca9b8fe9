//! What a person was refused at a record, noted in that record's log (`audit::refused`).
//!
//! The answer does not wait for it: a commit takes longer than none, and would tell a stranger that the record
//! exists. What is asked for under an id that is nobody's goes the same way, and is written nowhere.

use std::sync::Arc;

use keepwell_core::audit;
use keepwell_core::authorizations::Caller;
use keepwell_core::ids::{PersonId, RecordId};
use keepwell_core::records::Record;
use keepwell_core::things::{Problem, ThingError};

use super::Shell;

/// Refusals that are noted at the same time. Who is refused beyond waits for room, whatever they asked for.
pub const AT_ONCE: usize = 16;
/// Records that a form may name.
const MOST_NAMED: usize = 20;

impl Shell {
    /// Notes that the person was refused at the record, if there is such a record.
    pub(super) async fn denied(&self, person: PersonId, record: RecordId) {
        let Ok(room) = Arc::clone(&self.denials).acquire_owned().await else { return };
        let domain = self.domain.clone();
        self.beside.start(async move {
            if let Err(error) = audit::refused(&domain, &Caller::person(person), record).await {
                tracing::warn!(%error, "a refusal left no entry in the audit log");
            }
            drop(room);
        });
    }

    /// The same, where a page tells the person that a write was refused.
    pub(super) async fn denied_write(&self, person: PersonId, record: RecordId, error: &ThingError) {
        if matches!(error, ThingError::Item { problem: Problem::Denied(_), .. }) {
            self.denied(person, record).await;
        }
    }

    /// The same for the records that a form names, although its page offered none but the person's own.
    pub(super) async fn denied_choice(&self, person: PersonId, own: &[Record], named: &[String]) {
        let named = named.iter().filter_map(|id| id.parse().ok().map(RecordId)).take(MOST_NAMED);
        for id in named.filter(|id| !own.iter().any(|record| record.id == *id)) {
            self.denied(person, id).await;
        }
    }
}
