//! GetAuthorizedRecords 1: some of the person's records, by id (methods.md 5.6).

use std::collections::HashSet;

use keepwell_core::authorizations;
use keepwell_wire::methods::get_authorized_records::{answer, parse};

use crate::call::Call;
use crate::present;
use crate::refusal::Refusal;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let ids = parse(call.info)?;
    let authorized = authorizations::records_of(call.domain, call.app()?, call.caller()?.person_id()).await?;
    // In the order of the request, each once; what is unknown or not allowed is left out.
    let mut seen = HashSet::new();
    let records: Vec<_> = ids
        .into_iter()
        .filter(|id| seen.insert(*id))
        .filter_map(|id| authorized.iter().find(|r| r.pseudonym.0 == id))
        .map(present::record)
        .collect();
    Ok(answer(&records))
}
