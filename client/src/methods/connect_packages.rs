//! AllocatePackageId 1, CreateConnectPackage 2 and DeletePendingConnectPackage 1 (methods.md 8): things
//! that are left for a person, who gives the application nothing for it.

use roxmltree::Node;

use super::{call as new_call, put_things};
use crate::answer::{required, text};
use crate::line::{Call, Who};
use crate::packages::NewPackage;
use crate::{Client, ConnectionName, Error, NewThing};

impl Client {
    /// A code for a package that is still to come. Whoever types it meanwhile is told to try later. Codes
    /// that are not filled within some weeks lapse.
    pub async fn allocate_package_code(&self) -> Result<String, Error> {
        self.ask(&Who::Application, &new_call("AllocatePackageId", 1, |_| {}), code).await
    }

    /// Takes packages back that nobody has picked up: the one with this code, or all with this external id.
    /// It succeeds whether there are any or not, for nobody tells the application what became of one.
    pub async fn delete_pending_packages(&self, name: &ConnectionName) -> Result<(), Error> {
        let call = new_call("DeletePendingConnectPackage", 1, |out| {
            match name {
                ConnectionName::Code(code) => out.element("identity-code", code),
                ConnectionName::ExternalId(id) => out.element("external-id", id),
            };
        });
        self.ask(&Who::Application, &call, |_| Ok(())).await
    }
}

/// Leaves the thing that is a package; the blobs of its sealed contents are at these addresses.
pub(crate) fn create(new: &NewPackage, package: &NewThing, streamed: &[String]) -> Call {
    new_call("CreateConnectPackage", 2, |out| {
        out.element_if("identity-code", new.code.as_ref())
            .element("friendly-name", &new.friendly_name)
            .element("question", &new.question)
            .element("external-id", &new.external_id);
        put_things::write(out, "package", package);
        if !streamed.is_empty() {
            out.open("streamed-package-blobs");
            for url in streamed {
                out.element("blob-in-package-ref-url", url);
            }
            out.close();
        }
    })
}

/// Reads the code of an answer.
pub(crate) fn code(info: Node<'_, '_>) -> Result<String, Error> {
    text(required(info, "identity-code")?)
}
