//! A master application with a session, and Ada, who keeps three records with it.

use std::sync::Arc;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use keepwell_core::applications::Application;
use keepwell_core::authorizations::{person_pseudonym, record_pseudonym};
use keepwell_core::ids::{PersonId, PersonPseudonym, RecordId, RecordPseudonym};
use keepwell_core::sessions::user_token;
use keepwell_platform::{Platform, Settings};
use keepwell_testkit::{ActingApp, Reply, START, Session, World, info_only};
use keepwell_wire::envelope::{Credential, Header, MessageTime, compose};
use keepwell_wire::integrity::HmacAlgorithm;
use keepwell_wire::time::UtcMicros;

use crate::{family, house};

/// The type of a weight.
pub const WEIGHT: &str = "3d34d87e-7fc1-4153-800f-f56592cb0d17";
/// The type of a height.
pub const HEIGHT: &str = "40750a6a-89b2-455c-bd8d-b420a4cb500b";
/// The type of a membership in a group.
pub const GROUP_MEMBERSHIP: &str = "66ac44c7-1d60-4e95-bb5b-d21490e91057";

/// For whom a request is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum As {
    /// Without a session; the header names the application.
    Anonymous,
    /// The same, for an application that is for devices.
    Mobile,
    /// In a session of the application alone.
    Application,
    /// For Ada, who is there, and about this of her records.
    Online(usize),
    /// For Ada, who is away, and about this of her records.
    Offline(usize),
}

/// The world, with all that an answer can tell of.
pub struct Stage {
    /// The world.
    pub world: World,
    /// What answers.
    pub platform: Platform,
    /// The master.
    pub app: ActingApp,
    /// An application for devices.
    pub mobile: Arc<Application>,
    /// Its session.
    pub session: Session,
    /// Who keeps the records.
    pub ada: PersonId,
    /// Her own, her child's and her mother's.
    pub records: Vec<RecordId>,
    /// Her token for the application.
    pub wctoken: String,
    /// The id of a child application, of which everything is said that can be said.
    pub child: String,
}

impl Stage {
    /// Builds all of it.
    pub async fn of(world: World) -> Self {
        let app = world.app(house::MASTER).await;
        let mobile = world.mobile_app().await;
        let (ada, first) = world.person("Ada").await;
        let mut records = vec![first];
        records.extend(family::records(&world, ada).await);
        for record in &records {
            world.allow(&app.app, ada, *record).await;
        }
        let platform = Platform::new(world.domain.clone(), Settings::at("http://localhost:8470", START));
        let request = app.session_request(world.domain.env.now());
        let reply = Reply::of(platform.answer(None, None, request.as_bytes()).await);
        let session = app.session(&reply);
        let wctoken = user_token::give(&world.domain, app.app.id, ada, false, None).await.expect("a token");
        let child = String::new();
        let mut stage = Self { world, platform, app, mobile, session, ada, records, wctoken, child };
        let made = stage.good("AddApplication", 2, &house::child("Northside"), As::Application).await;
        stage.child = made.value("id").expect("the child's id");
        stage.fill().await;
        stage
    }

    /// Settings, ids of the application's own, and things of three types, one of them changed once.
    async fn fill(&self) {
        let settings = info_only("<app-settings xmlns:s=\"urn:s\"><s:theme>dark</s:theme></app-settings>");
        self.good("SetApplicationSettings", 1, &settings, As::Online(0)).await;
        for id in ["Patient 17", "patient 17"] {
            let info = info_only(&format!("<alternate-id>{id}</alternate-id>"));
            self.good("AssociateAlternateId", 1, &info, As::Online(0)).await;
        }
        for info in [house::weights(), house::heights(), house::memberships(&self.app.app.id.to_string())] {
            self.good("PutThings", 2, &info, As::Online(0)).await;
        }
        for version in [1, 2] {
            self.good("PutThings", version, &house::signed_weight(version), As::Online(0)).await;
        }
        self.world.clock.advance(keepwell_core::env::HOUR);
        let (id, stamp) = self.put_weight().await;
        let update = house::updated_weight(&id, &stamp);
        self.good("PutThings", 2, &update, As::Offline(0)).await;
    }

    /// A new weight's id and version.
    pub async fn put_weight(&self) -> (String, String) {
        let put = self.good("PutThings", 2, &house::weight(70.5, 9), As::Online(0)).await;
        let stamp = put.attribute("thing-id", "version-stamp").expect("a stamp");
        (put.value("thing-id").expect("an id"), stamp)
    }

    /// Ada has used a code of the application.
    pub async fn connected(&self) {
        let id = self.world.domain.env.uuid().to_string();
        let made = self.good("CreateConnectRequest", 1, &house::connect_request(&id), As::Application).await;
        let code = made.value("identity-code").expect("a code");
        self.world.pick_up(&self.app.app, self.ada, self.records[0], &code, "parakeet").await;
    }

    /// What the clock shows.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.world.domain.env.now()
    }

    /// Ada, as the application knows her.
    #[must_use]
    pub fn person(&self) -> PersonPseudonym {
        person_pseudonym(&self.world.domain, self.app.app.id, self.ada)
    }

    /// One of her records, as the application knows it.
    #[must_use]
    pub fn record(&self, which: usize) -> RecordPseudonym {
        record_pseudonym(&self.world.domain, self.app.app.id, self.ada, self.records[which])
    }

    /// The header of a request.
    #[must_use]
    pub fn header(&self, method: &str, version: u32, how: As) -> Header {
        let session = |user_auth_token, offline_person_id| Credential::Session {
            auth_token: self.session.token.clone(),
            user_auth_token,
            offline_person_id,
        };
        let (credential, record) = match how {
            As::Anonymous => (Credential::App(self.app.app.id.0), None),
            As::Mobile => (Credential::App(self.mobile.id.0), None),
            As::Application => (session(None, None), None),
            As::Online(which) => (session(Some(self.wctoken.clone()), None), Some(which)),
            As::Offline(which) => (session(None, Some(self.person().0)), Some(which)),
        };
        Header {
            method: method.to_owned(),
            method_version: version,
            target_person_id: None,
            record_id: record.map(|which| self.record(which).0),
            credential,
            language: Some("en".to_owned()),
            country: Some("US".to_owned()),
            culture_code: None,
            final_xsl: None,
            msg_time: MessageTime::At(UtcMicros(self.now())),
            msg_ttl: 1800,
            version: "conformance".to_owned(),
            info_hash: None,
        }
    }

    /// A whole request, signed where there is a session.
    #[must_use]
    pub fn request(&self, method: &str, version: u32, info: &str, how: As) -> String {
        let key = (!matches!(how, As::Anonymous | As::Mobile))
            .then_some((self.session.algorithm, &self.session.secret[..]));
        compose(&self.header(method, version, how), info, key)
    }

    /// Sends what is given and reads the answer.
    pub async fn send(&self, request: &[u8]) -> Reply {
        Reply::of(self.platform.answer(None, None, request).await)
    }

    /// Calls a method.
    pub async fn call(&self, method: &str, version: u32, info: &str, how: As) -> Reply {
        self.send(self.request(method, version, info, how).as_bytes()).await
    }

    /// The same, which must succeed.
    pub async fn good(&self, method: &str, version: u32, info: &str, how: As) -> Reply {
        let reply = self.call(method, version, info, how).await;
        assert_eq!(reply.code, 0, "{method} {version}: {}", reply.text);
        reply
    }

    /// The info that asks for a session, in either version, with either HMAC.
    #[must_use]
    pub fn cast(&self, version: u32, hmac: HmacAlgorithm) -> String {
        let id = self.app.app.id;
        let name = hmac.name();
        let (element, inside) = match version {
            1 => {
                let key = BASE64_STANDARD.encode([7; 20]);
                let secret = format!("<hmac-alg algName=\"{name}\">{key}</hmac-alg>");
                ("appserver", format!("<shared-secret>{secret}</shared-secret>"))
            }
            _ => {
                let time = UtcMicros(self.now());
                ("appserver2", format!("<hmac>{name}</hmac><signing-time>{time}</signing-time>"))
            }
        };
        self.sign_cast(element, &format!("<content><app-id>{id}</app-id>{inside}</content>"))
    }

    /// The info around a `content`, signed; `element` is `appserver` in version 1 and `appserver2` in 2.
    #[must_use]
    pub fn sign_cast(&self, element: &str, content: &str) -> String {
        let id = self.app.app.id;
        let signature = BASE64_STANDARD.encode(self.app.key.sign(content.as_bytes()));
        let thumbprint = self.app.key.certificate().thumbprint;
        info_only(&format!(
            "<auth-info><app-id is-multi-record-app=\"true\">{id}</app-id><credential><{element}>\
             <sig digestMethod=\"SHA256\" sigMethod=\"RSA-SHA256\" thumbprint=\"{thumbprint}\">{signature}</sig>\
             {content}</{element}></credential></auth-info>"
        ))
    }
}
