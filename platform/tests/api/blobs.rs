//! Attachments: up, into a thing, and down again, as clients see them (things.md 7).

use keepwell_core::env::{DAY, HOUR, MINUTE};
use keepwell_core::{applications, persons};
use keepwell_testkit::{ActingApp, World, on_both_engines, weight_xml};

use crate::attaching::{ask, at, blob, key, noise, path, thing, with_hash};
use crate::desk::{As, Desk, WEIGHT};

const INLINE: &str = "<base64data>aGVsbG8=</base64data>";
const HELLO_HASH: &str = "lZXJ35AHUUjrBoYDZd8zWEt1v/eCpRDGzUiDpBmDPVA=";

on_both_engines!(what_is_uploaded_in_chunks_comes_back_byte_for_byte, |world: World| async move {
    let desk = Desk::of(world).await;
    let bytes = noise(5 * 1024 * 1024 + 17);
    let url = desk.begin().await;
    for (n, chunk) in bytes.chunks(2 * 1024 * 1024).enumerate() {
        let start = n * 2 * 1024 * 1024;
        let end = start + chunk.len();
        let answer =
            desk.post(&url, &format!("{start}-{}/*", end - 1), end == bytes.len(), chunk.to_vec()).await;
        assert_eq!((answer.status, answer.received, answer.bytes.len()), (200, Some(end as u64), 0));
    }
    desk.keep(&blob("scan", &at(&url))).await;
    let information = desk.read("information").await;
    assert_eq!(information.value("content-length").unwrap(), bytes.len().to_string());
    assert_eq!(information.value("block-size").as_deref(), Some("2097152"));
    assert_eq!(information.count("blob-ref-url"), 0);
    let fetched = desk.fetch(&desk.address().await).await;
    assert_eq!(fetched.status, 200);
    assert!(fetched.bytes == bytes, "byte for byte");
    assert_eq!(fetched.header("content-type"), "text/plain");
});

on_both_engines!(begin_says_what_clients_of_the_original_rely_on, |world: World| async move {
    let desk = Desk::of(world).await;
    let begun = desk.good("BeginPutBlob", 1, "<info/>", As::Offline).await;
    let value = |name| begun.value(name).unwrap();
    assert!(
        value("blob-ref-url").starts_with("http://localhost:8470/streaming/wildcatblob.ashx?blob-ref-token=")
    );
    assert_eq!(value("blob-chunk-size"), "2097152");
    assert_eq!(value("blob-hash-algorithm"), "SHA256Block");
    assert_eq!(value("block-size"), "2097152");
    assert!(value("max-blob-size").parse::<i32>().unwrap() > 0, "it fits the number of every client");
});

on_both_engines!(a_begin_without_a_record_serves_any_record_of_the_person, |world: World| async move {
    let desk = Desk::of(world).await;
    let text = desk.session.ask("BeginPutBlob", 1, "<info/>", desk.now()).online(&desk.wctoken).text();
    let url = desk.send(&text).await.value("blob-ref-url").unwrap();
    assert_eq!(desk.post(&url, "0-4/5", true, "hello").await.status, 200);
    desk.keep(&blob("", &at(&url))).await;
    assert_eq!(desk.fetch(&desk.address().await).await.bytes, b"hello");
});

on_both_engines!(an_attachment_in_the_request_is_given_in_every_form, |world: World| async move {
    let desk = Desk::of(world).await;
    desk.keep(&blob("note", INLINE)).await;
    assert!(desk.read("inline").await.text.contains(INLINE));
    assert_eq!(desk.read("information").await.count("base64data"), 0);
    assert_eq!(desk.fetch(&desk.address().await).await.bytes, b"hello");
    assert_eq!(desk.read("").await.value("hash").as_deref(), Some(HELLO_HASH));
});

on_both_engines!(only_the_attachments_that_are_named_are_given, |world: World| async move {
    let desk = Desk::of(world).await;
    desk.keep(&format!("{}{}", blob("", INLINE), blob("b", INLINE))).await;
    for (names, expected) in
        [("<blob-name/>", 1), ("<blob-name>b</blob-name>", 1), ("<blob-name>B</blob-name>", 0)]
    {
        let filters = format!("<blob-filters><blob-filter>{names}</blob-filter></blob-filters>");
        let info = ask("inline").replace("<blob-format>", &format!("{filters}<blob-format>"));
        let found = desk.good("GetThings", 3, &info, As::Online).await;
        assert_eq!(found.count("blob"), expected, "{names}");
    }
});

on_both_engines!(a_body_longer_than_its_range_counts_for_its_range, |world: World| async move {
    let desk = Desk::of(world).await;
    let url = desk.begin().await;
    assert_eq!(
        desk.post(&url, "0-4/*", true, "hello, and what stood in the buffer before").await.status,
        200
    );
    desk.keep(&blob("", &at(&url))).await;
    assert_eq!(desk.fetch(&desk.address().await).await.bytes, b"hello");
});

on_both_engines!(a_body_shorter_than_its_range_is_refused, |world: World| async move {
    let desk = Desk::of(world).await;
    let url = desk.begin().await;
    let answer = desk.post(&url, "0-9/*", true, "hello").await;
    assert_eq!(answer.status, 400);
    assert_eq!(
        desk.put_blobs(&blob("", &format!("<content-length>10</content-length>{}", at(&url)))).await.code,
        102
    );
});

on_both_engines!(an_upload_ends_by_an_extra_empty_post, |world: World| async move {
    let desk = Desk::of(world).await;
    let url = desk.begin().await;
    assert_eq!(desk.post(&url, "0-4/5", false, "hello").await.status, 200);
    assert_eq!(desk.post(&url, "", true, "").await.status, 200);
    assert_eq!(desk.post(&url, "5-5/*", false, "!").await.status, 409, "it has ended");
    desk.keep(&blob("", &at(&url))).await;
    assert_eq!(desk.fetch(&desk.address().await).await.bytes, b"hello");
});

on_both_engines!(an_upload_without_an_end_is_whole_when_what_is_said_of_it_fits, |world: World| async move {
    let desk = Desk::of(world).await;
    let good_hash = format!("<algorithm>SHA256Block</algorithm><hash>{HELLO_HASH}</hash>");
    let bad_hash = good_hash.replace("lZX", "kZX");
    for (blobs, code) in [
        (blob("", "{url}"), 0),
        (blob("", "<content-length>5</content-length>{url}"), 0),
        (blob("", "<content-length>-1</content-length>{url}"), 0),
        (blob("", "<content-length>6</content-length>{url}"), 102),
        (with_hash(&good_hash, "{url}"), 0),
        (with_hash(&bad_hash, "{url}"), 102),
    ] {
        let url = desk.begin().await;
        assert_eq!(desk.post(&url, "0-4/*", false, "hello").await.status, 200);
        let blobs = blobs.replace("{url}", &at(&url));
        assert_eq!(desk.put_blobs(&blobs).await.code, code, "{blobs}");
    }
});

on_both_engines!(an_upload_that_was_never_written_is_an_empty_attachment, |world: World| async move {
    let desk = Desk::of(world).await;
    let url = desk.begin().await;
    desk.keep(&blob("", &at(&url))).await;
    let found = desk.read("inline").await;
    assert_eq!(found.value("content-length").as_deref(), Some("0"));
    assert_eq!(found.count("base64data"), 0, "the schema allows no empty one");
    let fetched = desk.fetch(&desk.address().await).await;
    assert_eq!((fetched.status, fetched.bytes.len()), (200, 0));
});

on_both_engines!(a_chunk_sent_twice_is_taken_once_if_it_is_the_same, |world: World| async move {
    let desk = Desk::of(world).await;
    let url = desk.begin().await;
    let bytes = noise(200_000);
    for _ in 0..2 {
        assert_eq!(
            desk.post(&url, "0-99999/*", false, bytes[..100_000].to_vec()).await.received,
            Some(100_000)
        );
    }
    let mut other = bytes[..100_000].to_vec();
    other[99_999] ^= 1;
    let refused = desk.post(&url, "0-99999/*", false, other).await;
    assert_eq!((refused.status, refused.received), (409, Some(100_000)));
    let overlapping = desk.post(&url, "50000-199999/*", true, bytes[50_000..].to_vec()).await;
    assert_eq!((overlapping.status, overlapping.received), (200, Some(200_000)));
    let again = desk.post(&url, "50000-199999/*", true, bytes[50_000..].to_vec()).await;
    assert_eq!(again.status, 200, "the last chunk, too");
    desk.keep(&blob("", &at(&url))).await;
    assert!(desk.fetch(&desk.address().await).await.bytes == bytes);
});

on_both_engines!(a_gap_is_refused_and_says_what_is_missing, |world: World| async move {
    let desk = Desk::of(world).await;
    let url = desk.begin().await;
    desk.post(&url, "0-4/*", false, "hello").await;
    let refused = desk.post(&url, "6-9/*", false, "gone").await;
    assert_eq!((refused.status, refused.received), (409, Some(5)));
    assert!(String::from_utf8(refused.bytes).unwrap().contains("number 5"));
    let asked = desk.post(&url, "", false, "").await;
    assert_eq!((asked.status, asked.received), (200, Some(5)));
});

on_both_engines!(two_uploads_to_one_address_cannot_mix, |world: World| async move {
    let desk = Desk::of(world).await;
    let url = desk.begin().await;
    let (a, b) = (vec![1_u8; 300_000], vec![2_u8; 300_000]);
    let (first, second) = tokio::join!(
        desk.post(&url, "0-299999/*", true, a.clone()),
        desk.post(&url, "0-299999/*", true, b.clone())
    );
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    desk.keep(&blob("", &at(&url))).await;
    let kept = desk.fetch(&desk.address().await).await.bytes;
    assert!(kept == if first.status == 200 { a } else { b });
    assert_eq!(desk.world.objects.keys("").await.unwrap().len(), 1, "what lost lies nowhere");
});

on_both_engines!(an_upload_is_committed_once, |world: World| async move {
    let desk = Desk::of(world).await;
    let url = desk.uploaded(b"hello").await;
    assert_eq!(desk.put_blobs(&format!("{}{}", blob("a", &at(&url)), blob("b", &at(&url)))).await.code, 101);
    desk.keep(&blob("", &at(&url))).await;
    assert_eq!(desk.put_blobs(&blob("", &at(&url))).await.code, 101);
    assert_eq!(desk.post(&url, "5-5/*", false, "!").await.status, 403);
    assert_eq!(desk.fetch(&url).await.status, 403, "nothing is fetched by the address of an upload");
});

on_both_engines!(hashes_and_names_are_checked_with_the_reference_s_codes, |world: World| async move {
    let desk = Desk::of(world).await;
    let url = desk.uploaded(b"hello").await;
    let hash = |algorithm: &str, size: &str, hash: &str| {
        format!(
            "<algorithm>{algorithm}</algorithm><params><block-size>{size}</block-size></params><hash>{hash}</hash>"
        )
    };
    let good = hash("SHA256Block", "2097152", HELLO_HASH);
    let wrong = hash("SHA256Block", "2097152", "AAAA");
    for (blobs, code) in [
        (format!("{}{}", blob("n", INLINE), blob("n", INLINE)), 100),
        (with_hash(&hash("MD5", "2097152", HELLO_HASH), INLINE), 106),
        (with_hash(&hash("SHA256Block", "7", HELLO_HASH), INLINE), 107),
        (with_hash(&hash("MD5", "2097152", HELLO_HASH), &at(&url)), 108),
        (with_hash(&hash("SHA256Block", "4096", HELLO_HASH), &at(&url)), 109),
        (with_hash(&wrong, INLINE), 111),
        (with_hash(&wrong, &at(&url)), 111),
        (blob("", "<content-length>4</content-length><base64data>aGVsbG8=</base64data>"), 102),
        (
            blob(
                "",
                "<base64data>aGVsbG8=</base64data><current-content-encoding>brotli</current-content-encoding>",
            ),
            91,
        ),
        (
            blob(
                "",
                "<base64data>aGVsbG8=</base64data><current-content-encoding>gzip</current-content-encoding>",
            ),
            92,
        ),
        (blob(&"n".repeat(256), INLINE), 3),
        (blob("", ""), 3),
        (blob("", "<blob-ref-url>https://elsewhere.example/x</blob-ref-url>"), 88),
        (blob("", "<blob-ref-url>https://elsewhere.example/x?blob-ref-token=Wabc</blob-ref-url>"), 88),
        (with_hash(&good, INLINE), 0),
        (with_hash(&good, &at(&url)), 0),
    ] {
        let reply = desk.put_blobs(&blobs).await;
        assert_eq!(reply.code, code, "{blobs} {}", reply.text);
        if code != 0 {
            assert_eq!(reply.value("error-info").as_deref(), Some("0"));
        }
    }
});

on_both_engines!(a_wrong_hash_is_taken_where_the_host_says_so, |world: World| async move {
    let mut world = world;
    world.domain = world.domain.clone().with_any_hash(true);
    let desk = Desk::of(world).await;
    let wrong = "<algorithm>SHA256Block</algorithm><params><block-size>2097152</block-size></params><hash>AAAA</hash>";
    let url = desk.uploaded(b"hello").await;
    desk.keep(&with_hash(wrong, &at(&url))).await;
    assert_eq!(desk.read("").await.value("hash").as_deref(), Some(HELLO_HASH), "what is told is right");
    assert_eq!(desk.put_blobs(&with_hash(wrong, INLINE)).await.code, 0);
});

on_both_engines!(
    attachments_that_are_not_named_stay_and_a_length_of_zero_removes,
    |world: World| async move {
        let desk = Desk::of(world).await;
        let first = desk.keep(&format!("{}{}", blob("a", INLINE), blob("b", INLINE))).await;
        let second = desk.change(&first, &blob("a", "<base64data>bmV3</base64data>")).await;
        let found = desk.read("inline").await.text;
        assert!(found.contains("bmV3") && found.contains(INLINE), "{found}");
        let third = desk.change(&key(&second), &blob("b", "<content-length>0</content-length>")).await;
        let found = desk.read("inline").await;
        assert_eq!((found.count("blob"), found.value("base64data").as_deref()), (1, Some("bmV3")));
        let fourth = desk.change(&key(&third), &blob("none", "<content-length>0</content-length>")).await;
        assert_eq!(key(&fourth), key(&third), "nothing to remove changes nothing");
    }
);

on_both_engines!(an_address_that_was_read_and_is_written_back_changes_nothing, |world: World| async move {
    let desk = Desk::of(world).await;
    let first = desk.keep(&format!("{}{}", blob("a", INLINE), blob("b", INLINE))).await;
    let url = desk.address().await;
    desk.world.clock.advance(3 * HOUR);
    let back = blob("a", &format!("<content-length>-1</content-length>{}", at(&url)));
    assert_eq!(key(&desk.change(&first, &back).await), first, "no other version");
    let renamed = desk.change(&first, &blob("c", &at(&url))).await;
    assert_eq!(desk.read("").await.count("blob"), 3, "the same bytes by another name");
    let other = desk.put_blobs(&blob("a", &at(&url))).await;
    assert_eq!(other.code, 88, "it belongs to that thing");
    assert_eq!(renamed.code, 0);
});

on_both_engines!(a_version_keeps_its_attachments_while_it_is_fetched, |world: World| async move {
    let desk = Desk::of(world).await;
    let bytes = noise(100_000);
    let key = desk.keep(&blob("a", &at(&desk.uploaded(&bytes).await))).await;
    let url = desk.address().await;
    assert_eq!(desk.change(&key, &blob("a", INLINE)).await.code, 0);
    assert!(desk.fetch(&url).await.bytes == bytes, "the version that was read");
    assert_eq!(desk.fetch(&desk.address().await).await.bytes, b"hello");
});

on_both_engines!(a_part_is_fetched_by_range, |world: World| async move {
    let desk = Desk::of(world).await;
    let bytes = noise(3 * 1024 * 1024);
    desk.keep(&blob("a", &at(&desk.uploaded(&bytes).await))).await;
    let url = desk.address().await;
    let part = desk.fetch_with(&url, "Range", "bytes=2000000-2999999").await;
    assert_eq!((part.status, part.header("content-range")), (206, "bytes 2000000-2999999/3145728"));
    assert!(part.bytes == bytes[2_000_000..3_000_000]);
    let part = desk.fetch_with(&url, "Content-Range", "bytes 0-255").await;
    assert_eq!((part.status, part.bytes.len()), (206, 256));
    let beyond = desk.fetch_with(&url, "Range", "bytes=3145728-").await;
    assert_eq!((beyond.status, beyond.header("content-range")), (416, "bytes */3145728"));
    let tag = desk.fetch(&url).await.header("etag").to_owned();
    let request =
        |tag: &str| http::Request::get(path(&url)).header("Range", "bytes=0-9").header("If-Range", tag);
    assert_eq!(desk.stream(request(&tag), "").await.status, 206);
    assert_eq!(desk.stream(request("\"other\""), "").await.status, 200);
});

on_both_engines!(addresses_expire, |world: World| async move {
    let desk = Desk::of(world).await;
    let upload = desk.begin().await;
    desk.keep(&blob("", INLINE)).await;
    let url = desk.address().await;
    desk.world.clock.advance(15 * MINUTE);
    assert_eq!(desk.fetch(&url).await.status, 403);
    desk.world.clock.advance(2 * DAY);
    assert_eq!(desk.post(&upload, "0-4/*", true, "hello").await.status, 403);
    let app = ActingApp { app: desk.app.app.clone(), key: desk.app.key.clone() };
    let later = Desk::for_person(desk.world.beside(), app, desk.ada, desk.record).await;
    assert_eq!(later.put_blobs(&blob("", &at(&upload))).await.code, 88);
});

on_both_engines!(what_was_revoked_or_removed_is_not_fetched_by_an_older_address, |world: World| async move {
    let desk = Desk::of(world).await;
    let key = desk.keep(&blob("", INLINE)).await;
    let url = desk.address().await;
    let removed = format!("<info>{key}</info>");
    assert_eq!(desk.fetch(&url).await.status, 200);
    desk.good("RemoveThings", 1, &removed, As::Online).await;
    assert_eq!(desk.fetch(&url).await.status, 404);
    desk.keep(&blob("", INLINE)).await;
    let url = desk.address().await;
    desk.world.revoke(desk.app.app.id, desk.ada, desk.record).await;
    assert_eq!(desk.fetch(&url).await.status, 403);
});

on_both_engines!(a_token_serves_nobody_else, |world: World| async move {
    let eve = world.weight_app().await;
    let desk = Desk::of(world).await;
    let url = desk.uploaded(b"hello").await;
    desk.keep(&blob("", INLINE)).await;
    let read = desk.address().await;
    let (mallory, record) = desk.world.person("Mallory").await;
    desk.world.allow(&eve.app, desk.ada, desk.record).await;
    desk.world.allow(&desk.app.app, mallory, record).await;
    let by_another_app = Desk::for_person(desk.world.beside(), eve, desk.ada, desk.record).await;
    for token in [&url, &read] {
        let reply = by_another_app.call("PutThings", 2, &thing("", &blob("", &at(token))), As::Online).await;
        assert_eq!(reply.code, 88, "another application");
    }
    let app = ActingApp { app: desk.app.app.clone(), key: desk.app.key.clone() };
    let for_another_person = Desk::for_person(desk.world.beside(), app, mallory, record).await;
    for token in [&url, &read] {
        let reply =
            for_another_person.call("PutThings", 2, &thing("", &blob("", &at(token))), As::Online).await;
        assert_eq!(reply.code, 88, "another person");
    }
    desk.keep(&blob("mine", &at(&url))).await;
});

on_both_engines!(made_up_and_changed_tokens_open_nothing, |world: World| async move {
    let desk = Desk::of(world).await;
    let upload = desk.begin().await;
    desk.keep(&blob("", INLINE)).await;
    let url = desk.address().await;
    for address in [&upload, &url] {
        let (head, token) = address.split_once("token=").unwrap();
        let mut changed = token.to_owned().into_bytes();
        let last = changed.len() - 5;
        changed[last] = if changed[last] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).unwrap();
        for token in
            ["", "W", "R", "WAAAA", "RAAAA", "../../etc/passwd", "%00", &token[..token.len() - 4], &changed]
        {
            let address = format!("{head}token={token}");
            assert_eq!(desk.post(&address, "0-4/*", true, "hello").await.status, 403, "{address}");
            let refused = desk.fetch(&address).await;
            assert_eq!((refused.status, refused.bytes.len()), (403, 0), "{address}");
            assert_eq!(desk.put_blobs(&blob("", &at(&address))).await.code, 88, "{address}");
        }
    }
    assert_eq!(desk.fetch("http://localhost:8470/streaming/wildcatblob.ashx").await.status, 403);
});

on_both_engines!(names_are_only_names, |world: World| async move {
    let desk = Desk::of(world).await;
    let name = "../../../etc/passwd\\..%2f&#x202e;gpj.exe";
    let bytes = noise(100_000);
    desk.keep(&blob(name, &at(&desk.uploaded(&bytes).await))).await;
    let found = desk.read("").await;
    assert!(found.text.contains("../../../etc/passwd\\..%2f"), "{}", found.text);
    let objects = desk.world.objects.keys("").await.unwrap();
    assert!(objects.iter().all(|key| !key.contains("passwd") && !key.contains("..")), "{objects:?}");
});

on_both_engines!(a_page_that_was_attached_cannot_act_as_one, |world: World| async move {
    let desk = Desk::of(world).await;
    let page = blob("p", INLINE).replace("text/plain", "text/html");
    desk.keep(&page).await;
    let fetched = desk.fetch(&desk.address().await).await;
    assert_eq!(fetched.header("content-type"), "text/html");
    assert_eq!(fetched.header("content-disposition"), "attachment");
    assert_eq!(fetched.header("x-content-type-options"), "nosniff");
    assert!(fetched.header("content-security-policy").contains("sandbox"));
    let reply = desk.put_blobs(&blob("p", INLINE).replace("text/plain", "text/html&#10;X-Evil: 1")).await;
    assert_eq!(reply.code, 121);
});

on_both_engines!(the_record_s_room_holds_attachments_too, |world: World| async move {
    let desk = Desk::of(world).await;
    let before = desk.world.record_size(desk.ada, desk.record).await;
    let bytes = noise(300_000);
    let key = desk.keep(&blob("", &at(&desk.uploaded(&bytes).await))).await;
    let after = desk.world.record_size(desk.ada, desk.record).await;
    assert!((300_000..302_000).contains(&(after - before)), "{before} {after}");
    desk.change(&key, &blob("small", INLINE)).await;
    let again = desk.world.record_size(desk.ada, desk.record).await;
    assert!(again - after < 2_000, "another version holds the same bytes: {after} {again}");
    desk.world.limit_record(desk.record, again + 100_000).await;
    let begun = desk.good("BeginPutBlob", 1, "<info/>", As::Online).await;
    assert_eq!(begun.value("max-blob-size").as_deref(), Some("100000"), "what fits");
    let refused = desk.put_blobs(&blob("", &at(&desk.uploaded(&bytes).await))).await;
    assert_eq!(refused.code, 68);
});

on_both_engines!(what_is_too_large_for_an_answer_is_streamed, |world: World| async move {
    let desk = Desk::of(world).await;
    let bytes = noise(5 * 1024 * 1024);
    desk.keep(&blob("", &at(&desk.uploaded(&bytes).await))).await;
    assert_eq!(desk.call("GetThings", 3, &ask("inline"), As::Online).await.code, 99);
    let older = ask("").replace("blobpayload", "otherdata");
    assert_eq!(desk.call("GetThings", 2, &older, As::Online).await.code, 89);
});

on_both_engines!(the_older_shape_shows_the_default_attachment, |world: World| async move {
    let desk = Desk::of(world).await;
    let put = |other: &str| {
        let data = weight_xml(70.0, 1);
        format!("<info><thing><type-id>{WEIGHT}</type-id><data-xml>{data}</data-xml>{other}</thing></info>")
    };
    let older = ask("").replace("blobpayload", "otherdata");
    for other in [
        "<data-other content-type=\"text/plain\" content-encoding=\"base64\">aGVsbG8=</data-other>",
        "<data-other content-type=\"text/plain\">plain &amp; simple</data-other>",
    ] {
        let made = desk.good("PutThings", 1, &put(other), As::Online).await;
        let found = desk.good("GetThings", 1, &older, As::Online).await;
        assert!(found.text.contains(other), "{}", found.text);
        desk.good("RemoveThings", 1, &format!("<info>{}</info>", key(&made)), As::Online).await;
    }
    let key = desk.keep(&format!("{}{}", blob("", INLINE), blob("second", INLINE))).await;
    let found = desk.good("GetThings", 2, &older, As::Online).await;
    assert_eq!(found.value("data-other").as_deref(), Some("aGVsbG8="));
    let change = put("<tags>x</tags>").replace("<thing>", &format!("<thing>{key}"));
    assert_eq!(desk.call("PutThings", 1, &change, As::Online).await.code, 104, "it cannot show the second");
});

on_both_engines!(nothing_is_uploaded_in_maintenance, |world: World| async move {
    let desk = Desk::of(world).await;
    let url = desk.begin().await;
    desk.keep(&blob("", INLINE)).await;
    let read = desk.address().await;
    keepwell_core::maintenance::begin(&desk.world.domain, "").await.unwrap();
    let answer = desk.post(&url, "0-4/*", true, "hello").await;
    assert_eq!((answer.status, answer.header("retry-after")), (503, "5"));
    assert_eq!(desk.fetch(&read).await.status, 200);
});

on_both_engines!(a_create_with_an_attachment_that_comes_again_doubles_nothing, |world: World| async move {
    let desk = Desk::of(world).await;
    let url = desk.uploaded(b"hello").await;
    let info = thing("", &blob("", &at(&url)))
        .replace("<common/>", "<common><client-thing-id>c</client-thing-id></common>");
    let first = desk.good("PutThings", 2, &info, As::Online).await;
    let second = desk.good("PutThings", 2, &info, As::Online).await;
    assert_eq!(key(&first), key(&second));
});

on_both_engines!(a_token_for_one_record_serves_no_other_of_the_same_person, |world: World| async move {
    let desk = Desk::of(world).await;
    let new = keepwell_core::records::NewRecord {
        name: "Bea".to_owned(),
        relationship: keepwell_core::records::Relationship::SelfOf,
        country: "US".to_owned(),
    };
    let domain = &desk.world.domain;
    let other = keepwell_core::records::create(domain, desk.ada, new).await.unwrap();
    desk.world.allow(&desk.app.app, desk.ada, other).await;
    let upload = desk.uploaded(b"hello").await;
    let made = desk.keep(&blob("", INLINE)).await;
    let read = desk.address().await;
    let app = ActingApp { app: desk.app.app.clone(), key: desk.app.key.clone() };
    let there = Desk::for_person(desk.world.beside(), app, desk.ada, other).await;
    assert_eq!(
        there.put_blobs(&blob("", &at(&upload))).await.code,
        88,
        "the upload was for the first record"
    );
    assert_eq!(there.put_blobs(&blob("", &at(&read))).await.code, 88, "so was what was read");
    assert_eq!(there.change(&made, &blob("", &at(&read))).await.code, 13, "the thing is not there");
    desk.keep(&blob("mine", &at(&upload))).await;
});

on_both_engines!(a_suspended_application_or_person_fetches_nothing, |world: World| async move {
    let desk = Desk::of(world).await;
    desk.keep(&blob("", INLINE)).await;
    let url = desk.address().await;
    let (domain, app) = (&desk.world.domain, desk.app.app.id);
    applications::set_state(domain, app, applications::State::Suspended).await.unwrap();
    assert_eq!(desk.fetch(&url).await.status, 403);
    applications::set_state(domain, app, applications::State::Active).await.unwrap();
    assert_eq!(desk.fetch(&url).await.status, 200);
    persons::set_active(domain, desk.ada, false).await.unwrap();
    assert_eq!(desk.fetch(&url).await.status, 403);
});
