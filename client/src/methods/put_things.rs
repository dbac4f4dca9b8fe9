//! PutThings 2.

use keepwell_wire::shapes::ThingKey;
use roxmltree::Node;

use super::{call as new_call, thing_key};
use crate::answer::children;
use crate::line::Call;
use crate::{Error, NewThing};

pub(crate) fn call(things: &[NewThing]) -> Call {
    new_call("PutThings", 2, |out| {
        for thing in things {
            out.open("thing");
            if let Some(key) = &thing.replaces {
                key.write(out);
            }
            out.element("type-id", thing.type_id);
            out.open("data-xml").raw(&thing.data_xml).close();
            out.element_if("tags", thing.tags.as_ref()).close();
        }
    })
}

pub(crate) fn read(info: Node<'_, '_>) -> Result<Vec<ThingKey>, Error> {
    children(info, "thing-id").map(thing_key).collect()
}

#[cfg(test)]
mod tests {
    use keepwell_wire::methods::put_things as server;
    use roxmltree::Document;
    use uuid::Uuid;

    use super::*;
    use crate::things::WEIGHT;

    #[test]
    fn the_server_reads_new_things_and_those_that_replace_others() {
        let key = ThingKey { id: Uuid::from_u128(1), version_stamp: Uuid::from_u128(2) };
        let when = jiff::civil::date(2026, 1, 15).at(7, 30, 0, 0);
        let things =
            [NewThing::weight(70.5, when), NewThing::of(WEIGHT, "<weight/>").replacing(key).tagged("a,b")];
        let info = call(&things).info;
        let document = Document::parse(&info).unwrap();
        let read_back = server::parse(2, document.root_element()).unwrap();
        assert_eq!((read_back[0].key, read_back[0].type_id), (None, Some(WEIGHT)));
        assert_eq!(read_back[0].data_xml.as_ref().unwrap().text, things[0].data_xml);
        assert_eq!(read_back[1].key, Some(key));
        assert!(info.contains("<tags>a,b</tags></thing>"), "{info}");
        let keys = crate::answer::read("PutThings", &server::answer(&[key, key]), read).unwrap();
        assert_eq!(keys, [key, key]);
    }
}
