//! What a person should know of, on their home page.

use std::collections::HashMap;

use axum::extract::State;
use axum::response::Response;
use keepwell_core::applications;
use keepwell_core::ids::AppId;
use keepwell_core::notices::{self, Happened, Notice};
use keepwell_core::persons::Person;
use keepwell_core::records::Record;
use uuid::Uuid;

use super::fault::Fault;
use super::form::Posted;
use super::guest::Guest;
use super::{Shell, moment, new_sign_in, words};
use crate::locale::{Key, Texts};
use crate::pages::home::Told;
use crate::paths;
use crate::security_headers::see_other;

/// What there is to know, the newest first.
pub async fn told(shell: &Shell, person: &Person, records: &[Record], t: &Texts) -> Result<Vec<Told>, Fault> {
    let notices = notices::of(&shell.domain, person.id).await?;
    let mut names = HashMap::new();
    for notice in &notices {
        let (Happened::Connected(app, _) | Happened::Locked(app)) = &notice.happened else { continue };
        if let Some(registered) = applications::find(&shell.domain, *app).await? {
            names.insert(*app, words::app(&registered.application, t).name);
        }
    }
    Ok(notices.iter().map(|notice| row(notice, &names, records, t)).collect())
}

fn row(notice: &Notice, names: &HashMap<AppId, String>, records: &[Record], t: &Texts) -> Told {
    let unknown = || t.say("notice-unknown-app");
    let name = |app: &AppId| names.get(app).cloned().unwrap_or_else(unknown);
    let (text, look_at) = match &notice.happened {
        Happened::Connected(app, record) => {
            let whose = records.iter().find(|known| known.id == *record);
            let called = whose.map_or("", |whose| &whose.rights.display_name);
            let look_at = whose.map(|whose| (super::records::apps_at(whose), Key("notice-look")));
            (t.say_two("notice-connected", "app", name(app), "name", called), look_at)
        }
        Happened::Locked(app) => (t.say_with("notice-locked", "app", name(app)), None),
        Happened::SignedIn(signed_in) => {
            let look_at = (paths::SESSIONS.to_owned(), Key("notice-look-sessions"));
            (new_sign_in::notice(signed_in, t), Some(look_at))
        }
    };
    Told { id: notice.id.to_string(), text, when: moment(notice.at), look_at }
}

/// The button under one.
pub async fn dismiss(State(shell): State<Shell>, guest: Guest, form: Posted) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    if let Ok(id) = form.raw("notice").parse::<Uuid>() {
        notices::dismiss(&shell.domain, person.id, id).await?;
    }
    Ok(see_other(paths::HOME))
}
