//! PutThings 1 and 2: creates and updates things, all or none (methods.md 6.2).

mod blobs;

use keepwell_core::Domain;
use keepwell_core::ids::{ThingId, TypeId, VersionStamp};
use keepwell_core::thing_types::{self, Verdict};
use keepwell_core::things::{self, Data, EndDate, PutThing, Signature};
use keepwell_wire::error::InfoError;
use keepwell_wire::methods::put_things::{answer, parse};
use keepwell_wire::shapes::ThingKey;
use keepwell_wire::things::{DataXml, ThingIn, effective_date, with_common};

use crate::call::Call;
use crate::refusal::Refusal;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let things = parse(call.version(), call.info)?;
    Ok(answer(&put(call, things, false).await?))
}

/// Puts the things of a request, all or none. `may_step_back`: into an older version of their type, too.
pub(super) async fn put(
    call: &Call<'_>,
    things: Vec<ThingIn<'_, '_>>,
    may_step_back: bool,
) -> Result<Vec<ThingKey>, Refusal> {
    let read = |(index, thing)| match read(call.domain, thing) {
        Ok(thing) => Ok(PutThing { may_step_back, older_shape: call.version() == 1, ..thing }),
        Err(error) => Err(error.at_item(index)),
    };
    let things = things.into_iter().enumerate().map(read).collect::<Result<Vec<_>, _>>()?;
    let keys = things::put(call.domain, call.caller()?, call.record()?, &things).await?;
    Ok(keys.iter().map(|k| ThingKey { id: k.id.0, version_stamp: k.stamp.0 }).collect())
}

/// Reads a thing.
pub(crate) fn read(domain: &Domain, thing: ThingIn<'_, '_>) -> Result<PutThing, InfoError> {
    let blobs = thing.blobs.into_iter().map(|blob| blobs::read(domain, blob));
    let other = thing.data_other.into_iter().map(blobs::read_other);
    let blobs = blobs.chain(other).collect::<Result<Vec<_>, _>>()?;
    let type_id = thing.type_id.map(TypeId);
    Ok(PutThing {
        id: thing.key.as_ref().map(|k| ThingId(k.id)),
        stamp: thing.key.as_ref().map(|k| VersionStamp(k.version_stamp)),
        type_id,
        flags: thing.flags.map(i64::from),
        eff_date: thing.eff_date.map(|d| d.0),
        end_date: thing.updated_end_date.map_or(EndDate::Unsaid, |d| EndDate::At(d.0)),
        data: thing.data_xml.map(|data| read_data(type_id, data)).transpose()?,
        tags: thing.tags,
        signature: thing.raw_signature.map(|xml| Signature::new(xml.into_owned())),
        blobs,
        may_step_back: false,
        older_shape: false,
    })
}

fn read_data(type_id: Option<TypeId>, data: DataXml<'_, '_>) -> Result<Data, InfoError> {
    let kind = type_id.and_then(thing_types::find);
    let date = |element: Option<&str>| match (data.root, element) {
        (Some(root), Some(element)) => effective_date(root, element).map(|d| d.map(|d| d.0)),
        _ => Ok(None),
    };
    let (eff_date, end_date) =
        (date(kind.and_then(|k| k.effective_date))?, date(kind.and_then(|k| k.end_date))?);
    Ok(Data {
        root: data.root_name().unwrap_or_default().to_owned(),
        eff_date,
        end_date,
        xml: with_common(&data.text, data.common.is_some()).into_owned(),
        client_thing_id: data.client_thing_id,
        verdict: kind.zip(data.root).map(|(kind, root)| Verdict::of(kind, root, data.common)),
    })
}
