//! The client of a web application: sessions, and one way to make every call.

use std::sync::Arc;

use keepwell_wire::envelope::{Credential as HeaderCredential, Header, MessageTime, compose};
use keepwell_wire::status::Status;
use roxmltree::Node;
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::caller::{Caller, Who};
use crate::credential::{Credential, SESSION_HMAC};
use crate::session::Session;
use crate::transport::{Http, Transport};
use crate::{Clock, Config, Error, answer};

/// How long a message is good for, in seconds, as the original clients have it.
const MESSAGE_TTL: u32 = 1800;

/// A web application that calls the server. It may be used from many tasks at once; they share a session.
pub struct WebClient {
    platform_url: String,
    credential: Credential,
    transport: Arc<dyn Transport>,
    clock: Clock,
    // Held while a session is made, so that calls which need one at the same time make one.
    session: Mutex<Option<Arc<Session>>>,
}

/// A method, its version, its info element and the record it is about.
pub(crate) struct Call {
    pub(crate) method: &'static str,
    pub(crate) version: u32,
    pub(crate) info: String,
    pub(crate) record_id: Option<Uuid>,
}

impl WebClient {
    /// A client that calls over HTTP and takes the machine's time. It makes no call yet.
    pub fn new(config: Config) -> Result<Self, Error> {
        WebClient::with(config, Arc::new(Http::new()?), Clock::machine())
    }

    /// A client with a transport and a clock of the program's own.
    pub fn with(config: Config, transport: Arc<dyn Transport>, clock: Clock) -> Result<Self, Error> {
        let credential = Credential::new(&config)?;
        let platform_url = config.platform_url;
        Ok(WebClient { platform_url, credential, transport, clock, session: Mutex::new(None) })
    }

    /// The application's id.
    pub fn app_id(&self) -> Uuid {
        self.credential.app_id
    }

    /// Calls in the name of a person who is present, with the token that the Shell sent back.
    pub fn online(&self, wctoken: &str) -> Caller<'_> {
        Caller::new(self, Who::Online(wctoken.to_owned()))
    }

    /// Calls in the name of a person who allowed the application to work without them.
    pub fn offline(&self, person_id: Uuid) -> Caller<'_> {
        Caller::new(self, Who::Offline(person_id))
    }

    /// Makes a new session, which later calls use. There is no need to: a call makes one if it must.
    pub async fn create_session(&self) -> Result<(), Error> {
        let mut current = self.session.lock().await;
        *current = Some(Arc::new(self.cast().await?));
        Ok(())
    }

    /// A call without a session.
    pub(crate) async fn anonymous<T>(
        &self,
        call: &Call,
        read: impl FnOnce(Node<'_, '_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let header = self.header(call, HeaderCredential::App(self.credential.app_id));
        let body = self.transport.post(&self.platform_url, compose(&header, &call.info, None)).await?;
        answer::read(&body, read)
    }

    /// A call within the session. If the session has ended, the call is made again in a new one, once: a
    /// fresh session that is refused will be refused for ever.
    pub(crate) async fn call<T>(
        &self,
        who: &Who,
        call: &Call,
        read: impl Fn(Node<'_, '_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let session = self.session(None).await?;
        match self.call_within(&session, who, call, &read).await {
            Err(Error::Status { code: Status::AUTHENTICATED_SESSION_TOKEN_EXPIRED, .. }) => {
                let session = self.session(Some(&session)).await?;
                self.call_within(&session, who, call, &read).await
            }
            answer => answer,
        }
    }

    async fn call_within<T>(
        &self,
        session: &Session,
        who: &Who,
        call: &Call,
        read: impl Fn(Node<'_, '_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let (user_auth_token, offline_person_id) = match who {
            Who::Application => (None, None),
            Who::Online(token) => (Some(token.clone()), None),
            Who::Offline(id) => (None, Some(*id)),
        };
        let auth_token = session.token.clone();
        let credential = HeaderCredential::Session { auth_token, user_auth_token, offline_person_id };
        let header = self.header(call, credential);
        let body = compose(&header, &call.info, Some((SESSION_HMAC, &session.key)));
        answer::read(&self.transport.post(&self.platform_url, body).await?, read)
    }

    /// The current session, unless it is the dead one; then a new one.
    async fn session(&self, dead: Option<&Arc<Session>>) -> Result<Arc<Session>, Error> {
        let mut current = self.session.lock().await;
        match &*current {
            Some(session) if dead.is_none_or(|dead| !Arc::ptr_eq(dead, session)) => Ok(Arc::clone(session)),
            _ => {
                let session = Arc::new(self.cast().await?);
                *current = Some(Arc::clone(&session));
                Ok(session)
            }
        }
    }

    async fn cast(&self) -> Result<Session, Error> {
        let info = self.credential.session_info(self.clock.micros())?;
        let call = Call { method: "CreateAuthenticatedSessionToken", version: 2, info, record_id: None };
        self.anonymous(&call, Session::read).await
    }

    fn header(&self, call: &Call, credential: HeaderCredential) -> Header {
        Header {
            method: call.method.to_owned(),
            method_version: call.version,
            target_person_id: None,
            record_id: call.record_id,
            credential,
            language: None,
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

impl std::fmt::Debug for WebClient {
    /// Neither the key nor the session belongs into a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WebClient")
            .field("platform_url", &self.platform_url)
            .field("app_id", &self.credential.app_id)
            .finish_non_exhaustive()
    }
}
