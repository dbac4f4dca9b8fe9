//! How letters leave: to a mail server (SMTP), or into a folder while none is set.

mod deliverer;
mod folder;
mod message;
mod settings;
mod smtp;
mod test_letter;
#[cfg(test)]
mod tests;

use std::sync::Arc;

pub use deliverer::Deliverer;
pub use folder::MailboxFolder;
use keepwell_core::Env;
use keepwell_core::letters::Mailer;
pub use settings::{SmtpSettings, parse_sender};
pub use smtp::Smtp;
pub use test_letter::run;

use crate::config::Config;

/// Who carries this server's letters.
pub fn mailer(config: &Config, env: &Env) -> anyhow::Result<Arc<dyn Mailer>> {
    let (from, env) = (config.mail_from.clone(), env.clone());
    Ok(match &config.smtp {
        Some(settings) => Arc::new(Smtp::new(settings, from, env)?),
        None => Arc::new(MailboxFolder::new(config.letters(), from, env)?),
    })
}

/// Where they go, for people to read.
pub fn whereto(config: &Config) -> String {
    match &config.smtp {
        Some(settings) => settings.to_string(),
        None => config.letters().display().to_string(),
    }
}
