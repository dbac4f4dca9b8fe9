//! CreateAuthenticatedSessionToken 1 and 2 (wire.md 3, methods.md 5.3). The request is
//! [`crate::cast::CastRequest`].

use uuid::Uuid;

use crate::answer;

pub use crate::cast::CastRequest as Request;

/// The answer: a token, and in version 2 the key that the server chose.
#[derive(Clone, PartialEq, Eq)]
pub struct Response {
    /// The application.
    pub app_id: Uuid,
    /// The session token, of letters, digits, `-` and `_` only: clients paste it unescaped.
    pub token: String,
    /// Version 2: the key in Base64 with padding.
    pub shared_secret: Option<String>,
}

/// Writes the answer. The token precedes the secret, or Java and iOS clients miss it.
pub fn answer(response: &Response) -> String {
    let suffix = match response.shared_secret {
        None => "CreateAuthenticatedSessionToken",
        Some(_) => "CreateAuthenticatedSessionToken2",
    };
    answer::success(suffix, |out| {
        out.open("token").attr("app-id", response.app_id).attr("app-record-auth-action", "NoActionRequired");
        out.text(&response.token).close();
        out.element_if("shared-secret", response.shared_secret.as_ref());
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_precedes_the_secret() {
        let mut response =
            Response { app_id: Uuid::nil(), token: "T".into(), shared_secret: Some("c2VjcmV0".into()) };
        assert!(answer(&response).ends_with(
            "CreateAuthenticatedSessionToken2\"><token app-id=\"00000000-0000-0000-0000-000000000000\" \
             app-record-auth-action=\"NoActionRequired\">T</token><shared-secret>c2VjcmV0</shared-secret>\
             </wc:info></response>"
        ));
        response.shared_secret = None;
        assert!(answer(&response).contains("response.CreateAuthenticatedSessionToken\">"));
    }
}
