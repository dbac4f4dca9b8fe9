//! AddApplication 1 and 2: a master makes an application below itself (methods.md 12.1).

use keepwell_core::applications::{self, Application, methods};
use keepwell_core::ids::AppId;
use keepwell_wire::methods::add_application::{answer, parse};

use crate::call::Call;
use crate::refusal::Refusal;
use crate::registration::Changes;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let changes = Changes::read(parse(call.info)?)?;
    let certificates = changes.certificates.clone().unwrap_or_default();
    let mut child = Application {
        id: AppId(call.domain.env.uuid()),
        methods: methods::of_a_child_by_version_1(),
        check_message_age: true,
        ..Application::default()
    };
    changes.apply(&mut child);
    // Version 1 knows no methods of a child: whatever it says, it gets these.
    if call.version() == 1 {
        child.methods = methods::of_a_child_by_version_1();
    }
    let id = applications::add_child(call.domain, call.app()?, child, &certificates).await?;
    Ok(answer(id.0))
}
