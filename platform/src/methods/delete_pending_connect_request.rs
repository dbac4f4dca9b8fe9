//! DeletePendingConnectRequest 1: takes back a request that nobody has used (methods.md 8.3).

use keepwell_core::connections;
use keepwell_wire::answer;
use keepwell_wire::methods::delete_pending_connect_request::parse;

use crate::call::Call;
use crate::refusal::Refusal;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    connections::delete_pending(call.domain, call.app()?.id, &parse(call.info)?).await?;
    Ok(answer::success_without_info())
}
