//! Sessions end when they should, and a token is good for whom it was given to.

use keepwell_core::applications::{self, State};
use keepwell_core::sessions::identity::{Identity, Named, identify};
use keepwell_core::sessions::shell::Proof;
use keepwell_core::sessions::{self, SessionKey, shell, user_token};
use keepwell_core::{authorizations, visits};
use keepwell_testkit::{ActingApp, World, on_both_engines};
use secrecy::{ExposeSecret, SecretSlice};

fn key() -> SessionKey {
    SessionKey { secret: SecretSlice::from(vec![7; 64]), algorithm: "HMACSHA256".to_owned() }
}

async fn named(world: &World, token: &str, user: Option<&str>) -> Identity {
    let named = Named { auth_token: token, user_token: user, ..Named::default() };
    identify(&world.domain, &named).await.expect("asked")
}

async fn session(world: &World, app: &ActingApp) -> String {
    sessions::begin(&world.domain, app.app.id, &key()).await.expect("a session")
}

on_both_engines!(a_session_lasts_four_hours, |world: World| async move {
    let app = world.weight_app().await;
    let token = session(&world, &app).await;
    let found = named(&world, &token, None).await.session.expect("a session");
    assert_eq!(found.key.secret.expose_secret(), [7; 64]);
    assert_eq!(found.app.id, app.app.id);
    world.clock.advance(sessions::APP_SESSION_LIFE - 1);
    assert!(named(&world, &token, None).await.session.is_some());
    world.clock.advance(1);
    assert!(named(&world, &token, None).await.session.is_none());
});

on_both_engines!(a_persons_token_is_good_for_one_application_until_it_ends, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let (one, two) = (world.weight_app().await, world.weight_app().await);
    let wctoken = user_token::give(&world.domain, one.app.id, ada, false, None).await.expect("a token");
    let mine = session(&world, &one).await;
    let theirs = session(&world, &two).await;
    assert_eq!(named(&world, &mine, Some(&wctoken)).await.online.map(|p| p.id), Some(ada));
    assert_eq!(named(&world, &theirs, Some(&wctoken)).await.online, None);
    user_token::end(&world.domain, two.app.id, &wctoken).await.expect("ignored");
    assert!(named(&world, &mine, Some(&wctoken)).await.online.is_some(), "another's sign-out ends nothing");
    user_token::end(&world.domain, one.app.id, &wctoken).await.expect("ended");
    assert!(named(&world, &mine, Some(&wctoken)).await.online.is_none());
});

on_both_engines!(
    a_token_for_who_stays_signed_in_lives_as_long_as_the_application_says,
    |world: World| async move {
        let (ada, _) = world.person("Ada").await;
        let app = world.weight_app().await;
        let give = |stay| user_token::give(&world.domain, app.app.id, ada, false, stay);
        let (short, long) =
            (give(None).await.expect("a token"), give(Some(90 * 86_400)).await.expect("a token"));
        world.clock.advance(user_token::LIFE);
        let mine = session(&world, &app).await;
        assert!(named(&world, &mine, Some(&short)).await.online.is_none());
        assert!(named(&world, &mine, Some(&long)).await.online.is_some());
    }
);

on_both_engines!(a_suspended_application_is_told_by_its_state_at_the_next_call, |world: World| async move {
    let app = world.weight_app().await;
    let token = session(&world, &app).await;
    applications::set_state(&world.domain, app.app.id, State::Suspended).await.expect("suspended");
    assert_eq!(named(&world, &token, None).await.session.expect("a session").state, State::Suspended);
});

on_both_engines!(ids_of_another_application_are_unknown, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let (one, two) = (world.weight_app().await, world.weight_app().await);
    world.allow(&one.app, ada, record).await;
    world.allow(&two.app, ada, record).await;
    let token = session(&world, &two).await;
    let of = |app: &ActingApp| Named {
        auth_token: "",
        user_token: None,
        offline_person: Some(authorizations::person_pseudonym(&world.domain, app.app.id, ada)),
        record: Some(authorizations::record_pseudonym(&world.domain, app.app.id, ada, record)),
    };
    let mine = identify(&world.domain, &Named { auth_token: &token, ..of(&two) }).await.expect("asked");
    assert_eq!(mine.offline.map(|p| p.id), Some(ada));
    assert_eq!(mine.record, Some((record, ada)));
    let others = identify(&world.domain, &Named { auth_token: &token, ..of(&one) }).await.expect("asked");
    assert_eq!((others.offline, others.record), (None, None));
});

on_both_engines!(a_sign_in_ends_when_unused_and_when_the_person_ends_it, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let domain = &world.domain;
    let (here, there) = (
        shell::begin(domain, ada, "here", Proof::Password).await.unwrap(),
        shell::begin(domain, ada, "there", Proof::Password).await.unwrap(),
    );
    assert_eq!(shell::list(domain, ada).await.unwrap().len(), 2);
    world.clock.advance(shell::IDLE / 2);
    assert!(shell::find(domain, &here).await.unwrap().is_some(), "use prolongs it");
    world.clock.advance(shell::IDLE / 2);
    assert!(shell::find(domain, &there).await.unwrap().is_none(), "the unused one has ended");
    assert!(shell::find(domain, &here).await.unwrap().is_some());
    let third = shell::begin(domain, ada, "third", Proof::Password).await.unwrap();
    shell::end_others(domain, ada, &third).await.unwrap();
    assert!(shell::find(domain, &here).await.unwrap().is_none());
    let id = shell::find(domain, &third).await.unwrap().unwrap().id;
    let (bob, _) = world.person("Bob").await;
    shell::end_one(domain, bob, id).await.unwrap();
    assert!(shell::find(domain, &third).await.unwrap().is_some(), "nobody ends another's sign-in");
    shell::end_one(domain, ada, id).await.unwrap();
    assert!(shell::find(domain, &third).await.unwrap().is_none());
});

on_both_engines!(a_visit_is_finished_once_and_ends_after_an_hour, |world: World| async move {
    let token = visits::begin(&world.domain, "about".to_owned()).await.unwrap();
    assert_eq!(visits::find(&world.domain, &token).await, Ok("about".to_owned()));
    let tries: Vec<_> = (0..20)
        .map(|_| {
            let (domain, token) = (world.domain.clone(), token.clone());
            tokio::spawn(async move { visits::finish(&domain, &token).await.is_ok() })
        })
        .collect();
    let mut won = 0;
    for each in tries {
        won += usize::from(each.await.expect("a try"));
    }
    assert_eq!(won, 1);
    assert_eq!(visits::find(&world.domain, &token).await, Err(visits::VisitError::Over));
    let late = visits::begin(&world.domain, "late".to_owned()).await.unwrap();
    world.clock.advance(visits::LIFE);
    assert_eq!(visits::find(&world.domain, &late).await, Err(visits::VisitError::Over));
});

on_both_engines!(a_database_is_not_opened_with_another_key, |world: World| async move {
    let env = world.domain.env.clone();
    let other = keepwell_core::keys::KeyRing::generate(&env).expect("keys");
    let mut settings = world.settings().clone();
    settings.beside = true;
    let refused = keepwell_core::Domain::open(&settings, other, env, world.objects.clone())
        .await
        .err()
        .expect("refused");
    assert!(refused.to_string().contains("key"), "{refused}");
});
