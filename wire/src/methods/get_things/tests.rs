//! GetThings, request and answer.

use roxmltree::Document;
use uuid::Uuid;

use super::*;
use crate::error::InfoError;
use crate::shapes::{
    Audit, AuditAction, Avenue, BlobOut, BlobOutData, DataXmlOut, EffPermissions, Named, Permission,
    ThingCore, ThingKey, ThingOut, TypeRef,
};
use crate::time::{LocalMicros, UtcMicros};

const ID: &str = "00000000-0000-0000-0000-000000000001";

fn read(version: u32, group: &str) -> Result<Group, InfoError> {
    let xml = format!("<info><group name='Q'>{group}</group></info>");
    let document = Document::parse(&xml).unwrap();
    parse(version, document.root_element()).map(|mut groups| groups.remove(0))
}

fn code(version: u32, group: &str) -> u16 {
    read(version, group).map_or_else(|e| e.status.code(), |_| 0)
}

#[test]
fn every_field_of_a_filter_is_read() {
    let filter = format!(
        "<filter><type-id>{ID}</type-id><thing-state>Deleted</thing-state><eff-date-min>2020-01-01T00:00:00Z</eff-date-min>\
         <eff-date-max>2020-01-02T00:00:00</eff-date-max><created-app-id>{ID}</created-app-id>\
         <created-person-id>{ID}</created-person-id><updated-app-id>{ID}</updated-app-id>\
         <updated-person-id>{ID}</updated-person-id><created-date-min>2020-01-01T01:00:00+01:00</created-date-min>\
         <created-date-max>2020-01-01T00:00:00Z</created-date-max><updated-date-min>2020-01-01T00:00:00Z</updated-date-min>\
         <updated-date-max>2020-01-01T00:00:00Z</updated-date-max><xpath> /thing/data-xml/a </xpath>\
         <updated-end-date-max>2020-01-01T00:00:00</updated-end-date-max>\
         <updated-end-date-min>2020-01-01T00:00:00</updated-end-date-min></filter>\
         <format><section>audits</section><section>core</section><section>core</section><xml/><xml>stt</xml>\
         <type-version-format>{ID}</type-version-format><blob-payload-request><blob-filters><blob-filter>\
         <blob-name/></blob-filter></blob-filters><blob-format><blob-format-spec>inline</blob-format-spec></blob-format>\
         </blob-payload-request></format><current-version-only>false</current-version-only>\
         <intents><intent>view</intent></intents><order-by>\
         <order-by-property type-id='{ID}' property-name='When' direction='Desc'/></order-by>"
    );
    let group = read(3, &filter).unwrap();
    assert_eq!(group.name.as_deref(), Some("Q"));
    let filter = &group.filters[0];
    assert!(filter.deleted && !filter.active);
    assert_eq!(filter.created_date_min.unwrap().to_string(), "2020-01-01T00:00:00Z");
    assert_eq!(filter.eff_date_min.unwrap().to_string(), "2020-01-01T00:00:00");
    assert_eq!(filter.xpath.as_deref(), Some("/thing/data-xml/a"));
    assert!(filter.updated_end_date_max.is_some() && filter.updated_end_date_min.is_some());
    assert_eq!(group.format.sections, [Section::Audits, Section::Core]);
    assert_eq!(group.format.xml, ["", "stt"]);
    let blobs = group.format.blob_payload_request.unwrap();
    assert_eq!((blobs.names, blobs.format), (vec![String::new()], BlobFormat::Inline));
    assert!(!group.current_version_only);
    assert_eq!(group.intents, Some(vec![Intent::View]));
    assert_eq!(group.order_by.unwrap().direction, Direction::Descending);
}

#[test]
fn faults_have_the_status_of_their_kind() {
    let format = "<format><xml/></format>";
    let by_type = format!("<filter><type-id>{ID}</type-id></filter>");
    assert_eq!(code(3, &format!("{by_type}{format}")), 0);
    assert_eq!(code(3, format), 15, "neither ids nor a filter");
    assert_eq!(code(3, &format!("<filter/>{format}")), 15, "an empty filter");
    assert_eq!(code(3, &by_type), 16, "no format");
    assert_eq!(code(3, &format!("{by_type}<format/>")), 16, "an empty format");
    assert_eq!(
        code(3, &format!("<id>{ID}</id><key version-stamp='{ID}'>{ID}</key>{format}")),
        3,
        "mixed kinds"
    );
    assert_eq!(code(3, &format!("<key><thing-id version-stamp='{ID}'>{ID}</thing-id></key>{format}")), 3);
    assert_eq!(code(3, &format!("<id>x</id>{format}")), 3);
    assert_eq!(code(3, &format!("{by_type}<format><section>otherdata</section></format>")), 3);
    assert_eq!(code(2, &format!("{by_type}<format><section>otherdata</section></format>")), 0);
    assert_eq!(code(2, &format!("{by_type}<format><section>blobpayload</section></format>")), 3);
    assert_eq!(code(2, &format!("{by_type}{format}<intents/>")), 3, "only version 3 has intents");
    let document = Document::parse("<info/>").unwrap();
    assert_eq!(parse(3, document.root_element()).unwrap_err().status.code(), 15);
}

#[test]
fn limits_may_be_as_large_as_a_client_likes() {
    let xml = format!(
        "<info><group max='99999999999999999999' max-full=' 0 '><id>{ID}</id><format><xml/></format></group></info>"
    );
    let document = Document::parse(&xml).unwrap();
    let group = &parse(3, document.root_element()).unwrap()[0];
    assert_eq!((group.max, group.max_full), (Some(u32::MAX), Some(0)));
    assert_eq!(group.name, None);
    assert!(group.current_version_only);
}

fn weight() -> ThingOut {
    let id = Uuid::from_u128(1);
    let named = |name: &str| Named { id, name: name.into() };
    let audit = Audit {
        timestamp: UtcMicros(0),
        app: named("App"),
        person: named("Ada"),
        impersonator: None,
        access_avenue: Some(Avenue::Online),
        action: AuditAction::Created,
        master_app_id: Some(id),
    };
    let blob = BlobOut {
        name: String::new(),
        content_type: "a/b".into(),
        hash: None,
        content_length: Some(3),
        data: BlobOutData::Streamed("https://h/?a&b".into()),
        legacy_content_encoding: None,
        current_content_encoding: None,
    };
    ThingOut {
        core: Some(ThingCore {
            active: true,
            flags: 0,
            eff_date: LocalMicros(492_000),
            updated_end_date: Some(LocalMicros(0)),
        }),
        created: Some(audit.clone()),
        updated: Some(audit),
        data_xml: vec![DataXmlOut { text: "<weight>\r\n</weight ><common/>".into(), transform: None }],
        blobs: vec![blob],
        eff_permissions: Some(EffPermissions { permissions: vec![Permission::Read], immutable: false }),
        tags: Some("a,b".into()),
        ..ThingOut::new(ThingKey { id, version_stamp: id }, TypeRef { id, name: "Weight".into() })
    }
}

#[test]
fn a_thing_is_written_in_the_order_of_the_schema_with_its_data_verbatim() {
    let group =
        GroupOut { name: Some("Q".into()), things: vec![weight()], filtered: true, ..GroupOut::default() };
    let audit = |action: &str| {
        format!(
            "<{action}><timestamp>1970-01-01T00:00:00Z</timestamp><app-id name=\"App\">{ID}</app-id>\
             <person-id name=\"Ada\">{ID}</person-id><access-avenue>Online</access-avenue>\
             <audit-action>Created</audit-action><master-app-id>{ID}</master-app-id></{action}>"
        )
    };
    let expected = format!(
        "GetThings3\"><group name=\"Q\"><thing><thing-id version-stamp=\"{ID}\">{ID}</thing-id>\
         <type-id name=\"Weight\">{ID}</type-id><thing-state>Active</thing-state><flags>0</flags>\
         <eff-date>1970-01-01T00:00:00.492</eff-date>{}{}<data-xml><weight>\r\n</weight ><common/></data-xml>\
         <blob-payload><blob><blob-info><name/><content-type>a/b</content-type></blob-info>\
         <content-length>3</content-length><blob-ref-url>https://h/?a&amp;b</blob-ref-url></blob></blob-payload>\
         <eff-permissions><permission>Read</permission></eff-permissions><tags>a,b</tags>\
         <updated-end-date>1970-01-01T00:00:00</updated-end-date></thing><filtered>true</filtered></group>\
         </wc:info></response>",
        audit("created"),
        audit("updated")
    );
    let text = answer(3, &[group]);
    assert!(text.ends_with(&expected), "{text}");
}

#[test]
fn the_older_shape_leaves_out_what_it_does_not_know() {
    let group =
        GroupOut { things: vec![weight()], order_by_culture: Some("en".into()), ..GroupOut::default() };
    let text = answer(2, &[group, GroupOut::default()]);
    for absent in
        ["<created>", "blob-payload", "updated-end-date", "master-app-id", "order-by-culture", "name=\"Q\""]
    {
        assert!(!text.contains(absent), "{absent}");
    }
    assert!(text.ends_with("</group><group/></wc:info></response>"), "an empty group is still there");
}

#[test]
fn keys_alone_carry_the_date_that_clients_need() {
    let thing = weight();
    let rest = UnprocessedKey {
        key: thing.key,
        type_ref: thing.type_ref,
        eff_date: LocalMicros(0),
        updated_end_date: None,
    };
    let group = GroupOut { unprocessed: vec![rest], ..GroupOut::default() };
    let expected = format!(
        "<group><unprocessed-thing-key-info><thing-id version-stamp=\"{ID}\">{ID}</thing-id>\
         <type-id name=\"Weight\">{ID}</type-id><eff-date>1970-01-01T00:00:00</eff-date></unprocessed-thing-key-info></group>"
    );
    assert!(answer(3, &[group]).contains(&expected));
}
