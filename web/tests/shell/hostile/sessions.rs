//! Cookies that somebody else knows, and what is left when a person has signed out.

use http::Method;
use keepwell_testkit::{World, on_both_engines};

use super::house::{House, address, ask, assert_same, form};
use super::routes::{OPEN, all};
use crate::browser::redirect;

on_both_engines!(a_cookie_from_before_signing_in_is_worth_nothing_after_it, |world: World| async move {
    let house = House::of(world).await;
    let mut hers = house.site.browser();
    // The attacker has seen this cookie, or put it there.
    hers.get("/sign-in").await;
    let mut attackers = hers.clone();
    let page = hers.get("/sign-in").await;
    let home = hers.sign_in(&page, "Ada").await;
    assert_eq!(home.address, "/");
    assert_ne!(hers.cookie, attackers.cookie);
    for browser in [&mut attackers] {
        let answer = ask(browser, Method::GET, "/", b"").await;
        assert_eq!(answer.says("location"), "/sign-in");
    }
    // A second sign-in in the same browser ends the first.
    let mut kept = hers.clone();
    let page = hers.get("/sign-in").await;
    hers.sign_in(&page, "Ada").await;
    assert_ne!(hers.cookie, kept.cookie);
    assert_eq!(ask(&mut kept, Method::GET, "/", b"").await.says("location"), "/sign-in");
    // A value that we never gave out becomes nobody's.
    for made_up in ["evil", "", "a; b", &"x".repeat(5_000), &"A".repeat(43)] {
        let mut browser = house.site.browser();
        browser.cookie = Some(made_up.to_owned());
        let answer = ask(&mut browser, Method::GET, "/", b"").await;
        assert_eq!(answer.says("location"), "/sign-in", "{made_up}");
    }
});

on_both_engines!(a_stolen_cookie_is_dead_after_signing_out, |world: World| async move {
    let house = House::of(world).await;
    for way in ["/sign-out", "/sessions/end-all", "by an application", "from another browser"] {
        let mut hers = house.browser_of(&house.ada).await;
        let mut thiefs = hers.clone();
        assert_eq!(ask(&mut thiefs, Method::GET, "/", b"").await.status, 200, "{way}");
        let csrf = house.csrf(&hers);
        match way {
            "by an application" => {
                let link = redirect("APPSIGNOUT", &format!("appid={}", house.ada.app));
                let answer = ask(&mut hers, Method::GET, &link, b"").await;
                assert_eq!(answer.status, 303, "{}", answer.text());
            }
            "from another browser" => {
                let mut other = house.browser_of(&house.ada).await;
                let csrf = house.csrf(&other);
                ask(&mut other, Method::POST, "/sessions/end-all", &form(&[("csrf", &csrf)])).await;
            }
            form_at => {
                ask(&mut hers, Method::POST, form_at, &form(&[("csrf", &csrf)])).await;
                assert_eq!(hers.cookie, None, "{way}");
            }
        }
        for route in all().into_iter().filter(|route| route.answers_get && !OPEN.contains(&route.path)) {
            let place = address(&route, &house.ada);
            let answer = ask(&mut thiefs, Method::GET, &place, b"").await;
            assert!(
                answer.says("location").starts_with("/sign-in"),
                "{place} after {way}: {}",
                answer.status
            );
        }
        // Its token of forms opens nothing either.
        let before = house.snapshot().await;
        let rename = format!("/records/{}/settings", house.ada.record);
        let fields = [("csrf", &*csrf), ("name", "Mallory"), ("about", "yourself"), ("decision", "save")];
        ask(&mut thiefs, Method::POST, &rename, &form(&fields)).await;
        assert_eq!(before, house.snapshot().await, "{way}");
    }
});

on_both_engines!(
    a_visit_that_an_attacker_began_is_of_no_use_to_the_person_it_is_sent_to,
    |world: World| async move {
        let house = House::of(world).await;
        let link = redirect("APPAUTH", &format!("appid={}", house.bob.app));
        let mut attackers = house.browser_of(&house.bob).await;
        let page = attackers.get(&link).await;
        let token = page.address.split_once("visit=").expect("a visit").1.to_owned();
        let mut hers = house.browser_of(&house.ada).await;
        let before = house.snapshot().await;
        for route in all().into_iter().filter(|route| route.answers_get) {
            let place = format!("{}?visit={token}", address(&route, &house.ada));
            let answer = ask(&mut hers, Method::GET, &place, b"").await;
            assert!(
                !answer.says("location").starts_with("https://"),
                "{place} leads to {}",
                answer.says("location")
            );
        }
        let csrf = house.csrf(&hers);
        let record = house.ada.record.to_string();
        let fields = [("csrf", &*csrf), ("decision", "allow"), ("record", &*record)];
        let answer = ask(&mut hers, Method::POST, &format!("/consent?visit={token}"), &form(&fields)).await;
        assert!(answer.text().contains("This visit is over"), "{}", answer.text());
        // The page of a second step makes a secret, which is worth nothing by itself.
        let entries = ["audit_entry", "audit_head", "second_factor"];
        assert_same(&before, &house.snapshot().await, &entries, "a visit of another browser");
        // And the attacker's own visit gives nobody's record but his.
        let fields = [("csrf", &*house.csrf(&attackers)), ("decision", "allow"), ("record", &*record)]
            .map(|(a, b)| (a, b.to_owned()));
        let fields: Vec<_> = fields.iter().map(|(a, b)| (*a, b.as_str())).collect();
        let before = house.snapshot().await;
        let answer = ask(&mut attackers, Method::POST, &page.address, &form(&fields)).await;
        assert!(!answer.says("location").contains("wctoken"), "{}", answer.says("location"));
        // She finds in her log that somebody tried.
        let after = house.snapshot().await;
        assert_same(
            &before,
            &after,
            &["audit_entry", "audit_head", "audit_refusal", "visit"],
            "somebody else's record",
        );
        assert_eq!(after["audit_refusal"].len(), before["audit_refusal"].len() + 1);
    }
);

on_both_engines!(nobody_ends_the_sign_in_of_another, |world: World| async move {
    let house = House::of(world).await;
    let mut bobs = house.browser_of(&house.bob).await;
    let sessions = keepwell_core::sessions::shell::list(&house.world.domain, house.bob.person).await.unwrap();
    let mut hers = house.browser_of(&house.ada).await;
    let csrf = house.csrf(&hers);
    for session in sessions {
        let id = session.id.to_string();
        ask(&mut hers, Method::POST, "/sessions/end", &form(&[("csrf", &csrf), ("session", &id)])).await;
    }
    assert_eq!(ask(&mut bobs, Method::GET, "/", b"").await.status, 200);
});
