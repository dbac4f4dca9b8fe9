//! GetAlternateIds 1: the application's own ids for a person and record (methods.md 9).

use keepwell_core::{alternate_ids, authorizations};
use keepwell_wire::methods::get_alternate_ids::answer;

use crate::call::Call;
use crate::refusal::Refusal;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let access = authorizations::open(call.domain, call.caller()?, call.record()?).await?;
    let ids = alternate_ids::of(call.domain, &access, call.app()?.id).await?;
    Ok(answer(&ids))
}
