//! The client: one for every kind of application, and one way to make every call.

use std::sync::Arc;

use roxmltree::Node;
use uuid::Uuid;

use crate::answer::{self, Answer};
use crate::caller::Caller;
use crate::credential::{CertificateKey, Credential, SharedSecret};
use crate::line::{Call, Line, Who};
use crate::secret::Secret;
use crate::session::Session;
use crate::sessions::Sessions;
use crate::transport::{Http, Transport};
use crate::{Clock, Config, Error, methods};

/// An application that calls the server: a website, or an installation on a device. It makes a session
/// when it needs one and replaces it when it has ended. It may be used from many tasks at once; they
/// share the session.
pub struct Client {
    line: Line,
    credential: Credential,
    sessions: Sessions,
}

/// The client of a website. Only its making differs.
pub type WebClient = Client;

impl Client {
    /// The client of a website, which calls over HTTP and takes the machine's time. It makes no call yet.
    pub fn new(config: Config) -> Result<Self, Error> {
        Client::with(config, Arc::new(Http::new()?), Clock::machine())
    }

    /// The client of a website with a transport and a clock of the program's own.
    pub fn with(config: Config, transport: Arc<dyn Transport>, clock: Clock) -> Result<Self, Error> {
        let credential = Credential::certificate(config.app_id, CertificateKey::new(&config)?);
        let line = Line::new(config.platform_url.clone(), transport, clock);
        Ok(Client { line, credential, sessions: Sessions::default() })
    }

    /// The client of an installation; [`DeviceClient`](crate::DeviceClient) wraps it.
    pub(crate) fn of_device(app_id: Uuid, secret: &Secret, line: Line) -> Result<Self, Error> {
        let secret = SharedSecret::from_base64(secret.expose())?;
        Ok(Client { line, credential: Credential::secret(app_id, secret), sessions: Sessions::default() })
    }

    /// The same client, which asks for names and texts in this language (ISO 639-1).
    #[must_use]
    pub fn in_language(mut self, language: &str) -> Self {
        self.line.language = Some(language.to_owned());
        self
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
        self.sessions.renew(self.make_session()).await
    }

    /// Calls any method in the application's own name. The XML is what stands inside the info element;
    /// it goes out as it is, so it must be well-formed. For a person's call see [`Caller::call`].
    pub async fn call(&self, method: &str, version: u32, info_xml: &str) -> Result<Answer, Error> {
        self.raw(&Who::Application, &methods::raw_call(method, version, info_xml)).await
    }

    /// The way to the server.
    pub(crate) fn line(&self) -> &Line {
        &self.line
    }

    /// A call without a session.
    pub(crate) async fn anonymous<T>(
        &self,
        call: &Call,
        read: impl FnOnce(Node<'_, '_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.line.anonymous(self.credential.app_id, call, read).await
    }

    /// A call within the session, whose answer the closure reads.
    pub(crate) async fn ask<T>(
        &self,
        who: &Who,
        call: &Call,
        read: impl Fn(Node<'_, '_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.in_session(who, call, |body| answer::read(&call.method, &body, &read)).await
    }

    /// A call within the session, whose answer is handed on as it is.
    pub(crate) async fn raw(&self, who: &Who, call: &Call) -> Result<Answer, Error> {
        self.in_session(who, call, |body| Answer::read_whole(&call.method, body)).await
    }

    /// If the session has ended, the call is made again in a new one, once: a fresh session that is
    /// refused will be refused for ever.
    async fn in_session<T>(
        &self,
        who: &Who,
        call: &Call,
        read: impl Fn(String) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let session = self.sessions.get(None, || self.make_session()).await?;
        match read(self.line.signed(&session, who, call).await?) {
            Err(error) if error.is_session_ended() => {
                let session = self.sessions.get(Some(&session), || self.make_session()).await?;
                read(self.line.signed(&session, who, call).await?)
            }
            answer => answer,
        }
    }

    async fn make_session(&self) -> Result<Session, Error> {
        let info = self.credential.session_info(self.line.clock.micros())?;
        let method = "CreateAuthenticatedSessionToken".to_owned();
        let call = Call { method, version: 2, info, record_id: None };
        self.anonymous(&call, Session::read).await
    }
}

impl std::fmt::Debug for Client {
    /// Neither the key nor the session belongs into a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client")
            .field("platform_url", &self.line.platform_url)
            .field("app_id", &self.credential.app_id)
            .finish_non_exhaustive()
    }
}
