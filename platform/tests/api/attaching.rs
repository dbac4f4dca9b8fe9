//! A desk that uploads, attaches and fetches, as clients do (things.md 7).

use axum::body::Body;
use axum::extract::Request;
use keepwell_platform::streaming;
use keepwell_testkit::{Reply, weight_xml};
use tower::ServiceExt as _;

use crate::desk::{As, Desk, WEIGHT};

/// What the streaming address answered.
pub struct Streamed {
    pub status: u16,
    pub received: Option<u64>,
    pub headers: http::HeaderMap,
    pub bytes: Vec<u8>,
}

impl Streamed {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl Desk {
    pub async fn stream(&self, request: http::request::Builder, body: impl Into<Body>) -> Streamed {
        let request: Request = request.body(body.into()).unwrap();
        let router = streaming::router(self.world.domain.clone());
        let response = router.oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let received = parts.headers.get("x-keepwell-received").map(|v| v.to_str().unwrap().parse().unwrap());
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Streamed { status: parts.status.as_u16(), received, headers: parts.headers, bytes }
    }

    /// A chunk, as `range` says (`0-9/*`), the last one or not.
    pub async fn post(&self, url: &str, range: &str, last: bool, body: impl Into<Body>) -> Streamed {
        let mut request = http::Request::post(path(url));
        if !range.is_empty() {
            request = request.header("Content-Range", format!("bytes {range}"));
        }
        if last {
            request = request.header("x-hv-blob-complete", "1");
        }
        self.stream(request, body).await
    }

    pub async fn fetch(&self, url: &str) -> Streamed {
        self.stream(http::Request::get(path(url)), Body::empty()).await
    }

    pub async fn fetch_with(&self, url: &str, header: &str, value: &str) -> Streamed {
        self.stream(http::Request::get(path(url)).header(header, value), Body::empty()).await
    }

    pub async fn begin(&self) -> String {
        let begun = self.good("BeginPutBlob", 1, "<info/>", As::Online).await;
        begun.value("blob-ref-url").unwrap()
    }

    /// An upload that is whole.
    pub async fn uploaded(&self, bytes: &[u8]) -> String {
        let url = self.begin().await;
        let range = format!("0-{}/*", bytes.len() - 1);
        assert_eq!(self.post(&url, &range, true, bytes.to_vec()).await.status, 200);
        url
    }

    pub async fn put_blobs(&self, blobs: &str) -> Reply {
        self.call("PutThings", 2, &thing("", blobs), As::Online).await
    }

    /// A thing with these attachments; its key.
    pub async fn keep(&self, blobs: &str) -> String {
        key(&self.good("PutThings", 2, &thing("", blobs), As::Online).await)
    }

    /// Another version of the thing; its key.
    pub async fn change(&self, key: &str, blobs: &str) -> Reply {
        self.call("PutThings", 2, &thing(key, blobs), As::Online).await
    }

    pub async fn read(&self, format: &str) -> Reply {
        self.good("GetThings", 3, &ask(format), As::Online).await
    }

    /// The address of the first attachment.
    pub async fn address(&self) -> String {
        self.read("").await.value("blob-ref-url").unwrap()
    }
}

pub fn path(url: &str) -> &str {
    url.strip_prefix("http://localhost:8470").unwrap()
}

pub fn thing(key: &str, blobs: &str) -> String {
    let data =
        if key.is_empty() { format!("<data-xml>{}</data-xml>", weight_xml(70.0, 1)) } else { String::new() };
    format!(
        "<info><thing>{key}<type-id>{WEIGHT}</type-id>{data}<blob-payload>{blobs}</blob-payload></thing></info>"
    )
}

pub fn key(reply: &Reply) -> String {
    let from = reply.text.find("<thing-id").unwrap();
    let to = reply.text.find("</thing-id>").unwrap() + "</thing-id>".len();
    reply.text[from..to].to_owned()
}

pub fn ask(format: &str) -> String {
    let request = match format {
        "" => String::new(),
        format => format!(
            "<blob-payload-request><blob-format><blob-format-spec>{format}</blob-format-spec></blob-format>\
             </blob-payload-request>"
        ),
    };
    format!(
        "<info><group><filter><type-id>{WEIGHT}</type-id></filter><format><section>core</section>\
         <section>blobpayload</section><xml/>{request}</format></group></info>"
    )
}

/// A blob with this inside, after its info.
pub fn blob(name: &str, rest: &str) -> String {
    format!(
        "<blob><blob-info><name>{name}</name><content-type>text/plain</content-type></blob-info>{rest}</blob>"
    )
}

pub fn at(url: &str) -> String {
    format!("<blob-ref-url>{}</blob-ref-url>", url.replace('&', "&amp;"))
}

pub fn with_hash(hash: &str, rest: &str) -> String {
    format!(
        "<blob><blob-info><name/><content-type>text/plain</content-type><hash-info>{hash}</hash-info></blob-info>\
         {rest}</blob>"
    )
}

/// Bytes that are not all alike.
pub fn noise(length: usize) -> Vec<u8> {
    (0..length).map(|n| u8::try_from((n * 7 + n / 251) % 256).unwrap()).collect()
}
