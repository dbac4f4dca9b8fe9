//! Where a website is.

use axum::http::Uri;

/// An address, taken apart.
pub(super) struct Address {
    /// Scheme, host and port.
    pub(super) origin: String,
    /// The path, without a slash at its end.
    base: String,
}

impl Address {
    pub(super) fn parse(url: &str) -> Option<Self> {
        let uri: Uri = url.trim().parse().ok()?;
        let scheme = uri.scheme_str().filter(|scheme| ["http", "https"].contains(scheme))?;
        let origin = format!("{scheme}://{}", uri.authority()?);
        Some(Address { origin, base: uri.path().trim_end_matches('/').to_owned() })
    }

    /// The path of a page.
    pub(super) fn path(&self, page: &str) -> String {
        format!("{}{page}", self.base)
    }

    pub(super) fn is_secure(&self) -> bool {
        self.origin.starts_with("https:")
    }
}
