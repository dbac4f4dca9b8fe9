//! Every read has its entry in the record's log before the stated bound, and who was refused has one too.

use keepwell_core::audit::{self, Activity, Deed, Filter, Logged, READ_BOUND, REFUSED_EVERY, STRANGER};
use keepwell_core::authorizations::{self, Caller, person_pseudonym};
use keepwell_core::records::{self, State};
use keepwell_platform::{Effect, METHODS, Who};
use keepwell_testkit::{World, on_both_engines};

use crate::attaching::blob;
use crate::desk::{As, Desk, put_weight};
use crate::refusals::{all_methods, info_for};

async fn log(desk: &Desk, deed: Deed) -> Vec<Logged> {
    let domain = &desk.world.domain;
    let access = authorizations::open(domain, &Caller::person(desk.ada), desk.record).await.unwrap();
    let filter = Filter { deed: Some(deed), ..Filter::default() };
    let Activity { entries, .. } = audit::activity(domain, &access, &filter, None, 500).await.unwrap();
    entries
}

on_both_engines!(every_read_has_its_entry_soon_and_nobody_has_to_ask_for_it, |world: World| async move {
    let desk = all_methods(world).await;
    desk.good("PutThings", 2, &put_weight(70.0, 1), As::Online).await;
    let reads = METHODS.iter().filter(|m| m.who == Who::Record && m.effect == Effect::Reads);
    let each: Vec<_> = reads.flat_map(|m| m.versions.iter().map(move |v| (m.name, *v))).collect();
    assert!(each.len() >= 8, "{each:?}");
    for (name, version) in each {
        for how in [As::Online, As::Offline] {
            let before = log(&desk, Deed::Looked).await.len();
            desk.world.clock.advance(1_000);
            let reply = desk.call(name, version, &info_for(name), how).await;
            assert_eq!(reply.code, 0, "{name} {version} {how:?}: {}", reply.text);
            let appears = async {
                loop {
                    let now = log(&desk, Deed::Looked).await;
                    if now.len() > before {
                        break now;
                    }
                    tokio::task::yield_now().await;
                }
            };
            // A machine that stands still for a second is no fault of ours.
            let now = tokio::time::timeout(30 * READ_BOUND, appears).await;
            let now = now.unwrap_or_else(|_| panic!("{name} {version} left no entry"));
            assert_eq!(now.len(), before + 1, "{name}");
            assert_eq!((now[0].app, now[0].person), (Some(desk.app.app.id), desk.ada), "{name}");
            assert_eq!(now[0].avenue, format!("{how:?}"), "{name}");
        }
    }
});

on_both_engines!(
    where_the_host_wants_it_so_no_read_is_answered_before_its_entry,
    |world: World| async move {
        let mut world = world;
        world.domain = world.domain.clone().with_audit_before_answer(true);
        let desk = all_methods(world).await;
        desk.good("PutThings", 2, &put_weight(70.0, 1), As::Online).await;
        // Another process has it from the database alone.
        let other = desk.world.another_process().await;
        let count = async || {
            let access = authorizations::open(&other, &Caller::person(desk.ada), desk.record).await.unwrap();
            audit::latest(&other, &access, 500).await.unwrap().len()
        };
        for method in METHODS.iter().filter(|m| m.who == Who::Record && m.effect == Effect::Reads) {
            for (version, how) in method.versions.iter().zip([As::Online, As::Offline].into_iter().cycle()) {
                let before = count().await;
                desk.good(method.name, *version, &info_for(method.name), how).await;
                assert_eq!(count().await, before + 1, "{} {version}", method.name);
            }
        }
        let her = Caller::person(desk.ada);
        let before = count().await;
        keepwell_core::things::kinds(&desk.world.domain, &her, desk.record).await.unwrap();
        assert_eq!(count().await, before + 1, "so it is at the Shell");
        // A hundred at once share commits, and none goes without.
        let before = count().await;
        let ask = desk.request("GetThings", 3, &info_for("GetThings"), As::Online);
        let all = (0..100).map(|_| desk.send(&ask));
        let all = futures_util::future::join_all(all).await;
        assert!(all.iter().all(|reply| reply.code == 0));
        assert_eq!(count().await, before + 100);
    }
);

on_both_engines!(an_application_that_fetches_what_it_may_not_any_more_is_noted, |world: World| async move {
    let desk = Desk::of(world).await;
    let inline = "<base64data>aGVsbG8=</base64data>";
    desk.keep(&blob("", inline)).await;
    let url = desk.address().await;
    assert_eq!(desk.fetch(&url).await.status, 200);
    assert!(log(&desk, Deed::Refused).await.is_empty());
    desk.world.revoke(desk.app.app.id, desk.ada, desk.record).await;
    for _ in 0..2 {
        assert_eq!(desk.fetch(&url).await.status, 403);
    }
    let noted = log(&desk, Deed::Refused).await;
    assert_eq!(noted.len(), 1);
    assert_eq!((noted[0].app, noted[0].person), (Some(desk.app.app.id), desk.ada));
    assert_eq!(noted[0].avenue, "Online");
    // What we never made is nobody's knock.
    assert_eq!(desk.fetch(&format!("{url}x")).await.status, 403);
    assert_eq!(log(&desk, Deed::Refused).await.len(), 1);
});

on_both_engines!(what_was_read_stands_in_the_entry_by_kind_and_number, |world: World| async move {
    let desk = all_methods(world).await;
    for day in 1..=3 {
        desk.good("PutThings", 2, &put_weight(70.0, day), As::Online).await;
    }
    desk.good("GetThings", 3, &crate::desk::get_weights(), As::Online).await;
    desk.world.domain.settle().await;
    let body = log(&desk, Deed::Looked).await[0].body.clone().unwrap();
    assert!(body.contains(&format!("\"found\":[[\"{}\",3]]", crate::desk::WEIGHT)), "{body}");
});

on_both_engines!(an_application_that_was_stopped_and_knocks_again_is_noted_once, |world: World| async move {
    let desk = all_methods(world).await;
    let (domain, app) = (&desk.world.domain, desk.app.app.id);
    desk.world.revoke(app, desk.ada, desk.record).await;
    for how in [As::Offline, As::Online] {
        for (name, version) in [("GetThings", 3), ("PutThings", 2), ("GetPeopleForRecord", 1)] {
            assert_eq!(desk.call(name, version, &info_for(name), how).await.code, 11, "{name}");
        }
    }
    let noted = log(&desk, Deed::Refused).await;
    assert_eq!(noted.len(), 1);
    assert_eq!((noted[0].app, noted[0].avenue.as_str()), (Some(app), "Offline"));
    // Whom nobody allowed anything does not know the record by any name, and leaves nothing.
    let stranger = desk.world.weight_app().await;
    let request = stranger.session_request(domain.env.now());
    let session = stranger.session(&desk.send(&request).await);
    let ask = session.ask("GetThings", 3, info_for("GetThings"), desk.now());
    let reply = desk.send(&ask.record(desk.record()).offline(desk.person()).text()).await;
    assert_ne!(reply.code, 0);
    assert_eq!(log(&desk, Deed::Refused).await.len(), 1);
});

on_both_engines!(who_knocks_at_a_closed_record_is_noted, |world: World| async move {
    let desk = all_methods(world).await;
    let state = async |state| records::set_state(&desk.world.domain, desk.record, state).await.unwrap();
    state(State::Suspended).await;
    assert_eq!(desk.call("GetThings", 3, &info_for("GetThings"), As::Offline).await.code, 37);
    state(State::Active).await;
    let noted = log(&desk, Deed::Refused).await;
    assert_eq!(noted.len(), 1);
    assert_eq!((noted[0].app, noted[0].avenue.as_str()), (Some(desk.app.app.id), "Offline"));
});

on_both_engines!(what_may_be_read_only_and_is_written_to_is_noted, |world: World| async move {
    let desk = all_methods(world).await;
    records::set_state(&desk.world.domain, desk.record, State::ReadOnly).await.unwrap();
    for (name, version, info) in
        [("PutThings", 2, put_weight(70.0, 1)), ("BeginPutBlob", 1, info_for("BeginPutBlob"))]
    {
        let before = log(&desk, Deed::Refused).await.len();
        assert_eq!(desk.call(name, version, &info, As::Online).await.code, 11, "{name}");
        assert_eq!(log(&desk, Deed::Refused).await.len(), before + 1, "{name}");
        desk.world.clock.advance(REFUSED_EVERY);
    }
});

on_both_engines!(
    an_application_that_names_another_persons_record_is_noted_there,
    |world: World| async move {
        let desk = all_methods(world).await;
        let (bob, bobs) = desk.world.person("Bob").await;
        desk.world.allow(&desk.app.app, bob, bobs).await;
        let pseudonym = person_pseudonym(&desk.world.domain, desk.app.app.id, bob);
        for _ in 0..2 {
            let ask = desk.session.ask("GetThings", 3, info_for("GetThings"), desk.now());
            let ask = ask.record(desk.record()).offline(pseudonym);
            assert_eq!(desk.send(&ask.text()).await.code, 10);
        }
        let noted = log(&desk, Deed::Refused).await;
        assert_eq!(noted.len(), 1);
        // She is told which application it was, and not whom it was for.
        assert_eq!((noted[0].app, noted[0].person), (Some(desk.app.app.id), STRANGER));
    }
);
