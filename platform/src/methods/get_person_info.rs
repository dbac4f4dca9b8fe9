//! GetPersonInfo 1: the person, as this application may see them (methods.md 5.4).

use keepwell_core::authorizations::{self, AccessError, AuthorizedPerson};
use keepwell_wire::methods::get_person_info::{answer, parse};
use keepwell_wire::shapes::EffectiveRecordPermission;
use keepwell_wire::status::Status;

use crate::call::Call;
use crate::present;
use crate::refusal::Refusal;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let request = parse(call.info)?;
    let caller = call.caller()?;
    let person = authorized(call).await?;
    let mut info = present::person(&person);
    if request.effective_record_permissions {
        for authorized in &person.records {
            if call.record.is_some_and(|r| r != authorized.record.id) {
                continue;
            }
            match authorizations::open(call.domain, caller, authorized.record.id).await {
                Ok(access) => info.effective_record_permissions.push(EffectiveRecordPermission {
                    record_id: authorized.pseudonym.0,
                    permissions: present::all_permissions(&access),
                }),
                // Granted for the other mode only, or withdrawn this moment: no permission to tell of.
                Err(AccessError::Denied | AccessError::Closed | AccessError::Stale) => {}
                Err(AccessError::Outage(outage)) => return Err(outage.into()),
            }
        }
    }
    Ok(answer(&info))
}

/// The person of a call, who allows the application something still. Whoever withdrew everything is
/// nobody to it any more: 11, by which clients know to ask again.
pub(super) async fn authorized(call: &Call<'_>) -> Result<AuthorizedPerson, Refusal> {
    let (app, caller) = (call.app()?, call.caller()?);
    let person = authorizations::find_person(call.domain, app, caller.person_id()).await?;
    person.filter(|p| !p.records.is_empty()).ok_or_else(|| {
        let message = "the person allows this application nothing any more";
        Refusal::new(Status::ACCESS_DENIED, message)
    })
}
