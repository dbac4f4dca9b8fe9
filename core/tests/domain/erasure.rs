//! Closing accounts and records, and that nothing is left of them when their time is over.

mod accounts;
mod email;
mod gone;
mod left;
mod log;
mod people;
mod records;
mod together;
