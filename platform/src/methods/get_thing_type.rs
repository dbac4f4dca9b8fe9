//! GetThingType 1: what the types of things are (methods.md 6.5).
//!
//! There are no images and no transforms: `transforms` is empty, and what asks for columns, sources of
//! transforms or images is answered without them.

use keepwell_core::ids::TypeId;
use keepwell_core::thing_types::{self, ThingType, xsd};
use keepwell_wire::methods::get_thing_type::{
    CoreFacts, OrderByProperty, Request, Section, ThingTypeInfo, VersionInfo, Versions, answer, parse,
};

use crate::call::Call;
use crate::refusal::Refusal;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let request = parse(call.info)?;
    // Types change with the program, and then the service describes itself otherwise.
    if request.last_client_refresh.is_some_and(|known| known.0 >= call.settings.updated) {
        return Ok(answer(&[]));
    }
    let mut left = call.settings.response_bytes;
    let mut infos = Vec::new();
    for kind in asked(&request) {
        let info = describe(kind, &request);
        let size = info.xsd.as_ref().map_or(0, String::len);
        left = left.checked_sub(size).ok_or_else(|| Refusal::too_long(call.settings.response_bytes))?;
        infos.push(info);
    }
    Ok(answer(&infos))
}

/// The types that are asked for. One that nobody knows is left out.
fn asked(request: &Request) -> Vec<&'static ThingType> {
    match request.ids.as_slice() {
        [] => thing_types::all().iter().collect(),
        ids => ids.iter().filter_map(|id| thing_types::find(TypeId(*id))).collect(),
    }
}

fn describe(kind: &ThingType, request: &Request) -> ThingTypeInfo {
    let dates = request.wants(Section::EffectiveDateXPath);
    let xpath = |path: Option<&str>| path.filter(|_| dates).map(|path| format!("{}/{path}", kind.root));
    ThingTypeInfo {
        id: kind.id.0,
        name: kind.name.to_owned(),
        core: request.wants(Section::Core).then_some(CoreFacts {
            uncreatable: kind.uncreatable,
            immutable: kind.immutable,
            singleton: kind.singleton,
            allow_readonly: kind.allow_readonly,
        }),
        xsd: request.wants(Section::Xsd).then(|| xsd::of_type(kind)),
        transforms: request.wants(Section::Transforms).then(Vec::new),
        versions: request.wants(Section::Versions).then(|| versions(kind)),
        effective_date_xpath: xpath(kind.effective_date),
        updated_end_date_xpath: xpath(kind.end_date),
    }
}

/// A type that was never changed is a family of its own.
fn versions(kind: &ThingType) -> Versions {
    let mut members: Vec<_> =
        thing_types::family(kind.id).iter().filter_map(|id| thing_types::find(*id)).collect();
    members.sort_by_key(|member| member.sequence);
    Versions { thing_type_id: kind.family_id(), versions: members.into_iter().map(version).collect() }
}

fn version(kind: &ThingType) -> VersionInfo {
    let owned = |(multiplier, offset): (&str, &str)| (multiplier.to_owned(), offset.to_owned());
    let properties = kind.order.iter().map(|property| OrderByProperty {
        name: property.name.to_owned(),
        kind: property.kind.to_owned(),
        xpath: Some(property.xpath.to_owned()),
        conversion: property.conversion.map(owned),
    });
    VersionInfo {
        version_type_id: kind.id.0,
        name: kind.version_name(),
        sequence: kind.sequence,
        order_by: properties.collect(),
    }
}
