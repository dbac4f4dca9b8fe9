//! What comes next in a visit.

use axum::response::Response;
use keepwell_core::applications::{self, Application};
use keepwell_core::authorizations::{
    self, AuthorizedRecord, Standing, find_person, resolve_record, standing,
};
use keepwell_core::ids::{PersonId, RecordId, RecordPseudonym};
use keepwell_core::installations;
use keepwell_core::records::{self, Record};

use super::Shell;
use super::fault::Fault;
use super::guest::Guest;
use super::visit::{Going, Task, Visit};
use super::{connect_end, edit_record, way_back};
use crate::pages::connect_end::CodeEnd;
use crate::pages::trouble::What;
use crate::paths;
use crate::redirect::return_trip::ReturnTarget;
use crate::security_headers::see_other;

/// How a person's records stand with the application of a visit.
pub struct Known {
    /// All records of the person.
    pub records: Vec<Record>,
    /// Those that the application may use.
    pub allowed: Vec<AuthorizedRecord>,
    /// The one that the person chose for the application before.
    pub selected: Option<RecordId>,
    /// The one that the application means.
    pub meant: Meant,
    /// Whether the application is open to this person at all.
    pub admitted: bool,
    /// Whether the application is an installation on a device that another person set up.
    pub of_another: bool,
}

/// The record that an application named by its pseudonym.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Meant {
    /// It named none.
    Any,
    /// This one, which the person has.
    This(RecordId),
    /// None that the person has, as far as the application can know.
    Nothing,
}

impl Known {
    /// Reads it.
    pub async fn read(shell: &Shell, going: &Going, person: PersonId) -> Result<Self, Fault> {
        let domain = &shell.domain;
        let records = records::of_person(domain, person).await?;
        let known = find_person(domain, &going.app, person).await?;
        let selected = known.as_ref().and_then(|known| {
            let chosen = known.records.iter().find(|record| Some(record.pseudonym) == known.selected);
            chosen.map(|chosen| chosen.record.id)
        });
        let meant = match going.visit.record {
            None => Meant::Any,
            Some(id) => {
                let is_own = |id| records.iter().any(|record| record.id == id);
                match resolve_record(domain, going.app.id, RecordPseudonym(id)).await? {
                    Some((id, owner)) if owner == person && is_own(id) => Meant::This(id),
                    Some((id, _)) => {
                        shell.denied(person, id).await;
                        Meant::Nothing
                    }
                    None => Meant::Nothing,
                }
            }
        };
        let admitted = applications::is_admitted(domain, &going.app, person).await?;
        let allowed = known.map(|known| known.records).unwrap_or_default();
        let is_installed = going.app.device().is_some() && going.offered.is_none();
        let of_another = is_installed && installations::owner(domain, going.app.id).await? != Some(person);
        Ok(Self { records, allowed, selected, meant, admitted, of_another })
    }

    /// What was granted for a record.
    pub fn allowed(&self, record: RecordId) -> Option<&AuthorizedRecord> {
        self.allowed.iter().find(|allowed| allowed.record.id == record)
    }

    /// How a record stands.
    pub fn standing(&self, app: &Application, record: &Record, now: i64) -> Standing {
        match self.allowed(record.id) {
            Some(allowed) => allowed.standing,
            None => standing(app, record, None, now),
        }
    }

    fn is_settled(&self, record: RecordId) -> bool {
        self.allowed(record).is_some_and(|allowed| allowed.standing == Standing::NoActionRequired)
    }
}

/// What to do next for a person who is signed in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Step {
    /// Show the consent page.
    Ask,
    /// Ask for the answer to the question of a pickup code.
    Question,
    /// Show what was left for them.
    PickUp,
    /// Ask for a pickup code: this one was found by somebody else.
    Code,
    /// Say that a pickup code cannot be used by this person.
    NoWay,
    /// Make a record.
    MakeRecord,
    /// Change what a record is called.
    EditRecord,
    /// Say that the device is somebody else's.
    NotTheirs,
    /// Nothing is left to do.
    Return(ReturnTarget),
}

/// Decides it (shell.md 7, connectivity.md 8.7).
pub fn decide(visit: &Visit, known: &Known, person: PersonId) -> Step {
    if visit.task == Task::Connect {
        return match &visit.pick_up {
            Some(found) if found.person == person => match (known.admitted, &found.opened) {
                // Who leaves something gets no access, so that nobody need be admitted.
                (false, _) if !found.package => Step::NoWay,
                (_, None) => Step::Question,
                (_, Some(_)) if found.package => Step::PickUp,
                (_, Some(_)) => Step::Ask,
            },
            _ => Step::Code,
        };
    }
    if known.of_another {
        return Step::NotTheirs;
    }
    if !known.admitted {
        return Step::Return(ReturnTarget::AppAuthFailure);
    }
    if known.meant == Meant::Nothing {
        return Step::Return(ReturnTarget::AppAuthInvalidRecord);
    }
    match visit.task {
        Task::CreateRecord if !visit.made_record => return Step::MakeRecord,
        Task::CreateRecord => return Step::Ask,
        Task::EditRecord => {
            return match edit_record::record_of(known) {
                Some(_) => Step::EditRecord,
                None => Step::Return(ReturnTarget::AppAuthInvalidRecord),
            };
        }
        _ => {}
    }
    if matches!(visit.task, Task::AppAuth | Task::CreateApplication) || visit.force {
        return Step::Ask;
    }
    let settled = if visit.multi_record {
        known.allowed.iter().any(|allowed| known.is_settled(allowed.record.id))
    } else {
        known.selected.is_some_and(|selected| known.is_settled(selected))
    };
    if settled { Step::Return(ReturnTarget::AppAuthSuccess) } else { Step::Ask }
}

/// Sends the browser on: to prove who is there, to the consent page, or back to the application.
pub async fn next(
    shell: &Shell,
    guest: &Guest,
    person: Option<PersonId>,
    going: &Going,
) -> Result<Response, Fault> {
    let Some(person) = person else {
        let page = if going.visit.task == Task::CreateAccount { paths::SIGN_UP } else { paths::SIGN_IN };
        return Ok(see_other(&going.at(page)));
    };
    let known = Known::read(shell, going, person).await?;
    match decide(&going.visit, &known, person) {
        Step::Ask => Ok(see_other(&going.at(paths::CONSENT))),
        Step::MakeRecord => Ok(see_other(&going.at(paths::CREATE_RECORD))),
        Step::EditRecord => Ok(see_other(&going.at(paths::EDIT_RECORD))),
        Step::PickUp => Ok(see_other(&going.at(paths::PICK_UP))),
        Step::Question => Ok(see_other(&going.at(paths::CONNECT_QUESTION))),
        Step::Code => Ok(see_other(paths::CONNECT)),
        Step::NotTheirs => Err(Fault::of(What::DeviceOfAnother).with_next(going.at(paths::SIGN_IN))),
        Step::NoWay => connect_end::finish(shell, guest, going, CodeEnd::Failed).await,
        Step::Return(target) => {
            going.finish(shell).await?;
            way_back::send(shell, guest, Some(person), going, target).await
        }
    }
}

/// Allows the application what the page showed, by code where the visit is one of a code, and on a device
/// that is let in with it, where this consent makes it; a change of the record in parallel is tried again.
pub async fn allow(
    shell: &Shell,
    going: &Going,
    consent: &authorizations::Consent,
    makes: bool,
) -> Result<(), authorizations::ConsentError> {
    const TRIES: usize = 3;
    let once = async || match (&going.visit.pick_up, &going.offered) {
        (_, Some(offered)) if makes => authorizations::allow_on_device(&shell.domain, offered, consent).await,
        (Some(found), _) => {
            authorizations::allow_by_code(&shell.domain, &going.app, consent, found.connection).await
        }
        _ => authorizations::allow(&shell.domain, &going.app, consent).await,
    };
    let mut answer = once().await;
    for _ in 1..TRIES {
        if answer != Err(authorizations::ConsentError::Changed) {
            break;
        }
        answer = once().await;
    }
    answer
}
