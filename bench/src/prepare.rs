//! Makes the world that is measured: a person with some records full of weights, an application with a
//! session that may read and write them, and its requests.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, ensure};
use keepwell_core::applications::{self, Application};
use keepwell_core::authorizations::{self, Caller, Consent, record_pseudonym};
use keepwell_core::credentials::{SignUp, sign_up};
use keepwell_core::ids::{PersonId, RecordId};
use keepwell_core::keys::KeyRing;
use keepwell_core::persons::NewPerson;
use keepwell_core::records::{self, NewRecord, Relationship};
use keepwell_core::sessions::user_token;
use keepwell_core::thing_types::WEIGHT;
use keepwell_core::things::{self, PutThing};
use keepwell_core::{Domain, Env};
use keepwell_platform::{Platform, Settings};
use keepwell_testkit::{ActingApp, Reply, Session, SigningKey, weight, weight_xml};
use keepwell_wire::integrity::encode_base64;

use crate::fixture::{Exchange, Fixture, Kind};
use crate::servers::keepwell;

/// Records among which the connections are spread, as they would be among persons.
const RECORDS: usize = 16;
/// Weights in each record, ten times as many as are read.
const WEIGHTS: u32 = 100;

/// What the application registers: it may do everything with weights while the person uses it.
const APP: &str = "name = \"Bench\"\naction-url = \"https://bench.example/return\"\n\
    [[online]]\nname = \"weight\"\nwhy = \"To measure\"\n\
    permissions = [\"read\", \"create\", \"update\", \"delete\"]\ntypes = [\"weight\"]\n";

/// Makes the database, its keys and the fixture in the folder.
pub async fn run(folder: &Path) -> anyhow::Result<()> {
    let env = Env::system();
    let keys = KeyRing::generate(&env)?;
    std::fs::write(keepwell::keys(folder), keys.to_text()?).context("writing the keys")?;
    let domain = Domain::open(&keepwell::store(folder), keys, env).await?;
    let world = World::of(&domain).await?;
    world.fixture(&domain).await?.write(folder)?;
    domain.settle().await;
    Ok(())
}

struct World {
    app: ActingApp,
    person: PersonId,
    records: Vec<RecordId>,
}

impl World {
    async fn of(domain: &Domain) -> anyhow::Result<Self> {
        let app = Application::from_file(APP, &domain.env)?;
        let key = SigningKey::another();
        applications::add(domain, &app, &[key.certificate()]).await?;
        let app = ActingApp { app: Arc::new(app), key };
        let (person, own) = sign_up(domain, ada()).await?;
        let mut all = vec![own];
        while all.len() < RECORDS {
            let new = NewRecord {
                name: format!("Record {}", all.len()),
                relationship: Relationship::SelfOf,
                country: "US".to_owned(),
            };
            all.push(records::create(domain, person, new).await?);
        }
        let caller = Caller::application(Arc::clone(&app.app), person, true);
        let weights: Vec<PutThing> =
            (0..WEIGHTS).map(|n| weight(60.0 + f64::from(n) / 10.0, 1 + n % 30)).collect();
        for record in &all {
            authorizations::allow(domain, &app.app, &consent(person, *record)).await?;
            things::put(domain, &caller, *record, &weights).await?;
        }
        Ok(Self { app, person, records: all })
    }

    async fn fixture(&self, domain: &Domain) -> anyhow::Result<Fixture> {
        let now = domain.env.now();
        let id = self.app.app.id;
        let platform = Platform::new(domain.clone(), Settings::at("http://localhost", now));
        let create_session = self.app.session_request(now);
        let begun = good(&platform, &create_session).await?;
        let session = self.app.session(&begun);
        let token = user_token::give(domain, id, self.person, false, None).await?;
        let known: Vec<_> =
            self.records.iter().map(|r| record_pseudonym(domain, id, self.person, *r)).collect();
        let signed = |session: &Session, method: &str, version, info: &str| -> Vec<String> {
            known
                .iter()
                .map(|r| session.ask(method, version, info, now).online(&token).record(*r).text())
                .collect()
        };
        let get = signed(&session, "GetThings", 3, &get_info());
        let put = signed(&session, "PutThings", 2, &put_info());
        let got = good(&platform, get.first().context("no record")?).await?;
        ensure!(got.count("thing") == 10, "ten weights should have come back: {}", got.text);
        let written = good(&platform, put.first().context("no record")?).await?;
        let exchange = |kind, requests, reply: Reply| Exchange { kind, requests, answer: reply.text };
        Ok(Fixture {
            exchanges: vec![
                exchange(Kind::GetThings, get, got),
                exchange(Kind::PutThings, put, written),
                exchange(Kind::CreateSession, vec![create_session], begun),
            ],
            session_secret: encode_base64(&session.secret),
            certificate: encode_base64(&self.app.key.certificate().der),
            records: known.iter().zip(&self.records).map(|(k, r)| (k.0, r.0)).collect(),
            person: self.person.0,
            app: id.0,
        })
    }
}

async fn good(platform: &Platform, request: &str) -> anyhow::Result<Reply> {
    let reply = Reply::of(platform.answer(None, None, request.as_bytes()).await);
    ensure!(reply.code == 0, "a request that should succeed was answered {}", reply.text);
    Ok(reply)
}

/// As a client asks that wants the data and nothing else.
fn get_info() -> String {
    format!(
        "<info><group name=\"w\" max=\"10\"><filter><type-id>{WEIGHT}</type-id></filter>\
         <format><section>core</section><xml/></format></group></info>"
    )
}

fn put_info() -> String {
    let data = weight_xml(70.5, 1);
    format!("<info><thing><type-id>{WEIGHT}</type-id><data-xml>{data}</data-xml></thing></info>")
}

fn ada() -> SignUp {
    let person = NewPerson {
        name: "Ada".to_owned(),
        email: "ada@example.org".to_owned(),
        language: "en".to_owned(),
        country: "US".to_owned(),
    };
    SignUp { person, password: "quiet garden spoons".to_owned(), code: None }
}

fn consent(person: PersonId, record: RecordId) -> Consent {
    Consent {
        person,
        record,
        online_shown: Vec::new(),
        online_chosen: Vec::new(),
        offline_shown: Vec::new(),
        offline_chosen: Vec::new(),
    }
}
