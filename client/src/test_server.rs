//! A server made of the wire's own parts, for the tests of the client: it verifies what it is sent.

use std::sync::{Arc, LazyLock, Mutex};

use async_trait::async_trait;
use keepwell_wire::answer;
use keepwell_wire::cast::Certificate;
use keepwell_wire::envelope::{Credential, Envelope, RequestText};
use keepwell_wire::integrity::{HmacAlgorithm, encode_base64};
use keepwell_wire::limits::Limits;
use keepwell_wire::methods::create_authenticated_session_token::{self as cast, Request, Response};
use keepwell_wire::status::Status;
use uuid::Uuid;

use crate::transport::Transport;
use crate::{Clock, Config, Error, Thumbprint, WebClient};

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
    sessions: Mutex<u64>,
}

impl TestServer {
    pub(crate) fn answering<const N: usize>(answers: [String; N]) -> Arc<Self> {
        Arc::new(TestServer { answers: Mutex::new(answers.into()), ..TestServer::default() })
    }

    pub(crate) fn client(self: &Arc<Self>) -> WebClient {
        let clock = Clock::new(|| jiff::Timestamp::UNIX_EPOCH);
        let transport: Arc<dyn Transport> = Arc::clone(self) as _;
        WebClient::with(registration().0.clone(), transport, clock).unwrap()
    }

    pub(crate) fn asked(&self) -> Vec<(String, Credential, Option<Uuid>)> {
        self.asked.lock().unwrap().clone()
    }

    pub(crate) fn methods(&self) -> Vec<String> {
        self.asked().into_iter().map(|(method, ..)| method).collect()
    }

    fn answer(&self, body: &str) -> String {
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

    /// The key of a session is its token, so that nothing need be remembered.
    fn create_session(&self, envelope: &Envelope<'_, '_>) -> String {
        let (config, certificate) = registration();
        let request = Request::parse(2, envelope.info(), config.app_id).unwrap();
        if !request.signature.verify_rsa(&certificate.public_key, request.raw_content) {
            return answer::error(Status::BAD_SIG, "", None);
        }
        let mut sessions = self.sessions.lock().unwrap();
        *sessions += 1;
        let token = format!("session-{sessions}");
        let shared_secret = Some(encode_base64(token.as_bytes()));
        cast::answer(&Response { app_id: config.app_id, token, shared_secret })
    }
}

#[async_trait]
impl Transport for TestServer {
    async fn post(&self, url: &str, body: String) -> Result<String, Error> {
        assert_eq!(url, registration().0.platform_url);
        Ok(self.answer(&body))
    }
}
