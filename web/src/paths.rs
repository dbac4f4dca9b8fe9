//! The addresses of the Shell's pages, and how forgiving we are about two of them.
//!
//! No address but [`END_PAGE`] may contain the word that it ends in: a mobile client takes any address
//! with it for the end of the visit.

use axum::extract::Request;
use http::Uri;

/// The redirector, at the host's root because client libraries replace the whole path with it.
pub const REDIRECTOR: &str = "/redirect.aspx";
/// The end of a visit for an application without an action URL.
pub const END_PAGE: &str = "/application/complete";
/// The older direct link to the pick-up page.
pub const PATIENT_WELCOME: &str = "/patientwelcome.aspx";
/// The older help page.
pub const HELP: &str = "/help.aspx";
/// Where a visit goes on after a POST from another site, which brings no cookie of ours.
pub const VISIT: &str = "/visit";
/// The person's records.
pub const HOME: &str = "/";
/// Where a person proves who they are.
pub const SIGN_IN: &str = "/sign-in";
/// Where a person gives the code of the second step.
pub const SIGN_IN_CODE: &str = "/sign-in/code";
/// Where a person opens an account.
pub const SIGN_UP: &str = "/sign-up";
/// Where the Shell's session ends (a POST).
pub const SIGN_OUT: &str = "/sign-out";
/// Where a person proves who they are with a passkey, and what their device is asked then (a POST).
pub const PASSKEY_SIGN_IN: &str = "/sign-in/passkey";
/// See [`PASSKEY_SIGN_IN`].
pub const BEGIN_PASSKEY_SIGN_IN: &str = "/sign-in/passkey/begin";
/// Where a person opens an account with a passkey, and what their device is asked then (a POST).
pub const PASSKEY_SIGN_UP: &str = "/sign-up/passkey";
/// See [`PASSKEY_SIGN_UP`].
pub const BEGIN_PASSKEY_SIGN_UP: &str = "/sign-up/passkey/begin";
/// The person's passkeys.
pub const PASSKEYS: &str = "/account/passkeys";
/// What a device is asked in order to make another one (a POST).
pub const BEGIN_PASSKEY: &str = "/account/passkeys/begin";
/// What a person who forgot the password asks for.
pub const FORGOT_PASSWORD: &str = "/password/forgot";
/// Where a mailed link lets a person choose a new password.
pub const NEW_PASSWORD: &str = "/password/new";
/// Where a mailed link lets a person confirm their e-mail address.
pub const CONFIRM_EMAIL: &str = "/confirm";
/// Where the letter with that link is asked for again (a POST).
pub const SEND_CONFIRMATION: &str = "/account/confirm";
/// Which records, and what an application may do with them.
pub const CONSENT: &str = "/consent";
/// Where a person types a pickup code. Clinics print it in letters.
pub const CONNECT: &str = "/connect";
/// The question that belongs to the code.
pub const CONNECT_QUESTION: &str = "/connect/question";
/// What a person should know of, dismissed.
pub const NOTICES: &str = "/notices";
/// What was left for a person, after the right answer.
pub const PICK_UP: &str = "/connect/package";
/// A new record.
pub const CREATE_RECORD: &str = "/records/new";
/// The apps connected to the person's records.
pub const APPS: &str = "/apps";
/// The person's phones and tablets.
pub const DEVICES: &str = "/devices";
/// Where the person is signed in.
pub const SESSIONS: &str = "/sessions";
/// Where one of the other sign-ins is ended (a POST).
pub const END_SESSION: &str = "/sessions/end";
/// Where all sign-ins are ended (a POST).
pub const END_ALL_SESSIONS: &str = "/sessions/end-all";
/// Name, e-mail and password.
pub const ACCOUNT: &str = "/account";
/// Another e-mail address.
pub const CHANGE_EMAIL: &str = "/account/email";
/// Where a change that was asked for is dropped (a POST).
pub const DROP_EMAIL: &str = "/account/email/drop";
/// Where a letter's link to the new address leads.
pub const TAKE_EMAIL: &str = "/email/new";
/// Where a letter's link back to the former address leads.
pub const UNDO_EMAIL: &str = "/email/undo";
/// Where a person closes their account.
pub const CLOSE_ACCOUNT: &str = "/account/close";
/// Where who has signed in to a closed account keeps it (a POST).
pub const KEEP_ACCOUNT: &str = "/account/keep";
/// Records that wait to be erased.
pub const LEAVING: &str = "/account/leaving";
/// All that was ever allowed.
pub const APP_HISTORY: &str = "/apps/history";
/// The second step of the person's sign-in.
pub const SECOND_STEP: &str = "/account/second-step";
/// Where a person who is signed in proves once more who they are.
pub const PROVE: &str = "/account/prove";
/// Where an application lets a person rename a record.
pub const EDIT_RECORD: &str = "/records/edit";
/// Help.
pub const HELP_PAGE: &str = "/help";
/// The units in which the person reads numbers.
pub const UNITS: &str = "/account/units";
/// Where a reader chooses the language (a POST).
pub const LANGUAGE: &str = "/language";
/// How we keep what people entrust to us.
pub const PRIVACY: &str = "/privacy";
/// The terms of use.
pub const TERMS: &str = "/terms";

/// The addresses that clients write in their own way.
pub const FORGIVEN: [&str; 4] = [REDIRECTOR, END_PAGE, PATIENT_WELCOME, HELP];

/// The canonical form of a path that clients write with other letter case or repeated slashes, if it is
/// one of those. (The iOS library opens `//redirect.aspx`.)
pub fn canonical(path: &str) -> Option<&'static str> {
    canonical_among(&FORGIVEN, path)
}

fn canonical_among(known: &[&'static str], path: &str) -> Option<&'static str> {
    if !path.starts_with('/') {
        return None;
    }
    let segments = || path.split('/').filter(|segment| !segment.is_empty());
    known.iter().copied().find(|known| {
        let mut wanted = known.split('/').skip(1);
        segments().all(|segment| wanted.next().is_some_and(|w| w.eq_ignore_ascii_case(segment)))
            && wanted.next().is_none()
    })
}

/// Gives a request with a forgiven path its canonical path, so that routes are written once. Lay it
/// around the router (`MapRequestLayer`), not inside: a router has chosen by the time its layers run.
pub fn forgive<B>(request: Request<B>) -> Request<B> {
    forgive_among(&FORGIVEN, request)
}

/// The same for a server that has more addresses than the Shell's.
pub fn forgive_among<B>(known: &[&'static str], mut request: Request<B>) -> Request<B> {
    if let Some(path) =
        canonical_among(known, request.uri().path()).filter(|path| *path != request.uri().path())
    {
        let mut parts = request.uri().clone().into_parts();
        let target = match request.uri().query() {
            Some(query) => format!("{path}?{query}"),
            None => path.to_owned(),
        };
        parts.path_and_query = target.parse().ok();
        if let Ok(uri) = Uri::from_parts(parts) {
            *request.uri_mut() = uri;
        }
    }
    request
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_redirector_is_found_in_any_case_and_behind_repeated_slashes() {
        for path in ["/redirect.aspx", "//redirect.aspx", "/Redirect.ASPX", "///REDIRECT.aspx"] {
            assert_eq!(canonical(path), Some(REDIRECTOR), "{path}");
        }
    }

    #[test]
    fn the_end_page_is_found_in_any_case_and_behind_repeated_slashes() {
        for path in ["/application/complete", "//Application//Complete", "/APPLICATION/COMPLETE/"] {
            assert_eq!(canonical(path), Some(END_PAGE), "{path}");
        }
    }

    #[test]
    fn a_longer_shorter_or_other_path_is_left_alone() {
        for path in
            ["/", "", "redirect.aspx", "/redirect.aspx/x", "/application", "/x/redirect.aspx", "/sign-in"]
        {
            assert_eq!(canonical(path), None, "{path}");
        }
    }

    #[test]
    fn a_forgiven_request_keeps_its_query() {
        let request =
            Request::builder().uri("//Redirect.aspx?target=AUTH&targetqs=%3Fappid%3D1").body(()).unwrap();
        assert_eq!(forgive(request).uri(), "/redirect.aspx?target=AUTH&targetqs=%3Fappid%3D1");
        let request = Request::builder().uri("/Sign-In?x").body(()).unwrap();
        assert_eq!(forgive(request).uri(), "/Sign-In?x");
    }

    #[test]
    fn only_the_end_page_contains_the_word_that_mobile_clients_look_for() {
        let pages = [
            REDIRECTOR,
            PATIENT_WELCOME,
            HELP,
            VISIT,
            HOME,
            SIGN_IN,
            SIGN_UP,
            SIGN_OUT,
            FORGOT_PASSWORD,
            NEW_PASSWORD,
            CONFIRM_EMAIL,
            SEND_CONFIRMATION,
            CONSENT,
            CONNECT,
            CONNECT_QUESTION,
            PICK_UP,
            NOTICES,
            CREATE_RECORD,
            APPS,
            SESSIONS,
            END_SESSION,
            END_ALL_SESSIONS,
            ACCOUNT,
            CHANGE_EMAIL,
            DROP_EMAIL,
            TAKE_EMAIL,
            UNDO_EMAIL,
            CLOSE_ACCOUNT,
            KEEP_ACCOUNT,
            LEAVING,
            APP_HISTORY,
            PRIVACY,
            TERMS,
        ];
        assert!(pages.iter().all(|path| !path.contains("complete")));
    }
}
