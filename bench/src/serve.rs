//! HTTP on the loopback, set up as Keepwell's server sets it up, the same for all three servers: what
//! differs between them is what is measured.

use std::io::{Read as _, Write as _};
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use hyper::Request;
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use tokio::net::TcpListener;
use tower::ServiceExt as _;

use crate::clock;

/// A server ends after this time, whatever has become of the run.
const LIFETIME: Duration = Duration::from_secs(900);
/// The path of the API.
pub const PATH: &str = "/platform/wildcat.ashx";
/// The path that answers the processor time of the server so far, in nanoseconds.
pub const USAGE: &str = "/usage";

/// Says its port on standard output and answers until standard input is closed.
pub async fn serve(router: Router) -> anyhow::Result<()> {
    let router = router.route(USAGE, get(usage));
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?.port());
    std::io::stdout().flush()?;
    tokio::select! {
        accepted = accept(listener, router) => accepted,
        () = parent_gone() => Ok(()),
        () = tokio::time::sleep(LIFETIME) => Ok(()),
    }
}

async fn usage() -> String {
    clock::process_cpu().as_nanos().to_string()
}

/// The run holds the other end of our standard input for as long as it lives.
async fn parent_gone() {
    let (gone, wait) = tokio::sync::oneshot::channel::<()>();
    // A thread of its own: tokio would wait at the end for a blocking read of its own threads.
    std::thread::spawn(move || {
        let mut byte = [0];
        while std::io::stdin().read(&mut byte).is_ok_and(|read| read > 0) {}
        drop(gone);
    });
    let _ = wait.await;
}

async fn accept(listener: TcpListener, router: Router) -> anyhow::Result<()> {
    let mut server = auto::Builder::new(TokioExecutor::new());
    server.http1().timer(TokioTimer::new()).header_read_timeout(Duration::from_secs(30)).keep_alive(true);
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let (server, router) = (server.clone(), router.clone());
        tokio::spawn(async move {
            let service = hyper::service::service_fn(move |request: Request<Incoming>| {
                router.clone().oneshot(request.map(axum::body::Body::new))
            });
            // A client that goes away in the middle is the end of its cell.
            let _ = server.serve_connection(TokioIo::new(stream), service).await;
        });
    }
}
