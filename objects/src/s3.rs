//! A bucket of an S3 store, and how long we wait for it.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::prefix::PrefixStore;
use object_store::{BackoffConfig, ClientOptions, RetryConfig};
use secrecy::{ExposeSecret as _, SecretString};

use crate::{ObjectError, key};

/// A request may take as long, body included: 8 MiB need a line of 2.3 Mbit/s.
const REQUEST: Duration = Duration::from_secs(30);
/// So may a connection until it stands.
const CONNECTION: Duration = Duration::from_secs(5);
/// How often a request is repeated, while less than [`REQUEST`] has gone by since the first. So an
/// answer comes within a minute, whatever the store does.
const REPEATS: usize = 3;
/// The longest pause before a repetition.
const PAUSE: Duration = Duration::from_secs(2);

/// Where a bucket is, and who we are there. What it shows of itself is not secret.
#[derive(Clone, Debug)]
pub struct S3Settings {
    /// The store's address, such as `https://s3.example.org`; Amazon's own if there is none.
    pub endpoint: Option<String>,
    /// The bucket. It must be there.
    pub bucket: String,
    /// What our keys begin with there, like a folder; empty for nothing.
    pub prefix: String,
    /// The region; most stores other than Amazon's take any.
    pub region: String,
    /// Who we are.
    pub access_key: String,
    /// How we prove it.
    pub secret: SecretString,
    /// Whether the bytes may travel in clear, `http://`, to another machine. To this one they may.
    pub allow_http: bool,
    /// Whether the bucket is named in the path, as most stores other than Amazon's want it; else it is
    /// part of the host's name.
    pub path_style: bool,
}

impl S3Settings {
    /// Whether these settings can be.
    ///
    /// # Errors
    /// [`ObjectError::Unavailable`] with what is wrong with them.
    pub fn check(&self) -> Result<(), ObjectError> {
        let wrong = |why: fmt::Arguments<'_>| Err(ObjectError::unavailable(why));
        let is_fit = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        if self.bucket.is_empty() || !self.bucket.chars().all(is_fit) {
            return wrong(format_args!("{:?} is not the name of a bucket", self.bucket));
        }
        if key::prefix(&self.prefix).is_err() {
            return wrong(format_args!(
                "a prefix is letters, digits and -, with / between: {:?}",
                self.prefix
            ));
        }
        if self.access_key.is_empty() || self.secret.expose_secret().is_empty() {
            return wrong(format_args!("the bucket wants an access key and its secret"));
        }
        let Some(endpoint) = &self.endpoint else { return Ok(()) };
        let (is_plain, host) = match endpoint.split_once("://") {
            Some(("https", rest)) => (false, host(rest)),
            Some(("http", rest)) => (true, host(rest)),
            _ => {
                return wrong(format_args!(
                    "{endpoint:?} is no endpoint; an example is https://s3.example.org"
                ));
            }
        };
        match host {
            Some(host) if is_plain && !self.allow_http && !is_loopback(host) => wrong(format_args!(
                "what goes to {host} would travel in clear; use https://, or allow http:// if the network \
                     between is trusted"
            )),
            Some(_) => Ok(()),
            None => wrong(format_args!("{endpoint:?} names no host, or more than host and port")),
        }
    }

    pub(crate) fn store(&self) -> Result<PrefixStore<AmazonS3>, ObjectError> {
        self.check()?;
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&self.bucket)
            .with_region(&self.region)
            .with_access_key_id(&self.access_key)
            .with_secret_access_key(self.secret.expose_secret())
            .with_virtual_hosted_style_request(!self.path_style)
            // Not every store knows how to delete several at a time, and we never do.
            .with_disable_bulk_delete(true)
            .with_client_options(ClientOptions::new().with_timeout(REQUEST).with_connect_timeout(CONNECTION))
            .with_retry(RetryConfig {
                backoff: BackoffConfig { max_backoff: PAUSE, ..BackoffConfig::default() },
                max_retries: REPEATS,
                retry_timeout: REQUEST,
            });
        if let Some(endpoint) = &self.endpoint {
            // Checked above.
            builder = builder.with_allow_http(true).with_endpoint(self.endpoint_of(endpoint));
        }
        let store = builder.build().map_err(ObjectError::unavailable)?;
        Ok(PrefixStore::new(store, key::prefix(&self.prefix)?))
    }

    /// The library wants the bucket within the address where it is part of the host's name.
    fn endpoint_of(&self, endpoint: &str) -> String {
        let endpoint = endpoint.trim_end_matches('/');
        match endpoint.split_once("://") {
            Some((scheme, rest)) if !self.path_style => format!("{scheme}://{}.{rest}", self.bucket),
            _ => endpoint.to_owned(),
        }
    }
}

/// The host, if there is nothing else but a port.
fn host(rest: &str) -> Option<&str> {
    let rest = rest.trim_end_matches('/');
    let (host, port) = match rest.strip_prefix('[') {
        Some(address) => {
            let (host, after) = address.split_once(']')?;
            (host, if after.is_empty() { None } else { Some(after.strip_prefix(':')?) })
        }
        None => rest.split_once(':').map_or((rest, None), |(host, port)| (host, Some(port))),
    };
    let is_fit = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
    let is_port = port.is_none_or(|port| port.parse::<u16>().is_ok());
    (is_port && !host.is_empty() && host.chars().all(is_fit)).then_some(host)
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

impl fmt::Display for S3Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "s3://{}", self.bucket)?;
        if !self.prefix.is_empty() {
            write!(f, "/{}", self.prefix)?;
        }
        write!(f, " at {}", self.endpoint.as_deref().unwrap_or("Amazon"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> S3Settings {
        S3Settings {
            endpoint: Some("https://s3.example.org".to_owned()),
            bucket: "records".to_owned(),
            prefix: "keepwell/blobs".to_owned(),
            region: "us-east-1".to_owned(),
            access_key: "us".to_owned(),
            secret: SecretString::from("hunter22"),
            allow_http: false,
            path_style: true,
        }
    }

    #[test]
    fn what_cannot_be_is_named() {
        type Change = fn(&mut S3Settings);
        let cases: [(Change, &str); 8] = [
            (|s| s.bucket = "a/b".to_owned(), "bucket"),
            (|s| s.bucket.clear(), "bucket"),
            (|s| s.prefix = "../x".to_owned(), "prefix"),
            (|s| s.access_key.clear(), "access key"),
            (|s| s.secret = SecretString::from(""), "secret"),
            (|s| s.endpoint = Some("s3.example.org".to_owned()), "no endpoint"),
            (|s| s.endpoint = Some("https://me:pw@s3.example.org".to_owned()), "more than host and port"),
            (|s| s.endpoint = Some("http://s3.example.org".to_owned()), "in clear"),
        ];
        for (change, says) in cases {
            let mut changed = settings();
            change(&mut changed);
            let error = changed.check().expect_err(says).to_string();
            assert!(error.contains(says), "{error}");
            assert!(changed.store().is_err());
        }
    }

    #[test]
    fn in_clear_is_for_this_machine_unless_somebody_says_so() {
        for endpoint in ["http://127.0.0.1:9000", "http://[::1]:9000/", "http://localhost"] {
            S3Settings { endpoint: Some(endpoint.to_owned()), ..settings() }.check().expect(endpoint);
        }
        let far = Some("http://s3.example.org".to_owned());
        S3Settings { endpoint: far, allow_http: true, ..settings() }.check().expect("allowed");
    }

    #[test]
    fn the_bucket_stands_in_the_path_or_in_the_name() {
        let in_path = settings();
        assert_eq!(in_path.endpoint_of("https://s3.example.org/"), "https://s3.example.org");
        let in_name = S3Settings { path_style: false, ..settings() };
        assert_eq!(in_name.endpoint_of("https://s3.example.org"), "https://records.s3.example.org");
    }

    #[test]
    fn the_secret_is_never_shown() {
        let objects = crate::Objects::s3(&settings()).expect("settings");
        assert_eq!(objects.to_string(), "s3://records/keepwell/blobs at https://s3.example.org");
        assert!(!format!("{objects:?} {:?} {}", settings(), settings()).contains("hunter22"));
    }
}
