//! The one cookie: which visit this is.

use axum::http::{HeaderMap, HeaderValue, header};

use super::address::Address;

const NAME: &str = "larkfield_visit";

/// The visit that the browser names.
pub(super) fn visit_id(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let pairs = cookies.flat_map(|text| text.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.into_iter().find(|(name, _)| *name == NAME).map(|(_, value)| value)
}

/// Names the visit to the browser; an empty id has it forget.
pub(super) fn set(address: &Address, id: &str) -> Option<HeaderValue> {
    let path = address.path("/");
    let secure = if address.is_secure() { "; Secure" } else { "" };
    let end = if id.is_empty() { "; Max-Age=0" } else { "" };
    HeaderValue::try_from(format!("{NAME}={id}; Path={path}; HttpOnly; SameSite=Lax{secure}{end}")).ok()
}
