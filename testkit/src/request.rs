//! Requests as a client writes them, and what came back.

use aws_lc_rs::rand;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use keepwell_core::ids::{PersonPseudonym, RecordPseudonym};
use keepwell_wire::envelope::{Credential, Header, MessageTime, compose};
use keepwell_wire::integrity::HmacAlgorithm;
use keepwell_wire::roxmltree::Document;
use keepwell_wire::time::UtcMicros;
use uuid::Uuid;

use crate::app::ActingApp;

/// A session as a client holds it.
#[derive(Clone)]
pub struct Session {
    /// The session token.
    pub token: String,
    /// What requests are signed with.
    pub secret: Vec<u8>,
    /// How.
    pub algorithm: HmacAlgorithm,
}

/// An answer, taken apart.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The whole text.
    pub text: String,
    /// The status code.
    pub code: u16,
}

impl Reply {
    /// Takes an answer apart.
    #[must_use]
    pub fn of(text: String) -> Self {
        let document = Document::parse(&text).expect("an answer is XML");
        let code = document.descendants().find(|n| n.has_tag_name("code")).and_then(|n| n.text());
        let code = code.and_then(|c| c.parse().ok()).expect("an answer has a code");
        Self { code, text }
    }

    /// The text of the first element of this name.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<String> {
        let document = Document::parse(&self.text).ok()?;
        let node = document.descendants().find(|n| n.has_tag_name(name))?;
        node.text().map(str::to_owned)
    }

    /// How many elements of this name there are.
    #[must_use]
    pub fn count(&self, name: &str) -> usize {
        let document = Document::parse(&self.text).expect("an answer is XML");
        document.descendants().filter(|n| n.has_tag_name(name)).count()
    }

    /// An attribute of the first element of this name.
    #[must_use]
    pub fn attribute(&self, name: &str, attribute: &str) -> Option<String> {
        let document = Document::parse(&self.text).ok()?;
        let node = document.descendants().find(|n| n.has_tag_name(name))?;
        node.attribute(attribute).map(str::to_owned)
    }
}

pub(crate) fn header(method: &str, version: u32, credential: Credential, now: i64) -> Header {
    Header {
        method: method.to_owned(),
        method_version: version,
        target_person_id: None,
        record_id: None,
        credential,
        language: None,
        country: None,
        culture_code: None,
        final_xsl: None,
        msg_time: MessageTime::At(UtcMicros(now)),
        msg_ttl: 1800,
        version: "testkit".to_owned(),
        info_hash: None,
    }
}

impl ActingApp {
    /// An anonymous request of this application.
    #[must_use]
    pub fn anonymous(&self, method: &str, version: u32, info: &str, now: i64) -> String {
        compose(&header(method, version, Credential::App(self.app.id.0), now), info, None)
    }

    /// A request for a session, signed (CreateAuthenticatedSessionToken 2).
    #[must_use]
    pub fn session_request(&self, now: i64) -> String {
        let id = self.app.id;
        let time = UtcMicros(now);
        let content = format!(
            "<content><app-id>{id}</app-id><hmac>HMACSHA256</hmac><signing-time>{time}</signing-time></content>"
        );
        let signature = BASE64_STANDARD.encode(self.key.sign(content.as_bytes()));
        let thumbprint = self.key.certificate().thumbprint;
        let info = format!(
            "<info><auth-info><app-id>{id}</app-id><credential><appserver2>\
             <sig digestMethod=\"SHA256\" sigMethod=\"RSA-SHA256\" thumbprint=\"{thumbprint}\">{signature}</sig>\
             {content}</appserver2></credential></auth-info></info>"
        );
        self.anonymous("CreateAuthenticatedSessionToken", 2, &info, now)
    }

    /// The session in the answer to [`ActingApp::session_request`].
    #[must_use]
    pub fn session(&self, reply: &Reply) -> Session {
        let secret = reply.value("shared-secret").expect("a secret");
        Session {
            token: reply.value("token").expect("a token"),
            secret: BASE64_STANDARD.decode(secret).expect("Base64"),
            algorithm: HmacAlgorithm::HmacSha256,
        }
    }
}

/// A request in the making.
pub struct Ask<'s> {
    session: &'s Session,
    header: Header,
    info: String,
}

impl Session {
    /// A session that no server knows.
    #[must_use]
    pub fn made_up() -> Self {
        let mut secret = vec![0; 64];
        rand::fill(&mut secret).expect("randomness");
        Self { token: "ASAAAmade-up".to_owned(), secret, algorithm: HmacAlgorithm::HmacSha256 }
    }

    /// A request of the application alone.
    #[must_use]
    pub fn ask(&self, method: &str, version: u32, info: impl Into<String>, now: i64) -> Ask<'_> {
        let credential = Credential::Session {
            auth_token: self.token.clone(),
            user_auth_token: None,
            offline_person_id: None,
        };
        Ask { session: self, header: header(method, version, credential, now), info: info.into() }
    }
}

impl Ask<'_> {
    /// With the person's token.
    #[must_use]
    pub fn online(mut self, token: &str) -> Self {
        if let Credential::Session { user_auth_token, .. } = &mut self.header.credential {
            *user_auth_token = Some(token.to_owned());
        }
        self
    }

    /// For the person who is away.
    #[must_use]
    pub fn offline(mut self, person: PersonPseudonym) -> Self {
        if let Credential::Session { offline_person_id, .. } = &mut self.header.credential {
            *offline_person_id = Some(person.0);
        }
        self
    }

    /// For a reader of this language and country.
    #[must_use]
    pub fn culture(mut self, language: &str, country: &str) -> Self {
        self.header.language = Some(language.to_owned());
        self.header.country = Some(country.to_owned());
        self
    }

    /// About a record.
    #[must_use]
    pub fn record(mut self, record: RecordPseudonym) -> Self {
        self.header.record_id = Some(record.0);
        self
    }

    /// About a record with this id, known or not.
    #[must_use]
    pub fn record_id(mut self, record: Uuid) -> Self {
        self.header.record_id = Some(record);
        self
    }

    /// The whole request.
    #[must_use]
    pub fn text(self) -> String {
        compose(&self.header, &self.info, Some((self.session.algorithm, &self.session.secret)))
    }
}

/// An info element around this.
#[must_use]
pub fn info_only(inside: &str) -> String {
    format!("<info>{inside}</info>")
}
