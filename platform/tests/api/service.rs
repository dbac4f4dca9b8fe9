//! GetServiceDefinition.

use keepwell_testkit::{Reply, START, World, on_both_engines};

use crate::desk::{As, Desk};

async fn ask(desk: &Desk, version: u32, info: &str) -> Reply {
    let reply = desk.send(&desk.app.anonymous("GetServiceDefinition", version, info, desk.now())).await;
    assert_eq!(reply.code, 0, "{}", reply.text);
    reply
}

on_both_engines!(the_service_describes_itself_to_anyone, |world: World| async move {
    let desk = Desk::of(world).await;
    for version in [1, 2] {
        let all = ask(&desk, version, "<info/>").await;
        assert_eq!(all.value("url").as_deref(), Some("http://localhost:8470/platform/wildcat.ashx"));
        assert_eq!(all.value("redirect-url").as_deref(), Some("http://localhost:8470/redirect.aspx"));
        assert_eq!(all.count("updated-date"), 1);
    }
    let unknown = desk.app.anonymous("GetServiceDefinition", 2, "<info/>", desk.now());
    let unknown = unknown.replace(&desk.app.app.id.to_string(), &uuid::Uuid::nil().to_string());
    assert_eq!(desk.send(&unknown).await.code, 0, "also to an application that is not known");
    desk.good("GetServiceDefinition", 2, "<info/>", As::Nobody).await;
});

on_both_engines!(the_topology_alone_holds_the_instance_that_the_shell_returns, |world: World| async move {
    let desk = Desk::of(world).await;
    let info = "<info><response-sections><section>topology</section></response-sections></info>";
    let topology = ask(&desk, 2, info).await;
    assert_eq!(topology.attribute("instances", "current-instance-id").as_deref(), Some("1"));
    assert_eq!((topology.count("platform"), topology.count("xml-method")), (0, 0));
    assert_eq!(topology.count("updated-date"), 1);
});

on_both_engines!(unchanged_since_then_is_an_empty_info, |world: World| async move {
    let desk = Desk::of(world).await;
    let time = keepwell_wire::time::UtcMicros(START);
    let unchanged = ask(&desk, 2, &format!("<info><updated-date>{time}</updated-date></info>")).await;
    assert!(unchanged.text.ends_with("GetServiceDefinition2\"/></response>"), "{}", unchanged.text);
    let before = keepwell_wire::time::UtcMicros(START - 1_000_000);
    let changed = ask(&desk, 2, &format!("<info><updated-date>{before}</updated-date></info>")).await;
    assert_eq!(changed.count("platform"), 1);
});

on_both_engines!(message_age_is_not_looked_at_on_anonymous_calls, |world: World| async move {
    let desk = Desk::of(world).await;
    let ancient = desk.app.anonymous("GetServiceDefinition", 2, "<info/>", 1_000_000);
    assert_eq!(desk.send(&ancient).await.code, 0);
});

on_both_engines!(each_version_of_each_method_has_the_address_of_a_schema, |world: World| async move {
    let desk = Desk::of(world).await;
    let all = ask(&desk, 2, "<info/>").await;
    let versions = all.text.matches("<version number=").count();
    assert!(versions > 10);
    assert_eq!(all.count("response-schema-url"), versions);
    assert!(all.count("common-schema") > 0, "and so have the schemas that they share");
});

on_both_engines!(a_restart_alone_changes_nothing_and_a_change_is_told_once, |world: World| async move {
    use keepwell_core::service::since;
    let domain = &world.domain;
    let settings = keepwell_platform::Settings::at("http://localhost", START);
    let first = since(domain, &settings.description()).await.unwrap();
    world.clock.advance(keepwell_core::env::DAY);
    let later = keepwell_platform::Settings::at("http://localhost", START + 5);
    assert_eq!(since(domain, &later.description()).await.unwrap(), first);
    let moved = keepwell_platform::Settings::at("http://elsewhere", START);
    let second = since(domain, &moved.description()).await.unwrap();
    assert!(second > first);
    assert_eq!(since(domain, &moved.description()).await.unwrap(), second);
});

on_both_engines!(what_the_service_says_of_its_limits_is_what_it_enforces, |world: World| async move {
    let desk = Desk::of(world).await;
    let all = ask(&desk, 2, "<info/>").await;
    let limit = |key: &str| -> usize {
        let start = all.text.split_once(&format!("key=\"{key}\">")).unwrap().1;
        start.split('<').next().unwrap().parse().unwrap()
    };
    let settings = |length: usize| {
        // The element's own name is part of it.
        let text = "x".repeat(length - "<app-settings></app-settings>".len());
        format!("<info><app-settings>{text}</app-settings></info>")
    };
    let most = limit("maxApplicationSettingsSizeBytes");
    for (length, code) in [(most, 0), (most + 1, 39)] {
        assert_eq!(desk.call("SetApplicationSettings", 1, &settings(length), As::Online).await.code, code);
    }
    let most = limit("maxRequestUncompressedSizeBytes");
    assert_eq!(desk.send(&" ".repeat(most + 1)).await.code, 39);
    assert_eq!(limit("maxAlternateIdsPerRecord"), 100, "see alternate_ids");
    desk.world.clock.advance(i64::try_from(limit("sessionTokenTtlMs")).unwrap() * 1000 - 1);
    desk.good("GetApplicationInfo", 2, "<info/>", As::Nobody).await;
    desk.world.clock.advance(1);
    assert_eq!(desk.call("GetApplicationInfo", 2, "<info/>", As::Nobody).await.code, 65);
});
