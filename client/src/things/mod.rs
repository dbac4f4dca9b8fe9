//! Things: what is read from a record, what is written to one, and the weight.

mod audit;
mod date_time;
mod new_thing;
mod pages;
mod thing;
mod weight;

pub use audit::Audit;
pub(crate) use date_time::local_micros;
pub use new_thing::NewThing;
pub use pages::ThingPages;
pub use thing::Thing;
pub(crate) use thing::read;
pub use weight::{Display, WEIGHT, Weight};
