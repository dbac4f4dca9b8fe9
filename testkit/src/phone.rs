//! Phones and tablets: an application for devices, and what one of them asks for and keeps.

use std::sync::Arc;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use keepwell_core::applications::{self, Application};
use keepwell_core::authorizations::{self, Consent, ConsentError};
use keepwell_core::ids::{AppId, PersonId, RecordId};
use keepwell_core::installations::{self, Offered};
use keepwell_wire::envelope::{Credential, compose};
use keepwell_wire::integrity::{HmacAlgorithm, hmac_header};
use keepwell_wire::time::UtcMicros;
use secrecy::ExposeSecret as _;

use crate::request::header;
use crate::{Reply, Session, World};

/// An installation as the device has it.
#[derive(Clone)]
pub struct Phone {
    /// What is installed.
    pub master: AppId,
    /// Its id.
    pub id: AppId,
    /// What it signs with.
    pub secret: Vec<u8>,
    /// What its browser brings to the Shell.
    pub token: String,
}

impl Phone {
    /// A request for a session, signed with the secret (CreateAuthenticatedSessionToken 2).
    #[must_use]
    pub fn session_request(&self, now: i64) -> String {
        let (id, time) = (self.id, UtcMicros(now));
        let content = format!(
            "<content><app-id>{id}</app-id><hmac>HMACSHA256</hmac><signing-time>{time}</signing-time></content>"
        );
        let tag = hmac_header(HmacAlgorithm::HmacSha256, &self.secret, content.as_bytes());
        let info = format!(
            "<info><auth-info><app-id>{id}</app-id><credential><appserver2>\
             <hmacSig algName=\"HMACSHA256\">{tag}</hmacSig>{content}</appserver2></credential></auth-info></info>"
        );
        let header = header("CreateAuthenticatedSessionToken", 2, Credential::App(id.0), now);
        compose(&header, &info, None)
    }

    /// The session in the answer.
    #[must_use]
    pub fn session(&self, reply: &Reply) -> Session {
        assert_eq!(reply.code, 0, "{}", reply.text);
        let secret = reply.value("shared-secret").expect("a secret");
        Session {
            token: reply.value("token").expect("a token"),
            secret: BASE64_STANDARD.decode(secret).expect("Base64"),
            algorithm: HmacAlgorithm::HmacSha256,
        }
    }
}

impl World {
    /// An application for devices that may do everything with weights.
    pub async fn mobile_app(&self) -> Arc<Application> {
        self.mobile_app_from("name = \"Steps & Stairs\"\n").await
    }

    /// The same, with this at the head of its file.
    pub async fn mobile_app_from(&self, head: &str) -> Arc<Application> {
        let file = format!(
            "{head}mobile = true\n[[offline]]\nname = \"weight\"\nwhy = \"To draw your weight\"\n\
             permissions = [\"read\", \"create\", \"update\", \"delete\"]\ntypes = [\"weight\"]\n"
        );
        let app = Application::from_file(&file, &self.domain.env).expect("a good file");
        applications::add(&self.domain, &app, &[]).await.expect("registered");
        Arc::new(app)
    }

    /// What a device is offered.
    pub async fn offer(&self, master: AppId) -> Phone {
        let app = applications::find(&self.domain, master).await.expect("asked").expect("registered");
        let offer = installations::offer(&self.domain, &app.application).expect("sealed").expect("mobile");
        Phone {
            master,
            id: offer.id,
            secret: BASE64_STANDARD.decode(offer.secret.expose_secret()).expect("Base64"),
            token: offer.token.expose_secret().to_owned(),
        }
    }

    /// What the Shell reads in the device's token.
    pub async fn offered(&self, phone: &Phone, name: &str) -> Offered {
        let app = applications::find(&self.domain, phone.master).await.expect("asked").expect("registered");
        installations::open(&self.domain, &app.application, &phone.token, name).await.expect("a good token")
    }

    /// The person lets the device in, as at the Shell.
    ///
    /// # Errors
    /// As `authorizations::allow_on_device`.
    pub async fn let_in(
        &self,
        offered: &Offered,
        person: PersonId,
        record: RecordId,
    ) -> Result<(), ConsentError> {
        let consent = Consent::to_required(person, record);
        authorizations::allow_on_device(&self.domain, offered, &consent).await
    }

    /// A device that the person has let in.
    pub async fn phone(&self, master: AppId, name: &str, person: PersonId, record: RecordId) -> Phone {
        let phone = self.offer(master).await;
        let offered = self.offered(&phone, name).await;
        self.let_in(&offered, person, record).await.expect("let in");
        phone
    }
}
