//! Guessing is slow, however many guess from wherever, and nobody is kept out by it but who guesses.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use keepwell_core::Domain;
use keepwell_core::credentials::{
    self, PAUSE, Place, SignInError, TRIES, TRIES_OF_ADDRESS, TRIES_OF_NAME, change_password, sign_in,
    sign_in_from,
};
use keepwell_core::env::{MINUTE, SECOND};
use keepwell_core::ids::PersonId;
use keepwell_core::letters::Letter;
use keepwell_core::persons;
use keepwell_core::sessions::known_browser::{self, Entry};
use keepwell_core::sessions::shell::{self, Proof};
use keepwell_testkit::{World, on_both_engines};

const ADA: &str = "ada@example.org";

fn at(address: impl Into<IpAddr>) -> Place<'static> {
    Place { address: Some(address.into()), ..Place::default() }
}

/// One of many addresses.
fn somewhere(number: i64) -> Place<'static> {
    at(Ipv4Addr::from(0x0a00_0000 + u32::try_from(number).unwrap()))
}

/// What a browser carries after the person signed in with it.
async fn known(domain: &Domain, person: PersonId) -> String {
    let entry = Entry {
        person,
        agent: "a browser",
        address: None,
        browser: None,
        proof: Proof::Password,
        told: true,
    };
    known_browser::enter(domain, &entry, || None).await.expect("signed in").browser
}

/// Whether a guess was looked at.
async fn guess(domain: &Domain, name: &str, place: &Place<'_>) -> bool {
    match sign_in_from(domain, name, "a wrong guess", place).await {
        Err(SignInError::Wrong) => true,
        Err(SignInError::Paused { .. }) => false,
        other => panic!("{other:?}"),
    }
}

on_both_engines!(a_hundred_parallel_guesses_are_ten, |world: World| async move {
    world.person("Ada").await;
    let guesses = (0..100).map(|_| {
        let domain = world.domain.clone();
        tokio::spawn(async move { guess(&domain, ADA, &Place::default()).await })
    });
    let mut judged = 0;
    for guess in guesses.collect::<Vec<_>>() {
        judged += i64::from(guess.await.expect("a guess"));
    }
    assert_eq!(judged, TRIES);
    let right = sign_in(&world.domain, ADA, World::PASSWORD).await;
    assert_eq!(right, Err(SignInError::Paused { seconds: 90 }), "the right one has to wait as well");
    world.clock.advance(90 * SECOND);
    assert!(sign_in(&world.domain, ADA, World::PASSWORD).await.is_ok());
    assert!(guess(&world.domain, ADA, &Place::default()).await, "a right one was given back");
    assert!(!guess(&world.domain, ADA, &Place::default()).await);
    world.clock.advance(PAUSE);
    for _ in 0..TRIES {
        assert!(guess(&world.domain, ADA, &Place::default()).await);
    }
});

on_both_engines!(a_stranger_cannot_keep_a_person_out, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let domain = &world.domain;
    let home = known(domain, ada).await;
    let place = Place { browser: Some(&home), ..at(Ipv4Addr::new(198, 51, 100, 7)) };
    let session = shell::begin(domain, ada, "a browser", Proof::Password).await.expect("signed in");
    let session = shell::find(domain, &session).await.expect("asked").expect("a sign-in").id;
    // Strangers guess from everywhere, also from where the person is, and go on for days.
    for round in 0..2 {
        for number in 0..TRIES_OF_NAME + 10 {
            guess(domain, ADA, &somewhere(number)).await;
            guess(domain, ADA, &at(Ipv4Addr::new(198, 51, 100, 7))).await;
        }
        assert!(!guess(domain, ADA, &somewhere(900 + round)).await, "for strangers it is slow");
        assert_eq!(sign_in_from(domain, ADA, World::PASSWORD, &place).await, Ok(ada), "round {round}");
        for _ in 0..TRIES - 1 {
            assert!(guess(domain, ADA, &place).await, "and the person may be wrong as often as ever");
        }
        world.clock.advance(PAUSE);
    }
    // Who is signed in changes the password meanwhile.
    let person = persons::find(domain, ada).await.expect("asked").expect("known");
    let told = |person: &persons::Person| Letter::from_server(&person.email, "Changed", "x");
    let new = "purple kettle marching";
    assert_eq!(change_password(domain, &person, session, World::PASSWORD, new, told).await, Ok(()));
    // And a letter's link asks nobody to wait.
    let letter = credentials::begin_reset(domain, ADA).await.expect("asked").expect("a letter");
    assert_eq!(
        credentials::choose_password(domain, &letter.token, "slow river lanterns", told).await,
        Ok(ada)
    );
});

on_both_engines!(
    from_many_addresses_one_name_is_guessed_as_slowly_as_from_a_few,
    |world: World| async move {
        world.person("Ada").await;
        let domain = &world.domain;
        let mut judged = 0;
        for number in 0..TRIES_OF_NAME + 20 {
            judged += i64::from(guess(domain, ADA, &somewhere(number)).await);
        }
        assert_eq!(judged, TRIES_OF_NAME);
        let refused = sign_in_from(domain, ADA, World::PASSWORD, &somewhere(500)).await;
        assert_eq!(refused, Err(SignInError::Paused { seconds: 30 }), "short enough to wait for");
        world.clock.advance(MINUTE);
        assert!(guess(domain, ADA, &somewhere(501)).await && guess(domain, ADA, &somewhere(502)).await);
        assert!(!guess(domain, ADA, &somewhere(503)).await);
        assert!(guess(domain, "bob@example.org", &somewhere(504)).await, "other names have their own");
    }
);

on_both_engines!(from_one_address_many_names_are_guessed_slowly, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let domain = &world.domain;
    let here = Ipv4Addr::new(203, 0, 113, 9);
    let mut judged = 0;
    for number in 0..TRIES_OF_ADDRESS + 20 {
        judged += i64::from(guess(domain, &format!("nobody{number}@example.org"), &at(here)).await);
    }
    assert_eq!(judged, TRIES_OF_ADDRESS);
    // Behind the same address a person's own browser notices nothing.
    let home = known(domain, ada).await;
    let place = Place { browser: Some(&home), ..at(here) };
    assert_eq!(sign_in_from(domain, ADA, World::PASSWORD, &place).await, Ok(ada));
    // With IPv6 one has as many addresses as one likes, of one network.
    let six = |last: u16| at(Ipv6Addr::new(0x2001, 0xdb8, 0, 1, 0, 0, 0, last));
    for last in 0..u16::try_from(TRIES).unwrap() {
        assert!(guess(domain, ADA, &six(last)).await);
    }
    assert!(!guess(domain, ADA, &six(99)).await);
});

on_both_engines!(a_name_that_nobody_has_is_slowed_like_any_other, |world: World| async move {
    world.person("Ada").await;
    let domain = &world.domain;
    for name in [ADA, "nobody@example.org"] {
        for _ in 0..TRIES {
            assert!(guess(domain, name, &somewhere(1)).await, "{name}");
        }
        let refused = sign_in_from(domain, name, "x", &somewhere(1)).await;
        assert_eq!(refused, Err(SignInError::Paused { seconds: 90 }), "{name}");
    }
});

on_both_engines!(a_browser_that_is_known_to_another_person_is_a_strangers, |world: World| async move {
    world.person("Ada").await;
    let (eve, _) = world.person("Eve").await;
    let domain = &world.domain;
    let eves = known(domain, eve).await;
    let place = Place { browser: Some(&eves), ..somewhere(1) };
    for _ in 0..TRIES {
        assert!(guess(domain, ADA, &place).await);
    }
    assert!(!guess(domain, ADA, &place).await);
    assert!(!guess(domain, ADA, &somewhere(1)).await, "they are the same tries");
    let made_up = Place { browser: Some("made-up"), ..somewhere(1) };
    assert!(!guess(domain, ADA, &made_up).await);
});

on_both_engines!(tries_are_forgotten_when_they_do_not_count_any_more, |world: World| async move {
    world.person("Ada").await;
    let domain = &world.domain;
    for _ in 0..TRIES {
        guess(domain, ADA, &somewhere(1)).await;
    }
    credentials::sweep(domain).await.expect("swept");
    assert!(!guess(domain, ADA, &somewhere(1)).await, "they count still");
    world.clock.advance(PAUSE);
    credentials::sweep(domain).await.expect("swept");
    assert!(guess(domain, ADA, &somewhere(1)).await);
});
