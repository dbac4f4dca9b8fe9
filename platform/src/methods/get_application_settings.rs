//! GetApplicationSettings 1: what the application keeps about the person for itself (methods.md 11.1).

use keepwell_wire::methods::get_application_settings::answer;

use super::get_person_info::authorized;
use crate::call::Call;
use crate::refusal::Refusal;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let person = authorized(call).await?;
    Ok(answer(person.settings.as_deref(), person.selected.map(|record| record.0)))
}
