//! PutThings 2.

use keepwell_wire::shapes::ThingKey;
use keepwell_wire::xml::XmlWriter;
use roxmltree::Node;

use super::{call as new_call, thing_key};
use crate::answer::children;
use crate::line::Call;
use crate::{Error, NewThing};

pub(crate) fn call(things: &[NewThing]) -> Call {
    new_call("PutThings", 2, |out| {
        for thing in things {
            write(out, "thing", thing);
        }
    })
}

/// Writes a thing as an element of this name.
pub(crate) fn write(out: &mut XmlWriter, name: &'static str, thing: &NewThing) {
    out.open(name);
    if let Some(key) = &thing.replaces {
        key.write(out);
    }
    out.element("type-id", thing.type_id);
    if let Some(data_xml) = &thing.data_xml {
        out.open("data-xml").raw(data_xml).close();
    }
    if !thing.blobs.is_empty() {
        out.open("blob-payload");
        thing.blobs.iter().for_each(|blob| blob.write(out));
        out.close();
    }
    out.element_if("tags", thing.tags.as_ref()).close();
}

pub(crate) fn read(info: Node<'_, '_>) -> Result<Vec<ThingKey>, Error> {
    children(info, "thing-id").map(thing_key).collect()
}

#[cfg(test)]
mod tests {
    use keepwell_wire::methods::put_things as server;
    use keepwell_wire::things::BlobData;
    use roxmltree::Document;
    use uuid::Uuid;

    use super::*;
    use crate::NewBlob;
    use crate::blobs::{BLOCK_SIZE, BlobHash};
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
        assert_eq!(read_back[0].data_xml.as_ref().unwrap().text, things[0].data_xml.as_deref().unwrap());
        assert_eq!(read_back[1].key, Some(key));
        assert!(info.contains("<tags>a,b</tags></thing>"), "{info}");
        assert!(read_back.iter().all(|thing| thing.blobs.is_empty()));
        let keys = crate::answer::read("PutThings", &server::answer(&[key, key]), read).unwrap();
        assert_eq!(keys, [key, key]);
    }

    #[test]
    fn the_server_reads_what_becomes_of_attachments() {
        let key = ThingKey { id: Uuid::from_u128(1), version_stamp: Uuid::from_u128(2) };
        let bytes = BlobHash::of(b"abc", BLOCK_SIZE);
        let url = "https://x.example/?blob-ref-token=A&b";
        let uploaded = serde_json::json!({ "url": url, "hash": bytes, "length": 3 });
        let thing = NewThing::changing(WEIGHT, key)
            .with_blob(NewBlob::inline("", "text/plain", "abc").unwrap().encoded("gzip"))
            .with_blob(NewBlob::uploaded("up", "a/b", serde_json::from_value(uploaded).unwrap()))
            .with_blob(NewBlob::removed("gone", "a/b"))
            .tagged("t");
        let info = call(&[thing]).info;
        let document = Document::parse(&info).unwrap();
        let thing = server::parse(2, document.root_element()).unwrap().remove(0);
        assert_eq!(
            (thing.key, thing.data_xml.is_none(), thing.tags.as_deref()),
            (Some(key), true, Some("t"))
        );
        let [inline, up, gone] = &*thing.blobs else { panic!("{:?}", thing.blobs) };
        let hash = inline.hash.as_ref().unwrap();
        assert_eq!(
            (&*hash.algorithm, hash.block_size, &hash.hash),
            ("SHA256Block", Some(1 << 21), &bytes.base64)
        );
        assert_eq!((inline.content_length, &inline.data), (Some(3), &BlobData::Inline(b"abc".to_vec())));
        assert_eq!(inline.current_content_encoding.as_deref(), Some("gzip"));
        assert_eq!((up.content_length, &up.data), (Some(3), &BlobData::Reference(url.into())));
        assert_eq!(up.hash.as_ref(), Some(hash));
        assert_eq!((&*gone.name, gone.content_length, &gone.data), ("gone", Some(0), &BlobData::Absent));
    }
}
