//! Applications that make and change applications: masters and their children (methods.md 12).

use keepwell_store::{Refusal, WriteFlight, params};

use super::store::{DROP_CERTIFICATES, REPLACE_AT};
use super::{
    Application, ApplicationError, Certificate, Kind, add, find, insert_certificates, methods, rules,
};
use crate::Domain;
use crate::ids::AppId;

/// Why an application cannot be made or changed so.
#[derive(Debug, thiserror::Error)]
pub enum ProvisionError {
    /// The caller is no master.
    #[error("this application makes no others")]
    NoMaster,
    /// The application is neither the caller nor its child.
    #[error("that application is not this one's to change")]
    NotYours,
    /// No application has this id.
    #[error("no application has the id {0}")]
    Unknown(AppId),
    /// Nothing tells people what becomes of their data.
    #[error("an application needs an action-url, or both a privacy-statement and terms-of-use")]
    Statements,
    /// A field's value cannot be used.
    #[error("{0}")]
    Field(String),
    /// A rule asks for more than the master may hand out.
    #[error("the rule {0:?} goes beyond what the master may ask for")]
    Rule(String),
    /// A method is unknown, or more than may be handed out.
    #[error("{0:?} is no method that may be given to this application")]
    Method(String),
    /// A location is not among the master's.
    #[error("the master does not support records in {0}")]
    Location(String),
    /// A vocabulary is not among the master's.
    #[error("the master may not use the vocabulary {0}")]
    Vocabulary(String),
    /// All that is said about it is too long.
    #[error("what is said about an application may have {LONGEST} bytes at most")]
    TooLong,
    /// It changed at the same moment.
    #[error("the application was changed just now; please try again")]
    Changed,
    /// As for every registration.
    #[error(transparent)]
    Application(#[from] ApplicationError),
}

/// Bytes of a registration as it is kept. Two pictures and three statements have room.
const LONGEST: usize = 1024 * 1024;

fn document(app: &Application) -> Result<String, ProvisionError> {
    let document = serde_json::to_string(app).map_err(ApplicationError::from)?;
    if document.len() > LONGEST { Err(ProvisionError::TooLong) } else { Ok(document) }
}

/// Makes a child of a master. Its kind is set here, whatever it says.
///
/// # Errors
/// `ProvisionError` saying what it may not have.
pub async fn add_child(
    domain: &Domain,
    master: &Application,
    child: Application,
    certificates: &[Certificate],
) -> Result<AppId, ProvisionError> {
    let Kind::Master { child_methods } = &master.kind else { return Err(ProvisionError::NoMaster) };
    let child = Application { kind: Kind::Child { master: master.id }, ..child };
    check(&child, Some(master), child_methods)?;
    document(&child)?;
    add(domain, &child, certificates).await?;
    Ok(child.id)
}

/// Changes the calling application or one of its children. What it becomes is checked as a whole.
/// Certificates, where there are new ones, replace the former.
///
/// # Errors
/// `ProvisionError::NotYours`, `Unknown`, `Changed` after a change in parallel, or what it may not have.
pub async fn update(
    domain: &Domain,
    caller: &Application,
    id: AppId,
    change: impl FnOnce(&mut Application),
    certificates: Option<&[Certificate]>,
) -> Result<(), ProvisionError> {
    let before = find(domain, id).await?.ok_or(ProvisionError::Unknown(id))?;
    let master = before.application.master();
    let is_on_devices = matches!(before.application.kind, Kind::Mobile | Kind::Device { .. });
    if is_on_devices || (id != caller.id && master != Some(caller.id)) {
        return Err(ProvisionError::NotYours);
    }
    let mut after = (*before.application).clone();
    change(&mut after);
    (after.id, after.kind) = (id, before.application.kind.clone());
    let master = match master {
        // Without its master nobody knows what it may be.
        Some(master) => {
            let found = find(domain, master).await?.ok_or(ProvisionError::Unknown(master))?;
            Some(found.application)
        }
        None => None,
    };
    // Nobody gives themselves what they do not have: only a master raises, up to what it may hand out.
    let ceiling = match master.as_deref() {
        Some(Application { id, kind: Kind::Master { child_methods }, .. }) if *id == caller.id => {
            child_methods
        }
        _ => &before.application.methods,
    };
    check(&after, master.as_deref(), ceiling)?;

    let document = document(&after)?;
    let now = domain.env.now();
    let mut flight = WriteFlight::new();
    flight.run(REPLACE_AT, params![id, document, now, before.revision]).affects(1, ProvisionError::Changed);
    if let Some(certificates) = certificates {
        flight.run(DROP_CERTIFICATES, params![id]);
        insert_certificates(&mut flight, id, certificates, now);
    }
    domain.store.write(flight).await.map(drop).map_err(Refusal::reason)
}

impl From<crate::Outage> for ProvisionError {
    fn from(outage: crate::Outage) -> Self {
        Self::Application(outage.into())
    }
}

/// Whether an application may be as it is: in itself, below its master, and with methods no higher than
/// the ceiling.
///
/// # Errors
/// `ProvisionError` naming the first thing that it may not have.
pub fn check(
    app: &Application,
    master: Option<&Application>,
    ceiling: &[String],
) -> Result<(), ProvisionError> {
    let told = app.action_url.is_some() || (app.privacy.is_some() && app.terms.is_some());
    // The mark's name is spelled so on the wire.
    if !told && !app.attributes.iter().any(|mark| mark == "hippa") {
        return Err(ProvisionError::Statements);
    }
    if let Some(address) = app.action_url.as_deref().filter(|a| !super::file::is_web_address(a)) {
        return Err(ProvisionError::Field(format!("action-url: {address:?} is no http or https address")));
    }
    for set in [&app.online, &app.offline] {
        rules::sound(set).map_err(ProvisionError::Field)?;
    }
    if let Some(name) = methods::beyond(&app.methods, ceiling) {
        return Err(ProvisionError::Method(name.to_owned()));
    }
    master.map_or(Ok(()), |master| below(app, master))
}

fn below(app: &Application, master: &Application) -> Result<(), ProvisionError> {
    for (asked, ceiling) in [(&app.online, &master.online), (&app.offline, &master.offline)] {
        if let Some(rule) = rules::beyond(asked, ceiling) {
            return Err(ProvisionError::Rule(rule.name.clone()));
        }
    }
    let outside = |place: &&super::Location| {
        let covers = |m: &super::Location| {
            m.country.eq_ignore_ascii_case(&place.country)
                && (m.state_province.is_none() || m.state_province == place.state_province)
        };
        !master.locations.is_empty() && !master.locations.iter().any(covers)
    };
    if let Some(place) = app.locations.iter().find(outside) {
        return Err(ProvisionError::Location(place.country.clone()));
    }
    // All places are more than some.
    if app.locations.is_empty() && !master.locations.is_empty() {
        return Err(ProvisionError::Location("every country".to_owned()));
    }
    let outside = |v: &&super::Vocabulary| {
        let covers = |m: &super::Vocabulary| m.family == v.family && (m.name.is_none() || m.name == v.name);
        !master.vocabularies.iter().any(covers)
    };
    match app.vocabularies.iter().find(outside) {
        Some(vocabulary) => {
            Err(ProvisionError::Vocabulary(vocabulary.name.as_ref().unwrap_or(&vocabulary.family).clone()))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::applications::{Location, Permission, Permissions, Rule, Types, Vocabulary};
    use crate::thing_types::WEIGHT;

    fn rule(permissions: &[Permission]) -> Rule {
        Rule {
            name: "weight".to_owned(),
            why: "why".into(),
            permissions: Permissions::of(permissions),
            types: Types::Only(vec![WEIGHT]),
            ..Rule::default()
        }
    }

    fn place(country: &str) -> Location {
        Location { country: country.to_owned(), state_province: None }
    }

    fn master() -> Application {
        Application {
            online: vec![rule(&[Permission::Read, Permission::Create])],
            locations: vec![place("NL"), place("BE")],
            ..Application::default()
        }
    }

    fn child() -> Application {
        Application {
            action_url: Some("https://practice.example/".to_owned()),
            online: vec![rule(&[Permission::Read])],
            locations: vec![place("NL")],
            methods: vec!["GetThings".to_owned()],
            ..Application::default()
        }
    }

    fn refusal(change: impl FnOnce(&mut Application)) -> String {
        let mut app = child();
        change(&mut app);
        let ceiling = ["basic".to_owned()];
        check(&app, Some(&master()), &ceiling).map_err(|e| e.to_string()).err().unwrap_or_default()
    }

    #[test]
    fn a_child_has_no_more_than_its_master_may_hand_out() {
        assert_eq!(refusal(|_| {}), "");
        assert!(refusal(|app| app.online = vec![rule(&[Permission::Delete])]).contains("rule \"weight\""));
        assert!(refusal(|app| app.offline = vec![rule(&[Permission::Read])]).contains("rule"));
        assert!(refusal(|app| app.methods = vec!["master".to_owned()]).contains("\"master\""));
        assert!(refusal(|app| app.locations = vec![place("US")]).contains("US"));
        assert!(refusal(|app| app.locations.clear()).contains("every country"));
        let vocabulary = Vocabulary { family: "snomed".to_owned(), name: None };
        assert!(refusal(|app| app.vocabularies = vec![vocabulary]).contains("snomed"));
    }

    #[test]
    fn an_application_says_what_becomes_of_data() {
        assert!(refusal(|app| app.action_url = None).contains("terms-of-use"));
        assert!(refusal(|app| app.action_url = Some("javascript:1".to_owned())).contains("action-url"));
        let hippa = refusal(|app| (app.action_url, app.attributes) = (None, vec!["hippa".to_owned()]));
        assert_eq!(hippa, "");
    }
}
