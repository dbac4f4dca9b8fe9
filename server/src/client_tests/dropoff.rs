//! A clinic's desk leaves documents: sealed where they are, kept by a platform that cannot read them, and in
//! the record of who has the letter.

use std::path::{Path, PathBuf};

use keepwell_client::{BlobFormat, NewPackage, SecretString};
use keepwell_core::connections::{self, Answered, PickupError};
use keepwell_core::packages;

use super::attachments::{ALL, client_file, hasty, noise, serve, serve_breaking};
use super::clinic::said;
use super::*;
use crate::cli::{DropoffCommand, LetterOptions};
use crate::clinic::{Language, dropoff};
use crate::link::ClientOptions;

const FILE: uuid::Uuid = uuid::uuid!("bd0403c5-4ae2-4b0e-a8db-1888678e4528");
const CDA: uuid::Uuid = uuid::uuid!("1ed1cba6-9530-44a3-b7b5-e8219690ebcf");
const DOCUMENT: &str =
    "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><title>Canary of care</title></ClinicalDocument>";
const READINGS: &str = "<thing><type-id>3d34d87e-7fc1-4153-800f-f56592cb0d17</type-id><data-xml><weight>\
     <when><date><y>2026</y><m>5</m><d>1</d></date></when><value><kg>70</kg></value></weight></data-xml></thing>";

const CLINIC: &str = "name = \"Clinic\"\nmethods = [\"basic\", \"connect\"]\n";

struct Desk {
    folder: tempfile::TempDir,
    options: ClientOptions,
    letter: PathBuf,
}

impl Desk {
    fn of(app: &ActingApp, origin: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let options = client_file(folder.path(), app, origin).client;
        let letter = folder.path().join("letter.html");
        Desk { folder, options, letter }
    }

    /// A folder of what clinics have, and the bytes of what is large in it.
    fn documents(&self) -> (PathBuf, Vec<u8>) {
        let documents = self.folder.path().join("for Ada");
        std::fs::create_dir_all(documents.join("scans")).expect("a folder");
        let large = [b"%PDF-1.7\n".to_vec(), noise(5 << 20)].concat();
        let write = |name: &str, bytes: &[u8]| std::fs::write(documents.join(name), bytes).expect("written");
        write("result.pdf", &large);
        write("scans/1 & 2.png", b"\x89PNG\r\n\x1a\nsmall");
        write("summary.xml", format!("\u{feff}<?xml version=\"1.0\"?>{DOCUMENT}").as_bytes());
        write("weights.xml", READINGS.repeat(2).as_bytes());
        write(".hidden", b"");
        (documents, large)
    }

    fn leaving(&self, files: &Path) -> DropoffCommand {
        DropoffCommand::New {
            files: vec![files.to_owned()],
            patient: "Ada & Co".to_owned(),
            id: "1017".to_owned(),
            letter: LetterOptions {
                letter: Some(self.letter.clone()),
                language: Language::De,
                ..LetterOptions::default()
            },
            client: self.options.clone(),
        }
    }

    /// Code and answer, as the letter says them.
    fn letter(&self) -> (String, String) {
        let letter = std::fs::read_to_string(&self.letter).expect("a letter");
        (said(&letter, "code"), said(&letter, "words"))
    }

    fn ledger(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("client.codes.jsonl")).expect("a list")
    }
}

/// What a person does who has the letter; answers how many things there are.
async fn pick_up(world: &World, ada: PersonId, record: RecordId, code: &str, answer: &str) -> usize {
    let domain = &world.domain;
    let found = connections::find(domain, ada, None, code).await.expect("found");
    let answered = connections::answer(domain, ada, found.id, answer).await.expect("answered");
    let Answered::Right(opened) = answered else { panic!("the answer of the slip is right") };
    assert_eq!(opened.friendly_name, "Ada & Co");
    let unlocked = opened.unlocked.expect("what opens it");
    let contents = packages::contents(domain, &unlocked).await.expect("open");
    let things = contents.things().expect("things");
    let read = things.iter().map(|thing| keepwell_platform::packaged_thing(domain, thing).expect("a thing"));
    packages::take(domain, &unlocked, record, read.collect()).await.expect("taken").len()
}

/// All that an application which may read it finds in the record.
async fn reader(
    world: &World,
    ada: PersonId,
    record: RecordId,
    origin: &str,
) -> (Client, uuid::Uuid, uuid::Uuid) {
    let rule = "[[offline]]\nname = \"r\"\nwhy = \"r\"\npermissions = [\"read\"]\ntypes = [\"file\", \"weight\", \"1ed1cba6-9530-44a3-b7b5-e8219690ebcf\"]\n";
    let app = world.app(&format!("name = \"Reader\"\n{rule}")).await;
    world.allow(&app.app, ada, record).await;
    let client = hasty(world, &app, origin);
    let person = client.people(PeopleQuery::default()).next().await.expect("asked").expect("Ada");
    (client, person.id, person.records[0].id)
}

on_both_engines!(
    documents_get_from_the_desk_into_the_record_of_who_has_the_letter,
    |world: World| async move {
        let app = world.app(CLINIC).await;
        let (ada, record) = world.person("Ada").await;
        // The command's clock is the machine's.
        world.clock.set(keepwell_core::Env::system().now());
        let origin = serve(&world).await;
        let desk = Desk::of(&app, &origin);
        let (documents, large) = desk.documents();
        dropoff::run(desk.leaving(&documents)).await.expect("left");
        let letter = std::fs::read_to_string(&desk.letter).expect("a letter");
        assert!(letter.contains("4 Dateien"));
        assert!(!letter.contains("result.pdf"), "what it is stands in no letter");
        let (code, answer) = desk.letter();
        for kept in [desk.ledger(), world.everything().await.concat()] {
            assert!(kept.contains("1017"));
            for secret in [&code, &answer, "Canary of care", "result.pdf"] {
                assert!(!kept.contains(secret), "{secret}");
            }
        }
        assert_eq!(pick_up(&world, ada, record, &code, &answer.to_uppercase()).await, 5);

        let (client, person, record) = reader(&world, ada, record, &origin).await;
        let caller = client.offline(person).record(record);
        let query = Query::of_types([FILE, CDA, WEIGHT]).with_blobs(BlobFormat::Streamed);
        let things = caller.all_things(&query).await.expect("things");
        assert_eq!(things.len(), 5);
        let of = |id| things.iter().filter(move |thing| thing.type_id == id);
        assert_eq!(of(WEIGHT).count(), 2);
        let document = of(CDA).next().expect("a document").data_xml.as_deref().expect("data");
        assert!(document.starts_with(DOCUMENT), "{document}");
        for (name, bytes) in [("result.pdf", &large[..]), ("1 &amp; 2.png", b"\x89PNG\r\n\x1a\nsmall")] {
            let named =
                |thing: &&keepwell_client::Thing| thing.data_xml.as_deref().is_some_and(|d| d.contains(name));
            let file = of(FILE).find(named).expect(name);
            let mut back = Vec::new();
            caller.download(file.blob("").expect("bytes"), &mut back, |_| {}).await.expect("downloaded");
            assert!(back == bytes, "{name}");
        }
        let list = |json| DropoffCommand::List { json, client: desk.options.clone() };
        dropoff::run(list(false)).await.expect("listed");
        dropoff::run(list(true)).await.expect("listed");
    }
);

on_both_engines!(what_was_left_is_taken_back_by_id_or_by_code, |world: World| async move {
    let app = world.app(CLINIC).await;
    let (ada, _) = world.person("Ada").await;
    world.clock.set(keepwell_core::Env::system().now());
    let origin = serve(&world).await;
    let desk = Desk::of(&app, &origin);
    let (documents, _) = desk.documents();
    let document = documents.join("summary.xml");
    let gone = async |code: &str| {
        let found = connections::find(&world.domain, ada, None, code).await;
        assert_eq!(found.err(), Some(PickupError::Unknown));
    };
    dropoff::run(desk.leaving(&document)).await.expect("left");
    let refused = dropoff::run(desk.leaving(&document)).await.expect_err("a letter is not written over");
    assert!(refused.to_string().contains("is there already"), "{refused}");
    let (code, _) = desk.letter();
    let delete = |id: Option<&str>, code: Option<&str>| DropoffCommand::Delete {
        id: id.map(str::to_owned),
        code: code.map(str::to_owned),
        client: desk.options.clone(),
    };
    dropoff::run(delete(Some("1017"), None)).await.expect("taken back");
    gone(&code).await;
    assert!(desk.ledger().contains("\"taken-back\":true"), "{}", desk.ledger());
    std::fs::remove_file(&desk.letter).expect("removed");
    dropoff::run(desk.leaving(&document)).await.expect("left");
    let (code, _) = desk.letter();
    dropoff::run(delete(None, Some(&code.to_lowercase()))).await.expect("taken back");
    gone(&code).await;
    assert!(!desk.ledger().contains("\"taken-back\":false"), "{}", desk.ledger());
});

on_both_engines!(what_cannot_be_left_is_refused_before_anything_is_sent, |world: World| async move {
    let app = world.app(CLINIC).await;
    world.clock.set(keepwell_core::Env::system().now());
    let origin = serve(&world).await;
    let desk = Desk::of(&app, &origin);
    let (documents, _) = desk.documents();
    std::fs::write(documents.join("zzz.xml"), format!("<!DOCTYPE a>{DOCUMENT}")).expect("written");
    let refused = dropoff::run(desk.leaving(&documents)).await.expect_err("refused").to_string();
    assert!(refused.contains("zzz.xml") && refused.contains("DOCTYPE"), "{refused}");
    assert!(!desk.letter.exists());
    assert!(world.packages_at_rest().await.is_empty());
});

on_both_engines!(a_large_file_gets_there_though_connections_break, |world: World| async move {
    let app = world.app(CLINIC).await;
    let (ada, record) = world.person("Ada").await;
    let breaks = vec![(700_000, ALL), (ALL, 20), (3_000_000, ALL), (ALL, 20)];
    let origin = serve_breaking(&world, breaks).await;
    let client = hasty(&world, &app, &origin);
    let mut package = client.begin_package(&SecretString::from("Tundra Kettle")).await.expect("begun");
    let bytes = noise(9 << 20);
    let uploaded = package.upload(&mut std::io::Cursor::new(&bytes), |_| {}).await.expect("uploaded");
    let empty = package.upload(&mut std::io::Cursor::new(b""), |_| {}).await.expect("uploaded");
    let thing = NewThing::weight(70.0, jiff::civil::date(2026, 5, 1).at(7, 30, 0, 0));
    let thing = thing
        .with_blob(keepwell_client::NewBlob::uploaded("scan", "image/png", uploaded))
        .with_blob(keepwell_client::NewBlob::uploaded("empty", "text/plain", empty));
    package.add(thing).expect("in it");
    let code = client.allocate_package_code().await.expect("a code");
    let new = NewPackage {
        code: Some(code.clone()),
        friendly_name: "Ada & Co".to_owned(),
        question: "Which words?".to_owned(),
        external_id: "17".to_owned(),
    };
    assert_eq!(package.send(&new).await.expect("left"), code);
    assert_eq!(pick_up(&world, ada, record, &code, "tundra kettle").await, 1);
    let (client, person, record) = reader(&world, ada, record, &origin).await;
    let caller = client.offline(person).record(record);
    let query = Query::of_type(WEIGHT).with_blobs(BlobFormat::Streamed);
    let thing = caller.get_things(&query).await.expect("things").things.remove(0);
    let mut back = Vec::new();
    caller.download(thing.blob("scan").expect("bytes"), &mut back, |_| {}).await.expect("downloaded");
    assert!(back == bytes);
    assert_eq!(thing.blob("empty").expect("it").length, Some(0));
});
