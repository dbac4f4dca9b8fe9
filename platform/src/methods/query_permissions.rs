//! QueryPermissions 1: what may be done with some types (methods.md 5.7).

use keepwell_core::ids::TypeId;
use keepwell_core::{audit, authorizations};
use keepwell_wire::methods::query_permissions::{answer, parse};

use crate::call::Call;
use crate::present;
use crate::refusal::Refusal;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let types = parse(call.info)?;
    let access = authorizations::open(call.domain, call.caller()?, call.record()?).await?;
    let permissions: Vec<_> =
        types.into_iter().filter_map(|t| present::type_permission(&access, TypeId(t))).collect();
    audit::told_permissions(call.domain, &access).await;
    Ok(answer(&permissions, None))
}
