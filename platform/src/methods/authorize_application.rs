//! AuthorizeApplication 1: admits the person to an application that is not for everyone
//! (methods.md 11.2). It gives no access to anything.

use keepwell_core::applications::{self, State};
use keepwell_core::ids::AppId;
use keepwell_wire::methods::authorize_application::{answer, parse};
use keepwell_wire::status::Status;

use super::get_person_info::authorized;
use crate::call::Call;
use crate::refusal::Refusal;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let id = AppId(parse(call.info)?);
    authorized(call).await?;
    let wanted = applications::find(call.domain, id)
        .await?
        .filter(|found| found.state == State::Active)
        .ok_or_else(|| Refusal::new(Status::INVALID_APP, "no such application is active here"))?
        .application;
    let own = call.app()?;
    // The door is opened by those whose house it is: otherwise any application could let its people into
    // anyone's closed trial.
    let family = |app: &applications::Application| app.master().unwrap_or(app.id);
    if family(own) != family(&wanted) {
        let message = "only the application itself, its master or a sister admits people to it";
        return Err(Refusal::new(Status::ACCESS_DENIED, message));
    }
    if !wanted.restrict_users {
        let message = "that application is open to everyone";
        return Err(Refusal::new(Status::APP_AUTH_NOT_REQUIRED, message));
    }
    applications::admit(call.domain, id, call.caller()?.person_id()).await?;
    Ok(answer())
}
