//! A client of Keepwell, and of any other server that speaks HealthVault's protocol.
//!
//! A website has an application id and an RSA key whose certificate is registered with the server. A
//! [`WebClient`] holds them, makes a session when it needs one, and replaces it when it has ended. A
//! person who came back from the Shell with a token is an [online](WebClient::online) caller; a person
//! who allowed the application to work without them is an [offline](WebClient::offline) one.
//!
//! ```no_run
//! use keepwell_client::{Config, NewThing, Query, ShellUrl, Thumbprint, WebClient, things::WEIGHT};
//!
//! # async fn visit(key_pem: String, certificate_pem: &[u8], wctoken: &str) -> Result<(), keepwell_client::Error> {
//! let app_id = uuid::uuid!("0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d");
//! let client = WebClient::new(Config {
//!     platform_url: "https://health.example/platform/wildcat.ashx".into(),
//!     app_id,
//!     key_pem,
//!     thumbprint: Thumbprint::of_certificate(certificate_pem)?,
//! })?;
//!
//! // Send the person to the Shell; they come back to the application's action URL with a wctoken.
//! let sign_in = ShellUrl::auth("https://health.example/", app_id).actionqs("from=home").post_token();
//! println!("Location: {sign_in}");
//!
//! let me = client.online(wctoken).person_info().await?;
//! if let Some(record_id) = me.selected_record_id {
//!     let caller = client.online(wctoken);
//!     let record = caller.record(record_id);
//!     for thing in record.get_things(&Query::of_type(WEIGHT).max(10)).await?.things {
//!         println!("{} kg", thing.weight()?.kg);
//!     }
//!     let when = jiff::civil::date(2026, 1, 15).at(7, 30, 0, 0);
//!     record.put_things(&[NewThing::weight(70.5, when)]).await?;
//! }
//! # Ok(()) }
//! ```

mod answer;
mod caller;
mod clock;
mod config;
mod credential;
mod error;
mod methods;
mod session;
mod shell_url;
#[cfg(test)]
mod test_server;
pub mod things;
pub mod transport;
mod web_client;
#[cfg(test)]
mod web_client_tests;

pub use answer::{Person, Record};
pub use caller::{Caller, RecordCaller};
pub use clock::Clock;
pub use config::{Config, Thumbprint};
pub use error::Error;
pub use methods::{AuthorizedPeople, PeopleQuery, Query, ServiceDefinition, Things};
pub use shell_url::ShellUrl;
pub use things::{NewThing, Thing};
pub use web_client::WebClient;

pub use keepwell_wire::shapes::{
    AppRecordAuthAction, Instance, Permission, RecordState, ThingKey, ThingTypePermission,
};
pub use keepwell_wire::status::Status;
