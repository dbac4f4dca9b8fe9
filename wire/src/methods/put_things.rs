//! PutThings 1 and 2 (methods.md 6.2). OverwriteThings has the same shapes (6.3).

use roxmltree::Node;

use crate::answer;
use crate::error::InfoError;
use crate::shapes::ThingKey;
use crate::things::ThingIn;
use crate::xml::Sequence;

/// Reads `info`: the things in the order of the request. An error names the index of the thing.
pub fn parse<'a, 'i>(version: u32, info: Node<'a, 'i>) -> Result<Vec<ThingIn<'a, 'i>>, InfoError> {
    let mut fields = Sequence::of(info)?;
    let mut nodes = vec![fields.required("thing")?];
    nodes.extend(fields.repeated("thing"));
    fields.end()?;
    let read = |(index, node)| ThingIn::read(version, node).map_err(|e| e.at_item(index));
    nodes.into_iter().enumerate().map(read).collect()
}

/// Writes the answer, the same for both versions: the keys in the order of the request, since clients
/// assign them by position.
pub fn answer(keys: &[ThingKey]) -> String {
    answer::success("PutThings", |out| keys.iter().for_each(|key| key.write(out)))
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;
    use crate::status::Status;
    use crate::things::BlobData;

    fn refused(version: u32, inside: &str) -> InfoError {
        let xml = format!("<info><thing><data-xml><a/></data-xml></thing><thing>{inside}</thing></info>");
        let document = Document::parse(&xml).unwrap();
        parse(version, document.root_element()).unwrap_err()
    }

    #[test]
    fn what_a_client_echoes_is_ignored_and_what_it_says_is_read() {
        let id = uuid::Uuid::from_u128(1);
        let xml = format!(
            "<info><thing><thing-id version-stamp='{id}'>{id}</thing-id><type-id name='Weight'>{id}</type-id>\
             <thing-state>Active</thing-state><flags>16</flags><eff-date>2017-05-23T13:11:17.4920Z</eff-date>\
             <created><anything/></created><updated/><data-xml transform='stt'><row/></data-xml>\
             <data-xml><weight/><common/></data-xml><blob-payload><blob><blob-info><name/>\
             <content-type>a/b</content-type><hash-info><algorithm>SHA256Block</algorithm><params>\
             <block-size>2097152</block-size></params><hash>aGFzaA==</hash></hash-info></blob-info>\
             <content-length>-1</content-length><blob-ref-url> https://h/s?t=1&amp;u </blob-ref-url></blob>\
             <blob><blob-info><name>n</name><content-type/></blob-info><base64data>Zm9v</base64data></blob>\
             </blob-payload><tags></tags>\
             <updated-end-date>9999-12-31T00:00:00</updated-end-date></thing></info>"
        );
        let document = Document::parse(&xml).unwrap();
        let things = parse(2, document.root_element()).unwrap();
        let thing = &things[0];
        assert_eq!(thing.key.map(|key| key.version_stamp), Some(id));
        assert_eq!(thing.flags, Some(16));
        assert_eq!(thing.eff_date.unwrap().to_string(), "2017-05-23T13:11:17.492");
        assert_eq!(thing.data_xml.as_ref().unwrap().text, "<weight/><common/>");
        assert_eq!(thing.tags.as_deref(), Some(""));
        assert_eq!(thing.raw_signature, None);
        assert_eq!(thing.blobs[0].content_length, Some(-1));
        assert_eq!(thing.blobs[0].data, BlobData::Reference("https://h/s?t=1&u".into()));
        assert_eq!(thing.blobs[1].data, BlobData::Inline(b"foo".to_vec()));
        assert!(parse(1, document.root_element()).is_err(), "version 1 has no blob-payload");
    }

    #[test]
    fn an_error_names_the_thing_and_the_element() {
        let error = refused(2, "<flags>0</flags><thing-state>Active</thing-state>");
        assert_eq!(error.message, "thing has no place for thing-state here");
        assert_eq!((error.status, error.error_info.as_deref()), (Status::INVALID_XML, Some("1")));
        let stamp = refused(2, "<thing-id>00000000-0000-0000-0000-000000000001</thing-id>");
        assert_eq!(stamp.status, Status::VERSION_STAMP_MISSING);
        assert_eq!(
            refused(2, "<data-xml><a/></data-xml><data-xml><a/></data-xml>").status,
            Status::INVALID_XML
        );
        assert_eq!(refused(2, "<eff-date>2017-02-30T00:00:00</eff-date>").status, Status::INVALID_DATETIME);
        assert_eq!(refused(2, "<thing-state>Gone</thing-state>").status, Status::INVALID_XML);
    }

    #[test]
    fn both_versions_are_answered_in_the_first_ones_namespace() {
        let id = uuid::Uuid::from_u128(1);
        assert!(
            answer(&[ThingKey { id, version_stamp: id }])
                .contains("response.PutThings\"><thing-id version-stamp=")
        );
    }
}
