//! Forms and visits that are not what they seem grant nothing.

use keepwell_core::authorizations;
use keepwell_core::ids::PersonId;
use keepwell_testkit::{ActingApp, World, on_both_engines};

use crate::browser::{Browser, Page, Site, redirect};

async fn granted(world: &World, app: &ActingApp, person: PersonId) -> usize {
    authorizations::records_of(&world.domain, &app.app, person).await.unwrap().len()
}

async fn consent_of(browser: &mut Browser, app: &ActingApp, name: &str) -> Page {
    let page = browser.get(&redirect("AUTH", &format!("appid={}", app.app.id))).await;
    browser.sign_in(&page, name).await
}

on_both_engines!(a_form_of_another_site_grants_nothing, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let app = world.weight_app().await;
    let mut browser = Site::of(&world).browser();
    let page = consent_of(&mut browser, &app, "Ada").await;
    let action = page.form().action;
    let right = page.form().hidden[0].1.clone();
    let id = record.to_string();
    for csrf in [None, Some(""), Some("0123"), Some(&right[1..])] {
        let mut fields = vec![("decision", "allow"), ("record", id.as_str())];
        fields.extend(csrf.map(|csrf| ("csrf", csrf)));
        let answer = browser.post(&action, &fields).await;
        assert!(answer.left_for.is_none() && answer.status == 200);
        assert!(answer.html.contains("lay open too long"), "{csrf:?}");
    }
    // Even with the token, a browser that says where the form came from is believed.
    let fields = [("decision", "allow"), ("record", id.as_str()), ("csrf", right.as_str())];
    assert!(browser.post_from(&action, &fields, "cross-site").await.left_for.is_none());
    // And a cross-site form brings no cookie at all.
    let mut bare = browser.clone();
    bare.cookie = None;
    assert!(bare.post(&action, &fields).await.left_for.is_none());
    assert_eq!(bare.cookie, None, "nor does it change the one that the browser has");
    assert_eq!(granted(&world, &app, ada).await, 0);
});

on_both_engines!(a_form_sent_twice_grants_once, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let app = world.weight_app().await;
    let mut browser = Site::of(&world).browser();
    let page = consent_of(&mut browser, &app, "Ada").await;
    assert!(browser.fill(&page, &[("decision", "allow")]).await.returned("wctoken").is_some());
    world.revoke(app.app.id, ada, record).await;
    let again = browser.fill(&page, &[("decision", "allow")]).await;
    assert!(again.left_for.is_none() && again.html.contains("This visit is over"));
    assert!(browser.get(&page.address).await.html.contains("This visit is over"), "nor does going back");
    assert_eq!(granted(&world, &app, ada).await, 0);
});

on_both_engines!(of_many_forms_at_the_same_moment_one_grants, |world: World| async move {
    world.person("Ada").await;
    let app = world.weight_app().await;
    let mut browser = Site::of(&world).browser();
    let page = consent_of(&mut browser, &app, "Ada").await;
    let tries: Vec<_> = (0..8)
        .map(|_| {
            let (mut browser, page) = (browser.clone(), page.clone());
            tokio::spawn(
                async move { browser.fill(&page, &[("decision", "allow")]).await.left_for.is_some() },
            )
        })
        .collect();
    let mut won = 0;
    for each in tries {
        won += usize::from(each.await.unwrap());
    }
    assert_eq!(won, 1);
});

on_both_engines!(a_visit_is_of_no_use_in_another_browser, |world: World| async move {
    world.person("Ada").await;
    let (bob, _) = world.person("Bob").await;
    let app = world.weight_app().await;
    let site = Site::of(&world);
    let mut adas = site.browser();
    let page = consent_of(&mut adas, &app, "Ada").await;
    let mut bobs = site.browser();
    bobs.sign_in_at_home("Bob").await;
    for path in ["/consent", "/sign-in", "/sign-up", "/records/new", "/visit"] {
        let lured = bobs.get(&page.address.replace("/consent", path)).await;
        assert!(lured.html.contains("This visit is over"), "{path}");
        assert!(lured.left_for.is_none());
    }
    // With Bob's own csrf token too.
    let own = bobs.get("/records/new").await.form().hidden[0].1.clone();
    let lured = bobs.post(&page.address, &[("csrf", &own), ("decision", "allow")]).await;
    assert!(lured.html.contains("This visit is over"));
    assert_eq!(granted(&world, &app, bob).await, 0);
});

on_both_engines!(a_form_from_before_another_account_signed_in_grants_nothing, |world: World| async move {
    let (ada, adas) = world.person("Ada").await;
    let (bob, _) = world.person("Bob").await;
    let app = world.weight_app().await;
    let mut browser = Site::of(&world).browser();
    let page = consent_of(&mut browser, &app, "Ada").await;
    // Bob signs in within the same visit.
    let sign_in = browser.get(&page.address.replace("/consent", "/sign-in")).await;
    let bobs = browser.sign_in(&sign_in, "Bob").await;
    assert!(bobs.address.starts_with("/consent") && bobs.html.contains("Bob") && !bobs.html.contains("Ada"));
    let stale = browser.fill(&page, &[("decision", "allow")]).await;
    assert!(stale.left_for.is_none() && stale.html.contains("lay open too long"));
    // And in another window, after which the visit has to begin again.
    let mut browser = Site::of(&world).browser();
    let page = consent_of(&mut browser, &app, "Ada").await;
    let elsewhere = browser.get("/sign-in").await;
    browser.sign_in(&elsewhere, "Bob").await;
    let csrf = browser.get("/records/new").await.form().hidden[0].1.clone();
    let fields = [("csrf", csrf.as_str()), ("decision", "allow"), ("record", &adas.to_string())];
    let stale = browser.post(&page.address, &fields).await;
    assert!(stale.left_for.is_none() && stale.html.contains("This visit is over"));
    assert_eq!((granted(&world, &app, ada).await, granted(&world, &app, bob).await), (0, 0));
});

on_both_engines!(signing_in_gives_the_browser_a_secret_that_nobody_knew, |world: World| async move {
    world.person("Ada").await;
    let site = Site::of(&world);
    let mut browser = site.browser();
    let page = browser.get("/sign-in").await;
    let before = browser.cookie.clone().unwrap();
    browser.sign_in(&page, "Ada").await;
    let after = browser.cookie.clone().unwrap();
    assert_ne!(before, after);
    let mut attacker = site.browser();
    attacker.cookie = Some(before);
    assert!(attacker.get("/").await.address.starts_with("/sign-in"));
    // Signing in again ends the sign-in before.
    let page = browser.get("/sign-in").await;
    browser.sign_in(&page, "Ada").await;
    attacker.cookie = Some(after);
    assert!(attacker.get("/").await.address.starts_with("/sign-in"));
});

on_both_engines!(a_visit_ends_after_an_hour, |world: World| async move {
    world.person("Ada").await;
    let app = world.weight_app().await;
    let mut browser = Site::of(&world).browser();
    let page = consent_of(&mut browser, &app, "Ada").await;
    world.clock.advance(keepwell_core::visits::LIFE);
    let late = browser.fill(&page, &[("decision", "allow")]).await;
    assert!(late.left_for.is_none() && late.html.contains("This visit is over"));
});

on_both_engines!(a_body_too_large_is_told_without_an_error_status, |world: World| async move {
    world.person("Ada").await;
    let app = world.weight_app().await;
    let mut browser = Site::of(&world).browser();
    let page = consent_of(&mut browser, &app, "Ada").await;
    let large = "x".repeat(70 * 1024);
    let answer = browser.fill(&page, &[("decision", "allow"), ("optional", &large)]).await;
    assert!(answer.status == 200 && answer.left_for.is_none());
    let address = redirect("AUTH", &format!("appid={}", app.app.id));
    let answer = browser.post_from(&address, &[("Account.FirstName", &large)], "cross-site").await;
    assert!(answer.status == 200 && answer.left_for.is_none());
});
