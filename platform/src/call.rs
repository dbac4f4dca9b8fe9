//! A call that has been authenticated and authorized as far as its method's line in the table says.

use std::net::IpAddr;
use std::sync::Arc;

use keepwell_core::Domain;
use keepwell_core::applications::Application;
use keepwell_core::authorizations::Caller;
use keepwell_core::ids::RecordId;
use keepwell_wire::envelope::Header;
use keepwell_wire::roxmltree::Node;
use keepwell_wire::status::Status;

use crate::certificates::Certificates;
use crate::refusal::Refusal;
use crate::settings::Settings;

/// What a method gets.
pub(crate) struct Call<'c> {
    pub(crate) domain: &'c Domain,
    pub(crate) settings: &'c Settings,
    pub(crate) header: &'c Header,
    pub(crate) info: Node<'c, 'c>,
    pub(crate) certificates: &'c Certificates,
    /// From where the call comes, if the server knows it.
    pub(crate) address: Option<IpAddr>,
    /// The revision of the application that asks for a session.
    pub(crate) revision: i64,
    /// The application that calls; for an anonymous call, the one that the header names, if known.
    pub(crate) app: Option<Arc<Application>>,
    /// The application and its person; there for methods that need a person.
    pub(crate) caller: Option<Caller>,
    /// The record; there for methods that need one, and for others when the header named a good one.
    pub(crate) record: Option<RecordId>,
}

impl Call<'_> {
    pub(crate) fn version(&self) -> u32 {
        self.header.method_version
    }

    /// The reader's culture, such as `de-CH`; empty when the header says none.
    pub(crate) fn culture(&self) -> String {
        let header = self.header;
        let said = header.culture_code.clone().or_else(|| {
            let language = header.language.clone()?;
            // Some clients put the whole culture into the language.
            match &header.country {
                Some(country) if !language.contains('-') => Some(format!("{language}-{country}")),
                _ => Some(language),
            }
        });
        said.unwrap_or_default()
    }

    pub(crate) fn app(&self) -> Result<&Arc<Application>, Refusal> {
        self.app.as_ref().ok_or_else(|| Refusal::new(Status::INVALID_APP, "no application calls"))
    }

    pub(crate) fn caller(&self) -> Result<&Caller, Refusal> {
        self.caller.as_ref().ok_or_else(|| Refusal::new(Status::INVALID_PERSON, "this method needs a person"))
    }

    pub(crate) fn record(&self) -> Result<RecordId, Refusal> {
        self.record.ok_or_else(|| Refusal::new(Status::INVALID_RECORD, "this method needs a record-id"))
    }
}
