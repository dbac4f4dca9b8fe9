//! Things: what is read from a record, what is written to one, and the weight.

mod date_time;
mod new_thing;
mod thing;
mod weight;

pub(crate) use date_time::local_micros;
pub use new_thing::NewThing;
pub use thing::Thing;
pub(crate) use thing::read;
pub use weight::{Display, WEIGHT, Weight};
