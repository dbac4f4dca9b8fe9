//! Every read has its entry in the record's log before the stated bound, and who was refused has one too.

use keepwell_core::audit::{self, Activity, Deed, Filter, Logged, READ_BOUND};
use keepwell_core::authorizations::{self, Caller};
use keepwell_platform::{Effect, METHODS, Who};
use keepwell_testkit::{World, on_both_engines};

use crate::desk::{As, Desk, put_weight};
use crate::refusals::{all_methods, info_for};

/// They tell an application what it knows or may do, and nothing that stands in the record.
const TELL_NOTHING_OF_THE_RECORD: [&str; 2] = ["GetAlternateIds", "QueryPermissions"];

async fn log(desk: &Desk, deed: Deed) -> Vec<Logged> {
    let domain = &desk.world.domain;
    let access = authorizations::open(domain, &Caller::person(desk.ada), desk.record).await.unwrap();
    let filter = Filter { deed: Some(deed), ..Filter::default() };
    let Activity { entries, .. } = audit::activity(domain, &access, &filter, None, 500).await.unwrap();
    entries
}

on_both_engines!(every_read_has_its_entry_before_the_stated_bound, |world: World| async move {
    let desk = all_methods(world).await;
    desk.good("PutThings", 2, &put_weight(70.0, 1), As::Online).await;
    let reads = METHODS.iter().filter(|m| m.who == Who::Record && m.effect == Effect::Reads);
    let reads = reads.filter(|m| !TELL_NOTHING_OF_THE_RECORD.contains(&m.name));
    let each: Vec<_> = reads.flat_map(|m| m.versions.iter().map(move |v| (m.name, *v))).collect();
    assert!(each.len() >= 6, "{each:?}");
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
            let now = tokio::time::timeout(READ_BOUND, appears).await;
            let now = now.unwrap_or_else(|_| panic!("{name} {version} left no entry in time"));
            assert_eq!(now.len(), before + 1, "{name}");
            assert_eq!((now[0].app, now[0].person), (Some(desk.app.app.id), desk.ada), "{name}");
            assert_eq!(now[0].avenue, format!("{how:?}"), "{name}");
        }
    }
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
