//! What is measured with: requests signed beforehand, and what a floor needs to know to answer them.

use std::path::Path;

use anyhow::Context as _;
use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A kind of request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The ten newest weights of a record.
    GetThings,
    /// One new weight.
    PutThings,
    /// CreateAuthenticatedSessionToken with an RSA signature.
    CreateSession,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::GetThings, Self::PutThings, Self::CreateSession];

    /// The name on the command line, in addresses and in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::GetThings => "get-things",
            Self::PutThings => "put-things",
            Self::CreateSession => "create-session",
        }
    }
}

/// Requests of a kind, with an answer of the size that they get.
#[derive(Serialize, Deserialize)]
pub struct Exchange {
    pub kind: Kind,
    /// The same request for several records; each may be sent again and again.
    pub requests: Vec<String>,
    pub answer: String,
}

/// All that the processes of a run share.
#[derive(Serialize, Deserialize)]
pub struct Fixture {
    pub exchanges: Vec<Exchange>,
    /// The secret of the session that the requests are signed with, Base64.
    pub session_secret: String,
    /// The application's certificate, Base64 of its DER.
    pub certificate: String,
    /// What the application knows each record by, and its id.
    pub records: Vec<(Uuid, Uuid)>,
    pub person: Uuid,
    pub app: Uuid,
}

impl Fixture {
    /// The exchange of this kind.
    pub fn of(&self, kind: Kind) -> anyhow::Result<&Exchange> {
        self.exchanges.iter().find(|e| e.kind == kind).context("the fixture lacks a kind of request")
    }

    /// Reads what [`Fixture::write`] wrote.
    pub fn read(folder: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(folder.join("fixture.json")).context("reading the fixture")?;
        Ok(serde_json::from_str(&text)?)
    }

    /// Writes it into the run's folder.
    pub fn write(&self, folder: &Path) -> anyhow::Result<()> {
        std::fs::write(folder.join("fixture.json"), serde_json::to_string(self)?)
            .context("writing the fixture")
    }
}
