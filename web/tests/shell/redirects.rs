//! Where `redirect.aspx` leads, and where it never does.

use http::{Request, StatusCode};
use keepwell_core::ids::AppId;
use keepwell_testkit::{ActingApp, World, on_both_engines};
use keepwell_web::redirect::action_url::Environment;

use crate::browser::{Browser, Site, redirect};

async fn developers_app(world: &World, takes_override: bool) -> ActingApp {
    let rules = "[[online]]\nname = \"w\"\nwhy = \"w\"\npermissions = [\"read\"]\ntypes = [\"weight\"]\n";
    let head = "name = \"Dev\"\naction-url = \"https://dev.example/back\"\n";
    world.app(&format!("{head}redirect-override = {takes_override}\n{rules}")).await
}

/// Where someone who has allowed the application is sent.
async fn sent(browser: &mut Browser, app: AppId, more: &str) -> String {
    let page = browser.get(&redirect("AUTH", &format!("appid={app}{more}"))).await;
    page.left_for().to_owned()
}

async fn signed_in(site: &Site, world: &World, app: &ActingApp) -> Browser {
    let (ada, record) = world.person("Ada").await;
    world.allow(&app.app, ada, record).await;
    let mut browser = site.browser();
    browser.sign_in_at_home("Ada").await;
    browser
}

on_both_engines!(another_return_address_is_ignored_in_production, |world: World| async move {
    let app = developers_app(&world, true).await;
    let mut browser = signed_in(&Site::of(&world), &world, &app).await;
    for address in
        ["http://localhost:7331/x", "https://evil.example/", "//evil.example", "javascript:alert(1)"]
    {
        let to = sent(&mut browser, app.app.id, &format!("&redirect={address}")).await;
        assert!(to.starts_with("https://dev.example/back?target="), "{address} led to {to}");
    }
});

on_both_engines!(
    a_developers_machine_is_returned_to_where_the_application_takes_it,
    |world: World| async move {
        let site = Site::in_environment(&world, Environment::Development);
        let app = developers_app(&world, true).await;
        let mut browser = signed_in(&site, &world, &app).await;
        let to = sent(&mut browser, app.app.id, "&redirect=http://localhost:7331/x").await;
        assert!(to.starts_with("http://localhost:7331/x?target=AppAuthSuccess"), "{to}");
        for address in [
            "https://evil.example/",
            "http://localhost.evil.example/",
            "http://localhost@evil.example/",
            "http://localhost\\@evil.example/",
            "//evil.example",
        ] {
            let to = sent(&mut browser, app.app.id, &format!("&redirect={address}")).await;
            assert!(to.starts_with("https://dev.example/back?target="), "{address} led to {to}");
        }
    }
);

on_both_engines!(an_application_that_takes_no_override_gets_none_in_development, |world: World| async move {
    let site = Site::in_environment(&world, Environment::Development);
    let app = developers_app(&world, false).await;
    let mut browser = signed_in(&site, &world, &app).await;
    let to = sent(&mut browser, app.app.id, "&redirect=http://localhost:7331/x").await;
    assert!(to.starts_with("https://dev.example/back?target="), "{to}");
});

on_both_engines!(the_applications_own_value_comes_back_byte_for_byte, |world: World| async move {
    let app = developers_app(&world, false).await;
    let mut browser = signed_in(&Site::of(&world), &world, &app).await;
    let all: Vec<u8> = (1..=255).collect();
    let escaped: String = all.iter().map(|byte| format!("%{byte:02x}")).collect();
    let to = sent(&mut browser, app.app.id, &format!("&actionqs={escaped}")).await;
    let value = to.split("actionqs=").nth(1).unwrap().split('&').next().unwrap();
    assert_eq!(percent_encoding::percent_decode_str(value).collect::<Vec<u8>>(), all);
    assert!(!value.chars().any(|c| c.is_ascii_control() || c == '<'));
    // It cannot bring a parameter of its own along.
    let to = sent(&mut browser, app.app.id, "&actionqs=a%26wctoken%3dmine%23").await;
    assert_eq!(to.matches("wctoken=").count(), 1, "{to}");
});

on_both_engines!(what_we_do_not_do_yet_leads_to_a_page, |world: World| async move {
    let app = developers_app(&world, false).await;
    let mut browser = signed_in(&Site::of(&world), &world, &app).await;
    for target in ["SHARERECORD", "Nonsense", ""] {
        let page = browser.get(&redirect(target, &format!("appid={}", app.app.id))).await;
        assert_eq!((page.status.as_u16(), page.left_for.as_deref()), (200, None), "{target}");
        assert!(page.html.contains("We cannot do what this link asks for"), "{target}");
    }
    let page = browser.get("/redirect.aspx").await;
    assert!(page.html.contains("We cannot do what this link asks for"));
});

on_both_engines!(
    the_redirector_and_the_end_page_are_found_however_they_are_written,
    |world: World| async move {
        let app = developers_app(&world, false).await;
        let mut browser = signed_in(&Site::of(&world), &world, &app).await;
        let inner = format!("?target=auth&targetqs=?appid={}", app.app.id);
        for path in ["//redirect.aspx", "/Redirect.ASPX"] {
            let request = Request::get(format!("{path}{inner}")).body(axum::body::Body::empty()).unwrap();
            assert_eq!(browser.request(request).await.status(), StatusCode::SEE_OTHER);
        }
        let page =
            browser.get(&format!("//Application/Complete?appid={}&target=AppAuthReject", app.app.id)).await;
        assert!(page.html.contains("Nothing was shared") && page.status == 200);
        assert_eq!(browser.get("/nowhere").await.status, 404);
    }
);

on_both_engines!(a_post_keeps_the_sign_in_that_the_browser_has, |world: World| async move {
    let app = developers_app(&world, false).await;
    let mut browser = signed_in(&Site::of(&world), &world, &app).await;
    let cookie = browser.cookie.take();
    // The browser leaves its cookie at home for the POST, and brings it for the GET after it.
    let address = redirect("AUTH", &format!("appid={}&trm=get", app.app.id));
    let response = browser.request(Request::post(&address).body(axum::body::Body::empty()).unwrap()).await;
    assert!(response.headers().get("set-cookie").is_none());
    let to = response.headers()["location"].to_str().unwrap().to_owned();
    browser.cookie = cookie;
    let back = browser.get(&to).await;
    assert!(back.returned("wctoken").is_some());
    assert!(browser.get(&to).await.html.contains("This visit is over"));
});
