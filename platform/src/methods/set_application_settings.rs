//! SetApplicationSettings 1: replaces what the application keeps about the person (methods.md 11.1).

use keepwell_core::app_settings;
use keepwell_wire::methods::set_application_settings::{answer, parse};

use super::get_person_info::authorized;
use crate::call::Call;
use crate::refusal::Refusal;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let document = parse(call.info)?;
    authorized(call).await?;
    let (app, person) = (call.app()?.id, call.caller()?.person_id());
    app_settings::set(call.domain, app, person, document.as_deref()).await?;
    Ok(answer())
}
