//! The three servers.

mod bare;
pub mod floor;
pub mod keepwell;

use std::path::Path;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use bytes::Bytes;
use clap::ValueEnum;
use serde::{Deserialize, Serialize};

use crate::fixture::Fixture;
use crate::serve::serve;
use crate::{blobs, pages};

/// A server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Which {
    /// Takes a body and gives one back.
    Bare,
    /// Parses, verifies, and reads or inserts the same rows with the driver directly.
    Floor,
    /// Keepwell's XML API.
    Keepwell,
    /// Keepwell's streaming address, beside a bare one.
    Blobs,
    /// Keepwell's pages, beside a bare one.
    Pages,
}

impl Which {
    /// All of them, in the order in which they are measured.
    pub const ALL: [Self; 3] = [Self::Bare, Self::Floor, Self::Keepwell];

    /// The name on the command line and in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bare => "bare",
            Self::Floor => "floor",
            Self::Keepwell => "keepwell",
            Self::Blobs => "blobs",
            Self::Pages => "pages",
        }
    }
}

/// Serves until the run is over.
pub async fn run(which: Which, folder: &Path) -> anyhow::Result<()> {
    let router = match which {
        Which::Blobs => return blobs::serve(folder).await,
        Which::Pages => return pages::server(folder).await,
        Which::Bare => bare::router(Fixture::read(folder)?),
        Which::Floor => floor::router(Fixture::read(folder)?, folder).await?,
        Which::Keepwell => keepwell::router(folder).await?,
    };
    serve(router).await
}

fn xml(body: Bytes) -> Response {
    let mut response = Response::new(body.into());
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/xml; charset=utf-8"));
    response
}

fn failed(why: String) -> Response {
    let mut response = Response::new(why.into());
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    response
}
