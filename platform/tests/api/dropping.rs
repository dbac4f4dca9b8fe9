//! Drop-Off/Pick-Up: from a laboratory's application to a person's record (connectivity.md 4).

use keepwell_core::authorizations::Caller;
use keepwell_core::connections::{self, Answered};
use keepwell_core::ids::{PersonId, RecordId};
use keepwell_core::packages;
use keepwell_core::things::{self, Group, Thing};
use keepwell_platform::packaged_thing;
use keepwell_testkit::{SealedPackage, World, info_only, on_both_engines, weight_xml};

use crate::attaching::{at, blob, noise, thing};
use crate::desk::{As, Desk, WEIGHT};

const ANSWER: &str = "tundra kettle";

/// A laboratory that nobody has allowed anything, and never will.
async fn laboratory(world: World) -> Desk {
    let app = world.app("name = \"Laboratory\"\nmethods = [\"basic\", \"connect\"]\n").await;
    let (ada, record) = world.person("Ada").await;
    Desk::for_person(world, app, ada, record).await
}

fn weight(kg: f64) -> String {
    format!("<thing><type-id>{WEIGHT}</type-id><data-xml>{}</data-xml></thing>", weight_xml(kg, 1))
}

fn info(code: &str, package: &str, streamed: &str) -> String {
    info_only(&format!(
        "{code}<friendly-name>Ada</friendly-name><question>Which words?</question>\
         <external-id>visit 17</external-id>{package}{streamed}"
    ))
}

fn with_code(code: &str) -> String {
    format!("<identity-code>{code}</identity-code>")
}

/// A person takes what belongs to a code.
async fn take(world: &World, person: PersonId, record: RecordId, code: &str) -> Vec<Thing> {
    let domain = &world.domain;
    let found = connections::find(domain, person, None, code).await.unwrap();
    let answered = connections::answer(domain, person, found.id, ANSWER).await.unwrap();
    let Answered::Right(opened) = answered else { panic!("{answered:?}") };
    let unlocked = opened.unlocked.unwrap();
    let contents = packages::contents(domain, &unlocked).await.unwrap();
    let things = contents.things().unwrap();
    let things = things.into_iter().map(|xml| packaged_thing(domain, xml).unwrap()).collect();
    packages::take(domain, &unlocked, record, things).await.unwrap();
    let caller = Caller::person(person);
    things::get(domain, &caller, record, &[Group::default()]).await.unwrap().0.remove(0).full
}

on_both_engines!(a_laboratory_leaves_results_and_the_person_takes_them, |world: World| async move {
    let desk = laboratory(world).await;
    let sealed = SealedPackage::new(ANSWER, &[&weight(70.0), &weight(71.0)]);
    for (version, package) in [(1, sealed.older_thing()), (2, sealed.thing())] {
        let made = desk.good("CreateConnectPackage", version, &info("", &package, ""), As::Nobody).await;
        let code = made.value("identity-code").unwrap();
        let things = take(&desk.world, desk.ada, desk.record, &code).await;
        assert_eq!(things.len(), 2 * version as usize);
        assert!(things.iter().any(|thing| thing.data_xml == weight_xml(71.0, 1)), "byte for byte");
    }
    // Nothing that lasts came of it.
    let people = desk.good("GetAuthorizedPeople", 1, "<info><parameters/></info>", As::Nobody).await;
    assert_eq!(people.count("person-info"), 0);
    assert_eq!(desk.call("GetThings", 3, &crate::desk::get_weights(), As::Offline).await.code, 9);
});

on_both_engines!(a_code_that_was_told_before_is_filled, |world: World| async move {
    let desk = laboratory(world).await;
    let code = desk.good("AllocatePackageId", 1, "<info/>", As::Nobody).await.value("identity-code").unwrap();
    let package = SealedPackage::new(ANSWER, &[&weight(70.0)]).thing();
    let fill = info(&with_code(&code), &package, "");
    let made = desk.good("CreateConnectPackage", 2, &fill, As::Nobody).await;
    assert_eq!(made.value("identity-code"), Some(code.clone()));
    assert_eq!(desk.call("CreateConnectPackage", 2, &fill, As::Nobody).await.code, 96);
    assert_eq!(take(&desk.world, desk.ada, desk.record, &code).await.len(), 1);
    assert_eq!(desk.call("CreateConnectPackage", 2, &fill, As::Nobody).await.code, 96, "taken is filled too");
});

on_both_engines!(what_cannot_be_left_has_the_reference_s_codes, |world: World| async move {
    let desk = laboratory(world).await;
    let sealed = SealedPackage::new(ANSWER, &[&weight(70.0)]);
    let (good, older) = (sealed.thing(), sealed.older_thing());
    let code =
        async |version, info: &str| desk.call("CreateConnectPackage", version, info, As::Nobody).await.code;
    assert_eq!(code(2, &info("", &good, "").replace("Which words?", " ")).await, 72);
    for unknown in ["JKYZ-QNMN-VHRX-ZGNR-GZNH", "no code", ""] {
        assert_eq!(code(2, &info(&with_code(unknown), &good, "")).await, 74, "{unknown}");
    }
    for (from, to) in [
        ("hmac-sha256-aes256", "none"),
        ("hmac-sha256-aes256", "pbe-sha1-3deskey168-hmac"), // whose keys are not of 256 bits
        (">10</iteration-count>", ">1000001</iteration-count>"),
        (">10</iteration-count>", ">0</iteration-count>"),
        (">10</iteration-count>", ">-1</iteration-count>"),
        ("<key-length>256", "<key-length>128"),
        ("9f1c2b34-5d6e-4f70-8a91-b2c3d4e5f607", ""),
        ("c9287326-bb43-4194-858c-8b60768f000f", WEIGHT),
        ("password-protected-package>", "weight>"),
    ] {
        assert_eq!(code(2, &info("", &good.replace(from, to), "")).await, 3, "{to}");
        assert_eq!(code(1, &info("", &older.replace(from, to), "")).await, 3, "{to}");
    }
    for empty in ["", "AAAA"] {
        let (start, end) = (older.find("plain\">").unwrap() + 7, older.find("</data-other>").unwrap());
        let cut = format!("{}{empty}{}", &older[..start], &older[end..]);
        assert_eq!(code(1, &info("", &cut, "")).await, 3);
    }
    let streamed = |url: &str| {
        let url = url.replace('&', "&amp;");
        format!(
            "<streamed-package-blobs><blob-in-package-ref-url>{url}</blob-in-package-ref-url></streamed-package-blobs>"
        )
    };
    assert_eq!(code(2, &info("", &good, &streamed("https://elsewhere.example/?a=b"))).await, 88);
    let begun = desk.good("BeginPutConnectPackageBlob", 1, "<info/>", As::Nobody).await;
    let url = begun.value("blob-ref-url").unwrap();
    assert_eq!(code(2, &info("", &good, &streamed(&url))).await, 102);
    assert_eq!(desk.post(&url, "0-31/*", true, sealed.chunk(b"hello")).await.status, 200);
    assert_eq!(code(2, &info("", &good, &streamed(&url))).await, 0);
    assert_eq!(code(2, &info("", &good, &streamed(&url))).await, 101);
    // Several may wait for one visit.
    assert_eq!(code(2, &info("", &good, "")).await, 0);
    let delete = "<info><external-id>visit 17</external-id></info>";
    for _ in 0..2 {
        assert_eq!(desk.call("DeletePendingConnectPackage", 1, delete, As::Nobody).await.code, 0);
    }
    assert!(desk.world.packages_at_rest().await.is_empty());
});

on_both_engines!(a_blob_is_streamed_encrypted_and_arrives_as_it_was, |world: World| async move {
    let desk = laboratory(world).await;
    let begun = desk.good("BeginPutConnectPackageBlob", 1, "<info/>", As::Nobody).await;
    let value = |name| begun.value(name).unwrap();
    assert_eq!(value("package-blob-chunk-encryption-algorithm"), "aes256");
    let (pre, post) = (value("blob-pre-encryption-chunk-size"), value("blob-post-encryption-chunk-size"));
    assert_eq!((pre.as_str(), post.as_str()), ("2097152", "2097184"));
    let (pre, post): (usize, usize) = (pre.parse().unwrap(), post.parse().unwrap());
    let url = value("blob-ref-url");
    let bytes = noise(5 * 1024 * 1024 + 17);
    let inside = thing("", &blob("scan", &at(&url))).replace("<info>", "").replace("</info>", "");
    let sealed = SealedPackage::new(ANSWER, &[&inside]);
    for (n, chunk) in bytes.chunks(pre).enumerate() {
        let (start, chunk) = (n * post, sealed.chunk(chunk));
        let range = format!("{start}-{}/*", start + chunk.len() - 1);
        assert_eq!(desk.post(&url, &range, false, chunk).await.status, 200);
    }
    // The .NET SDK ends it with a request of its own.
    assert_eq!(desk.post(&url, "", true, Vec::new()).await.status, 200);
    let named = format!(
        "<streamed-package-blobs><blob-in-package-ref-url>{}</blob-in-package-ref-url></streamed-package-blobs>",
        url.replace('&', "&amp;")
    );
    // What is for a package is nothing that a thing can have before.
    desk.world.allow(&desk.app.app, desk.ada, desk.record).await;
    let made = desk.good("CreateConnectPackage", 2, &info("", &sealed.thing(), &named), As::Nobody).await;
    let things = take(&desk.world, desk.ada, desk.record, &made.value("identity-code").unwrap()).await;
    let (ada, domain) = (Caller::person(desk.ada), &desk.world.domain);
    let found = things::nth_attachment(domain, &ada, desk.record, things[0].key, 0).await.unwrap();
    assert!(found.1.whole(domain).await.unwrap() == bytes);
    assert_eq!(found.0.name, "scan");
});

on_both_engines!(what_is_uploaded_for_a_package_is_no_attachment, |world: World| async move {
    let desk = Desk::of(world).await;
    let lab = desk.world.app("name = \"Lab\"\nmethods = [\"basic\", \"connect\"]\n").await;
    let begun = keepwell_core::blobs::begin_for_package(&desk.world.domain, &lab.app).await.unwrap();
    let url = format!("http://localhost:8470/streaming/wildcatblob.ashx?blob-ref-token={}", begun.token);
    assert_eq!(desk.post(&url, "0-4/*", true, "hello").await.status, 200);
    let put = thing("", &blob("scan", &at(&url)));
    assert_eq!(desk.call("PutThings", 2, &put, As::Online).await.code, 112);
    assert_eq!(desk.fetch(&url).await.status, 403, "nobody reads it");
});

on_both_engines!(what_the_java_and_ruby_libraries_sent_is_accepted, |world: World| async move {
    let desk = laboratory(world).await;
    for file in ["java-sdk/19-CreateConnectPackage.http", "ruby-library/08-CreateConnectPackage.http"] {
        let place = format!("{}/../wire/vectors/captures/{file}", env!("CARGO_MANIFEST_DIR"));
        let sent = std::fs::read_to_string(place).unwrap();
        let start = sent.find("<info>").unwrap();
        let end = sent.find("</info>").unwrap() + "</info>".len();
        // The code was allocated by another server.
        let code =
            desk.good("AllocatePackageId", 1, "<info/>", As::Nobody).await.value("identity-code").unwrap();
        let info = sent[start..end].replace("JKYZ-QNMN-VHRX-ZGNR-GZNP", &code);
        let made = desk.good("CreateConnectPackage", 1, &info, As::Nobody).await;
        let code = made.value("identity-code").unwrap();
        let found = connections::find(&desk.world.domain, desk.ada, None, &code).await.unwrap();
        assert_eq!(found.question, "Favourite colour?");
    }
});
