//! In which version of its type a thing is answered (methods.md 6.6).

use super::{Thing, ThingData};
use crate::applications::{Rule, Types};
use crate::authorizations::RecordAccess;
use crate::ids::TypeId;
use crate::thing_types;

/// The flag of a thing that is answered in an older version than it is stored in (things.md 1.4).
pub const DOWN_VERSIONED: i64 = 0x2;
/// The flag of a thing that is answered in a newer version.
pub const UP_VERSIONED: i64 = 0x4;

/// The thing in the version that the caller wants: one of those listed in the request, or else one that the
/// application's own rules name. What cannot be carried stays as it is.
#[must_use]
pub fn in_version(access: &RecordAccess, listed: &[TypeId], mut thing: Thing) -> Thing {
    let Thing { type_id, flags, data_xml, .. } = &mut thing;
    if carry(access, listed, (type_id, flags, data_xml)) {
        // It covers what is stored, and not this.
        thing.signature = None;
    }
    thing
}

/// The same for a thing of which only the data is wanted.
#[must_use]
pub fn data_in_version(access: &RecordAccess, listed: &[TypeId], mut thing: ThingData) -> ThingData {
    let ThingData { type_id, flags, data_xml, .. } = &mut thing;
    carry(access, listed, (type_id, flags, data_xml));
    thing
}

/// Whether it was carried.
fn carry(
    access: &RecordAccess,
    listed: &[TypeId],
    (type_id, flags, data_xml): (&mut TypeId, &mut i64, &mut String),
) -> bool {
    // Flags that a client has echoed mean nothing; these are of the answer.
    *flags &= !(DOWN_VERSIONED | UP_VERSIONED);
    let stored = *type_id;
    let wanted = version(stored, listed, access.declared());
    if wanted == stored {
        return false;
    }
    let Ok(carried) = thing_types::carry(stored, wanted, data_xml) else { return false };
    *flags |= if sequence(wanted) < sequence(stored) { DOWN_VERSIONED } else { UP_VERSIONED };
    *type_id = wanted;
    *data_xml = carried.data_xml;
    true
}

fn version<'r>(stored: TypeId, listed: &[TypeId], rules: impl Iterator<Item = &'r Rule>) -> TypeId {
    let family = thing_types::family(stored);
    if family.len() < 2 {
        return stored;
    }
    let among = |known: &[TypeId]| -> Option<TypeId> {
        if known.contains(&stored) {
            return Some(stored);
        }
        known.iter().copied().filter(|id| family.contains(id)).max_by_key(|id| sequence(*id))
    };
    if let Some(wanted) = among(listed) {
        return wanted;
    }
    let mut named = Vec::new();
    for rule in rules {
        match &rule.types {
            // A rule for all types is for all their versions.
            Types::All => return stored,
            Types::Only(types) => named.extend(types),
        }
    }
    among(&named).unwrap_or(stored)
}

fn sequence(id: TypeId) -> u32 {
    thing_types::find(id).map_or(0, |kind| kind.sequence)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::thing_types::WEIGHT;

    fn family(name: &str) -> Vec<TypeId> {
        let mut found: Vec<_> = thing_types::all().iter().filter(|t| t.family_name == Some(name)).collect();
        found.sort_by_key(|t| t.sequence);
        found.iter().map(|t| t.id).collect()
    }

    fn rule(types: Types) -> Rule {
        Rule { types, ..Rule::default() }
    }

    #[test]
    fn what_the_request_lists_comes_before_the_rules() {
        let [one, two, three] = family("family-history")[..] else { unreachable!() };
        let names = |ids: &[TypeId]| rule(Types::Only(ids.to_vec()));
        let unknown = TypeId(uuid::Uuid::nil());
        for (stored, listed, rules, wanted) in [
            (one, vec![three, one], vec![], one),
            (one, vec![two, three, unknown], vec![names(&[one])], three),
            (three, vec![one, two], vec![], two),
            (three, vec![unknown, WEIGHT], vec![], three),
            (three, vec![WEIGHT], vec![names(&[one])], one),
            (three, vec![], vec![names(&[WEIGHT]), names(&[one]), names(&[two])], two),
            (two, vec![], vec![names(&[one]), names(&[two, three])], two),
            (two, vec![], vec![names(&[one]), rule(Types::All)], two),
            (two, vec![], vec![names(&[WEIGHT])], two),
            (WEIGHT, vec![one], vec![names(&[one])], WEIGHT),
        ] {
            assert_eq!(version(stored, &listed, rules.iter()), wanted, "{stored} {listed:?} {rules:?}");
        }
    }
}
