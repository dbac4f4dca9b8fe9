//! The Shell: where people sign in, keep their records and decide what applications may do.
//!
//! `pages` holds a typed template a page, `redirect` the pure side of the redirect interface, `shell` the
//! handlers that fill the pages from the domain, `attachments` (pure) what a file is and may be called,
//! `forms` (pure) what people enter into things, `plot` (pure) numbers over time, `units` (pure) numbers in the units of their reader,
//! `labels` what the catalogue calls things in their language, and the rest what every page needs: texts,
//! assets, headers, cookies.

mod archive;
pub mod assets;
pub mod attachments;
pub mod brand;
pub mod check;
pub mod components;
pub mod cookies;
pub mod countries;
pub mod forms;
pub mod labels;
pub mod locale;
pub mod pages;
pub mod paths;
pub mod plot;
pub mod portrait;
pub mod redirect;
pub mod security_headers;
pub mod shell;
pub mod units;

pub use shell::{ClientAddress, ReadThing, Shell, ShellSettings, router, second_step_off_by_operator};
