//! GetThings on PostgreSQL, beside what the driver reads by itself.

use std::path::Path;

use anyhow::Context as _;
use tokio_postgres::NoTls;

use crate::child::{Server, work_folder};
use crate::fixture::Kind;
use crate::load::Traffic;
use crate::run::{load, prepare};
use crate::servers::{Which, keepwell};

const CONNECTIONS: [u16; 3] = [1, 16, 64];
const AIM: f64 = 0.5;

/// Measures in a schema of its own of this database, which is dropped in the end.
pub async fn run(place: Option<&Path>, url: &str, seconds: u16) -> anyhow::Result<()> {
    let folder = work_folder(place)?;
    let folder = folder.path();
    let schema = format!("kw_bench_{}", std::process::id());
    let more = if url.contains('?') { '&' } else { '?' };
    order(url, &format!("CREATE SCHEMA {schema}")).await?;
    std::fs::write(keepwell::url_file(folder), format!("{url}{more}options=-csearch_path={schema}"))?;
    let measured = tokio::select! {
        measured = measure(folder, seconds) => measured,
        _ = tokio::signal::ctrl_c() => Err(anyhow::anyhow!("interrupted")),
    };
    order(url, &format!("DROP SCHEMA {schema} CASCADE")).await?;
    measured
}

async fn measure(folder: &Path, seconds: u16) -> anyhow::Result<()> {
    prepare(folder).await?;
    let (floor, ours) =
        (Server::start(Which::Floor, folder).await?, Server::start(Which::Keepwell, folder).await?);
    for connections in CONNECTIONS {
        let mut rates = Vec::new();
        for server in [&floor, &ours] {
            let m = load(folder, server, Traffic::of(Kind::GetThings, connections), seconds).await?;
            println!(
                "{:<9} get-things at {connections:>3}: {:>7.0} a second, p50 {:>6} µs, p99 {:>6} µs, CPU {:.1} µs each",
                server.which.name(),
                m.requests_per_second,
                m.p50,
                m.p99,
                m.server_cpu
            );
            rates.push(m.requests_per_second);
        }
        if let [floor, keepwell] = rates[..] {
            println!(
                "at {connections}, over what the driver reads: {:.2} (aim: at least {AIM})",
                keepwell / floor
            );
        }
    }
    floor.stop().await?;
    ours.stop().await
}

async fn order(url: &str, sql: &str) -> anyhow::Result<()> {
    let (client, connection) =
        tokio_postgres::connect(url, NoTls).await.context("connecting to PostgreSQL")?;
    let task = tokio::spawn(connection);
    client.batch_execute(sql).await?;
    drop(client);
    task.await??;
    Ok(())
}
