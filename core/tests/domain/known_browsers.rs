//! A person is told of a sign-in with a browser that is new to their account.

use std::net::{IpAddr, Ipv4Addr};

use keepwell_core::Domain;
use keepwell_core::env::DAY;
use keepwell_core::ids::PersonId;
use keepwell_core::letters::{Letter, SIGN_INS_A_DAY};
use keepwell_core::notices::{self, Happened, SignedIn};
use keepwell_core::sessions::known_browser::{self, Entered, Entry, LIFE};
use keepwell_core::sessions::shell::{self, Proof};
use keepwell_testkit::{World, on_both_engines};

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7));

async fn enter(domain: &Domain, person: PersonId, browser: Option<&str>) -> Entered {
    let entry = Entry {
        person,
        agent: "Firefox/140.0",
        address: Some(HERE),
        browser,
        proof: Proof::Password,
        told: false,
    };
    let letter = || Some(Letter::from_server("ada@example.org", "New", "x"));
    known_browser::enter(domain, &entry, letter).await.expect("signed in")
}

async fn told(domain: &Domain, person: PersonId) -> Vec<Happened> {
    notices::of(domain, person).await.unwrap().into_iter().map(|notice| notice.happened).collect()
}

on_both_engines!(a_new_browser_is_told_once_and_the_first_sign_in_is_no_news, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let (bob, _) = world.person("Bob").await;
    let domain = &world.domain;
    let first = enter(domain, ada, None).await;
    assert!(world.letters().await.is_empty() && told(domain, ada).await.is_empty());
    let second = enter(domain, ada, None).await;
    assert_ne!(first.browser, second.browser);
    assert_eq!(world.letters().await.len(), 1);
    let news = SignedIn { agent: "Firefox/140.0".to_owned(), address: Some(HERE) };
    assert_eq!(told(domain, ada).await, [Happened::SignedIn(news)]);
    for known in [&first, &second] {
        let again = enter(domain, ada, Some(&known.browser)).await;
        assert_eq!(again.browser, known.browser);
        assert!(shell::find(domain, &again.token).await.unwrap().is_some());
    }
    assert!(world.letters().await.is_empty());
    enter(domain, bob, None).await;
    enter(domain, bob, Some(&first.browser)).await;
    assert_eq!(world.letters().await.len(), 1, "a browser that others use is new to Bob");
});

on_both_engines!(letters_about_sign_ins_are_few, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let domain = &world.domain;
    for _ in 0..SIGN_INS_A_DAY + 5 {
        let entered = enter(domain, ada, None).await;
        assert!(shell::find(domain, &entered.token).await.unwrap().is_some());
    }
    assert_eq!(world.letters().await.len(), SIGN_INS_A_DAY as usize);
    assert_eq!(told(domain, ada).await.len(), SIGN_INS_A_DAY as usize);
    world.clock.advance(DAY);
    enter(domain, ada, None).await;
    assert_eq!(world.letters().await.len(), 1);
});

on_both_engines!(a_browser_that_was_signed_out_from_elsewhere_is_new_again, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let domain = &world.domain;
    let (here, there) = (enter(domain, ada, None).await, enter(domain, ada, None).await);
    world.letters().await;
    let id = shell::find(domain, &there.token).await.unwrap().unwrap().id;
    shell::end_one(domain, ada, id).await.unwrap();
    enter(domain, ada, Some(&there.browser)).await;
    assert_eq!(world.letters().await.len(), 1);
    shell::end_others(domain, ada, &here.token).await.unwrap();
    enter(domain, ada, Some(&here.browser)).await;
    assert!(world.letters().await.is_empty(), "this one stayed");
    enter(domain, ada, Some(&there.browser)).await;
    assert_eq!(world.letters().await.len(), 1);
    shell::end_all(domain, ada).await.unwrap();
    enter(domain, ada, Some(&here.browser)).await;
    assert_eq!(world.letters().await.len(), 1);
    shell::end(domain, &here.token).await.unwrap();
    enter(domain, ada, Some(&here.browser)).await;
    assert!(world.letters().await.is_empty(), "who signs out themselves comes back");
});

on_both_engines!(a_browser_is_known_for_a_year_and_more_and_not_for_ever, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let domain = &world.domain;
    let home = enter(domain, ada, None).await.browser;
    world.clock.advance(LIFE - DAY);
    known_browser::sweep(domain).await.unwrap();
    enter(domain, ada, Some(&home)).await;
    assert!(world.letters().await.is_empty());
    world.clock.advance(LIFE);
    enter(domain, ada, Some(&home)).await;
    assert_eq!(world.letters().await.len(), 1);
    let nonsense = enter(domain, ada, Some("a; b")).await;
    assert_ne!(nonsense.browser, "a; b");
});

on_both_engines!(a_sign_in_knows_when_the_person_last_proved_who_they_are, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let domain = &world.domain;
    let token = enter(domain, ada, None).await.token;
    let began = domain.env.now();
    world.clock.advance(DAY / 4);
    assert_eq!(shell::find(domain, &token).await.unwrap().unwrap().proved_at, began, "use is no proof");
    shell::prove(domain, &token).await.unwrap();
    assert_eq!(shell::find(domain, &token).await.unwrap().unwrap().proved_at, domain.env.now());
});
