//! The frame around every page, and the headers on every answer.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::html::Text;
use super::{Site, Website, cookie};

const ICON: &str = "data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 32 32%22%3E\
    %3Ccircle cx=%2216%22 cy=%2216%22 r=%2216%22 fill=%22%23852f5c%22/%3E\
    %3Cpath d=%22M6 20l7-6 5 4 8-8%22 fill=%22none%22 stroke=%22%23fff%22 stroke-width=%223%22/%3E%3C/svg%3E";

const MARK: &str = "<svg class=\"mark\" viewBox=\"0 0 32 32\" aria-hidden=\"true\"><circle cx=\"16\" cy=\"16\" \
    r=\"16\"/><path d=\"M6 20l7-6 5 4 8-8\"/></svg>";

impl Site {
    /// A page. `main` is HTML already.
    pub(super) fn page(&self, title: &str, main: &str) -> Response {
        let at = |page| self.address.path(page);
        let (name, title) = (Text(Website::NAME), Text(title));
        let (home, style, privacy, terms) =
            (Text(at("/")), Text(at("/website.css")), Text(at("/privacy")), Text(at("/terms")));
        let html = format!(
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title} · {name}</title>\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <meta name=\"color-scheme\" content=\"light dark\"><link rel=\"icon\" href=\"{ICON}\">\
             <link rel=\"stylesheet\" href=\"{style}\"></head><body>\
             <header><a class=\"brand\" href=\"{home}\">{MARK}<span>Larkfield <i>Weight Diary</i></span></a></header>\
             <main>{main}</main>\
             <footer><p>Larkfield is a sample website. It keeps no weights of its own: they are in your Keepwell \
             record.</p><p><a href=\"{privacy}\">Privacy</a> <a href=\"{terms}\">Terms</a></p></footer></body></html>\n"
        );
        let mut response = ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response();
        self.protect(response.headers_mut());
        response
    }

    /// Sends the browser to another page of ours.
    pub(super) fn see_other(&self, page: &str) -> Response {
        self.send_to(&self.address.path(page))
    }

    /// Sends the browser to any address. The address may hold a secret.
    pub(super) fn send_to(&self, address: &str) -> Response {
        let Ok(location) = HeaderValue::try_from(address) else {
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        };
        let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response();
        self.protect(response.headers_mut());
        response
    }

    /// The same answer, with the cookie of a visit; without an id the browser forgets it.
    pub(super) fn with_visit(&self, mut response: Response, visit_id: &str) -> Response {
        if let Some(value) = cookie::set(&self.address, visit_id) {
            response.headers_mut().insert(header::SET_COOKIE, value);
        }
        response
    }

    fn protect(&self, headers: &mut HeaderMap) {
        // A form of ours may end at the Shell: signing out does. Browsers hold redirects against this.
        let policy = format!(
            "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self' {}; \
             frame-ancestors 'none'; base-uri 'none'",
            self.shell.origin
        );
        if let Ok(policy) = HeaderValue::try_from(policy) {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        let fixed = [
            (header::CACHE_CONTROL, "no-store"),
            (header::REFERRER_POLICY, "no-referrer"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::X_FRAME_OPTIONS, "DENY"),
        ];
        headers.extend(fixed.map(|(name, value)| (name, HeaderValue::from_static(value))));
    }
}
