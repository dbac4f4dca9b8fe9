//! From the domain's answer to the shapes of the wire.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use keepwell_core::applications;
use keepwell_core::authorizations::{self, Avenue, RecordAccess};
use keepwell_core::ids::{AppId, PersonId, TypeId};
use keepwell_core::things::{GroupAnswer, Thing, ThingData, ThingInfo, ThingKey as Key, Writing};
use keepwell_core::{persons, thing_types};
use keepwell_wire::methods::get_things::{
    Format, Group as Asked, GroupOut, Section, Selection, UnprocessedKey,
};
use keepwell_wire::shapes::{
    self, Audit, AuditAction, DataXmlOut, EffPermissions, Named, ThingCore, ThingKey, ThingOut, TypeRef,
};
use keepwell_wire::time::{LocalMicros, UtcMicros};

use super::blobs::{self, Inline};
use crate::call::Call;
use crate::present;
use crate::refusal::Refusal;

/// Things with their core, audits and data, as GetThings 1 writes them.
pub(crate) async fn plain(
    call: &Call<'_>,
    access: &RecordAccess,
    things: Vec<Thing>,
) -> Result<Vec<ThingOut>, Refusal> {
    let format = Format {
        sections: vec![Section::Core, Section::Audits],
        xml: vec![String::new()],
        ..Format::default()
    };
    let asked = Asked {
        name: None,
        max: None,
        max_full: None,
        selection: Selection::Any,
        filters: Vec::new(),
        format,
        current_version_only: true,
        intents: None,
        order_by: None,
    };
    let found = GroupAnswer { full: things, ..GroupAnswer::default() };
    let groups = groups(call, access, &[asked], vec![found]).await?;
    Ok(groups.into_iter().flat_map(|group| group.things).collect())
}

pub(super) async fn groups(
    call: &Call<'_>,
    access: &RecordAccess,
    asked: &[Asked],
    found: Vec<GroupAnswer>,
) -> Result<Vec<GroupOut>, Refusal> {
    let names = Names::of(call, asked, &found).await?;
    let inline = blobs::inline(call, access, asked, &found).await?;
    let mut groups = Vec::with_capacity(found.len());
    for (asked, answer) in asked.iter().zip(found) {
        let full = answer.full.into_iter().map(|t| thing(call, asked, access, &names, &inline, t));
        let data = answer.data.into_iter().map(|t| Ok(data_of(asked, access, t)));
        groups.push(GroupOut {
            name: asked.name.clone(),
            things: full.chain(data).collect::<Result<_, Refusal>>()?,
            unprocessed: answer.infos.iter().map(key_only).collect(),
            filtered: answer.filtered,
            // Texts are ordered without case and accents, in every language alike.
            order_by_culture: asked
                .order_by
                .is_some()
                .then(|| Some(call.culture()).filter(|c| !c.is_empty()).unwrap_or_else(|| "en".to_owned())),
        });
    }
    Ok(groups)
}

/// A thing with what was asked for beside its data.
fn thing(
    call: &Call<'_>,
    asked: &Asked,
    access: &RecordAccess,
    names: &Names,
    inline: &Inline,
    mut thing: Thing,
) -> Result<ThingOut, Refusal> {
    let wants = |section| asked.format.sections.contains(&section);
    let blobs = blobs::payload(call, access, &asked.format, &thing, inline)?;
    let data_other = if wants(Section::OtherData) { blobs::other(&thing, inline)? } else { None };
    let (created, updated, tags) = (thing.created, thing.updated, std::mem::take(&mut thing.tags));
    let signature = thing.signature.take();
    let mut out = data_of(asked, access, ThingData::from(thing));
    (out.blobs, out.data_other) = (blobs, data_other);
    if wants(Section::Audits) {
        let action = if updated == created { AuditAction::Created } else { AuditAction::Updated };
        out.created = Some(names.audit(&created, AuditAction::Created));
        out.updated = Some(names.audit(&updated, action));
    }
    if wants(Section::Tags) {
        // The older shape allows no empty element; without any, there is none.
        out.tags = Some(tags).filter(|tags| !tags.is_empty());
    }
    if wants(Section::DigitalSignatures) {
        // Each shape shows the signatures that came in it.
        let newer = call.version() >= 3;
        let shown = signature.filter(|signature| signature.is_info() == newer);
        out.raw_signature = shown.map(|signature| signature.xml().to_owned());
    }
    Ok(out)
}

/// A thing with its data and what goes with it.
fn data_of(asked: &Asked, access: &RecordAccess, thing: ThingData) -> ThingOut {
    let wants = |section| asked.format.sections.contains(&section);
    let mut out = ThingOut::new(key(thing.key), type_ref(thing.type_id));
    if wants(Section::Core) {
        out.core = Some(ThingCore {
            active: true,
            flags: u32::try_from(thing.flags).unwrap_or_default(),
            eff_date: LocalMicros(thing.eff_date),
            updated_end_date: thing.end_date.map(LocalMicros),
        });
    }
    if wants(Section::EffectivePermissions) {
        let permissions = access.permissions(thing.type_id).iter().map(present::permission).collect();
        let immutable = thing_types::find(thing.type_id).is_some_and(|t| t.immutable)
            || thing.flags & keepwell_core::things::READ_ONLY != 0;
        out.eff_permissions = Some(EffPermissions { permissions, immutable });
    }
    if !asked.format.xml.is_empty() {
        out.data_xml.push(DataXmlOut { text: thing.data_xml, transform: None });
    }
    out
}

fn key(key: Key) -> ThingKey {
    ThingKey { id: key.id.0, version_stamp: key.stamp.0 }
}

fn type_ref(id: TypeId) -> TypeRef {
    TypeRef { id: id.0, name: thing_types::find(id).map_or("", |t| t.name).into() }
}

fn key_only(info: &ThingInfo) -> UnprocessedKey {
    UnprocessedKey {
        key: key(info.key),
        type_ref: type_ref(info.type_id),
        eff_date: LocalMicros(info.eff_date),
        updated_end_date: info.end_date.map(LocalMicros),
    }
}

/// What persons and applications in audits are called, as this application knows them.
#[derive(Default)]
struct Names {
    persons: HashMap<PersonId, Named>,
    apps: HashMap<Option<AppId>, App>,
}

/// An application in an audit, with its master if it has one.
struct App {
    named: Named,
    master: Option<AppId>,
}

impl Names {
    async fn of(call: &Call<'_>, asked: &[Asked], found: &[GroupAnswer]) -> Result<Self, Refusal> {
        let mut names = Self::default();
        let audited = asked.iter().zip(found).filter(|(a, _)| a.format.sections.contains(&Section::Audits));
        for writing in audited.flat_map(|(_, f)| &f.full).flat_map(|t| [&t.created, &t.updated]) {
            if let Entry::Vacant(place) = names.persons.entry(writing.person) {
                let pseudonym = authorizations::person_pseudonym(call.domain, call.app()?.id, writing.person);
                let person = persons::find(call.domain, writing.person).await?;
                let name = person.map(|p| p.name).unwrap_or_default();
                place.insert(Named { id: pseudonym.0, name });
            }
            if let Entry::Vacant(place) = names.apps.entry(writing.app) {
                place.insert(app_name(call, writing.app).await?);
            }
        }
        Ok(names)
    }

    fn audit(&self, writing: &Writing, action: AuditAction) -> Audit {
        let unknown = || Named { id: uuid::Uuid::nil(), name: String::new() };
        Audit {
            timestamp: UtcMicros(writing.at),
            app: self.apps.get(&writing.app).map_or_else(unknown, |app| app.named.clone()),
            person: self.persons.get(&writing.person).cloned().unwrap_or_else(unknown),
            impersonator: None,
            // The person's own entry at the Shell is an online one to the wire.
            access_avenue: Some(match writing.avenue {
                Avenue::Offline => shapes::Avenue::Offline,
                Avenue::Online | Avenue::Shell | Avenue::Host => shapes::Avenue::Online,
            }),
            action,
            // An ordinary application stands for itself.
            master_app_id: self
                .apps
                .get(&writing.app)
                .and_then(|app| app.master)
                .or(writing.app)
                .map(|a| a.0),
        }
    }
}

async fn app_name(call: &Call<'_>, app: Option<AppId>) -> Result<App, Refusal> {
    let Some(id) = app else {
        let named = Named { id: applications::SHELL.0, name: call.settings.instance.name.clone() };
        return Ok(App { named, master: None });
    };
    let found = applications::find(call.domain, id).await?.map(|found| found.application);
    let name = found.as_ref().map(|app| app.name.best(&call.culture()).to_owned()).unwrap_or_default();
    Ok(App { named: Named { id: id.0, name }, master: found.and_then(|app| app.master()) })
}
