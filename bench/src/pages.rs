//! Pages of the Shell, each beside a bare answer of its size from the same process.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use axum::Router;
use axum::body::Body;
use axum::extract::Query;
use axum::http::{Request, header};
use axum::routing::get;
use bytes::Bytes;
use keepwell_core::authorizations::Caller;
use keepwell_core::ids::{PersonId, RecordId};
use keepwell_core::sessions::shell;
use keepwell_core::things::{self, Group};
use keepwell_core::{Domain, thing_types};
use keepwell_web::{Shell, ShellSettings};
use serde::{Deserialize, Serialize};
use tower::ServiceExt as _;

use crate::child::{Server, work_folder};
use crate::clock;
use crate::fixture::Fixture;
use crate::load::connection::Connection;
use crate::run::prepare;
use crate::serve::{USAGE, serve};
use crate::servers::{Which, keepwell};

/// What answers with bytes and nothing else.
const BARE: &str = "/bare";
/// Requests before those that are measured.
const WARM_UP: usize = 20;

/// What is asked for, and as whom.
#[derive(Serialize, Deserialize)]
struct Pages {
    cookie: String,
    /// What each is called, and its address.
    pages: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Size {
    bytes: usize,
}

/// Measures each page and prints what it takes beside a bare answer.
pub async fn run(place: Option<&Path>, seconds: u16) -> anyhow::Result<()> {
    let folder = work_folder(place)?;
    let folder = folder.path();
    prepare(folder).await?;
    let server = Server::start(Which::Pages, folder).await?;
    let asked: Pages = serde_json::from_str(&std::fs::read_to_string(folder.join("pages.json"))?)?;
    let mut connection = Connection::open(server.port).await?;
    println!("page              bytes    time  to bare     CPU  to bare");
    for (name, address) in &asked.pages {
        let bytes = connection.exchange(&request(address, &asked.cookie)).await?.len();
        ensure!(bytes > 1_000, "{name} is no page");
        let span = Duration::from_secs(seconds.into());
        let page = measure(&mut connection, &request(address, &asked.cookie), span).await?;
        let bare = request(&format!("{BARE}?bytes={bytes}"), &asked.cookie);
        let bare = measure(&mut connection, &bare, span).await?;
        println!(
            "{name:<15} {bytes:>7} {:>4} µs {:>8.1} {:>4} µs {:>8.1}",
            page.half.as_micros(),
            ratio(page.half, bare.half),
            page.cpu.as_micros(),
            ratio(page.cpu, bare.cpu)
        );
    }
    server.stop().await
}

/// What a request takes, one after the other.
struct Measured {
    /// The middle one.
    half: Duration,
    /// Of the server's processors, each.
    cpu: Duration,
}

async fn measure(connection: &mut Connection, request: &[u8], span: Duration) -> anyhow::Result<Measured> {
    for _ in 0..WARM_UP {
        connection.exchange(request).await?;
    }
    let mut times = Vec::new();
    let (start, used) = (clock::now(), usage(connection).await?);
    while start.elapsed() < span {
        let asked = clock::now();
        connection.exchange(request).await?;
        times.push(asked.elapsed());
    }
    let used = usage(connection).await?.saturating_sub(used);
    times.sort_unstable();
    let count = u32::try_from(times.len()).unwrap_or(u32::MAX).max(1);
    Ok(Measured { half: times.get(times.len() / 2).copied().unwrap_or_default(), cpu: used / count })
}

/// The server's processor time so far.
async fn usage(connection: &mut Connection) -> anyhow::Result<Duration> {
    let said = connection.exchange(&request(USAGE, "")).await?;
    Ok(Duration::from_nanos(std::str::from_utf8(said)?.parse()?))
}

fn request(address: &str, cookie: &str) -> Vec<u8> {
    format!("GET {address} HTTP/1.1\r\nhost: localhost\r\ncookie: {cookie}\r\n\r\n").into_bytes()
}

fn ratio(a: Duration, b: Duration) -> f64 {
    a.as_secs_f64() / b.as_secs_f64().max(f64::MIN_POSITIVE)
}

/// The Shell over the run's database, with a person who is signed in.
pub async fn server(folder: &Path) -> anyhow::Result<()> {
    let fixture = Fixture::read(folder)?;
    let domain = keepwell::domain(folder).await?;
    let settings = ShellSettings::at("http://localhost");
    let shell = Shell::new(domain.clone(), settings, keepwell_platform::packaged_thing);
    let router = keepwell_web::router(shell).route(BARE, get(bare));
    let pages = asked(&domain, &fixture, &router).await?;
    std::fs::write(folder.join("pages.json"), serde_json::to_string(&pages)?).context("writing the pages")?;
    serve(router).await
}

async fn bare(Query(Size { bytes }): Query<Size>) -> Bytes {
    Bytes::from(vec![b'x'; bytes.min(1 << 20)])
}

async fn asked(domain: &Domain, fixture: &Fixture, router: &Router) -> anyhow::Result<Pages> {
    let person = PersonId(fixture.person);
    let record = RecordId(fixture.records.first().context("a record")?.1);
    let cookie =
        format!("__Host-keepwell={}", shell::begin(domain, person, "bench", shell::Proof::Password).await?);
    let newest = [Group { max_full: Some(1), ..Group::default() }];
    let (found, _) = things::get(domain, &Caller::person(person), record, &newest).await?;
    let thing = found.first().and_then(|group| group.full.first()).context("a thing")?.key.id;
    let link = format!("/redirect.aspx?target=APPAUTH&targetqs=appid%3D{}", fixture.app);
    let link = Request::get(link).header(header::COOKIE, &cookie).body(Body::empty())?;
    let answer = router.clone().oneshot(link).await?;
    let consent = answer.headers().get(header::LOCATION).context("no consent page")?.to_str()?.to_owned();
    let at = |rest: &str| format!("/records/{record}{rest}");
    let pages = [
        ("home", "/".to_owned()),
        ("overview", at("")),
        ("timeline", at("/timeline")),
        ("a kind", at(&format!("/items/of/{}", thing_types::WEIGHT))),
        ("an item", at(&format!("/items/{thing}"))),
        ("consent", consent),
        ("who looked", at("/activity")),
    ];
    Ok(Pages { cookie, pages: pages.map(|(name, address)| (name.to_owned(), address)).to_vec() })
}
