//! DisassociateAlternateId 1: the id alone is enough; where the header names a person and record, it must
//! be theirs (methods.md 9).

use keepwell_core::alternate_ids::{self, AlternateIdError};
use keepwell_core::authorizations;
use keepwell_wire::methods::disassociate_alternate_id::{answer, parse};

use crate::call::Call;
use crate::refusal::Refusal;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let id = parse(call.info)?;
    let of = match (&call.caller, call.record, call.header.record_id) {
        (Some(caller), Some(record), _) => {
            let access = authorizations::open(call.domain, caller, record).await?;
            Some((access.person(), access.record()))
        }
        // A record that this person did not give has no ids that they could mean.
        (Some(_), None, Some(_)) => return Err(AlternateIdError::Unknown.into()),
        // One client names its last record in every call.
        (None, _, _) | (Some(_), None, None) => None,
    };
    alternate_ids::disassociate(call.domain, call.app()?.id, &id, of).await?;
    Ok(answer())
}
