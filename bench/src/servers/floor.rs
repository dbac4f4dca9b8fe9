//! The least that an honest server must do: parse, verify, and read or insert the rows. No session is
//! looked up, no permission read, no audit written, no answer composed.

mod postgres;
mod store;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, bail, ensure};
use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::response::Response;
use axum::routing::post;
use bytes::Bytes;
use keepwell_core::thing_types::WEIGHT;
use keepwell_store::Settings;
use keepwell_wire::cast::{CastRequest, Certificate, RsaPublicKey};
use keepwell_wire::envelope::{Envelope, RequestText};
use keepwell_wire::integrity::{HmacAlgorithm, decode_base64};
use keepwell_wire::limits::Limits;
use keepwell_wire::methods::{get_things, put_things};
use uuid::Uuid;

use self::postgres::Postgres;
pub use self::store::{INSERT, NO_END};
use self::store::{NewThing, Store};
use super::{failed, keepwell, xml};
use crate::fixture::{Fixture, Kind};
use crate::serve::PATH;

/// The floor's database in the run's folder, a copy of Keepwell's.
pub fn database(folder: &Path) -> PathBuf {
    folder.join("floor.db")
}

struct Floor {
    limits: Limits,
    secret: Vec<u8>,
    key: RsaPublicKey,
    records: HashMap<Uuid, Uuid>,
    person: Uuid,
    app: Uuid,
    answers: [Bytes; 3],
    store: Database,
}

/// Where the rows are.
enum Database {
    Sqlite(Store),
    Postgres(Arc<Postgres>),
}

/// A request, verified.
enum Verified {
    Get { record: Uuid },
    Put(NewThing),
    Session,
}

/// The router over the copied database.
pub async fn router(fixture: Fixture, folder: &Path) -> anyhow::Result<Router> {
    let decode = |text: &str| decode_base64(text).context("the fixture holds no Base64");
    let answer = |kind| anyhow::Ok(Bytes::from(fixture.of(kind)?.answer.clone()));
    let floor = Floor {
        limits: Limits::default(),
        secret: decode(&fixture.session_secret)?,
        key: Certificate::from_der(&decode(&fixture.certificate)?)?.public_key,
        answers: [answer(Kind::GetThings)?, answer(Kind::PutThings)?, answer(Kind::CreateSession)?],
        records: fixture.records.into_iter().collect(),
        person: fixture.person,
        app: fixture.app,
        store: match keepwell::store(folder) {
            Settings { database: keepwell_store::Database::Postgres(url), connections, .. } => {
                Database::Postgres(Postgres::open(&url, connections).await?)
            }
            Settings { .. } => Database::Sqlite(Store::open(&database(folder))?),
        },
    };
    Ok(Router::new().route(PATH, post(handle)).with_state(Arc::new(floor)))
}

async fn handle(State(floor): State<Arc<Floor>>, request: Request) -> Response {
    match answer(&floor, request).await {
        Ok(answer) => xml(answer),
        Err(error) => failed(format!("{error:#}")),
    }
}

async fn answer(floor: &Arc<Floor>, request: Request) -> anyhow::Result<Bytes> {
    let body = to_bytes(request.into_body(), floor.limits.inflated_bytes).await?;
    let [got, put, session] = &floor.answers;
    match verify(floor, &body)? {
        // On the spot: the pages are in memory, and another thread would be work.
        Verified::Get { record } => {
            let rows = match &floor.store {
                Database::Sqlite(store) => store.newest(record, WEIGHT.0, 10)?,
                Database::Postgres(store) => store.newest(record, WEIGHT.0, 10).await?,
            };
            ensure!(std::hint::black_box(rows).len() == 10, "the floor's database lacks rows");
            Ok(got.clone())
        }
        // This one waits for the disk.
        Verified::Put(thing) => {
            let floor = Arc::clone(floor);
            tokio::task::spawn_blocking(move || match &floor.store {
                Database::Sqlite(store) => store.insert(&thing),
                Database::Postgres(_) => bail!("on PostgreSQL the floor only reads"),
            })
            .await??;
            Ok(put.clone())
        }
        Verified::Session => Ok(session.clone()),
    }
}

fn verify(floor: &Floor, body: &[u8]) -> anyhow::Result<Verified> {
    let text = RequestText::check(body, &floor.limits)?;
    let document = text.parse()?;
    let envelope = Envelope::read(&document)?;
    let header = &envelope.header;
    if header.method == "CreateAuthenticatedSessionToken" {
        let request = CastRequest::parse(header.method_version, envelope.info(), floor.app)?;
        ensure!(request.signature.verify_rsa(&floor.key, request.raw_content), "a bad signature");
        return Ok(Verified::Session);
    }
    envelope.verify(HmacAlgorithm::HmacSha256, &floor.secret)?;
    let record = header.record_id.and_then(|known| floor.records.get(&known)).context("an unknown record")?;
    match header.method.as_str() {
        "GetThings" => {
            std::hint::black_box(get_things::parse(header.method_version, envelope.info())?);
            Ok(Verified::Get { record: *record })
        }
        "PutThings" => {
            let mut things = put_things::parse(header.method_version, envelope.info())?;
            let data = things.pop().and_then(|thing| thing.data_xml).context("no thing")?;
            let data_xml = data.text.to_string();
            Ok(Verified::Put(NewThing { record: *record, person: floor.person, app: floor.app, data_xml }))
        }
        other => bail!("the floor does not know {other}"),
    }
}
