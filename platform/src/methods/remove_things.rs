//! RemoveThings 1: marks things as deleted (methods.md 6.4).

use keepwell_core::ids::{ThingId, VersionStamp};
use keepwell_core::things;
use keepwell_wire::methods::remove_things::{answer, parse};

use crate::call::Call;
use crate::refusal::Refusal;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let keys: Vec<_> =
        parse(call.info)?.into_iter().map(|k| (ThingId(k.id), Some(VersionStamp(k.version_stamp)))).collect();
    things::remove(call.domain, call.caller()?, call.record()?, &keys).await?;
    Ok(answer())
}
