//! The test server over a real socket: just as much of HTTP/1.1 as a client of ours speaks, and broken
//! connections that are.

use std::sync::Arc;

use http::{Request, Response};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

use crate::test_server::TestServer;
use crate::transport::{Body, Bytes, Feeder};

/// Serves until the test ends. Returns the address, without a slash.
pub(super) async fn serve(server: Arc<TestServer>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(connection(Arc::clone(&server), stream));
        }
    });
    address
}

/// One request. Where the server breaks the connection, the socket is closed in the middle of it.
async fn connection(server: Arc<TestServer>, stream: TcpStream) {
    let (mut incoming, mut outgoing) = stream.into_split();
    let Some((request, rest)) = head(&mut incoming).await else { return };
    let length = request.headers().get("content-length").map_or("0", |length| length.to_str().unwrap());
    let (feeder, body) = Body::fed(length.parse().unwrap());
    let reading = tokio::spawn(read(incoming, rest, length.parse().unwrap(), feeder));
    let request = request.map(|()| body);
    let answer = match request.uri().path() {
        "/platform/wildcat.ashx" => Ok(platform(&server, request.into_body()).await),
        _ => server.blobs.exchange(request).await,
    };
    reading.abort();
    let _ = reading.await;
    if let Ok(answer) = answer {
        write(&mut outgoing, answer).await;
    }
}

async fn head(incoming: &mut OwnedReadHalf) -> Option<(Request<()>, Vec<u8>)> {
    let mut read = Vec::new();
    let end = loop {
        if let Some(at) = read.windows(4).position(|four| four == b"\r\n\r\n") {
            break at;
        }
        if incoming.read_buf(&mut read).await.ok()? == 0 {
            return None;
        }
    };
    let rest = read.split_off(end + 4);
    let text = String::from_utf8(read).unwrap();
    let mut lines = text.lines();
    let mut words = lines.next().unwrap().split(' ');
    let mut request = Request::builder().method(words.next().unwrap()).uri(words.next().unwrap());
    for line in lines.filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once(": ").unwrap();
        request = request.header(name, value);
    }
    Some((request.body(()).unwrap(), rest))
}

async fn read(mut incoming: OwnedReadHalf, mut bytes: Vec<u8>, mut left: usize, feeder: Feeder) {
    while left > 0 {
        if bytes.is_empty() && incoming.read_buf(&mut bytes).await.unwrap_or_default() == 0 {
            return;
        }
        left -= bytes.len();
        if !feeder.feed(Ok(Bytes::from(std::mem::take(&mut bytes)))).await {
            return;
        }
    }
}

async fn platform(server: &TestServer, mut body: Body) -> Response<Body> {
    let mut text = Vec::new();
    while let Some(piece) = body.next().await.unwrap() {
        text.extend_from_slice(&piece);
    }
    let answer = server.answer(std::str::from_utf8(&text).unwrap());
    let (feeder, body) = Body::fed(answer.len() as u64);
    feeder.feed(Ok(Bytes::from(answer))).await;
    Response::new(body)
}

async fn write(outgoing: &mut OwnedWriteHalf, answer: Response<Body>) {
    let (head, mut body) = answer.into_parts();
    let mut text = format!("HTTP/1.1 {}\r\nconnection: close\r\n", head.status);
    text += &format!("content-length: {}\r\n", body.length().unwrap());
    for (name, value) in &head.headers {
        text += &format!("{name}: {}\r\n", value.to_str().unwrap());
    }
    outgoing.write_all(format!("{text}\r\n").as_bytes()).await.unwrap();
    while let Ok(Some(piece)) = body.next().await {
        if outgoing.write_all(&piece).await.is_err() {
            return;
        }
    }
}
