//! A platform that knows one person, and remembers what it was asked.

use std::sync::{Arc, LazyLock, Mutex};

use async_trait::async_trait;
use keepwell_client::transport::Transport;
use keepwell_client::{Clock, Config, Error, Thumbprint, WebClient};
use uuid::Uuid;

use super::Browser;
use crate::demo::website::{Website, WebsiteConfig};

/// Making an RSA key takes long, so there is one.
static KEY: LazyLock<String> =
    LazyLock::new(|| rcgen::KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256).unwrap().serialize_pem());

#[derive(Default)]
pub(super) struct Platform {
    asked: Mutex<Vec<String>>,
    refusal: Mutex<Option<u16>>,
    record: Mutex<Option<String>>,
}

impl Platform {
    /// A platform, and a browser before the website that uses it.
    pub(super) fn open() -> (Arc<Self>, Browser) {
        let platform = Arc::new(Platform::default());
        let config = WebsiteConfig {
            base_url: "http://localhost:8471/diary/".into(),
            shell_url: "https://shell.example/".into(),
            platform_url: "https://platform.example/platform/wildcat.ashx".into(),
            app_id: Uuid::from_u128(7),
            key_pem: KEY.clone(),
            thumbprint: "00".repeat(20),
        };
        let clock = Clock::new(|| "2026-01-15T12:00:00Z".parse().unwrap());
        let client = Config {
            platform_url: config.platform_url.clone(),
            app_id: config.app_id,
            key_pem: config.key_pem.clone(),
            thumbprint: Thumbprint::from_hex(&config.thumbprint).unwrap(),
        };
        let transport: Arc<dyn Transport> = Arc::clone(&platform) as _;
        let client = WebClient::with(client, transport, clock.clone()).unwrap();
        let site = Website::with(&config, client, clock).unwrap().router();
        (platform, Browser { site, cookie: None })
    }

    /// The bodies of all requests.
    pub(super) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    /// Calls the record so from now on.
    pub(super) fn call_the_record(&self, name: &str) {
        *self.record.lock().unwrap() = Some(name.replace('&', "&amp;").replace('<', "&lt;"));
    }

    /// Answers every call with this code from now on.
    pub(super) fn refuse(&self, code: u16) {
        *self.refusal.lock().unwrap() = Some(code);
    }
}

#[async_trait]
impl Transport for Platform {
    async fn post(&self, _url: &str, body: String) -> Result<String, Error> {
        let (_, rest) = body.split_once("<method>").unwrap();
        let method = rest.split_once('<').unwrap().0.to_owned();
        self.asked.lock().unwrap().push(body);
        if let Some(code) = *self.refusal.lock().unwrap() {
            return Ok(format!(
                "<response><status><code>{code}</code><error><message>no</message></error></status></response>"
            ));
        }
        let (person, record) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let name = self.record.lock().unwrap().clone().unwrap_or_else(|| "Ada &lt;3".to_owned());
        let info = match &*method {
            "CreateAuthenticatedSessionToken" => {
                "<token>T</token><shared-secret>a2V5</shared-secret>".to_owned()
            }
            "GetPersonInfo" => format!(
                "<person-info><person-id>{person}</person-id><name>Ada</name><selected-record-id>{record}\
                 </selected-record-id><record id=\"{record}\">{name}</record></person-info>"
            ),
            "GetThings" => format!("<group>{}{}</group>", weight(14, "70.5"), weight(10, "71.2")),
            _ => format!("<thing-id version-stamp=\"{person}\">{person}</thing-id>"),
        };
        Ok(format!(
            "<response><status><code>0</code></status><wc:info xmlns:wc=\"urn:x\">{info}</wc:info></response>"
        ))
    }
}

fn weight(day: u32, kg: &str) -> String {
    format!(
        "<thing><thing-id version-stamp=\"{id}\">{id}</thing-id><type-id>{type_id}</type-id><data-xml><weight><when>\
         <date><y>2026</y><m>1</m><d>{day}</d></date><time><h>7</h><m>30</m></time></when><value><kg>{kg}</kg></value>\
         </weight></data-xml></thing>",
        id = Uuid::from_u128(day.into()),
        type_id = keepwell_client::things::WEIGHT,
    )
}
