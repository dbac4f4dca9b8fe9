//! GetThings 1 to 3: several independent groups a call (methods.md 6.1).

mod blobs;
mod query;
mod versions;
pub(super) mod write;

use keepwell_core::things::{self, GroupAnswer};
use keepwell_wire::methods::get_things::{answer, parse};
use keepwell_wire::status::Status;

use crate::call::Call;
use crate::refusal::Refusal;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let asked = parse(call.version(), call.info)?;
    if asked.len() > things::MAX_GROUPS {
        let message = format!("a query may have {} groups at most", things::MAX_GROUPS);
        return Err(Refusal::new(Status::TOO_MANY_GROUPS_IN_QUERY, message));
    }
    let groups = query::groups(call, &asked).await?;
    let (found, access) = things::get(call.domain, call.caller()?, call.record()?, &groups).await?;
    within(call, &found)?;
    let found = versions::wanted(&access, &asked, found);
    within(call, &found)?;
    let out = write::groups(call, &access, &asked, found).await?;
    Ok(answer(call.version(), &out))
}

/// Whether an answer with this data is not too long.
fn within(call: &Call<'_>, found: &[GroupAnswer]) -> Result<(), Refusal> {
    let full = found.iter().flat_map(|g| &g.full).map(|t| t.data_xml.len());
    let data = found.iter().flat_map(|g| &g.data).map(|t| t.data_xml.len());
    let bytes = full.chain(data).sum::<usize>();
    let most = call.settings.response_bytes;
    if bytes > most { Err(Refusal::too_long(most)) } else { Ok(()) }
}
