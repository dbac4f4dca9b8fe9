//! Makes the world that is measured: a person with some records full of weights, an application with a
//! session that may read and write them, and its requests, composed by the client library.

mod recorder;

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, ensure};
use keepwell_client::things::WEIGHT;
use keepwell_client::{Client, Clock, Config, NewThing, Query, Thumbprint};
use keepwell_core::applications::{self, Application, Certificate};
use keepwell_core::authorizations::{self, Caller, Consent, record_pseudonym};
use keepwell_core::credentials::{SignUp, sign_up};
use keepwell_core::ids::{PersonId, RecordId};
use keepwell_core::keys::KeyRing;
use keepwell_core::persons::NewPerson;
use keepwell_core::records::{self, NewRecord, Relationship};
use keepwell_core::sessions::user_token;
use keepwell_core::things::{self, PutThing};
use keepwell_core::{Domain, Env};
use keepwell_objects::Objects;
use keepwell_platform::{Platform, Settings};
use keepwell_testkit::{weight, weight_xml};
use keepwell_wire::integrity::encode_base64;

use self::recorder::{Recorder, Sent};
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
    let domain = Domain::open(&keepwell::store(folder), keys, env, Objects::in_memory()).await?;
    let world = World::of(&domain, RECORDS).await?;
    world.fixture(&domain).await?.write(folder)?;
    domain.settle().await;
    Ok(())
}

/// Who is measured.
pub struct World {
    pub app: Arc<Application>,
    certificate: Certificate,
    key_pem: String,
    pub person: PersonId,
    pub records: Vec<RecordId>,
}

impl World {
    /// A person with so many records, who has allowed the application all that it requires.
    pub async fn of(domain: &Domain, records: usize) -> anyhow::Result<Self> {
        let app = Arc::new(Application::from_file(APP, &domain.env)?);
        let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256)?;
        let certificate = rcgen::CertificateParams::new(Vec::new())?.self_signed(&key)?;
        let certificate = Certificate::read(certificate.der())?;
        applications::add(domain, &app, std::slice::from_ref(&certificate)).await?;
        let (person, own) = sign_up(domain, ada()).await?;
        let mut all = vec![own];
        while all.len() < records {
            let new = NewRecord {
                name: format!("Record {}", all.len()),
                relationship: Relationship::SelfOf,
                country: "US".to_owned(),
            };
            all.push(records::create(domain, person, new).await?);
        }
        let caller = Caller::application(Arc::clone(&app), person, true);
        let weights: Vec<PutThing> =
            (0..WEIGHTS).map(|n| weight(60.0 + f64::from(n) / 10.0, 1 + n % 30)).collect();
        for record in &all {
            authorizations::allow(domain, &app, &consent(person, *record)).await?;
            things::put(domain, &caller, *record, &weights).await?;
        }
        Ok(Self { app, certificate, key_pem: key.serialize_pem(), person, records: all })
    }

    async fn fixture(&self, domain: &Domain) -> anyhow::Result<Fixture> {
        let id = self.app.id;
        let platform = Platform::new(domain.clone(), Settings::at("http://localhost", domain.env.now()));
        let recorder = Arc::new(Recorder::before(platform));
        let config = Config {
            platform_url: "http://localhost".to_owned(),
            app_id: id.0,
            key_pem: self.key_pem.clone(),
            thumbprint: Thumbprint::of_certificate(&self.certificate.der)?,
        };
        let client = Client::with(config, Arc::clone(&recorder) as _, Clock::machine())?;
        let token = user_token::give(domain, id, self.person, false, None).await?;
        let caller = client.online(&token);
        let known: Vec<_> =
            self.records.iter().map(|r| record_pseudonym(domain, id, self.person, *r).0).collect();
        client.create_session().await?;
        let begun = recorder.take();
        let session_secret = begun.first().and_then(Sent::shared_secret).context("no session")?;
        // As a client asks that wants the data and nothing else.
        let query = Query::of_type(WEIGHT).max(10);
        for record in &known {
            let found = caller.record(*record).get_things(&query).await?.things;
            ensure!(found.len() == 10, "{} of ten weights came back", found.len());
        }
        let got = recorder.take();
        let new = [NewThing::of(WEIGHT, weight_xml(70.5, 1))];
        for record in &known {
            caller.record(*record).put_things(&new).await?;
        }
        let written = recorder.take();
        Ok(Fixture {
            exchanges: vec![
                exchange(Kind::GetThings, got)?,
                exchange(Kind::PutThings, written)?,
                exchange(Kind::CreateSession, begun)?,
            ],
            session_secret,
            certificate: encode_base64(&self.certificate.der),
            records: known.into_iter().zip(self.records.iter().map(|r| r.0)).collect(),
            person: self.person.0,
            app: id.0,
        })
    }
}

/// The answer to the first stands for all: they are of one size.
fn exchange(kind: Kind, sent: Vec<Sent>) -> anyhow::Result<Exchange> {
    let answer = sent.first().context("nothing was sent")?.answer.clone();
    Ok(Exchange { kind, requests: sent.into_iter().map(|sent| sent.request).collect(), answer })
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
    Consent::to_required(person, record)
}
