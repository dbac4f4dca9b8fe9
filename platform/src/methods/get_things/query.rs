//! From the groups of a request to those of the domain.

use keepwell_core::authorizations;
use keepwell_core::ids::{AppId, PersonId, PersonPseudonym, ThingId, TypeId, VersionStamp};
use keepwell_core::thing_types;
use keepwell_core::things::{self, Criteria, Group, Order, ThingKey, Which};
use keepwell_core::xpath::XPath;
use keepwell_wire::methods::get_things::{
    Direction, Filter, Group as Asked, Intent, OrderBy, Section, Selection,
};
use keepwell_wire::status::Status;

use crate::call::Call;
use crate::refusal::Refusal;

pub(super) async fn groups(call: &Call<'_>, asked: &[Asked]) -> Result<Vec<Group>, Refusal> {
    let mut groups = Vec::with_capacity(asked.len());
    for group in asked {
        check_format(group)?;
        let mut criteria = Criteria::default();
        for filter in &group.filters {
            criteria = criteria.and(read(call, filter).await?);
        }
        groups.push(Group {
            which: which(&group.selection),
            criteria,
            max: group.max,
            max_full: group.max_full,
            order: group.order_by.as_ref().map(order).transpose()?,
            data_only: !group.format.sections.iter().any(|section| is_beside_data(*section)),
            former_too: !group.current_version_only,
            intents: group.intents.as_ref().map(|said| said.iter().map(intent).collect()),
        });
    }
    Ok(groups)
}

/// Whether a section shows more of a thing than its data, and what every answer says of it.
fn is_beside_data(section: Section) -> bool {
    match section {
        Section::Audits
        | Section::BlobPayload
        | Section::DigitalSignatures
        | Section::OtherData
        | Section::Tags => true,
        Section::Core | Section::EffectivePermissions => false,
    }
}

/// What is asked for and not offered yet is refused, rather than answered without it.
fn check_format(group: &Asked) -> Result<(), Refusal> {
    if let Some(name) = group.format.xml.iter().find(|name| !name.is_empty()) {
        let message = format!("there is no transform {name:?}");
        return Err(Refusal::new(Status::INVALID_TRANSFORM, message));
    }
    Ok(())
}

fn order(asked: &OrderBy) -> Result<Order, Refusal> {
    let descending = asked.direction == Direction::Descending;
    Ok(Order::new(TypeId(asked.type_id), &asked.property_name, descending)?)
}

fn intent(said: &Intent) -> things::Intent {
    match said {
        Intent::View => things::Intent::View,
        Intent::Download => things::Intent::Download,
        Intent::Transmit => things::Intent::Transmit,
    }
}

fn which(selection: &Selection) -> Which {
    match selection {
        Selection::Any => Which::Any,
        Selection::Ids(ids) => Which::Ids(ids.iter().copied().map(ThingId).collect()),
        Selection::Keys(keys) => Which::Keys(
            keys.iter()
                .map(|k| ThingKey { id: ThingId(k.id), stamp: VersionStamp(k.version_stamp) })
                .collect(),
        ),
        Selection::ClientThingIds(ids) => Which::ClientIds(ids.clone()),
    }
}

async fn read(call: &Call<'_>, filter: &Filter) -> Result<Criteria, Refusal> {
    let xpath = filter.xpath.as_deref().map(XPath::parse).transpose()?;
    let types: Vec<TypeId> = filter.type_ids.iter().copied().map(TypeId).collect();
    if let Some(unknown) = types.iter().find(|t| thing_types::find(**t).is_none()) {
        return Err(Refusal::new(Status::INVALID_THING_TYPE, format!("no thing type has the id {unknown}")));
    }
    let created_person = person(call, filter.created_person_id).await?;
    let updated_person = person(call, filter.updated_person_id).await?;
    let range = |min: Option<i64>, max: Option<i64>| (min.unwrap_or(i64::MIN), max.unwrap_or(i64::MAX));
    Ok(Criteria {
        types: (!types.is_empty()).then_some(types),
        eff_date: range(filter.eff_date_min.map(|d| d.0), filter.eff_date_max.map(|d| d.0)),
        end_date: range(filter.updated_end_date_min.map(|d| d.0), filter.updated_end_date_max.map(|d| d.0)),
        created: range(filter.created_date_min.map(|d| d.0), filter.created_date_max.map(|d| d.0)),
        updated: range(filter.updated_date_min.map(|d| d.0), filter.updated_date_max.map(|d| d.0)),
        created_app: filter.created_app_id.map(AppId),
        updated_app: filter.updated_app_id.map(AppId),
        xpaths: xpath.into_iter().collect(),
        // Deleted things are for the person at the Shell; a filter that wants only them finds nothing.
        nothing: !filter.active || created_person == Some(None) || updated_person == Some(None),
        created_person: created_person.flatten(),
        updated_person: updated_person.flatten(),
    })
}

/// The person whom the application names: `Some(None)` when it knows none by that id.
async fn person(call: &Call<'_>, id: Option<uuid::Uuid>) -> Result<Option<Option<PersonId>>, Refusal> {
    match id {
        None => Ok(None),
        Some(id) => {
            let found =
                authorizations::resolve_person(call.domain, call.app()?.id, PersonPseudonym(id)).await?;
            Ok(Some(found))
        }
    }
}
