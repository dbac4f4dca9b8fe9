//! The button for a passkey on the pages before a person is signed in, and what lets its script work.

use super::Shell;
use super::onward::Onward;
use super::passkeys::button;
use crate::locale::Texts;
use crate::pages::passkey_button::{Act, PasskeyButton};
use crate::paths;
use crate::security_headers::PagePolicy;

/// The button, on a server that has passkeys, and the policy of the page that it is on.
pub fn on(shell: &Shell, t: &Texts, onward: &Onward, act: Act) -> (Option<PasskeyButton>, PagePolicy) {
    let (begin_at, finish_at) = match act {
        Act::SignUp => (paths::BEGIN_PASSKEY_SIGN_UP, paths::PASSKEY_SIGN_UP),
        _ => (paths::BEGIN_PASSKEY_SIGN_IN, paths::PASSKEY_SIGN_IN),
    };
    match shell.passkeys {
        Some(_) => (Some(button(t, act, begin_at, onward.at(finish_at))), onward.policy().with_passkeys()),
        None => (None, onward.policy()),
    }
}
