//! The consent page and what follows from it.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use keepwell_core::authorizations::{self, AccessError, ConsentError};
use keepwell_core::ids::{PersonId, RecordId};
use keepwell_core::installations;

use super::asking::{Asking, Chosen};
use super::fault::Fault;
use super::form::Posted;
use super::guest::Guest;
use super::step::{Known, Step, decide};
use super::visit::{Going, Named, Task};
use super::{Shell, connect_end, device_letter, documents, moment, step, way_back, words};
use crate::components::Trouble;
use crate::pages::connect_end::CodeEnd;
use crate::pages::consent::Consent;
use crate::paths;
use crate::redirect::return_trip::ReturnTarget;

/// The page, if there is something to ask.
pub async fn show(
    State(shell): State<Shell>,
    guest: Guest,
    named: Named,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let mut going = Going::required(&shell, &guest, &named).await?;
    // Who was sent to make a record, and makes none, is asked for those that they have.
    if going.visit.task == Task::CreateRecord && query.is_some_and(|query| query.ends_with("&other")) {
        going.visit.made_record = true;
        going.keep(&shell).await?;
    }
    let Some(person) = guest.person().map(|person| person.id) else {
        return step::next(&shell, &guest, None, &going).await;
    };
    let known = Known::read(&shell, &going, person).await?;
    if decide(&going.visit, &known, person) != Step::Ask {
        return step::next(&shell, &guest, Some(person), &going).await;
    }
    if going.offered.is_some() {
        installations::has_room(&shell.domain, person).await?;
    }
    page(&shell, &guest, &mut going, &known, None, None).await
}

/// The form.
pub async fn submit(
    State(shell): State<Shell>,
    guest: Guest,
    named: Named,
    form: Posted,
) -> Result<Response, Fault> {
    let mut going = Going::required(&shell, &guest, &named).await?;
    let Some(person) = guest.person().map(|person| person.id) else {
        return step::next(&shell, &guest, None, &going).await;
    };
    if form.raw("decision") == "not-now" && going.visit.task == Task::Connect {
        return connect_end::finish(&shell, &guest, &going, CodeEnd::NotNow).await;
    }
    if form.raw("decision") == "not-now" {
        going.finish(&shell).await?;
        if let Some(offered) = &going.offered {
            installations::refuse(&shell.domain, offered).await?;
        }
        return way_back::send(&shell, &guest, Some(person), &going, ReturnTarget::AppAuthReject).await;
    }
    let known = Known::read(&shell, &going, person).await?;
    if decide(&going.visit, &known, person) != Step::Ask {
        return step::next(&shell, &guest, Some(person), &going).await;
    }
    let chosen = Chosen { records: form.all("record"), optional: form.all("optional") };
    shell.denied_choice(person, &known.records, &chosen.records).await;
    // Enter in a choice sends the form without a decision: it decides nothing.
    if form.raw("decision") != "allow" {
        return page(&shell, &guest, &mut going, &known, Some(&chosen), None).await;
    }
    let asking = Asking::of(&going.visit, &going.app, &known, shell.domain.env.now());
    if going.visit.shown != Some(asking.fingerprint().map_err(Fault::broken)?) {
        return page(&shell, &guest, &mut going, &known, Some(&chosen), None).await;
    }
    let records = asking.chosen_records(&chosen);
    if records.is_empty() {
        let trouble = Some(Trouble::NotChosen);
        return page(&shell, &guest, &mut going, &known, Some(&chosen), trouble).await;
    }
    let consents = consents(&asking, &chosen, person, &records);
    // From here on no other form of this visit does anything.
    going.finish(&shell).await?;
    if let (Task::Connect, [consent]) = (going.visit.task, &consents[..]) {
        return connect_end::allow(&shell, &guest, &going, &known, consent).await;
    }
    let target = grant(&shell, &going, &known, &consents).await?;
    if going.offered.is_some() && target == ReturnTarget::AppAuthSuccess {
        device_letter::send(&shell, &guest, &going).await;
    }
    way_back::send(&shell, &guest, Some(person), &going, target).await
}

fn consents(
    asking: &Asking<'_>,
    chosen: &Chosen,
    person: PersonId,
    records: &[RecordId],
) -> Vec<authorizations::Consent> {
    let [online_shown, offline_shown] = asking.shown();
    let [online_chosen, offline_chosen] = asking.turned_on(chosen);
    let consent = |record: &RecordId| authorizations::Consent {
        person,
        record: *record,
        online_shown: online_shown.clone(),
        online_chosen: online_chosen.clone(),
        offline_shown: offline_shown.clone(),
        offline_chosen: offline_chosen.clone(),
    };
    records.iter().map(consent).collect()
}

/// Writes down what was agreed, and says what became of it.
async fn grant(
    shell: &Shell,
    going: &Going,
    known: &Known,
    consents: &[authorizations::Consent],
) -> Result<ReturnTarget, Fault> {
    let mut granted = Vec::new();
    for consent in consents {
        match step::allow(shell, going, consent, granted.is_empty()).await {
            Ok(()) => granted.push((consent.person, consent.record)),
            Err(ConsentError::Outage(outage)) => return Err(outage.into()),
            Err(error @ (ConsentError::TokenSpent | ConsentError::TooManyDevices)) => {
                return Err(error.into());
            }
            // The record was closed, or the person's right to it ended, while they read the page.
            Err(error) => {
                tracing::info!(%error, "a consent was not written down");
                if matches!(error, ConsentError::Access(AccessError::Denied | AccessError::Closed)) {
                    shell.denied(consent.person, consent.record).await;
                }
            }
        }
    }
    let Some(&(person, record)) = granted.first() else { return Ok(ReturnTarget::AppAuthFailure) };
    if going.visit.multi_record {
        // Each consent made its record the selected one; the one that was chosen before stays it.
        let selected = known.selected.unwrap_or(record);
        authorizations::select(&shell.domain, going.app.id, person, selected).await?;
        return Ok(ReturnTarget::AppAuthSuccess);
    }
    Ok(match known.selected {
        Some(before) if before != record => ReturnTarget::SelectedRecordChanged,
        _ => ReturnTarget::AppAuthSuccess,
    })
}

async fn page(
    shell: &Shell,
    guest: &Guest,
    going: &mut Going,
    known: &Known,
    chosen: Option<&Chosen>,
    record_trouble: Option<Trouble>,
) -> Result<Response, Fault> {
    let frame = going.frame(shell, guest);
    let asking = Asking::of(&going.visit, &going.app, known, shell.domain.env.now());
    let shown = asking.fingerprint().map_err(Fault::broken)?;
    let (abilities, already) = asking.abilities(&frame.t);
    let page = Consent {
        post_to: going.at(paths::CONSENT),
        app: going.app(&frame.t),
        description: Some(going.app.description.best(frame.t.lang()).to_owned())
            .filter(|text| !text.trim().is_empty()),
        known_since: Some(moment(going.known_since)),
        device: going.app.device().map(|name| words::device(name, &frame.t)),
        from_device: going.offered.is_some(),
        by_code: going.visit.task == Task::Connect,
        meant: going.visit.pick_up.as_ref().and_then(|found| found.opened.clone()),
        records: asking.records(chosen, &frame.t),
        several: going.visit.multi_record,
        record_trouble,
        new_record_to: Some(going.at(paths::CREATE_RECORD)),
        abilities,
        already,
        optional: asking.optional(chosen, &frame.t),
        beside: words::beside(&going.app),
        privacy_to: documents::address(&going.app, documents::Which::Privacy),
        terms_to: documents::address(&going.app, documents::Which::Terms),
        frame,
    };
    let html = page.render()?;
    if going.visit.shown.as_ref() != Some(&shown) {
        going.visit.shown = Some(shown);
        going.keep(shell).await?;
    }
    Ok(going.policy().page(html))
}
