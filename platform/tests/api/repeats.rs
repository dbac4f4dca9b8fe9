//! A client that lost an answer sends its PutThings again: nothing is doubled where its things have ids of
//! the client's own.

use std::sync::Arc;

use keepwell_core::env::{DAY, HOUR};
use keepwell_testkit::{Reply, World, info_only, on_both_engines, weight_xml};

use crate::desk::{As, Desk, WEIGHT, get_weights, put_weight};

fn thing(kg: f64, day: u32, client_id: &str) -> String {
    let common = format!("<common><client-thing-id>{client_id}</client-thing-id></common>");
    let data = weight_xml(kg, day).replace("<common/>", &common);
    format!("<thing><type-id>{WEIGHT}</type-id><data-xml>{data}</data-xml></thing>")
}

fn keys(put: &Reply) -> Vec<String> {
    let keys = put.text.split("<thing-id ").skip(1).filter_map(|t| t.split("</thing-id>").next());
    keys.map(str::to_owned).collect()
}

async fn count(desk: &Desk) -> usize {
    desk.good("GetThings", 3, &get_weights(), As::Online).await.count("thing")
}

on_both_engines!(a_write_that_is_repeated_doubles_nothing, |world: World| async move {
    let desk = Desk::of(world).await;
    let info = info_only(&[thing(70.0, 1, "a"), thing(71.0, 2, "b")].concat());
    let first = desk.good("PutThings", 2, &info, As::Online).await;
    desk.world.clock.advance(HOUR);
    let again = desk.good("PutThings", 2, &info, As::Online).await;
    assert_eq!(keys(&again), keys(&first));
    // A part of it again, with something new.
    let info = info_only(&[thing(72.0, 3, "c"), thing(71.0, 2, "b")].concat());
    let more = desk.good("PutThings", 2, &info, As::Offline).await;
    assert_eq!(keys(&more)[1], keys(&first)[1]);
    assert_eq!(count(&desk).await, 3);
});

on_both_engines!(what_differs_or_has_no_id_of_its_own_is_another_thing, |world: World| async move {
    let desk = Desk::of(world).await;
    let a = thing(70.0, 1, "a");
    let tagged = a.replace("</thing>", "<tags>x</tags></thing>");
    let untagged = a.replace("</thing>", "<tags/></thing>");
    let others = [thing(70.5, 1, "a"), thing(70.0, 1, "b"), a.replace("<when>", "<when >"), tagged, untagged];
    for (so_far, other) in [a].iter().chain(&others).enumerate() {
        desk.good("PutThings", 2, &info_only(other), As::Online).await;
        assert_eq!(count(&desk).await, so_far + 1, "{other}");
    }
    for _ in 0..2 {
        desk.good("PutThings", 2, &put_weight(60.0, 9), As::Online).await;
    }
    assert_eq!(count(&desk).await, 8);
});

on_both_engines!(one_call_may_make_the_same_twice_and_be_repeated, |world: World| async move {
    let desk = Desk::of(world).await;
    let info = info_only(&thing(70.0, 1, "a").repeat(2));
    let first = desk.good("PutThings", 2, &info, As::Online).await;
    assert_eq!(keys(&desk.good("PutThings", 2, &info, As::Online).await), keys(&first));
    assert_eq!(count(&desk).await, 2);
});

on_both_engines!(
    once_a_thing_has_changed_or_a_day_has_passed_the_same_makes_another,
    |world: World| async move {
        let desk = Desk::of(world).await;
        let info = info_only(&thing(70.0, 1, "a"));
        let first = desk.good("PutThings", 2, &info, As::Online).await;
        let key = |put: &Reply| format!("<thing-id {}</thing-id>", keys(put)[0]);
        let update = info_only(&format!("<thing>{}<tags>x</tags></thing>", key(&first)));
        desk.good("PutThings", 2, &update, As::Online).await;
        let second = desk.good("PutThings", 2, &info, As::Online).await;
        assert_ne!(second.value("thing-id"), first.value("thing-id"));
        desk.good("RemoveThings", 1, &info_only(&key(&second)), As::Online).await;
        let third = desk.good("PutThings", 2, &info, As::Online).await;
        assert_ne!(third.value("thing-id"), second.value("thing-id"), "what was removed is not answered");
        desk.world.clock.advance(DAY - HOUR);
        let desk = Desk::for_person(desk.world, desk.app, desk.ada, desk.record).await;
        assert_eq!(keys(&desk.good("PutThings", 2, &info, As::Online).await), keys(&third));
        desk.world.clock.advance(HOUR);
        let fourth = desk.good("PutThings", 2, &info, As::Online).await;
        assert_ne!(fourth.value("thing-id"), third.value("thing-id"));
        assert_eq!(keys(&desk.good("PutThings", 2, &info, As::Online).await), keys(&fourth));
    }
);

on_both_engines!(of_the_same_write_many_times_at_once_all_get_one_answer, |world: World| async move {
    let desk = Arc::new(Desk::of(world).await);
    let info = info_only(&[thing(70.0, 1, "a"), thing(71.0, 2, "b")].concat());
    let tries: Vec<_> = (0..20)
        .map(|_| {
            let (desk, info) = (desk.clone(), info.clone());
            tokio::spawn(async move { keys(&desk.good("PutThings", 2, &info, As::Online).await) })
        })
        .collect();
    let mut answers = Vec::new();
    for each in tries {
        answers.push(each.await.unwrap());
    }
    answers.dedup();
    assert_eq!(answers.len(), 1);
    assert_eq!(count(&desk).await, 2);
});

on_both_engines!(another_application_with_the_same_id_makes_its_own, |world: World| async move {
    let desk = Desk::of(world).await;
    let info = info_only(&thing(70.0, 1, "a"));
    let first = desk.good("PutThings", 2, &info, As::Online).await;
    let other = desk.world.weight_app().await;
    desk.world.allow(&other.app, desk.ada, desk.record).await;
    let desk = Desk::for_person(desk.world, other, desk.ada, desk.record).await;
    let second = desk.good("PutThings", 2, &info, As::Online).await;
    assert_ne!(second.value("thing-id"), first.value("thing-id"));
});
