//! A person allows an application.

use keepwell_store::{ReadFlight, Refusal, WriteFlight, params};

use super::access::AccessError;
use super::grant::Grant;
use super::pseudonyms::{app_specific_record_id, person_pseudonym, record_pseudonym};
use super::store::{GRANT, PUT_GRANT, PUT_PERSON, PUT_RECORD, SELECT_RECORD};
use crate::applications::{self, Application, Rule};
use crate::audit::{self, Action, Entry};
use crate::connections::{self, ConnectionId};
use crate::env::NEVER;
use crate::ids::{AppId, PersonId, RecordId};
use crate::installations::{self, Offered};
use crate::notices::{self, Happened};
use crate::records::{self, Record, State};
use crate::{Domain, Outage};

/// What a person agreed to on the consent page.
#[derive(Clone, Debug)]
pub struct Consent {
    /// Who agrees.
    pub person: PersonId,
    /// For which record.
    pub record: RecordId,
    /// Names of optional online rules that were shown.
    pub online_shown: Vec<String>,
    /// Names of optional online rules that the person turned on.
    pub online_chosen: Vec<String>,
    /// The same, offline.
    pub offline_shown: Vec<String>,
    /// The same, offline.
    pub offline_chosen: Vec<String>,
}

impl Consent {
    /// To what the application requires, and nothing optional.
    #[must_use]
    pub fn to_required(person: PersonId, record: RecordId) -> Self {
        Self {
            person,
            record,
            online_shown: Vec::new(),
            online_chosen: Vec::new(),
            offline_shown: Vec::new(),
            offline_chosen: Vec::new(),
        }
    }
}

/// Why a consent cannot be given.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConsentError {
    /// The person may not decide about this record.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// The application is for persons who were admitted to it.
    #[error("this application is not open to this person")]
    NotAdmitted,
    /// The application is not meant for where the record's subject lives.
    #[error("this application does not support records in {0:?}")]
    Location(String),
    /// Something about the record changed at the same moment.
    #[error("something about this record changed just now; please look again")]
    Changed,
    /// The clinic's request is over, or somebody else's.
    #[error("the request of this code is not there any more")]
    CodeGone,
    /// The device's creation token was spent by another consent, or by a refusal.
    #[error("this creation token was used already")]
    TokenSpent,
    /// The person has as many installations on devices as one may have.
    #[error("this person has as many installations as one may have")]
    TooManyDevices,
    /// The grant could not be written down.
    #[error("the grant cannot be kept: {0}")]
    Unwritable(String),
    /// The store could not do it.
    #[error(transparent)]
    Outage(#[from] Outage),
}

/// Allows an application what it requires and what the person chose, for a record, and makes that
/// record the selected one.
///
/// # Errors
/// `ConsentError::Access` when the person may not, `Changed` after a change in parallel.
pub async fn allow(domain: &Domain, app: &Application, consent: &Consent) -> Result<(), ConsentError> {
    allow_with(domain, app, consent, Rules::All, |_| Ok(())).await
}

/// The same, asked for by a clinic with a code: the application will learn by polling that its request was
/// authorized. Who polls comes while the person is away, so it is about offline rules only (connectivity.md
/// 3.9): online rules that were granted before stay, none is added.
///
/// # Errors
/// As [`allow`], and `ConsentError::CodeGone` when the request is not there any more; nothing is allowed then.
pub async fn allow_by_code(
    domain: &Domain,
    app: &Application,
    consent: &Consent,
    code: ConnectionId,
) -> Result<(), ConsentError> {
    let (person, record) = (consent.person, consent.record);
    allow_with(domain, app, consent, Rules::Offline, |flight| {
        connections::authorize(domain, flight, code, app.id, person, record, ConsentError::CodeGone);
        notices::add(domain, flight, person, &Happened::Connected(app.id, record));
        Ok(())
    })
    .await?;
    connections::told(connections::Kind::Connect, "authorized");
    Ok(())
}

/// Makes the installation that a device was offered, and allows it what it requires: both or nothing, and
/// once, whoever else brings the same token.
///
/// # Errors
/// As [`allow`]; `ConsentError::TokenSpent`, `TooManyDevices`.
pub async fn allow_on_device(
    domain: &Domain,
    offered: &Offered,
    consent: &Consent,
) -> Result<(), ConsentError> {
    allow_with(domain, &offered.app, consent, Rules::All, |flight| {
        let (spent, too_many) = (ConsentError::TokenSpent, ConsentError::TooManyDevices);
        installations::redeem(domain, flight, consent.person, offered, spent, too_many)?;
        Ok(())
    })
    .await
}

/// Which of an application's rules a consent is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rules {
    All,
    Offline,
}

async fn allow_with(
    domain: &Domain,
    app: &Application,
    consent: &Consent,
    about: Rules,
    also: impl FnOnce(&mut WriteFlight<ConsentError>) -> Result<(), ConsentError>,
) -> Result<(), ConsentError> {
    if !applications::is_admitted(domain, app, consent.person).await? {
        return Err(ConsentError::NotAdmitted);
    }
    let (record, before) = read(domain, app.id, consent.person, consent.record).await?;
    let now = domain.env.now();
    if record.rights.expires <= now {
        return Err(AccessError::Denied.into());
    }
    if record.state != State::Active {
        return Err(AccessError::Closed.into());
    }
    if !app.supports(&record.country) {
        return Err(ConsentError::Location(record.country));
    }
    let kept = before.as_ref();
    let online = match about {
        Rules::All => {
            decide(&app.online, kept.map(|g| &g.online), &consent.online_shown, &consent.online_chosen)
        }
        Rules::Offline => kept.map(|g| g.online.clone()).unwrap_or_default(),
    };
    let offline =
        decide(&app.offline, kept.map(|g| &g.offline), &consent.offline_shown, &consent.offline_chosen);

    let (person, id) = (consent.person, consent.record);
    let write =
        |rules: &[Rule]| serde_json::to_string(rules).map_err(|e| ConsentError::Unwritable(e.to_string()));
    let mut flight = WriteFlight::new();
    records::bump_access(&mut flight, id, record.access_revision, ConsentError::Changed);
    flight.run(PUT_GRANT, params![id, app.id, person, write(&online)?, write(&offline)?, now, NEVER]);
    flight.run(PUT_PERSON, params![app.id, person_pseudonym(domain, app.id, person), person, id, now]);
    let pseudonym = record_pseudonym(domain, app.id, person, id);
    let specific = app_specific_record_id(domain, app.id, id);
    flight.run(PUT_RECORD, params![app.id, pseudonym, person, id, specific, now]);
    also(&mut flight)?;
    let action =
        if before.is_some() { Action::UpdateRecordAuthorization } else { Action::CreateRecordAuthorization };
    let names = |rules: &[Rule]| rules.iter().map(|r| r.name.clone()).collect::<Vec<_>>();
    let details = serde_json::json!({ "online": names(&online), "offline": names(&offline) });
    audit::write(domain, &mut flight, Entry::by_person(id, person, action).about_app(app.id).with(&details));
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

/// Makes another record, which the application is already allowed, the selected one.
///
/// # Errors
/// `Outage` when the store cannot do it.
pub async fn select(domain: &Domain, app: AppId, person: PersonId, record: RecordId) -> Result<(), Outage> {
    let mut flight = WriteFlight::<Outage>::new();
    flight.run(SELECT_RECORD, params![app, person, record]);
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

/// Which rules are granted: all required ones; of the optional ones those chosen, and those granted
/// before and not shown this time (connectivity.md 8.4).
fn decide(asked: &[Rule], before: Option<&Vec<Rule>>, shown: &[String], chosen: &[String]) -> Vec<Rule> {
    let had = |name: &str| before.is_some_and(|rules| rules.iter().any(|r| r.name == name));
    let granted = |rule: &&Rule| {
        !rule.optional
            || if shown.contains(&rule.name) { chosen.contains(&rule.name) } else { had(&rule.name) }
    };
    asked.iter().filter(granted).cloned().collect()
}

/// A record with what a person granted an application on it.
pub(super) async fn read(
    domain: &Domain,
    app: AppId,
    person: PersonId,
    id: RecordId,
) -> Result<(Record, Option<Grant>), AccessError> {
    let mut flight = ReadFlight::new();
    let record = records::ask(&mut flight, id, person);
    let grant = flight.ask(&GRANT, params![id, app, person]);
    let mut answers = domain.store.read(flight).await?;
    let record = answers.first(record)?.ok_or(AccessError::Denied)?;
    let grant = answers.first(grant)?.map(Grant::read).transpose()?;
    Ok((Record::from(record), grant))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::applications::{Permissions, Types};

    fn rule(name: &str, optional: bool) -> Rule {
        Rule {
            name: name.to_owned(),
            why: "why".into(),
            permissions: Permissions::ALL,
            types: Types::All,
            optional,
            show_first_time: true,
            ..Rule::default()
        }
    }

    fn names(rules: &[Rule]) -> Vec<&str> {
        rules.iter().map(|r| r.name.as_str()).collect()
    }

    #[test]
    fn required_rules_are_granted_and_optional_ones_only_when_chosen() {
        let asked = [rule("must", false), rule("may", true)];
        let shown = ["may".to_owned()];
        assert_eq!(names(&decide(&asked, None, &shown, &[])), ["must"]);
        assert_eq!(names(&decide(&asked, None, &shown, &shown)), ["must", "may"]);
    }

    #[test]
    fn a_rule_that_was_not_shown_cannot_be_chosen() {
        let asked = [rule("may", true)];
        assert!(decide(&asked, None, &[], &["may".to_owned()]).is_empty());
    }

    #[test]
    fn an_optional_rule_granted_before_stays_until_it_is_shown_and_turned_off() {
        let asked = [rule("may", true)];
        let before = vec![rule("may", true)];
        assert_eq!(names(&decide(&asked, Some(&before), &[], &[])), ["may"]);
        assert!(decide(&asked, Some(&before), &["may".to_owned()], &[]).is_empty());
    }
}
