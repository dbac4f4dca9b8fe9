//! Over HTTP.

use std::time::Duration;

use async_trait::async_trait;
use tokio::time::timeout;

use super::{Body, Transport};
use crate::Error;

/// The longest answer that is read.
const LONGEST_ANSWER: usize = 64 << 20;

/// How long a server may take for the first word of an answer.
const ANSWER: Duration = Duration::from_secs(60);

/// Bytes a second: an attachment that is slower than this is given up.
const SLOWEST: u64 = 16 << 10;

/// Longer than any exchange of an attachment: those are watched piece by piece.
const NO_LIMIT: Duration = Duration::from_secs(24 * 60 * 60);

/// HTTP, with TLS where the address says so. Answers may come compressed.
#[derive(Clone, Debug)]
pub struct Http(reqwest::Client);

impl Http {
    /// With a client of ours: no redirects, since a redirected POST loses its body, and a time limit.
    pub fn new() -> Result<Self, Error> {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(10))
            .timeout(Duration::from_secs(60))
            .build();
        client.map(Http).map_err(failed)
    }

    /// With a client of the program's own making, for instance one that trusts a private authority.
    pub fn with_client(client: reqwest::Client) -> Self {
        Http(client)
    }
}

#[async_trait]
impl Transport for Http {
    async fn post(&self, url: &str, body: String) -> Result<String, Error> {
        let request = self.0.post(url).header("content-type", "text/xml; charset=utf-8").body(body);
        let mut response = request.send().await.map_err(failed)?;
        if response.status() != reqwest::StatusCode::OK {
            return Err(Error::transport(format!("HTTP status {}", response.status())));
        }
        let mut answer = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            if answer.len() + chunk.len() > LONGEST_ANSWER {
                return Err(Error::transport("the answer is too long"));
            }
            answer.extend_from_slice(&chunk);
        }
        String::from_utf8(answer).map_err(|_| Error::Malformed("the answer is not UTF-8".to_owned()))
    }

    async fn exchange(&self, request: http::Request<Body>) -> Result<http::Response<Body>, Error> {
        let (head, body) = request.into_parts();
        let patience = ANSWER + Duration::from_secs(body.length().unwrap_or_default() / SLOWEST);
        let request = self.0.request(head.method, head.uri.to_string()).headers(head.headers);
        let sent = request.timeout(NO_LIMIT).body(reqwest::Body::wrap(body)).send();
        let Ok(answer) = timeout(patience, sent).await else {
            return Err(Error::transport("the server does not answer"));
        };
        let answer = answer.map_err(failed)?;
        let mut response = http::Response::new(Body::empty());
        *response.status_mut() = answer.status();
        response.headers_mut().clone_from(answer.headers());
        *response.body_mut() = Body::of_answer(answer);
        Ok(response)
    }
}

/// The address stays out of the message: it is known, and the causes follow in the source.
pub(super) fn failed(error: reqwest::Error) -> Error {
    Error::transport(error.without_url())
}
