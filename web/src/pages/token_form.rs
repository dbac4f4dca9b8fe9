//! The token's way back by POST: a form that sends itself, with a button for browsers without script.
//!
//! Send it with `PagePolicy::default().with_script().leading_to(action.origin())`.

use askama::Template;

use super::{App, Frame};

/// The page.
#[derive(Clone, Template)]
#[template(path = "token_form.html")]
pub struct TokenForm {
    /// Around the page.
    pub frame: Frame,
    /// Whom the person goes back to.
    pub app: App,
    /// `ReturnTrip::url_without_token`.
    pub action: String,
    /// The token, the form's one field.
    pub wctoken: String,
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, TokenForm)> {
    let action = "https://northside.example/action?target=AppAuthSuccess&instanceid=1".into();
    let wctoken = "sample-token=".into();
    vec![("plain", TokenForm { frame: Frame::sample().at(None), app: App::sample(), action, wctoken })]
}
