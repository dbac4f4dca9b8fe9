//! Handing letters to a mail server.

use std::fmt::Write as _;

use anyhow::Context as _;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use keepwell_core::Env;
use keepwell_core::letters::{MailError, Mailer, Outgoing};
use lettre::message::Mailbox;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Response;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use secrecy::ExposeSecret as _;

use super::message::message;
use super::settings::{Security, SmtpSettings};

/// A mail server. Each letter has a connection of its own: there are few letters, and none waits for another.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    server: Mailbox,
    env: Env,
}

impl Smtp {
    /// The mail server, and our own address. Its certificate must be one that this machine trusts.
    pub fn new(settings: &SmtpSettings, server: Mailbox, env: Env) -> anyhow::Result<Self> {
        Self::trusting(settings, server, env, None)
    }

    /// The same, with one more certificate that is trusted.
    pub(super) fn trusting(
        settings: &SmtpSettings,
        server: Mailbox,
        env: Env,
        root: Option<Certificate>,
    ) -> anyhow::Result<Self> {
        let host = settings.host.as_str();
        let tls = || {
            let mut parameters = TlsParameters::builder(host.to_owned());
            if let Some(root) = root {
                parameters = parameters.add_root_certificate(root);
            }
            parameters.build_rustls().context("TLS for the mail server")
        };
        let tls = match settings.security {
            Security::Implicit => Tls::Wrapper(tls()?),
            Security::StartTls => Tls::Required(tls()?),
            Security::Plain => Tls::None,
        };
        let hello = ClientId::Domain(server.email.domain().to_owned());
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
            .port(settings.port)
            .tls(tls)
            .hello_name(hello);
        if let (Some(user), Some(password)) = (&settings.user, &settings.password) {
            builder =
                builder.credentials(Credentials::new(user.clone(), password.expose_secret().to_owned()));
        }
        Ok(Self { transport: builder.build(), server, env })
    }
}

impl Mailer for Smtp {
    fn send<'a>(&'a self, outgoing: &'a Outgoing) -> BoxFuture<'a, Result<String, MailError>> {
        async move {
            let message = message(&self.server, self.env.now(), outgoing)?;
            match self.transport.send(message).await {
                Ok(response) => Ok(words(&response)),
                Err(error) => Err(failed(&error)),
            }
        }
        .boxed()
    }
}

fn words(response: &Response) -> String {
    let mut words = response.code().to_string();
    for line in response.message() {
        let _ = write!(words, " {line}");
    }
    words
}

/// What the server answered may name addresses, so that only its code is for the log.
fn failed(error: &Error) -> MailError {
    let why = match error.status() {
        Some(code) => format!("the mail server refused it with {code}"),
        None if error.is_timeout() => "the mail server did not answer in time".to_owned(),
        None if error.is_tls() => "there is no private connection to the mail server".to_owned(),
        None if error.is_client() => "the mail server lacks what the letter needs".to_owned(),
        None => "the mail server cannot be reached, or speaks another language".to_owned(),
    };
    MailError { why, answer: Some(error.to_string()) }
}
