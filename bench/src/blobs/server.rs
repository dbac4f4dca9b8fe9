//! Keepwell's streaming address beside a bare one, in one process.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use axum::Router;
use axum::body::Body;
use axum::extract::{RawQuery, Request, State};
use axum::routing::{get, post};
use bytes::Bytes;
use http::{StatusCode, header};
use http_body_util::BodyExt as _;
use keepwell_core::authorizations::Caller;
use keepwell_core::blobs::{self, BlobToken, ReadToken, for_reading, read_token};
use keepwell_core::ids::RecordId;
use keepwell_core::keys::KeyRing;
use keepwell_core::things::{self, BlobSource, PutBlob, PutThing};
use keepwell_core::{Domain, Env};
use keepwell_objects::Objects;
use keepwell_platform::streaming;
use keepwell_testkit::weight;
use tokio::fs::File;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::BUFFER;
use crate::prepare::World;
use crate::serve::serve;
use crate::servers::keepwell::store;

#[derive(Clone)]
struct At {
    domain: Domain,
    caller: Caller,
    record: RecordId,
    bare: PathBuf,
}

/// Serves until the run is over.
pub async fn run(folder: &Path) -> anyhow::Result<()> {
    let env = Env::system();
    let keys = KeyRing::generate(&env)?;
    let objects = Objects::local(&folder.join("attachments"))?;
    let domain = Domain::open(&store(folder), keys, env, objects).await?;
    let world = World::of(&domain, 1).await?;
    let record = *world.records.first().context("a record")?;
    let caller = Caller::application(world.app, world.person, true);
    let at = At { domain: domain.clone(), caller, record, bare: folder.join("bare") };
    let own = Router::new()
        .route("/memory", get(memory))
        .route("/upload", get(upload))
        .route("/attach", get(attach))
        .route("/bare/nowhere", post(nowhere))
        .route("/bare/disk", post(to_disk).get(from_disk))
        .with_state(at);
    serve(own.merge(streaming::router(domain))).await
}

type Answer = Result<String, (StatusCode, String)>;

fn failed(error: &dyn std::fmt::Display) -> (StatusCode, String) {
    (StatusCode::INTERNAL_SERVER_ERROR, error.to_string())
}

/// The most memory that this process has had so far, in MiB, by the kernel's account.
async fn memory() -> Answer {
    let status = std::fs::read_to_string("/proc/self/status").map_err(|e| failed(&e))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib: Option<u64> = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
    Ok(kib.map_or_else(|| "unknown".to_owned(), |kib| (kib / 1024).to_string()))
}

async fn upload(State(at): State<At>) -> Answer {
    let begun = blobs::begin(&at.domain, &at.caller, Some(at.record)).await.map_err(|e| failed(&e))?;
    Ok(format!("{}?blob-ref-token={}", streaming::PATH, begun.token))
}

/// Makes what was uploaded an attachment; answers where it is fetched.
async fn attach(State(at): State<At>, RawQuery(query): RawQuery) -> Answer {
    attached(&at, &query.unwrap_or_default()).await.map_err(|e| failed(&e))
}

async fn attached(at: &At, query: &str) -> anyhow::Result<String> {
    let token = query.strip_prefix("blob-ref-token=").context("no token")?;
    let token = read_token(&at.domain, token);
    let Some(BlobToken::Upload(blob, _)) = token else { anyhow::bail!("no token of an upload") };
    let blobs = vec![PutBlob {
        name: String::new(),
        content_type: "application/octet-stream".to_owned(),
        hash: None,
        length: None,
        source: BlobSource::Token(token),
        legacy_encoding: None,
        encoding: None,
    }];
    let thing = PutThing { blobs, ..weight(70.0, 1) };
    let keys = things::put(&at.domain, &at.caller, at.record, &[thing]).await?;
    ensure!(keys.len() == 1, "one thing was put");
    let key = keys.first().context("a key")?;
    let app = at.caller.app().context("an application")?.id;
    let read = ReadToken {
        app,
        person: at.caller.person_id(),
        online: true,
        record: at.record,
        thing: key.id,
        stamp: key.stamp,
        blob,
        expires: at.domain.env.now() + blobs::READ_LIFE,
    };
    Ok(format!("{}?blob-ref-token={}", streaming::PATH, for_reading(&at.domain, &read)?))
}

async fn nowhere(request: Request) -> Answer {
    let mut body = request.into_body();
    while let Some(frame) = body.frame().await {
        frame.map_err(|e| failed(&e))?;
    }
    Ok(String::new())
}

async fn to_disk(State(at): State<At>, request: Request) -> Answer {
    write(&at.bare, request.into_body()).await.map_err(|e| failed(&e))?;
    Ok(String::new())
}

async fn write(path: &Path, mut body: Body) -> anyhow::Result<()> {
    let mut file = File::create(path).await?;
    while let Some(frame) = body.frame().await {
        if let Ok(bytes) = frame?.into_data() {
            file.write_all(&bytes).await?;
        }
    }
    file.flush().await?;
    file.sync_all().await?;
    Ok(())
}

async fn from_disk(State(at): State<At>) -> Result<http::Response<Body>, (StatusCode, String)> {
    let file = File::open(&at.bare).await.map_err(|e| failed(&e))?;
    let size = file.metadata().await.map_err(|e| failed(&e))?.len();
    let stream = futures_util::stream::try_unfold(file, async |mut file| {
        let mut buffer = vec![0; BUFFER];
        let read = file.read(&mut buffer).await?;
        buffer.truncate(read);
        Ok::<_, std::io::Error>((read > 0).then(|| (Bytes::from(buffer), file)))
    });
    let response = http::Response::builder().header(header::CONTENT_LENGTH, size);
    response.body(Body::from_stream(stream)).map_err(|e| failed(&e))
}
