//! Style, script and mark. Each is served at an address with a hash of its content, so that browsers may
//! keep it for ever and a new version is a new address.

use std::sync::LazyLock;

use aws_lc_rs::digest;
use axum::Router;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

struct Asset {
    path: String,
    kind: &'static str,
    body: &'static str,
}

impl Asset {
    fn new(name: &str, extension: &str, kind: &'static str, body: &'static str) -> Self {
        let hash = digest::digest(&digest::SHA256, body.as_bytes());
        let hash: String = hash.as_ref().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        Self { path: format!("/assets/{name}.{hash}.{extension}"), kind, body }
    }
}

static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("keepwell", "css", "text/css; charset=utf-8", include_str!("../assets/keepwell.css"))
});
static CONTINUE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("continue", "js", "text/javascript; charset=utf-8", include_str!("../assets/continue.js"))
});
static PASSKEYS: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("passkeys", "js", "text/javascript; charset=utf-8", include_str!("../assets/passkeys.js"))
});
static MARK: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("mark", "svg", "image/svg+xml", include_str!("../assets/mark.svg")));

/// The address of the style sheet.
pub fn style() -> &'static str {
    &STYLE.path
}

/// The address of the script that sends the token form.
pub fn continue_script() -> &'static str {
    &CONTINUE.path
}

/// The address of the script that lets a device sign with a passkey.
pub fn passkeys_script() -> &'static str {
    &PASSKEYS.path
}

/// The address of our mark, for the browser's tab.
pub fn mark() -> &'static str {
    &MARK.path
}

/// Every asset with its address, for a gallery that runs without a server.
pub fn all() -> Vec<(&'static str, &'static str)> {
    [&STYLE, &CONTINUE, &PASSKEYS, &MARK].map(|asset| (asset.path.as_str(), asset.body)).to_vec()
}

/// Serves the assets.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    [&STYLE, &CONTINUE, &PASSKEYS, &MARK]
        .into_iter()
        .fold(Router::new(), |router, asset| router.route(&asset.path, get(|| async { serve(asset) })))
}

fn serve(asset: &'static Asset) -> Response {
    let headers = [
        (header::CONTENT_TYPE, asset.kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // Opened by itself, the mark is a document too.
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    (StatusCode::OK, headers, asset.body).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::http::Request;
    use tower::ServiceExt;

    async fn fetch(path: &str) -> Response {
        router().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap()
    }

    #[tokio::test]
    async fn the_style_sheet_may_be_kept_for_ever() {
        let response = fetch(style()).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/css; charset=utf-8");
        assert_eq!(response.headers()["cache-control"], "public, max-age=31536000, immutable");
    }

    #[tokio::test]
    async fn an_address_with_another_hash_is_not_served() {
        assert_eq!(fetch("/assets/keepwell.000000000000.css").await.status(), StatusCode::NOT_FOUND);
    }

    #[test]
    fn no_asset_asks_anyone_else_for_anything() {
        for (path, body) in all() {
            let body = body.replace("http://www.w3.org/2000/svg", "");
            assert!(!body.contains("//") && !body.contains("@import") && !body.contains("url("), "{path}");
        }
    }

    #[test]
    fn no_address_contains_what_a_mobile_client_takes_for_the_end() {
        assert!(all().iter().all(|(path, _)| !path.contains("complete")));
    }
}
