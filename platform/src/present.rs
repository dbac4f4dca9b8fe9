//! The domain's nouns in the shapes of the wire (methods.md 4).

use keepwell_core::applications::Permission;
use keepwell_core::authorizations::{AuthorizedPerson, AuthorizedRecord, Avenue, RecordAccess, Standing};
use keepwell_core::ids::TypeId;
use keepwell_core::records::State;
use keepwell_core::thing_types;
use keepwell_core::vocabularies::{Item, Page, Reading, Vocabulary};
use keepwell_wire::shapes::{
    self, AppRecordAuthAction, Culture, Location, PersonInfo, RecordState, ThingTypePermission,
    VocabularyCodeItem, VocabularyCodeSet, VocabularyKeyInfo,
};
use keepwell_wire::time::UtcMicros;

/// Records in one PersonInfo (methods.md 2.10).
const MAX_RECORDS: usize = 25;

pub(crate) fn person(person: &AuthorizedPerson) -> PersonInfo {
    // The selected record is always among those shown, or one client cannot resolve it.
    let selected = person.selected;
    let mut shown: Vec<&AuthorizedRecord> = person.records.iter().collect();
    shown.sort_by_key(|r| Some(r.pseudonym) != selected);
    let culture = Culture {
        language: Some(person.person.language.clone()),
        country: Some(person.person.country.clone()).filter(|c| !c.is_empty()),
    };
    PersonInfo {
        person_id: person.pseudonym.0,
        name: person.person.name.clone(),
        app_settings: person.settings.clone(),
        selected_record_id: selected.map(|r| r.0),
        more_records: shown.len() > MAX_RECORDS,
        records: shown.into_iter().take(MAX_RECORDS).map(record).collect(),
        groups: Vec::new(),
        preferred_culture: Some(culture.clone()),
        preferred_uiculture: Some(culture),
        location: Some(person.person.country.clone())
            .filter(|c| !c.is_empty())
            .map(|country| Location { country, state_province: None }),
        effective_record_permissions: Vec::new(),
    }
}

pub(crate) fn record(authorized: &AuthorizedRecord) -> shapes::Record {
    let record = &authorized.record;
    let rights = &record.rights;
    shapes::Record {
        id: authorized.pseudonym.0,
        name: record.name.clone(),
        record_custodian: rights.custodian,
        rel_type: i32::try_from(rights.relationship.code()).unwrap_or_default(),
        rel_name: Some(rights.relationship.wire_name().to_owned()),
        auth_expires: UtcMicros(rights.expires),
        auth_expired: false,
        display_name: Some(rights.display_name.clone()),
        state: match record.state {
            State::Active => RecordState::Active,
            State::ReadOnly => RecordState::ReadOnly,
            State::Suspended => RecordState::Suspended,
            State::Deleted => RecordState::Deleted,
        },
        date_created: UtcMicros(record.created),
        max_size_bytes: u64::try_from(record.max_size_bytes).ok(),
        size_bytes: u64::try_from(record.size_bytes).ok(),
        app_record_auth_action: match authorized.standing {
            Standing::NoActionRequired => AppRecordAuthAction::NoActionRequired,
            Standing::AuthorizationRequired => AppRecordAuthAction::AuthorizationRequired,
            Standing::ReauthorizationRequired => AppRecordAuthAction::ReauthorizationRequired,
            Standing::ReauthorizationNotPossible => AppRecordAuthAction::ReauthorizationNotPossible,
            Standing::RecordLocationNotSupported => AppRecordAuthAction::RecordLocationNotSupported,
        },
        app_specific_record_id: Some(authorized.app_specific_record_id.clone()),
        location_country: Some(record.country.clone()).filter(|c| !c.is_empty()),
        location_state_province: None,
        date_updated: UtcMicros(authorized.grant.updated.max(rights.updated)),
        latest_operation_sequence_number: Some(record.operation_sequence),
        record_app_auth_created_date: UtcMicros(authorized.granted),
    }
}

pub(crate) fn permission(permission: Permission) -> shapes::Permission {
    match permission {
        Permission::Read => shapes::Permission::Read,
        Permission::Update => shapes::Permission::Update,
        Permission::Create => shapes::Permission::Create,
        Permission::Delete => shapes::Permission::Delete,
    }
}

pub(crate) fn permission_of(permission: shapes::Permission) -> Permission {
    match permission {
        shapes::Permission::Read => Permission::Read,
        shapes::Permission::Update => Permission::Update,
        shapes::Permission::Create => Permission::Create,
        shapes::Permission::Delete => Permission::Delete,
    }
}

/// What may be done with a type, online and offline; `None` when nothing.
pub(crate) fn type_permission(access: &RecordAccess, id: TypeId) -> Option<ThingTypePermission> {
    let on = |avenue| access.permissions_on_avenue(id, avenue).iter().map(permission).collect::<Vec<_>>();
    let found =
        ThingTypePermission { thing_type_id: id.0, online: on(Avenue::Online), offline: on(Avenue::Offline) };
    (!found.online.is_empty() || !found.offline.is_empty()).then_some(found)
}

/// What may be done with every type.
pub(crate) fn all_permissions(access: &RecordAccess) -> Vec<ThingTypePermission> {
    thing_types::all().iter().filter_map(|t| type_permission(access, t.id)).collect()
}

/// A vocabulary in a list.
pub(crate) fn vocabulary_key(vocabulary: &Vocabulary) -> VocabularyKeyInfo<'_> {
    VocabularyKeyInfo {
        language: vocabulary.languages().next().unwrap_or("en"),
        name: &vocabulary.key.name,
        family: &vocabulary.key.family,
        version: &vocabulary.key.version,
        description: Some(vocabulary.description.as_str()).filter(|d| !d.is_empty()),
    }
}

/// Items of a vocabulary, as they were read.
pub(crate) fn code_set<'v>(
    vocabulary: &'v Vocabulary,
    reading: &Reading<'v>,
    page: Page<'v>,
) -> VocabularyCodeSet<'v> {
    let item = |item: Item<'v>| VocabularyCodeItem {
        code_value: item.code,
        display_text: item.display,
        abbreviation_text: item.abbreviation,
        info_xml: item.info_xml,
    };
    VocabularyCodeSet {
        language: reading.language(),
        name: &vocabulary.key.name,
        family: &vocabulary.key.family,
        version: &vocabulary.key.version,
        items: page.items.into_iter().map(item).collect(),
        truncated: page.truncated,
    }
}
