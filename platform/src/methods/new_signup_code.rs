//! NewSignupCode 1: a code with which a person opens an account where that is restricted
//! (methods.md 13.3).

use keepwell_core::credentials;
use keepwell_wire::methods::new_signup_code::answer;

use crate::call::Call;
use crate::refusal::Refusal;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let code = credentials::new_code(call.domain, call.app()?.id).await?;
    Ok(answer(&code))
}
