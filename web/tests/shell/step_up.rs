//! What could do harm in the wrong hands is done by who has just proved who they are.

use keepwell_core::env::{MINUTE, SECOND};
use keepwell_core::ids::RecordId;
use keepwell_testkit::{World, on_both_engines};

use crate::browser::{Browser, Page, Site};
use crate::second_step::set_up;

/// A browser in which Ada signed in a while ago.
async fn left_open(world: &World) -> (Site, Browser, RecordId) {
    let (_, record) = world.person("Ada").await;
    let site = Site::of(world);
    let mut browser = site.browser();
    browser.sign_in_at_home("Ada").await;
    world.clock.advance(10 * MINUTE);
    (site, browser, record)
}

fn asks(page: &Page) -> bool {
    page.title() == "Please show that it is you"
}

on_both_engines!(a_browser_that_was_left_open_gives_nobody_the_account, |world: World| async move {
    let (_, mut browser, record) = left_open(&world).await;
    for address in ["/account/second-step".to_owned(), format!("/records/{record}/copy")] {
        let page = browser.get(&address).await;
        assert!(asks(&page), "{address}: {}", page.html);
        let wrong = browser.fill(&page, &[("password", "a guess")]).await;
        assert!(asks(&wrong) && wrong.html.contains("This is not your password"));
        assert!(asks(&browser.get(&address).await));
    }
    for calm in ["/", "/account", "/sessions", "/apps", "/devices"] {
        assert!(!asks(&browser.get(calm).await), "{calm}");
    }
    let address = format!("/records/{record}/copy");
    let page = browser.get(&address).await;
    let done = browser.fill(&page, &[("password", World::PASSWORD)]).await;
    assert_eq!((done.address.as_str(), done.title()), (address.as_str(), "A copy of the whole record"));
    assert_eq!(browser.get("/account/second-step").await.title(), "Second step at sign-in", "one proof does");
    world.clock.advance(10 * MINUTE - SECOND);
    assert!(!asks(&browser.get(&address).await));
    world.clock.advance(SECOND);
    assert!(asks(&browser.get(&address).await));
});

on_both_engines!(a_form_whose_proof_is_old_does_nothing_and_can_be_sent_again, |world: World| async move {
    let (_, record) = world.person("Ada").await;
    let site = Site::of(&world);
    let mut browser = site.browser();
    browser.sign_in_at_home("Ada").await;
    let page = browser.get(&format!("/records/{record}/copy")).await;
    world.clock.advance(10 * MINUTE);
    let told = browser.fill(&page, &[]).await;
    assert_eq!((told.title(), told.status.as_u16()), ("Please show that it is you first", 200));
    assert!(told.html.contains("Nothing was changed."), "{}", told.html);
    let prove = browser.get(&told.link_to("/account/prove")).await;
    let back = browser.fill(&prove, &[("password", World::PASSWORD)]).await;
    assert_eq!(back.address, format!("/records/{record}/copy"));
    let form = page.form();
    let fields: Vec<_> = form.hidden.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = http::Request::post(&form.action).body(axum::body::Body::from(body)).unwrap();
    let copy = browser.request(request).await;
    assert_eq!(copy.headers()["content-type"], "application/zip", "the same form works now");
});

on_both_engines!(a_stale_proof_turns_nothing_on_or_off, |world: World| async move {
    world.person("Ada").await;
    let site = Site::of(&world);
    let mut browser = site.browser();
    browser.sign_in_at_home("Ada").await;
    set_up(&world, &mut browser).await;
    let page = browser.get("/account/second-step").await;
    world.clock.advance(10 * MINUTE);
    let told = browser.fill(&page, &[]).await;
    assert_eq!(told.title(), "Please show that it is you first");
    assert!(browser.get("/account").await.html.contains("On: signing in takes"));
});

on_both_engines!(who_has_a_second_step_proves_themselves_with_it, |world: World| async move {
    world.person("Ada").await;
    let site = Site::of(&world);
    let mut browser = site.browser();
    browser.sign_in_at_home("Ada").await;
    let (secret, codes) = set_up(&world, &mut browser).await;
    world.clock.advance(10 * MINUTE);
    // A new password takes it too: the old one alone gives nobody the account.
    let page = browser.get("/password/new").await;
    assert!(asks(&page) && page.html.contains("name=\"code\""), "{}", page.html);
    let only = browser.fill(&page, &[("password", World::PASSWORD)]).await;
    assert!(asks(&only) && only.html.contains("This code is not right"), "{}", only.html);
    let code = world.app_code(&secret);
    let wrong = browser.fill(&page, &[("password", "a guess"), ("code", &code)]).await;
    assert!(wrong.html.contains("This is not your password"));
    let done = browser.fill(&page, &[("password", World::PASSWORD), ("code", &code)]).await;
    assert_eq!(done.title(), "Choose a new password", "a wrong password has used no code up");
    world.clock.advance(10 * MINUTE);
    let new = "slow river lanterns";
    let fields = [("current", World::PASSWORD), ("password", new), ("again", new)];
    let stale = browser.fill(&done, &fields).await;
    assert_eq!(stale.title(), "Please show that it is you first");
    let prove = browser.get(&stale.link_to("/account/prove")).await;
    let fields_of_proof = [("password", World::PASSWORD), ("code", ""), ("recovery", codes[0].as_str())];
    browser.fill(&prove, &fields_of_proof).await;
    let saved = browser.fill(&done, &fields).await;
    assert!(saved.html.contains("Saved."), "{}", saved.html);
});

on_both_engines!(a_proof_leads_to_a_page_of_ours_and_nowhere_else, |world: World| async move {
    let (_, mut browser, _) = left_open(&world).await;
    for evil in [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/application/complete",
    ] {
        let evil: String = form_urlencoded::byte_serialize(evil.as_bytes()).collect();
        let page = browser.get(&format!("/account/prove?next={evil}")).await;
        assert_eq!(page.form().action, "/account/prove", "{evil}");
        let page = browser
            .post(
                &format!("/account/prove?next={evil}"),
                &[("csrf", &page.form().hidden[0].1), ("password", World::PASSWORD)],
            )
            .await;
        assert_eq!((page.left_for, page.address.as_str()), (None, "/account"), "{evil}");
    }
    let mut stranger = Site::of(&world).browser();
    assert!(stranger.get("/account/prove").await.address.starts_with("/sign-in"));
    let csrf = stranger.get("/sign-in").await.form().hidden[0].1.clone();
    let page = stranger.post("/account/prove", &[("csrf", &csrf), ("password", World::PASSWORD)]).await;
    assert!(page.address.starts_with("/sign-in"), "who is not signed in proves nothing");
});
