//! GetPeopleForRecord, NewSignupCode, SelectInstance.

use keepwell_core::credentials::{SignUp, SignUpError, sign_up};
use keepwell_core::env::DAY;
use keepwell_core::persons::NewPerson;
use keepwell_testkit::{World, on_both_engines};

use crate::desk::{As, Desk};

on_both_engines!(a_custodian_learns_who_keeps_the_record, |world: World| async move {
    let desk = Desk::of(world).await;
    let people = desk.good("GetPeopleForRecord", 1, "<info/>", As::Online).await;
    assert_eq!(people.count("active-person-authorization"), 1);
    assert_eq!(people.value("contact-email").as_deref(), Some("ada@example.org"));
    assert_eq!(people.value("record-custodian").as_deref(), Some("true"));
    desk.world.domain.settle().await;
    let caller = keepwell_core::authorizations::Caller::person(desk.ada);
    let access = keepwell_core::authorizations::open(&desk.world.domain, &caller, desk.record).await.unwrap();
    let log = keepwell_core::audit::latest(&desk.world.domain, &access, 10).await.unwrap();
    assert!(log.iter().any(|entry| entry.action == "GetPeopleForRecord"), "{log:?}");
});

fn bob(code: &str) -> SignUp {
    let person = NewPerson {
        name: "Bob".to_owned(),
        email: "bob@example.org".to_owned(),
        language: "en".to_owned(),
        country: "US".to_owned(),
    };
    SignUp { person, password: World::PASSWORD.to_owned(), code: Some(code.to_owned()) }
}

async fn with_sign_up(world: World) -> Desk {
    let app = world
        .app("name = \"Invites\"\nmethods = [\"basic\", \"sign-up\"]\n[[online]]\nname = \"w\"\nwhy = \"w\"\npermissions = [\"read\"]\ntypes = [\"weight\"]\n")
        .await;
    Desk::with(world, app).await
}

on_both_engines!(a_code_opens_one_account, |world: World| async move {
    let desk = with_sign_up(world).await;
    let code = desk.good("NewSignupCode", 1, "<info/>", As::Nobody).await.value("signup-code").unwrap();
    assert_eq!(code.len(), 20);
    let domain = &desk.world.domain;
    assert_eq!(sign_up(domain, bob("AAAAAAAAAAAAAAAAAAAA")).await, Err(SignUpError::Code));
    assert!(sign_up(domain, bob(&code.to_lowercase())).await.is_ok());
    let mut again = bob(&code);
    again.person.email = "cleo@example.org".to_owned();
    assert_eq!(sign_up(domain, again).await, Err(SignUpError::Code), "and no second one");
});

on_both_engines!(a_code_ends_after_four_weeks, |world: World| async move {
    let desk = with_sign_up(world).await;
    let code = desk.good("NewSignupCode", 1, "<info/>", As::Nobody).await.value("signup-code").unwrap();
    desk.world.clock.advance(28 * DAY);
    assert_eq!(sign_up(&desk.world.domain, bob(&code)).await, Err(SignUpError::Code));
});

on_both_engines!(a_code_that_opened_nothing_stays_good, |world: World| async move {
    let desk = with_sign_up(world).await;
    let code = desk.good("NewSignupCode", 1, "<info/>", As::Nobody).await.value("signup-code").unwrap();
    let mut taken = bob(&code);
    taken.person.email = "ada@example.org".to_owned();
    assert_eq!(sign_up(&desk.world.domain, taken).await, Err(SignUpError::Taken));
    assert!(sign_up(&desk.world.domain, bob(&code)).await.is_ok());
});

on_both_engines!(one_of_many_who_use_a_code_at_once_opens_an_account, |world: World| async move {
    let desk = with_sign_up(world).await;
    let code = desk.good("NewSignupCode", 1, "<info/>", As::Nobody).await.value("signup-code").unwrap();
    let tries = (0..5).map(|number| {
        let mut command = bob(&code);
        command.person.email = format!("bob{number}@example.org");
        sign_up(&desk.world.domain, command)
    });
    let opened = futures_util::future::join_all(tries).await;
    assert_eq!(opened.iter().filter(|result| result.is_ok()).count(), 1);
});

on_both_engines!(every_place_is_served_by_this_instance, |world: World| async move {
    let desk = Desk::of(world).await;
    let info = "<info><preferred-location><country>NL</country></preferred-location></info>";
    let anonymous = desk.send(&desk.app.anonymous("SelectInstance", 1, info, desk.now())).await;
    let with_session = desk.good("SelectInstance", 1, info, As::Nobody).await;
    assert_eq!(anonymous.text, with_session.text);
    for (element, value) in [
        ("id", "1"),
        ("platform-url", "http://localhost:8470/platform/wildcat.ashx"),
        ("shell-url", "http://localhost:8470/"),
    ] {
        assert_eq!(anonymous.value(element).as_deref(), Some(value), "{element}");
    }
    assert_eq!(desk.call("SelectInstance", 1, "<info/>", As::Nobody).await.code, 3);
});
