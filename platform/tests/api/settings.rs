//! GetApplicationSettings and SetApplicationSettings.

use keepwell_testkit::{World, on_both_engines};

use crate::desk::{As, Desk};

const KEPT: &str = "<app-settings theme=\"dark\" xmlns:x=\"urn:x\"><x:a>1 &amp; <![CDATA[<2>]]></x:a> \
                    mixed <!-- kept --></app-settings>";

async fn set(desk: &Desk, document: &str) {
    desk.good("SetApplicationSettings", 1, &format!("<info>{document}</info>"), As::Online).await;
}

async fn get(desk: &Desk) -> String {
    desk.good("GetApplicationSettings", 1, "<info/>", As::Online).await.text
}

on_both_engines!(settings_come_back_exactly_as_they_were_stored, |world: World| async move {
    let desk = Desk::of(world).await;
    let nothing = get(&desk).await;
    assert!(!nothing.contains("app-settings") && nothing.contains("<selected-record-id>"), "{nothing}");
    set(&desk, KEPT).await;
    assert!(get(&desk).await.contains(KEPT));
    assert!(desk.good("GetPersonInfo", 1, "<info/>", As::Offline).await.text.contains(KEPT));
    let people = desk.good("GetAuthorizedPeople", 1, "<info><parameters/></info>", As::Nobody).await;
    assert!(people.text.contains(KEPT));
    set(&desk, "<app-settings><b/></app-settings>").await;
    assert!(!get(&desk).await.contains("dark"), "the whole is replaced");
    set(&desk, "<app-settings/>").await;
    assert_eq!(get(&desk).await, nothing, "an empty one clears");
});

on_both_engines!(settings_are_this_applications_and_this_persons, |world: World| async move {
    let other = world.weight_app().await;
    let desk = Desk::of(world).await;
    set(&desk, KEPT).await;
    let (bob, bobs) = desk.world.person("Bob").await;
    desk.world.allow(&desk.app.app, bob, bobs).await;
    let bob = keepwell_core::authorizations::person_pseudonym(&desk.world.domain, desk.app.app.id, bob);
    let ask = desk.session.ask("GetApplicationSettings", 1, "<info/>", desk.now()).offline(bob);
    assert!(!desk.send(&ask.text()).await.text.contains("app-settings"));
    desk.world.allow(&other.app, desk.ada, desk.record).await;
    let desk = Desk::for_person(desk.world, other, desk.ada, desk.record).await;
    assert!(!get(&desk).await.contains("app-settings"));
});

on_both_engines!(settings_that_are_too_long_are_refused_and_the_former_stay, |world: World| async move {
    let desk = Desk::of(world).await;
    set(&desk, KEPT).await;
    let long = format!("<info><app-settings>{}</app-settings></info>", "x".repeat(65 * 1024));
    assert_eq!(desk.call("SetApplicationSettings", 1, &long, As::Online).await.code, 39);
    assert!(get(&desk).await.contains(KEPT));
});

on_both_engines!(after_a_new_consent_the_settings_are_there_again, |world: World| async move {
    let desk = Desk::of(world).await;
    set(&desk, KEPT).await;
    desk.world.revoke(desk.app.app.id, desk.ada, desk.record).await;
    assert_eq!(desk.call("GetApplicationSettings", 1, "<info/>", As::Online).await.code, 11);
    let write = format!("<info>{KEPT}</info>");
    assert_eq!(desk.call("SetApplicationSettings", 1, &write, As::Online).await.code, 11);
    desk.world.allow(&desk.app.app, desk.ada, desk.record).await;
    assert!(get(&desk).await.contains(KEPT));
});
