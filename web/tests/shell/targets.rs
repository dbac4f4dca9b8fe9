//! Every target of `redirect.aspx`: signed in or not, with what it needs, without it, and with what is hostile.

use http::Request;
use keepwell_core::authorizations;
use keepwell_core::ids::{PersonId, RecordId};
use keepwell_core::{records, thing_types};
use keepwell_testkit::{ActingApp, World, on_both_engines};

use crate::browser::{Browser, Page, Site, redirect};

struct Desk {
    world: World,
    site: Site,
    ada: PersonId,
    record: RecordId,
    pseudonym: String,
    app: ActingApp,
    other: ActingApp,
}

impl Desk {
    async fn of(world: World) -> Self {
        let (ada, record) = world.person_in("Ada", "SE").await;
        let app = world.weight_app().await;
        world.allow(&app.app, ada, record).await;
        let rules = "[[online]]\nname = \"w\"\nwhy = \"w\"\npermissions = [\"read\"]\ntypes = [\"weight\"]\n";
        let other = world
            .app(&format!("name = \"Other\"\naction-url = \"https://other.example/in?a=1\"\n{rules}"))
            .await;
        let granted = authorizations::records_of(&world.domain, &app.app, ada).await.unwrap();
        let pseudonym = granted[0].pseudonym.to_string();
        Self { site: Site::of(&world), world, ada, record, pseudonym, app, other }
    }

    fn id(&self) -> String {
        self.app.app.id.to_string()
    }

    async fn signed_in(&self, name: &str) -> Browser {
        let mut browser = self.site.browser();
        browser.sign_in_at_home(name).await;
        browser
    }

    fn weights(&self) -> String {
        format!("/records/{}/items/of/{}", self.record, thing_types::WEIGHT)
    }
}

fn is_trouble(page: &Page) -> bool {
    page.status == 200
        && page.left_for.is_none()
        && page.html.contains("class=\"sheet\"")
        && [
            "We do not know the app",
            "We cannot do what",
            "We cannot read this link",
            "There is nothing here",
        ]
        .iter()
        .any(|said| page.html.contains(said))
}

on_both_engines!(every_target_leads_where_it_says_signed_in_or_not, |world: World| async move {
    let desk = Desk::of(world).await;
    let (app, ext, record) = (desk.id(), &desk.pseudonym, desk.record);
    let (weight, pressure) = (thing_types::WEIGHT, thing_types::by_name("blood-pressure").unwrap().id);
    let cases = [
        ("VIEWITEMS", format!("appid={app}&typeid={weight}&extrecordid={ext}"), desk.weights()),
        ("ViewItems", format!("appid={app}&typeid={weight}"), desk.weights()),
        (
            "VIEWITEMS",
            format!("appid={app}&typeid={weight}&additem=True"),
            format!("/records/{record}/add/{weight}"),
        ),
        (
            "VIEWITEMS",
            format!("appid={app}&typeid={weight}%2C{pressure}"),
            format!("/records/{record}/timeline?kind={weight},{pressure}"),
        ),
        ("VIEWITEMS", format!("appid={app}&typeid=nonsense"), format!("/records/{record}")),
        ("RECORDLIST", String::new(), "/".to_owned()),
        ("RECORDLIST", format!("appid={app}"), format!("/?app={app}")),
        ("MANAGEACCOUNT", format!("appid={app}"), "/account".to_owned()),
        (
            "SHAREDAPPDETAILS",
            format!("appid={app}&extrecordid={ext}"),
            format!("/records/{record}/apps/{app}"),
        ),
        ("SHAREDAPPDETAILS", format!("sappid={app}"), format!("/records/{record}/apps/{app}")),
    ];
    for (target, inner, to) in &cases {
        let mut browser = desk.signed_in("Ada").await;
        let page = browser.get(&redirect(target, inner)).await;
        assert_eq!((&page.address, page.status.as_u16()), (to, 200), "{target} {inner}");
        // Who is not signed in is asked first, and then led there all the same.
        let mut stranger = desk.site.browser();
        let ask = stranger.get(&redirect(target, inner)).await;
        assert!(
            ask.address.starts_with("/sign-in") || ask.address == "/sign-in",
            "{target}: {}",
            ask.address
        );
        let page = stranger.sign_in(&ask, "Ada").await;
        assert_eq!(&page.address, to, "{target} {inner} after signing in");
    }
    for (topic, to) in [
        ("", "/help"),
        ("faq", "/help"),
        ("PrivacyPolicy", "/privacy"),
        ("serviceagreement", "/terms"),
        ("../../etc", "/help"),
        ("//evil.example", "/help"),
    ] {
        let mut stranger = desk.site.browser();
        assert_eq!(stranger.get(&redirect("HELP", &format!("topicid={topic}"))).await.address, to, "{topic}");
    }
    let mut stranger = desk.site.browser();
    assert_eq!(stranger.get("/help.aspx").await.title(), "Help");
});

on_both_engines!(what_is_missing_or_hostile_leads_to_a_page_and_nowhere_else, |world: World| async move {
    let desk = Desk::of(world).await;
    desk.world.person("Bob").await;
    let (app, unknown) = (desk.id(), "00000000-0000-4000-8000-000000000009");
    let hostile = ["nonsense", "javascript:alert(1)", "//evil.example", "%00", unknown];
    let mut ada = desk.signed_in("Ada").await;
    let mut bob = desk.signed_in("Bob").await;
    for target in ["VIEWITEMS", "SHAREDAPPDETAILS", "APPREDIRECT", "CREATERECORD", "EDITRECORD"] {
        assert!(is_trouble(&ada.get(&redirect(target, "")).await), "{target} without an application");
    }
    for target in [
        "VIEWITEMS",
        "SHAREDAPPDETAILS",
        "APPREDIRECT",
        "CREATERECORD",
        "EDITRECORD",
        "RECORDLIST",
        "MANAGEACCOUNT",
    ] {
        for id in hostile {
            assert!(is_trouble(&ada.get(&redirect(target, &format!("appid={id}"))).await), "{target} {id}");
        }
    }
    for target in ["VIEWITEMS", "SHAREDAPPDETAILS"] {
        for ext in hostile.into_iter().chain([desk.record.to_string().as_str()]) {
            let inner = format!("appid={app}&typeid={}&extrecordid={ext}", thing_types::WEIGHT);
            assert!(is_trouble(&ada.get(&redirect(target, &inner)).await), "{target} {ext}");
        }
        // The pseudonym of Ada's record opens nothing to Bob.
        let inner = format!("appid={app}&typeid={}&extrecordid={}", thing_types::WEIGHT, desk.pseudonym);
        assert!(is_trouble(&bob.get(&redirect(target, &inner)).await), "{target}");
    }
    for target in ["RECONCILE", "RECONCILECOMPLETE", "SHARERECORD", "APPCONTENT", "Nonsense"] {
        assert!(is_trouble(&ada.get(&redirect(target, &format!("appid={app}"))).await), "{target}");
    }
});

on_both_engines!(a_sign_in_leads_on_to_pages_of_ours_only, |world: World| async move {
    let desk = Desk::of(world).await;
    for hostile in [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/application/complete?target=AppAuthSuccess",
        "/%0d%0aLocation:x",
        "",
        "/ x",
    ] {
        let mut browser = desk.site.browser();
        let next: String = form_urlencoded::byte_serialize(hostile.as_bytes()).collect();
        let ask = browser.get(&format!("/sign-in?next={next}")).await;
        let page = browser.sign_in(&ask, "Ada").await;
        assert!(
            page.left_for.is_none() && (page.address == "/" || page.address.starts_with("/%0d")),
            "{hostile}: {}",
            page.address
        );
    }
    let mut browser = desk.site.browser();
    let ask = browser.get(&desk.weights()).await;
    let wrong = browser.fill(&ask, &[("email", "ada@example.org"), ("password", "no")]).await;
    assert_eq!(browser.sign_in(&wrong, "Ada").await.address, desk.weights(), "also after a wrong password");
});

on_both_engines!(a_person_is_handed_on_to_a_registered_application_only, |world: World| async move {
    let desk = Desk::of(world).await;
    let (from, to) = (desk.id(), desk.other.app.id);
    let mut stranger = desk.site.browser();
    let inner = |more: &str| format!("appid={to}&refappid={from}{more}");
    let page =
        stranger.get(&redirect("APPREDIRECT", &inner("&target=Show&targetqs=a%253d1%2526b%253d2"))).await;
    assert!(
        page.left_for().starts_with("https://other.example/in?a=1&target=Show&targetqs="),
        "{:?}",
        page.left_for
    );
    let page = stranger.get(&redirect("APPREDIRECT", &inner(""))).await;
    assert_eq!(page.left_for(), "https://other.example/in?a=1");
    let hostile = "&target=Show&targetqs=wctoken%3dmine%26instanceid%3d7%26suggestedtokenttl%3d9%26x%3d1";
    let page = stranger.get(&redirect("APPREDIRECT", &inner(hostile))).await;
    for forged in ["wctoken", "instanceid", "suggestedtokenttl"] {
        assert!(!page.left_for().to_lowercase().contains(forged), "{:?}", page.left_for);
    }
    for name in ["AppAuthSuccess", "appauthsuccess", "SignOut", "SelectedRecordChanged"] {
        assert!(
            is_trouble(&stranger.get(&redirect("APPREDIRECT", &inner(&format!("&target={name}")))).await),
            "{name}"
        );
    }
    let unknown = "00000000-0000-4000-8000-000000000009";
    let inner = format!("appid={to}&refappid={unknown}");
    assert!(is_trouble(&stranger.get(&redirect("APPREDIRECT", &inner)).await));
});

on_both_engines!(an_application_lets_a_person_rename_a_record, |world: World| async move {
    let desk = Desk::of(world).await;
    let inner = format!("appid={}&extrecordid={}&actionqs=back", desk.id(), desk.pseudonym);
    let address = redirect("EDITRECORD", &inner);
    let mut stranger = desk.site.browser();
    let ask = stranger.get(&address).await;
    let form = stranger.sign_in(&ask, "Ada").await;
    assert!(form.html.contains("value=\"Ada\"") && form.html.contains("Weights"), "{}", form.html);
    let wrong = stranger.fill(&form, &[("name", ""), ("about", "yourself"), ("decision", "save")]).await;
    assert!(wrong.html.contains("Please fill this in.") && wrong.status == 200);
    let back =
        stranger.fill(&wrong, &[("name", "Ada L."), ("about", "yourself"), ("decision", "save")]).await;
    assert_eq!(back.returned("target").as_deref(), Some("EditRecordComplete"));
    assert_eq!((back.returned("actionqs").as_deref(), back.returned("wctoken")), (Some("back"), None));
    let known = records::of_person(&desk.world.domain, desk.ada).await.unwrap();
    assert_eq!(known[0].rights.display_name, "Ada L.");
    let again = stranger.fill(&form, &[("name", "X"), ("about", "yourself"), ("decision", "save")]).await;
    assert!(again.html.contains("This visit is over"), "it is done once");

    let form = stranger.get(&address).await;
    let back = stranger.fill(&form, &[("name", "X"), ("about", "yourself"), ("decision", "keep")]).await;
    assert_eq!(back.returned("target").as_deref(), Some("EditRecordCancel"));
    for ext in ["nonsense", "00000000-0000-4000-8000-000000000009"] {
        let inner = format!("appid={}&extrecordid={ext}", desk.id());
        let back = stranger.get(&redirect("EDITRECORD", &inner)).await;
        assert_eq!(back.returned("target").as_deref(), Some("AppAuthInvalidRecord"), "{ext}");
    }
    let forged = stranger.post("/records/edit?visit=nonsense", &[("name", "X"), ("decision", "save")]).await;
    assert!(forged.left_for.is_none());
});

on_both_engines!(
    an_application_lets_a_person_make_a_record_and_fills_it_in_beforehand,
    |world: World| async move {
        let desk = Desk::of(world).await;
        let mut browser = desk.signed_in("Ada").await;
        let address = redirect("CREATERECORD", &format!("appid={}", desk.id()));
        let body = "CreateRecord=True&Record.FirstName=Elin%3Cscript%3E&Record.LastName=L&Record.Relationship=5\
                &Record.BirthDate=2019-01-01";
        let cookie = browser.cookie.take();
        let request = Request::post(&address)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "cross-site")
            .body(axum::body::Body::from(body))
            .unwrap();
        let response = browser.request(request).await;
        assert_eq!(
            records::of_person(&desk.world.domain, desk.ada).await.unwrap().len(),
            1,
            "nothing is made by itself"
        );
        let to = response.headers()["location"].to_str().unwrap().to_owned();
        browser.cookie = cookie;
        let form = browser.get(&to).await;
        assert!(form.html.contains("value=\"Elin&#60;script&#62; L\""), "{}", form.html);
        assert!(form.html.contains("value=\"child\" required checked"));
        let consent = browser.fill(&form, &[("about", "child"), ("name", "Elin L")]).await;
        assert!(
            consent.html.contains("Elin L") && consent.address.starts_with("/consent"),
            "{}",
            consent.address
        );
        let elin = records::of_person(&desk.world.domain, desk.ada).await.unwrap()[1].id;
        let id = elin.to_string();
        let back = browser.fill(&consent, &[("record", id.as_str()), ("decision", "allow")]).await;
        assert!(back.returned("wctoken").is_some(), "{back:?}");

        // Who makes none may say so.
        let form = browser.get(&address).await;
        assert!(form.address.starts_with("/records/new"));
        let other = form.link_to("/consent");
        let consent = browser.get(&other).await;
        let back = browser.fill(&consent, &[("decision", "not-now")]).await;
        assert_eq!(back.returned("target").as_deref(), Some("AppAuthReject"));
        assert_eq!(records::of_person(&desk.world.domain, desk.ada).await.unwrap().len(), 2);
    }
);
