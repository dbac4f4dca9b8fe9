//! Writing down a weight.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use jiff::civil::DateTime;
use jiff::{Span, ToSpan};
use keepwell_client::{Error, NewThing};

use super::diary::Draft;
use super::notice::Notice;
use super::{Site, random};

/// Somebody on the other side of the earth is a day ahead.
fn ahead() -> Span {
    1.day()
}

/// Adds a weight to the record.
pub(super) async fn add(State(site): State<Arc<Site>>, headers: HeaderMap, body: Bytes) -> Response {
    let Some((visit, token)) = site.connected(&headers) else { return site.welcome(Some(Notice::Ended)) };
    let field = |wanted: &str| {
        let found = form_urlencoded::parse(&body).find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
    };
    let mut draft = Draft { kg: field("kg"), when: field("when"), complaint: None };
    let weight = if random::same(&field("key"), &visit.form_key) {
        read(&draft, site.wall_clock())
    } else {
        Err("This page was open for long. Please look over it and add the weight once more.")
    };
    match weight {
        Ok(weight) => match put(&site, &token, weight).await {
            Ok(()) => site.see_other(&format!("/?said={}", Notice::Added.word())),
            Err(error) => site.trouble(&headers, &error),
        },
        Err(complaint) => {
            draft.complaint = Some(complaint);
            site.diary_page(&headers, &visit, &token, None, draft).await
        }
    }
}

fn read(draft: &Draft, now: DateTime) -> Result<NewThing, &'static str> {
    let kg = draft.kg.replace(',', ".").parse().ok().filter(|kg| (0.3..=500.0).contains(kg));
    let kg: f64 = kg.ok_or("Please give the weight in kilograms as a number, such as 70.5.")?;
    let when: DateTime = draft.when.parse().map_err(|_| "Please give a day and a time.")?;
    let latest = now.checked_add(ahead()).unwrap_or(now);
    if when > latest || when.year() < 1900 {
        return Err("That day is not one on which you can have weighed yourself. Please look at it again.");
    }
    Ok(NewThing::weight((kg * 100.0).round() / 100.0, when))
}

async fn put(site: &Site, token: &str, weight: NewThing) -> Result<(), Error> {
    let caller = site.client.online(token);
    let person = caller.person_info().await?;
    if let Some(record) = person.record() {
        caller.record(record.id).put_things(&[weight]).await?;
    }
    Ok(())
}
