//! How a request gets to the server. A program may bring its own way, and a test its own server.

mod body;
mod over_http;

use async_trait::async_trait;

use crate::Error;
use crate::blobs::BlobError;

pub use body::{Body, Feeder};
pub use bytes::Bytes;
pub use http;
pub use over_http::Http;

/// A way to post a text to an address and to get the text of the answer, and to carry the bytes of
/// attachments.
#[async_trait]
pub trait Transport: Send + Sync {
    /// Posts the body. An answer that is not HTTP 200 is an error: the platform answers 200 even when it
    /// says no.
    async fn post(&self, url: &str, body: String) -> Result<String, Error>;

    /// Makes a request for the bytes of an attachment, either way, and gives back the answer, whatever its
    /// status. The bytes flow while the request and the answer are under way; neither fits into memory. A
    /// transport without it carries no attachments.
    async fn exchange(&self, request: http::Request<Body>) -> Result<http::Response<Body>, Error> {
        let _ = request;
        Err(BlobError::NotCarried.into())
    }
}
