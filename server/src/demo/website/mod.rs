//! Somebody else's website: the sample application of the demo, a diary of a person's weight. It has a
//! name, a look and addresses of its own, and knows Keepwell only by the client library, as any website
//! would that a stranger writes.

mod address;
mod chart;
mod connect;
mod cookie;
mod diary;
mod documents;
mod home;
mod html;
mod leave;
mod notice;
mod page;
mod random;
mod said;
#[cfg(test)]
mod tests;
mod visits;
mod weights;

use std::fmt;
use std::sync::Arc;

use axum::Router;
use axum::http::header;
use axum::routing::{get, post};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use keepwell_client::{Clock, Config, Thumbprint, WebClient};
use uuid::Uuid;

use address::Address;
use visits::Visits;

/// What the website needs to know: where it is, where Keepwell is, and who it is there.
#[derive(Clone)]
pub struct WebsiteConfig {
    /// Its own address, at a port or under a path of its own: `http://localhost:8471/`.
    pub base_url: String,
    /// The root of the Shell.
    pub shell_url: String,
    /// The whole address of the XML interface.
    pub platform_url: String,
    /// Its application id.
    pub app_id: Uuid,
    /// Its private key: PKCS#8 in PEM.
    pub key_pem: String,
    /// The thumbprint of its certificate, in hex.
    pub thumbprint: String,
}

impl fmt::Debug for WebsiteConfig {
    /// The key is a secret and stays out of logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebsiteConfig")
            .field("base_url", &self.base_url)
            .field("app_id", &self.app_id)
            .finish_non_exhaustive()
    }
}

/// Why the website cannot be opened.
#[derive(Debug)]
pub enum WebsiteError {
    /// An address that is none of the web.
    Address(String),
    /// The key or the thumbprint cannot be used.
    Client(keepwell_client::Error),
}

impl fmt::Display for WebsiteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WebsiteError::Address(url) => write!(f, "{url:?} is not an address that starts with http"),
            WebsiteError::Client(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for WebsiteError {}

impl From<keepwell_client::Error> for WebsiteError {
    fn from(error: keepwell_client::Error) -> Self {
        WebsiteError::Client(error)
    }
}

/// The website.
pub struct Website(Arc<Site>);

/// What every page needs.
struct Site {
    address: Address,
    shell: Address,
    shell_url: String,
    client: WebClient,
    clock: Clock,
    visits: Visits,
}

impl Website {
    /// Its name, to register the application under.
    pub const NAME: &'static str = "Larkfield Weight Diary";

    /// The website, which calls Keepwell over HTTP.
    pub fn new(config: WebsiteConfig) -> Result<Self, WebsiteError> {
        let client = WebClient::new(Config {
            platform_url: config.platform_url.clone(),
            app_id: config.app_id,
            key_pem: config.key_pem.clone(),
            thumbprint: Thumbprint::from_hex(&config.thumbprint)?,
        })?;
        Website::with(&config, client, Clock::machine())
    }

    /// The website with a client and a clock made elsewhere.
    pub fn with(config: &WebsiteConfig, client: WebClient, clock: Clock) -> Result<Self, WebsiteError> {
        let address = |url: &String| Address::parse(url).ok_or_else(|| WebsiteError::Address(url.clone()));
        Ok(Website(Arc::new(Site {
            address: address(&config.base_url)?,
            shell: address(&config.shell_url)?,
            shell_url: config.shell_url.clone(),
            client,
            clock,
            visits: Visits::default(),
        })))
    }

    /// Its pages, at the path of its own address: merge it, do not nest it.
    pub fn router(self) -> Router {
        let at = |path| self.0.address.path(path);
        let mut router = Router::new()
            .route(&at("/"), get(home::get))
            .route(&at("/connect"), get(connect::leave))
            .route(&at("/return"), get(connect::come_back).post(connect::come_back))
            .route(&at("/continue"), get(connect::arrive))
            .route(&at("/weights"), post(weights::add))
            .route(&at("/sign-out"), post(leave::sign_out))
            .route(&at("/privacy"), get(documents::privacy))
            .route(&at("/terms"), get(documents::terms))
            .route(&at("/website.css"), get(style));
        if !at("").is_empty() {
            router = router.route(&at(""), get(home::redirect));
        }
        router.with_state(self.0)
    }
}

impl Site {
    /// Now, by the clock on this machine's wall. A page has no way to learn the visitor's own time zone
    /// without a script, and who tries a demo sits near its machine.
    fn wall_clock(&self) -> DateTime {
        TimeZone::system().to_datetime(self.clock.now())
    }
}

async fn style() -> impl axum::response::IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "max-age=3600"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, include_str!("website.css"))
}
