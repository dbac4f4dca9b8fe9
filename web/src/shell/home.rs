//! Home: the person's records.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use keepwell_core::ids::AppId;
use keepwell_core::records::{self, Relationship};

use super::fault::Fault;
use super::guest::Guest;
use super::{Shell, notices, records as own};
use crate::components::Notice;
use crate::pages::create_record::About;
use crate::pages::home::{Home, RecordRow};
use crate::paths;
use crate::security_headers::PagePolicy;

/// Where a record that was just made is announced.
pub const RECORD_MADE: &str = "/?made";

/// The page.
pub async fn show(
    State(shell): State<Shell>,
    guest: Guest,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let mut records = records::of_person(&shell.domain, person.id).await?;
    let allowed = own::allowed(&shell, person.id).await?;
    let mut frame = guest.frame(&shell);
    if let (Some("made"), Some(newest)) = (query.as_deref(), records.last()) {
        frame = frame.clone().saying(Notice::record_made(&frame.t, &newest.rights.display_name));
    }
    let told = notices::told(&shell, person, &records, &frame.t).await?;
    if let Some(app) =
        query.as_deref().and_then(|query| query.strip_prefix("app=")).and_then(|id| id.parse().ok())
    {
        let app = AppId(app);
        records.retain(|record| allowed.iter().any(|(id, of, _)| *id == app && *of == record.id));
    }
    records.sort_by_key(|record| record.rights.relationship != Relationship::SelfOf);
    let rows = records.iter().map(|record| RecordRow {
        badge: own::badge(record),
        about: about(record.rights.relationship),
        apps: allowed.iter().filter(|(_, id, _)| *id == record.id).fold(0, |count, _| count + 1),
        record_to: own::record_at(record),
        apps_to: own::apps_at(record),
        activity_to: own::activity_at(record),
    });
    let page = Home { frame, told, records: rows.collect(), new_record_to: paths::CREATE_RECORD.to_owned() };
    Ok(PagePolicy::default().page(page.render()?))
}

/// Who the record is about, as the pages ask it.
pub fn about(relationship: Relationship) -> About {
    match relationship {
        Relationship::SelfOf => About::Yourself,
        Relationship::Child | Relationship::Son | Relationship::Daughter => About::Child,
        Relationship::Parent => About::Parent,
        Relationship::Spouse | Relationship::DomesticPartner => About::Partner,
        Relationship::Relative => About::Relative,
        Relationship::Other | Relationship::Guardian | Relationship::Patient | Relationship::Pet => {
            About::Other
        }
    }
}
