//! Who wrote what is in a record, as its reader knows them.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use keepwell_core::audit::STRANGER;
use keepwell_core::authorizations::Avenue;
use keepwell_core::ids::{AppId, PersonId};
use keepwell_core::things::Writing;
use keepwell_core::{applications, persons};

use super::Shell;
use super::fault::Fault;
use crate::locale::Texts;

/// The names of the apps and people behind some writings.
pub struct Writers {
    you: PersonId,
    apps: HashMap<AppId, String>,
    people: HashMap<PersonId, String>,
}

impl Writers {
    /// Looks them up, for a reader who is this person.
    pub async fn of(
        shell: &Shell,
        you: PersonId,
        writings: impl Iterator<Item = Writing>,
        t: &Texts,
    ) -> Result<Self, Fault> {
        let people = HashMap::from([(STRANGER, t.say("writer-stranger")), (you, t.say("writer-you"))]);
        let mut found = Self { you, apps: HashMap::new(), people };
        for Writing { app, person, .. } in writings {
            if let Some(app) = app.filter(|app| *app != applications::SHELL && !found.apps.contains_key(app))
            {
                let name = match applications::find(&shell.domain, app).await? {
                    Some(registered) => registered.application.name.best(t.lang()).to_owned(),
                    None => t.say("writer-app-gone"),
                };
                found.apps.insert(app, name);
            }
            if let Entry::Vacant(unknown) = found.people.entry(person) {
                let known = persons::find(&shell.domain, person).await?;
                unknown.insert(known.map_or_else(|| t.say("writer-person-gone"), |person| person.name));
            }
        }
        Ok(found)
    }

    /// The app that wrote; none if a person did, here.
    pub fn app(&self, writing: &Writing) -> Option<String> {
        writing.app.and_then(|app| self.apps.get(&app).cloned())
    }

    /// "Northside Clinic", "You", "Northside Clinic, for Karl Berg".
    pub fn who(&self, writing: &Writing, t: &Texts) -> String {
        let person = self.people.get(&writing.person).cloned().unwrap_or_default();
        match self.app(writing) {
            None => person,
            Some(app) if writing.person == self.you => app,
            Some(app) => t.say_two("writer-for", "app", app, "person", person),
        }
    }

    /// "while it was in use"; none where a person wrote, which says how.
    pub fn how(writing: &Writing, t: &Texts) -> String {
        match writing.avenue {
            Avenue::Online => t.say("writer-in-use"),
            Avenue::Offline => t.say("writer-on-its-own"),
            Avenue::Shell | Avenue::Host => t.say("writer-here"),
        }
    }
}
