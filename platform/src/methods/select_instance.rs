//! SelectInstance 1: where an account for a place would live (methods.md 13.4). A single server is the
//! instance for every place.

use keepwell_wire::methods::select_instance::{answer, parse};

use super::get_service_definition::this_instance;
use crate::call::Call;
use crate::refusal::Refusal;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    parse(call.info)?;
    Ok(answer(Some(&this_instance(call.settings))))
}
