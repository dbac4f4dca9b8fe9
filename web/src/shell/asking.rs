//! What the consent page asks, decided from the server's own copy. The form only selects from it.

use aws_lc_rs::digest::{SHA256, digest};
use keepwell_core::applications::{Application, Rule};
use keepwell_core::authorizations::{Grant, Standing};
use keepwell_core::ids::RecordId;
use keepwell_core::records::Record;

use super::step::{Known, Meant};
use super::visit::{Task, Visit};
use super::words;
use crate::components::Badge;
use crate::locale::Texts;
use crate::pages::abilities::Ability;
use crate::pages::consent::{Closed, OptionalAbility, RecordOption};

/// What a form said, where the page is shown again.
#[derive(Clone, Debug, Default)]
pub struct Chosen {
    /// Values of `record`.
    pub records: Vec<String>,
    /// Values of `optional`.
    pub optional: Vec<String>,
}

/// What is asked.
pub struct Asking<'a> {
    visit: &'a Visit,
    app: &'a Application,
    known: &'a Known,
    listed: Vec<(&'a Record, Standing)>,
}

/// The rules of one kind, online or offline, sorted by what the page does with them.
struct Sorted<'a> {
    /// Granted with the page's consent.
    granted: Vec<&'a Rule>,
    /// With a switch.
    shown: Vec<&'a Rule>,
}

impl<'a> Asking<'a> {
    /// Decides which records are on the page.
    pub fn of(visit: &'a Visit, app: &'a Application, known: &'a Known, now: i64) -> Self {
        let standing = |record: &'a Record| (record, known.standing(app, record, now));
        let only = match known.meant {
            Meant::This(id) => Some(id),
            // The record in use has to be agreed on again: nothing else is asked.
            _ if visit.task == Task::Auth && !visit.force && !visit.multi_record => {
                known.selected.filter(|id| {
                    known
                        .allowed(*id)
                        .is_some_and(|allowed| allowed.standing == Standing::ReauthorizationRequired)
                })
            }
            _ => None,
        };
        let listed = known.records.iter().filter(|record| only.is_none_or(|only| record.id == only));
        Self { visit, app, known, listed: listed.map(standing).collect() }
    }

    /// The records of the page. `chosen` is what the form said; without it, what was chosen before.
    pub fn records(&self, chosen: Option<&Chosen>, t: &Texts) -> Vec<RecordOption> {
        let option = |(record, standing): &(&Record, Standing)| {
            let value = record.id.to_string();
            let connected = self.known.allowed(record.id).is_some();
            let before = if self.visit.multi_record {
                connected
            } else {
                self.known.selected == Some(record.id) || self.listed.len() == 1
            };
            RecordOption {
                chosen: chosen.map_or(before, |chosen| chosen.records.contains(&value)),
                connected: connected && *standing == Standing::NoActionRequired,
                closed: closed(*standing),
                warning: self.differs(record).then(|| {
                    let app = words::app(self.app, t).name;
                    t.say_two("consent-name-differs", "app", app, "name", &record.rights.display_name)
                }),
                ..RecordOption::open(value, Badge::new(&record.rights.display_name, record.id.0))
            }
        };
        self.listed.iter().map(option).collect()
    }

    /// Whether who gave a code calls the record that they mean otherwise than this one is called.
    fn differs(&self, record: &Record) -> bool {
        let meant = self.visit.pick_up.as_ref().and_then(|found| found.opened.as_deref());
        meant.is_some_and(|meant| is_called_otherwise(meant, &record.rights.display_name))
    }

    /// The records that a form chose, out of those that it could.
    pub fn chosen_records(&self, chosen: &Chosen) -> Vec<RecordId> {
        let open = self.listed.iter().filter(|(_, standing)| closed(*standing).is_none());
        let mut ids: Vec<RecordId> =
            open.map(|(record, _)| record.id).filter(|id| chosen.records.contains(&id.to_string())).collect();
        if !self.visit.multi_record && ids.len() > 1 {
            // A form with two records for an application that takes one is none of our pages'.
            ids.clear();
        }
        ids
    }

    /// The lines of the page: what is asked, and what was agreed before where the page asks again.
    pub fn abilities(&self, t: &Texts) -> (Vec<Ability>, Vec<Ability>) {
        let before = match self.listed[..] {
            [(record, Standing::ReauthorizationRequired)] => self.grant(record.id),
            _ => None,
        };
        let sets = [(self.online(), false), (self.offline(), true)];
        let (mut asked, mut already) = (Vec::new(), Vec::new());
        for (sorted, away) in &sets {
            for rule in &sorted.granted {
                let had = before.is_some_and(|grant| rules(grant, *away).iter().any(|had| had.covers(rule)));
                let ability = words::ability(rule, *away, t);
                match before {
                    Some(_) if had => already.push(ability),
                    Some(_) => asked.push(Ability { new: true, ..ability }),
                    None => asked.push(ability),
                }
            }
        }
        (words::merged(asked), words::merged(already))
    }

    /// The switches of the page.
    pub fn optional(&self, chosen: Option<&Chosen>, t: &Texts) -> Vec<OptionalAbility> {
        let before = match self.listed[..] {
            [(record, _)] => self.grant(record.id),
            _ => self.known.selected.and_then(|id| self.grant(id)),
        };
        let mut optional = Vec::new();
        for (sorted, away) in [(self.online(), false), (self.offline(), true)] {
            for rule in sorted.shown {
                let value = value(rule, away);
                let had = before.is_some_and(|grant| rules(grant, away).iter().any(|r| r.name == rule.name));
                let on = chosen.map_or(had, |chosen| chosen.optional.contains(&value));
                optional.push(OptionalAbility { value, on, ability: words::ability(rule, away, t) });
            }
        }
        optional
    }

    /// Names of optional rules with a switch, online and offline.
    pub fn shown(&self) -> [Vec<String>; 2] {
        [self.online(), self.offline()].map(|sorted| names(&sorted.shown))
    }

    /// Names of optional rules that a form turned on, online and offline.
    pub fn turned_on(&self, chosen: &Chosen) -> [Vec<String>; 2] {
        [(self.online(), false), (self.offline(), true)].map(|(sorted, away)| {
            let on = sorted.shown.into_iter().filter(|rule| chosen.optional.contains(&value(rule, away)));
            names(&on.collect::<Vec<_>>())
        })
    }

    /// What a consent to this page comes to. If it is another when the form arrives, the page is shown
    /// again: nobody agrees to what they did not see.
    pub fn fingerprint(&self) -> Result<String, serde_json::Error> {
        let sets = [self.online(), self.offline()].map(|sorted| (sorted.granted, sorted.shown));
        let beside: Vec<&str> = words::beside(self.app).into_iter().map(|key| key.0).collect();
        let text = serde_json::to_vec(&(sets, beside))?;
        Ok(digest(&SHA256, &text).as_ref().iter().map(|byte| format!("{byte:02x}")).collect())
    }

    fn grant(&self, record: RecordId) -> Option<&'a Grant> {
        self.known.allowed(record).map(|allowed| &allowed.grant)
    }

    fn online(&self) -> Sorted<'a> {
        self.sort(&self.app.online, &self.visit.online, false)
    }

    fn offline(&self) -> Sorted<'a> {
        self.sort(&self.app.offline, &self.visit.offline, true)
    }

    /// An optional rule has a switch if the application names it, or the first time if it says so
    /// (connectivity.md 8.4). One that was granted before and has no switch stays granted, so it stands
    /// among what the application will be able to do.
    fn sort(&self, asked: &'a [Rule], named: &[String], away: bool) -> Sorted<'a> {
        let first_time = self.listed.iter().any(|(record, _)| self.known.allowed(record.id).is_none());
        let had = |rule: &Rule| {
            let grants = self.listed.iter().filter_map(|(record, _)| self.grant(record.id));
            grants.into_iter().any(|grant| rules(grant, away).iter().any(|r| r.name == rule.name))
        };
        let has_switch = |rule: &Rule| {
            rule.optional && (named.contains(&rule.name) || (first_time && rule.show_first_time))
        };
        let granted = asked.iter().filter(|rule| !has_switch(rule) && (!rule.optional || had(rule)));
        Sorted { granted: granted.collect(), shown: asked.iter().filter(|rule| has_switch(rule)).collect() }
    }
}

/// Whether two names of a person are more than a matter of case and spaces apart.
pub fn is_called_otherwise(meant: &str, name: &str) -> bool {
    let folded = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    folded(meant) != folded(name)
}

fn closed(standing: Standing) -> Option<Closed> {
    match standing {
        Standing::ReauthorizationNotPossible => Some(Closed::YourRights),
        Standing::RecordLocationNotSupported => Some(Closed::Location),
        Standing::NoActionRequired | Standing::AuthorizationRequired | Standing::ReauthorizationRequired => {
            None
        }
    }
}

fn rules(grant: &Grant, away: bool) -> &[Rule] {
    if away { &grant.offline } else { &grant.online }
}

fn value(rule: &Rule, away: bool) -> String {
    format!("{}:{}", if away { "offline" } else { "online" }, rule.name)
}

fn names(rules: &[&Rule]) -> Vec<String> {
    rules.iter().map(|rule| rule.name.clone()).collect()
}
