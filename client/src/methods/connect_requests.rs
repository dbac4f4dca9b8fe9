//! CreateConnectRequest, GetAuthorizedConnectRequests, DeletePendingConnectRequest and UpdateExternalId 1
//! (methods.md 8): a person who has no website to come from authorizes the application with a code.

use jiff::Timestamp;
use keepwell_wire::xml;
use roxmltree::Node;
use uuid::Uuid;

use super::call as new_call;
use crate::answer::{children, required, text};
use crate::line::{Call, Who};
use crate::{Client, Error};

/// What is asked of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewConnectRequest {
    /// Whose record it is, as the application knows it.
    pub friendly_name: String,
    /// What only the person can answer.
    pub question: String,
    /// The answer; upper and lower case are the same, white space is not.
    pub answer: String,
    /// The application's own id of the person. It has one request at a time.
    pub external_id: String,
}

/// A person who authorized the application with a code.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AuthorizedConnectRequest {
    /// The person, for offline calls.
    pub person_id: Uuid,
    /// The record that they chose.
    pub record_id: Uuid,
    /// The application: this one, or one that it made.
    pub app_id: Uuid,
    /// The application's own id of the person.
    pub external_id: String,
}

/// How a request or a package is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConnectionName {
    /// By its code.
    Code(String),
    /// By the external id that it has.
    ExternalId(String),
}

impl Client {
    /// Asks a person to authorize the application; answers the code for them, which is told this once. It
    /// fails with `DUPLICATE_CONNECT_REQUEST_FOUND` while there is one with this external id.
    pub async fn create_connect_request(&self, new: &NewConnectRequest) -> Result<String, Error> {
        self.ask(&Who::Application, &create(new), |info| text(required(info, "identity-code")?)).await
    }

    /// Who authorized the application with a code, at this time or later. The same come again until they
    /// have not been used for some months: tell them apart by their external ids.
    pub async fn authorized_connect_requests(
        &self,
        since: Option<Timestamp>,
    ) -> Result<Vec<AuthorizedConnectRequest>, Error> {
        let call = new_call("GetAuthorizedConnectRequests", 1, |out| {
            out.element_if("authorized-connect-requests-since", since.map(|at| format!("{at:.3}")));
        });
        self.ask(&Who::Application, &call, authorized).await
    }

    /// Takes a request back that nobody has used; the code means nothing then. It fails with
    /// `CONNECT_REQUEST_ALREADY_AUTHORIZED` if somebody has.
    pub async fn delete_pending_connect_request(&self, external_id: &str) -> Result<(), Error> {
        let call = new_call("DeletePendingConnectRequest", 1, |out| {
            out.element("external-id", external_id);
        });
        self.ask(&Who::Application, &call, |_| Ok(())).await
    }

    /// Gives a request, or packages, another external id.
    pub async fn update_external_id(&self, name: &ConnectionName, new: &str) -> Result<(), Error> {
        let call = new_call("UpdateExternalId", 1, |out| {
            match name {
                ConnectionName::Code(code) => out.element("identity-code", code),
                ConnectionName::ExternalId(old) => out.element("old-external-id", old),
            };
            out.element("new-external-id", new);
        });
        self.ask(&Who::Application, &call, |_| Ok(())).await
    }
}

fn create(new: &NewConnectRequest) -> Call {
    new_call("CreateConnectRequest", 1, |out| {
        out.element("friendly-name", &new.friendly_name)
            .element("question", &new.question)
            .element("answer", &new.answer)
            .element("external-id", &new.external_id);
    })
}

fn authorized(info: Node<'_, '_>) -> Result<Vec<AuthorizedConnectRequest>, Error> {
    let id = |node, name| Ok::<_, Error>(xml::guid(required(node, name)?)?);
    children(info, "connect-request")
        .map(|node| {
            Ok(AuthorizedConnectRequest {
                person_id: id(node, "person-id")?,
                record_id: id(node, "record-id")?,
                app_id: id(node, "app-id")?,
                external_id: text(required(node, "external-id")?)?,
            })
        })
        .collect()
}
