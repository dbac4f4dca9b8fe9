//! Reading the recorded requests: HTTP framing is the test's own business.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use keepwell_wire::inflate::inflate;
use keepwell_wire::integrity::decode_base64;
use keepwell_wire::limits::Limits;
use serde::Deserialize;

#[derive(Deserialize)]
struct Index {
    sessions: Vec<Session>,
    #[serde(rename = "soda-applications")]
    soda_applications: Vec<SodaApplication>,
    requests: Vec<Entry>,
}

#[derive(Deserialize)]
struct Session {
    token: String,
    #[serde(rename = "shared-secret-base64")]
    secret: String,
}

#[derive(Deserialize)]
struct SodaApplication {
    #[serde(rename = "child-app-id")]
    app_id: String,
    #[serde(rename = "shared-secret-base64")]
    secret: String,
}

/// What the index says of a request.
#[derive(Deserialize, Clone)]
pub struct Entry {
    /// The file.
    pub file: String,
    /// The method.
    pub method: String,
    /// Its version.
    #[serde(rename = "method-version")]
    pub version: String,
    /// The algorithm of the info hash.
    #[serde(rename = "info-hash")]
    pub info_hash: Option<String>,
    /// The algorithm of the header HMAC.
    pub hmac: Option<String>,
}

/// A recorded request.
pub struct Capture {
    /// Where it comes from, for messages.
    pub name: String,
    /// What the index says.
    pub entry: Entry,
    /// The decoded body.
    pub body: Vec<u8>,
    /// Keys of sessions by token.
    pub sessions: HashMap<String, Vec<u8>>,
    /// Secrets of instances by application id.
    pub secrets: HashMap<String, Vec<u8>>,
}

/// The folder of vectors.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors")
}

/// Every recorded request.
pub fn all() -> Vec<Capture> {
    let mut captures = Vec::new();
    let mut clients: Vec<_> =
        std::fs::read_dir(folder().join("captures")).unwrap().map(|e| e.unwrap().path()).collect();
    clients.sort();
    for client in clients {
        let Ok(index) = std::fs::read_to_string(client.join("index.json")) else { continue };
        let index: Index = serde_json::from_str(&index).unwrap();
        let secret = |text: &str| decode_base64(text).unwrap();
        let sessions: HashMap<_, _> =
            index.sessions.iter().map(|s| (s.token.clone(), secret(&s.secret))).collect();
        let secrets: HashMap<_, _> =
            index.soda_applications.iter().map(|a| (a.app_id.to_lowercase(), secret(&a.secret))).collect();
        for entry in index.requests {
            let bytes = std::fs::read(client.join(&entry.file)).unwrap();
            let client = client.file_name().unwrap().to_string_lossy();
            captures.push(Capture {
                name: format!("{client}/{}", entry.file),
                body: body(&bytes),
                entry,
                sessions: sessions.clone(),
                secrets: secrets.clone(),
            });
        }
    }
    captures
}

fn body(request: &[u8]) -> Vec<u8> {
    let end = request.windows(4).position(|w| w == b"\r\n\r\n").unwrap();
    let head = std::str::from_utf8(&request[..end]).unwrap().to_lowercase();
    let header = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    let mut body = request[end + 4..].to_vec();
    if header("transfer-encoding:") == Some("chunked") {
        body = dechunk(&body);
    }
    inflate(header("content-encoding:"), &body, &Limits::default()).unwrap().into_owned()
}

fn dechunk(mut rest: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    loop {
        let line = rest.windows(2).position(|w| w == b"\r\n").unwrap();
        let size = usize::from_str_radix(std::str::from_utf8(&rest[..line]).unwrap().trim(), 16).unwrap();
        if size == 0 {
            return whole;
        }
        whole.extend_from_slice(&rest[line + 2..line + 2 + size]);
        rest = &rest[line + 4 + size..];
    }
}
