//! The redirect interface, its pure side: what an application asked for, and how the person returns.

pub mod action_url;
pub mod params;
pub mod request;
pub mod return_trip;
pub mod target;
