//! What the platform says about the place where it runs.

use keepwell_wire::limits::Limits;

/// The instance that this server is (methods.md 4.4). A single server is instance `1`.
#[derive(Clone, Debug)]
pub struct Instance {
    /// The id that the Shell returns as `instanceid`.
    pub id: String,
    /// What it is called.
    pub name: String,
}

/// Addresses and limits.
#[derive(Clone, Debug)]
pub struct Settings {
    /// This instance.
    pub instance: Instance,
    /// The whole address of the XML API.
    pub platform_url: String,
    /// The whole address at which attachments are streamed.
    pub streaming_url: String,
    /// The root of the Shell, with a slash at the end.
    pub shell_url: String,
    /// What a request may cost.
    pub limits: Limits,
    /// Bytes of things in one answer; an answer beyond it is refused (71).
    pub response_bytes: usize,
    /// Bytes of an attachment that an answer may hold; a longer one is streamed (99).
    pub inline_blob_bytes: u64,
    /// When these settings last changed, microseconds UTC (GetServiceDefinition, `updated-date`).
    pub updated: i64,
}

impl Settings {
    /// All that the service says of itself (GetServiceDefinition) apart from since when: what a change of is
    /// told by `updated`.
    #[must_use]
    pub fn description(&self) -> String {
        crate::methods::get_service_definition::description(self)
    }

    /// The address of an upload or of an attachment, by its token.
    pub(crate) fn blob_url(&self, token: &str) -> String {
        format!("{}?{TOKEN}={token}", self.streaming_url)
    }

    /// The settings of a server that is reached at this origin, such as `http://localhost:8470`.
    #[must_use]
    pub fn at(origin: &str, updated: i64) -> Self {
        let origin = origin.trim_end_matches('/');
        Self {
            instance: Instance { id: "1".to_owned(), name: "Keepwell".to_owned() },
            platform_url: format!("{origin}/platform/wildcat.ashx"),
            shell_url: format!("{origin}/"),
            limits: Limits::default(),
            streaming_url: format!("{origin}{}", crate::streaming::PATH),
            inline_blob_bytes: 4 * 1024 * 1024,
            response_bytes: 32 * 1024 * 1024,
            updated,
        }
    }
}

/// The parameter of a streaming address that carries the token.
const TOKEN: &str = "blob-ref-token";

/// The token in a streaming address. Only the token says what it is for, whatever host stands before it.
pub(crate) fn token_of(url: &str) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    token_in(query.split('#').next().unwrap_or_default())
}

/// The token in the query of a streaming address.
pub(crate) fn token_in(query: &str) -> Option<String> {
    form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name.eq_ignore_ascii_case(TOKEN))
        .map(|(_, token)| token.into_owned())
}
