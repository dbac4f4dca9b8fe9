//! The first page: an invitation, or the diary.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use keepwell_client::Error;

use super::diary::{Diary, Draft};
use super::html::Text;
use super::notice::Notice;
use super::visits::Visit;
use super::{Site, cookie};

/// The first page.
pub(super) async fn get(
    State(site): State<Arc<Site>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let query = query.unwrap_or_default();
    let said = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "said");
    let notice = said.and_then(|(_, word)| Notice::of_word(&word));
    match site.connected(&headers) {
        Some((visit, token)) => site.diary_page(&headers, &visit, &token, notice, Draft::default()).await,
        None => site.welcome(notice),
    }
}

/// The path without its slash.
pub(super) async fn redirect(State(site): State<Arc<Site>>) -> Response {
    site.see_other("/")
}

impl Site {
    /// The visit of a person who is connected, with their token.
    pub(super) fn connected(&self, headers: &HeaderMap) -> Option<(Visit, String)> {
        let visit = self.visits.get(cookie::visit_id(headers)?, self.clock.now())?;
        let token = visit.token.clone()?;
        Some((visit, token))
    }

    /// The diary, or what keeps us from showing it.
    pub(super) async fn diary_page(
        &self,
        headers: &HeaderMap,
        visit: &Visit,
        token: &str,
        notice: Option<Notice>,
        draft: Draft,
    ) -> Response {
        match Diary::read(&self.client, token).await {
            Ok(Some(diary)) => {
                let main = diary.show(self, visit, notice, &draft);
                self.page(&format!("{}’s weight", diary.name), &main)
            }
            Ok(None) => self.disconnected(headers, Notice::NotShared),
            Err(error) => self.trouble(headers, &error),
        }
    }

    /// The invitation.
    pub(super) fn welcome(&self, notice: Option<Notice>) -> Response {
        let notice = notice.map(|n| format!("<p class=\"notice\" role=\"status\">{}</p>", n.text()));
        let main = format!(
            "{}<section class=\"card welcome\"><h1>Your weight, one line at a time</h1>\
             <p>Larkfield shows your weight as a simple line and lets you add today’s in a few seconds.</p>\
             <p>Your weights live in your own Keepwell record. You decide there what Larkfield may see, and you \
             can stop it whenever you like.</p>\
             <p><a class=\"button\" href=\"{}\">Connect my record</a></p>\
             <p class=\"quiet\">You will sign in at Keepwell. Larkfield never sees your password.</p></section>",
            notice.unwrap_or_default(),
            Text(self.address.path("/connect")),
        );
        self.page("Welcome", &main)
    }

    /// What to show when a call did not succeed.
    pub(super) fn trouble(&self, headers: &HeaderMap, error: &Error) -> Response {
        if error.is_signed_out() {
            return self.disconnected(headers, Notice::Ended);
        }
        if error.is_not_allowed() {
            return self.disconnected(headers, Notice::NotShared);
        }
        let detail = match error {
            Error::Transport(_) => "There was no answer.".to_owned(),
            _ => match error.status() {
                Some(code) => format!("Keepwell answered {code} {}.", code.name()),
                None => "The answer made no sense to us.".to_owned(),
            },
        };
        let main = format!(
            "<section class=\"card\"><h1>Your record cannot be reached right now</h1><p>Nothing is lost: your weights \
             are safe in your record. Please try again in a minute.</p>\
             <p><a class=\"button\" href=\"{}\">Try again</a></p><p class=\"quiet\">For support: {}</p></section>",
            Text(self.address.path("/")),
            Text(detail),
        );
        let mut response = self.page("Please try again", &main);
        *response.status_mut() = StatusCode::BAD_GATEWAY;
        response
    }

    /// Forgets a token that is good for nothing any more, and invites the person again.
    fn disconnected(&self, headers: &HeaderMap, notice: Notice) -> Response {
        if let Some(id) = cookie::visit_id(headers) {
            self.visits.end(id);
        }
        self.with_visit(self.welcome(Some(notice)), "")
    }
}
