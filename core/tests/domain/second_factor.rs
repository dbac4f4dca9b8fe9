//! The second step of a sign-in: codes of an app and recovery codes, each for one person and one time.

use keepwell_core::Domain;
use keepwell_core::credentials::second_factor::{
    Given, OFFER_LIFE, RECOVERY_CODES, SecondFactorError, Standing, TurnOnError, WAITING_LIFE, Waiting,
    check, is_on, offer, renew_recovery_codes, standing, turn_off, turn_on,
};
use keepwell_core::credentials::{PAUSE_OF_CODE, Place, TRIES_OF_CODE, begin_reset, choose_password};
use keepwell_core::env::{MINUTE, SECOND};
use keepwell_core::letters::Letter;
use keepwell_core::persons::{self, Person};
use keepwell_core::sessions::known_browser::{self, Entry};
use keepwell_core::sessions::shell::Proof;
use keepwell_testkit::{World, on_both_engines};

const STEP: i64 = 30 * SECOND;

async fn person(world: &World, name: &str) -> Person {
    let (id, _) = world.person(name).await;
    persons::find(&world.domain, id).await.expect("asked").expect("known")
}

/// Turns it on; answers the secret of the app and the recovery codes.
async fn set_up(world: &World, person: &Person) -> (String, Vec<String>) {
    let offer = offer(&world.domain, person, "Keepwell").await.expect("asked").expect("an offer");
    let code = world.app_code(&offer.secret);
    let codes = turn_on(&world.domain, person, &code, None).await.expect("on");
    // The code that turned it on is used.
    world.clock.advance(STEP);
    (offer.secret, codes)
}

async fn give(domain: &Domain, person: &Person, code: &str) -> Result<Given, SecondFactorError> {
    check(domain, person.id, code, &Place::default()).await
}

const WRONG: Result<Given, SecondFactorError> = Err(SecondFactorError::Wrong);

on_both_engines!(the_second_step_is_on_only_after_a_right_code, |world: World| async move {
    let ada = person(&world, "Ada").await;
    let domain = &world.domain;
    let first = offer(domain, &ada, "Keepwell").await.unwrap().unwrap();
    let again = offer(domain, &ada, "Keepwell").await.unwrap().unwrap();
    assert_eq!(first.secret, again.secret, "a page that is loaded again shows what was scanned");
    assert!(first.address.starts_with("otpauth://totp/Keepwell:ada%40example.org?"), "{}", first.address);
    assert_eq!(turn_on(domain, &ada, "000000", None).await, Err(TurnOnError::Wrong));
    assert!(!is_on(domain, ada.id).await.unwrap());
    assert_eq!(give(domain, &ada, &world.app_code(&first.secret)).await, WRONG, "it is not on yet");
    world.clock.advance(OFFER_LIFE);
    let late = turn_on(domain, &ada, &world.app_code(&first.secret), None).await;
    assert_eq!(late, Err(TurnOnError::Over));
    let next = offer(domain, &ada, "Keepwell").await.unwrap().unwrap();
    assert_ne!(first.secret, next.secret);
    let code = world.app_code(&next.secret);
    let codes = turn_on(domain, &ada, &code, None).await.unwrap();
    assert_eq!(codes.len(), RECOVERY_CODES);
    let on = Standing { since: domain.env.now(), codes_left: 10 };
    assert_eq!(standing(domain, ada.id).await, Ok(Some(on)));
    assert!(offer(domain, &ada, "Keepwell").await.unwrap().is_none(), "nobody reads the secret again");
    assert_eq!(turn_on(domain, &ada, &code, None).await, Err(TurnOnError::Over));
    assert_eq!(give(domain, &ada, &code).await, WRONG, "the code that turned it on is used");
});

on_both_engines!(a_code_is_taken_once_and_no_earlier_one_after_it, |world: World| async move {
    let ada = person(&world, "Ada").await;
    let domain = &world.domain;
    let (secret, _) = set_up(&world, &ada).await;
    let earlier = world.app_code(&secret);
    world.clock.advance(STEP);
    let code = world.app_code(&secret);
    let spaced = format!(" {} {} ", &code[..3], &code[3..]);
    assert_eq!(give(domain, &ada, &spaced).await, Ok(Given::Code));
    assert_eq!(give(domain, &ada, &code).await, WRONG, "not twice");
    assert_eq!(give(domain, &ada, &earlier).await, WRONG, "and none from before it");
    world.clock.advance(STEP);
    let next = world.app_code(&secret);
    let tries: Vec<_> = (0..8)
        .map(|_| {
            let (domain, ada, code) = (domain.clone(), ada.clone(), next.clone());
            tokio::spawn(async move { give(&domain, &ada, &code).await })
        })
        .collect();
    let mut taken = 0;
    for each in tries {
        taken += usize::from(each.await.unwrap() == Ok(Given::Code));
    }
    assert_eq!(taken, 1, "of many at once");
});

on_both_engines!(a_code_of_another_person_is_wrong, |world: World| async move {
    let (ada, eve) = (person(&world, "Ada").await, person(&world, "Eve").await);
    let domain = &world.domain;
    let (_, _) = set_up(&world, &ada).await;
    let (secret, codes) = set_up(&world, &eve).await;
    assert_eq!(give(domain, &ada, &world.app_code(&secret)).await, WRONG);
    assert_eq!(give(domain, &ada, &codes[0]).await, WRONG);
    assert_eq!(give(domain, &eve, &world.app_code(&secret)).await, Ok(Given::Code));
    assert_eq!(give(domain, &eve, &codes[0]).await, Ok(Given::Recovery { left: 9 }));
});

on_both_engines!(a_recovery_code_lets_in_once_however_it_is_typed, |world: World| async move {
    let ada = person(&world, "Ada").await;
    let domain = &world.domain;
    let (_, codes) = set_up(&world, &ada).await;
    assert!(codes.iter().all(|code| code.len() == 14 && code.matches('-').count() == 2), "{codes:?}");
    let typed = codes[3].to_lowercase().replace('-', " ").replace('0', "o");
    assert_eq!(give(domain, &ada, &typed).await, Ok(Given::Recovery { left: 9 }));
    assert_eq!(give(domain, &ada, &codes[3]).await, WRONG);
    let tries: Vec<_> = (0..8)
        .map(|_| {
            let (domain, ada, code) = (domain.clone(), ada.clone(), codes[4].clone());
            tokio::spawn(async move { give(&domain, &ada, &code).await })
        })
        .collect();
    let mut taken = 0;
    for each in tries {
        taken += usize::from(each.await.unwrap().is_ok());
    }
    assert_eq!(taken, 1, "of many at once");
    let new = renew_recovery_codes(domain, &ada, None).await.unwrap();
    world.clock.advance(PAUSE_OF_CODE);
    assert_eq!(give(domain, &ada, &codes[0]).await, WRONG, "new ones make the old ones worthless");
    assert_eq!(give(domain, &ada, &new[0]).await, Ok(Given::Recovery { left: 9 }));
});

on_both_engines!(what_is_turned_off_lets_nobody_in, |world: World| async move {
    let ada = person(&world, "Ada").await;
    let domain = &world.domain;
    let (secret, codes) = set_up(&world, &ada).await;
    turn_off(domain, ada.id, Some(&Letter::from_server("ada@example.org", "Off", "x"))).await.unwrap();
    assert_eq!(standing(domain, ada.id).await, Ok(None));
    assert_eq!(give(domain, &ada, &world.app_code(&secret)).await, WRONG);
    assert_eq!(give(domain, &ada, &codes[0]).await, WRONG);
    assert_eq!(renew_recovery_codes(domain, &ada, None).await, Err(TurnOnError::Over));
    assert_eq!(world.letters().await.len(), 1);
    let anew = offer(domain, &ada, "Keepwell").await.unwrap().unwrap();
    assert_ne!(anew.secret, secret);
});

on_both_engines!(a_hundred_wrong_codes_at_once_are_ten, |world: World| async move {
    let ada = person(&world, "Ada").await;
    let domain = &world.domain;
    let (secret, _) = set_up(&world, &ada).await;
    let right = world.app_code(&secret);
    let guesses: Vec<_> = (0..100)
        .map(|number| {
            let (domain, ada, right) = (domain.clone(), ada.clone(), right.clone());
            let guess =
                if right == format!("{number:06}") { "999999".to_owned() } else { format!("{number:06}") };
            tokio::spawn(async move { give(&domain, &ada, &guess).await })
        })
        .collect();
    let mut judged = 0;
    for each in guesses {
        judged += i64::from(each.await.unwrap() == WRONG);
    }
    assert_eq!(judged, TRIES_OF_CODE);
    let refused = give(domain, &ada, &world.app_code(&secret)).await;
    assert_eq!(refused, Err(SecondFactorError::Paused { seconds: 30 * 60 }));
    world.clock.advance(30 * MINUTE);
    assert_eq!(give(domain, &ada, &world.app_code(&secret)).await, Ok(Given::Code));
});

on_both_engines!(who_stole_the_password_cannot_keep_the_person_out, |world: World| async move {
    let ada = person(&world, "Ada").await;
    let domain = &world.domain;
    let (secret, _) = set_up(&world, &ada).await;
    let entry =
        Entry { person: ada.id, agent: "", address: None, browser: None, proof: Proof::Password, told: true };
    let home = known_browser::enter(domain, &entry, || None).await.unwrap().browser;
    for number in 0..TRIES_OF_CODE + 5 {
        let _ = give(domain, &ada, &format!("not{number}")).await;
    }
    let place = Place { browser: Some(&home), ..Place::default() };
    let code = world.app_code(&secret);
    assert_eq!(check(domain, ada.id, &code, &place).await, Ok(Given::Code));
});

on_both_engines!(
    who_waits_for_the_code_waits_in_one_browser_and_for_ten_minutes,
    |world: World| async move {
        let ada = person(&world, "Ada").await;
        let domain = &world.domain;
        let found = async |browser: &str, token: &str| Waiting::find(domain, browser, token).await.unwrap();
        let waiting = Waiting::new(domain, ada.id, false);
        let token = waiting.token(domain, "here").unwrap();
        assert_eq!(found("here", &token).await, None, "there is nothing to wait for yet");
        set_up(&world, &ada).await;
        assert_eq!(found("here", &token).await, Some(waiting));
        assert_eq!(found("there", &token).await, None);
        assert_eq!(found("here", "").await, None);
        let half = token.len() / 2;
        let other = if token.as_bytes()[half] == b'A' { "B" } else { "A" };
        assert_eq!(found("here", &format!("{}{other}{}", &token[..half], &token[half + 1..])).await, None);
        assert_eq!(found("here", &token[..half]).await, None);
        // Somebody has another password now: who knew the old one waits for nothing.
        world.clock.advance(SECOND);
        let link = begin_reset(domain, "ada@example.org").await.unwrap().unwrap();
        let told = |person: &Person| Letter::from_server(&person.email, "Changed", "x");
        choose_password(domain, &link.token, "purple kettle marching", told).await.unwrap();
        assert_eq!(found("here", &token).await, None);
        let token = Waiting::new(domain, ada.id, true).token(domain, "here").unwrap();
        assert!(found("here", &token).await.unwrap().told);
        world.clock.advance(WAITING_LIFE);
        assert_eq!(found("here", &token).await, None);
    }
);
