//! Configuration: the command line over the environment over a file.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, bail};
use clap::Args;
use keepwell_core::connections::Limits;
use keepwell_core::env::{DAY, MINUTE};
use keepwell_core::{erasure, installations};
use keepwell_objects::Objects;
use keepwell_store::{Database, Settings};
use keepwell_web::brand::Brand;
use keepwell_web::locale;
use lettre::message::Mailbox;
use secrecy::SecretString;
use serde::Deserialize;

use crate::attachments::Attachments;
use crate::brand::BrandOptions;
use crate::mail::{SmtpSettings, parse_sender};

/// What can be set. In a file the names are the same, without the dashes in front.
#[derive(Clone, Debug, Default, Args, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Options {
    /// A file with any of these options (TOML).
    #[arg(long, global = true, env = "KEEPWELL_CONFIG", value_name = "FILE")]
    #[serde(skip)]
    pub config: Option<PathBuf>,
    /// Where to listen [default: 127.0.0.1:8470].
    #[arg(long, global = true, env = "KEEPWELL_ADDRESS", value_name = "HOST:PORT")]
    pub address: Option<String>,
    /// The folder for the key file, the embedded database and letters.
    #[arg(long, global = true, env = "KEEPWELL_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// A PostgreSQL database instead of the embedded one, postgres://user@host/name.
    #[arg(long, global = true, env = "KEEPWELL_DATABASE", value_name = "URL")]
    pub database: Option<String>,
    /// Where large attachments lie: a folder, or s3://BUCKET/PREFIX [default: attachments in the data folder].
    #[arg(long, global = true, env = "KEEPWELL_ATTACHMENTS", value_name = "DIR|s3://BUCKET/PREFIX")]
    pub attachments: Option<String>,
    /// The S3 store of the bucket, https://HOST [default: Amazon's].
    #[arg(long, global = true, env = "KEEPWELL_S3_ENDPOINT", value_name = "URL")]
    pub s3_endpoint: Option<String>,
    /// The region of the bucket [default: us-east-1].
    #[arg(long, global = true, env = "KEEPWELL_S3_REGION", value_name = "REGION")]
    pub s3_region: Option<String>,
    /// The access key for the bucket.
    #[arg(long, global = true, env = "KEEPWELL_S3_ACCESS_KEY", value_name = "KEY")]
    pub s3_access_key: Option<String>,
    /// A file with the secret of the access key; or KEEPWELL_S3_SECRET in the environment.
    #[arg(long, global = true, env = "KEEPWELL_S3_SECRET_FILE", value_name = "FILE")]
    pub s3_secret_file: Option<PathBuf>,
    /// Let attachments travel in clear to an S3 store on another machine (http://).
    #[arg(long, global = true, env = "KEEPWELL_S3_PLAIN_ANYWHERE")]
    pub s3_plain_anywhere: bool,
    /// How browsers reach the Shell [default: http://localhost:PORT].
    #[arg(long, global = true, env = "KEEPWELL_ORIGIN", value_name = "URL")]
    pub origin: Option<String>,
    /// How applications reach the XML API, where that is another name [default: the origin].
    #[arg(long, global = true, env = "KEEPWELL_PLATFORM_ORIGIN", value_name = "URL")]
    pub platform_origin: Option<String>,
    /// The certificate chain for TLS (PEM). Without it the server speaks plain HTTP.
    #[arg(long, global = true, env = "KEEPWELL_TLS_CERTIFICATE", value_name = "FILE")]
    pub tls_certificate: Option<PathBuf>,
    /// The key for TLS (PEM).
    #[arg(long, global = true, env = "KEEPWELL_TLS_KEY", value_name = "FILE")]
    pub tls_key: Option<PathBuf>,
    /// Also accept TLS 1.2, for old clients.
    #[arg(long, global = true, env = "KEEPWELL_TLS_1_2")]
    pub tls_1_2: bool,
    /// A proxy whose X-Forwarded-For is believed; may be given several times.
    #[arg(long, global = true, env = "KEEPWELL_TRUSTED_PROXY", value_name = "IP", value_delimiter = ',')]
    pub trusted_proxy: Vec<IpAddr>,
    /// The mail server: smtps://USER@HOST, smtp:// for STARTTLS [default: letters go into a folder].
    #[arg(long, global = true, env = "KEEPWELL_SMTP", value_name = "URL")]
    pub smtp: Option<String>,
    /// A file with the password for the mail server; or KEEPWELL_SMTP_PASSWORD in the environment.
    #[arg(long, global = true, env = "KEEPWELL_SMTP_PASSWORD_FILE", value_name = "FILE")]
    pub smtp_password_file: Option<PathBuf>,
    /// Let letters travel in clear to a mail server on another machine (smtp-plain://).
    #[arg(long, global = true, env = "KEEPWELL_SMTP_PLAIN_ANYWHERE")]
    pub smtp_plain_anywhere: bool,
    /// Whom letters are from, such as "Keepwell <keepwell@example.org>".
    #[arg(long, global = true, env = "KEEPWELL_MAIL_FROM", value_name = "SENDER")]
    pub mail_from: Option<String>,
    /// Who may open an account: everyone, or who has a code [default: open].
    #[arg(long, global = true, env = "KEEPWELL_SIGN_UP", value_name = "open|by-code")]
    pub sign_up: Option<SignUp>,
    /// Take attachments whose sender made a wrong hash, for old PHP clients; what is kept has a right one.
    #[arg(long, global = true, env = "KEEPWELL_ANY_BLOB_HASH")]
    pub any_blob_hash: bool,
    /// Answer a read only when its entry in the audit log is committed [default: within a second after].
    #[arg(long, global = true, env = "KEEPWELL_AUDIT_BEFORE_ANSWER")]
    pub audit_before_answer: bool,
    /// Days in which a pickup code can be used [default: 28].
    #[arg(long, global = true, env = "KEEPWELL_PICKUP_DAYS", value_name = "DAYS")]
    pub pickup_days: Option<u16>,
    /// Days for which a clinic is told of a code since it was last used [default: 90].
    #[arg(long, global = true, env = "KEEPWELL_PICKUP_RETENTION_DAYS", value_name = "DAYS")]
    pub pickup_retention_days: Option<u16>,
    /// Wrong answers that lock a pickup code for good [default: 3].
    #[arg(long, global = true, env = "KEEPWELL_PICKUP_ANSWERS", value_name = "COUNT")]
    pub pickup_answers: Option<u8>,
    /// Where numbers for Prometheus are read, such as 127.0.0.1:9470 [default: nowhere].
    #[arg(long, global = true, env = "KEEPWELL_METRICS", value_name = "HOST:PORT")]
    pub metrics: Option<String>,
    /// Minutes in which a new phone or tablet can be let in [default: 60].
    #[arg(long, global = true, env = "KEEPWELL_DEVICE_TOKEN_MINUTES", value_name = "MINUTES")]
    pub device_token_minutes: Option<u16>,
    /// Phones and tablets that a person may have, counted by app [default: 50].
    #[arg(long, global = true, env = "KEEPWELL_DEVICES_PER_PERSON", value_name = "COUNT")]
    pub devices_per_person: Option<u16>,
    /// Days without use after which a phone or tablet is suggested for removal [default: 180].
    #[arg(long, global = true, env = "KEEPWELL_UNUSED_DEVICE_DAYS", value_name = "DAYS")]
    pub unused_device_days: Option<u16>,
    /// Days after which an account or a record that its person closed is erased [default: 30].
    #[arg(long, global = true, env = "KEEPWELL_ERASE_AFTER_DAYS", value_name = "DAYS")]
    pub erase_after_days: Option<u16>,
    /// The language for who asks for none that we speak, such as ar [default: en].
    #[arg(long, global = true, env = "KEEPWELL_DEFAULT_LOCALE", value_name = "LANGUAGE")]
    pub default_locale: Option<String>,
    /// A server for developing applications: they may name another return address on this machine.
    #[arg(long, global = true, env = "KEEPWELL_DEVELOPMENT")]
    pub development: bool,
    /// What the people who run the server put on its pages; in a file only.
    #[arg(skip)]
    pub brand: Option<BrandOptions>,
}

/// Who may open an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum SignUp {
    /// Everyone.
    #[default]
    Open,
    /// Who has a code from an application or from the host.
    ByCode,
}

/// The same, decided.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to listen.
    pub address: SocketAddr,
    /// Where its numbers are read, if anywhere.
    pub metrics: Option<SocketAddr>,
    /// The folder for everything.
    pub data: PathBuf,
    /// A PostgreSQL database, if any.
    pub database: Option<String>,
    /// Where large attachments lie.
    pub attachments: Attachments,
    /// How browsers reach the Shell; no slash at the end.
    pub origin: String,
    /// How applications reach the XML API; no slash at the end.
    pub platform_origin: String,
    /// Certificate chain and key.
    pub tls: Option<(PathBuf, PathBuf)>,
    /// Whether TLS 1.2 is accepted.
    pub tls_1_2: bool,
    /// Proxies that are believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// The mail server, if any.
    pub smtp: Option<SmtpSettings>,
    /// Whom letters are from.
    pub mail_from: Mailbox,
    /// Who may open an account.
    pub sign_up: SignUp,
    /// Whether a wrong hash of an attachment is no matter.
    pub any_blob_hash: bool,
    /// Whether a read is answered only when its entry is committed.
    pub audit_before_answer: bool,
    /// Limits of pickup codes.
    pub pickup: Limits,
    /// Limits of phones and tablets.
    pub devices: installations::Limits,
    /// How long after it was closed an account or a record is erased, microseconds.
    pub grace: i64,
    /// The tag of the language for who asks for none that we speak.
    pub default_locale: &'static str,
    /// Whether this is a development server.
    pub development: bool,
    /// What the server calls itself, if not Keepwell.
    pub name: Option<String>,
    /// What the people who run it put on its pages.
    pub brand: Option<Arc<Brand>>,
}

impl Options {
    /// Reads the file, if one is named, and decides; `data` is the folder when none is named.
    pub fn resolve(self, data: &str) -> anyhow::Result<Config> {
        // Files of the brand are named from where the configuration is.
        let beside = self.config.as_deref().and_then(Path::parent).unwrap_or(Path::new("")).to_owned();
        let options = match self.config.clone() {
            Some(path) => self.over(read(&path)?),
            None => self,
        };
        let data = options.data.clone().unwrap_or_else(|| PathBuf::from(data));
        let attachments = Attachments::of(&options, &data)?;
        let pickup = pickup_limits(&options)?;
        let devices = device_limits(&options)?;
        let grace = grace(&options)?;
        let default_locale = default_locale(options.default_locale.as_deref())?;
        let address = options.address.as_deref().unwrap_or("127.0.0.1:8470");
        let address = resolve_address(address)?;
        let tls = match (options.tls_certificate, options.tls_key) {
            (Some(certificate), Some(key)) => Some((certificate, key)),
            (None, None) => None,
            _ => bail!("--tls-certificate and --tls-key go together"),
        };
        let scheme = if tls.is_some() { "https" } else { "http" };
        let host = if address.ip().is_loopback() || address.ip().is_unspecified() {
            "localhost".to_owned()
        } else {
            SocketAddr::new(address.ip(), 0).to_string().trim_end_matches(":0").to_owned()
        };
        let origin = match options.origin {
            Some(origin) => origin_of(&origin)?,
            None => format!("{scheme}://{host}:{}", address.port()),
        };
        let platform_origin =
            options.platform_origin.as_deref().map(origin_of).transpose()?.unwrap_or_else(|| origin.clone());
        let smtp = match &options.smtp {
            Some(url) => Some(SmtpSettings {
                password: secret(options.smtp_password_file.as_deref(), "KEEPWELL_SMTP_PASSWORD")?,
                ..SmtpSettings::parse(url, options.smtp_plain_anywhere)?
            }),
            None => None,
        };
        if smtp.as_ref().is_some_and(|smtp| smtp.user.is_some() && smtp.password.is_none()) {
            bail!("the mail server wants a password: --smtp-password-file, or KEEPWELL_SMTP_PASSWORD");
        }
        let mail_from = match options.mail_from {
            Some(sender) => parse_sender(&sender)?,
            None if smtp.is_some() => {
                bail!("letters need a sender: --mail-from \"Keepwell <keepwell@example.org>\"")
            }
            None => parse_sender(&usual_sender(&origin))?,
        };
        let brand = options.brand.as_ref().map(|brand| brand.read(&beside, default_locale)).transpose()?;
        Ok(Config {
            address,
            metrics: options.metrics.as_deref().map(resolve_address).transpose()?,
            data,
            database: options.database,
            attachments,
            origin,
            platform_origin,
            tls,
            tls_1_2: options.tls_1_2,
            trusted_proxies: options.trusted_proxy,
            smtp,
            mail_from,
            sign_up: options.sign_up.unwrap_or_default(),
            any_blob_hash: options.any_blob_hash,
            audit_before_answer: options.audit_before_answer,
            pickup,
            devices,
            grace,
            default_locale,
            development: options.development,
            name: options.brand.and_then(|brand| brand.name),
            brand: brand.map(Arc::new),
        })
    }

    fn over(self, file: Self) -> Self {
        Self {
            config: self.config,
            address: self.address.or(file.address),
            metrics: self.metrics.or(file.metrics),
            data: self.data.or(file.data),
            database: self.database.or(file.database),
            attachments: self.attachments.or(file.attachments),
            s3_endpoint: self.s3_endpoint.or(file.s3_endpoint),
            s3_region: self.s3_region.or(file.s3_region),
            s3_access_key: self.s3_access_key.or(file.s3_access_key),
            s3_secret_file: self.s3_secret_file.or(file.s3_secret_file),
            s3_plain_anywhere: self.s3_plain_anywhere || file.s3_plain_anywhere,
            origin: self.origin.or(file.origin),
            platform_origin: self.platform_origin.or(file.platform_origin),
            tls_certificate: self.tls_certificate.or(file.tls_certificate),
            tls_key: self.tls_key.or(file.tls_key),
            tls_1_2: self.tls_1_2 || file.tls_1_2,
            trusted_proxy: if self.trusted_proxy.is_empty() {
                file.trusted_proxy
            } else {
                self.trusted_proxy
            },
            smtp: self.smtp.or(file.smtp),
            smtp_password_file: self.smtp_password_file.or(file.smtp_password_file),
            smtp_plain_anywhere: self.smtp_plain_anywhere || file.smtp_plain_anywhere,
            mail_from: self.mail_from.or(file.mail_from),
            sign_up: self.sign_up.or(file.sign_up),
            any_blob_hash: self.any_blob_hash || file.any_blob_hash,
            audit_before_answer: self.audit_before_answer || file.audit_before_answer,
            pickup_days: self.pickup_days.or(file.pickup_days),
            pickup_retention_days: self.pickup_retention_days.or(file.pickup_retention_days),
            pickup_answers: self.pickup_answers.or(file.pickup_answers),
            device_token_minutes: self.device_token_minutes.or(file.device_token_minutes),
            devices_per_person: self.devices_per_person.or(file.devices_per_person),
            unused_device_days: self.unused_device_days.or(file.unused_device_days),
            erase_after_days: self.erase_after_days.or(file.erase_after_days),
            default_locale: self.default_locale.or(file.default_locale),
            development: self.development || file.development,
            brand: self.brand.or(file.brand),
        }
    }
}

/// The limits of pickup codes; each must let something happen.
fn pickup_limits(options: &Options) -> anyhow::Result<Limits> {
    let usual = Limits::default();
    let days = |said: Option<u16>, usual: i64| said.map_or(usual, |days| i64::from(days) * DAY);
    let limits = Limits {
        pickup: days(options.pickup_days, usual.pickup),
        retention: days(options.pickup_retention_days, usual.retention),
        wrong_answers: options.pickup_answers.map_or(usual.wrong_answers, i64::from),
    };
    if limits.pickup == 0 || limits.retention == 0 || limits.wrong_answers == 0 {
        bail!("--pickup-days, --pickup-retention-days and --pickup-answers are 1 or more");
    }
    Ok(limits)
}

/// Who closes an account by mistake, or in anger, has at least a day to come back.
fn grace(options: &Options) -> anyhow::Result<i64> {
    match options.erase_after_days {
        Some(0) => bail!("--erase-after-days is 1 or more"),
        days => Ok(days.map_or(erasure::GRACE, |days| i64::from(days) * DAY)),
    }
}

/// The tag of the language that was named: a region that we lack is its language, as it is for browsers.
fn default_locale(named: Option<&str>) -> anyhow::Result<&'static str> {
    let tags = || locale::locales().iter().map(locale::Locale::tag).collect::<Vec<_>>().join(", ");
    match named {
        None => Ok(locale::choose(locale::Wishes::default()).tag()),
        Some(named) => locale::speaks(named)
            .map(locale::Locale::tag)
            .with_context(|| format!("--default-locale: there are no pages in {named:?}, but in {}", tags())),
    }
}

/// The limits of phones and tablets.
fn device_limits(options: &Options) -> anyhow::Result<installations::Limits> {
    let usual = installations::Limits::default();
    let limits = installations::Limits {
        token: options.device_token_minutes.map_or(usual.token, |minutes| i64::from(minutes) * MINUTE),
        per_person: options.devices_per_person.map_or(usual.per_person, i64::from),
        unused: options.unused_device_days.map_or(usual.unused, |days| i64::from(days) * DAY),
    };
    if limits.token == 0 || limits.per_person == 0 || limits.unused == 0 {
        bail!("--device-token-minutes, --devices-per-person and --unused-device-days are 1 or more");
    }
    if limits.token > installations::LONGEST_TOKEN {
        bail!("--device-token-minutes is at most {}", installations::LONGEST_TOKEN / MINUTE);
    }
    Ok(limits)
}

fn read(path: &Path) -> anyhow::Result<Options> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    toml::from_str(&text).with_context(|| format!("{} is not a configuration", path.display()))
}

/// A password or the like, from the file, else from this variable of the environment.
pub fn secret(file: Option<&Path>, variable: &str) -> anyhow::Result<Option<SecretString>> {
    let Some(file) = file else {
        return Ok(std::env::var(variable).ok().map(SecretString::from));
    };
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(Some(SecretString::from(text.trim_end_matches(['\r', '\n']))))
}

/// Whom letters are from while nobody says: the host that the Shell is reached at.
fn usual_sender(origin: &str) -> String {
    let host = origin.split_once("://").map_or(origin, |(_, rest)| rest);
    let name = host.split(':').next().filter(|name| !name.is_empty() && !host.starts_with('['));
    format!("Keepwell <keepwell@{}>", name.unwrap_or("localhost"))
}

fn resolve_address(text: &str) -> anyhow::Result<SocketAddr> {
    use std::net::ToSocketAddrs as _;
    text.to_socket_addrs()
        .ok()
        .and_then(|found| found.into_iter().min_by_key(SocketAddr::is_ipv6))
        .with_context(|| format!("{text:?} is no address to listen at; an example is 127.0.0.1:8470"))
}

fn origin_of(text: &str) -> anyhow::Result<String> {
    let origin = text.trim_end_matches('/');
    let rest = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    match rest {
        Some(rest) if !rest.is_empty() && !rest.contains(['/', '?', '#', '@', ' ']) => Ok(origin.to_owned()),
        _ => bail!("{text:?} is no origin; an example is https://records.example.org"),
    }
}

impl Config {
    /// The database.
    pub fn store(&self, beside: bool) -> Settings {
        let database = match &self.database {
            Some(url) => Database::Postgres(url.clone()),
            None => Database::Sqlite(self.data.join("keepwell.db")),
        };
        Settings { beside, ..Settings::new(database) }
    }

    /// The place of large attachments. A folder is made; of a bucket nothing is asked yet.
    pub fn objects(&self) -> anyhow::Result<Objects> {
        self.attachments.open()
    }

    /// The folder that letters are put into.
    pub fn letters(&self) -> PathBuf {
        self.data.join("letters")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(options: Options) -> anyhow::Result<Config> {
        options.resolve("data")
    }

    #[test]
    fn without_any_option_the_server_is_on_loopback() {
        let config = resolve(Options::default()).expect("defaults");
        assert_eq!(config.address.to_string(), "127.0.0.1:8470");
        assert_eq!(config.origin, "http://localhost:8470");
        assert_eq!(config.platform_origin, config.origin);
    }

    #[test]
    fn what_cannot_be_is_named() {
        let bad = |options: Options, says: &str| {
            let error = resolve(options).expect_err(says).to_string();
            assert!(error.contains(says), "{error}");
        };
        bad(Options { address: Some("nowhere".to_owned()), ..Options::default() }, "nowhere");
        bad(Options { origin: Some("records.example".to_owned()), ..Options::default() }, "no origin");
        let smtp = || Some("smtps://me@mail.example".to_owned());
        let file = || Some(PathBuf::from("nowhere"));
        bad(Options { smtp: smtp(), ..Options::default() }, "wants a password");
        bad(Options { smtp: smtp(), smtp_password_file: file(), ..Options::default() }, "nowhere");
        bad(Options { smtp: Some("smtps://mail.example".to_owned()), ..Options::default() }, "--mail-from");
        bad(Options { mail_from: Some("me".to_owned()), ..Options::default() }, "no sender");
        bad(
            Options { attachments: Some("s3://records".to_owned()), ..Options::default() },
            "--s3-access-key",
        );
        bad(Options { tls_key: Some(PathBuf::from("k")), ..Options::default() }, "go together");
    }

    #[test]
    fn a_password_comes_from_a_file_and_is_never_shown() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("password");
        std::fs::write(&file, "hunter22\n").expect("a file");
        let config = resolve(Options {
            smtp: Some("smtps://me@mail.example".to_owned()),
            smtp_password_file: Some(file),
            mail_from: Some("Keepwell <keepwell@example.org>".to_owned()),
            ..Options::default()
        });
        let config = config.expect("good");
        let password = config.smtp.as_ref().and_then(|smtp| smtp.password.as_ref()).expect("a password");
        assert_eq!(secrecy::ExposeSecret::expose_secret(password), "hunter22");
        assert!(!format!("{config:?}").contains("hunter22"));
    }

    #[test]
    fn the_folder_of_attachments_is_made_when_it_is_asked_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let data = Some(folder.path().join("data"));
        let config = resolve(Options { data, ..Options::default() }).expect("defaults");
        let made = folder.path().join("data/attachments");
        assert!(!made.exists());
        config.objects().expect("a folder");
        assert!(made.is_dir());
    }

    #[test]
    fn without_a_sender_letters_are_from_the_shells_host() {
        for (origin, address) in [
            ("https://records.example.org", "keepwell@records.example.org"),
            ("http://localhost:8470", "keepwell@localhost"),
            ("http://[::1]:8470", "keepwell@localhost"),
        ] {
            let config = resolve(Options { origin: Some(origin.to_owned()), ..Options::default() });
            assert_eq!(config.expect(origin).mail_from.email.to_string(), address);
        }
    }

    #[test]
    fn the_command_line_wins_over_the_file() {
        let file: Options =
            toml::from_str("address = \"127.0.0.1:1\"\norigin = \"https://a.example\"").expect("a file");
        let line = Options { address: Some("127.0.0.1:2".to_owned()), ..Options::default() };
        let config = resolve(line.over(file)).expect("both");
        assert_eq!(config.address.port(), 2);
        assert_eq!(config.origin, "https://a.example");
        assert!(toml::from_str::<Options>("adress = \"x\"").is_err(), "a misspelt name is refused");
    }

    #[test]
    fn the_time_of_grace_is_the_host_s_to_set_and_never_nothing() {
        let of = |days| Options { erase_after_days: days, ..Options::default() }.resolve("data");
        assert_eq!(of(None).expect("usual").grace, 30 * DAY);
        assert_eq!(of(Some(7)).expect("own").grace, 7 * DAY);
        assert!(of(Some(0)).is_err());
    }

    #[test]
    fn the_language_for_who_asks_for_none_is_one_that_we_speak() {
        let of = |named: Option<&str>| {
            let default_locale = named.map(str::to_owned);
            resolve(Options { default_locale, ..Options::default() }).map(|config| config.default_locale)
        };
        assert_eq!(of(None).expect("usual"), "en");
        assert_eq!(of(Some("ar")).expect("own"), "ar");
        assert_eq!(of(Some("ar-EG")).expect("a region"), "ar");
        let refused = of(Some("tlh")).expect_err("we lack it").to_string();
        assert!(refused.contains("\"tlh\"") && refused.ends_with("en, ar"), "{refused}");
    }

    #[test]
    fn limits_of_devices_are_the_host_s_to_set() {
        let of = |options: Options| options.resolve("data").map(|config| config.devices);
        assert_eq!(of(Options::default()).expect("usual"), installations::Limits::default());
        let own =
            Options { device_token_minutes: Some(10), unused_device_days: Some(30), ..Options::default() };
        let limits = of(own).expect("own");
        assert_eq!((limits.token, limits.per_person, limits.unused), (10 * MINUTE, 50, 30 * DAY));
        for (minutes, count) in [(0, 1), (60_000, 1), (1, 0)] {
            let (device_token_minutes, devices_per_person) = (Some(minutes), Some(count));
            assert!(of(Options { device_token_minutes, devices_per_person, ..Options::default() }).is_err());
        }
    }

    #[test]
    fn limits_of_pickup_codes_are_the_host_s_to_set() {
        let of = |options: Options| options.resolve("data").map(|config| config.pickup);
        assert_eq!(of(Options::default()).expect("usual"), Limits::default());
        let own = Options { pickup_days: Some(7), pickup_answers: Some(5), ..Options::default() };
        let limits = of(own).expect("own");
        assert_eq!((limits.pickup, limits.retention, limits.wrong_answers), (7 * DAY, 90 * DAY, 5));
        assert!(of(Options { pickup_answers: Some(0), ..Options::default() }).is_err());
    }
}
