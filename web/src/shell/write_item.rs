//! Write something into a record by hand, or change what is there.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use keepwell_core::authorizations::Caller;
use keepwell_core::ids::{ThingId, TypeId, VersionStamp};
use keepwell_core::persons::Person;
use keepwell_core::records::Record;
use keepwell_core::thing_types::{self, ThingType};
use keepwell_core::things::{
    self, Criteria, Group, Problem, PutThing, READ_ONLY, Thing, ThingError, Which, data_by_hand,
};
use keepwell_core::vocabularies::{self, Shelf};
use uuid::Uuid;

use super::fault::Fault;
use super::form::Posted;
use super::form_fields::{self, Asked};
use super::guest::Guest;
use super::records::At;
use super::{Shell, item, item_words, records as own, words};
use crate::forms::{self, Form, Lists, Values, Wrongs};
use crate::labels;
use crate::locale::{Key, Texts};
use crate::pages::choose_kind::ChooseKind;
use crate::pages::write_item::WriteItem;
use crate::security_headers::{PagePolicy, see_other};

/// What people write down most, by root.
const COMMON: [&str; 12] = [
    "weight",
    "blood-pressure",
    "blood-glucose",
    "heart-rate",
    "medication",
    "allergy",
    "condition",
    "immunization",
    "exercise",
    "sleep-am",
    "cholesterol-profile",
    "height",
];
/// What programs write for themselves, and what other pages are for.
const NOT_BY_HAND: [&str; 8] = [
    "app-specific",
    "application-data-reference",
    "group-membership",
    "password-protected-package",
    "message",
    "personal-image",
    "status",
    "link",
];

/// The kinds that can be written down.
pub async fn choose(
    State(shell): State<Shell>,
    guest: Guest,
    At(record): At<Uuid>,
) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let record = own::find(&shell, person, record).await?;
    let frame = own::frame(&shell, &guest, &record);
    let shelf = vocabularies::shelf(&shell.domain).await?;
    let entry = |kind: &ThingType| (words::kind_alone(kind.id, &frame.t), own::add_one_at(&record, kind.id));
    let common: Vec<&ThingType> = COMMON.iter().filter_map(|root| thing_types::by_name(root)).collect();
    let is_other = |kind: &&'static ThingType| {
        kind.next.is_none()
            && !kind.deprecated
            && !common.iter().any(|known| known.id == kind.id)
            && !NOT_BY_HAND.contains(&kind.root)
            && form_with(&shelf, kind, &frame.t).is_some()
    };
    let mut others: Vec<(String, String)> = thing_types::all().iter().filter(is_other).map(entry).collect();
    others.sort();
    let page = ChooseKind {
        record_name: record.rights.display_name.clone(),
        common: common.into_iter().map(entry).collect(),
        others,
        frame,
    };
    Ok(PagePolicy::default().page(page.render()?))
}

/// A form for a kind, in the reader's language and units; none where it cannot be entered.
async fn form_of(shell: &Shell, kind: &'static ThingType, t: &Texts) -> Result<Option<Form>, Fault> {
    if NOT_BY_HAND.contains(&kind.root) {
        return Ok(None);
    }
    let shelf = vocabularies::shelf(&shell.domain).await?;
    Ok(form_with(&shelf, kind, t))
}

fn form_with(shelf: &Shelf, kind: &'static ThingType, t: &Texts) -> Option<Form> {
    let english = t.in_english();
    let unit_label = |unit: &str| item_words::unit_label(unit, t);
    let unit_written = |unit: &str| item_words::unit_label(unit, &english);
    let lists = Lists {
        shelf,
        culture: t.lang(),
        units: t.units(),
        unit_label: &unit_label,
        unit_written: &unit_written,
    };
    forms::form_for(kind, &lists)
}

/// Whether things of the kind can be written down.
pub async fn can_be_added(shell: &Shell, kind: &'static ThingType, t: &Texts) -> Result<bool, Fault> {
    Ok(form_of(shell, kind, t).await?.is_some())
}

/// Whether the person may be offered a form for this thing.
pub async fn may_edit(shell: &Shell, record: &Record, thing: &Thing, t: &Texts) -> Result<bool, Fault> {
    Ok(record.rights.custodian && editable(shell, thing, t).await?.is_some())
}

/// The form for a thing and what it shows of it; none where the form would take something away: a signature,
/// or a mark that it is not to be changed.
async fn editable(shell: &Shell, thing: &Thing, t: &Texts) -> Result<Option<(Form, Values, u32)>, Fault> {
    let fixed = thing.signature.is_some() || thing.flags & READ_ONLY != 0;
    let Some(kind) = thing_types::find(thing.type_id).filter(|kind| !fixed && !kind.immutable) else {
        return Ok(None);
    };
    let Some(whole) = form_of(shell, kind, t).await? else { return Ok(None) };
    let Some((form, values)) = forms::values_of(&whole, &thing.data_xml) else { return Ok(None) };
    let kept = u32::try_from(form.lacks(&whole)).unwrap_or(u32::MAX);
    Ok(Some((form, values, kept)))
}

struct Shown {
    values: Values,
    wrongs: Wrongs,
    refused: Option<Key>,
    entered: Vec<(String, String)>,
    /// What was asked for, of what stands several times; none where the form is to be kept.
    asked: Option<Asked>,
}

impl Shown {
    fn of(values: Values) -> Self {
        Self { values, wrongs: Wrongs::new(), refused: None, entered: Vec::new(), asked: None }
    }
}

/// What was sent: the form with as many rows as came, and what was entered. Whoever asked for one more, or for
/// one to be taken away, gets the form like that, and nothing is kept yet.
fn sent(form: &Form, posted: &Posted) -> (Form, Shown) {
    let mut all = posted.firsts();
    let (more, one) = (posted.text("add-row"), posted.text("remove-row"));
    let grown = form.clone().grown(&all);
    let asked = (!more.is_empty() || !one.is_empty()).then(|| Asked {
        less_of: grown.take_away(&one, &mut all).unwrap_or_default(),
        more_of: more.clone(),
    });
    // Those after the one that was taken away have moved up.
    let grown = if one.is_empty() { grown } else { form.clone().grown(&all) };
    let shown = Shown { asked, ..Shown::of(entered(&grown, &all)) };
    (grown.with_row_of(&more), shown)
}

/// Where something new is written down.
pub async fn show_new(
    State(shell): State<Shell>,
    guest: Guest,
    At((record, kind)): At<(Uuid, Uuid)>,
) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let (record, form) = new_of(&shell, &guest, person, record, kind).await?;
    let t = guest.frame(&shell).t;
    let mut values = Values::new();
    // Most is written down when it was measured.
    let [day, month, year, time] = t.now_in_parts();
    // Only where the form asks for that moment: when something began, nobody else knows.
    let asked = |date: &&str| form.fields.iter().any(|field| field.name == *date && field.required);
    if let Some(date) = form.kind.effective_date.filter(asked) {
        for (part, text) in [("_d", day), ("_m", month), ("_y", year), ("_t", time)] {
            values.insert(format!("{date}{part}"), text);
        }
    }
    let once = shell.domain.env.uuid().to_string();
    new_page(&shell, &guest, &record, &form, Shown::of(values), once)
}

async fn new_of(
    shell: &Shell,
    guest: &Guest,
    person: &Person,
    record: Uuid,
    kind: Uuid,
) -> Result<(Record, Form), Fault> {
    let record = own::find(shell, person, record).await?;
    if !record.rights.custodian {
        return Err(Fault::denied());
    }
    let kind = thing_types::find(TypeId(kind)).ok_or_else(Fault::not_found)?;
    let form = form_of(shell, kind, &guest.frame(shell).t).await?.ok_or_else(Fault::not_found)?;
    Ok((record, form))
}

/// The form with something new.
pub async fn submit_new(
    State(shell): State<Shell>,
    guest: Guest,
    At((record, kind)): At<(Uuid, Uuid)>,
    posted: Posted,
) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let (record, form) = new_of(&shell, &guest, person, record, kind).await?;
    let caller = Caller::person(person.id);
    let once: Uuid = posted.text("once").parse().map_err(|_| Fault::not_found())?;
    let once = once.to_string();
    let (form, mut shown) = sent(&form, &posted);
    if shown.asked.is_some() {
        return new_page(&shell, &guest, &record, &form, shown, once);
    }
    match forms::make(&form, &shown.values, &once) {
        Err(wrongs) => shown.wrongs = wrongs,
        Ok(xml) => {
            // The same form once more makes nothing more.
            if let Some(made) = made_before(&shell, &caller, &record, &once).await? {
                return Ok(see_other(&own::item_at(&record, made)));
            }
            let data = Some(data_by_hand(form.kind, xml));
            let thing = PutThing { type_id: Some(form.kind.id), data, ..PutThing::default() };
            match things::put(&shell.domain, &caller, record.id, &[thing]).await {
                Ok(keys) => {
                    let made = keys.first().ok_or_else(|| Fault::broken("a write without a key"))?;
                    return Ok(see_other(&format!("{}?added", own::item_at(&record, made.id))));
                }
                Err(error) => {
                    shell.denied_write(person.id, record.id, &error).await;
                    shown.refused = Some(refused(error)?);
                }
            }
        }
    }
    new_page(&shell, &guest, &record, &form, shown, once)
}

async fn made_before(
    shell: &Shell,
    caller: &Caller,
    record: &Record,
    once: &str,
) -> Result<Option<ThingId>, Fault> {
    let asked = [Group {
        which: Which::ClientIds(vec![once.to_owned()]),
        criteria: Criteria::default(),
        max_full: Some(1),
        ..Group::default()
    }];
    let (found, _) = things::get(&shell.domain, caller, record.id, &asked).await?;
    Ok(found.first().and_then(|group| group.full.first()).map(|thing| thing.key.id))
}

/// Where a thing is changed.
pub async fn show_edit(
    State(shell): State<Shell>,
    guest: Guest,
    At((record, id)): At<(Uuid, Uuid)>,
) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let (record, thing) = to_edit(&shell, person, record, ThingId(id)).await?;
    let t = guest.frame(&shell).t;
    let (form, values, kept) = editable(&shell, &thing, &t).await?.ok_or_else(Fault::not_found)?;
    edit_page(&shell, &guest, &record, &thing, (&form, kept), Shown::of(values))
}

async fn to_edit(
    shell: &Shell,
    person: &Person,
    record: Uuid,
    id: ThingId,
) -> Result<(Record, Thing), Fault> {
    let record = own::find(shell, person, record).await?;
    if !record.rights.custodian {
        return Err(Fault::denied());
    }
    let known = item::find(shell, person, &record, id, None).await?;
    match known.removed {
        true => Err(Fault::not_found()),
        false => Ok((record, known.shown)),
    }
}

/// The form with changes.
pub async fn submit_edit(
    State(shell): State<Shell>,
    guest: Guest,
    At((record, id)): At<(Uuid, Uuid)>,
    posted: Posted,
) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let (record, thing) = to_edit(&shell, person, record, ThingId(id)).await?;
    let t = guest.frame(&shell).t;
    let (form, now, kept) = editable(&shell, &thing, &t).await?.ok_or_else(Fault::not_found)?;
    let stamp: VersionStamp =
        posted.text("version").parse().map(VersionStamp).map_err(|_| Fault::not_found())?;
    let fresh = form;
    let (form, mut shown) = sent(&fresh, &posted);
    if stamp != thing.key.stamp {
        let page = Shown { entered: differing(&form, &shown.values, &now, &t), ..Shown::of(now) };
        // Its numbers are those of another version: nothing of what was taken away or added goes along.
        return edit_page(&shell, &guest, &record, &thing, (&fresh, kept), page);
    }
    if shown.asked.is_some() {
        return edit_page(&shell, &guest, &record, &thing, (&form, kept), shown);
    }
    match forms::edit(&form, &thing.data_xml, &shown.values) {
        Err(wrongs) => shown.wrongs = wrongs,
        // Nothing was changed: no version is made.
        Ok(xml) if xml == thing.data_xml => return Ok(see_other(&own::item_at(&record, thing.key.id))),
        Ok(xml) => {
            let put = PutThing {
                id: Some(thing.key.id),
                stamp: Some(stamp),
                type_id: Some(thing.type_id),
                eff_date: None,
                data: Some(data_by_hand(form.kind, xml)),
                ..PutThing::default()
            };
            match things::put(&shell.domain, &Caller::person(person.id), record.id, &[put]).await {
                Ok(_) => return Ok(see_other(&format!("{}?changed", own::item_at(&record, thing.key.id)))),
                // Somebody was faster by a moment: what they wrote is looked at.
                Err(ThingError::Item { problem: Problem::StampMismatch, .. }) => {
                    let known = item::find(&shell, person, &record, thing.key.id, None).await?;
                    let (newer, now, kept) =
                        editable(&shell, &known.shown, &t).await?.ok_or_else(Fault::not_found)?;
                    let page = Shown { entered: differing(&form, &shown.values, &now, &t), ..Shown::of(now) };
                    return edit_page(&shell, &guest, &record, &known.shown, (&newer, kept), page);
                }
                Err(error) => {
                    shell.denied_write(person.id, record.id, &error).await;
                    shown.refused = Some(refused(error)?);
                }
            }
        }
    }
    edit_page(&shell, &guest, &record, &thing, (&form, kept), shown)
}

/// What was entered and differs from what is there now.
fn differing(form: &Form, entered: &Values, now: &Values, t: &Texts) -> Vec<(String, String)> {
    let given = |values: &Values, name: &str| values.get(name).cloned().unwrap_or_default();
    let mut found = Vec::new();
    for field in &form.fields {
        let said = |values: &Values| {
            let inputs = field.inputs().into_iter().filter(|input| !forms::is_mark(input));
            let parts = inputs.map(|input| given(values, &input));
            parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
        };
        if said(entered) != said(now) {
            let label = labels::label(&field.label, form.kind.root, t).0.into_owned();
            found.push((label, said(entered)));
        }
    }
    if given(entered, "common.note") != given(now, "common.note") {
        found.push((t.say("write-note"), given(entered, "common.note")));
    }
    if found.is_empty() {
        found.push((String::new(), t.say("write-same")));
    }
    found
}

fn entered(form: &Form, posted: &Values) -> Values {
    let names = form.inputs().into_iter().chain(["common.note".to_owned()]);
    names
        .map(|name| {
            let value = posted.get(&name).cloned().unwrap_or_default();
            (name, value)
        })
        .collect()
}

/// What the page says of a write that was refused, where the person can do something about it.
fn refused(error: ThingError) -> Result<Key, Fault> {
    match error {
        ThingError::Item { problem: Problem::Singleton, .. } => Ok(Key("write-another")),
        ThingError::Item { problem: Problem::Denied(_), .. } => Ok(Key("item-notice-closed")),
        ThingError::Item { problem: Problem::Invalid(why), .. } => {
            tracing::warn!(%why, "a form made what its type does not take");
            Ok(Key("write-refused"))
        }
        ThingError::Item { problem: Problem::Unknown, .. } => Err(Fault::not_found()),
        ThingError::Quota => Ok(Key("item-notice-full")),
        other => Err(other.into()),
    }
}

fn new_page(
    shell: &Shell,
    guest: &Guest,
    record: &Record,
    form: &Form,
    shown: Shown,
    once: String,
) -> Result<Response, Fault> {
    let page = page(shell, guest, record, form, shown);
    let page = WriteItem {
        hidden: vec![("once", once)],
        post_to: own::add_one_at(record, form.kind.id),
        back_to: own::kind_at(record, form.kind.id),
        ..page
    };
    Ok(PagePolicy::default().page(page.render()?))
}

fn edit_page(
    shell: &Shell,
    guest: &Guest,
    record: &Record,
    thing: &Thing,
    (form, kept): (&Form, u32),
    shown: Shown,
) -> Result<Response, Fault> {
    let page = page(shell, guest, record, form, shown);
    let page = WriteItem {
        line: Some(item_words::line(thing, &page.frame.t)),
        kept,
        hidden: vec![("version", thing.key.stamp.to_string())],
        post_to: own::edit_at(record, thing.key.id),
        back_to: own::item_at(record, thing.key.id),
        ..page
    };
    Ok(PagePolicy::default().page(page.render()?))
}

fn page(shell: &Shell, guest: &Guest, record: &Record, form: &Form, shown: Shown) -> WriteItem {
    let frame = own::frame(shell, guest, record);
    let asked = shown.asked.unwrap_or_default();
    let (fields, more) = form_fields::fields(form, &shown.values, &shown.wrongs, &asked, &frame.t);
    WriteItem {
        kind: words::kind_alone(form.kind.id, &frame.t),
        record_name: record.rights.display_name.clone(),
        line: None,
        more_open: more.iter().any(crate::pages::write_item::FormField::is_looked_for),
        fields,
        more,
        hidden: Vec::new(),
        trouble: !shown.wrongs.is_empty(),
        refused: shown.refused,
        entered: shown.entered,
        kept: 0,
        post_to: String::new(),
        back_to: String::new(),
        frame,
    }
}
