//! Signing out ends what it should and revokes nothing.

use keepwell_core::authorizations;
use keepwell_core::sessions::identity::{Named, identify};
use keepwell_core::sessions::{self, SessionKey, user_token};
use keepwell_testkit::{ActingApp, World, on_both_engines};

use crate::browser::{Site, redirect};

async fn is_good(world: &World, app: &ActingApp, token: &str) -> bool {
    let key = SessionKey { secret: secrecy::SecretSlice::from(vec![7; 32]), algorithm: "HMACSHA256".into() };
    let session = sessions::begin(&world.domain, app.app.id, &key).await.unwrap();
    let named = Named { auth_token: &session, user_token: Some(token), ..Named::default() };
    identify(&world.domain, &named).await.unwrap().online.is_some()
}

on_both_engines!(an_application_signs_a_person_out_here_and_at_its_own, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let (app, other) = (world.weight_app().await, world.weight_app().await);
    world.allow(&app.app, ada, record).await;
    let token = user_token::give(&world.domain, app.app.id, ada, false, None).await.unwrap();
    let theirs = user_token::give(&world.domain, other.app.id, ada, false, None).await.unwrap();
    let mut browser = Site::of(&world).browser();
    browser.sign_in_at_home("Ada").await;
    let before = browser.cookie.clone();
    // Someone else's token is left alone, and nothing tells.
    for (ended, inner) in [(&theirs, "&actionqs=bye"), (&token, "&actionqs=bye")] {
        let escaped: String = form_urlencoded::byte_serialize(ended.as_bytes()).collect();
        let inner = format!("?appid={}&credtoken={escaped}{inner}", app.app.id);
        let back = browser.get(&redirect("APPSIGNOUT", &inner)).await;
        assert_eq!(
            back.left_for(),
            "https://weights.example/return?target=SignOut&instanceid=1&actionqs=bye"
        );
    }
    assert!(!is_good(&world, &app, &token).await && is_good(&world, &other, &theirs).await);
    assert_ne!(browser.cookie, before);
    assert!(browser.get("/").await.address.starts_with("/sign-in"));
    browser.cookie = before;
    assert!(browser.get("/").await.address.starts_with("/sign-in"), "the sign-in itself has ended");
    assert_eq!(authorizations::records_of(&world.domain, &app.app, ada).await.unwrap().len(), 1);
});

on_both_engines!(a_sign_out_by_post_ends_the_sign_in_too, |world: World| async move {
    world.person("Ada").await;
    let app = world.weight_app().await;
    let mut browser = Site::of(&world).browser();
    browser.sign_in_at_home("Ada").await;
    let inner = format!("appid={}", app.app.id);
    let back = browser
        .post_from("/redirect.aspx", &[("target", "APPSIGNOUT"), ("targetqs", &inner)], "cross-site")
        .await;
    assert_eq!(back.returned("target").as_deref(), Some("SignOut"));
    assert!(browser.get("/").await.address.starts_with("/sign-in"));
});

on_both_engines!(an_application_without_an_action_url_signs_out_to_a_page, |world: World| async move {
    world.person("Ada").await;
    let app = world
        .app("name = \"Phone\"\n[[offline]]\nname = \"w\"\nwhy = \"w\"\npermissions = [\"read\"]\ntypes = [\"weight\"]\n")
        .await;
    let mut browser = Site::of(&world).browser();
    browser.sign_in_at_home("Ada").await;
    let page = browser.get(&redirect("APPSIGNOUT", &format!("appid={}", app.app.id))).await;
    assert!(page.html.contains("You are signed out") && page.html.contains("Phone"));
});

on_both_engines!(a_person_signs_out_by_their_own_button_only, |world: World| async move {
    world.person("Ada").await;
    let mut browser = Site::of(&world).browser();
    let home = browser.sign_in_at_home("Ada").await;
    browser.post_from("/sign-out", &[("csrf", "guess")], "same-origin").await;
    assert!(browser.get("/").await.title().contains("Your records"));
    let csrf = home.html.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let page = browser.post("/sign-out", &[("csrf", csrf)]).await;
    assert!(page.html.contains("You are signed out"));
    assert!(browser.get("/").await.address.starts_with("/sign-in"));
});
