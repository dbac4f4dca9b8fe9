//! Maintenance, suspended accounts, closed doors, and what an application gave us to show.

use keepwell_core::applications::{self, Document, Logo};
use keepwell_core::{credentials, maintenance, persons};
use keepwell_testkit::{World, on_both_engines};
use keepwell_web::ShellSettings;

use crate::browser::{ORIGIN, Site, redirect};

on_both_engines!(in_maintenance_a_person_reads_and_is_told_why_nothing_is_saved, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let app = world.weight_app().await;
    let mut browser = Site::of(&world).browser();
    let to_consent = redirect("AUTH", &format!("appid={}", app.app.id));
    let page = browser.get(&to_consent).await;
    maintenance::begin(&world.domain, "").await.unwrap();
    let consent = browser.sign_in(&page, "Ada").await;
    assert!(consent.html.contains("decision"), "signing in still works: {}", consent.title());
    let refused = browser.fill(&consent, &[("decision", "allow"), ("record", &record.to_string())]).await;
    assert_eq!(refused.status, 200, "no step of a visit is a 4xx");
    assert!(refused.title().contains("looking after this server"), "{}", refused.title());
    let allowed = keepwell_core::authorizations::records_of(&world.domain, &app.app, ada).await.unwrap();
    assert!(allowed.is_empty());
    assert_eq!(browser.get("/").await.status, 200);
    maintenance::end(&world.domain).await.unwrap();
    let back = browser.fill(&consent, &[("decision", "allow"), ("record", &record.to_string())]).await;
    assert!(back.left_for().contains("target=AppAuthSuccess"));
});

on_both_engines!(
    a_suspended_account_is_told_so_and_only_to_who_has_its_password,
    |world: World| async move {
        let (ada, _) = world.person("Ada").await;
        let mut signed_in = Site::of(&world).browser();
        signed_in.sign_in_at_home("Ada").await;
        persons::set_active(&world.domain, ada, false).await.unwrap();
        assert!(signed_in.get("/").await.address.starts_with("/sign-in"), "where she was, she is out");
        let mut browser = Site::of(&world).browser();
        let page = browser.get("/sign-in").await;
        let wrong = browser.fill(&page, &[("email", "ada@example.org"), ("password", "not hers")]).await;
        assert!(!wrong.html.contains("suspended"));
        let right = browser.fill(&page, &[("email", "ada@example.org"), ("password", World::PASSWORD)]).await;
        assert!(right.html.contains("This account is suspended"));
    }
);

on_both_engines!(who_is_not_admitted_goes_back_without_a_token, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let app = world
        .app("name = \"Trial\"\naction-url = \"https://trial.example/\"\nrestrict-users = true\n[[online]]\nname = \"w\"\nwhy = \"w\"\npermissions = [\"read\"]\ntypes = [\"weight\"]\n")
        .await;
    let mut browser = Site::of(&world).browser();
    let address = redirect("AUTH", &format!("appid={}", app.app.id));
    let page = browser.get(&address).await;
    let back = browser.sign_in(&page, "Ada").await;
    assert!(back.left_for().starts_with("https://trial.example/?target=AppAuthFailure"));
    assert!(!back.left_for().contains("wctoken"));
    applications::admit(&world.domain, app.app.id, ada).await.unwrap();
    assert!(browser.get(&address).await.html.contains("decision"));
});

on_both_engines!(where_accounts_need_a_code_the_applications_own_is_filled_in, |world: World| async move {
    let app = world.weight_app().await;
    let settings = ShellSettings { sign_up_by_code: true, ..ShellSettings::at(ORIGIN) };
    let mut browser = Site::with(&world, settings).browser();
    let code = credentials::new_code(&world.domain, app.app.id).await.unwrap();
    let address = redirect("CREATEACCOUNT", &format!("appid={}&signupcode={code}", app.app.id));
    let page = browser.get(&address).await;
    assert!(page.html.contains(&code), "the person does not type it again");
    let fields = |code: &'static str| {
        [
            ("name", "Bob Example"),
            ("email", "bob@example.org"),
            ("password", World::PASSWORD),
            ("birth_year", "1980"),
            ("country", "US"),
            ("agreed", "true"),
            ("code", code),
        ]
    };
    for wrong in ["", "01234-56789-ABCDE-FGHJK"] {
        let refused = browser.fill(&page, &fields(wrong)).await;
        assert!(refused.html.contains("aria-invalid"), "{wrong:?}: {}", refused.title());
        assert_eq!(credentials::find_login(&world.domain, "bob@example.org").await.unwrap(), None);
    }
    let mut right = fields("");
    right[6].1 = Box::leak(code.to_lowercase().into_boxed_str());
    let consent = browser.fill(&page, &right).await;
    assert!(consent.html.contains("decision"), "{}", consent.title());
});

on_both_engines!(what_an_application_wrote_is_shown_where_it_can_do_nothing, |world: World| async move {
    let app = world.weight_app().await;
    let mut changed = (*app.app).clone();
    let hostile = "<script>parent.document.cookie</script><form action=\"/sign-out\">";
    changed.privacy = Some(Document { content_type: "text/html".into(), text: hostile.into() });
    changed.terms = Some(Document { content_type: "text/plain".into(), text: hostile.into() });
    let logo = |kind: &str| Some(Logo { content_type: kind.into(), base64: "iVBORw0KGgo=".into() });
    changed.large_logo = logo("image/png");
    applications::replace(&world.domain, &changed).await.unwrap();
    let mut browser = Site::of(&world).browser();
    let at = |which: &str| format!("/documents/{}/{which}", app.app.id);
    let html = browser.get(&at("privacy")).await;
    let policy = html.headers["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.starts_with("sandbox;") && policy.contains("default-src 'none'"), "{policy}");
    let plain = browser.get(&at("terms")).await;
    assert!(plain.html.contains("&#60;script&#62;") && !plain.html.contains("<script>parent"));
    let response =
        browser.request(http::Request::get(at("logo")).body(axum::body::Body::empty()).unwrap()).await;
    assert_eq!(response.headers()["content-type"], "image/png");
    assert_eq!(response.headers()["x-content-type-options"], "nosniff");
    changed.large_logo = logo("image/svg+xml");
    applications::replace(&world.domain, &changed).await.unwrap();
    assert_eq!(browser.get(&at("logo")).await.status, 404, "a kind that may hold script is not served");
});
