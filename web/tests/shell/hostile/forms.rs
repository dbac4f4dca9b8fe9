//! Forms that no page of ours gave to this browser.

use http::Method;
use keepwell_testkit::{World, on_both_engines};

use super::house::{House, address, ask, ask_from, assert_same, fields, form};
use super::routes::{Route, all};

/// The redirector takes forms from other sites: that is what it is for. What they begin is bound to the browser
/// by the GET that follows.
const FROM_OTHER_SITES: [&str; 1] = ["/redirect.aspx"];

fn posts() -> impl Iterator<Item = Route> {
    let routes = all().into_iter().filter(|route| route.answers_post);
    routes.filter(|route| !FROM_OTHER_SITES.contains(&route.path))
}

on_both_engines!(
    no_form_does_anything_without_the_token_that_its_browser_was_given,
    |world: World| async move {
        let house = House::of(world).await;
        let mut browser = house.browser_of(&house.ada).await;
        let right = house.csrf(&browser);
        let mut before_sign_in = house.site.browser();
        before_sign_in.get("/sign-in").await;
        let tokens = [
            ("none", None),
            ("an empty one", Some(String::new())),
            ("that of another browser of hers", Some(house.csrf(&house.browser_of(&house.ada).await))),
            ("that of somebody else's browser", Some(house.csrf(&house.browser_of(&house.bob).await))),
            ("that from before she signed in", Some(house.csrf(&before_sign_in))),
            ("a shorter one", Some(right[1..].to_owned())),
            ("a longer one", Some(format!("{right}0"))),
            ("it in capitals", Some(right.to_uppercase())),
        ];
        let before = house.snapshot().await;
        for route in posts() {
            let place = address(&route, &house.ada);
            for (what, token) in &tokens {
                let mut all = fields(&route, &house.ada);
                all.extend(token.iter().map(|token| ("csrf", token.clone())));
                let all: Vec<_> = all.iter().map(|(name, value)| (*name, value.as_str())).collect();
                let answer = ask(&mut browser, Method::POST, &place, &form(&all)).await;
                assert!(answer.is_form_refused(), "{place} with {what}: {}", answer.text());
            }
            let mut all = fields(&route, &house.ada);
            all.push(("csrf", right.clone()));
            let all: Vec<_> = all.iter().map(|(name, value)| (*name, value.as_str())).collect();
            // The right token in the address is not in the form.
            let query = format!("{place}?csrf={right}");
            let without: Vec<_> = all[..all.len() - 1].to_vec();
            let answer = ask(&mut browser, Method::POST, &query, &form(&without)).await;
            assert!(answer.is_form_refused(), "{place} with it in the address: {}", answer.text());
            for site in ["cross-site", "same-site"] {
                let answer = ask_from(&mut browser, Method::POST, &place, &form(&all), site).await;
                assert!(answer.is_form_refused(), "{place} from a {site} page: {}", answer.text());
            }
            let mut bare = browser.clone();
            bare.cookie = None;
            let answer = ask(&mut bare, Method::POST, &place, &form(&all)).await;
            assert!(answer.is_form_refused(), "{place} without the cookie: {}", answer.text());
            assert_eq!(bare.cookie, None, "{place}: nor does it change the cookie that the browser has");
            assert_same(&before, &house.snapshot().await, &[], &place);
        }
    }
);

on_both_engines!(the_right_token_is_taken_by_every_form, |world: World| async move {
    let house = House::of(world).await;
    for route in posts() {
        // One of these signs out everywhere.
        let mut browser = house.browser_of(&house.ada).await;
        let csrf = house.csrf(&browser);
        let place = address(&route, &house.ada);
        let answer = ask(&mut browser, Method::POST, &place, &form(&[("csrf", &csrf)])).await;
        assert!(!answer.is_form_refused() || answer.status == 404, "{place}: {}", answer.text());
        assert!(!answer.is_broken(), "{place}: {}", answer.text());
    }
});

on_both_engines!(a_get_changes_nothing_but_the_log, |world: World| async move {
    let house = House::of(world).await;
    let mut browser = house.browser_of(&house.ada).await;
    let before = house.snapshot().await;
    // A reader leaves entries in the log of the record. The page of a second step makes a secret, which is worth
    // nothing until a code of it comes with a form.
    let entries = ["audit_entry", "audit_head", "second_factor"];
    for route in all().into_iter().filter(|route| route.answers_get) {
        let all: Vec<_> = fields(&route, &house.ada);
        let query = String::from_utf8(form(
            &all.iter().map(|(name, value)| (*name, value.as_str())).collect::<Vec<_>>(),
        ));
        let place = format!("{}?{}", address(&route, &house.ada), query.unwrap());
        ask(&mut browser, Method::GET, &place, b"").await;
        ask(&mut browser, Method::HEAD, &place, b"").await;
    }
    assert_same(&before, &house.snapshot().await, &entries, "a GET");
});
