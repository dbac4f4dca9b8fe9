//! The copy of a record that a person takes home: its page and its files hold what others wrote as text, and no
//! name of a file leads anywhere.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use http::Method;
use keepwell_core::authorizations::Caller;
use keepwell_core::things::{self, BlobSource, Data, PutBlob, PutThing, data_by_hand};
use keepwell_core::{records, thing_types};
use keepwell_testkit::{World, on_both_engines, weight};

use super::house::{House, ask, form};
use super::markup::{assert_inert, mark, shows};

/// Names that would lead out of the folder, to a device of some system, or say that the file is another.
const NAMES: [&str; 17] = [
    "../../../etc/passwd",
    "..\\..\\windows\\system32\\x.dll",
    "/etc/passwd",
    "C:\\autoexec.bat",
    "\\\\server\\share\\x",
    "....//....//x",
    "\u{2215}etc\u{2044}passwd",
    "\u{ff0e}\u{ff0e}\u{ff0f}x",
    "%2e%2e%2fx",
    "x\0/../y.png",
    "x\r\ny: z",
    "scan\u{202e}gnp.exe",
    "CON",
    "nul.txt",
    "com1.tar.gz",
    ".bashrc",
    "a. . ",
];

/// Names that open a device on Windows, whatever they end in.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let numbered = |of: &str| stem.strip_prefix(of).is_some_and(|rest| rest.len() == 1 && rest != "0");
    ["con", "prn", "aux", "nul"].contains(&&*stem)
        || (["com", "lpt"].iter().any(|of| numbered(of)) && stem.ends_with(|c: char| c.is_ascii_digit()))
}

fn blob(name: &str) -> PutBlob {
    PutBlob {
        name: name.to_owned(),
        content_type: "text/html".to_owned(),
        hash: None,
        length: None,
        source: BlobSource::Inline(format!("<script>{name}</script>").into_bytes().into()),
        legacy_encoding: None,
        encoding: None,
    }
}

/// The files of a copy.
fn unpacked(zip: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(zip.to_vec())).expect("a zip");
    let mut files = BTreeMap::new();
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).expect("a file");
        assert!(!file.is_symlink() && !file.is_dir());
        let name = file.name().expect("UTF-8").into_owned();
        assert!(file.enclosed_name().is_some(), "{name:?}");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("its bytes");
        assert!(files.insert(name.to_lowercase(), bytes).is_none(), "{name} stands twice");
    }
    files
}

on_both_engines!(nothing_in_a_copy_runs_or_leads_out_of_its_folder, |world: World| async move {
    let house = House::of(world).await;
    let domain = &house.world.domain;
    let (ada, record) = (&house.ada, house.ada.record);
    let her = Caller::person(ada.person);
    records::rename(domain, ada.person, record, &mark(51), records::Relationship::from_code(1))
        .await
        .expect("renamed");
    let allergy = thing_types::by_name("allergy").expect("a type");
    let text = mark(52).replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let xml =
        format!("<allergy><name><text>{text}</text></name></allergy><common><note>{text}</note></common>");
    let data = Data { client_thing_id: Some(mark(54)), ..data_by_hand(allergy, xml) };
    let written =
        PutThing { type_id: Some(allergy.id), data: Some(data), tags: Some(mark(53)), ..PutThing::default() };
    let attached = PutThing { blobs: vec![blob(&mark(55))], ..weight(71.0, 3) };
    things::put(domain, &her, record, &[written, attached]).await.expect("put");
    for name in NAMES {
        // Some are no text that a record takes.
        let thing = PutThing { blobs: vec![blob(name)], ..weight(70.0, 4) };
        let _ = things::put(domain, &her, record, &[thing]).await;
    }
    let mut browser = house.browser_of(ada).await;
    let csrf = house.csrf(&browser);
    let address = format!("/records/{record}/copy");
    let zip = ask(&mut browser, Method::POST, &address, &form(&[("csrf", &csrf)])).await;
    assert_eq!(zip.says("content-type"), "application/zip");
    let files = unpacked(&zip.body);

    let page = String::from_utf8(files["read-me.html"].clone()).expect("text");
    assert_inert(&page, "read-me.html");
    assert!(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'\""), "it fetches nothing");
    // The record, what is in a thing, a file's name, and who wrote it with what.
    for number in [51, 52, 55, 1] {
        assert!(shows(&page, number), "what was written under {number} is not on the page");
    }
    let things = String::from_utf8(files["things.xml"].clone()).expect("text");
    let things = roxmltree::Document::parse(&things).expect("well-formed");
    for (attribute, number) in [("tags", 53), ("client-thing-id", 54)] {
        let said = things.descendants().find_map(|node| node.attribute(attribute)).expect(attribute);
        assert_eq!(said, mark(number));
    }
    let names = things.descendants().filter(|node| node.has_tag_name("attachment"));
    assert!(names.filter_map(|node| node.attribute("name")).any(|name| name == mark(55)));
    for json in ["manifest.json", "who-looked.json"] {
        serde_json::from_slice::<serde_json::Value>(&files[json]).expect(json);
    }

    let mut attached = 0;
    for name in files.keys().filter(|name| name.starts_with("attachments/")) {
        attached += 1;
        let parts: Vec<_> = name.split('/').collect();
        assert!(parts.len() == 3 && parts[1].parse::<uuid::Uuid>().is_ok(), "{name:?}");
        let last = parts[2];
        let is_plain = |c: char| !c.is_control() && !"\\:*?\"<>|\u{2215}\u{2044}\u{ff0f}\u{202e}".contains(c);
        assert!(last.chars().all(is_plain) && last.len() <= 160, "{last:?}");
        assert!(!last.starts_with(['.', ' ']) && !last.ends_with(['.', ' ']), "{last:?}");
        assert!(!is_device(last), "{last:?} is a device");
    }
    assert!(attached > 10, "{attached} files are attached");
    let known = ["read-me.html", "things.xml", "who-looked.json", "manifest.json"];
    assert_eq!(files.len(), attached + known.len(), "nothing else is there: {:?}", files.keys());
});
