//! What the server remembers of a caller never outlives its end: each of these callers has just been
//! answered, and the next request must be judged anew.

use futures_util::future::join_all;
use keepwell_core::applications::{self, Permission, Permissions, State};
use keepwell_core::authorizations::{self, Avenue};
use keepwell_core::persons;
use keepwell_core::sessions::{APP_SESSION_LIFE, user_token};
use keepwell_testkit::{World, on_both_engines};

use crate::desk::{As, Desk, get_weights, put_weight};

/// A desk whose callers have been answered before, online and offline.
async fn known(world: World) -> Desk {
    let desk = Desk::of(world).await;
    for how in [As::Online, As::Offline] {
        for day in 1..=2 {
            desk.good("PutThings", 2, &put_weight(70.0, day), how).await;
            desk.good("GetThings", 3, &get_weights(), how).await;
        }
    }
    desk
}

async fn codes(desk: &Desk, how: As) -> [u16; 2] {
    let get = desk.call("GetThings", 3, &get_weights(), how).await.code;
    [get, desk.call("PutThings", 2, &put_weight(71.0, 3), how).await.code]
}

on_both_engines!(a_token_that_ended_is_not_good_any_more, |world: World| async move {
    let desk = known(world).await;
    user_token::end(&desk.world.domain, desk.app.app.id, &desk.wctoken).await.unwrap();
    assert_eq!(codes(&desk, As::Online).await, [7, 7]);
    assert_eq!(codes(&desk, As::Offline).await, [0, 0], "offline access does not end with it");
});

on_both_engines!(a_token_that_expired_is_not_good_any_more, |world: World| async move {
    let mut desk = known(world).await;
    desk.world.clock.advance(user_token::LIFE);
    let request = desk.app.session_request(desk.now());
    desk.session = desk.app.session(&desk.send(&request).await);
    assert_eq!(codes(&desk, As::Online).await, [7, 7]);
});

on_both_engines!(a_session_that_expired_is_not_good_any_more, |world: World| async move {
    let desk = known(world).await;
    desk.world.clock.advance(APP_SESSION_LIFE);
    assert_eq!(codes(&desk, As::Online).await, [65, 65]);
    assert_eq!(codes(&desk, As::Offline).await, [65, 65]);
});

on_both_engines!(an_application_that_was_suspended_is_stopped_and_may_come_back, |world: World| async move {
    let desk = known(world).await;
    let (domain, id) = (&desk.world.domain, desk.app.app.id);
    applications::set_state(domain, id, State::Suspended).await.unwrap();
    assert_eq!(codes(&desk, As::Offline).await, [6, 6]);
    applications::set_state(domain, id, State::Active).await.unwrap();
    assert_eq!(codes(&desk, As::Offline).await, [0, 0]);
});

on_both_engines!(an_application_that_was_narrowed_has_less_at_once, |world: World| async move {
    let desk = known(world).await;
    let mut narrower = (*desk.app.app).clone();
    narrower.online[0].permissions = Permissions::of(&[Permission::Read]);
    narrower.offline.clear();
    applications::replace(&desk.world.domain, &narrower).await.unwrap();
    assert_eq!(codes(&desk, As::Online).await, [0, 11]);
    let mut masked = narrower;
    masked.methods = vec!["GetPersonInfo".to_owned()];
    applications::replace(&desk.world.domain, &masked).await.unwrap();
    assert_eq!(codes(&desk, As::Online).await, [11, 11]);
});

on_both_engines!(a_revocation_holds_at_the_next_request, |world: World| async move {
    let desk = known(world).await;
    desk.world.revoke(desk.app.app.id, desk.ada, desk.record).await;
    assert_eq!(codes(&desk, As::Online).await, [11, 11]);
    assert_eq!(codes(&desk, As::Offline).await, [11, 11]);
});

on_both_engines!(
    a_revocation_among_a_hundred_reads_leaves_none_of_the_next_hundred_a_way_in,
    |world: World| async move {
        let desk = known(world).await;
        let request = desk.request("GetThings", 3, &get_weights(), As::Online);
        let hundred = || join_all((0..100).map(|_| desk.send(&request)));
        let revoked = desk.world.revoke(desk.app.app.id, desk.ada, desk.record);
        let (among, ()) = tokio::join!(hundred(), revoked);
        // What was under way is answered before or after it.
        assert!(among.iter().all(|reply| [0, 11].contains(&reply.code)));
        assert!(hundred().await.iter().all(|reply| reply.code == 11));
        desk.world.allow(&desk.app.app, desk.ada, desk.record).await;
        assert!(hundred().await.iter().all(|reply| reply.code == 0));
    }
);

on_both_engines!(what_another_process_ends_and_gives_again_holds_here_at_once, |world: World| async move {
    let desk = known(world).await;
    let there = desk.world.another_process().await;
    authorizations::revoke(&there, desk.app.app.id, desk.ada, desk.record, Avenue::Shell).await.unwrap();
    assert_eq!(codes(&desk, As::Online).await, [11, 11]);
    assert_eq!(codes(&desk, As::Offline).await, [11, 11]);
    World::consent(&there, &desk.app.app, desk.ada, desk.record).await.unwrap();
    assert_eq!(codes(&desk, As::Online).await, [0, 0]);
    assert_eq!(codes(&desk, As::Offline).await, [0, 0]);
});

on_both_engines!(a_record_is_open_as_far_as_it_is_now, |world: World| async move {
    use keepwell_core::records::{State, set_state};
    let desk = known(world).await;
    for (state, wanted) in [(State::ReadOnly, [0, 11]), (State::Suspended, [37, 37]), (State::Active, [0, 0])]
    {
        set_state(&desk.world.domain, desk.record, state).await.unwrap();
        assert_eq!(codes(&desk, As::Online).await, wanted, "{state:?}");
        assert_eq!(codes(&desk, As::Offline).await, wanted, "{state:?}");
    }
});

on_both_engines!(a_person_who_was_suspended_is_acted_for_no_more, |world: World| async move {
    let desk = known(world).await;
    for (active, wanted) in [(false, [25, 25]), (true, [0, 0])] {
        assert!(persons::set_active(&desk.world.domain, desk.ada, active).await.unwrap());
        assert_eq!(codes(&desk, As::Online).await, wanted, "online");
        assert_eq!(codes(&desk, As::Offline).await, wanted, "offline");
    }
});

on_both_engines!(a_changed_byte_is_a_bad_signature_for_a_known_caller_too, |world: World| async move {
    let desk = known(world).await;
    let good = desk.request("GetThings", 3, &get_weights(), As::Online);
    assert_eq!(desk.send(&good.replace("<msg-ttl>1800", "<msg-ttl>1801")).await.code, 4);
    assert_eq!(desk.send(&good.replace("<xml/>", "<xml />")).await.code, 4);
    desk.world.clock.advance(keepwell_core::env::HOUR);
    assert_eq!(desk.send(&good).await.code, 49, "and an old message is old");
});
