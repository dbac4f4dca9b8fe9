//! OverwriteThings 1 and 2: as PutThings, also into an older version of the type (methods.md 6.3).

use keepwell_wire::methods::overwrite_things::{answer, parse};

use super::put_things::put;
use crate::call::Call;
use crate::refusal::Refusal;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let things = parse(call.version(), call.info)?;
    Ok(answer(&put(call, things, true).await?))
}
