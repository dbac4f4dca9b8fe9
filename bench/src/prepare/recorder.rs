//! The way from the client library to a platform in this process, which keeps what goes over it: what is
//! measured is what a client sends.

use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use keepwell_client::Error;
use keepwell_client::transport::Transport;
use keepwell_platform::Platform;
use keepwell_testkit::Reply;

/// Keeps requests with their answers.
pub struct Recorder {
    platform: Platform,
    sent: Mutex<Vec<Sent>>,
}

/// A request and its answer.
pub struct Sent {
    pub request: String,
    pub answer: String,
}

impl Recorder {
    /// One that stands before the platform.
    pub fn before(platform: Platform) -> Self {
        Self { platform, sent: Mutex::default() }
    }

    /// What was sent since it was asked last.
    pub fn take(&self) -> Vec<Sent> {
        std::mem::take(&mut self.sent.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Sent {
    /// The secret in the answer to a request for a session, Base64.
    pub fn shared_secret(&self) -> Option<String> {
        Reply::of(self.answer.clone()).value("shared-secret")
    }
}

#[async_trait]
impl Transport for Recorder {
    async fn post(&self, _url: &str, request: String) -> Result<String, Error> {
        let answer = Reply::of(self.platform.answer(None, None, request.as_bytes()).await).text;
        let sent = Sent { request, answer: answer.clone() };
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).push(sent);
        Ok(answer)
    }
}
