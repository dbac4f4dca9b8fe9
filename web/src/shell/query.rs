//! What an address says after the question mark.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use http::request::Parts;
use serde::de::DeserializeOwned;

/// The parameters of a page. An address in which they cannot be read, such as one that says something twice,
/// asks for the page as it is without any.
pub struct Query<T>(pub T);

impl<S: Sync, T: DeserializeOwned + Default> FromRequestParts<S> for Query<T> {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let read = axum::extract::Query::try_from_uri(&parts.uri);
        Ok(Self(read.map(|axum::extract::Query(read)| read).unwrap_or_default()))
    }
}
