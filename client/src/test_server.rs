//! A server made of the wire's own parts, for the tests of the client: it verifies what it is sent.

use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use keepwell_wire::answer;
use keepwell_wire::cast::Certificate;
use keepwell_wire::envelope::{Credential, Envelope, RequestText};
use keepwell_wire::integrity::{HmacAlgorithm, decode_base64, encode_base64};
use keepwell_wire::limits::Limits;
use keepwell_wire::methods::create_authenticated_session_token::{self as cast, Request, Response};
use keepwell_wire::shapes::{AppRecordAuthAction, PersonInfo, Record, RecordState};
use keepwell_wire::status::Status;
use keepwell_wire::time::UtcMicros;
use uuid::Uuid;

use crate::test_blobs::TestBlobs;
use crate::transport::{Body, Transport, http};
use crate::{Client, Clock, Config, Error, Thumbprint};

/// An installation of a device application, with the secret of the golden vectors.
pub(crate) const DEVICE: Uuid = Uuid::from_u128(70);
pub(crate) const DEVICE_SECRET: &str = "IkraCfabdEhlI/nk1jERxHWBh+e1DdkFLMzcg3exbxE=";

/// A clock that stands.
pub(crate) fn clock() -> Clock {
    Clock::new(|| jiff::Timestamp::UNIX_EPOCH)
}

/// The client of the registered application over any transport.
pub(crate) fn client_over(transport: Arc<dyn Transport>) -> Client {
    Client::with(registration().0.clone(), transport, clock()).unwrap()
}

/// A person with records of these numbers, the last of which they chose.
pub(crate) fn person(id: u128, records: &[u128]) -> PersonInfo {
    PersonInfo {
        person_id: Uuid::from_u128(id),
        name: format!("Person {id}"),
        app_settings: None,
        selected_record_id: records.last().map(|id| Uuid::from_u128(*id)),
        more_records: false,
        records: records.iter().map(|id| record(*id)).collect(),
        groups: Vec::new(),
        preferred_culture: None,
        preferred_uiculture: None,
        location: None,
        effective_record_permissions: Vec::new(),
    }
}

fn record(id: u128) -> Record {
    Record {
        id: Uuid::from_u128(id),
        name: format!("Record {id}"),
        record_custodian: true,
        rel_type: 1,
        rel_name: None,
        auth_expires: UtcMicros::NEVER,
        auth_expired: false,
        display_name: None,
        state: RecordState::Active,
        date_created: UtcMicros(0),
        max_size_bytes: None,
        size_bytes: None,
        app_record_auth_action: AppRecordAuthAction::NoActionRequired,
        app_specific_record_id: None,
        location_country: None,
        location_state_province: None,
        date_updated: UtcMicros(0),
        latest_operation_sequence_number: None,
        record_app_auth_created_date: UtcMicros(0),
    }
}

/// An application and its certificate. Making an RSA key takes long, so there is one.
pub(crate) fn registration() -> &'static (Config, Certificate) {
    static ONE: LazyLock<(Config, Certificate)> = LazyLock::new(|| {
        let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256).unwrap();
        let params = rcgen::CertificateParams::new(vec!["app.example".to_owned()]).unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        let config = Config {
            platform_url: "https://platform.example/platform/wildcat.ashx".into(),
            app_id: Uuid::from_u128(7),
            key_pem: key.serialize_pem(),
            thumbprint: Thumbprint::of_certificate(pem.as_bytes()).unwrap(),
        };
        (config, Certificate::parse(pem.as_bytes()).unwrap())
    });
    &ONE
}

/// A server that makes sessions, and answers other calls from a list.
#[derive(Default)]
pub(crate) struct TestServer {
    /// What to answer, in order.
    answers: Mutex<Vec<String>>,
    /// What was asked: the method, the credential and the record.
    asked: Mutex<Vec<(String, Credential, Option<Uuid>)>>,
    /// At which address.
    urls: Mutex<Vec<String>>,
    sessions: Mutex<u64>,
    no_sessions: Mutex<Option<Status>>,
    /// The other channel, for the bytes of attachments.
    pub(crate) blobs: TestBlobs,
    /// How long the client wanted to pause. It did not have to.
    pauses: Arc<Mutex<Vec<Duration>>>,
}

impl TestServer {
    pub(crate) fn answering<const N: usize>(answers: [String; N]) -> Arc<Self> {
        Arc::new(TestServer { answers: Mutex::new(answers.into()), ..TestServer::default() })
    }

    pub(crate) fn client(self: &Arc<Self>) -> Client {
        self.client_at(Arc::clone(self) as _, &registration().0.platform_url)
    }

    /// A client that comes another way, or to another address.
    pub(crate) fn client_at(&self, transport: Arc<dyn Transport>, platform_url: &str) -> Client {
        let pauses = Arc::clone(&self.pauses);
        let clock = clock().pausing(move |pause| {
            pauses.lock().unwrap().push(pause);
            std::future::ready(())
        });
        let config = Config { platform_url: platform_url.to_owned(), ..registration().0.clone() };
        Client::with(config, transport, clock).unwrap()
    }

    /// The pauses that the client made, in seconds.
    pub(crate) fn pauses(&self) -> Vec<u64> {
        self.pauses.lock().unwrap().iter().map(Duration::as_secs).collect()
    }

    /// One more answer, behind the others.
    pub(crate) fn expect(&self, answer: String) {
        self.answers.lock().unwrap().push(answer);
    }

    /// Makes no more sessions, and says why.
    pub(crate) fn refuse_sessions(&self, status: Status) {
        *self.no_sessions.lock().unwrap() = Some(status);
    }

    /// Makes sessions again.
    pub(crate) fn accept_sessions(&self) {
        *self.no_sessions.lock().unwrap() = None;
    }

    pub(crate) fn urls(&self) -> Vec<String> {
        self.urls.lock().unwrap().clone()
    }

    pub(crate) fn asked(&self) -> Vec<(String, Credential, Option<Uuid>)> {
        self.asked.lock().unwrap().clone()
    }

    pub(crate) fn methods(&self) -> Vec<String> {
        self.asked().into_iter().map(|(method, ..)| method).collect()
    }

    pub(crate) fn answer(&self, body: &str) -> String {
        let text = RequestText::check(body.as_bytes(), &Limits::default()).unwrap();
        let document = text.parse().unwrap();
        let envelope = Envelope::read(&document).unwrap();
        let header = &envelope.header;
        let asked = (header.method.clone(), header.credential.clone(), header.record_id);
        self.asked.lock().unwrap().push(asked);
        if header.method == "CreateAuthenticatedSessionToken" {
            return self.create_session(&envelope);
        }
        if let Credential::Session { auth_token, .. } = &header.credential {
            let verdict = envelope.verify(HmacAlgorithm::HmacSha256, auth_token.as_bytes());
            if let Err(error) = verdict {
                return answer::error(error.status(), &error.to_string(), None);
            }
        }
        self.answers.lock().unwrap().remove(0)
    }

    /// How many sessions were made.
    pub(crate) fn sessions(&self) -> u64 {
        *self.sessions.lock().unwrap()
    }

    /// The key of a session is its token, so that nothing need be remembered.
    fn create_session(&self, envelope: &Envelope<'_, '_>) -> String {
        if let Some(status) = *self.no_sessions.lock().unwrap() {
            return answer::error(status, "", None);
        }
        let Credential::App(app_id) = envelope.header.credential else { panic!("a session for a session") };
        let request = Request::parse(2, envelope.info(), app_id).unwrap();
        let (signature, content) = (&request.signature, request.raw_content);
        let known = match app_id == DEVICE {
            true => signature.verify_hmac(&decode_base64(DEVICE_SECRET).unwrap(), content),
            false => signature.verify_rsa(&registration().1.public_key, content),
        };
        if !known {
            return answer::error(Status::BAD_SIG, "", None);
        }
        let mut sessions = self.sessions.lock().unwrap();
        *sessions += 1;
        let token = format!("session-{sessions}");
        let shared_secret = Some(encode_base64(token.as_bytes()));
        cast::answer(&Response { app_id, token, shared_secret })
    }
}

#[async_trait]
impl Transport for TestServer {
    async fn post(&self, url: &str, body: String) -> Result<String, Error> {
        self.urls.lock().unwrap().push(url.to_owned());
        Ok(self.answer(&body))
    }

    async fn exchange(&self, request: http::Request<Body>) -> Result<http::Response<Body>, Error> {
        self.blobs.exchange(request).await
    }
}
