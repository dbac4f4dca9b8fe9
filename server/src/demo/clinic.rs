//! The sample clinic: an application with a patient who holds a code, and the file with which commands act as
//! it.

use std::fs;
use std::path::PathBuf;

use anyhow::Context as _;
use keepwell_core::Domain;
use keepwell_core::applications::Application;
use keepwell_core::connections::{self, ConnectionError, NewRequest};
use serde::{Deserialize, Serialize};

use super::registration::{self, ClientFile};
use crate::config::Config;

const FILE: &str = include_str!("sample-clinic.toml");
/// The clinic's own id of the sample person.
const PATIENT: &str = "1017";

/// What the sample person got from the clinic. A real clinic keeps neither.
#[derive(Debug, Serialize, Deserialize)]
pub struct Slip {
    /// The code of the letter.
    pub code: String,
    /// The question.
    pub question: String,
    /// The words of the slip.
    pub answer: String,
    /// The file for commands.
    #[serde(skip)]
    pub client: PathBuf,
}

/// The clinic as it is registered.
pub fn application(domain: &Domain) -> anyhow::Result<Application> {
    Application::from_file(FILE, &domain.env).context("the sample clinic's file")
}

/// Registers the clinic, asks the sample person unless a former start did, and says what they hold.
pub async fn register(config: &Config, domain: &Domain, name: &str) -> anyhow::Result<Slip> {
    let app = application(domain)?;
    let folder = config.data.join("sample-clinic");
    registration::register(domain, &app, &folder).await?;
    let client = ClientFile { app: &app, phone: Some("555 0100") }.write(config, &folder)?;
    let kept = folder.join("slip.toml");
    let new = NewRequest {
        friendly_name: name.to_owned(),
        question: "Which bird sat in our waiting room?".to_owned(),
        answer: "green parakeet".to_owned(),
        external_id: PATIENT.to_owned(),
    };
    let slip = match connections::request(domain, &app, &new).await {
        Ok(code) => Slip { code, question: new.question, answer: new.answer, client: client.clone() },
        Err(ConnectionError::Taken) => {
            let text =
                fs::read_to_string(&kept).with_context(|| format!("cannot read {}", kept.display()))?;
            toml::from_str(&text).context("the sample slip")?
        }
        Err(error) => return Err(error.into()),
    };
    fs::write(&kept, toml::to_string(&slip)?).with_context(|| format!("cannot write {}", kept.display()))?;
    Ok(Slip { client, ..slip })
}
