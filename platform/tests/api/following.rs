//! GetRecordOperations and GetUpdatedRecordsForApplication.

use keepwell_core::applications::{self, Types};
use keepwell_core::env::{HOUR, MINUTE, SECOND};
use keepwell_core::thing_types;
use keepwell_testkit::{Reply, World, on_both_engines};
use keepwell_wire::roxmltree::Document;
use keepwell_wire::time::UtcMicros;

use crate::desk::{As, Desk, put_weight};

async fn since(desk: &Desk, number: i64) -> Reply {
    let info =
        format!("<info><record-operation-sequence-number>{number}</record-operation-sequence-number></info>");
    desk.good("GetRecordOperations", 1, &info, As::Offline).await
}

/// Numbers and names of the operations, and the latest number.
fn told(reply: &Reply) -> (Vec<(i64, String)>, i64) {
    let document = Document::parse(&reply.text).unwrap();
    let number = |text: Option<&str>| text.and_then(|t| t.parse().ok()).unwrap();
    let operations = document.descendants().filter(|n| n.has_tag_name("record-operation")).map(|n| {
        let of = |name| n.children().find(|c| c.has_tag_name(name)).and_then(|c| c.text());
        (number(of("sequence-number")), of("operation").unwrap().to_owned())
    });
    (operations.collect(), number(reply.value("latest-record-operation-sequence-number").as_deref()))
}

fn expected(list: &[(i64, &str)]) -> Vec<(i64, String)> {
    list.iter().map(|(number, name)| (*number, (*name).to_owned())).collect()
}

on_both_engines!(each_call_takes_the_next_number_and_all_that_it_did_shares_it, |world: World| async move {
    let desk = Desk::of(world).await;
    assert_eq!(told(&since(&desk, 0).await), (vec![], 0));
    let two = put_weight(70.0, 1).replace("<info>", "<info><thing>");
    let two = two.replacen("<info><thing><thing>", "<info><thing>", 1);
    let second = put_weight(71.0, 2).replace("<info>", "").replace("</info>", "");
    let two = two.replace("</info>", &format!("{second}</info>"));
    let put = desk.good("PutThings", 2, &two, As::Online).await;
    assert_eq!(put.count("thing-id"), 2);
    let (id, stamp) = (put.value("thing-id").unwrap(), put.attribute("thing-id", "version-stamp").unwrap());
    let update = put_weight(72.0, 1)
        .replace("<thing>", &format!("<thing><thing-id version-stamp=\"{stamp}\">{id}</thing-id>"));
    let updated = desk.good("PutThings", 2, &update, As::Online).await;
    let stamp = updated.attribute("thing-id", "version-stamp").unwrap();
    let remove = format!("<info><thing-id version-stamp=\"{stamp}\">{id}</thing-id></info>");
    desk.good("RemoveThings", 1, &remove, As::Online).await;
    let all = since(&desk, 0).await;
    let steps = [(1, "Create"), (1, "Create"), (2, "Update"), (3, "Delete")];
    assert_eq!(told(&all), (expected(&steps), 3));
    let last = all.text.rsplit("<record-operation>").next().unwrap();
    assert!(!last.contains("eff-date") && all.text.contains("<eff-date>2026-06-01T07:30:00</eff-date>"));
    assert_eq!(told(&since(&desk, 2).await), (expected(&[(3, "Delete")]), 3));
    let nothing = since(&desk, 3).await;
    assert_eq!(nothing.count("operations"), 0, "no empty list");
    let info = desk.good("GetPersonInfo", 1, "<info/>", As::Online).await;
    assert_eq!(info.attribute("record", "latest-operation-sequence-number").as_deref(), Some("3"));
});

on_both_engines!(numbers_are_contiguous_whatever_the_parallelism, |world: World| async move {
    let desk = Desk::of(world).await;
    let infos: Vec<_> = (1..=20).map(|day| put_weight(70.0, day)).collect();
    let calls = infos.iter().map(|info| desk.call("PutThings", 2, info, As::Online));
    let replies = futures_util::future::join_all(calls).await;
    let done = replies.iter().filter(|reply| reply.code == 0).count();
    assert!(done > 10, "{done}");
    let (operations, latest) = told(&since(&desk, 0).await);
    let numbers: Vec<i64> = operations.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, (1..=latest).collect::<Vec<_>>());
    assert_eq!(usize::try_from(latest).unwrap(), done, "a call that was refused takes no number");
});

on_both_engines!(an_application_follows_only_what_it_may_read, |world: World| async move {
    let other = world
        .app("name = \"Height\"\n[[online]]\nname = \"h\"\nwhy = \"h\"\npermissions = [\"read\"]\ntypes = [\"height\"]\n[[offline]]\nname = \"h\"\nwhy = \"h\"\npermissions = [\"read\"]\ntypes = [\"height\"]\n")
        .await;
    let desk = Desk::of(world).await;
    desk.good("PutThings", 2, &put_weight(70.0, 1), As::Online).await;
    let personal = put_weight(71.0, 2).replace("</type-id>", "</type-id><flags>1</flags>");
    let put = desk.call("PutThings", 2, &personal, As::Online).await;
    desk.world.allow(&other.app, desk.ada, desk.record).await;
    let there = Desk::for_person(desk.world, other, desk.ada, desk.record).await;
    let (operations, latest) = told(&since(&there, 0).await);
    assert!(operations.is_empty());
    assert_eq!(
        latest,
        if put.code == 0 { 2 } else { 1 },
        "the number tells nothing but that there was a call"
    );
    let updated = there.good("GetUpdatedRecordsForApplication", 2, &after(0), As::Nobody).await;
    assert_eq!(updated.count("updated-record"), 0, "nor is the record updated for it");
});

fn after(time: i64) -> String {
    format!("<info><update-date>{}</update-date></info>", UtcMicros(time))
}

on_both_engines!(records_that_changed_are_told_once_a_person, |world: World| async move {
    let desk = Desk::of(world).await;
    let (bob, bobs) = desk.world.person("Bob").await;
    desk.world.allow(&desk.app.app, bob, bobs).await;
    let updated = async |version, info: &str| {
        desk.good("GetUpdatedRecordsForApplication", version, info, As::Nobody).await
    };
    let begin = desk.now();
    assert_eq!(updated(2, &after(begin)).await.count("updated-record"), 0);
    assert_eq!(updated(2, "<info/>").await.count("updated-record"), 2, "without a date all of them");
    desk.world.clock.advance(MINUTE);
    desk.good("PutThings", 2, &put_weight(70.0, 1), As::Online).await;
    let written = desk.now();
    desk.world.clock.advance(MINUTE);
    for since in [begin, written, written + 9 * SECOND] {
        let told = updated(2, &after(since)).await;
        assert_eq!(told.count("updated-record"), 1, "since then, and some seconds before");
        assert_eq!(told.value("record-id"), Some(desk.record().to_string()));
        assert_eq!(told.value("person-id"), Some(desk.person().to_string()));
        assert_eq!(told.value("update-date"), Some(UtcMicros(written).to_string()));
        assert_eq!(told.value("latest-operation-sequence-number").as_deref(), Some("1"));
    }
    let first = updated(1, &after(begin)).await;
    assert_eq!(first.value("record-id"), Some(desk.record().to_string()));
    assert_eq!(first.attribute("record-id", "update-date"), Some(UtcMicros(written).to_string()));
    assert_eq!(updated(2, &after(written + 11 * SECOND)).await.count("updated-record"), 0);
    desk.world.revoke(desk.app.app.id, desk.ada, desk.record).await;
    assert_eq!(updated(2, &after(begin)).await.count("updated-record"), 0, "nothing after revocation");
});

on_both_engines!(a_type_that_is_no_longer_asked_for_is_not_followed, |world: World| async move {
    let desk = Desk::of(world).await;
    desk.good("PutThings", 2, &put_weight(70.0, 1), As::Online).await;
    let mut app = (*desk.app.app).clone();
    let height = thing_types::by_name("height").unwrap().id;
    for rule in app.online.iter_mut().chain(&mut app.offline) {
        rule.types = Types::Only(vec![height]);
    }
    applications::replace(&desk.world.domain, &app).await.unwrap();
    assert!(told(&since(&desk, 0).await).0.is_empty());
    let info = after(desk.now() - HOUR);
    let updated = desk.good("GetUpdatedRecordsForApplication", 2, &info, As::Nobody).await;
    assert_eq!(updated.count("updated-record"), 0);
});
