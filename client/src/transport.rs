//! How a request gets to the server. A program may bring its own way, and a test its own server.

use std::time::Duration;

use async_trait::async_trait;

use crate::Error;

/// The longest answer that is read.
const LONGEST_ANSWER: usize = 64 << 20;

/// A way to post a text to an address and to get the text of the answer.
#[async_trait]
pub trait Transport: Send + Sync {
    /// Posts the body. An answer that is not HTTP 200 is an error: the platform answers 200 even when it
    /// says no.
    async fn post(&self, url: &str, body: String) -> Result<String, Error>;
}

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
}

/// The address stays out of the message: it is known, and the causes follow in the source.
fn failed(error: reqwest::Error) -> Error {
    Error::transport(error.without_url())
}
