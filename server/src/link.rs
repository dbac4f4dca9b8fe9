//! With which application, for whom and into which record a command at the client's side works.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;
use keepwell_client::{Client, Config, PeopleQuery, RecordCaller, Thumbprint};
use serde::Deserialize;
use uuid::Uuid;

/// Which application a command is.
#[derive(Clone, Debug, Args)]
pub struct ClientOptions {
    /// The file that says where the server is and which application this is (TOML): platform, app-id,
    /// key, certificate; for letters also shell, name and phone.
    #[arg(long, env = "KEEPWELL_CLIENT", value_name = "FILE")]
    pub client: PathBuf,
}

/// Whom a command is for.
#[derive(Clone, Debug, Args)]
pub struct LinkOptions {
    #[command(flatten)]
    pub client: ClientOptions,
    /// For whom, by the id that the application knows [default: the only person who allowed it].
    #[arg(long, value_name = "ID")]
    pub person: Option<Uuid>,
    /// Which record, by the id that the application knows [default: the one that the person chose].
    #[arg(long, value_name = "ID")]
    pub record: Option<Uuid>,
}

/// What the file says.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ClientFile {
    /// The whole address of the XML API.
    platform: String,
    app_id: Uuid,
    /// The application's private key (PEM); a relative path begins at this file.
    key: PathBuf,
    /// Its certificate (PEM or DER).
    certificate: PathBuf,
    /// The Shell, as people reach it; letters say it.
    pub shell: Option<String>,
    /// Who writes letters.
    pub name: Option<String>,
    /// Where people ask.
    pub phone: Option<String>,
}

impl ClientFile {
    /// Reads it.
    pub fn read(options: &ClientOptions) -> anyhow::Result<Self> {
        let path = &options.client;
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let mut file: Self = toml::from_str(&text)
            .with_context(|| format!("{} does not describe a client", path.display()))?;
        let folder = path.parent().unwrap_or(Path::new(""));
        file.key = folder.join(&file.key);
        file.certificate = folder.join(&file.certificate);
        Ok(file)
    }

    /// The application.
    pub fn client(&self) -> anyhow::Result<Client> {
        let read = |path: &Path| fs::read(path).with_context(|| format!("cannot read {}", path.display()));
        Ok(Client::new(Config {
            platform_url: self.platform.clone(),
            app_id: self.app_id,
            key_pem: String::from_utf8(read(&self.key)?).context("the key is not PEM")?,
            thumbprint: Thumbprint::of_certificate(&read(&self.certificate)?)?,
        })?)
    }
}

/// An application with a person and a record.
pub struct Link {
    client: Client,
    person: Uuid,
    record: Uuid,
}

impl Link {
    /// Reads the file, asks the server who allowed the application, and decides.
    pub async fn open(options: &LinkOptions) -> anyhow::Result<Self> {
        let client = ClientFile::read(&options.client)?.client()?;
        let (person, record) = whom(&client, options).await?;
        Ok(Self { client, person, record })
    }

    /// The record, while the person is away.
    pub fn record(&self) -> RecordCaller<'_> {
        self.client.offline(self.person).record(self.record)
    }
}

/// The person and the record that are meant; where it is not said, there must be one only.
async fn whom(client: &Client, options: &LinkOptions) -> anyhow::Result<(Uuid, Uuid)> {
    if let (Some(person), Some(record)) = (options.person, options.record) {
        return Ok((person, record));
    }
    let mut people = client.people(PeopleQuery::default());
    let mut found = Vec::new();
    while let Some(person) = people.next().await? {
        if options.person.is_none_or(|id| id == person.id) {
            found.push(person);
        }
        if found.len() > 1 {
            bail!(
                "several people allowed this application; name one with --person ID and a record with --record ID"
            );
        }
    }
    let person = found.first().context("nobody allowed this application, or not the person that is named")?;
    let record = options.record.or_else(|| person.record().map(|record| record.id));
    let record = record.with_context(|| {
        format!("{} shares several records with this application; name one with --record ID", person.name)
    })?;
    Ok((person.id, record))
}
