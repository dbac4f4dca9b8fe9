//! Certificates as they were parsed, kept by the revision of their application: a rotation changes it,
//! and the row that tells the revision is read at every call.

use std::sync::Arc;

use keepwell_core::ids::AppId;
use keepwell_core::{Domain, applications};
use keepwell_wire::cast::Certificate;
use keepwell_wire::status::Status;
use moka::sync::Cache;

use crate::refusal::Refusal;

/// Parsed certificates; cheap to clone.
#[derive(Clone)]
pub(crate) struct Certificates {
    parsed: Cache<(AppId, i64, String), Arc<Certificate>>,
}

impl Certificates {
    pub(crate) fn new() -> Self {
        Self { parsed: Cache::new(10_000) }
    }

    /// The certificate that the application has under this thumbprint (lower case) at this revision.
    pub(crate) async fn find(
        &self,
        domain: &Domain,
        app: AppId,
        revision: i64,
        thumbprint: &str,
    ) -> Result<Option<Arc<Certificate>>, Refusal> {
        let key = (app, revision, thumbprint.to_owned());
        if let Some(kept) = self.parsed.get(&key) {
            return Ok(Some(kept));
        }
        let Some(der) = applications::certificate(domain, app, thumbprint).await? else { return Ok(None) };
        let certificate =
            Certificate::from_der(&der).map_err(|e| Refusal::new(Status::BAD_CERT, e.to_string()))?;
        let certificate = Arc::new(certificate);
        self.parsed.insert(key, Arc::clone(&certificate));
        Ok(Some(certificate))
    }
}
