//! What the consent page asks, and what comes of it.

use keepwell_core::applications::Application;
use keepwell_core::authorizations::{self, Grant};
use keepwell_core::ids::{PersonId, RecordId};
use keepwell_core::records::{self, NewRecord, Relationship};
use keepwell_testkit::{ActingApp, World, on_both_engines};

use crate::browser::{Browser, Page, Site, redirect};

const OPTIONS: &str = "name = \"Options\"\naction-url = \"https://options.example/back?x=1\"\n\
    [[online]]\nname = \"must\"\nwhy = \"must\"\npermissions = [\"read\"]\ntypes = [\"weight\"]\n\
    [[online]]\nname = \"first\"\nwhy = \"nights\"\npermissions = [\"read\"]\ntypes = [\"sleep-am\"]\noptional = true\n\
    [[offline]]\nname = \"later\"\nwhy = \"pills\"\npermissions = [\"read\"]\ntypes = [\"medication\"]\noptional = true\nshow-first-time = false\n";

async fn second_record(world: &World, person: PersonId) -> RecordId {
    world.clock.advance(keepwell_core::env::SECOND);
    let new = NewRecord { name: "Elin".into(), relationship: Relationship::Child, country: "US".into() };
    records::create(&world.domain, person, new).await.unwrap()
}

async fn grant(world: &World, app: &Application, person: PersonId, record: RecordId) -> Option<Grant> {
    let allowed = authorizations::records_of(&world.domain, app, person).await.unwrap();
    allowed.into_iter().find(|allowed| allowed.record.id == record).map(|allowed| allowed.grant)
}

fn names(grant: &Grant) -> Vec<&str> {
    grant.online.iter().chain(&grant.offline).map(|rule| rule.name.as_str()).collect()
}

async fn consent_of(browser: &mut Browser, app: &ActingApp, target: &str, more: &str) -> Page {
    let page = browser.get(&redirect(target, &format!("appid={}{more}", app.app.id))).await;
    if page.html.contains("name=\"password\"") { browser.sign_in(&page, "Ada").await } else { page }
}

on_both_engines!(
    optional_rules_are_shown_off_the_first_time_and_later_only_when_named,
    |world: World| async move {
        let (ada, record) = world.person("Ada").await;
        let app = world.app(OPTIONS).await;
        let mut browser = Site::of(&world).browser();
        let page = consent_of(&mut browser, &app, "AUTH", "").await;
        assert_eq!(page.choices("optional"), ["online:first"]);
        assert!(!page.html.contains("checked"));
        // A rule that the page did not show cannot be slipped in.
        let form = [("decision", "allow"), ("optional", "online:first"), ("optional", "offline:later")];
        let back = browser.fill(&page, &form).await;
        assert!(back.left_for().starts_with("https://options.example/back?x=1&target=AppAuthSuccess"));
        assert_eq!(names(&grant(&world, &app.app, ada, record).await.unwrap()), ["must", "first"]);

        let page = consent_of(&mut browser, &app, "APPAUTH", "").await;
        assert!(page.choices("optional").is_empty());
        assert!(page.html.contains("nights"), "what stays granted is on the page");
        let page =
            consent_of(&mut browser, &app, "APPAUTH", "&onopt1=first&offopt1=later&offopt2=unknown").await;
        assert_eq!(page.choices("optional"), ["online:first", "offline:later"]);
        assert_eq!(page.html.matches(" checked").count(), 1);
        browser.fill(&page, &[("decision", "allow"), ("optional", "offline:later")]).await;
        assert_eq!(names(&grant(&world, &app.app, ada, record).await.unwrap()), ["must", "later"]);
    }
);

on_both_engines!(enter_in_a_choice_decides_nothing_and_keeps_what_was_chosen, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let app = world.app(OPTIONS).await;
    let mut browser = Site::of(&world).browser();
    let page = consent_of(&mut browser, &app, "AUTH", "").await;
    let again = browser.fill(&page, &[("decision", ""), ("optional", "online:first")]).await;
    assert!(again.left_for.is_none() && again.html.contains("value=\"online:first\" checked"));
    assert!(grant(&world, &app.app, ada, record).await.is_none());
});

on_both_engines!(one_of_several_records_has_to_be_chosen, |world: World| async move {
    let (ada, adas) = world.person("Ada").await;
    let elins = second_record(&world, ada).await;
    let app = world.weight_app().await;
    let mut browser = Site::of(&world).browser();
    let page = consent_of(&mut browser, &app, "AUTH", "").await;
    assert_eq!(page.choices("record"), [adas.to_string(), elins.to_string()]);
    assert!(!page.html.contains(" checked"), "nothing is chosen beforehand");
    let again = browser.fill(&page, &[("decision", "allow")]).await;
    assert!(again.html.contains("Please choose one") && again.status == 200);
    let back = browser.fill(&again, &[("decision", "allow"), ("record", &elins.to_string())]).await;
    assert_eq!(back.returned("target").as_deref(), Some("AppAuthSuccess"));
    assert!(grant(&world, &app.app, ada, adas).await.is_none());
    assert!(grant(&world, &app.app, ada, elins).await.is_some());

    // Another one, the next time: the application is told that it changed.
    let page = consent_of(&mut browser, &app, "APPAUTH", "").await;
    let back = browser.fill(&page, &[("decision", "allow"), ("record", &adas.to_string())]).await;
    assert_eq!(back.returned("target").as_deref(), Some("SelectedRecordChanged"));
    assert!(back.returned("wctoken").is_some());
    let known = authorizations::find_person(&world.domain, &app.app, ada).await.unwrap().unwrap();
    let selected = known.records.iter().find(|r| Some(r.pseudonym) == known.selected).unwrap();
    assert_eq!(selected.record.id, adas);
});

on_both_engines!(
    several_records_are_allowed_at_once_where_the_application_takes_several,
    |world: World| async move {
        let (ada, adas) = world.person("Ada").await;
        let elins = second_record(&world, ada).await;
        let app = world.weight_app().await;
        let mut browser = Site::of(&world).browser();
        let page = consent_of(&mut browser, &app, "AUTH", "&ismra=true").await;
        assert!(page.html.contains("type=\"checkbox\" name=\"record\""));
        let (one, two) = (adas.to_string(), elins.to_string());
        let back = browser.fill(&page, &[("decision", "allow"), ("record", &one), ("record", &two)]).await;
        assert_eq!(back.returned("target").as_deref(), Some("AppAuthSuccess"));
        assert!(grant(&world, &app.app, ada, adas).await.is_some());
        assert!(grant(&world, &app.app, ada, elins).await.is_some());
    }
);

on_both_engines!(two_records_for_an_application_that_takes_one_are_refused, |world: World| async move {
    let (ada, adas) = world.person("Ada").await;
    let elins = second_record(&world, ada).await;
    let app = world.weight_app().await;
    let mut browser = Site::of(&world).browser();
    let page = consent_of(&mut browser, &app, "AUTH", "").await;
    let (one, two) = (adas.to_string(), elins.to_string());
    let again = browser.fill(&page, &[("decision", "allow"), ("record", &one), ("record", &two)]).await;
    assert!(again.left_for.is_none());
    assert!(grant(&world, &app.app, ada, adas).await.is_none());
});

on_both_engines!(nobody_allows_the_record_of_someone_else, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let (_, bobs) = world.person("Bob").await;
    let app = world.weight_app().await;
    let mut browser = Site::of(&world).browser();
    let page = consent_of(&mut browser, &app, "AUTH", "").await;
    let form = page.form();
    let csrf = form.hidden.iter().find(|(name, _)| name == "csrf").unwrap().1.clone();
    let fields = [("csrf", csrf.as_str()), ("decision", "allow"), ("record", &bobs.to_string())];
    let again = browser.post(&form.action, &fields).await;
    assert!(again.left_for.is_none() && again.html.contains("Weights"));
    assert!(grant(&world, &app.app, ada, bobs).await.is_none());
});

on_both_engines!(a_record_that_the_application_names_is_the_one_on_the_page, |world: World| async move {
    let (ada, adas) = world.person("Ada").await;
    second_record(&world, ada).await;
    let (app, other) = (world.weight_app().await, world.weight_app().await);
    world.allow(&app.app, ada, adas).await;
    world.allow(&other.app, ada, adas).await;
    let mine = authorizations::record_pseudonym(&world.domain, app.app.id, ada, adas);
    let mut browser = Site::of(&world).browser();
    let page = consent_of(&mut browser, &app, "APPAUTH", &format!("&extrecordid={mine}")).await;
    assert_eq!(page.choices("record"), [adas.to_string()]);
    // The id by which another application knows it is none here, and neither is nonsense.
    let theirs = authorizations::record_pseudonym(&world.domain, other.app.id, ada, adas);
    for id in [theirs.to_string(), adas.to_string(), "42".to_owned()] {
        let back = consent_of(&mut browser, &app, "APPAUTH", &format!("&actionqs=q&extrecordid={id}")).await;
        assert_eq!(
            back.left_for(),
            "https://weights.example/return?target=AppAuthInvalidRecord&instanceid=1&actionqs=q"
        );
    }
});

on_both_engines!(a_record_made_on_the_way_can_be_chosen, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let app = world.weight_app().await;
    let mut browser = Site::of(&world).browser();
    let page = consent_of(&mut browser, &app, "APPAUTH", "").await;
    let new = browser.get(&page.address.replace("/consent", "/records/new")).await;
    world.clock.advance(keepwell_core::env::SECOND);
    let wrong = browser.fill(&new, &[("name", "")]).await;
    assert!(wrong.html.contains("Please choose one") && wrong.status == 200);
    let page = browser.fill(&wrong, &[("name", "Elin"), ("about", "child")]).await;
    assert!(page.address.starts_with("/consent") && page.html.contains("Elin"));
    let elins = page.choices("record")[1].clone();
    let back = browser.fill(&page, &[("decision", "allow"), ("record", &elins)]).await;
    assert!(back.returned("wctoken").is_some());
    assert_eq!(authorizations::records_of(&world.domain, &app.app, ada).await.unwrap().len(), 1);
});

on_both_engines!(nobody_agrees_to_rules_that_changed_after_the_page_was_shown, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let app = world.weight_app().await;
    let mut browser = Site::of(&world).browser();
    let page = consent_of(&mut browser, &app, "AUTH", "").await;
    let mut wider = (*app.app).clone();
    wider.online[0].types = keepwell_core::applications::Types::All;
    keepwell_core::applications::replace(&world.domain, &wider).await.unwrap();
    let again = browser.fill(&page, &[("decision", "allow")]).await;
    assert!(again.left_for.is_none() && again.html.contains("everything in the record"));
    assert!(grant(&world, &app.app, ada, record).await.is_none());
    let back = browser.fill(&again, &[("decision", "allow")]).await;
    assert!(back.returned("wctoken").is_some());
});

on_both_engines!(what_an_application_may_do_beside_readings_is_on_the_page, |world: World| async move {
    world.person("Ada").await;
    let rule = "[[online]]\nname = \"w\"\nwhy = \"w\"\npermissions = [\"read\"]\ntypes = [\"weight\"]\n";
    let with = |name: &str, methods: &str| {
        format!("name = \"{name}\"\naction-url = \"https://{name}.example/\"\nmethods = [{methods}]\n{rule}")
    };
    let (addresses, in_your_name) = ("e-mail addresses of everyone", "send e-mail in your name");
    let mut browser = Site::of(&world).browser();
    for (name, methods, knows, writes) in [
        ("plain", "\"basic\"", true, false),
        ("narrow", "\"GetPersonInfo\", \"GetThings\"", false, false),
        ("writer", "\"basic\", \"email\"", true, true),
    ] {
        let app = world.app(&with(name, methods)).await;
        let page = consent_of(&mut browser, &app, "AUTH", "").await;
        assert_eq!(page.html.contains(addresses), knows, "{name}");
        assert_eq!(page.html.contains(in_your_name), writes, "{name}");
    }
});

on_both_engines!(nobody_agrees_to_letters_that_the_page_did_not_name, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let app = world.app(OPTIONS).await;
    let mut browser = Site::of(&world).browser();
    let page = consent_of(&mut browser, &app, "AUTH", "").await;
    let mut changed = (*app.app).clone();
    changed.methods.push("email".to_owned());
    keepwell_core::applications::replace(&world.domain, &changed).await.unwrap();
    let again = browser.fill(&page, &[("decision", "allow")]).await;
    assert!(again.left_for.is_none() && again.html.contains("send e-mail in your name"));
    assert!(grant(&world, &app.app, ada, record).await.is_none());
});
