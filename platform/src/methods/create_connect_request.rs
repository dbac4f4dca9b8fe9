//! CreateConnectRequest 1: asks a person to authorize the application with a code (methods.md 8.1).

use keepwell_core::connections::{self, NewRequest};
use keepwell_wire::methods::create_connect_request::{answer, parse};

use crate::call::Call;
use crate::refusal::Refusal;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let asked = parse(call.info)?;
    let new = NewRequest {
        friendly_name: asked.friendly_name,
        question: asked.question,
        answer: asked.answer,
        external_id: asked.external_id,
    };
    Ok(answer(&connections::request(call.domain, call.app()?, &new).await?))
}
