//! RemoveApplicationRecordAuthorization 1 (methods.md 11.3).

use super::call;
use crate::{Error, RecordCaller};

impl RecordCaller<'_> {
    /// Gives up what the person allowed the application with this record. The data stays; whoever wants
    /// it again must ask the person.
    pub async fn remove_authorization(&self) -> Result<(), Error> {
        self.ask(call("RemoveApplicationRecordAuthorization", 1, |_| {}), |_| Ok(())).await
    }
}
