//! How people prove who they are, and how guessing is slowed.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, missing_docs)]

use keepwell_core::credentials::{
    PAUSE, ResetError, SignInError, SignUp, SignUpError, TRIES, begin_reset, choose_password, sign_in,
    sign_up,
};
use keepwell_core::env::HOUR;
use keepwell_core::persons::{self, NewPerson};
use keepwell_core::sessions::shell;
use keepwell_testkit::{World, on_both_engines};

on_both_engines!(a_person_signs_in_with_their_password_only, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let domain = &world.domain;
    assert_eq!(sign_in(domain, " ADA@example.org ", World::PASSWORD).await, Ok(ada));
    assert_eq!(sign_in(domain, "ada@example.org", "wrong").await, Err(SignInError::Wrong));
    assert_eq!(sign_in(domain, "nobody@example.org", World::PASSWORD).await, Err(SignInError::Wrong));
    assert_eq!(persons::find(domain, ada).await.expect("asked").expect("known").name, "Ada");
});

on_both_engines!(a_hundred_parallel_guesses_are_ten, |world: World| async move {
    world.person("Ada").await;
    let guesses: Vec<_> = (0..100)
        .map(|_| {
            let domain = world.domain.clone();
            tokio::spawn(async move { sign_in(&domain, "ada@example.org", "a wrong guess").await })
        })
        .collect();
    let mut judged = 0;
    for guess in guesses {
        match guess.await.expect("a guess") {
            Err(SignInError::Wrong) => judged += 1,
            Err(SignInError::Paused) => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(judged, TRIES);
    let right = sign_in(&world.domain, "ada@example.org", World::PASSWORD).await;
    assert_eq!(right, Err(SignInError::Paused), "the right one has to wait as well");
    world.clock.advance(PAUSE + 1);
    assert!(sign_in(&world.domain, "ada@example.org", World::PASSWORD).await.is_ok());
});

on_both_engines!(one_address_opens_one_account_however_many_try, |world: World| async move {
    let tries: Vec<_> = (0..4)
        .map(|i| {
            let domain = world.domain.clone();
            tokio::spawn(async move {
                let person = NewPerson {
                    name: format!("Ada {i}"),
                    email: if i % 2 == 0 { "ada@example.org" } else { "Ada@Example.org" }.to_owned(),
                    language: "en".to_owned(),
                    country: "US".to_owned(),
                };
                sign_up(&domain, SignUp { person, password: World::PASSWORD.to_owned(), code: None }).await
            })
        })
        .collect();
    let mut opened = 0;
    for each in tries {
        match each.await.expect("a try") {
            Ok(_) => opened += 1,
            Err(error) => assert_eq!(error, SignUpError::Taken),
        }
    }
    assert_eq!(opened, 1);
});

on_both_engines!(a_letter_sets_a_new_password_once_and_signs_out_everywhere, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let domain = &world.domain;
    let cookie = shell::begin(domain, ada, "a browser").await.expect("signed in");
    let letter = begin_reset(domain, "ADA@example.org").await.expect("asked").expect("a letter");
    let weak = choose_password(domain, &letter.token, "password").await;
    assert!(matches!(weak, Err(ResetError::Password(_))), "a weak password leaves the link alive");
    let new = "purple kettle marching";
    assert_eq!(choose_password(domain, &letter.token, new).await, Ok(ada));
    assert_eq!(choose_password(domain, &letter.token, new).await, Err(ResetError::Over));
    assert_eq!(shell::find(domain, &cookie).await, Ok(None));
    assert_eq!(sign_in(domain, "ada@example.org", new).await, Ok(ada));
    assert_eq!(sign_in(domain, "ada@example.org", World::PASSWORD).await, Err(SignInError::Wrong));
});

on_both_engines!(a_letter_is_good_for_an_hour_and_nobody_unknown_gets_one, |world: World| async move {
    world.person("Ada").await;
    let domain = &world.domain;
    assert!(begin_reset(domain, "nobody@example.org").await.expect("asked").is_none());
    let letter = begin_reset(domain, "ada@example.org").await.expect("asked").expect("a letter");
    world.clock.advance(HOUR);
    let late = choose_password(domain, &letter.token, "purple kettle marching").await;
    assert_eq!(late, Err(ResetError::Over));
});
