//! UpdateExternalId 1: another external id for a connect request, or for packages (methods.md 8.4).

use keepwell_core::connections::{self, Named};
use keepwell_wire::answer;
use keepwell_wire::methods::update_external_id::{Which, parse};

use crate::call::Call;
use crate::refusal::Refusal;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let (which, new) = parse(call.info)?;
    let named = match which {
        Which::IdentityCode(code) => Named::Code(code),
        Which::OldExternalId(id) => Named::ExternalId(id),
    };
    connections::rename(call.domain, call.app()?.id, &named, &new).await?;
    Ok(answer::success_without_info())
}
