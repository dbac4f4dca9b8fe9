//! A person changes which optional rules of an application hold for a record, without going through the application.

use keepwell_store::{Refusal, WriteFlight, params};

use super::access::AccessError;
use super::consent::{ConsentError, read};
use super::store::SET_GRANT;
use crate::Domain;
use crate::applications::{Application, Rule};
use crate::audit::{self, Action, Entry};
use crate::ids::{PersonId, RecordId};
use crate::records::{self, State};

/// Which optional rules were shown, and which of them the person wants, each by its name.
#[derive(Clone, Debug, Default)]
pub struct Optional {
    /// Shown, online.
    pub online_shown: Vec<String>,
    /// Wanted, online.
    pub online_chosen: Vec<String>,
    /// Shown, offline.
    pub offline_shown: Vec<String>,
    /// Wanted, offline.
    pub offline_chosen: Vec<String>,
}

/// Changes the optional rules that hold for a record, effective at the next request. What else was granted stays as it
/// is: an application that requires more by now has to ask for that itself.
///
/// # Errors
/// `ConsentError::Access` when the application is allowed nothing here, or the record is not open; `Changed` after a
/// change in parallel.
pub async fn set_optional(
    domain: &Domain,
    app: &Application,
    person: PersonId,
    id: RecordId,
    wanted: &Optional,
) -> Result<(), ConsentError> {
    let (record, grant) = read(domain, app.id, person, id).await?;
    let now = domain.env.now();
    let grant = grant.filter(|grant| grant.expires > now && record.rights.expires > now);
    let grant = grant.ok_or(AccessError::Denied)?;
    if record.state != State::Active {
        return Err(AccessError::Closed.into());
    }
    let online = decide(&app.online, &grant.online, &wanted.online_shown, &wanted.online_chosen);
    let offline = decide(&app.offline, &grant.offline, &wanted.offline_shown, &wanted.offline_chosen);
    if (&online, &offline) == (&grant.online, &grant.offline) {
        return Ok(());
    }
    let write =
        |rules: &[Rule]| serde_json::to_string(rules).map_err(|e| ConsentError::Unwritable(e.to_string()));
    let mut flight = WriteFlight::new();
    records::bump_access(&mut flight, id, record.access_revision, ConsentError::Changed);
    flight
        .run(SET_GRANT, params![id, app.id, person, write(&online)?, write(&offline)?, now])
        .affects(1, ConsentError::Changed);
    let names = |rules: &[Rule]| rules.iter().map(|r| r.name.clone()).collect::<Vec<_>>();
    let details = serde_json::json!({ "online": names(&online), "offline": names(&offline) });
    let entry = Entry::by_person(id, person, Action::UpdateRecordAuthorization);
    audit::write(domain, &mut flight, entry.about_app(app.id).with(&details));
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

/// What was granted and not shown, and of what was shown what is wanted, as the application asks for it today.
fn decide(asked: &[Rule], before: &[Rule], shown: &[String], chosen: &[String]) -> Vec<Rule> {
    let is_shown = |rule: &&Rule| {
        shown.contains(&rule.name) && asked.iter().any(|asked| asked.optional && asked.name == rule.name)
    };
    let kept = before.iter().filter(|rule| !is_shown(rule)).cloned();
    let wanted = asked.iter().filter(|rule| rule.optional && is_shown(rule) && chosen.contains(&rule.name));
    kept.chain(wanted.cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(name: &str, optional: bool) -> Rule {
        Rule { name: name.to_owned(), optional, ..Rule::default() }
    }

    fn names(rules: &[Rule]) -> Vec<&str> {
        rules.iter().map(|rule| rule.name.as_str()).collect()
    }

    #[test]
    fn only_what_is_optional_and_was_shown_changes() {
        let asked = [rule("must", false), rule("new", false), rule("may", true), rule("might", true)];
        let before = [rule("must", false), rule("may", true), rule("gone", true)];
        let all = ["must", "new", "may", "might", "gone"].map(str::to_owned);
        let turned = |shown: &[String], chosen: &[String]| decide(&asked, &before, shown, chosen);
        assert_eq!(names(&turned(&all, &["might".to_owned()])), ["must", "gone", "might"]);
        assert_eq!(names(&turned(&all, &all)), ["must", "gone", "may", "might"], "nothing new is required");
        assert_eq!(names(&turned(&[], &all)), ["must", "may", "gone"]);
    }
}
