//! GetPeopleForRecord 1: who keeps a record, for its custodians (methods.md 13.7).

use keepwell_core::authorizations;
use keepwell_core::env::NEVER;
use keepwell_core::records::{self, PersonOnRecord};
use keepwell_wire::methods::get_people_for_record::{ActivePersonAuthorization, answer};
use keepwell_wire::time::UtcMicros;

use crate::call::Call;
use crate::refusal::Refusal;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let access = authorizations::open(call.domain, call.caller()?, call.record()?).await?;
    let people = records::people(call.domain, &access).await?;
    let active: Vec<_> = people.into_iter().map(active).collect();
    // Invitations come with the sharing of records; until then nobody waits for an answer.
    Ok(answer(&active, &[]))
}

fn active(found: PersonOnRecord) -> ActivePersonAuthorization {
    let PersonOnRecord { person, rights } = found;
    ActivePersonAuthorization {
        name: person.name,
        record_custodian: rights.custodian,
        is_group: false,
        contact_email: person.email,
        contact_email_validated: Some(person.email_validated),
        record_display_name: Some(rights.display_name),
        date_auth_expires: Some(UtcMicros(rights.expires.min(NEVER))),
        auth_rules: None,
        rel_type: i32::try_from(rights.relationship.code()).ok(),
        date_auth_created: Some(UtcMicros(rights.created)),
        date_auth_updated: Some(UtcMicros(rights.updated)),
        can_access_audit: Some(rights.custodian),
    }
}
