//! GetValidGroupMembership 1: memberships of the record's subject that still count (methods.md 13.5).

use keepwell_core::ids::AppId;
use keepwell_core::things;
use keepwell_wire::methods::get_valid_group_membership::{answer, parse};

use super::get_things::write;
use crate::call::Call;
use crate::refusal::Refusal;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let writers: Vec<_> = parse(call.info)?.into_iter().map(AppId).collect();
    let (found, access) =
        things::valid_memberships(call.domain, call.caller()?, call.record()?, &writers).await?;
    Ok(answer(&write::plain(call, &access, found).await?))
}
