//! The header as types (wire.md 2.2). Children may come in any order and unknown ones are ignored, for
//! the schema grew over the years; what security rests on may not come twice.

use roxmltree::Node;
use uuid::Uuid;

use crate::envelope::{EnvelopeError, MessageTime};
use crate::integrity::{HashData, HmacData};
use crate::time::parse_instant;
use crate::xml;

/// Who calls.
#[derive(Clone, PartialEq, Eq)]
pub enum Credential {
    /// An anonymous call of an application.
    App(Uuid),
    /// A call within a session.
    Session {
        /// The session token.
        auth_token: String,
        /// The token of a person who is present; never empty.
        user_auth_token: Option<String>,
        /// The person on whose behalf the application acts alone; never the nil GUID.
        offline_person_id: Option<Uuid>,
    },
}

impl std::fmt::Debug for Credential {
    /// Tokens are secrets and stay out of logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Credential::App(id) => f.debug_tuple("App").field(id).finish(),
            Credential::Session { user_auth_token, offline_person_id, .. } => f
                .debug_struct("Session")
                .field("online", &user_auth_token.is_some())
                .field("offline_person_id", offline_person_id)
                .finish_non_exhaustive(),
        }
    }
}

/// The header of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The name of the method, case-sensitive.
    pub method: String,
    /// Its version; 1 if the header does not say.
    pub method_version: u32,
    /// The person whom the call is about, which few clients send.
    pub target_person_id: Option<Uuid>,
    /// The record.
    pub record_id: Option<Uuid>,
    /// Who calls.
    pub credential: Credential,
    /// ISO 639-1.
    pub language: Option<String>,
    /// ISO 3166.
    pub country: Option<String>,
    /// Language and country in one, as later schemas have it.
    pub culture_code: Option<String>,
    /// A transform that the whole answer is to go through.
    pub final_xsl: Option<FinalXsl>,
    /// When the client says it wrote the message.
    pub msg_time: MessageTime,
    /// Seconds that the message is good for; 0 if the header does not say.
    pub msg_ttl: u32,
    /// How the client describes itself; for logs only.
    pub version: String,
    /// The hash of the info element.
    pub info_hash: Option<HashData>,
}

/// A `final-xsl` element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FinalXsl {
    /// XSL text or a well-known tag.
    pub xsl: String,
    /// The content type that the answer is to have.
    pub content_type: Option<String>,
}

impl Header {
    /// Reads a `header` element.
    pub(super) fn read(header: Node<'_, '_>) -> Result<Self, EnvelopeError> {
        let msg_time = match optional_text(header, "msg-time")? {
            None => MessageTime::Absent,
            Some(text) => parse_instant(&text).map_or(MessageTime::Unreadable(text), MessageTime::At),
        };
        let final_xsl = match child(header, "final-xsl")? {
            None => None,
            Some(node) => Some(FinalXsl {
                xsl: text_of(node, "final-xsl")?,
                content_type: node.attribute("content-type").map(str::to_owned),
            }),
        };
        Ok(Header {
            method: optional_text(header, "method")?.ok_or(EnvelopeError::Missing("method"))?,
            method_version: count(header, "method-version")?.unwrap_or(1),
            target_person_id: guid(header, "target-person-id")?,
            record_id: guid(header, "record-id")?,
            credential: credential(header)?,
            language: optional_text(header, "language")?,
            country: optional_text(header, "country")?,
            culture_code: optional_text(header, "culture-code")?,
            final_xsl,
            msg_time,
            msg_ttl: count(header, "msg-ttl")?.unwrap_or(0),
            version: optional_text(header, "version")?.unwrap_or_default(),
            info_hash: match child(header, "info-hash")? {
                None => None,
                Some(node) => Some(hash_data(node)?),
            },
        })
    }
}

fn credential(header: Node<'_, '_>) -> Result<Credential, EnvelopeError> {
    let session = child(header, "auth-session")?;
    match (child(header, "app-id")?, session) {
        (Some(_), None) => {
            guid(header, "app-id")?.map(Credential::App).ok_or(EnvelopeError::Missing("app-id"))
        }
        (None, Some(session)) => {
            let auth_token =
                optional_text(session, "auth-token")?.ok_or(EnvelopeError::Missing("auth-token"))?;
            let user_auth_token = optional_text(session, "user-auth-token")?;
            let offline_person_id = match child(session, "offline-person-info")? {
                None => None,
                Some(person) => guid(person, "offline-person-id")?.filter(|id| !id.is_nil()),
            };
            Ok(Credential::Session { auth_token, user_auth_token, offline_person_id })
        }
        _ => Err(EnvelopeError::Credential),
    }
}

/// The unqualified child of this name; two of them are an error.
pub(super) fn child<'a, 'i>(
    parent: Node<'a, 'i>,
    name: &'static str,
) -> Result<Option<Node<'a, 'i>>, EnvelopeError> {
    let wanted = |n: &Node<'a, 'i>| {
        n.is_element() && n.tag_name().name() == name && n.tag_name().namespace().is_none_or(str::is_empty)
    };
    let mut found = parent.children().filter(wanted);
    match (found.next(), found.next()) {
        (_, Some(_)) => Err(EnvelopeError::Duplicate(name)),
        (first, None) => Ok(first),
    }
}

pub(super) fn hmac_data(auth: Node<'_, '_>) -> Result<HmacData, EnvelopeError> {
    let (algorithm, value) = named_data(auth, "hmac-data")?;
    Ok(HmacData { algorithm, value })
}

fn hash_data(info_hash: Node<'_, '_>) -> Result<HashData, EnvelopeError> {
    let (algorithm, value) = named_data(info_hash, "hash-data")?;
    Ok(HashData { algorithm, value })
}

fn named_data(parent: Node<'_, '_>, name: &'static str) -> Result<(String, String), EnvelopeError> {
    let data = child(parent, name)?.ok_or(EnvelopeError::Missing(name))?;
    let algorithm = data.attribute("algName").ok_or(EnvelopeError::Missing("algName"))?;
    Ok((algorithm.to_owned(), text_of(data, name)?))
}

fn text_of(node: Node<'_, '_>, name: &'static str) -> Result<String, EnvelopeError> {
    xml::text(node).map(|text| text.into_owned()).map_err(|e| invalid(name, &e.message))
}

/// The trimmed text of a child; an empty one counts as absent.
fn optional_text(parent: Node<'_, '_>, name: &'static str) -> Result<Option<String>, EnvelopeError> {
    match child(parent, name)? {
        None => Ok(None),
        Some(node) => Ok(Some(text_of(node, name)?).filter(|text| !text.is_empty())),
    }
}

fn guid(parent: Node<'_, '_>, name: &'static str) -> Result<Option<Uuid>, EnvelopeError> {
    match optional_text(parent, name)? {
        None => Ok(None),
        Some(text) if text.len() == 36 => Uuid::try_parse(&text).map(Some).map_err(|_| invalid(name, &text)),
        Some(text) => Err(invalid(name, &text)),
    }
}

fn count(parent: Node<'_, '_>, name: &'static str) -> Result<Option<u32>, EnvelopeError> {
    match optional_text(parent, name)? {
        None => Ok(None),
        Some(text) => xml::count(name, &text).map(Some).map_err(|_| invalid(name, &text)),
    }
}

fn invalid(element: &'static str, value: &str) -> EnvelopeError {
    EnvelopeError::Invalid { element, value: value.chars().take(60).collect() }
}
