//! Files of each kind, and the traps among them.

use uuid::{Uuid, uuid};

use super::*;

const CDA: Uuid = uuid!("1ed1cba6-9530-44a3-b7b5-e8219690ebcf");
const CCD: Uuid = uuid!("9c48a2b8-952c-4f5a-935d-f3292326bf54");
const CCR: Uuid = uuid!("1e1ccbfc-a55d-4d91-8940-fa2fbf73c195");
const WEIGHT: Uuid = uuid!("3d34d87e-7fc1-4153-800f-f56592cb0d17");

const DATA: &str =
    "<weight><when><date><y>2026</y><m>5</m><d>1</d></date></when><value><kg>70</kg></value></weight>";

fn judged(name: &str, bytes: impl AsRef<[u8]>) -> anyhow::Result<Becomes> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("written");
    read(&[path]).map(|mut items| items.remove(0).becomes)
}

/// Type and data of each thing that a file becomes.
fn things(name: &str, bytes: impl AsRef<[u8]>) -> Vec<(Uuid, String)> {
    match judged(name, bytes).expect(name) {
        Becomes::Things(things) => {
            things.iter().map(|t| (t.type_id(), t.data_xml().unwrap_or_default().to_owned())).collect()
        }
        Becomes::File { media_type, .. } => panic!("{name} is a file, {media_type}"),
    }
}

fn media(name: &str, bytes: impl AsRef<[u8]>) -> &'static str {
    match judged(name, bytes).expect(name) {
        Becomes::File { media_type, .. } => media_type,
        Becomes::Things(things) => panic!("{name} is {things:?}"),
    }
}

fn refused(name: &str, bytes: impl AsRef<[u8]>) -> String {
    let why = judged(name, bytes).expect_err(name).to_string();
    assert!(why.contains(name), "{why}");
    why
}

fn cda(template: &str) -> String {
    format!(
        "<ClinicalDocument xmlns=\"urn:hl7-org:v3\" xmlns:sdtc=\"urn:hl7-org:sdtc\">\r\n  \
         <templateId root=\"{template}\" extension='2015-08-01' /><title>Über &#220;</title>\
         <!-- kept --><component/></ClinicalDocument>"
    )
}

fn thing(data: &str) -> String {
    format!("<thing><type-id>{WEIGHT}</type-id><data-xml>{data}</data-xml></thing>")
}

#[test]
fn documents_of_care_become_what_they_are_byte_for_byte() {
    for (template, kind) in [
        ("2.16.840.1.113883.10.20.1", CCD),
        ("2.16.840.1.113883.10.20.22.1.2", CCD),
        ("2.16.840.1.113883.10.20.22.1.8", CDA),
    ] {
        let document = cda(template);
        let whole = format!("<?xml version=\"1.0\"?>\n<?xml-stylesheet href=\"CDA.xsl\"?>\n{document}\n");
        for bytes in [whole.clone().into_bytes(), ["\u{feff}", &whole].concat().into_bytes()] {
            assert_eq!(things("summary.xml", bytes), [(kind, document.clone())]);
        }
        let utf_16: Vec<u8> =
            ["\u{feff}", &whole].concat().encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(things("summary.txt", utf_16), [(kind, document)]);
    }
    let ccr = "<c:ContinuityOfCareRecord xmlns:c=\"urn:astm-org:CCR\"/>";
    assert_eq!(things("a.ccr", ccr), [(CCR, ccr.to_owned())]);
}

#[test]
fn things_are_taken_alone_in_a_row_and_under_any_root() {
    let one = || (WEIGHT, DATA.to_owned());
    let twice = format!("{0}\n{0}", thing(DATA));
    assert_eq!(things("a.xml", thing(DATA)), [one()]);
    assert_eq!(things("a.xml", &twice), [one(), one()]);
    assert_eq!(things("a.xml", format!("<?xml version='1.0'?>{twice}")), [one(), one()]);
    assert_eq!(things("a.xml", format!("<things>{twice}</things>")), [one(), one()]);
    assert_eq!(things("a.xml", format!("<data-xml>{DATA}</data-xml>")), [one()]);
    assert_eq!(things("a.xml", DATA), [one()]);
}

#[test]
fn a_thing_keeps_its_attachments_and_is_a_new_one() {
    let blob = "<blob-payload><blob><blob-info><name>scan</name><content-type>image/png</content-type></blob-info>\
                <base64data>Zm9v</base64data></blob></blob-payload>";
    let id = "<thing-id version-stamp=\"6f5e4d3c-2b1a-4098-8765-43210fedcba9\">6f5e4d3c-2b1a-4098-8765-43210fedcba9</thing-id>";
    let whole = thing(DATA)
        .replace("<type-id>", &format!("{id}<type-id>"))
        .replace("</thing>", &format!("{blob}</thing>"));
    let Becomes::Things(read) = judged("a.xml", &whole).expect("read") else { panic!("a file") };
    let expected = NewThing::of(WEIGHT, DATA)
        .with_blob(keepwell_client::NewBlob::inline("scan", "image/png", "foo").expect("a blob"));
    assert_eq!(read, [expected]);
    let elsewhere =
        whole.replace("<base64data>Zm9v</base64data>", "<blob-ref-url>https://x.example/</blob-ref-url>");
    assert!(refused("a.xml", elsewhere).contains("attachment is not in it"));
}

#[test]
fn what_would_be_refused_at_the_pick_up_is_refused_at_the_desk() {
    for (bytes, why) in [
        (String::new(), "is empty"),
        (thing(&DATA.replace("70", "heavy")), "weight/value/kg"),
        (thing(DATA).replace(&WEIGHT.to_string(), "6f5e4d3c-2b1a-4098-8765-43210fedcba9"), "cannot be left"),
        (thing(DATA).replace(&WEIGHT.to_string(), "c9287326-bb43-4194-858c-8b60768f000f"), "cannot be left"),
        (thing(""), "without data"),
        (format!("<thing><type-id>{WEIGHT}</type-id></thing>"), "without a data-xml"),
        (format!("<data-xml>{}</data-xml>", DATA.replace("70", "heavy")), "weight/value/kg"),
        ("<data-xml><horoscope/></data-xml>".to_owned(), "horoscope"),
        (cda("1").replace("</title>", ""), "not well-formed"),
        (format!("<!DOCTYPE ClinicalDocument>{}", cda("1")), "DOCTYPE"),
        (format!("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"c\">]>{}", cda("1")), "DOCTYPE"),
        ("<a>".repeat(200) + &"</a>".repeat(200), "deeper"),
    ] {
        let said = refused("a.xml", &bytes);
        assert!(said.contains(why), "{said}");
    }
    assert!(refused("a.xml", b"<a>M\xfcller</a>").contains("encoding"));
}

#[test]
fn everything_else_is_a_file() {
    for (name, text, kind) in [
        ("a.html", "<!doctype html><p>Dear Ada", "text/html"),
        ("a.svg", "<?xml version='1.0'?><!DOCTYPE svg PUBLIC 'x' 'y'><svg/>", "image/svg+xml"),
        ("a.xml", "<message><to>Ada</to></message>", "application/xml"),
        ("a.xml", "<ClinicalDocument/>", "application/xml"),
        ("a.txt", "< 5 mg daily", "text/plain"),
        ("a.pdf", "%PDF-1.4", "application/pdf"),
        ("a", "anything", "application/octet-stream"),
    ] {
        assert_eq!(media(name, text), kind, "{name} {text}");
    }
    let long = format!("<a>{}</a>", "x".repeat(4 << 20));
    assert_eq!(media("a.xml", long), "application/xml", "too long to be in a request");
}

#[test]
fn too_much_xml_is_for_several_packages() {
    let folder = tempfile::tempdir().expect("a folder");
    for n in 0..3 {
        let document = cda("1").replace("kept", &"x".repeat(3 << 20));
        fs::write(folder.path().join(format!("{n}.xml")), document).expect("written");
    }
    let why = read(&[folder.path().to_owned()]).expect_err("too much").to_string();
    assert!(why.contains("several packages"), "{why}");
    let many = judged("a.xml", thing(DATA).repeat(1001)).expect_err("too many").to_string();
    assert!(many.contains("more than 1000 entries"), "{many}");
}

#[test]
fn the_desk_is_told_what_each_file_becomes() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in
        [("1\u{202e}.pdf", "%PDF-1.4"), ("2.xml", &cda("1")), ("3.xml", &[thing(DATA), thing(DATA)].concat())]
    {
        fs::write(folder.path().join(name), text).expect("written");
    }
    let told: Vec<_> = read(&[folder.path().to_owned()]).expect("read").iter().map(Item::told).collect();
    assert_eq!(
        told,
        [
            "1.pdf  application/pdf, 8 bytes",
            "2.xml  Clinical Document Architecture (CDA)",
            "3.xml  2 entries: Weight"
        ]
    );
}
