//! The units in which a person reads numbers.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use keepwell_core::persons::{self, Units};

use super::fault::Fault;
use super::form::Posted;
use super::guest::Guest;
use super::{Shell, account};
use crate::pages::units::UnitsPage;
use crate::paths;
use crate::security_headers::{PagePolicy, see_other};

/// The page.
pub async fn show(State(shell): State<Shell>, guest: Guest) -> Result<Response, Fault> {
    guest.must_be_signed_in()?;
    let frame = guest.frame(&shell);
    let units = *frame.t.units();
    let page = UnitsPage::of(frame, &units, paths::UNITS.to_owned());
    Ok(PagePolicy::default().page(page.render()?))
}

/// The form.
pub async fn submit(State(shell): State<Shell>, guest: Guest, form: Posted) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let said = ["mass", "length", "concentration", "temperature"].map(|name| form.text(name)).join(" ");
    let units = Units::read(&said, *guest.frame(&shell).t.units());
    persons::set_units(&shell.domain, person.id, units).await?;
    Ok(see_other(&account::saved()))
}
