//! SendInsecureMessageFromApplication 1: ordinary e-mail in the application's own name (methods.md 13.2).

use keepwell_core::messages::{self, From};
use keepwell_wire::methods::send_insecure_message_from_application::{answer, parse};

use super::send_insecure_message::read;
use crate::call::Call;
use crate::refusal::Refusal;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let asked = parse(call.info)?;
    let message = read(call, asked.message).await?;
    let from = From::Mailbox { local: asked.mailbox_name, name: asked.name };
    messages::send(call.domain, call.app()?, &from, &message).await?;
    Ok(answer())
}
