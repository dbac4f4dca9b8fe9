//! GetPersonAndRecordForAlternateId 1: whose an id of the application's own is (methods.md 9).

use keepwell_core::alternate_ids::{self, AlternateIdError};
use keepwell_core::authorizations;
use keepwell_wire::methods::get_person_and_record_for_alternate_id::{answer, parse};

use crate::call::Call;
use crate::present;
use crate::refusal::Refusal;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let id = parse(call.info)?;
    let app = call.app()?;
    let owner = alternate_ids::find(call.domain, app.id, &id).await?;
    let (person, record) = owner.ok_or(AlternateIdError::Unknown)?;
    // An association outlives a revocation and counts again after the next consent.
    let known = authorizations::find_person(call.domain, app, person).await?.filter(|p| p.person.active);
    let mut known = known.ok_or(AlternateIdError::Unknown)?;
    known.records.retain(|authorized| authorized.record.id == record);
    let only = known.records.first().ok_or(AlternateIdError::Unknown)?;
    known.selected = Some(only.pseudonym);
    Ok(answer(&present::person(&known)))
}
