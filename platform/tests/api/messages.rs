//! SendInsecureMessage and SendInsecureMessageFromApplication.

use keepwell_core::authorizations::{person_pseudonym, record_pseudonym};
use keepwell_core::credentials::{SignUp, sign_up};
use keepwell_core::letters::{PER_PERSON_A_DAY, Sender};
use keepwell_core::persons::NewPerson;
use keepwell_testkit::{World, on_both_engines};

use crate::desk::{As, Desk};

const NAME: &str = "SendInsecureMessage";
const FROM_APP: &str = "SendInsecureMessageFromApplication";
const BODY: &str = "<subject>Hello</subject><text-body>How are you?</text-body>";
const BOB: &str = "<rcpt-address><address>bob@elsewhere.example</address><name>Bob</name></rcpt-address>";
const MAILBOX: &str = "<from-mailbox><mailbox-name>desk</mailbox-name><name>The Desk</name></from-mailbox>";

async fn desk(world: World) -> Desk {
    let rules = |set| {
        format!("[[{set}]]\nname = \"w\"\nwhy = \"w\"\npermissions = [\"read\"]\ntypes = [\"weight\"]\n")
    };
    let head = "name = \"Mails\"\ndomain-name = \"mails.example\"\nmethods = [\"basic\", \"email\"]\n";
    let app = world.app(&format!("{head}{}{}", rules("online"), rules("offline"))).await;
    let desk = Desk::with(world, app).await;
    // What signing up sent is none of these tests' business.
    desk.world.letters().await;
    desk
}

fn info(inside: &str) -> String {
    format!("<info>{inside}</info>")
}

async fn send(desk: &Desk, inside: &str) -> u16 {
    desk.call(NAME, 1, &info(inside), As::Online).await.code
}

on_both_engines!(
    a_person_writes_through_an_application_and_is_answered_themselves,
    |world: World| async move {
        let desk = desk(world).await;
        let both = "<subject>Hello</subject><text-body>Text</text-body><html-body>&lt;b&gt;HTML&lt;/b&gt;</html-body>";
        assert_eq!(send(&desk, &format!("{BOB}{both}")).await, 0);
        let letters = desk.world.letters().await;
        assert_eq!(letters.len(), 1);
        let letter = &letters[0];
        assert!(matches!(&letter.from, Sender::OnBehalfOf(ada) if ada.address == "ada@example.org"));
        assert_eq!((letter.to.len(), letter.to[0].address.as_str()), (1, "bob@elsewhere.example"));
        assert_eq!((letter.text.as_deref(), letter.html.as_deref()), (Some("Text"), Some("<b>HTML</b>")));
    }
);

on_both_engines!(persons_get_letters_of_their_own_and_no_address_is_told, |world: World| async move {
    let desk = desk(world).await;
    let (cleo, hers) = desk.world.person("Cleo").await;
    desk.world.allow(&desk.app.app, cleo, hers).await;
    desk.world.letters().await;
    let domain = &desk.world.domain;
    let to = |person| {
        let id = person_pseudonym(domain, desk.app.app.id, person);
        format!("<rcpt-person validated=\"true\">{id}</rcpt-person>")
    };
    let sent = desk.call(NAME, 1, &info(&format!("{}{}{BODY}", to(cleo), to(desk.ada))), As::Online).await;
    assert_eq!(sent.text, "<response><status><code>0</code></status></response>");
    let letters = desk.world.letters().await;
    assert_eq!(letters.len(), 2);
    assert!(letters.iter().all(|letter| letter.to.len() == 1));
});

on_both_engines!(whom_a_message_cannot_go_to_is_said_and_nothing_is_sent, |world: World| async move {
    let desk = desk(world).await;
    let (bob, bobs) = desk.world.person("Bob").await;
    desk.world.letters().await;
    let person = |id: uuid::Uuid| format!("<rcpt-person validated=\"false\">{id}</rcpt-person>");
    let bobs_id = person_pseudonym(&desk.world.domain, desk.app.app.id, bob).0;
    let at = |address: &str| BOB.replace("bob@elsewhere.example", address);
    for (what, inside, code) in [
        ("no recipient", BODY.to_owned(), 3),
        ("no body", format!("{BOB}<subject>x</subject>"), 3),
        ("no address", format!("{}{BODY}", at("bob at home")), 45),
        ("a second line", format!("{}{BODY}", at("a@b.example&#13;&#10;Bcc: c@d.example")), 45),
        ("a subject of two lines", format!("{BOB}<subject>x&#10;y</subject><text-body>z</text-body>"), 3),
        ("a stranger", format!("{BOB}{}{BODY}", person(uuid::Uuid::from_u128(4))), 67),
        ("one who never allowed it anything", format!("{BOB}{}{BODY}", person(bobs_id)), 67),
    ] {
        let reply = desk.call(NAME, 1, &info(&inside), As::Online).await;
        assert_eq!(reply.code, code, "{what}: {}", reply.text);
    }
    desk.world.allow(&desk.app.app, bob, bobs).await;
    desk.world.revoke(desk.app.app.id, bob, bobs).await;
    assert_eq!(send(&desk, &format!("{}{BODY}", person(bobs_id))).await, 11, "one who withdrew");
    assert!(desk.world.letters().await.is_empty());
});

on_both_engines!(who_has_not_confirmed_an_address_neither_writes_nor_is_trusted, |world: World| async move {
    let desk = desk(world).await;
    let person = NewPerson {
        name: "Dan".to_owned(),
        email: "dan@example.org".to_owned(),
        language: "en".to_owned(),
        country: "US".to_owned(),
    };
    let command = SignUp { person, password: World::PASSWORD.to_owned(), code: None };
    let (dan, his) = sign_up(&desk.world.domain, command).await.unwrap();
    desk.world.allow(&desk.app.app, dan, his).await;
    desk.world.letters().await;
    let id = person_pseudonym(&desk.world.domain, desk.app.app.id, dan);
    let to = |validated: bool| format!("<rcpt-person validated=\"{validated}\">{id}</rcpt-person>{BODY}");
    assert_eq!(send(&desk, &to(true)).await, 41);
    assert_eq!(send(&desk, &to(false)).await, 0);
    let desk = Desk::for_person(desk.world, desk.app, dan, his).await;
    assert_eq!(send(&desk, &format!("{BOB}{BODY}")).await, 41, "the sender");
});

on_both_engines!(custodians_are_written_to_and_find_it_in_the_records_log, |world: World| async move {
    let desk = desk(world).await;
    let to = format!("<rcpt-record validated=\"true\"/>{BODY}");
    assert_eq!(send(&desk, &to).await, 0);
    let from_app = format!("{MAILBOX}{to}");
    assert_eq!(desk.call(FROM_APP, 1, &info(&from_app), As::Offline).await.code, 0);
    assert_eq!(desk.call(FROM_APP, 1, &info(&from_app), As::Nobody).await.code, 9, "a record needs a person");
    let letters = desk.world.letters().await;
    assert_eq!(letters.len(), 2);
    assert!(letters.iter().all(|letter| letter.to[0].address == "ada@example.org"));
    let caller = keepwell_core::authorizations::Caller::person(desk.ada);
    let access = keepwell_core::authorizations::open(&desk.world.domain, &caller, desk.record).await.unwrap();
    let log = keepwell_core::audit::latest(&desk.world.domain, &access, 10).await.unwrap();
    assert_eq!(log.iter().filter(|entry| entry.action == NAME).count(), 2, "{log:?}");

    let (bob, bobs) = desk.world.person("Bob").await;
    desk.world.allow(&desk.app.app, bob, bobs).await;
    let bobs = record_pseudonym(&desk.world.domain, desk.app.app.id, bob, bobs);
    let ask = desk.session.ask(NAME, 1, info(&to), desk.now()).online(&desk.wctoken).record(bobs);
    assert_eq!(desk.send(&ask.text()).await.code, 10, "somebody else's record");
});

on_both_engines!(an_application_writes_from_its_own_domain_or_not_at_all, |world: World| async move {
    let desk = desk(world).await;
    let message = info(&format!("{MAILBOX}{BOB}{BODY}"));
    desk.good(FROM_APP, 1, &message, As::Nobody).await;
    let letters = desk.world.letters().await;
    let expected = |from: &Sender| {
        matches!(from, Sender::Mailbox { name: Some(name), local, domain }
            if name == "The Desk" && local == "desk" && domain == "mails.example")
    };
    assert!(letters.len() == 1 && expected(&letters[0].from));
    let forged = message.replace(">desk<", ">ada@example.org&gt;<");
    assert_eq!(desk.call(FROM_APP, 1, &forged, As::Nobody).await.code, 45);
    let mut app = (*desk.app.app).clone();
    app.domain_name = None;
    keepwell_core::applications::replace(&desk.world.domain, &app).await.unwrap();
    assert_eq!(desk.call(FROM_APP, 1, &message, As::Nobody).await.code, 64);
});

on_both_engines!(nobody_sends_more_than_a_days_letters, |world: World| async move {
    let desk = desk(world).await;
    let message = format!("{BOB}{BODY}");
    for number in 0..PER_PERSON_A_DAY {
        assert_eq!(send(&desk, &message).await, 0, "{number}");
    }
    let refused = desk.call(NAME, 1, &info(&message), As::Online).await;
    assert_eq!(refused.code, 1);
    assert!(refused.value("message").is_some_and(|m| m.contains("too many letters")), "{}", refused.text);
    assert_eq!(desk.world.letters().await.len() as u32, PER_PERSON_A_DAY);
    desk.world.clock.advance(keepwell_core::env::DAY);
    let session = desk.app.session(&desk.send(&desk.app.session_request(desk.now())).await);
    let ask = session.ask(NAME, 1, info(&message), desk.now()).offline(desk.person());
    assert_eq!(desk.send(&ask.text()).await.code, 0, "the next day");
});

on_both_engines!(e_mail_is_not_among_what_every_application_may, |world: World| async move {
    let desk = Desk::of(world).await;
    for name in [NAME, FROM_APP] {
        let message = info(&format!("{MAILBOX}{BOB}{BODY}"));
        assert_eq!(desk.call(name, 1, &message, As::Online).await.code, 11, "{name}");
    }
});
