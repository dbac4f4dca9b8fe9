//! Several at once, and processes that are killed.

use keepwell_core::Domain;
use keepwell_core::blobs;
use keepwell_core::env::HOUR;
use keepwell_core::erasure::{self, CloseError, GRACE, LEASE};
use keepwell_core::persons::{self, State};
use keepwell_core::things;
use keepwell_testkit::{World, on_both_engines, weight};

use crate::erasure::gone::{life, traces};
use crate::erasure::left::where_is;
use crate::erasure::people::{close, letter, letters, person, sweep};

on_both_engines!(two_servers_erase_an_account_once, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let caller = keepwell_core::authorizations::Caller::person(ada);
    for day in 1..=5 {
        things::put(&world.domain, &caller, record, &[weight(70.0, day)]).await.unwrap();
    }
    close(&world.domain, ada).await;
    letters(&world).await;
    world.clock.advance(GRACE);
    let other = world.another_process().await;
    let (one, two) = tokio::join!(sweep(&world.domain), sweep(&other));
    assert_eq!(one.accounts + two.accounts, 1);
    // The letter that it was too late for in both: the time before was let pass.
    let told = letters(&world).await;
    assert_eq!(told.iter().filter(|(_, subject)| subject == "Erased").count(), 1, "{told:?}");
    assert_eq!(persons::find(&other, ada).await, Ok(None));
});

on_both_engines!(of_erasing_and_coming_back_one_wins_and_nothing_is_half_done, |world: World| async move {
    for name in ["Ada", "Bob", "Cleo", "Dan", "Eva", "Finn"] {
        let (id, record) = world.person(name).await;
        close(&world.domain, id).await;
        world.clock.advance(GRACE);
        let token = erasure::keep_token(&world.domain, id).await.unwrap();
        let other: Domain = world.another_process().await;
        let (kept, swept) = tokio::join!(erasure::keep(&other, &token), sweep(&world.domain));
        match kept {
            Ok(_) => {
                assert_eq!((swept.accounts, person(&other, id).await.state), (0, State::Active));
                let caller = keepwell_core::authorizations::Caller::person(id);
                things::put(&world.domain, &caller, record, &[weight(70.0, 1)]).await.unwrap();
            }
            Err(CloseError::Over) => {
                assert_eq!(swept.accounts, 1);
                assert_eq!(persons::find(&other, id).await, Ok(None));
            }
            Err(other) => panic!("{other}"),
        }
    }
});

on_both_engines!(a_server_that_is_killed_anywhere_is_taken_over_by_the_next, |world: World| async move {
    let life = life(&world).await;
    close(&world.domain, life.person).await;
    world.clock.advance(GRACE);
    let mut kills = 0;
    for pieces in 1.. {
        // So many pieces, and then it is gone, with its claim.
        let server = world.another_process().await;
        let swept = erasure::sweep(&server, &letter, pieces).await.unwrap();
        if swept.accounts == 1 {
            break;
        }
        kills += 1;
        assert!(erasure::sweep(&world.domain, &letter, 1).await.unwrap().accounts == 0, "it is claimed");
        world.clock.advance(LEASE);
        assert!(kills < 200, "it does not end");
    }
    assert!(kills > 3);
    world.clock.advance(2 * HOUR);
    blobs::sweep(&world.domain).await.unwrap();
    letters(&world).await;
    let left = where_is(&world, &traces(&life)).await;
    assert!(left.len() == 1 && left[0].starts_with("erasure: "), "{left:#?}");
    assert!(world.objects.keys("").await.unwrap().is_empty());
});
