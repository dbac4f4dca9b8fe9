//! Records and apps at home.

use keepwell_core::authorizations;
use keepwell_core::things;
use keepwell_testkit::{World, on_both_engines, weight};

use crate::browser::Site;

on_both_engines!(a_person_sees_their_records_and_apps_and_stops_an_app, |world: World| async move {
    let (ada, record) = world.person_in("Ada", "SE").await;
    let app = world.weight_app().await;
    world.allow(&app.app, ada, record).await;
    let caller = world.online(&app, ada);
    things::put(&world.domain, &caller, record, &[weight(71.5, 1), weight(72.0, 2)]).await.unwrap();
    let mut browser = Site::of(&world).browser();
    let home = browser.sign_in_at_home("Ada").await;
    assert!(home.html.contains("1 app") && home.html.contains("Your own"));

    let timeline = browser.get(&format!("/records/{record}/readings")).await;
    assert_eq!(timeline.address, format!("/records/{record}/timeline"), "its older address leads there");
    let (newer, older) = (timeline.html.find("<bdi>72 kg<"), timeline.html.find("<bdi>71.5 kg<"));
    assert!(newer.is_some() && newer < older, "{}", timeline.html);
    assert!(timeline.html.contains("Weight") && timeline.html.contains("Weights"));

    let apps = browser.get("/apps").await;
    assert!(apps.html.contains("Weights") && apps.html.contains("Also when you are away"));
    let details = browser.get(&format!("/records/{record}/apps/{}", app.app.id)).await;
    assert!(
        details.html.contains("Read, add, change and delete") && details.html.contains("To draw your weight")
    );
    assert!(!details.html.contains("Not used yet"));

    let stop = browser.get(&format!("/records/{record}/apps/{}/stop", app.app.id)).await;
    let kept = browser.fill(&stop, &[("decision", "keep")]).await;
    assert_eq!(kept.title(), "Weights");
    let stopped = browser.fill(&stop, &[("decision", "stop")]).await;
    assert!(stopped.html.contains("Weights is stopped"));
    assert!(things::get(&world.domain, &caller, record, &[]).await.is_err());
    let apps = browser.get("/apps").await;
    assert!(!apps.html.contains("Weights"), "a stopped app is gone from the list");
    assert_eq!(browser.get(&format!("/records/{record}/apps/{}", app.app.id)).await.status, 404);
});

on_both_engines!(nobody_sees_or_stops_what_is_of_someone_else, |world: World| async move {
    let (ada, adas) = world.person_in("Ada", "SE").await;
    world.person("Bob").await;
    let app = world.weight_app().await;
    world.allow(&app.app, ada, adas).await;
    let mut bobs = Site::of(&world).browser();
    bobs.sign_in_at_home("Bob").await;
    let id = app.app.id;
    for address in [
        format!("/records/{adas}"),
        format!("/records/{adas}/timeline"),
        format!("/records/{adas}/search?q=a"),
        format!("/records/{adas}/settings"),
        format!("/records/{adas}/apps"),
        format!("/records/{adas}/apps/{id}"),
        format!("/records/{adas}/apps/{id}/stop"),
        "/records/nonsense/apps".to_owned(),
        "/sign-out".to_owned(),
    ] {
        let page = bobs.get(&address).await;
        assert!(page.status == 404 && page.html.contains("There is nothing here"), "{address}");
    }
    let csrf = bobs.get("/records/new").await.form().hidden[0].1.clone();
    let stop =
        bobs.post(&format!("/records/{adas}/apps/{id}/stop"), &[("csrf", &csrf), ("decision", "stop")]).await;
    assert_eq!(stop.status, 404);
    assert_eq!(authorizations::records_of(&world.domain, &app.app, ada).await.unwrap().len(), 1);
});

on_both_engines!(home_is_for_those_who_are_signed_in, |world: World| async move {
    let (_, record) = world.person_in("Ada", "SE").await;
    let mut browser = Site::of(&world).browser();
    for address in ["/", "/apps", "/sessions", "/account", "/account/units", "/records/new", "/password/new"]
    {
        assert!(browser.get(address).await.address.starts_with("/sign-in"), "{address}");
    }
    assert!(browser.get(&format!("/records/{record}/timeline")).await.address.starts_with("/sign-in"));
    for address in ["/privacy", "/terms", "/password/forgot", "/sign-up"] {
        assert_eq!(browser.get(address).await.address, address);
    }
});
