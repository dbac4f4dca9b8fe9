//! Packages: what a server is sent, what it is not, and what whoever knows the answer finds in it.

use std::io::Cursor;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use keepwell_dopu::{Algorithm, Key, Parameters, split_things};
use keepwell_wire::answer;
use keepwell_wire::methods::begin_put_connect_package_blob::{self, PackageBlobPut};
use keepwell_wire::methods::{allocate_package_id, create_connect_package, delete_pending_connect_package};
use keepwell_wire::shapes::ThingKey;
use keepwell_wire::status::Status;
use keepwell_wire::things::{BlobData, ThingIn};
use roxmltree::{Document, Node};
use uuid::Uuid;

use super::{NewPackage, PackageError};
use crate::blobs::{BlobError, BlobHash, Progress};
use crate::test_blobs::Fault;
use crate::test_server::{TestServer, registration};
use crate::things::WEIGHT;
use crate::transport::{Body, Transport, http};
use crate::{Client, ConnectionName, Error, NewBlob, NewThing, SecretString};

const CODE: &str = "JKYZ-QNMN-VHRX-ZGNR-GZNH";
const ANSWER: &str = "River Stone lamp";
/// Bytes of a chunk, before it is sealed and after.
const PRE: usize = 1000;
const POST: usize = 1024;

/// The way to a test server, on which everything is heard and answers get lost.
#[derive(Default)]
struct Ear {
    server: Arc<TestServer>,
    heard: Mutex<Vec<String>>,
    /// The method whose answers get lost, and how many.
    loses: Mutex<(&'static str, usize)>,
}

#[async_trait]
impl Transport for Ear {
    async fn post(&self, url: &str, body: String) -> Result<String, Error> {
        self.heard.lock().unwrap().push(body.clone());
        let answer = self.server.post(url, body.clone()).await?;
        let mut loses = self.loses.lock().unwrap();
        if loses.1 > 0 && body.contains(&format!("<method>{}<", loses.0)) {
            loses.1 -= 1;
            return Err(Error::transport("the connection broke"));
        }
        Ok(answer)
    }

    async fn exchange(&self, request: http::Request<Body>) -> Result<http::Response<Body>, Error> {
        self.server.exchange(request).await
    }
}

impl Ear {
    fn new<const N: usize>(answers: [String; N]) -> Arc<Self> {
        Arc::new(Ear { server: TestServer::answering(answers), ..Ear::default() })
    }

    fn client(self: &Arc<Self>) -> Client {
        self.server.client_at(Arc::clone(self) as _, &registration().0.platform_url)
    }

    fn last(&self) -> String {
        self.heard.lock().unwrap().last().unwrap().clone()
    }
}

fn url(token: &str) -> String {
    format!("https://platform.example/streaming/wildcatblob.ashx?blob-ref-token={token}")
}

fn slot(token: &str) -> String {
    begin_put_connect_package_blob::answer(&PackageBlobPut {
        url: url(token),
        pre_encryption_chunk_size: PRE as u32,
        post_encryption_chunk_size: POST as u32,
        max_size: 100_000,
        hash_algorithm: "SHA256Block",
        block_size: 300,
    })
}

fn created() -> String {
    create_connect_package::answer(CODE)
}

fn answer() -> SecretString {
    SecretString::from(ANSWER)
}

fn to_ada() -> NewPackage {
    NewPackage {
        code: None,
        friendly_name: "Ada & Co".to_owned(),
        question: "Which words?".to_owned(),
        external_id: "a<17".to_owned(),
    }
}

fn weight() -> NewThing {
    NewThing::weight(70.5, jiff::civil::date(2026, 1, 15).at(7, 30, 0, 0))
}

/// A request as the server reads it, and what the answer opens.
struct Read {
    friendly_name: String,
    external_id: String,
    code: Option<String>,
    urls: Vec<String>,
    key: Key,
    things: Vec<u8>,
}

fn read(request: &str, answer: &str) -> Read {
    let document = Document::parse(request).unwrap();
    let info = document.descendants().find(|node| node.has_tag_name("info")).unwrap();
    let read = create_connect_package::parse(2, info).unwrap();
    let find = |name: &str| -> String {
        let node = info.descendants().find(|node: &Node<'_, '_>| node.has_tag_name(name)).unwrap();
        node.text().unwrap().to_owned()
    };
    let algorithm = Algorithm::from_name(&find("algorithm-name")).unwrap();
    let (rounds, bits) = (find("iteration-count").parse().unwrap(), find("key-length").parse().unwrap());
    let parameters = Parameters::new(algorithm, find("salt"), rounds, Some(bits)).unwrap();
    assert_eq!((rounds, bits), (20_000, 256));
    assert_eq!(read.package.type_id, Some(super::draft::PACKAGE));
    let blob = &read.package.blobs[0];
    assert_eq!((&*blob.name, &*blob.content_type), ("", "application/octet-stream"));
    let BlobData::Inline(sealed) = &blob.data else { panic!("no bytes") };
    let key = Key::derive(answer, &parameters);
    let things = key.open(sealed).unwrap().to_vec();
    Read {
        friendly_name: read.friendly_name,
        external_id: read.external_id,
        code: read.identity_code,
        urls: read.streamed_blob_urls,
        key,
        things,
    }
}

fn bytes(count: usize) -> Vec<u8> {
    (0..count).map(|n| (n * n / 7) as u8).collect()
}

/// What the server got of a blob, opened chunk by chunk.
fn opened(ear: &Ear, key: &Key, token: &str) -> Vec<u8> {
    let (sealed, complete) = ear.server.blobs.stored(token);
    assert!(complete);
    sealed.chunks(POST).flat_map(|chunk| key.open_chunk(chunk).unwrap().to_vec()).collect()
}

#[tokio::test]
async fn whoever_knows_the_answer_finds_the_things_in_their_order() {
    let ear = Ear::new([created()]);
    let client = ear.client();
    let mut package = client.begin_package(&answer()).await.unwrap();
    package.add(weight()).unwrap();
    let blob = NewBlob::inline("scan", "image/png", "inline").unwrap();
    package.add(NewThing::of(WEIGHT, "<weight/><common/>").with_blob(blob).tagged("t")).unwrap();
    assert_eq!(package.send(&to_ada()).await.unwrap(), CODE);
    let read = read(&ear.last(), "RIVER stone LAMP");
    assert_eq!((&*read.friendly_name, &*read.external_id), ("Ada & Co", "a<17"));
    assert!(read.code.is_none() && read.urls.is_empty());
    let things = split_things(&read.things).unwrap();
    assert_eq!(things.len(), 2);
    assert!(things[0].contains("<kg>70.5</kg>"), "{}", things[0]);
    let document = Document::parse(things[1]).unwrap();
    let second = ThingIn::read(2, document.root_element()).unwrap();
    assert_eq!(second.blobs[0].data, BlobData::Inline(b"inline".to_vec()));
    assert_eq!(second.tags.as_deref(), Some("t"));
}

#[tokio::test]
async fn neither_the_answer_nor_what_it_locks_is_sent() {
    let ear = Ear::new([slot("T"), created()]);
    ear.server.blobs.open("T", &[]);
    let client = ear.client();
    let mut package = client.begin_package(&answer()).await.unwrap();
    package.add(NewThing::of(WEIGHT, "<canary/>")).unwrap();
    package.upload(&mut Cursor::new(b"canary ".repeat(500)), |_| {}).await.unwrap();
    assert!(!format!("{package:?}").to_lowercase().contains("river"));
    package.send(&to_ada()).await.unwrap();
    let heard = ear.heard.lock().unwrap().concat().to_lowercase();
    assert!(!heard.contains("canary") && !heard.contains("river"), "{heard}");
    let (sealed, _) = ear.server.blobs.stored("T");
    assert!(!sealed.windows(6).any(|part| part == b"canary"));
}

#[tokio::test]
async fn two_packages_of_the_same_are_not_the_same() {
    let ear = Ear::new([created(), created()]);
    let client = ear.client();
    let mut sent = Vec::new();
    for _ in 0..2 {
        let mut package = client.begin_package(&answer()).await.unwrap();
        package.add(weight()).unwrap();
        package.send(&to_ada()).await.unwrap();
        let request = ear.last();
        sent.push(request.split("base64data>").nth(1).unwrap().to_owned());
    }
    assert_ne!(sent[0], sent[1]);
}

#[tokio::test]
async fn attachments_go_up_sealed_chunk_by_chunk_and_their_hash_is_of_what_they_were() {
    for length in [1, PRE - 1, PRE, PRE + 1, 3 * PRE, 3 * PRE + 500] {
        let (ear, all) = (Ear::new([slot("T"), created()]), bytes(length));
        ear.server.blobs.open("T", &[]);
        let client = ear.client();
        let mut package = client.begin_package(&answer()).await.unwrap();
        let mut done = Vec::new();
        let progress = |now: Progress| done.push(now.done);
        let uploaded = package.upload(&mut Cursor::new(&all), progress).await.unwrap();
        assert_eq!(uploaded.length, length as u64);
        assert_eq!(uploaded.hash, BlobHash::of(&all, 300.try_into().unwrap()));
        assert!(done.is_sorted() && done.last() == Some(&(length as u64)), "{done:?}");
        let blob = NewBlob::uploaded("", "application/pdf", uploaded.clone());
        package.add(weight().with_blob(blob)).unwrap();
        package.send(&to_ada()).await.unwrap();
        let read = read(&ear.last(), ANSWER);
        assert_eq!(read.urls, [url("T")]);
        let things = String::from_utf8(read.things).unwrap();
        let document = Document::parse(&things).unwrap();
        let thing = ThingIn::read(2, document.root_element()).unwrap();
        assert_eq!(thing.blobs[0].data, BlobData::Reference(url("T")));
        assert_eq!(thing.blobs[0].hash.as_ref().unwrap().hash, uploaded.hash.base64);
        assert_eq!(opened(&ear, &read.key, "T"), all);
    }
}

#[tokio::test]
async fn each_request_says_where_its_sealed_chunk_begins() {
    let ear = Ear::new([slot("T")]);
    ear.server.blobs.open("T", &[]);
    let client = ear.client();
    let mut package = client.begin_package(&answer()).await.unwrap();
    package.upload(&mut Cursor::new(bytes(2 * PRE + 10)), |_| {}).await.unwrap();
    let asked = ear.server.blobs.asked();
    assert_eq!(asked, ["POST bytes 0-1023/*", "POST bytes 1024-2047/*", "POST bytes 2048-2079/* complete"]);
}

#[tokio::test]
async fn an_empty_attachment_is_a_request_without_bytes() {
    let ear = Ear::new([slot("T")]);
    ear.server.blobs.open("T", &[]);
    let client = ear.client();
    let mut package = client.begin_package(&answer()).await.unwrap();
    package.upload(&mut Cursor::new(b""), |_| {}).await.unwrap();
    assert_eq!(ear.server.blobs.asked(), ["POST complete"]);
    assert_eq!(ear.server.blobs.stored("T"), (Vec::new(), true));
}

#[tokio::test]
async fn what_breaks_goes_on_with_the_same_bytes_whatever_the_server_tells() {
    let faults = [
        vec![Fault::None, Fault::LoseAnswer],
        vec![Fault::CutAfter(10), Fault::None, Fault::CutAfter(900)],
        vec![Fault::None, Fault::Answer(503, Some(7)), Fault::None, Fault::LoseAnswer],
        vec![Fault::None, Fault::None, Fault::Forget(1500)],
        vec![Fault::None, Fault::None, Fault::LoseAnswer],
    ];
    for plain in [false, true] {
        for faults in faults.clone() {
            let forgets = faults.iter().any(|fault| matches!(fault, Fault::Forget(_)));
            if plain && forgets {
                continue;
            }
            let (ear, all) = (Ear::new([slot("T"), created()]), bytes(2 * PRE + 700));
            ear.server.blobs.open("T", &[]);
            if plain {
                ear.server.blobs.be_plain();
            }
            ear.server.blobs.faults(faults.clone());
            let client = ear.client();
            let mut package = client.begin_package(&answer()).await.unwrap();
            let uploaded = package.upload(&mut Cursor::new(&all), |_| {}).await.unwrap();
            assert_eq!(uploaded.hash, BlobHash::of(&all, 300.try_into().unwrap()), "{faults:?}");
            package.add(weight()).unwrap();
            package.send(&to_ada()).await.unwrap();
            assert_eq!(opened(&ear, &read(&ear.last(), ANSWER).key, "T"), all, "{faults:?} {plain}");
            assert!(!ear.server.pauses().is_empty(), "{faults:?}");
        }
    }
}

#[tokio::test]
async fn a_server_that_never_takes_it_is_given_up() {
    let ear = Ear::new([slot("T"), slot("U"), slot("V")]);
    ear.server.blobs.open("U", &[]);
    ear.server.blobs.open("V", &[]);
    let client = ear.client();
    let mut package = client.begin_package(&answer()).await.unwrap();
    let unknown = package.upload(&mut Cursor::new(b"abc"), |_| {}).await.unwrap_err();
    assert!(matches!(unknown, Error::Blob(BlobError::UrlRefused(_))), "{unknown}");
    let longest = package.upload(&mut Cursor::new(bytes(100_001)), |_| {}).await.unwrap_err();
    assert!(matches!(longest, Error::Blob(BlobError::TooLong(_))), "{longest}");
    ear.server.blobs.faults((0..20).map(|_| Fault::Answer(503, None)));
    let busy = package.upload(&mut Cursor::new(b"abc"), |_| {}).await.unwrap_err();
    assert!(matches!(busy, Error::Blob(BlobError::Http { status: 503, .. })), "{busy}");
}

#[tokio::test]
async fn what_cannot_be_a_package_is_refused_before_it_is_sent() {
    let ear = Ear::new([]);
    let client = ear.client();
    let short = client.begin_package(&SecretString::from("wörd5")).await.unwrap_err();
    assert!(matches!(short, Error::Package(PackageError::ShortAnswer)));
    let empty = client.begin_package(&answer()).await.unwrap().send(&to_ada()).await.unwrap_err();
    assert!(matches!(empty, Error::Package(PackageError::Empty)));
    let mut package = client.begin_package(&answer()).await.unwrap();
    let key = ThingKey { id: Uuid::from_u128(1), version_stamp: Uuid::from_u128(2) };
    let replaces = package.add(weight().replacing(key)).unwrap_err();
    assert!(matches!(replaces, Error::Package(PackageError::Replaces)));
    let foreign = serde_json::json!({ "url": url("X"), "hash": BlobHash::of(b"a", 1.try_into().unwrap()), "length": 1 });
    let foreign = NewBlob::uploaded("", "a/b", serde_json::from_value(foreign).unwrap());
    let foreign = package.add(weight().with_blob(foreign)).unwrap_err();
    assert!(matches!(foreign, Error::Package(PackageError::ForeignBlob)));
    for data in ["<weight>", "</data-xml></thing><thing><data-xml>", "<!DOCTYPE a><weight/>"] {
        let mut package = client.begin_package(&answer()).await.unwrap();
        package.add(NewThing::of(WEIGHT, data)).unwrap();
        let error = package.send(&to_ada()).await.unwrap_err();
        assert!(matches!(error, Error::Package(PackageError::NotThings)), "{data}: {error}");
    }
    assert!(ear.heard.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_code_is_given_away_before_there_is_a_package() {
    let ear = Ear::new([allocate_package_id::answer(CODE), created()]);
    let client = ear.client();
    let code = client.allocate_package_code().await.unwrap();
    let mut package = client.begin_package(&answer()).await.unwrap();
    package.add(weight()).unwrap();
    let new = NewPackage { code: Some(code), ..to_ada() };
    assert_eq!(package.send(&new).await.unwrap(), CODE);
    assert_eq!(read(&ear.last(), ANSWER).code.as_deref(), Some(CODE));
}

#[tokio::test]
async fn a_package_whose_answer_was_lost_is_not_left_twice() {
    let exists = answer::error(Status::CONNECT_PACKAGE_EXISTS, "", None);
    let ear = Ear::new([created(), exists.clone(), exists, created()]);
    *ear.loses.lock().unwrap() = ("CreateConnectPackage", 1);
    let client = ear.client();
    let new = NewPackage { code: Some(CODE.to_owned()), ..to_ada() };
    let send = async |new: &NewPackage| {
        let mut package = client.begin_package(&answer()).await.unwrap();
        package.add(weight()).unwrap();
        package.send(new).await
    };
    assert_eq!(send(&new).await.unwrap(), CODE);
    assert_eq!(ear.server.pauses(), [1]);
    let filled = send(&new).await.unwrap_err();
    assert_eq!(filled.status(), Some(Status::CONNECT_PACKAGE_EXISTS), "somebody else filled it");
    *ear.loses.lock().unwrap() = ("CreateConnectPackage", 1);
    let lost = send(&to_ada()).await.unwrap_err();
    assert!(matches!(lost, Error::Transport(_)), "without a code it could be left twice");
}

#[tokio::test]
async fn packages_are_taken_back_by_code_or_by_external_id() {
    let done = delete_pending_connect_package::answer;
    let refused = answer::error(Status::ACCESS_DENIED, "", None);
    let ear = Ear::new([done(), done(), refused]);
    let client = ear.client();
    client.delete_pending_packages(&ConnectionName::Code(CODE.to_owned())).await.unwrap();
    assert!(ear.last().contains(&format!("<info><identity-code>{CODE}</identity-code></info>")));
    client.delete_pending_packages(&ConnectionName::ExternalId("a&b".to_owned())).await.unwrap();
    assert!(ear.last().contains("<info><external-id>a&amp;b</external-id></info>"));
    let error = client.allocate_package_code().await.unwrap_err();
    assert!(error.is_not_allowed());
}
