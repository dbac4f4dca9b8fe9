//! Face 1: the XML API for applications, at `/platform/wildcat.ashx`.
//!
//! [`transport`] takes an HTTP body and gives one back; [`dispatch`] parses, authenticates,
//! authorizes, calls and answers; [`table`] lists the methods; each has a thin file in `methods`.

mod call;
mod certificates;
mod dispatch;
mod methods;
mod packaged;
mod present;
mod refusal;
mod registration;
mod settings;
pub mod streaming;
mod table;
mod transport;

pub use packaged::packaged_thing;
pub use settings::{Instance, Settings};
pub use table::{Effect, METHODS, Method, Who};
pub use transport::{ClientAddress, PATH, Platform, router};
