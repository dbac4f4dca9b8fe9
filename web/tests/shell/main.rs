//! The Shell as browsers meet it: every test on both engines.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, missing_docs)]

mod account;
mod activity;
mod apps;
mod attachments;
mod browser;
mod by_hand;
mod closure;
mod connect;
mod consent;
mod copy;
mod forged;
mod groups_by_hand;
mod hostile;
mod in_arabic;
mod items;
mod languages;
mod mobile;
mod passkeys;
mod pick_up;
mod portrait;
mod record;
mod redirects;
mod second_step;
mod sign_out;
mod standing;
mod step_up;
mod targets;
mod visits;
