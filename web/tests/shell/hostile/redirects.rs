//! Every parameter that carries an address or a query, with what would lead a browser away.

use axum::body::Body;
use http::{Method, Request};
use keepwell_testkit::{World, on_both_engines};

use super::house::{House, ask, form};
use super::markup::{assert_inert, may_lead_to};
use crate::browser::Browser;

/// What browsers, or careless checks, read as another address.
const HOSTILE: [&str; 40] = [
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "/\\/evil.example",
    "/%5cevil.example",
    "/%2f%2fevil.example",
    "%2f%2fevil.example",
    "/%2fevil.example",
    "https:evil.example",
    "https:/evil.example",
    "https://evil.example",
    "HTTPS://EVIL.EXAMPLE",
    "http://localhost:1@evil.example/",
    "https://weights.example@evil.example/return",
    "https://weights.example:443@evil.example/return",
    "https://weights.example.evil.example/return",
    "https://weights.example%2eevil.example/",
    "https://weights.example%00.evil.example/",
    "https://weights.example\\@evil.example/return",
    "https://weights.example#@evil.example/",
    "https://shell.example@evil.example/",
    "https://evil.example/return?https://weights.example/return",
    "//evil.example/%2e%2e",
    "/\tevil.example",
    "/\t/evil.example",
    "\t//evil.example",
    "\n//evil.example",
    "/\n/evil.example",
    "/\r\nLocation: https://evil.example",
    "x\r\nset-cookie: __Host-keepwell=evil",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)//",
    "\u{1}javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "//evil\u{3002}example",
    "/\u{2044}/evil.example",
    "https://evil\u{ff0e}example/",
];

/// Every name that the redirector reads, by any target.
const INNER: [&str; 24] = [
    "appid",
    "sappid",
    "refappid",
    "redirect",
    "actionurl",
    "actionqs",
    "trm",
    "credtoken",
    "culture",
    "lcid",
    "topicid",
    "typeid",
    "extrecordid",
    "packageid",
    "signupcode",
    "onopt1",
    "offopt1",
    "instanceName",
    "instanceId",
    "appCreationToken",
    "publicKey",
    "target",
    "targetqs",
    "next",
];

const TARGETS: [&str; 15] = [
    "AUTH",
    "APPAUTH",
    "CREATEACCOUNT",
    "CREATERECORD",
    "EDITRECORD",
    "CREATEAPPLICATION",
    "APPSIGNOUT",
    "APPREDIRECT",
    "HELP",
    "VIEWITEMS",
    "RECORDLIST",
    "MANAGEACCOUNT",
    "SHAREDAPPDETAILS",
    "CONNECT",
    "PICKUP",
];

fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// Follows an address through all its redirects; nothing of it leads away, nor does the page in the end.
async fn walk(browser: &mut Browser, address: &str) {
    let mut at = address.to_owned();
    for _ in 0..10 {
        let answer = ask(browser, Method::GET, &at, b"").await;
        assert!(!answer.is_broken(), "{address} at {at}: {}", answer.text());
        for (name, value) in &answer.headers {
            let cookie = name == "set-cookie" && value.as_bytes().starts_with(b"__Host-keepwell=evil");
            assert!(!cookie, "{address} sets a cookie at {at}");
        }
        assert_eq!(answer.says("refresh"), "", "{address}");
        if answer.status != 303 {
            assert_inert(&answer.text(), &format!("{at} of {address}"));
            return;
        }
        let to = answer.says("location").to_owned();
        assert!(may_lead_to(&to), "{address} leads to {to}");
        // Also for what splits addresses at the first `//`.
        let own_path = to.strip_prefix(crate::browser::ORIGIN).unwrap_or(&to);
        if !own_path.starts_with('/') {
            assert!(to.starts_with("https://weights.example/return"), "{address} leads to {to}");
            return;
        }
        assert!(
            !own_path.starts_with("//") && !to.contains(['\\', '\t', '\r', '\n']),
            "{address} leads to {to}"
        );
        at = own_path.to_owned();
    }
    panic!("{address} leads on and on");
}

on_both_engines!(nothing_in_a_link_to_the_redirector_leads_away, |world: World| async move {
    let house = House::of(world).await;
    let app = house.ada.app;
    let mut browser = house.browser_of(&house.ada).await;
    // With the target that returns at once.
    for (number, name) in INNER.into_iter().enumerate() {
        // Half of them each, not always the same half.
        for value in HOSTILE.into_iter().skip(number % 2).step_by(2) {
            let inner = match name {
                "appid" => format!("appid={}", encoded(value)),
                name => format!("appid={app}&{name}={}", encoded(value)),
            };
            walk(&mut browser, &format!("/redirect.aspx?target=AUTH&targetqs={}", encoded(&inner))).await;
        }
    }
});

on_both_engines!(no_target_of_the_redirector_leads_away, |world: World| async move {
    let house = House::of(world).await;
    let app = house.ada.app;
    for target in TARGETS {
        let mut browser = house.browser_of(&house.ada).await;
        for value in HOSTILE.into_iter().step_by(3) {
            let value = encoded(value);
            // All at once: as many of them as the target reads.
            let all = INNER.into_iter().filter(|name| !["appid", "refappid"].contains(name));
            let inner: String = all.map(|name| format!("&{name}={value}")).collect();
            let query = encoded(&format!("appid={app}{inner}"));
            for outside in
                [format!("target={target}&targetqs={query}"), format!("target={target}&appid={app}{inner}")]
            {
                walk(&mut browser, &format!("/redirect.aspx?{outside}&redirect={value}&next={value}")).await;
            }
        }
    }
    let mut browser = house.browser_of(&house.ada).await;
    for value in HOSTILE {
        walk(&mut browser, &format!("/redirect.aspx?target={}&targetqs={}", encoded(value), encoded(value)))
            .await;
        walk(
            &mut browser,
            &format!("/application/complete?appid={0}&target={0}&redirect={0}", encoded(value)),
        )
        .await;
        walk(&mut browser, &format!("/patientwelcome.aspx?packageid={0}&redirect={0}", encoded(value))).await;
    }
});

on_both_engines!(no_page_leads_away_after_signing_in, |world: World| async move {
    let house = House::of(world).await;
    let long = format!("/{}", "a".repeat(60_000));
    let longer = format!("//evil.example/{}", "a".repeat(3_000));
    for value in HOSTILE.into_iter().chain([
        &*long,
        &*longer,
        "/redirect.aspx/../..//evil.example",
        "/.//evil.example",
    ]) {
        for name in ["next", "pickup", "visit"] {
            let place = format!("/sign-in?{name}={}", encoded(value));
            let mut browser = house.site.browser();
            let page = ask(&mut browser, Method::GET, &place, b"").await;
            assert_inert(&page.text(), &place);
            let csrf = house.csrf(&browser);
            // The one long way round is Argon2's; the rest of the form's way is that of any form.
            if name != "next" || !value.starts_with(['/', '\\']) || value.len() > 100 {
                continue;
            }
            let fields = [("csrf", &*csrf), ("email", "ada@example.org"), ("password", World::PASSWORD)];
            let answer = ask(&mut browser, Method::POST, &place, &form(&fields)).await;
            assert_eq!(answer.status, 303, "{place}: {}", answer.text());
            let to = answer.says("location");
            assert!(may_lead_to(to) && to.starts_with('/') && !to.starts_with("//"), "{place} leads to {to}");
        }
    }
    for path in ["/sign-up", "/password/forgot", "/password/new", "/confirm", "/consent", "/connect", "/"] {
        let mut browser = house.browser_of(&house.ada).await;
        for value in HOSTILE.into_iter().step_by(2) {
            let value = encoded(value);
            walk(
                &mut browser,
                &format!("{path}?next={value}&visit={value}&pickup={value}&packageid={value}&token={value}"),
            )
            .await;
        }
    }
});

on_both_engines!(a_form_from_another_site_is_no_way_out_either, |world: World| async move {
    let house = House::of(world).await;
    let app = house.ada.app;
    let mut browser = house.site.browser();
    for value in HOSTILE {
        let fields: Vec<_> = INNER.iter().map(|name| (*name, value)).collect();
        for target in ["AUTH", "APPSIGNOUT", "APPREDIRECT", "HELP"] {
            let inner = encoded(&format!("appid={app}"));
            let request = Request::post(format!("/redirect.aspx?target={target}&targetqs={inner}"))
                .header("content-type", "application/x-www-form-urlencoded")
                .header("sec-fetch-site", "cross-site")
                .body(Body::from(form(&fields)))
                .unwrap();
            let answer = browser.request(request).await;
            let to = answer.headers().get("location").map_or("/", |to| to.to_str().unwrap());
            assert!(may_lead_to(to) && !to.starts_with("//"), "{target} {value} leads to {to}");
        }
    }
});

on_both_engines!(an_answer_to_an_application_cannot_be_forged_in_its_own_value, |world: World| async move {
    let house = House::of(world).await;
    let app = house.ada.app;
    let mut browser = house.browser_of(&house.ada).await;
    for value in
        ["x&wctoken=evil", "x#", "x\r\ny", "x&target=AppAuthReject", "%26wctoken%3devil", "x;wctoken=evil"]
    {
        let inner = encoded(&format!("appid={app}&actionqs={}", encoded(value)));
        let answer =
            ask(&mut browser, Method::GET, &format!("/redirect.aspx?target=AUTH&targetqs={inner}"), b"")
                .await;
        let to = url::Url::parse(answer.says("location")).expect("an address");
        let all: Vec<_> = to.query_pairs().collect();
        for name in ["wctoken", "target", "actionqs"] {
            assert_eq!(all.iter().filter(|(known, _)| known == name).count(), 1, "{name} of {value:?}: {to}");
        }
        assert_eq!(to.fragment(), None, "{value:?}");
    }
});
