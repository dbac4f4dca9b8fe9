//! What gives away data or ways in is done only by who has just proved who they are: a browser that was left open
//! does not do it for anybody. A handler of such a page begins with [`fresh`], for the form as for the page.

use keepwell_core::persons::Person;
use keepwell_core::sessions::shell::{self, ShellSession};

use super::Shell;
use super::fault::Fault;
use super::guest::Guest;
use crate::pages::trouble::What;
use crate::paths;
use crate::redirect::params::encode;

/// By what a person has proved who they are, on the way in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Proof {
    /// The password.
    Password,
    /// The link of a letter, by which they chose a new password.
    Letter,
    /// They have just opened the account.
    NewAccount,
    /// A passkey.
    Passkey,
    /// They have just opened the account, with a passkey.
    NewAccountWithPasskey,
}

impl Proof {
    /// Whether the code of the second step is asked for after it, where the person has one. Whatever is two steps
    /// by itself needs none.
    pub fn needs_code(self) -> bool {
        match self {
            Self::Password | Self::Letter => true,
            Self::NewAccount | Self::Passkey | Self::NewAccountWithPasskey => false,
        }
    }

    /// Whether the person knows of it already, so that a browser that is new to them is no news.
    pub fn is_told(self) -> bool {
        match self {
            Self::Password | Self::Passkey => false,
            Self::Letter | Self::NewAccount | Self::NewAccountWithPasskey => true,
        }
    }

    /// What is kept of it.
    pub fn kept(self) -> shell::Proof {
        match self {
            Self::Password | Self::Letter | Self::NewAccount => shell::Proof::Password,
            Self::Passkey | Self::NewAccountWithPasskey => shell::Proof::Passkey,
        }
    }
}

/// The person who is signed in, if they have proved lately who they are. Else the way to the page for that, and
/// from there back to the page that was asked for; a form is told so, does nothing, and can be sent again.
pub fn fresh<'a>(shell: &Shell, guest: &'a Guest) -> Result<(&'a Person, &'a ShellSession), Fault> {
    fresh_on(shell, guest, guest.page().unwrap_or(paths::ACCOUNT))
}

/// The same for a form whose address is no page: it stands on this one.
pub fn fresh_on<'a>(
    shell: &Shell,
    guest: &'a Guest,
    page: &str,
) -> Result<(&'a Person, &'a ShellSession), Fault> {
    let (person, session) = guest.must_be_signed_in()?;
    if session.is_fresh(shell.domain.env.now()) {
        return Ok((person, session));
    }
    Err(match guest.wanted() {
        Some(wanted) => Fault::elsewhere(prove_for(wanted)),
        None => Fault::of(What::Unproved).with_next(prove_for(page)),
    })
}

/// Where a person proves who they are, to go on to this page. Who has no password is sent on to sign in anew.
pub fn prove_for(page: &str) -> String {
    format!("{}?next={}", paths::PROVE, encode(page.as_bytes()))
}
