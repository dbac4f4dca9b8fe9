//! A whole life on the server, and that no word of it is left.

use bytes::Bytes;
use keepwell_core::authorizations::{self, Caller, person_pseudonym, record_pseudonym};
use keepwell_core::blobs::{self, read_token};
use keepwell_core::connections::{self, NewRequest};
use keepwell_core::credentials::passkeys::{self, Site};
use keepwell_core::credentials::{self, Told, second_factor};
use keepwell_core::env::HOUR;
use keepwell_core::erasure::GRACE;
use keepwell_core::ids::{AppId, PersonId, RecordId};
use keepwell_core::letters::Letter;
use keepwell_core::sessions::known_browser::{self, Entry};
use keepwell_core::sessions::shell::Proof;
use keepwell_core::sessions::user_token;
use keepwell_core::things::{self, BlobSource, PutBlob, PutThing};
use keepwell_core::{alternate_ids, app_settings, applications, operators};
use keepwell_store::{Database, Store};
use keepwell_testkit::{PasskeyDevice, World, on_both_engines, weight};

use crate::erasure::left::{tables, where_is};
use crate::erasure::people::{close, letters, person, sweep};

/// Somebody, and by what they are known.
pub struct Life {
    pub person: PersonId,
    apps: Vec<AppId>,
    known_as: Vec<String>,
}

/// All words and ids by which anything of it is found.
pub fn traces(life: &Life) -> Vec<String> {
    let mut traces = life.known_as.clone();
    traces.push("quill".to_owned());
    traces
}

async fn attach(world: &World, caller: &Caller, record: RecordId, name: &str, bytes: usize) {
    let token = blobs::begin(&world.domain, caller, Some(record)).await.unwrap().token;
    let mut upload = blobs::open(&world.domain, &token).await.unwrap();
    let content = Bytes::from(b"quill".repeat(bytes / 5));
    blobs::append(&world.domain, &mut upload, content, true).await.unwrap();
    let blob = PutBlob {
        name: name.to_owned(),
        content_type: "image/png".to_owned(),
        hash: None,
        length: None,
        source: BlobSource::Token(read_token(&world.domain, &token)),
        legacy_encoding: None,
        encoding: None,
    };
    let thing = PutThing { blobs: vec![blob], tags: Some("quilltag".to_owned()), ..weight(70.0, 9) };
    things::put(&world.domain, caller, record, &[thing]).await.unwrap();
}

/// All that one can sign in with, and a browser in which one did.
async fn ways_in(world: &World, id: PersonId) {
    let domain = &world.domain;
    let person = crate::erasure::people::person(domain, id).await;
    let entry = Entry {
        person: id,
        agent: "Quill Browser",
        address: None,
        browser: None,
        proof: Proof::Password,
        told: true,
    };
    known_browser::enter(domain, &entry, || None).await.unwrap();
    let offer = second_factor::offer(domain, &person, "Keepwell").await.unwrap().unwrap();
    second_factor::turn_on(domain, &person, &world.app_code(&offer.secret), None).await.unwrap();
    let origin = "https://records.example.org";
    let (site, mut device) = (Site::at(origin, "Keepwell").unwrap(), PasskeyDevice::at(origin));
    let options = passkeys::begin_adding(domain, &site, "here", &person).await.unwrap();
    passkeys::add(domain, &site, "here", id, &device.create(&options), "Quill's key", None).await.unwrap();
}

/// Somebody who has used everything. Each text of theirs has a quill in it.
pub async fn life(world: &World) -> Life {
    let domain = &world.domain;
    let (person, record) = world.person("Quillfeather").await;
    let app = world.weight_app().await;
    world.allow(&app.app, person, record).await;
    let (online, shell_caller) = (world.online(&app, person), Caller::person(person));
    for day in 1..=7 {
        let thing = PutThing { tags: Some("quill".to_owned()), ..weight(70.0, day) };
        let key = things::put(domain, &online, record, std::slice::from_ref(&thing)).await.unwrap()[0];
        let next = PutThing { id: Some(key.id), stamp: Some(key.stamp), ..thing };
        things::put(domain, &shell_caller, record, &[next]).await.unwrap();
    }
    attach(world, &online, record, "quillscan", 500_000).await;
    attach(world, &online, record, "quillnote", 200).await;
    // One that never became part of the record.
    let token = blobs::begin(domain, &online, Some(record)).await.unwrap().token;
    let mut upload = blobs::open(domain, &token).await.unwrap();
    blobs::append(domain, &mut upload, Bytes::from(b"quill".repeat(90_000)), false).await.unwrap();

    let master = world.mobile_app().await;
    let phone = world.phone(master.id, "Quill's phone", person, record).await;
    let clinic = world.weight_app().await;
    let asked = NewRequest {
        friendly_name: "Quill at the clinic".to_owned(),
        question: "Which quill?".to_owned(),
        answer: "a goose quill".to_owned(),
        external_id: "quill-17".to_owned(),
    };
    let code = connections::request(domain, &clinic.app, &asked).await.unwrap();
    world.pick_up(&clinic.app, person, record, &code, "a goose quill").await;
    let access = authorizations::open(domain, &online, record).await.unwrap();
    alternate_ids::associate(domain, &access, app.app.id, "quill-7").await.unwrap();
    app_settings::set(domain, app.app.id, person, Some("quill settings")).await.unwrap();
    applications::admit(domain, app.app.id, person).await.unwrap();
    operators::appoint(domain, person).await.unwrap();
    ways_in(world, person).await;
    user_token::give(domain, app.app.id, person, false, None).await.unwrap();
    credentials::begin_reset(domain, "quillfeather@example.org").await.unwrap();
    let write = |to: &str, _: &Told<'_>| Letter::from_server(to, "Quill", "A letter");
    let about = crate::erasure::people::person(domain, person).await;
    credentials::ask_email(domain, &about, "quill2@example.org", write).await.unwrap();
    letters(world).await;

    let mut known_as = vec![person.to_string(), record.to_string()];
    for app in [app.app.id, clinic.app.id, phone.id] {
        known_as.push(person_pseudonym(domain, app, person).to_string());
        known_as.push(record_pseudonym(domain, app, person, record).to_string());
    }
    Life { person, apps: vec![app.app.id, clinic.app.id, phone.id], known_as }
}

on_both_engines!(nothing_is_left_of_an_erased_account_but_that_it_was_erased, |world: World| async move {
    let life = life(&world).await;
    assert_eq!(life.apps.len(), 3);
    assert!(where_is(&world, &traces(&life)).await.len() > 30);
    assert!(!world.objects.keys("").await.unwrap().is_empty());
    close(&world.domain, life.person).await;
    assert!(person(&world.domain, life.person).await.email.contains("quill"), "nothing is gone yet");
    world.clock.advance(GRACE);
    assert_eq!(sweep(&world.domain).await.accounts, 1);
    blobs::sweep(&world.domain).await.unwrap();
    assert!(world.objects.keys("").await.unwrap().is_empty());
    assert_eq!(letters(&world).await.last().unwrap().1, "Erased", "the last letter knew where to go");
    let left = where_is(&world, &traces(&life)).await;
    assert!(left.len() == 1 && left[0].starts_with("erasure: "), "{left:#?}");
});

on_both_engines!(
    nothing_of_an_erased_account_is_left_in_the_file_of_the_database,
    |world: World| async move {
        let Database::Sqlite(path) = world.settings().database.clone() else { return };
        let life = life(&world).await;
        let (id, settings) = (life.person, world.settings().clone());
        close(&world.domain, id).await;
        world.clock.advance(GRACE + HOUR);
        sweep(&world.domain).await;
        blobs::sweep(&world.domain).await.unwrap();
        letters(&world).await;
        drop(world);
        // Whoever closes the file last writes the log back into it, and takes it away.
        let log = path.with_extension("db-wal");
        while log.exists() {
            drop(
                Store::open(
                    &keepwell_store::Settings { beside: true, ..settings.clone() },
                    keepwell_core::MIGRATIONS,
                )
                .await,
            );
            tokio::task::yield_now().await;
        }
        let file = std::fs::read(&path).unwrap();
        for word in ["Quill", "quill", "<weight>"] {
            let found = file.windows(word.len()).filter(|bytes| *bytes == word.as_bytes()).count();
            assert_eq!(found, 0, "{word}");
        }
    }
);

/// Whoever adds a table that is about people or records decides here what becomes of its rows, and erases them.
#[test]
fn every_table_about_a_person_or_a_record_is_known_to_whoever_erases() {
    const KNOWN: [&str; 43] = [
        "alternate_id",
        "alternate_id_count",
        "app_settings",
        "application_admission",
        "audit_entry",
        "audit_head",
        "audit_refusal",
        "blob",
        "blob_upload",
        "closure",
        "closure_return",
        "connection",
        "email_change",
        "email_confirmation",
        "email_undo",
        "erasure",
        "installation",
        "installation_count",
        "known_browser",
        "login",
        "notice",
        "operator",
        "passkey",
        "person",
        "person_pseudonym",
        "person_record",
        "record",
        "record_closure",
        "record_grant",
        "record_operation",
        "record_person",
        "record_pseudonym",
        "recovery_code",
        "second_factor",
        "shell_session",
        "signed_in_before",
        "thing",
        "thing_version",
        "user_token",
        // By the login name.
        "password_reset",
        // Not by the person, but by who asked; each is over within days, and sealed or digested.
        "letter",
        "letter_allowance",
        "visit",
    ];
    let about = |columns: &str| columns.contains("person_id") || columns.contains("record_id");
    let unknown: Vec<_> =
        tables().into_iter().filter(|(name, columns)| about(columns) && !KNOWN.contains(name)).collect();
    assert!(unknown.is_empty(), "{unknown:#?}");
}
