//! How people prove who they are, and how guessing is slowed.

use keepwell_core::Domain;
use keepwell_core::credentials::{
    CONFIRMATION_LIFE, ConfirmError, ResetError, SignInError, SignUp, SignUpError, begin_reset,
    choose_password, confirm_email, email_to_confirm, send_confirmation, send_reset, sign_in, sign_up,
};
use keepwell_core::env::HOUR;
use keepwell_core::ids::PersonId;
use keepwell_core::letters::{Letter, LetterError, PER_ADDRESS_AN_HOUR, standing};
use keepwell_core::persons::{self, NewPerson, Person};
use keepwell_core::sessions::shell::{self, Proof};
use keepwell_testkit::{World, on_both_engines};

/// The letter that says that the password was changed.
fn told(person: &Person) -> Letter {
    Letter::from_server(&person.email, "Changed", "x")
}

on_both_engines!(a_person_signs_in_with_their_password_only, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let domain = &world.domain;
    assert_eq!(sign_in(domain, " ADA@example.org ", World::PASSWORD).await, Ok(ada));
    assert_eq!(sign_in(domain, "ada@example.org", "wrong").await, Err(SignInError::Wrong));
    assert_eq!(sign_in(domain, "nobody@example.org", World::PASSWORD).await, Err(SignInError::Wrong));
    assert_eq!(persons::find(domain, ada).await.expect("asked").expect("known").name, "Ada");
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
    let cookie = shell::begin(domain, ada, "a browser", Proof::Password).await.expect("signed in");
    let letter = begin_reset(domain, "ADA@example.org").await.expect("asked").expect("a letter");
    let weak = choose_password(domain, &letter.token, "password", told).await;
    assert!(matches!(weak, Err(ResetError::Password(_))), "a weak password leaves the link alive");
    let new = "purple kettle marching";
    assert_eq!(choose_password(domain, &letter.token, new, told).await, Ok(ada));
    assert_eq!(choose_password(domain, &letter.token, new, told).await, Err(ResetError::Over));
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
    let late = choose_password(domain, &letter.token, "purple kettle marching", told).await;
    assert_eq!(late, Err(ResetError::Over));
});

/// A person who opened an account and has not answered a letter yet.
async fn newcomer(domain: &Domain, name: &str) -> PersonId {
    let person = NewPerson {
        name: name.to_owned(),
        email: format!("{name}@example.org"),
        language: "en".to_owned(),
        country: "US".to_owned(),
    };
    let command = SignUp { person, password: World::PASSWORD.to_owned(), code: None };
    sign_up(domain, command).await.expect("an account").0
}

async fn is_validated(domain: &Domain, person: PersonId) -> bool {
    persons::find(domain, person).await.expect("asked").expect("known").email_validated
}

async fn confirmation(domain: &Domain, person: PersonId) -> Result<String, LetterError> {
    let person = persons::find(domain, person).await.expect("asked").expect("known");
    let mut token = String::new();
    send_confirmation(domain, &person, |confirmation| {
        token.clone_from(&confirmation.token);
        Letter::from_server(&confirmation.email, "Confirm", "x")
    })
    .await?;
    Ok(token)
}

on_both_engines!(an_address_is_confirmed_by_the_link_of_its_letter_once, |world: World| async move {
    let domain = &world.domain;
    let dan = newcomer(domain, "dan").await;
    assert!(!is_validated(domain, dan).await);
    let token = confirmation(domain, dan).await.expect("sent");
    let email = || "dan@example.org".to_owned();
    assert_eq!(email_to_confirm(domain, &token).await, Ok(Some(email())));
    assert!(!is_validated(domain, dan).await, "looking at the link confirms nothing");
    assert_eq!(confirm_email(domain, &token).await, Ok(email()));
    assert!(is_validated(domain, dan).await);
    assert_eq!(confirm_email(domain, &token).await, Err(ConfirmError::Over));
    assert_eq!(confirm_email(domain, "a guess").await, Err(ConfirmError::Over));
});

on_both_engines!(a_confirmation_is_good_for_a_week, |world: World| async move {
    let domain = &world.domain;
    let dan = newcomer(domain, "dan").await;
    let token = confirmation(domain, dan).await.expect("sent");
    world.clock.advance(CONFIRMATION_LIFE);
    assert_eq!(confirm_email(domain, &token).await, Err(ConfirmError::Over));
    assert!(!is_validated(domain, dan).await);
});

on_both_engines!(an_address_gets_a_few_letters_with_links_an_hour, |world: World| async move {
    let domain = &world.domain;
    let dan = newcomer(domain, "dan").await;
    for _ in 0..PER_ADDRESS_AN_HOUR {
        confirmation(domain, dan).await.expect("sent");
    }
    assert_eq!(confirmation(domain, dan).await, Err(LetterError::Limit));
    let reset = async |name: &str| {
        send_reset(domain, name, |reset| Letter::from_server(&reset.email, "Reset", "x")).await
    };
    assert_eq!(reset("DAN@example.org").await, Err(LetterError::Limit), "whatever the link is for");
    assert_eq!(reset("nobody@example.org").await, Ok(()));
    assert_eq!(standing(domain).await.expect("asked").waiting, i64::from(PER_ADDRESS_AN_HOUR));
    world.clock.advance(HOUR);
    assert_eq!(reset("dan@example.org").await, Ok(()));
});

on_both_engines!(
    a_new_password_by_letter_confirms_the_address_and_one_by_hand_does_not,
    |world: World| async move {
        let domain = &world.domain;
        let (dan, eve) = (newcomer(domain, "dan").await, newcomer(domain, "eve").await);
        let mut token = String::new();
        send_reset(domain, "dan@example.org", |reset| {
            token.clone_from(&reset.token);
            Letter::from_server(&reset.email, "Reset", "x")
        })
        .await
        .expect("sent");
        let new = "purple kettle marching";
        assert_eq!(choose_password(domain, &token, new, told).await, Ok(dan));
        assert!(is_validated(domain, dan).await);
        let by_hand = begin_reset(domain, "eve@example.org").await.expect("asked").expect("a link");
        assert_eq!(choose_password(domain, &by_hand.token, new, told).await, Ok(eve));
        assert!(!is_validated(domain, eve).await, "nobody has shown that a letter arrives");
    }
);
