//! DeletePendingConnectPackage 1: takes back packages that nobody has picked up (methods.md 8.8).

use keepwell_core::connections::Named;
use keepwell_core::packages;
use keepwell_wire::methods::delete_pending_connect_package::{Which, answer, parse};

use crate::call::Call;
use crate::refusal::Refusal;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let named = match parse(call.info)? {
        Which::IdentityCode(code) => Named::Code(code),
        Which::ExternalId(id) => Named::ExternalId(id),
    };
    packages::delete_pending(call.domain, call.app()?.id, &named).await?;
    Ok(answer())
}
