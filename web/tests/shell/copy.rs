//! A copy of a record to keep.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use axum::body::{Body, to_bytes};
use http::{Request, Response, header};
use keepwell_core::authorizations::Caller;
use keepwell_core::ids::{PersonId, RecordId};
use keepwell_core::things::{self, BlobSource, PutBlob, PutThing};
use keepwell_testkit::{World, on_both_engines, weight};
use sha2::{Digest, Sha256};

use crate::browser::{Browser, Site};

type Files = BTreeMap<String, Vec<u8>>;

struct Desk {
    world: World,
    ada: PersonId,
    record: RecordId,
    browser: Browser,
}

impl Desk {
    async fn of(world: World) -> Self {
        let (ada, record) = world.person_in("Ada", "SE").await;
        let mut browser = Site::of(&world).browser();
        browser.sign_in_at_home("Ada").await;
        Self { world, ada, record, browser }
    }

    async fn put(&self, thing: PutThing) -> things::ThingKey {
        let her = Caller::person(self.ada);
        things::put(&self.world.domain, &her, self.record, &[thing]).await.expect("put")[0]
    }

    async fn ask(&mut self) -> Response<Body> {
        let address = format!("/records/{}/copy", self.record);
        let page = self.browser.get(&address).await;
        assert_eq!(page.title(), "A copy of the whole record", "{}", page.html);
        let csrf = page.html.split("name=\"csrf\" value=\"").last().unwrap().split('"').next().unwrap();
        let form = Request::post(&address)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(format!("csrf={csrf}")))
            .unwrap();
        self.browser.request(form).await
    }

    async fn copy(&mut self) -> Files {
        let response = self.ask().await;
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/zip");
        let bytes = to_bytes(response.into_body(), usize::MAX).await.expect("whole");
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
        let mut files = Files::new();
        for index in 0..zip.len() {
            let mut file = zip.by_index(index).expect("a file");
            let name = file.name().expect("UTF-8").into_owned();
            assert!(file.enclosed_name().is_some(), "{name}");
            let mut content = Vec::new();
            file.read_to_end(&mut content).expect("its bytes");
            assert!(files.insert(name, content).is_none(), "no name stands twice");
        }
        files
    }
}

fn blob(name: &str, bytes: &[u8]) -> PutBlob {
    PutBlob {
        name: name.to_owned(),
        content_type: "image/png".to_owned(),
        hash: None,
        length: None,
        source: BlobSource::Inline(bytes.to_vec().into()),
        legacy_encoding: None,
        encoding: None,
    }
}

fn text(files: &Files, name: &str) -> String {
    String::from_utf8(files[name].clone()).expect("text")
}

on_both_engines!(
    a_copy_holds_all_versions_attachments_the_log_and_a_manifest_that_fits,
    |world: World| async move {
        let mut desk = Desk::of(world).await;
        let key =
            desk.put(PutThing { blobs: vec![blob("", b"\x89PNG\r\n\x1a\nscan")], ..weight(71.5, 1) }).await;
        desk.world.clock.advance(1_000_000);
        desk.put(PutThing { id: Some(key.id), stamp: Some(key.stamp), ..weight(72.5, 1) }).await;
        for day in 2..=40 {
            desk.put(weight(60.0 + f64::from(day), day)).await;
        }
        let gone = desk.put(weight(99.5, 3)).await;
        let her = Caller::person(desk.ada);
        things::remove(&desk.world.domain, &her, desk.record, &[(gone.id, Some(gone.stamp))])
            .await
            .expect("removed");
        let files = desk.copy().await;

        let xml = text(&files, "things.xml");
        let document = roxmltree::Document::parse(&xml).expect("well-formed");
        let of = |state: &str| {
            document
                .descendants()
                .filter(|n| n.has_tag_name("thing") && n.attribute("state") == Some(state))
                .count()
        };
        assert_eq!((of("current"), of("removed")), (40, 1));
        assert_eq!(of("former"), 2, "the changed one, and the removed one before");
        assert!(
            xml.contains("<kg>71.5</kg>") && xml.contains("<kg>72.5</kg>") && xml.contains("<kg>99.5</kg>")
        );

        let manifest: serde_json::Value = serde_json::from_slice(&files["manifest.json"]).expect("JSON");
        assert_eq!(
            manifest["counts"],
            serde_json::json!({
                "things": 41, "versions": 43, "removed": 1, "attachments": 1
            })
        );
        let listed = manifest["files"].as_array().unwrap();
        assert_eq!(listed.len() + 1, files.len(), "all but the manifest itself");
        for known in listed {
            let content = &files[known["name"].as_str().unwrap()];
            let sha256: String = Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(known["sha256"], sha256);
            assert_eq!(known["bytes"], content.len());
        }
        let log: Vec<serde_json::Value> = serde_json::from_slice(&files["who-looked.json"]).expect("JSON");
        assert!(log.iter().any(|entry| entry["action"] == "ExportRecord"), "the copy itself is in the log");
        assert_eq!(log.iter().filter(|entry| entry["action"] == "PutThings").count(), 42);

        let page = text(&files, "read-me.html");
        assert!(page.contains("<h2>Weight</h2>") && page.contains("72.5 kg") && page.contains("100 kg"));
        assert!(!page.contains("71.5") && !page.contains("99.5"), "what is there now");
        assert!(!page.contains("<script") && !page.contains("http://") && !page.contains("https://"));
    }
);

on_both_engines!(names_of_attachments_lead_nowhere_and_are_told_apart, |world: World| async move {
    let mut desk = Desk::of(world).await;
    let names = ["../../etc/passwd", "a.png", "..\\..\\x.png", "/abs.png", "\u{202e}gnp.exe", "CON\u{0}"];
    for name in &names[..5] {
        desk.put(PutThing { blobs: vec![blob(name, name.as_bytes())], ..weight(71.5, 1) }).await;
    }
    desk.put(PutThing {
        blobs: vec![blob("a.png", b"another"), blob("A.png", b"a third")],
        ..weight(71.5, 2)
    })
    .await;
    let files = desk.copy().await;
    let attached: BTreeSet<&String> = files.keys().filter(|name| name.starts_with("attachments/")).collect();
    assert_eq!(attached.len(), 7, "{attached:?}");
    for name in attached {
        assert_eq!(name.split('/').count(), 3, "{name}");
        assert!(!name.contains("..") && !name.contains('\\') && name.is_ascii(), "{name}");
    }
    let contents: BTreeSet<&[u8]> = files.values().map(Vec::as_slice).collect();
    assert!(contents.contains(&b"another"[..]) && contents.contains(&b"../../etc/passwd"[..]));
});

on_both_engines!(what_somebody_wrote_stays_text_in_the_page_for_reading, |world: World| async move {
    let mut desk = Desk::of(world).await;
    let evil = "&lt;script&gt;alert(1)&lt;/script&gt;";
    let data = things::Data {
        xml: format!("<allergy><name><text>{evil}</text></name></allergy><common/>"),
        root: "allergy".to_owned(),
        ..things::Data::default()
    };
    let type_id = keepwell_core::thing_types::by_name("allergy").map(|kind| kind.id);
    let tags = Some("\"><x a='".to_owned());
    desk.put(PutThing { type_id, data: Some(data), tags, ..PutThing::default() }).await;
    let files = desk.copy().await;
    assert!(!text(&files, "read-me.html").contains("<script"));
    assert!(text(&files, "read-me.html").contains("&#60;script&#62;"));
    roxmltree::Document::parse(&text(&files, "things.xml")).expect("well-formed");
});

on_both_engines!(nobody_copies_another_persons_record_or_without_the_form, |world: World| async move {
    let mut desk = Desk::of(world).await;
    desk.put(weight(71.5, 1)).await;
    desk.world.person("Grace").await;
    let address = format!("/records/{}/copy", desk.record);
    let mut grace = Site::of(&desk.world).browser();
    grace.sign_in_at_home("Grace").await;
    assert_eq!(grace.get(&address).await.status.as_u16(), 404);
    let home = grace.get("/").await;
    let csrf =
        home.html.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(grace.post(&address, &[("csrf", &csrf)]).await.status.as_u16(), 404);
    let forged = desk.browser.post(&address, &[("csrf", "x")]).await;
    assert!(forged.html.starts_with("<!doctype html>"), "a page, not a copy");
    let other = desk.browser.post_from(&address, &[("csrf", "x")], "cross-site").await;
    assert!(other.html.starts_with("<!doctype html>"));
});

on_both_engines!(a_copy_that_somebody_gives_up_makes_room_for_others, |world: World| async move {
    let mut desk = Desk::of(world).await;
    desk.put(weight(71.5, 1)).await;
    for _ in 0..20 {
        drop(desk.ask().await);
        // Until the one who writes has noticed.
        for _ in 0..1_000 {
            tokio::task::yield_now().await;
        }
    }
    for _ in 0..200 {
        let response = desk.ask().await;
        if response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/zip") {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("there is no room any more");
});
