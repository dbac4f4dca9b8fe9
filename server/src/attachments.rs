//! Where large attachments lie: a folder, or `s3://bucket/prefix`.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use keepwell_objects::{Objects, S3Settings};

use crate::config::{Options, secret};

/// The place, decided.
#[derive(Clone, Debug)]
pub enum Attachments {
    /// A folder of this machine.
    Folder(PathBuf),
    /// A bucket of an S3 store.
    Bucket(S3Settings),
}

impl Attachments {
    /// What the options say, else a folder in the data folder.
    pub fn of(options: &Options, data: &Path) -> anyhow::Result<Self> {
        const EXAMPLE: &str = "an example is --attachments s3://records/keepwell";
        let place = options.attachments.as_deref();
        let Some((scheme, rest)) = place.and_then(|place| place.split_once("://")) else {
            let is_bucket_meant = options.s3_endpoint.is_some()
                || options.s3_region.is_some()
                || options.s3_access_key.is_some();
            ensure!(!is_bucket_meant, "--s3-endpoint and the like are for a bucket; {EXAMPLE}");
            return Ok(Self::Folder(place.map_or_else(|| data.join("attachments"), PathBuf::from)));
        };
        ensure!(scheme == "s3", "attachments lie in a folder or in s3://BUCKET/PREFIX; {EXAMPLE}");
        ensure!(
            !rest.contains('@'),
            "an access key does not belong into --attachments; name it with --s3-access-key"
        );
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        let Some(access_key) = options.s3_access_key.clone() else {
            bail!("the bucket wants an access key: --s3-access-key");
        };
        let Some(secret) = secret(options.s3_secret_file.as_deref(), "KEEPWELL_S3_SECRET")? else {
            bail!("the bucket wants the secret of its access key: --s3-secret-file, or KEEPWELL_S3_SECRET");
        };
        let settings = S3Settings {
            endpoint: options.s3_endpoint.clone(),
            bucket: bucket.to_owned(),
            prefix: prefix.trim_end_matches('/').to_owned(),
            region: options.s3_region.clone().unwrap_or_else(|| "us-east-1".to_owned()),
            access_key,
            secret,
            allow_http: options.s3_plain_anywhere,
            // Amazon's own has a host's name for each bucket, the others need not.
            path_style: options.s3_endpoint.is_some(),
        };
        settings.check().context("attachments cannot lie there")?;
        Ok(Self::Bucket(settings))
    }

    /// Makes the folder if need be. Of a bucket nothing is asked yet.
    pub fn open(&self) -> anyhow::Result<Objects> {
        match self {
            Self::Folder(folder) => Objects::local(folder),
            Self::Bucket(settings) => Objects::s3(settings),
        }
        .context("the place of attachments cannot be opened")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret as _;

    fn of(options: &Options) -> anyhow::Result<Attachments> {
        Attachments::of(options, Path::new("data"))
    }

    fn text(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    /// Options for a bucket, and the folder with its secret.
    fn bucket() -> (Options, tempfile::TempDir) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("secret");
        std::fs::write(&file, "hunter22\n").expect("a file");
        let options = Options {
            attachments: text("s3://records/keepwell/blobs/"),
            s3_endpoint: text("https://s3.example.org"),
            s3_access_key: text("us"),
            s3_secret_file: Some(file),
            ..Options::default()
        };
        (options, folder)
    }

    #[test]
    fn without_any_option_attachments_lie_in_the_data_folder() {
        let folder = |options: &Options| match of(options).expect("a folder") {
            Attachments::Folder(folder) => folder,
            Attachments::Bucket(settings) => panic!("{settings:?}"),
        };
        assert_eq!(folder(&Options::default()), Path::new("data/attachments"));
        let elsewhere = Options { attachments: text("/mnt/attachments"), ..Options::default() };
        assert_eq!(folder(&elsewhere), Path::new("/mnt/attachments"));
    }

    #[test]
    fn a_bucket_has_a_prefix_and_a_secret_that_is_never_shown() {
        let (options, _folder) = bucket();
        let place = of(&options).expect("a bucket");
        let Attachments::Bucket(settings) = &place else { panic!("{place:?}") };
        assert_eq!((&*settings.bucket, &*settings.prefix), ("records", "keepwell/blobs"));
        assert_eq!(settings.secret.expose_secret(), "hunter22");
        assert!(settings.path_style && !settings.allow_http);
        let objects = place.open().expect("nothing is asked yet");
        assert!(!format!("{place:?} {objects:?}").contains("hunter22"));
        let amazons = of(&Options { s3_endpoint: None, ..options }).expect("Amazon's");
        assert!(matches!(amazons, Attachments::Bucket(settings) if !settings.path_style));
    }

    #[test]
    fn what_cannot_be_is_named() {
        let (good, _folder) = bucket();
        let bad = |options: Options, says: &str| {
            let error = format!("{:#}", of(&options).expect_err(says));
            assert!(error.contains(says) && !error.contains("hunter22"), "{error}");
        };
        let alone = || Options { attachments: None, s3_access_key: None, ..Options::default() };
        bad(Options { s3_endpoint: text("https://s3.example.org"), ..alone() }, "for a bucket");
        bad(Options { s3_access_key: text("us"), ..alone() }, "for a bucket");
        bad(Options { attachments: text("gs://records"), ..good.clone() }, "s3://BUCKET");
        bad(Options { attachments: text("s3://us:hunter22@records"), ..good.clone() }, "--s3-access-key");
        bad(Options { attachments: text("s3://"), ..good.clone() }, "not the name of a bucket");
        bad(Options { attachments: text("s3://records/a..b"), ..good.clone() }, "prefix");
        bad(Options { s3_access_key: None, ..good.clone() }, "--s3-access-key");
        bad(Options { s3_secret_file: None, ..good.clone() }, "--s3-secret-file");
        bad(Options { s3_secret_file: Some("nowhere".into()), ..good.clone() }, "nowhere");
        let far = || text("http://s3.example.org");
        bad(Options { s3_endpoint: far(), ..good.clone() }, "in clear");
        of(&Options { s3_endpoint: far(), s3_plain_anywhere: true, ..good }).expect("somebody says so");
    }
}
