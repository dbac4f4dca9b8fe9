//! What was answered of an attachment survives the death of the process, and no half one is left.
//!
//! The test starts itself as a child, which uploads and attaches and says what was answered until it is
//! killed.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use bytes::Bytes;
use keepwell_core::authorizations::Caller;
use keepwell_core::blobs::{self, read_token};
use keepwell_core::env::DAY;
use keepwell_core::ids::{AppId, PersonId, RecordId};
use keepwell_core::keys::KeyRing;
use keepwell_core::things::{self, BlobSource, Group, PutBlob, PutThing};
use keepwell_core::{Domain, Env, applications};
use keepwell_objects::Objects;
use keepwell_store::testing::TestEngine;
use keepwell_store::{Database, Settings};
use keepwell_testkit::{START, World, weight};
use serde::{Deserialize, Serialize};

const CHILD: &str = "KEEPWELL_CORE_CHILD";
/// Chunks of an upload, and their bytes: some lie in the row at first, then in objects.
const CHUNKS: usize = 5;
const CHUNK: usize = 40_000;

/// What the child needs to be the same server.
#[derive(Serialize, Deserialize)]
struct Told {
    database: String,
    folder: String,
    keys: String,
    app: AppId,
    person: PersonId,
    record: RecordId,
}

/// What the child said.
#[derive(Default)]
struct Said {
    /// Uploads by their tokens, with the chunks that were answered.
    received: HashMap<String, usize>,
    /// Names of attachments that were answered.
    attached: Vec<String>,
}

#[test]
fn what_was_answered_of_an_attachment_survives_a_killed_process_on_sqlite() {
    let this = "killed::what_was_answered_of_an_attachment_survives_a_killed_process_on_sqlite";
    run(TestEngine::Sqlite, this);
}

#[test]
fn what_was_answered_of_an_attachment_survives_a_killed_process_on_postgres() {
    let this = "killed::what_was_answered_of_an_attachment_survives_a_killed_process_on_postgres";
    run(TestEngine::Postgres, this);
}

fn run(engine: TestEngine, this: &str) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime").block_on(async {
        match std::env::var(CHILD) {
            Ok(told) => upload_until_killed(engine, &serde_json::from_str(&told).unwrap()).await,
            Err(_) => survive(engine, this).await,
        }
    });
}

async fn survive(engine: TestEngine, this: &str) {
    let Some(world) = World::on(engine).await else { return };
    let (person, record) = world.person("Ada").await;
    let app = world.weight_app().await;
    world.allow(&app.app, person, record).await;
    let folder = tempfile::tempdir().unwrap();
    let told = Told {
        database: match &world.settings().database {
            Database::Sqlite(path) => path.display().to_string(),
            Database::Postgres(url) => url.clone(),
        },
        folder: folder.path().display().to_string(),
        keys: world.key_file().to_owned(),
        app: app.app.id,
        person,
        record,
    };
    for round in 1..=3 {
        let said = killed(this, &told, 60 * round);
        let domain = open(engine, &told, true).await;
        let caller = world.online(&app, person);
        for (token, chunks) in &said.received {
            match blobs::open(&domain, token).await {
                Ok(upload) => {
                    let received = usize::try_from(upload.received()).unwrap();
                    assert!(received >= chunks * CHUNK, "{received} of {chunks} chunks");
                    assert_eq!(received % CHUNK, 0, "never a part of one");
                    let bytes = bytes_of(token);
                    assert!(upload.has(&domain, 0, &bytes[..received]).await.unwrap());
                }
                Err(error) => assert_eq!(error, blobs::UploadError::Committed),
            }
        }
        let found = attachments(&domain, &caller, record).await;
        for name in &said.attached {
            assert!(found.contains_key(name), "{name} was answered and is lost");
        }
        for (token, bytes) in found {
            assert!(bytes == bytes_of(&token)[..], "an attachment is whole");
        }
    }
    // All that is left in the end is what things name.
    world.clock.set(START + 3 * DAY);
    let env = Env::with_clock(world.clock.clone());
    let domain = open_with(engine, &told, env, true).await;
    blobs::sweep(&domain).await.unwrap();
    let attached = attachments(&domain, &world.online(&app, person), record).await.len();
    let objects = Objects::local(folder.path()).unwrap().keys("").await.unwrap().len();
    // The first chunk lies in the row, and goes into the object of the second; the others have one each.
    assert_eq!(objects, attached * (CHUNKS - 1), "{attached} attachments");
}

/// Runs the child until it has answered so much, kills it, and answers what it said.
fn killed(this: &str, told: &Told, after: usize) -> Said {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([this, "--exact", "--nocapture", "--test-threads=1"])
        .env(CHILD, serde_json::to_string(told).unwrap())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = Said::default();
    let mut count = 0;
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    for line in &mut lines {
        count += usize::from(said.take(&line));
        if count == after {
            child.kill().unwrap();
            break;
        }
    }
    child.wait().unwrap();
    // What it said between the last line read and its end counts as well.
    lines.for_each(|line| {
        said.take(&line);
    });
    assert!(count >= after, "the child ended too early");
    said
}

impl Said {
    fn take(&mut self, line: &str) -> bool {
        // The last line may be cut off.
        let Some(line) = line.strip_suffix('.') else { return false };
        if let Some(token) = line.strip_prefix("received ") {
            *self.received.entry(token.to_owned()).or_default() += 1;
            return true;
        }
        if let Some(token) = line.strip_prefix("attached ") {
            self.attached.push(token.to_owned());
            return true;
        }
        false
    }
}

async fn open(engine: TestEngine, told: &Told, beside: bool) -> Domain {
    let env = Env::with_clock(keepwell_core::env::HandClock::at(START));
    open_with(engine, told, env, beside).await
}

async fn open_with(engine: TestEngine, told: &Told, env: Env, beside: bool) -> Domain {
    let database = match engine {
        TestEngine::Sqlite => Database::Sqlite(told.database.clone().into()),
        TestEngine::Postgres => Database::Postgres(told.database.clone()),
    };
    let settings = Settings { beside, connections: 4, ..Settings::new(database) };
    let objects = Objects::local(Path::new(&told.folder)).unwrap();
    Domain::open(&settings, KeyRing::from_text(&told.keys).unwrap(), env, objects).await.unwrap()
}

/// The bytes of an upload follow from its token.
fn bytes_of(token: &str) -> Vec<u8> {
    token.bytes().cycle().take(CHUNKS * CHUNK).collect()
}

async fn attachments(domain: &Domain, caller: &Caller, record: RecordId) -> HashMap<String, Bytes> {
    let asked = [Group::default()];
    let (found, _) = things::get(domain, caller, record, &asked).await.unwrap();
    let mut all = HashMap::new();
    for thing in &found[0].full {
        for (place, blob) in thing.blobs.list().unwrap().into_iter().enumerate() {
            let given = things::nth_attachment(domain, caller, record, thing.key, place).await;
            let (_, content) = given.unwrap();
            all.insert(blob.name, content.whole(domain).await.unwrap());
        }
    }
    all
}

async fn upload_until_killed(engine: TestEngine, told: &Told) {
    let domain = open(engine, told, true).await;
    let app = applications::find(&domain, told.app).await.unwrap().unwrap().application;
    let caller = Caller::application(app, told.person, true);
    let tasks: Vec<_> = (0..3)
        .map(|_| {
            let (domain, caller, record) = (domain.clone(), caller.clone(), told.record);
            tokio::spawn(async move {
                // The parent kills it long before.
                for _ in 0..1_000 {
                    one(&domain, &caller, record).await;
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
}

async fn one(domain: &Domain, caller: &Caller, record: RecordId) {
    let token = blobs::begin(domain, caller, Some(record)).await.unwrap().token;
    let bytes = Bytes::from(bytes_of(&token));
    let mut upload = blobs::open(domain, &token).await.unwrap();
    for n in 0..CHUNKS {
        let chunk = bytes.slice(n * CHUNK..(n + 1) * CHUNK);
        blobs::append(domain, &mut upload, chunk, n + 1 == CHUNKS).await.unwrap();
        say(&format!("received {token}."));
    }
    let blob = PutBlob {
        name: token.clone(),
        content_type: String::new(),
        hash: None,
        length: Some(bytes.len() as u64),
        source: BlobSource::Token(read_token(domain, &token)),
        legacy_encoding: None,
        encoding: None,
    };
    let thing = PutThing { blobs: vec![blob], ..weight(70.0, 1) };
    things::put(domain, caller, record, &[thing]).await.unwrap();
    say(&format!("attached {token}."));
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").unwrap();
    out.flush().unwrap();
}
