//! The answer of GetThings.

use crate::answer;
use crate::shapes::{ThingKey, ThingOut, ThingShape, TypeRef};
use crate::time::LocalMicros;

/// The answer to one group. There is one for each, in the order of the request, even if it is empty.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct GroupOut {
    /// The name of the request's group, exactly.
    pub name: Option<String>,
    /// Full things.
    pub things: Vec<ThingOut>,
    /// The rest, in the same order, by key only.
    pub unprocessed: Vec<UnprocessedKey>,
    /// Whether something was held back; written only then.
    pub filtered: bool,
    /// The language by which texts were ordered (version 3).
    pub order_by_culture: Option<String>,
}

impl GroupOut {
    /// About how many bytes it will take, so that the answer is not moved while it grows.
    fn about(&self) -> usize {
        let data = |thing: &ThingOut| thing.data_xml.iter().map(|data| data.text.len()).sum::<usize>();
        // A key with its type and core takes some 300 bytes, the audits three times that.
        let beside = |thing: &ThingOut| if thing.updated.is_some() { 1200 } else { 400 };
        let full = self.things.iter().map(|thing| data(thing) + beside(thing)).sum::<usize>();
        full + 350 * self.unprocessed.len()
    }
}

/// A thing that is not told in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnprocessedKey {
    /// Id and version.
    pub key: ThingKey,
    /// The type.
    pub type_ref: TypeRef,
    /// The effective date.
    pub eff_date: LocalMicros,
    /// When the thing ends.
    pub updated_end_date: Option<LocalMicros>,
}

/// Writes the answer of version 1, 2 or 3.
pub fn answer(version: u32, groups: &[GroupOut]) -> String {
    let newer = version >= 3;
    let shape = if newer { ThingShape::Thing2 } else { ThingShape::Thing };
    let bytes = 256 + groups.iter().map(GroupOut::about).sum::<usize>();
    answer::success_of(bytes, if newer { "GetThings3" } else { "GetThings" }, |out| {
        for group in groups {
            out.open("group").attr_if("name", group.name.as_ref());
            group.things.iter().for_each(|thing| thing.write(shape, out));
            for rest in &group.unprocessed {
                out.open("unprocessed-thing-key-info");
                rest.key.write(out);
                rest.type_ref.write(out);
                out.element("eff-date", rest.eff_date);
                out.element_if("updated-end-date", rest.updated_end_date).close();
            }
            out.element_if("filtered", group.filtered.then_some(true));
            out.element_if("order-by-culture", group.order_by_culture.as_ref().filter(|_| newer));
            out.close();
        }
    })
}
