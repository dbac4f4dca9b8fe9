//! AssociateAlternateId 1: the application's own id for a person and record (methods.md 9).

use keepwell_core::{alternate_ids, authorizations};
use keepwell_wire::methods::associate_alternate_id::{answer, parse};

use crate::call::Call;
use crate::refusal::Refusal;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let id = parse(call.info)?;
    let access = authorizations::open(call.domain, call.caller()?, call.record()?).await?;
    alternate_ids::associate(call.domain, &access, call.app()?.id, &id).await?;
    Ok(answer())
}
