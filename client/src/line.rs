//! The way to the server: where it is, how a request gets there, and the header that goes with it
//! (wire.md 2.2).

use std::sync::Arc;

use keepwell_wire::envelope::{Credential, Header, MessageTime, compose};
use uuid::Uuid;

use crate::credential::SESSION_HMAC;
use crate::session::Session;
use crate::transport::Transport;
use crate::{Clock, Error, answer};

/// How long a message is good for, in seconds, as the original clients have it.
const MESSAGE_TTL: u32 = 1800;

/// A method, its version, its info element and the record it is about.
pub(crate) struct Call {
    pub(crate) method: String,
    pub(crate) version: u32,
    pub(crate) info: String,
    pub(crate) record_id: Option<Uuid>,
}

/// In whose name a call is made within a session (wire.md 4).
#[derive(Clone)]
pub(crate) enum Who {
    /// The application's own.
    Application,
    /// A person's who is present.
    Online(String),
    /// A person's who is not.
    Offline(Uuid),
}

/// A server that can be asked.
pub(crate) struct Line {
    pub(crate) platform_url: String,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) clock: Clock,
    pub(crate) language: Option<String>,
}

impl Line {
    pub(crate) fn new(platform_url: String, transport: Arc<dyn Transport>, clock: Clock) -> Self {
        Line { platform_url, transport, clock, language: None }
    }

    /// Asks without a session.
    pub(crate) async fn anonymous<T>(
        &self,
        app_id: Uuid,
        call: &Call,
        read: impl FnOnce(roxmltree::Node<'_, '_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let header = self.header(call, Credential::App(app_id));
        let body = self.transport.post(&self.platform_url, compose(&header, &call.info, None)).await?;
        answer::read(&call.method, &body, read)
    }

    /// Asks within a session, and hands back the whole answer.
    pub(crate) async fn signed(&self, session: &Session, who: &Who, call: &Call) -> Result<String, Error> {
        let (user_auth_token, offline_person_id) = match who {
            Who::Application => (None, None),
            Who::Online(token) => (Some(token.clone()), None),
            Who::Offline(id) => (None, Some(*id)),
        };
        let auth_token = session.token.clone();
        let header =
            self.header(call, Credential::Session { auth_token, user_auth_token, offline_person_id });
        let body = compose(&header, &call.info, Some((SESSION_HMAC, &session.key)));
        self.transport.post(&self.platform_url, body).await
    }

    fn header(&self, call: &Call, credential: Credential) -> Header {
        Header {
            method: call.method.clone(),
            method_version: call.version,
            target_person_id: None,
            record_id: call.record_id,
            credential,
            language: self.language.clone(),
            country: None,
            culture_code: None,
            final_xsl: None,
            msg_time: MessageTime::At(self.clock.micros()),
            msg_ttl: MESSAGE_TTL,
            version: concat!("keepwell-client/", env!("CARGO_PKG_VERSION")).to_owned(),
            info_hash: None,
        }
    }
}

/// Whether nobody on the way can read what goes to this address.
pub(crate) fn is_https(url: &str) -> bool {
    url.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("https://"))
}
