//! Letters leave by SMTP and into the folder.

mod post_office;

use keepwell_core::Env;
use keepwell_core::letters::{self, Letter, Mailer as _, Outgoing};
use keepwell_testkit::{World, on_both_engines};
use lettre::message::Mailbox;
use post_office::{Manner, PostOffice};
use secrecy::SecretString;

use super::settings::{Security, SmtpSettings};
use super::test_letter::send as send_test;
use super::{Deliverer, MailboxFolder, Smtp};

fn sender() -> Mailbox {
    "Keepwell <keepwell@home.example>".parse().expect("a sender")
}

fn outgoing() -> Outgoing {
    let letter = Letter::from_server("ada@example.org", "A link", "Hello,\n.hidden dot\nhere.");
    Outgoing { id: Env::system().uuid(), letter }
}

#[tokio::test]
async fn a_letter_goes_to_the_mail_server_as_it_is() {
    let office = PostOffice::open(Manner::Plain).await;
    let answer = office.smtp(&office.settings(Security::Plain)).send(&outgoing()).await;
    assert_eq!(answer.as_deref(), Ok("250 2.0.0 kept as 42"));
    let letters = office.letters();
    assert_eq!(letters.len(), 1);
    let letter = &letters[0];
    assert_eq!((letter.hello.as_str(), letter.from.as_str()), ("home.example", "keepwell@home.example"));
    assert_eq!(letter.to, ["ada@example.org"]);
    assert!(letter.text.contains("Subject: A link\r\n") && letter.text.contains("\r\n.hidden dot\r\n"));
}

#[tokio::test]
async fn a_private_connection_is_made_either_way() {
    for (manner, security) in [(Manner::Implicit, Security::Implicit), (Manner::StartTls, Security::StartTls)]
    {
        let office = PostOffice::open(manner).await;
        let user = Some("me".to_owned());
        let password = Some(SecretString::from("hunter22"));
        let settings = SmtpSettings { user, password, ..office.settings(security) };
        let sent = office.smtp(&settings).send(&outgoing()).await;
        assert!(sent.is_ok(), "{manner:?}: {sent:?}");
        let letters = office.letters();
        assert!(letters[0].private && letters[0].auth.starts_with("AUTH PLAIN "), "{letters:?}");
    }
}

#[tokio::test]
async fn a_server_that_offers_no_private_connection_gets_no_letter_and_no_password() {
    let office = PostOffice::open(Manner::Plain).await;
    let password = Some(SecretString::from("hunter22"));
    let user = Some("me".to_owned());
    let settings = SmtpSettings { user, password, ..office.settings(Security::StartTls) };
    assert!(office.smtp(&settings).send(&outgoing()).await.is_err());
    assert!(office.letters().is_empty());
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_refused() {
    let office = PostOffice::open(Manner::Implicit).await;
    let smtp = Smtp::new(&office.settings(Security::Implicit), sender(), Env::system()).expect("a mailer");
    assert!(smtp.send(&outgoing()).await.is_err());
    assert!(office.letters().is_empty());
}

#[tokio::test]
async fn what_a_server_refuses_is_logged_by_its_code_only() {
    let office = PostOffice::open(Manner::Refuses).await;
    let smtp = office.smtp(&office.settings(Security::Plain));
    let error = smtp.send(&outgoing()).await.expect_err("refused");
    assert!(error.to_string().contains("550") && !error.to_string().contains("ada"), "{error}");
    let told = send_test(&smtp, &Env::system(), "https://home.example", "ada@example.org").await;
    let told = told.expect_err("refused").to_string();
    assert!(told.contains("lives elsewhere"), "the operator reads what was answered: {told}");
}

#[tokio::test]
async fn a_test_letter_says_what_was_answered() {
    let office = PostOffice::open(Manner::Plain).await;
    let smtp = office.smtp(&office.settings(Security::Plain));
    let said = send_test(&smtp, &Env::system(), "https://home.example", "ada@example.org").await;
    assert_eq!(said.expect("sent"), "250 2.0.0 kept as 42");
    let text = office.letters()[0].text.replace("=\r\n", "");
    assert!(text.contains("https://home.example"), "{text}");
    assert!(send_test(&smtp, &Env::system(), "https://home.example", "nowhere").await.is_err());
}

#[tokio::test]
async fn a_letter_becomes_a_file_for_the_owner_only() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path().join("letters");
    let mailer = MailboxFolder::new(folder.clone(), sender(), Env::system()).expect("a mailer");
    let outgoing = outgoing();
    mailer.send(&outgoing).await.expect("written");
    mailer.send(&outgoing).await.expect("written again");
    let files: Vec<_> =
        std::fs::read_dir(&folder).expect("a folder").map(|f| f.expect("a file").path()).collect();
    assert_eq!(files.len(), 1, "the same letter is the same file");
    let text = std::fs::read_to_string(&files[0]).expect("text");
    assert!(text.contains("To: ada@example.org") && text.contains("Subject: A link"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&files[0]).expect("a file").permissions().mode();
        assert_eq!(mode & 0o077, 0);
    }
}

on_both_engines!(a_posted_letter_reaches_the_mail_server_by_itself, |world: World| async move {
    let office = PostOffice::open(Manner::Plain).await;
    let smtp = office.smtp(&office.settings(Security::Plain));
    let deliverer = Deliverer::start(world.domain.clone(), std::sync::Arc::new(smtp));
    letters::send(&world.domain, &outgoing().letter).await.expect("posted");
    while office.letters().is_empty() {
        tokio::task::yield_now().await;
    }
    deliverer.stop().await;
    assert_eq!(
        letters::standing(&world.domain).await.expect("asked").waiting,
        0,
        "what was begun is finished"
    );
});
