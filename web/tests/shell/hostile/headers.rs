//! What every answer says to the browser: pages, refusals, redirects, downloads, and what is not there.

use http::Method;
use keepwell_testkit::{World, on_both_engines};

use super::house::{Answer, House, address, ask};
use super::routes::{OPEN, all};

/// Parameters of all pages, each twice and none readable.
const UNREADABLE: &str =
    "after=%ff&after=2&q=%00&q=1&from=-1&from=x&kind=%ff&kind=x&who=%ff&who=1&token=%ff&token=1";

fn assert_protected(answer: &Answer, place: &str) {
    let policy = answer.says("content-security-policy");
    let has = |directive: &str| policy.split(';').any(|part| part.trim() == directive);
    assert!(has("default-src 'none'"), "{place}: {policy:?}");
    assert!(has("frame-ancestors 'none'"), "{place}: {policy:?}");
    let forms = policy.split(';').any(|part| part.trim().starts_with("form-action 'self'"));
    assert!(forms || has("sandbox"), "{place}: {policy:?}");
    assert!(forms || answer.says("cross-origin-resource-policy") == "same-origin", "{place}");
    // A script of ours has a file of its own; there is none within a page.
    assert!(!policy.contains("unsafe-eval") && !policy.contains("script-src 'unsafe-inline'"), "{place}");
    assert_eq!(answer.says("x-frame-options"), "DENY", "{place}");
    assert_eq!(answer.says("x-content-type-options"), "nosniff", "{place}");
    assert_eq!(answer.says("cross-origin-opener-policy"), "same-origin", "{place}");
    assert_eq!(answer.says("cross-origin-resource-policy"), "same-origin", "{place}");
    assert!(answer.says("cache-control").contains("no-store"), "{place}: {}", answer.says("cache-control"));
    let referrer = answer.says("referrer-policy");
    assert!(["same-origin", "no-referrer"].contains(&referrer), "{place}: {referrer:?}");
    assert_eq!(answer.headers.get_all("content-security-policy").iter().count(), 1, "{place}");
    if !answer.body.is_empty() {
        assert_ne!(answer.says("content-type"), "", "{place} does not say what it is");
    }
}

on_both_engines!(every_answer_is_protected_and_kept_by_nobody, |world: World| async move {
    let house = House::of(world).await;
    let mut signed_in = house.browser_of(&house.ada).await;
    let mut stranger = house.site.browser();
    for route in all() {
        let place = address(&route, &house.ada);
        let odd = [place.clone(), format!("{place}/"), format!("{place}?{UNREADABLE}")];
        let methods = [Method::HEAD, Method::POST, Method::OPTIONS, Method::PUT, Method::TRACE];
        let requests = odd.into_iter().map(|place| (Method::GET, place));
        let requests = requests.chain(methods.into_iter().map(|method| (method, place.clone())));
        for (method, place) in requests {
            for browser in [&mut signed_in, &mut stranger] {
                let answer = ask(browser, method.clone(), &place, b"").await;
                assert_protected(&answer, &format!("{method} {place} ({})", answer.status));
                assert!(!answer.is_broken(), "{method} {place}: {}", answer.text());
            }
        }
    }
    for place in
        ["/nowhere", "/.git/config", "/records", "/assets/none.css", "/%00", "/sign-in/../x", "/a//b"]
    {
        assert_protected(&ask(&mut signed_in, Method::GET, place, b"").await, place);
    }
});

on_both_engines!(who_is_not_signed_in_is_asked_to_wherever_it_is_not_open, |world: World| async move {
    let house = House::of(world).await;
    let before = house.snapshot().await;
    for route in all().into_iter().filter(|route| route.answers_get && !OPEN.contains(&route.path)) {
        let mut stranger = house.site.browser();
        let place = address(&route, &house.ada);
        let answer = ask(&mut stranger, Method::GET, &place, b"").await;
        assert_eq!(answer.status, 303, "{place}: {}", answer.text());
        let to = answer.says("location");
        assert!(to == "/sign-in" || to.starts_with("/sign-in?next="), "{place} leads to {to}");
        assert!(answer.body.is_empty(), "{place} says something on the way");
    }
    assert_eq!(before, house.snapshot().await);
});

on_both_engines!(our_own_style_is_the_same_for_everybody_and_runs_nothing, |world: World| async move {
    let house = House::of(world).await;
    let mut browser = house.site.browser();
    for (place, _) in keepwell_web::assets::all() {
        let answer = ask(&mut browser, Method::GET, place, b"").await;
        assert_eq!(answer.status, 200, "{place}");
        assert_eq!(answer.says("x-content-type-options"), "nosniff", "{place}");
        assert_eq!(answer.says("cross-origin-resource-policy"), "same-origin", "{place}");
        assert_eq!(
            answer.says("content-security-policy"),
            "default-src 'none'; frame-ancestors 'none'",
            "{place}"
        );
        assert_eq!(answer.says("set-cookie"), "", "{place}");
    }
});
