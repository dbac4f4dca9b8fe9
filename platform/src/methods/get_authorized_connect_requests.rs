//! GetAuthorizedConnectRequests 1: who authorized the application, or one that it made, with a code
//! (methods.md 8.2).

use keepwell_core::authorizations::{app_specific_record_id, person_pseudonym, record_pseudonym};
use keepwell_core::connections::{self, Authorized};
use keepwell_wire::methods::get_authorized_connect_requests::{AuthorizedRequest, answer, parse};

use crate::call::Call;
use crate::refusal::Refusal;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let since = parse(call.info)?.map(|since| since.0);
    let found = connections::authorized(call.domain, call.app()?.id, since).await?;
    // Each id is the one by which the application that was authorized knows them.
    let told = |one: Authorized| AuthorizedRequest {
        person_id: person_pseudonym(call.domain, one.app, one.person).0,
        record_id: record_pseudonym(call.domain, one.app, one.person, one.record).0,
        app_specific_record_id: app_specific_record_id(call.domain, one.app, one.record),
        app_id: one.app.0,
        external_id: one.external_id,
    };
    Ok(answer(&found.into_iter().map(told).collect::<Vec<_>>()))
}
