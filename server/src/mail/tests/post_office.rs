//! A small mail server on loopback: it speaks as much SMTP (RFC 5321) as a letter needs.

use std::sync::{Arc, Mutex};

use keepwell_core::Env;
use lettre::transport::smtp::client::Certificate;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::pki_types::PrivateKeyDer;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use crate::mail::Smtp;
use crate::mail::settings::{Security, SmtpSettings};

/// A letter as it arrived.
#[derive(Clone, Debug, Default)]
pub struct Arrived {
    pub hello: String,
    pub from: String,
    pub to: Vec<String>,
    pub text: String,
    /// Whether the connection was private.
    pub private: bool,
    /// What AUTH said.
    pub auth: String,
}

/// How the server behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    Plain,
    StartTls,
    Implicit,
    /// Takes no recipient.
    Refuses,
}

/// The server.
pub struct PostOffice {
    pub arrived: Arc<Mutex<Vec<Arrived>>>,
    port: u16,
    certificate: String,
}

impl PostOffice {
    pub async fn open(manner: Manner) -> Self {
        let CertifiedKey { cert, signing_key } =
            generate_simple_self_signed(vec!["localhost".to_owned()]).expect("a certificate");
        let key = PrivateKeyDer::try_from(signing_key.serialize_der()).expect("a key");
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let tls = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![cert.der().clone()], key)
            .expect("TLS");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let arrived = Arc::<Mutex<Vec<Arrived>>>::default();
        tokio::spawn(accept(listener, manner, TlsAcceptor::from(Arc::new(tls)), Arc::clone(&arrived)));
        Self { arrived, port, certificate: cert.pem() }
    }

    pub fn settings(&self, security: Security) -> SmtpSettings {
        SmtpSettings { host: "localhost".to_owned(), port: self.port, security, user: None, password: None }
    }

    /// Our side, which trusts the server's certificate.
    pub fn smtp(&self, settings: &SmtpSettings) -> Smtp {
        let root = Certificate::from_pem(self.certificate.as_bytes()).expect("a certificate");
        Smtp::trusting(settings, super::sender(), Env::system(), Some(root)).expect("a mailer")
    }

    pub fn letters(&self) -> Vec<Arrived> {
        self.arrived.lock().unwrap().clone()
    }
}

async fn accept(listener: TcpListener, manner: Manner, tls: TlsAcceptor, arrived: Arc<Mutex<Vec<Arrived>>>) {
    while let Ok((stream, _)) = listener.accept().await {
        let (tls, arrived) = (tls.clone(), Arc::clone(&arrived));
        // A client that goes away in between is its own affair.
        tokio::spawn(async move { serve(stream, manner, &tls, &arrived).await.ok() });
    }
}

async fn serve(
    mut stream: TcpStream,
    manner: Manner,
    tls: &TlsAcceptor,
    arrived: &Mutex<Vec<Arrived>>,
) -> std::io::Result<()> {
    if manner == Manner::Implicit {
        let mut stream = tls.accept(stream).await?;
        stream.write_all(b"220 localhost\r\n").await?;
        return talk(stream, manner, true, arrived).await.map(drop);
    }
    stream.write_all(b"220 localhost\r\n").await?;
    match talk(stream, manner, false, arrived).await? {
        Some(stream) => talk(tls.accept(stream).await?, manner, true, arrived).await.map(drop),
        None => Ok(()),
    }
}

/// Answers until the end, or until TLS is to begin on the connection that it gives back.
async fn talk<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    manner: Manner,
    private: bool,
    arrived: &Mutex<Vec<Arrived>>,
) -> std::io::Result<Option<S>> {
    let mut stream = BufReader::new(stream);
    let mut letter = Arrived { private, ..Arrived::default() };
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(None);
        }
        let line = line.trim_end().to_owned();
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let answer: &str = match verb.as_str() {
            "EHLO" => {
                letter.hello = line[5..].to_owned();
                match manner {
                    Manner::StartTls if !private => "250-localhost\r\n250 STARTTLS",
                    _ => "250-localhost\r\n250-8BITMIME\r\n250 AUTH PLAIN",
                }
            }
            "STARTTLS" => {
                stream.write_all(b"220 begin\r\n").await?;
                return Ok(Some(stream.into_inner()));
            }
            "AUTH" => {
                letter.auth = line;
                "235 known"
            }
            "MAIL" => {
                letter.from = within(&line);
                "250 good"
            }
            "RCPT" if manner == Manner::Refuses => "550 5.1.1 <ada@example.org> lives elsewhere",
            "RCPT" => {
                letter.to.push(within(&line));
                "250 good"
            }
            "DATA" => {
                stream.write_all(b"354 go on\r\n").await?;
                letter.text = data(&mut stream).await?;
                arrived.lock().unwrap().push(std::mem::take(&mut letter));
                "250 2.0.0 kept as 42"
            }
            "QUIT" => {
                stream.write_all(b"221 bye\r\n").await?;
                return Ok(None);
            }
            _ => "500 what?",
        };
        stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
}

async fn data<S: AsyncRead + Unpin>(stream: &mut BufReader<S>) -> std::io::Result<String> {
    let mut text = String::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 || line == ".\r\n" {
            return Ok(text);
        }
        text.push_str(line.strip_prefix('.').unwrap_or(&line));
    }
}

fn within(line: &str) -> String {
    line.split(['<', '>']).nth(1).unwrap_or_default().to_owned()
}
