//! What must hold of application, person, record and server before a method runs.

use std::net::IpAddr;

use keepwell_core::applications::{self, State};
use keepwell_core::{maintenance, persons, records};
use keepwell_testkit::{Reply, World, on_both_engines};

use crate::desk::{As, Desk, get_weights, put_weight};

async fn from(desk: &Desk, address: Option<&str>, request: &str) -> u16 {
    let address = address.map(|address| address.parse::<IpAddr>().unwrap());
    Reply::of(desk.platform.answer(address, None, request.as_bytes()).await).code
}

on_both_engines!(an_application_with_prefixes_calls_from_there_only, |world: World| async move {
    let desk = Desk::of(world).await;
    // Remembered from before the prefixes were set: it must not help.
    desk.good("GetThings", 3, &get_weights(), As::Online).await;
    let mut app = (*desk.app.app).clone();
    app.ip_prefixes = vec!["192.0.2.0/24".parse().unwrap()];
    applications::replace(&desk.world.domain, &app).await.unwrap();
    let read = desk.request("GetThings", 3, &get_weights(), As::Online);
    let session = desk.app.session_request(desk.now());
    for request in [&read, &session] {
        assert_eq!(from(&desk, Some("192.0.2.7"), request).await, 0);
        assert_eq!(from(&desk, Some("::ffff:192.0.2.7"), request).await, 0);
        assert_eq!(from(&desk, Some("198.51.100.7"), request).await, 6);
        assert_eq!(from(&desk, None, request).await, 6);
        assert_eq!(from(&desk, Some("192.0.2.7"), request).await, 0, "and again from within");
    }
});

on_both_engines!(a_suspended_person_is_closed_to_applications_at_once, |world: World| async move {
    let desk = Desk::of(world).await;
    desk.good("GetThings", 3, &get_weights(), As::Online).await;
    persons::set_active(&desk.world.domain, desk.ada, false).await.unwrap();
    for how in [As::Online, As::Offline] {
        assert_eq!(desk.call("GetThings", 3, &get_weights(), how).await.code, 25, "{how:?}");
        assert_eq!(desk.call("GetPersonInfo", 1, "<info/>", how).await.code, 25, "{how:?}");
    }
    let people = desk.good("GetAuthorizedPeople", 1, "<info><parameters/></info>", As::Nobody).await;
    assert_eq!(people.count("person-info"), 0);
    persons::set_active(&desk.world.domain, desk.ada, true).await.unwrap();
    desk.good("GetThings", 3, &get_weights(), As::Online).await;
});

on_both_engines!(a_suspended_application_can_do_nothing, |world: World| async move {
    let desk = Desk::of(world).await;
    desk.good("GetThings", 3, &get_weights(), As::Online).await;
    applications::set_state(&desk.world.domain, desk.app.app.id, State::Suspended).await.unwrap();
    assert_eq!(desk.call("GetThings", 3, &get_weights(), As::Online).await.code, 6);
    assert_eq!(desk.send(&desk.app.session_request(desk.now())).await.code, 6);
});

on_both_engines!(a_suspended_record_is_closed_and_a_read_only_one_can_be_read, |world: World| async move {
    let desk = Desk::of(world).await;
    let set = async |state| records::set_state(&desk.world.domain, desk.record, state).await.unwrap();
    set(records::State::ReadOnly).await;
    desk.good("GetThings", 3, &get_weights(), As::Online).await;
    assert_eq!(desk.call("PutThings", 2, &put_weight(70.0, 1), As::Online).await.code, 11);
    set(records::State::Suspended).await;
    for (method, version, info) in [("GetThings", 3, get_weights()), ("PutThings", 2, put_weight(70.0, 1))] {
        assert_eq!(desk.call(method, version, &info, As::Online).await.code, 37, "{method}");
    }
    set(records::State::Active).await;
    desk.good("PutThings", 2, &put_weight(70.0, 1), As::Online).await;
});

on_both_engines!(in_maintenance_everything_is_read_and_nothing_written, |world: World| async move {
    let desk = Desk::of(world).await;
    desk.good("PutThings", 2, &put_weight(70.0, 1), As::Online).await;
    maintenance::begin(&desk.world.domain, "Back at noon.").await.unwrap();
    let refused = desk.call("PutThings", 2, &put_weight(71.0, 2), As::Online).await;
    assert_eq!(refused.code, 152);
    assert!(refused.value("message").is_some_and(|m| m.ends_with("Back at noon.")), "{}", refused.text);
    let read = desk.good("GetThings", 3, &get_weights(), As::Online).await;
    assert_eq!(read.count("thing"), 1);
    assert_eq!(desk.send(&desk.app.session_request(desk.now())).await.code, 0, "also with a new session");
    maintenance::end(&desk.world.domain).await.unwrap();
    desk.good("PutThings", 2, &put_weight(71.0, 2), As::Online).await;
});

on_both_engines!(no_answer_is_longer_than_the_limit, |world: World| async move {
    let mut desk = Desk::of(world).await;
    let mut settings = keepwell_platform::Settings::at("http://localhost", 0);
    settings.response_bytes = 300;
    desk.platform = keepwell_platform::Platform::new(desk.world.domain.clone(), settings);
    assert_eq!(desk.call("GetPersonInfo", 1, "<info/>", As::Online).await.code, 71);
    let definition = desk.app.anonymous("GetServiceDefinition", 2, "<info/>", desk.now());
    assert_eq!(desk.send(&definition).await.code, 71);
});
