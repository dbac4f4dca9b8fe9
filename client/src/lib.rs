//! A client of Keepwell, and of any other server that speaks HealthVault's protocol.
//!
//! A [`Client`] is an application that calls. It makes a session when it needs one and replaces it when it
//! has ended, however many calls are under way. What it calls for is said by whom it calls for: in its
//! [own name](Client::call), for a person who is [present](Client::online), or for one who is
//! [not](Client::offline), and mostly about a [record](Caller::record) of theirs.
//!
//! Three kinds of application differ in how they prove themselves, and in how a person allows them what
//! they do.
//!
//! # A website, while the person is there
//!
//! It has an application id and an RSA key whose certificate is registered with the server. The person is
//! sent to the Shell and comes back with a token.
//!
//! ```no_run
//! use keepwell_client::{Client, Config, NewThing, Query, ShellUrl, Thumbprint, things::WEIGHT};
//!
//! # async fn visit(key_pem: String, certificate_pem: &[u8], wctoken: &str) -> Result<(), keepwell_client::Error> {
//! let app_id = uuid::uuid!("0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d");
//! let client = Client::new(Config {
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
//! let caller = client.online(wctoken);
//! let me = caller.person_info().await?;
//! if let Some(record) = me.record() {
//!     let record = caller.record(record.id);
//!     for thing in record.get_things(&Query::of_type(WEIGHT).max(10)).await?.things {
//!         println!("{} kg", thing.weight()?.kg);
//!     }
//!     let when = jiff::civil::date(2026, 1, 15).at(7, 30, 0, 0);
//!     record.put_things(&[NewThing::weight(70.5, when)]).await?;
//! }
//! # Ok(()) }
//! ```
//!
//! # A website, while the person is away
//!
//! The same client works for everyone who allowed it to, as long as they do.
//!
//! ```no_run
//! use keepwell_client::{Client, Error, PeopleQuery, Query, things::WEIGHT};
//!
//! # async fn night(client: Client) -> Result<(), Error> {
//! let mut people = client.people(PeopleQuery::default());
//! while let Some(person) = people.next().await? {
//!     for record in &person.records {
//!         let found = client.offline(person.id).record(record.id).all_things(&Query::of_type(WEIGHT)).await;
//!         match found {
//!             Ok(things) => println!("{} weights", things.len()),
//!             // They have changed their mind; it is for them to say otherwise, in the Shell.
//!             Err(Error::NotAllowed { .. }) => {}
//!             Err(error) => return Err(error),
//!         }
//!     }
//! }
//! # Ok(()) }
//! ```
//!
//! # An application on a device
//!
//! Each installation is an application of its own. It is set up once and then keeps a
//! [`DeviceCredential`].
//!
//! ```no_run
//! use keepwell_client::{DeviceClient, DeviceConfig, DeviceSetup, Query, ShellEnd, things::WEIGHT};
//!
//! # fn open(_: &str) -> impl Iterator<Item = String> { std::iter::empty() }
//! # async fn set_up() -> Result<(), Box<dyn std::error::Error>> {
//! let setup = DeviceSetup::begin(DeviceConfig {
//!     platform_url: "https://health.example/platform/wildcat.ashx".into(),
//!     shell_url: "https://health.example/".into(),
//!     master_app_id: uuid::uuid!("0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d"),
//!     instance_name: "Ada's phone".into(),
//! })
//! .await?;
//! // Open the address in an embedded browser, and look at every address that it goes to.
//! for address in open(&setup.shell_url().to_string()) {
//!     match setup.end(&address) {
//!         None => continue,
//!         Some(ShellEnd::Refused) => break,
//!         Some(ShellEnd::Allowed { instance_id }) => {
//!             let device = setup.finish(&instance_id).await?;
//!             let kept = serde_json::to_string(device.credential())?;
//!
//!             // Another day:
//!             let device = DeviceClient::new(serde_json::from_str(&kept)?)?;
//!             let newest = device.record().get_things(&Query::of_type(WEIGHT).max(1)).await?;
//!             println!("{} weights", newest.things.len());
//!             break;
//!         }
//!     }
//! }
//! # Ok(()) }
//! ```
//!
//! # Attachments
//!
//! Bytes that are too many for a thing go beside it. They are never in memory as a whole, broken connections
//! are gone on with, and lengths and hashes are checked. `examples/attachment.rs` is a whole program.
//!
//! ```no_run
//! use keepwell_client::{BlobFormat, NewBlob, NewThing, Query, RecordCaller, things::WEIGHT};
//! use tokio::fs::File;
//!
//! # async fn attach(record: RecordCaller<'_>, when: jiff::civil::DateTime) -> Result<(), Box<dyn std::error::Error>> {
//! let mut photo = File::open("scale.jpg").await?;
//! let uploaded = record.upload(&mut photo, |now| println!("{} bytes", now.done)).await?;
//! let photo = NewBlob::uploaded("scale.jpg", "image/jpeg", uploaded);
//! record.put_things(&[NewThing::weight(70.5, when).with_blob(photo)]).await?;
//!
//! let query = Query::of_type(WEIGHT).max(1).with_blobs(BlobFormat::Streamed);
//! for blob in record.get_things(&query).await?.things.iter().flat_map(|thing| &thing.blobs) {
//!     record.download(blob, &mut File::create("fetched.jpg").await?, |_| {}).await?;
//! }
//! # Ok(()) }
//! ```
//!
//! # A package for someone to pick up
//!
//! Things for a person who allowed the application nothing: they are sealed here under the answer to a question,
//! which never goes to the server, and whoever answers it takes them into a record.
//!
//! ```no_run
//! use keepwell_client::{Client, NewPackage, NewThing, SecretString};
//!
//! # async fn drop_off(client: Client, answer: SecretString, when: jiff::civil::DateTime) -> Result<(), keepwell_client::Error> {
//! let mut package = client.begin_package(&answer).await?;
//! package.add(NewThing::weight(70.5, when))?;
//! let code = package
//!     .send(&NewPackage {
//!         code: None,
//!         friendly_name: "Ada".into(),
//!         question: "Which bird did we talk about?".into(),
//!         external_id: "1017".into(),
//!     })
//!     .await?;
//! # Ok(()) }
//! ```
//!
//! # Anything else
//!
//! Things of every type can be read and written as XML ([`NewThing::of`], [`Thing::data_xml`]), and methods
//! that have no function here can be called all the same.
//!
//! ```no_run
//! # async fn invite(client: keepwell_client::Client) -> Result<(), keepwell_client::Error> {
//! let answer = client.call("NewSignupCode", 1, "").await?;
//! println!("{:?}", answer.value("signup-code"));
//! # Ok(()) }
//! ```
//!
//! # Errors
//!
//! An [`Error`] says what a program should do: [`Error::SignedOut`] sends the person to the Shell to sign
//! in, [`Error::NotAllowed`] sends them there to allow it, [`Error::UnknownApplication`] makes a device
//! begin anew. A session that has ended is none of the program's business: the call is made again, once.
//! No `Debug` of this crate shows a key, a secret or a token.

mod answer;
pub mod blobs;
mod caller;
mod client;
#[cfg(test)]
mod client_tests;
mod clock;
mod config;
mod credential;
mod device;
mod error;
mod line;
mod methods;
mod packages;
mod record_caller;
mod secret;
mod session;
mod sessions;
#[cfg(test)]
mod sessions_tests;
mod shell_url;
#[cfg(test)]
mod test_blobs;
#[cfg(test)]
mod test_server;
pub mod things;
pub mod transport;

pub use answer::{Answer, CodeItem, CodeSet, Person, Record, VocabularyInfo};
pub use blobs::{Blob, BlobData, BlobError, BlobFormat, Download, NewBlob, Progress, Upload, Uploaded};
pub use caller::Caller;
pub use client::{Client, WebClient};
pub use clock::Clock;
pub use config::{Config, Thumbprint};
pub use device::{DeviceClient, DeviceConfig, DeviceCredential, DeviceSetup, ShellEnd};
pub use error::Error;
pub use methods::{
    ApplicationInfo, ApplicationSettings, AuthorizedConnectRequest, AuthorizedPeople, ConnectionName,
    Direction, Message, NewConnectRequest, People, PeopleQuery, Query, Rule, ServiceDefinition,
    ServiceSection, Things,
};
pub use packages::{NewPackage, PackageDraft, PackageError};
pub use record_caller::RecordCaller;
pub use secrecy::SecretString;
pub use shell_url::ShellUrl;
pub use things::{NewThing, Thing, ThingPages};

pub use keepwell_wire::methods::search_vocabulary::SearchMode;
pub use keepwell_wire::roxmltree;
pub use keepwell_wire::shapes::{
    AppRecordAuthAction, Instance, Permission, RecordState, ThingKey, ThingTypePermission, VocabularyKey,
};
pub use keepwell_wire::status::Status;
