//! Closing an account and coming back.

use keepwell_core::audit;
use keepwell_core::authorizations::{self, Caller};
use keepwell_core::credentials::{SignInError, sign_in};
use keepwell_core::env::{DAY, HOUR};
use keepwell_core::erasure::{self, CloseError, GRACE, RETURN_LIFE, WARN_BEFORE};
use keepwell_core::letters::Letter;
use keepwell_core::persons::{self, State};
use keepwell_core::sessions::shell;
use keepwell_core::things;
use keepwell_testkit::{World, on_both_engines, weight};

use crate::erasure::people::{close, letters, person, sweep};

on_both_engines!(who_closes_their_account_is_signed_out_and_may_come_back, |world: World| async move {
    let domain = &world.domain;
    let (ada, record) = world.person("Ada").await;
    let app = world.weight_app().await;
    world.allow(&app.app, ada, record).await;
    let token = shell::begin(domain, ada, "a browser", shell::Proof::Password).await.unwrap();
    let erase_after = close(domain, ada).await;
    assert_eq!(erase_after, domain.env.now() + GRACE);
    assert_eq!(shell::find(domain, &token).await, Ok(None));
    assert_eq!(person(domain, ada).await.state, State::Closing);
    assert!(!person(domain, ada).await.active);
    let twice = |_| Letter::from_server("ada@example.org", "Twice", "A letter");
    let refused = erasure::close(domain, &person(domain, ada).await, twice).await;
    assert_eq!(refused, Err(CloseError::NotInUse));
    assert!(!persons::set_active(domain, ada, true).await.unwrap(), "it is theirs to open again");
    assert_eq!(authorizations::records_of(domain, &app.app, ada).await.unwrap().len(), 1, "nothing is gone");

    assert_eq!(sign_in(domain, "ada@example.org", World::PASSWORD).await, Ok(ada));
    let found = erasure::waiting(domain, ada).await.unwrap().unwrap();
    assert_eq!(found.erase_after, erase_after);
    let token = erasure::keep_token(domain, ada).await.unwrap();
    assert_eq!(erasure::keep(domain, "not it").await, Err(CloseError::Over));
    assert_eq!(erasure::keep(domain, &token).await, Ok(ada));
    assert_eq!(erasure::keep(domain, &token).await, Err(CloseError::Over), "once");
    assert_eq!(person(domain, ada).await.state, State::Active);
    assert_eq!(erasure::waiting(domain, ada).await.unwrap(), None);
    let caller = world.offline(&app, ada);
    things::put(domain, &caller, record, &[weight(70.0, 1)]).await.unwrap();
    world.clock.advance(GRACE + DAY);
    assert_eq!(sweep(domain).await, erasure::Swept::default());
    let access = authorizations::open(domain, &Caller::person(ada), record).await.unwrap();
    let log: Vec<_> =
        audit::latest(domain, &access, 10).await.unwrap().into_iter().map(|e| e.action).collect();
    assert!(log.contains(&"CloseAccount".to_owned()) && log.contains(&"KeepAccount".to_owned()), "{log:?}");
});

on_both_engines!(a_page_to_keep_an_account_is_good_for_a_while, |world: World| async move {
    let domain = &world.domain;
    let (ada, _) = world.person("Ada").await;
    close(domain, ada).await;
    let token = erasure::keep_token(domain, ada).await.unwrap();
    world.clock.advance(RETURN_LIFE);
    assert_eq!(erasure::keep(domain, &token).await, Err(CloseError::Over));
});

on_both_engines!(
    a_person_is_told_at_closing_before_it_is_too_late_and_afterwards,
    |world: World| async move {
        let domain = &world.domain;
        let (ada, _) = world.person("Ada").await;
        let at = close(domain, ada).await;
        let ada_at = "ada@example.org".to_owned();
        assert_eq!(letters(&world).await, [(ada_at.clone(), format!("Closed({at})"))]);
        world.clock.advance(GRACE - WARN_BEFORE - HOUR);
        assert_eq!(sweep(domain).await.warned, 0);
        world.clock.advance(HOUR);
        assert_eq!(sweep(domain).await.warned, 1);
        assert_eq!(sweep(domain).await.warned, 0, "once");
        assert_eq!(letters(&world).await, [(ada_at.clone(), format!("Soon({at})"))]);
        world.clock.advance(WARN_BEFORE - 1);
        assert_eq!(sweep(domain).await.accounts, 0);
        world.clock.advance(1);
        assert_eq!(sweep(domain).await.accounts, 1);
        assert_eq!(letters(&world).await, [(ada_at, "Erased".to_owned())]);
        assert_eq!(persons::find(domain, ada).await, Ok(None));
        let again = sign_in(domain, "ada@example.org", World::PASSWORD).await;
        assert_eq!(again, Err(SignInError::Wrong));
        world.person("Ada").await;
    }
);

on_both_engines!(what_was_being_written_when_the_time_was_over_is_not_written, |world: World| async move {
    let domain = &world.domain;
    let (ada, record) = world.person("Ada").await;
    close(domain, ada).await;
    world.clock.advance(GRACE);
    // A caller who was let in before: each write is decided again on what the record is by now.
    let caller = Caller::person(ada);
    let write = async {
        let mut written = 0;
        for day in 1..=20 {
            written += u32::from(things::put(domain, &caller, record, &[weight(70.0, day)]).await.is_ok());
        }
        written
    };
    let (_, swept) = tokio::join!(write, sweep(domain));
    assert_eq!(swept.accounts, 1);
    assert!(things::put(domain, &caller, record, &[weight(70.0, 1)]).await.is_err());
    let left = crate::erasure::left::where_is(&world, &[record.to_string(), "<weight>".to_owned()]).await;
    assert!(left.iter().all(|row| row.starts_with("erasure: ")), "{left:#?}");
});
