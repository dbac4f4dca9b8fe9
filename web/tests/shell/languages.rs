//! The language of pages: what was asked for, and what a reader chooses.

use axum::body::Body;
use http::{Request, header};
use keepwell_core::erasure::Event;
use keepwell_core::persons;
use keepwell_testkit::{World, on_both_engines};
use keepwell_web::ShellSettings;
use keepwell_web::brand::Brand;

use crate::browser::{Browser, ORIGIN, Page, Site, redirect};

const ENGLISH: &str = "<html lang=\"en\" dir=\"ltr\">";
const ARABIC: &str = "<html lang=\"ar\" dir=\"rtl\">";

/// The form at the foot of a page.
async fn choose(browser: &mut Browser, page: &Page, language: &str) -> Page {
    let foot = page.html.split("<footer").nth(1).unwrap();
    let value = |name: &str| {
        let mark = format!("name=\"{name}\" value=\"");
        foot.split(&mark[..]).nth(1).unwrap().split('"').next().unwrap().replace("&#38;", "&")
    };
    let (csrf, here) = (value("csrf"), value("here"));
    browser.post("/language", &[("csrf", &csrf), ("here", &here), ("language", language)]).await
}

on_both_engines!(the_browser_s_language_is_spoken_and_caches_are_told, |world: World| async move {
    let mut browser = Site::of(&world).browser();
    for (accepts, says) in [("ar-EG, en;q=0.5", ARABIC), ("sv, en;q=0.5", ENGLISH), ("zz", ENGLISH)] {
        let request = Request::get("/help").header(header::ACCEPT_LANGUAGE, accepts);
        let response = browser.request(request.body(Body::empty()).unwrap()).await;
        assert_eq!(response.headers()["vary"], "accept-language, cookie");
        let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
        assert!(String::from_utf8(body.to_vec()).unwrap().contains(says), "{accepts}");
    }
});

on_both_engines!(
    who_asks_for_no_language_of_ours_is_spoken_to_in_the_servers_own,
    |world: World| async move {
        let settings = ShellSettings { default_locale: Some("ar".to_owned()), ..ShellSettings::at(ORIGIN) };
        let site = Site::with(&world, settings);
        let mut browser = site.browser();
        for (accepts, says) in [("zz", ARABIC), ("", ARABIC), ("zz, en;q=0.1", ENGLISH)] {
            let request = Request::get("/help").header(header::ACCEPT_LANGUAGE, accepts);
            let response = browser.request(request.body(Body::empty()).unwrap()).await;
            let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
            assert!(String::from_utf8(body.to_vec()).unwrap().contains(says), "{accepts:?}");
        }
        assert!(browser.get("/help").await.html.contains(ARABIC), "who asks for nothing");
        // A letter that nobody's browser asks for: of a person whose language we lack, and of one who chose.
        for (name, language, subject) in [("Ada", "tlh", "حساب"), ("Bea", "en", "account")] {
            let (person, _) = world.person(name).await;
            persons::set_language(&world.domain, person, language).await.unwrap();
            let person = persons::find(&world.domain, person).await.unwrap().unwrap();
            let letter = site.letter_about(&person, &Event::Soon(world.domain.env.now()));
            assert!(letter.subject.contains(subject), "{}", letter.subject);
        }
    }
);

on_both_engines!(
    a_reader_chooses_a_language_without_an_account_and_comes_back_to_the_page,
    |world: World| async move {
        let mut browser = Site::of(&world).browser();
        let page = browser.get("/connect?packageid=ABC").await;
        assert!(
            page.html.contains(ENGLISH) && page.html.contains("lang=\"ar\" dir=\"rtl\">العربية</button>")
        );
        let back = choose(&mut browser, &page, "ar").await;
        assert_eq!(back.address, "/connect?packageid=ABC");
        assert!(back.html.contains(ARABIC) && back.html.contains("رمز استلام"));
        assert!(browser.get("/sign-in").await.html.contains(ARABIC), "the browser keeps it");
        let english = choose(&mut browser, &back, "en").await;
        assert!(english.html.contains(ENGLISH));
        for (language, here) in
            [("tlh", "/help"), ("ar", "//elsewhere.example/"), ("ar", "https://elsewhere.example/")]
        {
            let page = browser.get("/help").await;
            let csrf = page
                .html
                .split("name=\"csrf\" value=\"")
                .nth(1)
                .unwrap()
                .split('"')
                .next()
                .unwrap()
                .to_owned();
            let back =
                browser.post("/language", &[("csrf", &csrf), ("here", here), ("language", language)]).await;
            assert_eq!(back.left_for, None, "{here}");
        }
    }
);

on_both_engines!(the_choice_of_a_person_is_kept_with_the_account, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let site = Site::of(&world);
    let mut browser = site.browser();
    let home = browser.sign_in_at_home("Ada").await;
    assert!(choose(&mut browser, &home, "ar").await.html.contains(ARABIC));
    assert_eq!(persons::find(&world.domain, ada).await.unwrap().unwrap().language, "ar");
    let elsewhere = site.browser().sign_in_at_home("Ada").await;
    assert!(elsewhere.html.contains(ARABIC), "in another browser too");
});

on_both_engines!(
    an_application_asks_for_a_language_and_a_choice_by_hand_goes_before_it,
    |world: World| async move {
        let app = world.weight_app().await;
        let mut browser = Site::of(&world).browser();
        let address = redirect("AUTH", &format!("appid={}&lcid=1025", app.app.id));
        let page = browser.get(&address).await;
        assert!(page.html.contains(ARABIC), "{}", page.html);
        let page = choose(&mut browser, &page, "en").await;
        assert!(page.html.contains(ENGLISH) && page.html.contains("Sign in"));
    }
);

on_both_engines!(a_language_is_chosen_only_by_a_form_of_ours, |world: World| async move {
    let mut browser = Site::of(&world).browser();
    browser.get("/help").await;
    let refused = browser.post("/language", &[("csrf", "x"), ("here", "/help"), ("language", "ar")]).await;
    assert!(refused.html.contains(ENGLISH) && refused.title().contains("lay open too long"));
    assert!(browser.get("/help").await.html.contains(ENGLISH));
});

on_both_engines!(a_host_s_brand_is_on_every_page, |world: World| async move {
    let settings = ShellSettings {
        brand: Some(Brand::for_samples().into()),
        product_name: "Northside".into(),
        ..ShellSettings::at(ORIGIN)
    };
    let mut browser = Site::with(&world, settings).browser();
    let page = browser.get("/help").await;
    assert!(page.html.contains("<bdi>Northside</bdi>") && page.html.contains("help@northside.example"));
    assert!(page.html.contains("Storgatan 1"), "the help page says where they are");
    for mark in ["href=\"/brand/colours.", "src=\"/brand/logo."] {
        let address = page.html.split(mark).nth(1).unwrap().split('"').next().unwrap();
        let address = format!("{}{address}", mark.split('"').nth(1).unwrap());
        assert_eq!(browser.get(&address).await.status, 200, "{address}");
    }
    assert!(browser.get("/terms").await.html.contains("<strong>kind</strong>"));
    assert!(
        browser.get("/privacy").await.html.contains("We sell nothing"),
        "what the host does not say, we say"
    );
    assert!(browser.get("/nowhere").await.html.contains("Storgatan 1"), "so does a page of trouble");
    let mut plain = Site::of(&world).browser();
    assert!(!plain.get("/help").await.html.contains("/brand/"));
});

on_both_engines!(
    a_document_of_the_host_is_in_the_readers_language_or_says_in_which_it_is,
    |world: World| async move {
        let mut brand = Brand::default();
        brand.terms.add("en", "Be **kind**.");
        brand.terms.add("ar", "كن **لطيفاً**.");
        brand.privacy.add("en", "We keep **nothing**.");
        let settings = ShellSettings { brand: Some(brand.into()), ..ShellSettings::at(ORIGIN) };
        let mut browser = Site::with(&world, settings).browser();
        let page = browser.get("/terms").await;
        choose(&mut browser, &page, "ar").await;
        for (path, lang, text) in [
            ("/terms", "lang=\"ar\" dir=\"rtl\"", "<strong>لطيفاً</strong>"),
            ("/privacy", "lang=\"en\" dir=\"ltr\"", "<strong>nothing</strong>"),
        ] {
            let page = browser.get(path).await;
            assert!(page.html.contains(ARABIC), "{path}");
            let written = page.main().split("<div class=\"prose\" ").nth(1).unwrap();
            assert!(written.starts_with(lang) && written.contains(text), "{written}");
        }
    }
);
