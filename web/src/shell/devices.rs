//! Phones and tablets: what a person let in on them, and how to cut it off.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use keepwell_core::applications::{self, Registered, State as Standing};
use keepwell_core::ids::{AppId, PersonId};
use keepwell_core::installations::{self, CutOffError, Installation};
use keepwell_core::records;
use uuid::Uuid;

use super::fault::Fault;
use super::form::Posted;
use super::guest::Guest;
use super::records::At;
use super::{Shell, moment, records as own, words};
use crate::components::Notice;
use crate::locale::Texts;
use crate::pages::cut_off::CutOff;
use crate::pages::devices::{DeviceApp, DeviceRow, Devices};
use crate::pages::trouble::What;
use crate::paths;
use crate::redirect::params::Params;
use crate::security_headers::{PagePolicy, see_other};

/// Devices on a page.
const PAGE: usize = 50;
/// A change of a record in parallel is tried again so often.
const TRIES: usize = 5;

/// The list, newest first, by app.
pub async fn show(
    State(shell): State<Shell>,
    guest: Guest,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let person = guest.must_be_signed_in()?.0.id;
    let asked = Params::parse(query.unwrap_or_default().as_bytes());
    let mut frame = guest.frame(&shell);
    if asked.flag("cut") {
        frame = frame.clone().saying(Notice::cut_off(&frame.t));
    }
    let all = installations::of_person(&shell.domain, person).await?;
    let last = all.len().div_ceil(PAGE).max(1);
    let page = asked.text("page").and_then(|page| page.parse().ok()).unwrap_or(1_usize).clamp(1, last);
    let here: Vec<_> = all.iter().skip((page - 1) * PAGE).take(PAGE).collect();
    let apps = groups(&shell, person, &all, &here, &frame.t).await?;
    let at = |page: usize| format!("{}?page={page}", paths::DEVICES);
    let page = Devices {
        frame,
        apps,
        newer_to: (page > 1).then(|| at(page - 1)),
        older_to: (page < last).then(|| at(page + 1)),
    };
    Ok(PagePolicy::default().page(page.render()?))
}

async fn groups(
    shell: &Shell,
    person: PersonId,
    all: &[Installation],
    here: &[&Installation],
    t: &Texts,
) -> Result<Vec<DeviceApp>, Fault> {
    let records = names_of_records(shell, person).await?;
    let mut groups: Vec<(AppId, DeviceApp)> = Vec::new();
    for one in here {
        if !groups.iter().any(|(master, _)| *master == one.master) {
            let master = installed(shell, one.master).await?;
            let several = all.iter().filter(|other| other.master == one.master).count() > 1;
            let group = DeviceApp {
                app: words::app(&master.application, t),
                closed: master.state != Standing::Active,
                devices: Vec::new(),
                cut_off_all_to: several.then(|| format!("{}/all/{}", paths::DEVICES, one.master)),
            };
            groups.push((one.master, group));
        }
        if let Some((_, group)) = groups.iter_mut().find(|(master, _)| *master == one.master) {
            group.devices.push(DeviceRow {
                name: words::device(&one.name, t),
                records: records.get(&one.app).map(|names| t.list(names)).unwrap_or_default(),
                since: moment(one.created),
                last_used: one.last_used.map(moment),
                two_places: one.two_places.map(moment),
                unused: one.is_unused,
                cut_off_to: format!("{}/{}", paths::DEVICES, one.app),
            });
        }
    }
    Ok(groups.into_iter().map(|(_, group)| group).collect())
}

/// The names of the records that each application may use.
async fn names_of_records(shell: &Shell, person: PersonId) -> Result<HashMap<AppId, Vec<String>>, Fault> {
    let records = records::of_person(&shell.domain, person).await?;
    let mut names: HashMap<AppId, Vec<String>> = HashMap::new();
    for (app, id, _) in own::allowed(shell, person).await? {
        if let Some(record) = records.iter().find(|record| record.id == id) {
            names.entry(app).or_default().push(record.rights.display_name.clone());
        }
    }
    Ok(names)
}

async fn installed(shell: &Shell, master: AppId) -> Result<Registered, Fault> {
    let found = applications::find(&shell.domain, master).await?;
    found.ok_or_else(|| Fault::broken(format!("{master} is installed and not registered")))
}

/// Asks once more before one device is cut off.
pub async fn ask_one(State(shell): State<Shell>, guest: Guest, At(app): At<Uuid>) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let one = those(&shell, person.id, |one| one.app.0 == app).await?.remove(0);
    let name = words::device(&one.name, &guest.texts(&shell, None));
    ask(&shell, &guest, &one, Some(name), 1, format!("{}/{app}", paths::DEVICES)).await
}

/// Asks once more before an app is cut off on all devices.
pub async fn ask_all(
    State(shell): State<Shell>,
    guest: Guest,
    At(master): At<Uuid>,
) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let all = those(&shell, person.id, |one| one.master.0 == master).await?;
    let count = u32::try_from(all.len()).unwrap_or(u32::MAX);
    ask(&shell, &guest, &all[0], None, count, format!("{}/all/{master}", paths::DEVICES)).await
}

async fn ask(
    shell: &Shell,
    guest: &Guest,
    one: &Installation,
    device: Option<String>,
    count: u32,
    post_to: String,
) -> Result<Response, Fault> {
    let frame = guest.frame(shell);
    let master = installed(shell, one.master).await?;
    let app = words::app(&master.application, &frame.t);
    Ok(PagePolicy::default().page(CutOff { frame, app, device, count, post_to }.render()?))
}

/// Cuts one device off.
pub async fn cut_one(
    State(shell): State<Shell>,
    guest: Guest,
    At(app): At<Uuid>,
    form: Posted,
) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    cut(&shell, person.id, &form, |one| one.app.0 == app).await
}

/// Cuts an app off on all devices.
pub async fn cut_all(
    State(shell): State<Shell>,
    guest: Guest,
    At(master): At<Uuid>,
    form: Posted,
) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    cut(&shell, person.id, &form, |one| one.master.0 == master).await
}

async fn cut(
    shell: &Shell,
    person: PersonId,
    form: &Posted,
    is_meant: impl Fn(&Installation) -> bool,
) -> Result<Response, Fault> {
    if form.raw("decision") != "cut" {
        return Ok(see_other(paths::DEVICES));
    }
    let done = || Ok(see_other(&format!("{}?cut=1", paths::DEVICES)));
    for _ in 0..TRIES {
        let all = installations::of_person(&shell.domain, person).await?;
        let meant: Vec<_> = all.iter().filter(|one| is_meant(one)).map(|one| one.app).collect();
        if meant.is_empty() {
            // Cut off in another window at the same moment: it is what the person wanted.
            return done();
        }
        match installations::cut_off(&shell.domain, person, &meant).await {
            Ok(()) => return done(),
            Err(CutOffError::Gone | CutOffError::Changed) => {}
            Err(CutOffError::Outage(outage)) => return Err(outage.into()),
        }
    }
    Err(Fault::of(What::Busy))
}

/// Those of the person's devices that are meant, at least one.
async fn those(
    shell: &Shell,
    person: PersonId,
    is_meant: impl Fn(&Installation) -> bool,
) -> Result<Vec<Installation>, Fault> {
    let all = installations::of_person(&shell.domain, person).await?;
    let meant: Vec<_> = all.into_iter().filter(is_meant).collect();
    if meant.is_empty() { Err(Fault::not_found()) } else { Ok(meant) }
}
