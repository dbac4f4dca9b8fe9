//! The load generator: connections that are kept, each sending its next request when the last one has
//! been answered, or at a steady rate. It is one thread and does as little as it can, for it shares the machine.

pub mod connection;
mod pace;

use std::cell::{Cell, RefCell};
use std::path::PathBuf;
use std::rc::Rc;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use clap::Args;
use serde::{Deserialize, Serialize};
use tokio::task::LocalSet;
use tokio::time::{sleep, timeout};

use self::connection::Connection;
use self::pace::Pace;
use crate::clock;
use crate::fixture::{Fixture, Kind};
use crate::serve::{PATH, USAGE};

/// Before this, caches fill and connections open.
pub const WARM_UP: Duration = Duration::from_secs(1);
/// How much longer than planned it may take.
pub const GRACE: Duration = Duration::from_secs(30);
/// How every answer to a good request begins.
const GOOD: &[u8] = b"<response><status><code>0</code>";

/// What is asked of a server.
#[derive(Clone, Copy, Debug)]
pub struct Traffic {
    pub kind: Kind,
    pub connections: u16,
    /// Requests a second, all connections together; none where each is sent as soon as the last one is answered.
    pub rate: Option<u32>,
}

impl Traffic {
    /// As much as these connections can get.
    pub fn of(kind: Kind, connections: u16) -> Self {
        Self { kind, connections, rate: None }
    }

    /// So much a second.
    pub fn at(self, rate: u32) -> Self {
        Self { rate: Some(rate), ..self }
    }
}

/// What to send, where, and for how long.
#[derive(Args)]
pub struct Order {
    pub folder: PathBuf,
    pub port: u16,
    #[arg(value_enum)]
    pub kind: Kind,
    pub connections: u16,
    pub seconds: u16,
    /// Requests a second.
    #[arg(long)]
    pub rate: Option<u32>,
}

/// What came of it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Measured {
    pub requests: usize,
    pub requests_per_second: f64,
    /// Microseconds.
    pub p50: u32,
    pub p99: u32,
    /// Processor time of the server for a request, microseconds.
    pub server_cpu: f64,
    /// The same of this generator.
    pub generator_cpu: f64,
}

/// What the connections share.
#[derive(Default)]
struct Progress {
    measuring: Cell<bool>,
    stop: Cell<bool>,
    micros: RefCell<Vec<u32>>,
}

/// Carries out the order and prints what came of it.
pub async fn run(order: &Order) -> anyhow::Result<()> {
    let limit = WARM_UP + Duration::from_secs(order.seconds.into()) + GRACE;
    let measured =
        timeout(limit, LocalSet::new().run_until(measure(order))).await.context("no end of it")??;
    println!("{}", serde_json::to_string(&measured)?);
    Ok(())
}

async fn measure(order: &Order) -> anyhow::Result<Measured> {
    let fixture = Fixture::read(&order.folder)?;
    let exchange = fixture.of(order.kind)?;
    let progress = Rc::new(Progress::default());
    let mut tasks = Vec::new();
    let begin = clock::now();
    for number in 0..order.connections {
        let body = &exchange.requests[usize::from(number) % exchange.requests.len()];
        let request = format!(
            "POST {PATH}?{} HTTP/1.1\r\nhost: localhost\r\ncontent-type: text/xml\r\ncontent-length: {}\r\n\r\n{body}",
            order.kind.name(),
            body.len()
        );
        let connection = Connection::open(order.port).await?;
        let pace = order.rate.map(|rate| Pace::new(begin, number, order.connections, rate));
        tasks.push(tokio::task::spawn_local(ask_on(connection, request, pace, Rc::clone(&progress))));
    }
    let mut usage = Connection::open(order.port).await?;
    sleep(WARM_UP).await;
    // The window is between the two accounts of the server, however long those themselves take.
    let server = server_cpu(&mut usage).await?;
    let (begin, own) = (clock::now(), clock::process_cpu());
    progress.measuring.set(true);
    sleep(Duration::from_secs(order.seconds.into())).await;
    let server = server_cpu(&mut usage).await? - server;
    progress.measuring.set(false);
    let (elapsed, own) = (begin.elapsed(), clock::process_cpu() - own);
    progress.stop.set(true);
    for task in tasks {
        task.await??;
    }
    let mut micros = progress.micros.take();
    micros.sort_unstable();
    ensure!(!micros.is_empty(), "nothing was answered");
    let count = micros.len() as f64;
    let each = |time: Duration| time.as_secs_f64() * 1e6 / count;
    Ok(Measured {
        requests: micros.len(),
        requests_per_second: count / elapsed.as_secs_f64(),
        p50: micros[micros.len() / 2],
        p99: micros[micros.len() * 99 / 100],
        server_cpu: each(server),
        generator_cpu: each(own),
    })
}

async fn ask_on(
    mut connection: Connection,
    request: String,
    mut pace: Option<Pace>,
    progress: Rc<Progress>,
) -> anyhow::Result<()> {
    while !progress.stop.get() {
        let begin = match &mut pace {
            Some(pace) => pace.wait().await,
            None => clock::now(),
        };
        let answer = connection.exchange(request.as_bytes()).await?;
        if !answer.starts_with(GOOD) {
            anyhow::bail!("a request failed: {}", String::from_utf8_lossy(answer));
        }
        if progress.measuring.get() {
            let micros = u32::try_from(begin.elapsed().as_micros()).unwrap_or(u32::MAX);
            progress.micros.borrow_mut().push(micros);
        }
    }
    Ok(())
}

async fn server_cpu(connection: &mut Connection) -> anyhow::Result<Duration> {
    let request = format!("GET {USAGE} HTTP/1.1\r\nhost: localhost\r\n\r\n");
    let answer = connection.exchange(request.as_bytes()).await?;
    Ok(Duration::from_nanos(std::str::from_utf8(answer)?.parse().context("the server's account")?))
}
