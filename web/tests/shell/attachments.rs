//! Attachments at the Shell: looked at where that is safe, downloaded in any case, and by nobody else.

use axum::body::{Body, Bytes, to_bytes};
use http::{HeaderMap, Request, StatusCode};
use keepwell_core::authorizations::{self, Caller};
use keepwell_core::ids::{PersonId, RecordId};
use keepwell_core::things::{self, BlobSource, Data, PutBlob, PutThing, ThingKey};
use keepwell_core::{audit, env, thing_types};
use keepwell_testkit::{World, on_both_engines, weight};

use crate::browser::{Browser, Page, Site};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
const PDF: &[u8] = b"%PDF-1.4\n%%EOF";

struct Desk {
    world: World,
    ada: PersonId,
    record: RecordId,
    browser: Browser,
}

/// What came back as bytes.
struct File {
    status: StatusCode,
    headers: HeaderMap,
    bytes: Bytes,
}

impl File {
    fn says(&self, header: &str) -> &str {
        self.headers.get(header).map_or("", |value| value.to_str().unwrap())
    }
}

fn blob(name: &str, content_type: &str, bytes: &[u8]) -> PutBlob {
    PutBlob {
        name: name.to_owned(),
        content_type: content_type.to_owned(),
        hash: None,
        length: None,
        source: BlobSource::Inline(Bytes::copy_from_slice(bytes)),
        legacy_encoding: None,
        encoding: None,
    }
}

async fn fetch(browser: &mut Browser, address: &str) -> File {
    let response = browser.request(Request::get(address).body(Body::empty()).unwrap()).await;
    let (parts, body) = response.into_parts();
    File { status: parts.status, headers: parts.headers, bytes: to_bytes(body, 16 << 20).await.unwrap() }
}

impl Desk {
    async fn of(world: World) -> Self {
        let (ada, record) = world.person_in("Ada", "SE").await;
        let mut browser = Site::of(&world).browser();
        browser.sign_in_at_home("Ada").await;
        Self { world, ada, record, browser }
    }

    async fn put(&self, thing: PutThing) -> ThingKey {
        let her = Caller::person(self.ada);
        things::put(&self.world.domain, &her, self.record, &[thing]).await.expect("put")[0]
    }

    async fn attached(&self, blobs: Vec<PutBlob>) -> ThingKey {
        self.put(PutThing { blobs, ..weight(71.5, 1) }).await
    }

    fn at(&self, key: ThingKey, rest: &str) -> String {
        format!("/records/{}/items/{}/versions/{}/attachments/{rest}", self.record, key.id, key.stamp)
    }

    async fn fetch(&mut self, key: ThingKey, rest: &str) -> File {
        let address = self.at(key, rest);
        fetch(&mut self.browser, &address).await
    }

    async fn item(&mut self, key: ThingKey) -> Page {
        let address = format!("/records/{}/items/{}", self.record, key.id);
        self.browser.get(&address).await
    }

    /// What the log says of attachments that somebody got.
    async fn got(&self) -> Vec<String> {
        self.world.domain.settle().await;
        let her = Caller::person(self.ada);
        let access = authorizations::open(&self.world.domain, &her, self.record).await.expect("open");
        let log = audit::latest(&self.world.domain, &access, 100).await.expect("the log");
        log.into_iter().filter(|entry| entry.action == "GetBlob").filter_map(|entry| entry.body).collect()
    }
}

fn assert_alone(file: &File) {
    assert_eq!(file.says("content-security-policy"), "sandbox; default-src 'none'; frame-ancestors 'none'");
    assert_eq!(file.says("x-content-type-options"), "nosniff");
    assert_eq!(file.says("cross-origin-resource-policy"), "same-origin");
    assert_eq!(file.says("cache-control"), "private, no-store");
}

on_both_engines!(a_person_sees_what_is_attached_and_downloads_it, |world: World| async move {
    let mut desk = Desk::of(world).await;
    let text = [b"Dear Ada".repeat(200), vec![b'\n'; 400]].concat();
    let key = desk
        .attached(vec![
            blob("", "image/png", PNG),
            blob("letter", "text/plain", &text),
            blob("Röntgen.pdf", "application/octet-stream", PDF),
        ])
        .await;
    let page = desk.item(key).await;
    for said in [
        "<h2>Attachments</h2>",
        "<bdi>Main attachment</bdi></h3><p class=\"quiet\">Picture · 16 bytes</p>",
        "<bdi>letter</bdi></h3><p class=\"quiet\">Text · 2 kB</p>",
        "<bdi>Röntgen.pdf</bdi></h3><p class=\"quiet\">PDF document · 14 bytes</p>",
        &format!("src=\"{}\" alt=\"Picture: Main attachment\"", desk.at(key, "0/view")),
        &format!("<a href=\"{}\" target=\"_blank\">Open", desk.at(key, "2/view")),
        &format!("<a href=\"{}\">Download", desk.at(key, "1")),
    ] {
        assert!(page.html.contains(said), "{said}: {}", page.html);
    }
    assert_eq!(page.html.matches("<img class=\"preview\"").count(), 1);
    assert!(!page.html.contains(&desk.at(key, "1/view")), "a text is not shown");
    assert!(desk.got().await.is_empty(), "nobody got anything yet");

    for (rest, content_type, disposition, bytes) in [
        // The main one has no name of its own, and the item has one.
        ("0", "application/octet-stream", "attachment; filename*=UTF-8''71.5%20kg.png", PNG),
        ("1", "application/octet-stream", "attachment; filename*=UTF-8''letter.txt", &text),
        ("2", "application/octet-stream", "attachment; filename*=UTF-8''R%C3%B6ntgen.pdf", PDF),
        ("0/view", "image/png", "inline; filename*=UTF-8''71.5%20kg.png", PNG),
        ("2/view", "application/pdf", "inline; filename*=UTF-8''R%C3%B6ntgen.pdf", PDF),
    ] {
        let file = desk.fetch(key, rest).await;
        assert_eq!((file.status.as_u16(), file.says("content-type")), (200, content_type), "{rest}");
        assert_eq!(file.says("content-disposition"), disposition);
        assert_eq!(file.says("content-length"), bytes.len().to_string());
        assert!(file.bytes == bytes, "{rest}");
        assert_alone(&file);
    }
    let got = desk.got().await;
    assert_eq!(got.len(), 5, "each leaves an entry: {got:?}");
    assert!(got.iter().any(|body| body.contains("Röntgen.pdf") && body.contains(&key.id.to_string())));

    let list = format!("/records/{}/items/of/{}", desk.record, thing_types::WEIGHT);
    assert_eq!(desk.browser.get(&list).await.html.matches("Has attachments").count(), 1);
    let plain = desk.put(weight(72.5, 2)).await;
    assert!(!desk.item(plain).await.html.contains("Attachments"));
    assert_eq!(desk.browser.get(&list).await.html.matches("Has attachments").count(), 1);
});

on_both_engines!(what_only_claims_to_be_a_picture_is_never_shown, |world: World| async move {
    let mut desk = Desk::of(world).await;
    let hostile: [(&str, &str, &[u8]); 5] = [
        ("a.svg", "image/svg+xml", b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>"),
        ("b.png", "image/png", b"<!doctype html><script>alert(1)</script>"),
        ("c.pdf", "application/pdf", b" %PDF-1.4<script>"),
        ("d.html", "text/html", b"<html><script>alert(1)</script>"),
        (
            "e.xml",
            "application/xml",
            b"<?xml version=\"1.0\"?><x:script xmlns:x=\"http://www.w3.org/1999/xhtml\"/>",
        ),
    ];
    let blobs = hostile.map(|(name, kind, bytes)| blob(name, kind, bytes));
    let key = desk.attached(blobs.to_vec()).await;
    let page = desk.item(key).await;
    assert!(!page.html.contains("<img class=\"preview\"") && !page.html.contains("/view"), "{}", page.html);
    for (index, (name, _, bytes)) in hostile.iter().enumerate() {
        assert_eq!(desk.fetch(key, &format!("{index}/view")).await.status, 404, "{name}");
        let file = desk.fetch(key, &index.to_string()).await;
        assert_eq!(file.says("content-type"), "application/octet-stream");
        assert_eq!(file.says("content-disposition"), format!("attachment; filename*=UTF-8''{name}"));
        assert!(file.bytes == *bytes);
        assert_alone(&file);
    }
    // And a picture that says it is a page is a picture.
    let key = desk.attached(vec![blob("x.html", "text/html", PNG)]).await;
    let file = desk.fetch(key, "0/view").await;
    assert_eq!(file.says("content-type"), "image/png");
});

on_both_engines!(names_that_mean_harm_do_none, |world: World| async move {
    let mut desk = Desk::of(world).await;
    let names = [
        ("..", "attachment.png"),
        ("../../etc/passwd", "etc-passwd.png"),
        ("..\\x.png", "x.png"),
        ("\u{202e}gnp.exe", "gnp.exe"),
        ("a\tb\u{85}c", "a%20b%20c.png"),
        ("\u{200b}\u{2066}", "attachment.png"),
        ("<img src=x onerror=y>\"'&", "img%20src%3Dx%20onerror%3Dy--%27%26.png"),
        ("%2e%2e%2f", "%252e%252e%252f.png"),
    ];
    let long = "n".repeat(255);
    let mut blobs: Vec<_> = names.iter().map(|(name, _)| blob(name, "image/png", PNG)).collect();
    blobs.push(blob(&long, "image/png", PNG));
    let key = desk.attached(blobs).await;
    let page = desk.item(key).await;
    assert_eq!(page.html.matches("<img class=\"preview\"").count(), names.len() + 1);
    assert!(!page.html.contains("<img src=x") && !page.html.contains('\u{202e}'));
    assert!(page.html.contains("<bdi>Attachment without a name</bdi>"));
    for (index, (name, safe)) in names.iter().enumerate() {
        let file = desk.fetch(key, &index.to_string()).await;
        let said = format!("attachment; filename*=UTF-8''{safe}");
        assert_eq!(file.says("content-disposition"), said, "{name:?}");
    }
    let file = desk.fetch(key, "8").await;
    assert!(
        file.says("content-disposition").len() < 210 && file.says("content-disposition").ends_with("n.png")
    );
});

on_both_engines!(what_is_compressed_is_kept_as_it_is_and_never_shown, |world: World| async move {
    let mut desk = Desk::of(world).await;
    let gzip = |name: &str| PutBlob {
        encoding: Some("gzip".to_owned()),
        ..blob(name, "application/pdf", b"\x1f\x8b\x08\0\0")
    };
    let base64 = PutBlob { encoding: Some("base64".to_owned()), ..blob("p", "image/png", PNG) };
    let key = desk.attached(vec![gzip("a.pdf"), gzip("b.pdf.gz"), base64]).await;
    for (index, name) in ["a.pdf.gz", "b.pdf.gz", "p"].into_iter().enumerate() {
        let file = desk.fetch(key, &index.to_string()).await;
        assert_eq!(file.says("content-disposition"), format!("attachment; filename*=UTF-8''{name}"));
        assert_eq!(file.says("content-encoding"), "");
        assert_eq!(desk.fetch(key, &format!("{index}/view")).await.status, 404);
    }
});

on_both_engines!(an_address_that_names_no_attachment_leads_nowhere, |world: World| async move {
    let mut desk = Desk::of(world).await;
    let key = desk.attached(vec![blob("", "image/png", PNG)]).await;
    let other = desk.put(weight(72.5, 2)).await;
    for rest in ["1", "-1", "x", "0/x", "18446744073709551615", "18446744073709551616", "1/view", "../0"] {
        assert_eq!(desk.fetch(key, rest).await.status, 404, "{rest}");
    }
    assert_eq!(desk.fetch(other, "0").await.status, 404);
    let mixed = ThingKey { stamp: other.stamp, ..key };
    assert_eq!(desk.fetch(mixed, "0").await.status, 404, "a version of another item");
    assert!(desk.got().await.is_empty());
    assert_eq!(desk.fetch(key, "0").await.status, 200);
});

on_both_engines!(nobody_gets_what_is_attached_in_the_record_of_someone_else, |world: World| async move {
    let desk = Desk::of(world).await;
    let key = desk.attached(vec![blob("", "image/png", PNG)]).await;
    let (_, bobs) = desk.world.person("Bob").await;
    let mut his = Site::of(&desk.world).browser();
    his.sign_in_at_home("Bob").await;
    let hers = desk.at(key, "0");
    for address in [hers.clone(), hers.replace(&desk.record.to_string(), &bobs.to_string())] {
        for address in [address.clone(), address + "/view"] {
            let file = fetch(&mut his, &address).await;
            assert_eq!(file.status, 404, "{address}");
            assert!(!file.bytes.windows(4).any(|part| part == b"\x89PNG"));
        }
    }
    let mut nobody = Site::of(&desk.world).browser();
    let file = fetch(&mut nobody, &hers).await;
    assert_eq!((file.status.as_u16(), file.says("location")), (303, "/sign-in"));
    assert!(desk.got().await.is_empty());
});

on_both_engines!(
    what_was_attached_to_a_former_or_removed_version_is_still_there,
    |world: World| async move {
        let mut desk = Desk::of(world).await;
        let first = desk.attached(vec![blob("scan", "image/png", PNG)]).await;
        desk.world.clock.advance(env::HOUR);
        let change = PutThing {
            id: Some(first.id),
            stamp: Some(first.stamp),
            blobs: vec![blob("scan", "application/pdf", PDF)],
            ..weight(72.5, 1)
        };
        let second = desk.put(change).await;
        let former = format!("/records/{}/items/{}/versions/{}", desk.record, first.id, first.stamp);
        let page = desk.browser.get(&former).await;
        assert!(page.html.contains(&desk.at(first, "0/view")) && page.html.contains("Picture · 16 bytes"));
        assert!(desk.fetch(first, "0").await.bytes == PNG);
        assert!(desk.fetch(second, "0").await.bytes == PDF);

        let her = Caller::person(desk.ada);
        let asked = [(second.id, Some(second.stamp))];
        things::remove(&desk.world.domain, &her, desk.record, &asked).await.expect("removed");
        let page = desk.item(second).await;
        assert!(
            page.html.contains("This was removed") && page.html.contains("PDF document"),
            "{}",
            page.html
        );
        let shown = page.html.split("href=\"").find(|rest| rest.contains("/attachments/0/view")).unwrap();
        let file = fetch(&mut desk.browser, shown.split('"').next().unwrap()).await;
        assert!(file.status == 200 && file.bytes == PDF);
    }
);

on_both_engines!(a_file_is_downloaded_by_the_name_that_its_item_has, |world: World| async move {
    let mut desk = Desk::of(world).await;
    let data = Data {
        xml: "<file><name>Report: June.pdf</name><size>14</size><content-type><text>application/pdf</text>\
              </content-type></file><common/>"
            .to_owned(),
        root: "file".to_owned(),
        ..Data::default()
    };
    let type_id = thing_types::by_name("file").map(|kind| kind.id);
    let blobs = vec![blob("", "application/pdf", PDF)];
    let key = desk.put(PutThing { type_id, data: Some(data), blobs, ..PutThing::default() }).await;
    let page = desk.item(key).await;
    assert_eq!(page.title(), "Report: June.pdf");
    assert!(page.html.contains("PDF document"));
    let file = desk.fetch(key, "0").await;
    assert_eq!(file.says("content-disposition"), "attachment; filename*=UTF-8''Report-%20June.pdf");
});

on_both_engines!(an_item_without_words_of_its_own_is_about_what_is_attached, |world: World| async move {
    let mut desk = Desk::of(world).await;
    let data = Data {
        xml: "<personal-image/><common/>".to_owned(),
        root: "personal-image".to_owned(),
        ..Data::default()
    };
    let type_id = thing_types::by_name("personal-image").map(|kind| kind.id);
    let blobs = vec![blob("", "image/png", PNG)];
    let key = desk.put(PutThing { type_id, data: Some(data), blobs, ..PutThing::default() }).await;
    let page = desk.item(key).await;
    assert_eq!(page.status, 200);
    assert!(
        page.html.contains("It is about what is attached to it")
            && page.html.contains("<img class=\"preview\"")
    );
    assert!(!page.html.contains("nothing in it that we can show"));
});

on_both_engines!(a_large_attachment_comes_whole_and_many_come_in_pages, |world: World| async move {
    let mut desk = Desk::of(world).await;
    let large: Vec<u8> = PNG.iter().copied().chain((0..9_000_000u32).map(|n| n.to_le_bytes()[0])).collect();
    let mut blobs = vec![blob("large", "image/png", &large)];
    blobs.extend((0..60).map(|n| blob(&format!("p{n}"), "image/png", PNG)));
    let key = desk.attached(blobs).await;
    let page = desk.item(key).await;
    assert!(page.html.contains("Picture · 9 MB"));
    assert_eq!(page.html.matches("<img class=\"preview\"").count(), 50);
    let more = page.html.split("href=\"").find(|rest| rest.contains("?from=50")).unwrap();
    let rest = desk.browser.get(more.split('#').next().unwrap()).await;
    assert!(rest.html.contains(&desk.at(key, "50/view")) && rest.html.contains(&desk.at(key, "60/view")));
    assert!(rest.html.matches("<img class=\"preview\"").count() == 11 && !rest.main().contains("?from="));
    for from in ["61", "18446744073709551615", "x", ""] {
        let address = format!("{}?from={from}", desk.at(key, "").replace("/attachments/", ""));
        assert_eq!(desk.browser.get(&address).await.status, 200, "{from}");
    }
    assert!(desk.fetch(key, "0").await.bytes == large);
    assert!(desk.fetch(key, "60").await.bytes == PNG);
});

on_both_engines!(a_download_that_broke_off_goes_on_where_it_was, |world: World| async move {
    let mut desk = Desk::of(world).await;
    let bytes: Vec<u8> = (0..100_000_u32).map(|n| u8::try_from(n % 251).unwrap()).collect();
    let key = desk.attached(vec![blob("scan", "text/plain", &bytes)]).await;
    let whole = desk.fetch(key, "0").await;
    assert_eq!((whole.status, whole.says("accept-ranges")), (StatusCode::OK, "bytes"));
    let tag = whole.says("etag").to_owned();
    for (tag, status, range) in [
        (tag.as_str(), StatusCode::PARTIAL_CONTENT, "bytes 60000-99999/100000"),
        ("\"another\"", StatusCode::OK, ""),
    ] {
        let request = Request::get(desk.at(key, "0")).header("Range", "bytes=60000-").header("If-Range", tag);
        let response = desk.browser.request(request.body(Body::empty()).unwrap()).await;
        let (parts, body) = response.into_parts();
        let file = File {
            status: parts.status,
            headers: parts.headers,
            bytes: to_bytes(body, 1 << 20).await.unwrap(),
        };
        assert_eq!((file.status, file.says("content-range")), (status, range));
        assert!(bytes.ends_with(&file.bytes) && file.bytes.len() >= 40_000);
        assert_alone(&file);
    }
    let beyond =
        Request::get(desk.at(key, "0")).header("Range", "bytes=100000-").body(Body::empty()).unwrap();
    assert_eq!(desk.browser.request(beyond).await.status(), StatusCode::RANGE_NOT_SATISFIABLE);
});
