//! RemoveApplicationRecordAuthorization 1: the application gives up a record (methods.md 11.3).

use keepwell_core::authorizations;
use keepwell_wire::methods::remove_application_record_authorization::answer;

use crate::call::Call;
use crate::refusal::Refusal;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let (app, caller, record) = (call.app()?, call.caller()?, call.record()?);
    let access = authorizations::open(call.domain, caller, record).await?;
    authorizations::revoke(call.domain, app.id, caller.person_id(), record, access.avenue()).await?;
    Ok(answer())
}
