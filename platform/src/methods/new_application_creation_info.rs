//! NewApplicationCreationInfo 1: an identity for an installation on a device (methods.md 5.2).

use keepwell_core::installations;
use keepwell_wire::methods::new_application_creation_info::{Response, answer};
use keepwell_wire::status::Status;
use secrecy::ExposeSecret;

use crate::call::Call;
use crate::refusal::Refusal;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let offer = installations::offer(call.domain, call.app()?)?.ok_or_else(|| {
        Refusal::new(Status::INVALID_APP, "this application is not for devices (mobile), or not active")
    })?;
    Ok(answer(&Response {
        app_id: offer.id.0,
        shared_secret: offer.secret.expose_secret(),
        app_token: offer.token.expose_secret(),
    }))
}
