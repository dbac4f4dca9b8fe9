//! AllocatePackageId 1: a code to give to a patient before there is a package (methods.md 8.5).

use keepwell_core::packages;
use keepwell_wire::methods::allocate_package_id::answer;

use crate::call::Call;
use crate::refusal::Refusal;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    Ok(answer(&packages::allocate(call.domain, call.app()?).await?))
}
