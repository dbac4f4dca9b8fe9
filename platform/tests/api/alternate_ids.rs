//! AssociateAlternateId, DisassociateAlternateId, GetAlternateIds, GetPersonAndRecordForAlternateId.

use keepwell_testkit::{Reply, World, on_both_engines};

use crate::desk::{As, Desk};

fn info(id: &str) -> String {
    format!("<info><alternate-id>{id}</alternate-id></info>")
}

async fn associate(desk: &Desk, id: &str) -> Reply {
    desk.call("AssociateAlternateId", 1, &info(id), As::Online).await
}

async fn ids(desk: &Desk) -> usize {
    desk.good("GetAlternateIds", 1, "<info/>", As::Offline).await.count("alternate-id")
}

async fn whose(desk: &Desk, id: &str) -> Reply {
    desk.call("GetPersonAndRecordForAlternateId", 1, &info(id), As::Nobody).await
}

on_both_engines!(an_applications_own_id_leads_to_the_person_and_record, |world: World| async move {
    let desk = Desk::of(world).await;
    assert_eq!(ids(&desk).await, 0);
    assert_eq!(associate(&desk, "Patient 17").await.code, 0);
    assert_eq!(associate(&desk, "patient 17").await.code, 0, "case matters");
    assert_eq!(ids(&desk).await, 2);
    let found = whose(&desk, "Patient 17").await;
    assert_eq!(found.value("person-id"), Some(desk.person().to_string()));
    assert_eq!(found.value("selected-record-id"), Some(desk.record().to_string()));
    assert_eq!(found.count("record"), 1);
    assert_eq!(whose(&desk, "Patient 18").await.code, 140);
});

on_both_engines!(an_id_is_used_once_in_an_application, |world: World| async move {
    let other = world.weight_app().await;
    let desk = Desk::of(world).await;
    associate(&desk, "17").await;
    assert_eq!(associate(&desk, "17").await.code, 139, "even for the same record");
    desk.world.allow(&other.app, desk.ada, desk.record).await;
    let (bob, bobs) = desk.world.person("Bob").await;
    desk.world.allow(&desk.app.app, bob, bobs).await;
    let here = Desk::for_person(desk.world, desk.app, bob, bobs).await;
    assert_eq!(associate(&here, "17").await.code, 139, "nor for another");
    let there = Desk::for_person(here.world, other, desk.ada, desk.record).await;
    assert_eq!(associate(&there, "17").await.code, 0, "but another application has ids of its own");
    assert_eq!(whose(&there, "17").await.value("person-id"), Some(there.person().to_string()));
});

on_both_engines!(ids_that_are_none_are_refused, |world: World| async move {
    let desk = Desk::of(world).await;
    let long = "x".repeat(256);
    for (id, code) in [("", 142), ("   ", 142), (long.as_str(), 3)] {
        assert_eq!(associate(&desk, id).await.code, code, "{id:?}");
    }
    assert_eq!(associate(&desk, &"x".repeat(255)).await.code, 0);
    assert_eq!(desk.call("AssociateAlternateId", 1, "<info/>", As::Online).await.code, 142);
});

on_both_engines!(an_id_is_taken_away_by_itself_or_with_its_record, |world: World| async move {
    let desk = Desk::of(world).await;
    let drop = async |id: &str, how| desk.call("DisassociateAlternateId", 1, &info(id), how).await.code;
    for id in ["a", "b"] {
        associate(&desk, id).await;
    }
    let (bob, bobs) = desk.world.person("Bob").await;
    desk.world.allow(&desk.app.app, bob, bobs).await;
    let domain = &desk.world.domain;
    let token = keepwell_core::sessions::user_token::give(domain, desk.app.app.id, bob, false, None);
    let token = token.await.unwrap();
    let bobs = keepwell_core::authorizations::record_pseudonym(domain, desk.app.app.id, bob, bobs);
    let ask = desk.session.ask("DisassociateAlternateId", 1, info("a"), desk.now());
    assert_eq!(desk.send(&ask.online(&token).record(bobs).text()).await.code, 140, "it is not Bob's");
    assert_eq!(drop("a", As::Nobody).await, 0, "the id alone is enough");
    assert_eq!(drop("b", As::Online).await, 0);
    assert_eq!(drop("b", As::Online).await, 140);
    assert_eq!(ids(&desk).await, 0);
});

on_both_engines!(after_revocation_an_id_leads_nowhere_until_the_next_consent, |world: World| async move {
    let desk = Desk::of(world).await;
    associate(&desk, "17").await;
    desk.world.revoke(desk.app.app.id, desk.ada, desk.record).await;
    assert_eq!(whose(&desk, "17").await.code, 140);
    assert_eq!(associate(&desk, "18").await.code, 11);
    desk.world.allow(&desk.app.app, desk.ada, desk.record).await;
    assert_eq!(whose(&desk, "17").await.code, 0);
});

on_both_engines!(a_record_has_a_hundred_ids_also_when_many_are_given_at_once, |world: World| async move {
    let desk = Desk::of(world).await;
    let names: Vec<String> = (0..110).map(|number| number.to_string()).collect();
    let calls = names.iter().map(|id| associate(&desk, id));
    let replies = futures_util::future::join_all(calls).await;
    let count = |code| replies.iter().filter(|reply| reply.code == code).count();
    assert_eq!((count(0), count(141)), (100, 10));
    assert_eq!(ids(&desk).await, 100);
    let one = names.iter().zip(&replies).find(|(_, reply)| reply.code == 0).unwrap().0;
    desk.good("DisassociateAlternateId", 1, &info(one), As::Nobody).await;
    assert_eq!(associate(&desk, "another").await.code, 0, "what is taken away makes room");
    let same = futures_util::future::join_all((0..20).map(|_| {
        desk.call(
            "DisassociateAlternateId",
            1,
            "<info><alternate-id>another</alternate-id></info>",
            As::Nobody,
        )
    }));
    let gone = same.await.iter().filter(|reply| reply.code == 0).count();
    assert_eq!(gone, 1, "of twenty who take it away at once, one does");
});
