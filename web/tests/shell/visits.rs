//! The way an application sends a person, there and back.

use keepwell_core::applications::{self, Rule, State, Types};
use keepwell_core::authorizations;
use keepwell_core::sessions::identity::{Named, identify};
use keepwell_testkit::{World, on_both_engines};

use crate::browser::{Site, redirect};

on_both_engines!(a_person_signs_in_agrees_and_returns_with_a_token, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let app = world.weight_app().await;
    let mut browser = Site::of(&world).browser();
    let asked =
        browser.get(&redirect("AUTH", &format!("appid={}&actionqs=%2Fdiary%3Fa%3D1", app.app.id))).await;
    let consent = browser.sign_in(&asked, "Ada").await;
    assert!(consent.title().contains("Weights"), "{}", consent.title());
    assert!(consent.html.contains("weight") && consent.html.contains("To draw your weight"));
    let back = browser.fill(&consent, &[("decision", "allow")]).await;
    assert!(
        back.left_for().starts_with("https://weights.example/return?target=AppAuthSuccess&instanceid=1&")
    );
    assert_eq!(back.returned("actionqs").as_deref(), Some("/diary?a=1"));
    let token = back.returned("wctoken").expect("a token");
    assert_eq!(back.headers["referrer-policy"], "no-referrer");
    let allowed = authorizations::records_of(&world.domain, &app.app, ada).await.unwrap();
    assert_eq!(allowed.iter().map(|a| a.record.id).collect::<Vec<_>>(), [record]);
    assert!(token.ends_with('='));

    // The next time there is nothing to ask, and no page at all.
    let again = browser.get(&redirect("AUTH", &format!("appid={}", app.app.id))).await;
    assert_eq!(again.returned("target").as_deref(), Some("AppAuthSuccess"));
    assert!(again.returned("wctoken").is_some_and(|other| other != token));
    // Unless the application wants the page.
    let forced = browser.get(&redirect("AUTH", &format!("appid={}&forceappauth=true", app.app.id))).await;
    assert!(forced.left_for.is_none() && forced.address.starts_with("/consent"));
});

on_both_engines!(a_token_returns_in_a_form_when_that_is_asked_for, |world: World| async move {
    world.person("Ada").await;
    let app = world.weight_app().await;
    let mut browser = Site::of(&world).browser();
    let inner = format!("?appid={}&actionqs=a%26b&trm=POST", app.app.id);
    let asked = browser.get(&redirect("Auth", &inner)).await;
    let consent = browser.sign_in(&asked, "Ada").await;
    let policy = consent.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("form-action 'self' https://weights.example;"));
    let page = browser.fill(&consent, &[("decision", "allow")]).await;
    assert!(page.left_for.is_none());
    let form = page.form();
    assert_eq!(
        form.action,
        "https://weights.example/return?target=AppAuthSuccess&instanceid=1&actionqs=a%26b"
    );
    assert_eq!(form.hidden.len(), 1);
    assert_eq!(form.hidden[0].0, "wctoken");
});

on_both_engines!(a_person_who_says_no_returns_without_a_token, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let app = world.weight_app().await;
    let mut browser = Site::of(&world).browser();
    let asked = browser.get(&redirect("AUTH", &format!("appid={}&trm=post", app.app.id))).await;
    let consent = browser.sign_in(&asked, "Ada").await;
    let back = browser.fill(&consent, &[("decision", "not-now")]).await;
    assert_eq!(back.left_for(), "https://weights.example/return?target=AppAuthReject&instanceid=1");
    assert!(authorizations::records_of(&world.domain, &app.app, ada).await.unwrap().is_empty());
});

on_both_engines!(a_wrong_password_is_told_without_an_error_status, |world: World| async move {
    world.person("Ada").await;
    let app = world.weight_app().await;
    let mut browser = Site::of(&world).browser();
    let asked = browser.get(&redirect("AUTH", &format!("appid={}", app.app.id))).await;
    let again = browser.fill(&asked, &[("email", "ada@example.org"), ("password", "not hers at all")]).await;
    assert_eq!(again.status, 200);
    assert!(again.html.contains("do not belong together"));
    assert!(browser.sign_in(&again, "Ada").await.address.starts_with("/consent"));
});

on_both_engines!(an_app_without_an_action_url_ends_at_the_end_page, |world: World| async move {
    world.person("Ada").await;
    let app = world
        .app("name = \"Phone\"\n[[offline]]\nname = \"w\"\nwhy = \"w\"\npermissions = [\"read\"]\ntypes = [\"weight\"]\n")
        .await;
    let site = Site::of(&world);
    let mut browser = site.browser();
    let asked = browser.get(&redirect("APPAUTH", &format!("appid={}&mobile=true", app.app.id))).await;
    let consent = browser.sign_in(&asked, "Ada").await;
    let mut refusing = browser.clone();
    let end = browser.fill(&consent, &[("decision", "allow")]).await;
    let id = app.app.id;
    assert_eq!(end.address, format!("/application/complete?appid={id}&target=AppAuthSuccess&instanceid=1"));
    assert_eq!(end.status, 200);
    assert!(end.html.contains("All done"));
    let consent = refusing.get(&redirect("APPAUTH", &format!("appid={id}"))).await;
    let end = refusing.fill(&consent, &[("decision", "not-now")]).await;
    assert_eq!(end.address, format!("/application/complete?appid={id}&target=AppAuthReject"));
});

on_both_engines!(a_person_opens_an_account_on_the_way, |world: World| async move {
    let app = world.weight_app().await;
    let mut browser = Site::of(&world).browser();
    let address = redirect("CREATEACCOUNT", &format!("appid={}", app.app.id));
    let fields = [
        ("CreateAccountAndRecord", "True"),
        ("Account.FirstName", "Cleo"),
        ("Account.LastName", "<b>Park</b>"),
        ("Account.BirthDate", "1980-02-03"),
        ("Account.Email", "cleo@example.org"),
        ("Account.CountryCode", "SE"),
    ];
    let page = browser.post_from(&address, &fields, "cross-site").await;
    assert!(page.address.starts_with("/sign-up?visit="), "{}", page.address);
    assert!(page.html.contains("Cleo") && page.html.contains("value=\"1980\""));
    assert!(!page.html.contains("<b>Park"));
    let mut form = vec![("name", "Cleo Park"), ("email", "cleo@example.org"), ("password", World::PASSWORD)];
    form.extend([("birth_year", "2020"), ("country", "SE"), ("agreed", "true")]);
    let young = browser.fill(&page, &form).await;
    assert!(young.html.contains("13 or older") && young.status == 200);
    form[3].1 = "1980";
    let consent = browser.fill(&young, &form).await;
    assert!(consent.address.starts_with("/consent"), "{}", consent.html);
    let back = browser.fill(&consent, &[("decision", "allow")]).await;
    assert_eq!(back.returned("target").as_deref(), Some("AppAuthSuccess"));
    assert_eq!(back.returned("targetDetails").as_deref(), Some("CreateAccountSuccess"));
    assert!(back.returned("wctoken").is_some());
    // Someone who has an account and signs in to it has opened none.
    let mut other = Site::of(&world).browser();
    let page = other.get(&address).await;
    let to = page.html.split("href=\"/sign-in?").nth(1).unwrap().split('"').next().unwrap();
    let sign_in = other.get(&format!("/sign-in?{to}")).await;
    let form = [("email", "cleo@example.org"), ("password", World::PASSWORD)];
    let back = other.fill(&sign_in, &form).await;
    assert_eq!(back.returned("target").as_deref(), Some("AppAuthSuccess"));
    assert_eq!(back.returned("targetDetails").as_deref(), Some("CreateAccountFailure"));
});

on_both_engines!(
    staying_signed_in_is_offered_and_tells_the_token_s_life_in_minutes,
    |world: World| async move {
        world.person("Ada").await;
        let app = world
        .app(
            "name = \"Stays\"\naction-url = \"https://stays.example/\"\nstay-signed-in-days = 2\n[[online]]\nname = \"w\"\nwhy = \"w\"\npermissions = [\"read\"]\ntypes = [\"weight\"]\n",
        )
        .await;
        let mut browser = Site::of(&world).browser();
        let asked = browser.get(&redirect("AUTH", &format!("appid={}", app.app.id))).await;
        assert!(asked.html.contains("Keep me signed in"));
        let form = [("email", "ada@example.org"), ("password", World::PASSWORD), ("keep", "true")];
        let consent = browser.fill(&asked, &form).await;
        let back = browser.fill(&consent, &[("decision", "allow")]).await;
        assert_eq!(back.returned("suggestedtokenttl").as_deref(), Some("2880"));
    }
);

on_both_engines!(an_application_that_asks_for_more_marks_what_is_new, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let app = world.weight_app().await;
    world.allow(&app.app, ada, record).await;
    let mut wider = (*app.app).clone();
    let height = keepwell_core::thing_types::by_name("height").unwrap().id;
    wider.online.push(Rule {
        name: "tall".into(),
        why: "To know how tall you are".into(),
        types: Types::Only(vec![height]),
        ..wider.online[0].clone()
    });
    applications::replace(&world.domain, &wider).await.unwrap();
    let mut browser = Site::of(&world).browser();
    let asked = browser.get(&redirect("AUTH", &format!("appid={}", app.app.id))).await;
    let consent = browser.sign_in(&asked, "Ada").await;
    assert!(consent.title().contains("asks for something new"), "{}", consent.title());
    let (new, already) = consent.html.split_once("What it can do already").unwrap();
    assert!(new.contains("To know how tall you are") && !new.contains("To draw your weight"));
    assert!(already.contains("To draw your weight"));
    let back = browser.fill(&consent, &[("decision", "allow")]).await;
    assert!(back.returned("wctoken").is_some());
});

on_both_engines!(an_unknown_or_suspended_application_is_never_gone_back_to, |world: World| async move {
    world.person("Ada").await;
    let app = world.weight_app().await;
    applications::set_state(&world.domain, app.app.id, State::Suspended).await.unwrap();
    let mut browser = Site::of(&world).browser();
    let unknown = "11111111-1111-4111-8111-111111111111";
    for target in ["AUTH", "APPAUTH", "CREATEACCOUNT", "APPSIGNOUT"] {
        for id in [app.app.id.to_string(), unknown.to_owned(), "nonsense".to_owned(), String::new()] {
            let inner = format!("appid={id}&redirect=https://evil.example/&actionqs=x");
            let page = browser.get(&redirect(target, &inner)).await;
            assert_eq!((page.left_for.as_deref(), page.status.as_u16()), (None, 200));
            assert!(page.html.contains("We do not know the app"), "{target} {id}");
            assert!(!page.html.contains("evil.example"));
        }
    }
});

on_both_engines!(an_application_suspended_during_a_visit_gets_nothing, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let app = world.weight_app().await;
    let mut browser = Site::of(&world).browser();
    let asked = browser.get(&redirect("AUTH", &format!("appid={}", app.app.id))).await;
    let consent = browser.sign_in(&asked, "Ada").await;
    applications::set_state(&world.domain, app.app.id, State::Suspended).await.unwrap();
    let page = browser.fill(&consent, &[("decision", "allow")]).await;
    assert!(page.left_for.is_none() && page.html.contains("We do not know the app"));
    assert!(authorizations::records_of(&world.domain, &app.app, ada).await.unwrap().is_empty());
});

on_both_engines!(a_token_works_for_its_application, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let app = world.weight_app().await;
    let mut browser = Site::of(&world).browser();
    let asked = browser.get(&redirect("AUTH", &format!("appid={}", app.app.id))).await;
    let consent = browser.sign_in(&asked, "Ada").await;
    let back = browser.fill(&consent, &[("decision", "allow")]).await;
    let token = back.returned("wctoken").unwrap();
    let key = keepwell_core::sessions::SessionKey {
        secret: secrecy::SecretSlice::from(vec![7; 32]),
        algorithm: "HMACSHA256".into(),
    };
    let session = keepwell_core::sessions::begin(&world.domain, app.app.id, &key).await.unwrap();
    let named = Named { auth_token: &session, user_token: Some(&token), ..Named::default() };
    let found = identify(&world.domain, &named).await.unwrap();
    assert_eq!(found.online.map(|person| person.id), Some(ada));
});
