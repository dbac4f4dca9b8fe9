//! Connections: accepted, bounded in time, ended cleanly.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt as _;

use crate::proxies::client;

/// Connections at a time; a further one waits to be accepted.
const CONNECTIONS: usize = 10_000;
/// How long a client may take for its request's head, or for the handshake of TLS.
const HEAD: Duration = Duration::from_secs(30);
/// How long requests under way have when the server stops.
const LAST_WORDS: Duration = Duration::from_secs(10);

/// Listens at an address.
pub async fn bind(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| {
        format!("cannot listen at {address}; is another server running there? --address takes another")
    })
}

/// Answers connections until `stop` is done, then lets requests under way finish.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    tls: Option<TlsAcceptor>,
    trusted: Vec<IpAddr>,
    stop: impl Future<Output = ()>,
) {
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let server = server();
    let trusted: Arc<[IpAddr]> = trusted.into();
    tokio::pin!(stop);
    loop {
        let Ok(place) = Arc::clone(&room).acquire_owned().await else { break };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let Ok((stream, peer)) = accepted else {
            // Out of file descriptors, most likely: let some connection end first.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let _ = stream.set_nodelay(true);
        let (server, watcher) = (server.clone(), graceful.watcher());
        let (router, tls, trusted) = (router.clone(), tls.clone(), Arc::clone(&trusted));
        tokio::spawn(async move {
            let _place = place;
            if let Some(stream) = secure(stream, tls).await {
                let service = hyper::service::service_fn(move |mut request: Request<Incoming>| {
                    let client = client(peer, request.headers(), &trusted);
                    request.extensions_mut().insert(client);
                    router.clone().oneshot(request.map(axum::body::Body::new))
                });
                let connection = server.serve_connection(TokioIo::new(stream), service).into_owned();
                if let Err(error) = watcher.watch(connection).await {
                    tracing::debug!(%error, "a connection ended early");
                }
            }
        });
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(LAST_WORDS) => tracing::warn!("some requests did not finish in time"),
    }
}

fn server() -> auto::Builder<TokioExecutor> {
    let mut server = auto::Builder::new(TokioExecutor::new());
    server.http1().timer(TokioTimer::new()).header_read_timeout(HEAD).keep_alive(true);
    server.http2().timer(TokioTimer::new()).max_concurrent_streams(100);
    server
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

async fn secure(stream: TcpStream, tls: Option<TlsAcceptor>) -> Option<Box<dyn Stream>> {
    match tls {
        None => Some(Box::new(stream)),
        Some(acceptor) => match tokio::time::timeout(HEAD, acceptor.accept(stream)).await {
            Ok(Ok(stream)) => Some(Box::new(stream)),
            Ok(Err(error)) => {
                tracing::debug!(%error, "no TLS");
                None
            }
            Err(_) => None,
        },
    }
}
