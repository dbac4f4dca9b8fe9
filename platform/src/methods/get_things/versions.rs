//! Things in the versions that the application reads (methods.md 6.6).

use keepwell_core::authorizations::RecordAccess;
use keepwell_core::ids::TypeId;
use keepwell_core::things::{self, GroupAnswer};
use keepwell_wire::methods::get_things::Group as Asked;

/// What was found, each thing in a version that its group lists or the application's rules name. A thing
/// of which only the key is given stays as it is stored.
pub(super) fn wanted(access: &RecordAccess, asked: &[Asked], found: Vec<GroupAnswer>) -> Vec<GroupAnswer> {
    let groups = asked.iter().zip(found);
    groups
        .map(|(asked, answer)| {
            let listed: Vec<_> = asked.format.type_version_formats.iter().copied().map(TypeId).collect();
            let full = answer.full.into_iter().map(|thing| things::in_version(access, &listed, thing));
            let data = answer.data.into_iter().map(|thing| things::data_in_version(access, &listed, thing));
            GroupAnswer { full: full.collect(), data: data.collect(), ..answer }
        })
        .collect()
}
