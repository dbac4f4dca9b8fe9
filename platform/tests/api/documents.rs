//! Documents of care (CCR, CCD, C-CDA, CDA) and files: kept and given back byte for byte, what is attached to
//! them too.

use keepwell_testkit::{World, on_both_engines};

use crate::attaching::{at, blob, noise};
use crate::desk::{As, Desk};

const CCR: &str = "1e1ccbfc-a55d-4d91-8940-fa2fbf73c195";
const CCD: &str = "9c48a2b8-952c-4f5a-935d-f3292326bf54";
const CDA: &str = "1ed1cba6-9530-44a3-b7b5-e8219690ebcf";
const FILE: &str = "bd0403c5-4ae2-4b0e-a8db-1888678e4528";

/// What writers of such documents really do: prefixes, a default namespace, comments, CDATA, references,
/// white space and line ends of their own, and elements of other vocabularies.
fn inside() -> &'static str {
    "\r\n  <!-- made by a clinic's system -->\r\n\t<title a='1' b = \"2\" >Summary &amp; &#x201C;plan&#x201D;</title>\
     <text><![CDATA[<b>bold</b> & so on]]></text><x:note xmlns:x=\"urn:example:x\" x:lang=\"de\">Größe  \u{1F600}</x:note>\
     <component><section><code code=\"11450-4\" codeSystem=\"2.16.840.1.113883.6.1\"/><empty></empty></section></component>\r\n"
}

fn documents() -> [(&'static str, String); 5] {
    let clinical = |template: &str| {
        format!(
            "<ClinicalDocument xmlns=\"urn:hl7-org:v3\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
             xmlns:sdtc=\"urn:hl7-org:sdtc\"><realmCode code=\"US\"/><templateId root=\"{template}\"/>\
             <sdtc:raceCode code=\"2106-3\"/><value xsi:type=\"CD\"/>{}</ClinicalDocument>",
            inside()
        )
    };
    [
        (
            CCR,
            format!(
                "<ContinuityOfCareRecord xmlns=\"urn:astm-org:CCR\">{}</ContinuityOfCareRecord>",
                inside()
            ),
        ),
        (CCD, clinical("2.16.840.1.113883.10.20.1")),
        // A C-CDA is a CDA by its template.
        (CDA, clinical("2.16.840.1.113883.10.20.22.1.2")),
        (CDA, clinical("1.2.3")),
        (FILE, "<file><name>a &amp; b.pdf</name><size>300000</size></file>".to_owned()),
    ]
}

async fn desk(world: World) -> Desk {
    let rule = format!(
        "[[online]]\nname = \"d\"\nwhy = \"d\"\npermissions = [\"read\", \"create\"]\n\
         types = [\"{CCR}\", \"{CCD}\", \"{CDA}\", \"{FILE}\"]\n"
    );
    let app = world.app(&format!("name = \"Documents\"\n{rule}")).await;
    Desk::with(world, app).await
}

on_both_engines!(documents_come_back_byte_for_byte_with_what_is_attached, |world: World| async move {
    let desk = desk(world).await;
    for (id, document) in documents() {
        let scan = noise(300_000);
        // The file as the clinic sent it, in an encoding of its own.
        let original: Vec<u8> = document.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let blobs = [
            blob("", &at(&desk.uploaded(&original).await)),
            blob("scan.png", &at(&desk.uploaded(&scan).await)),
        ];
        let data = format!("<data-xml>{document}<common/></data-xml>");
        let put = format!(
            "<info><thing><type-id>{id}</type-id>{data}<blob-payload>{}</blob-payload></thing></info>",
            blobs.concat()
        );
        let key = desk.good("PutThings", 2, &put, As::Online).await.value("thing-id").unwrap();
        let query = format!(
            "<info><group><id>{key}</id><format><section>blobpayload</section><xml/></format></group></info>"
        );
        let found = desk.good("GetThings", 3, &query, As::Online).await;
        assert!(found.text.contains(&data), "{}", found.text);
        let addresses: Vec<&str> = found.text.split("<blob-ref-url>").skip(1).collect();
        let addresses: Vec<_> = addresses.iter().map(|rest| rest.split('<').next().unwrap()).collect();
        assert_eq!(addresses.len(), 2);
        assert!(desk.fetch(addresses[0]).await.bytes == original);
        assert!(desk.fetch(addresses[1]).await.bytes == scan);
    }
});
