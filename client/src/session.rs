//! A session: a token that names it, and a key that signs what is said in it (wire.md 3.5).

use keepwell_wire::integrity::decode_base64;
use roxmltree::Node;
use zeroize::Zeroizing;

use crate::Error;
use crate::answer::{required, text};

/// A session with the server.
pub(crate) struct Session {
    pub(crate) token: String,
    pub(crate) key: Zeroizing<Vec<u8>>,
}

impl Session {
    /// Reads the answer of CreateAuthenticatedSessionToken 2.
    pub(crate) fn read(info: Node<'_, '_>) -> Result<Self, Error> {
        let token = text(required(info, "token")?)?;
        let key = decode_base64(&text(required(info, "shared-secret")?)?).map(Zeroizing::new);
        match key {
            Some(key) if !key.is_empty() && !token.is_empty() => Ok(Session { token, key }),
            _ => Err(Error::Malformed("a session without a token or a key".to_owned())),
        }
    }
}
