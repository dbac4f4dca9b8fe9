//! UpdateApplication 1 and 2: an application changes itself or one that it made (methods.md 12.2). What
//! the request does not say stays as it is.

use keepwell_core::applications;
use keepwell_core::ids::AppId;
use keepwell_wire::methods::update_application::{answer, parse};

use crate::call::Call;
use crate::refusal::Refusal;
use crate::registration::Changes;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let request = parse(call.info)?;
    let mut wanted = request.configuration;
    // Version 1 knows no methods, as with AddApplication.
    if call.version() == 1 {
        wanted.methods = None;
    }
    let changes = Changes::read(wanted)?;
    let certificates = changes.certificates.clone();
    applications::update(
        call.domain,
        call.app()?,
        AppId(request.id),
        |app| changes.apply(app),
        certificates.as_deref(),
    )
    .await?;
    Ok(answer())
}
