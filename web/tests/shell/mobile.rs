//! An app on a phone: from the address that it opens to where its browser ends, and all who get nowhere.

use keepwell_core::applications::{self, State};
use keepwell_core::authorizations;
use keepwell_core::env::{DAY, HOUR};
use keepwell_core::ids::AppId;
use keepwell_core::installations::{self, Limits};
use keepwell_testkit::{Phone, World, on_both_engines};

use crate::browser::{Browser, ORIGIN, Page, Site, redirect};

/// The address that a device opens, as the iOS SDK writes it.
fn address(phone: &Phone) -> String {
    let inner = format!(
        "?appid={}&appCreationToken={}&instanceName=Ada%E2%80%99s%20phone&ismra=false&mobile=true&aib=true",
        phone.master, phone.token
    );
    redirect("CREATEAPPLICATION", &inner)
}

fn app_auth(id: AppId) -> String {
    redirect("APPAUTH", &format!("?appid={id}&mobile=true"))
}

async fn is_known(world: &World, id: AppId) -> bool {
    applications::find(&world.domain, id).await.unwrap().is_some_and(|app| app.state == State::Active)
}

/// Ada's browser at the question.
async fn asked(browser: &mut Browser, phone: &Phone) -> Page {
    let page = browser.get(&address(phone)).await;
    let page = browser.sign_in(&page, "Ada").await;
    assert!(page.address.starts_with("/consent?visit="), "{}: {}", page.address, page.html);
    page
}

fn is_spent(page: &Page) -> bool {
    assert_eq!((page.status.as_u16(), page.left_for.as_deref()), (200, None));
    page.title() == "This request cannot be used"
}

on_both_engines!(a_device_is_let_in_and_its_browser_ends_where_each_sdk_looks, |world: World| async move {
    world.person("Ada").await;
    let master = world.mobile_app().await;
    let phone = world.offer(master.id).await;
    let site = Site::of(&world);
    let mut browser = site.browser();
    let page = browser.get(&address(&phone)).await;
    assert!(page.html.contains("Sign in to go on to") && page.html.contains("Steps &#38; Stairs"));
    assert!(!is_known(&world, phone.id).await);
    let page = browser.sign_in(&page, "Ada").await;
    assert!(page.html.contains("On the device Ada\u{2019}s phone."), "{}", page.html);
    assert!(page.html.contains("Go on only if you started"), "whoever sent the link may have the device");
    assert!(page.html.contains("Also when you are away") && page.html.contains("To draw your weight"));
    for address in [&page.address, &page.form().action] {
        assert!(!address.to_lowercase().contains("complete"), "{address}");
    }
    assert!(!is_known(&world, phone.id).await, "nothing is made before the person agrees");
    let page = browser.fill(&page, &[("decision", "allow")]).await;
    assert_eq!(
        page.address,
        format!("/application/complete?appid={}&target=AppAuthSuccess&instanceid=1", phone.id)
    );
    assert_eq!((page.status.as_u16(), page.title()), (200, "All done"));
    assert!(page.html.contains("Steps &#38; Stairs"));
    assert!(is_known(&world, phone.id).await);
    let letters = site.letters().await;
    let letter = letters.last().unwrap();
    assert_eq!(letter.subject, "An app was let in on a phone or tablet");
});

on_both_engines!(an_address_that_was_used_leads_nowhere, |world: World| async move {
    world.person("Ada").await;
    let master = world.mobile_app().await;
    let phone = world.offer(master.id).await;
    let site = Site::of(&world);
    let mut browser = site.browser();
    let page = asked(&mut browser, &phone).await;
    let done = browser.fill(&page, &[("decision", "allow")]).await;
    assert!(done.address.starts_with("/application/complete?"));
    let again = browser.fill(&page, &[("decision", "allow")]).await;
    assert_eq!(again.title(), "This visit is over", "the form is sent again");
    assert!(is_spent(&browser.get(&address(&phone)).await), "the redirect is followed again");
    assert!(is_spent(&site.browser().get(&address(&phone)).await), "in another browser too");
});

on_both_engines!(a_token_that_is_not_good_leads_nowhere, |world: World| async move {
    world.person("Ada").await;
    let (master, other) = (world.mobile_app().await, world.mobile_app().await);
    let web = world.weight_app().await;
    let phone = world.offer(master.id).await;
    let mut browser = Site::of(&world).browser();
    for bad in [
        Phone { master: other.id, ..phone.clone() },
        Phone { master: web.app.id, ..phone.clone() },
        Phone { token: "TESTTOKEN".to_owned(), ..phone.clone() },
        Phone { token: String::new(), ..phone.clone() },
        Phone { token: phone.token.replace('A', "B"), ..phone.clone() },
    ] {
        assert!(is_spent(&browser.get(&address(&bad)).await), "{}", bad.token);
    }
    let without = redirect("CREATEAPPLICATION", &format!("appid={}&instanceName=phone", master.id));
    assert!(is_spent(&browser.get(&without).await));
    let page = browser.get(&address(&phone)).await;
    world.clock.advance(HOUR);
    assert!(is_spent(&browser.get(&address(&phone)).await), "expired");
    let late = browser.sign_in(&page, "Ada").await;
    assert_eq!((late.status.as_u16(), late.left_for), (200, None));
    assert!(!is_known(&world, phone.id).await);
});

on_both_engines!(who_says_no_leaves_a_device_that_is_good_for_nothing, |world: World| async move {
    world.person("Ada").await;
    let master = world.mobile_app().await;
    let phone = world.offer(master.id).await;
    let mut browser = Site::of(&world).browser();
    let page = asked(&mut browser, &phone).await;
    let page = browser.fill(&page, &[("decision", "not-now")]).await;
    assert_eq!(
        page.address,
        format!("/application/complete?appid={}&target=AppAuthReject", phone.id),
        "without an instance the SDKs know that it failed"
    );
    assert_eq!((page.status.as_u16(), page.title()), (200, "Nothing was shared"));
    assert!(!is_known(&world, phone.id).await);
    assert!(is_spent(&browser.get(&address(&phone)).await));
    assert_eq!(browser.get(&app_auth(phone.id)).await.title(), "We do not know the app that sent you");
    let next = world.offer(master.id).await;
    let page = browser.get(&address(&next)).await;
    let page = browser.fill(&page, &[("decision", "allow")]).await;
    assert!(page.address.contains("AppAuthSuccess"), "and may start again");
});

on_both_engines!(who_closes_the_browser_can_open_the_address_again, |world: World| async move {
    world.person("Ada").await;
    let master = world.mobile_app().await;
    let phone = world.offer(master.id).await;
    let site = Site::of(&world);
    asked(&mut site.browser(), &phone).await;
    let mut browser = site.browser();
    let page = asked(&mut browser, &phone).await;
    let page = browser.fill(&page, &[("decision", "allow")]).await;
    assert!(page.address.contains("AppAuthSuccess"));
});

on_both_engines!(of_two_people_with_one_address_the_first_who_agrees_is_let_in, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let (bob, _) = world.person("Bob").await;
    let master = world.mobile_app().await;
    let phone = world.offer(master.id).await;
    let site = Site::of(&world);
    let mut adas = site.browser();
    let ada_page = asked(&mut adas, &phone).await;
    let mut bobs = site.browser();
    let bob_page = bobs.get(&address(&phone)).await;
    let bob_page = bobs.sign_in(&bob_page, "Bob").await;
    let done = adas.fill(&ada_page, &[("decision", "allow")]).await;
    assert!(done.address.contains("AppAuthSuccess"));
    assert!(is_spent(&bobs.fill(&bob_page, &[("decision", "allow")]).await));
    assert_eq!(installations::owner(&world.domain, phone.id).await.unwrap(), Some(ada));

    let page = bobs.get(&app_auth(phone.id)).await;
    assert_eq!((page.status.as_u16(), page.title()), (200, "This app belongs to somebody else here"));
    assert!(installations::of_person(&world.domain, bob).await.unwrap().is_empty());
    let page = bobs.get(&page.link_to("/sign-in")).await;
    let page = bobs.sign_in(&page, "Ada").await;
    assert!(page.address.starts_with("/consent?visit="), "its owner may sign in there: {}", page.address);
});

on_both_engines!(two_people_use_an_app_on_one_device_each_for_themselves, |world: World| async move {
    world.person("Ada").await;
    world.person("Bob").await;
    let master = world.mobile_app().await;
    let site = Site::of(&world);
    let mut browser = site.browser();
    for name in ["Ada", "Bob"] {
        let phone = world.offer(master.id).await;
        let page = browser.get(&address(&phone)).await;
        let page = if name == "Bob" {
            let visit = page.address.split_once('?').unwrap().1.to_owned();
            let page = browser.get(&format!("/sign-in?{visit}")).await;
            browser.sign_in(&page, name).await
        } else {
            browser.sign_in(&page, name).await
        };
        let page = browser.fill(&page, &[("decision", "allow")]).await;
        assert!(page.address.contains(&phone.id.to_string()), "{}", page.address);
    }
});

on_both_engines!(a_device_that_was_stopped_is_allowed_again_by_its_own_id, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let master = world.mobile_app().await;
    let phone = world.phone(master.id, "phone", ada, record).await;
    world.revoke(phone.id, ada, record).await;
    let mut browser = Site::of(&world).browser();
    let page = browser.get(&app_auth(phone.id)).await;
    let page = browser.sign_in(&page, "Ada").await;
    assert!(page.html.contains("On the device phone."));
    let page = browser.fill(&page, &[("decision", "allow")]).await;
    let end = format!("/application/complete?appid={}&target=AppAuthSuccess&instanceid=1", phone.id);
    assert_eq!(page.address, end);
    let child = applications::find(&world.domain, phone.id).await.unwrap().unwrap().application;
    assert_eq!(authorizations::records_of(&world.domain, &child, ada).await.unwrap().len(), 1);
});

on_both_engines!(nobody_allows_what_is_installed_itself, |world: World| async move {
    world.person("Ada").await;
    let master = world.mobile_app().await;
    let mut browser = Site::of(&world).browser();
    browser.sign_in_at_home("Ada").await;
    for target in ["AUTH", "APPAUTH", "CREATEACCOUNT"] {
        let page = browser.get(&redirect(target, &format!("appid={}", master.id))).await;
        assert_eq!((page.status.as_u16(), page.title()), (200, "We do not know the app that sent you"));
    }
});

on_both_engines!(an_action_url_is_told_the_devices_id_and_no_token, |world: World| async move {
    world.person("Ada").await;
    let head = "name = \"Steps\"\naction-url = \"https://steps.example/done?x=1\"\n";
    let master = world.mobile_app_from(head).await;
    let phone = world.offer(master.id).await;
    let mut browser = Site::of(&world).browser();
    let page = asked(&mut browser, &phone).await;
    let page = browser.fill(&page, &[("decision", "allow")]).await;
    let end = format!("https://steps.example/done?x=1&appid={}&target=AppAuthSuccess&instanceid=1", phone.id);
    assert_eq!(page.left_for(), end);
    let other = world.offer(master.id).await;
    let page = browser.get(&address(&other)).await;
    let page = browser.fill(&page, &[("decision", "not-now")]).await;
    let end = format!("https://steps.example/done?x=1&appid={}&target=AppAuthReject", other.id);
    assert_eq!(page.left_for(), end);
});

on_both_engines!(an_app_for_several_records_gets_those_that_are_chosen, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let master = world.mobile_app().await;
    let phone = world.offer(master.id).await;
    let mut browser = Site::of(&world).browser();
    browser.sign_in_at_home("Ada").await;
    let page = browser.get("/records/new").await;
    browser.fill(&page, &[("about", "child"), ("name", "Elin")]).await;
    let page = browser.get(&address(&phone).replace("ismra%3Dfalse", "ismra%3Dtrue")).await;
    let records = page.choices("record");
    assert_eq!(records.len(), 2);
    let fields = [("record", &records[0][..]), ("record", &records[1]), ("decision", "allow")];
    let page = browser.fill(&page, &fields).await;
    assert!(page.address.contains("AppAuthSuccess"), "{}", page.address);
    let child = applications::find(&world.domain, phone.id).await.unwrap().unwrap().application;
    assert_eq!(authorizations::records_of(&world.domain, &child, ada).await.unwrap().len(), 2);
});

on_both_engines!(who_has_too_many_devices_is_told_which_to_cut_off, |mut world: World| async move {
    world.domain = world.domain.with_device_limits(Limits { per_person: 1, ..Limits::default() });
    let (ada, record) = world.person("Ada").await;
    let master = world.mobile_app().await;
    world.phone(master.id, "The old one", ada, record).await;
    let phone = world.offer(master.id).await;
    let mut browser = Site::of(&world).browser();
    let page = browser.get(&address(&phone)).await;
    let page = browser.sign_in(&page, "Ada").await;
    assert_eq!((page.status.as_u16(), page.title()), (200, "You have too many phones and tablets here"));
    let page = browser.get(&page.link_to("/devices")).await;
    assert!(page.html.contains("The old one"));
    let link = page.html.split("href=\"/devices/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let page = browser.get(&format!("/devices/{link}")).await;
    assert_eq!(page.title(), "Cut off Steps &#38; Stairs on The old one?");
    let page = browser.fill(&page, &[("decision", "cut")]).await;
    assert!(page.html.contains("It is cut off.") && !page.html.contains("The old one"));
    let page = browser.get(&address(&phone)).await;
    let page = browser.fill(&page, &[("decision", "allow")]).await;
    assert!(page.address.contains("AppAuthSuccess"), "the device’s request is still good");
});

on_both_engines!(a_person_sees_devices_by_name_and_cuts_an_app_off_on_all, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let (bob, bobs) = world.person("Bob").await;
    let (master, other) = (world.mobile_app().await, world.mobile_app_from("name = \"Scale\"\n").await);
    let [phone, tablet, scale] = [
        world.phone(master.id, "Ada\u{2019}s phone", ada, record).await,
        world.phone(master.id, "", ada, record).await,
        world.phone(other.id, "Kitchen", ada, record).await,
    ];
    let his = world.phone(master.id, "Bob\u{2019}s phone", bob, bobs).await;
    let mut browser = Site::of(&world).browser();
    browser.sign_in_at_home("Ada").await;
    let page = browser.get("/devices").await;
    for name in ["Ada\u{2019}s phone", "A phone or tablet without a name", "Kitchen", "For the record of Ada"]
    {
        assert!(page.html.contains(name), "{name}: {}", page.html);
    }
    assert!(!page.html.contains("Bob"));
    let theirs = browser.get(&format!("/devices/{}", his.id)).await;
    assert_eq!(theirs.status.as_u16(), 404);
    let page = browser.get(&format!("/devices/all/{}", master.id)).await;
    assert!(page.html.contains("from 2 devices"), "{}", page.html);
    let kept = browser.fill(&page, &[("decision", "keep")]).await;
    assert!(kept.html.contains("Ada\u{2019}s phone"));
    let page = browser.fill(&page, &[("decision", "cut")]).await;
    assert!(page.html.contains("Kitchen") && !page.html.contains("Ada\u{2019}s phone"), "{}", page.html);
    for (id, known) in [(phone.id, false), (tablet.id, false), (scale.id, true), (his.id, true)] {
        assert_eq!(is_known(&world, id).await, known);
    }
});

on_both_engines!(a_person_is_told_of_two_places_and_of_what_they_do_not_use, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let master = world.mobile_app().await;
    let phone = world.phone(master.id, "phone", ada, record).await;
    for address in ["192.0.2.7", "198.51.100.9", "192.0.2.7"] {
        installations::used(&world.domain, phone.id, address.parse().ok()).await.unwrap();
        world.clock.advance(6 * keepwell_core::env::MINUTE);
    }
    let site = Site::of(&world);
    let mut browser = site.browser();
    browser.sign_in_at_home("Ada").await;
    let page = browser.get("/devices").await;
    assert!(page.html.contains("Used from two places at the same time"), "{}", page.html);
    assert!(!page.html.contains("not used for a long time"));
    world.clock.advance(181 * DAY);
    let mut browser = site.browser();
    browser.sign_in_at_home("Ada").await;
    let page = browser.get("/devices").await;
    assert!(page.html.contains("not used for a long time") && !page.html.contains("two places"));
});

on_both_engines!(many_devices_fit_on_several_pages, |mut world: World| async move {
    world.domain = world.domain.with_device_limits(Limits { per_person: 200, ..Limits::default() });
    let (ada, record) = world.person("Ada").await;
    let master = world.mobile_app().await;
    for number in 0..120 {
        world.phone(master.id, &format!("Phone number {number} of a long and rainy year"), ada, record).await;
    }
    let mut browser = Site::of(&world).browser();
    browser.sign_in_at_home("Ada").await;
    let mut seen = 0;
    for page in 1..=3 {
        let page = browser.get(&format!("/devices?page={page}")).await;
        assert!(page.html.len() < 100 * 1024, "{}", page.html.len());
        seen += page.html.matches("rainy year</p>").count();
    }
    assert_eq!(seen, 120);
    assert_eq!(browser.get("/devices?page=99").await.status.as_u16(), 200);
    assert_eq!(browser.get("/devices?page=x").await.status.as_u16(), 200);
});

on_both_engines!(no_step_of_the_flow_answers_400_or_says_that_it_is_over, |world: World| async move {
    world.person("Ada").await;
    let master = world.mobile_app().await;
    let phone = world.offer(master.id).await;
    let mut browser = Site::of(&world).browser();
    let page = browser.get(&address(&phone)).await;
    let wrong = [("email", "ada@example.org"), ("password", "not it at all")];
    let mut pages = vec![browser.fill(&page, &wrong).await];
    pages.push(browser.post(&page.form().action, &[("csrf", "of another day")]).await);
    let sign_up = browser.get(&page.link_to("/sign-up")).await;
    pages.push(browser.fill(&sign_up, &[("name", ""), ("email", "no")]).await);
    for _ in 0..12 {
        pages.push(browser.fill(&page, &wrong).await);
    }
    world.clock.advance(HOUR / 2);
    let consent = browser.sign_in(&page, "Ada").await;
    pages.push(browser.fill(&consent, &[("decision", "")]).await);
    pages.push(browser.fill(&consent, &[("decision", "allow"), ("record", "nothing")]).await);
    for page in &pages {
        assert!(
            page.status.as_u16() == 200 || page.address.starts_with("/application/complete?"),
            "{}",
            page.address
        );
        let before_the_end = !page.address.starts_with("/application/complete?");
        assert!(!before_the_end || !page.address.contains("complete"), "{}", page.address);
        for link in page.html.split(" href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(!link.contains("complete") && !link.contains("target=AppAuth"), "{link}");
        }
    }
    // What is there for passkeys is a file of ours, and nothing needs it.
    assert!(page.html.contains("name=\"viewport\"") && !page.html.contains("<script>"));
    assert!(!page.address.starts_with(ORIGIN));
});

on_both_engines!(
    an_older_desktop_client_brings_an_id_and_a_certificate_of_its_own,
    |world: World| async move {
        use base64::Engine as _;
        world.person("Ada").await;
        let master = world.mobile_app().await;
        let certificate = keepwell_testkit::SigningKey::another().certificate();
        let key = base64::prelude::BASE64_STANDARD.encode(&certificate.der);
        let key: String = form_urlencoded::byte_serialize(key.as_bytes()).collect();
        let id = uuid::Uuid::from_u128(0x7e57_0000_0000_4000_8000_0000_0000_0001);
        let at = |id: uuid::Uuid, key: &str| {
            let inner = format!("?appid={}&instanceId={id}&publicKey={key}&instanceName=Desk", master.id);
            redirect("CREATEAPPLICATION", &inner)
        };
        let mut browser = Site::of(&world).browser();
        assert!(is_spent(&browser.get(&at(id, "bm9uZQ%3d%3d")).await), "no certificate");
        assert!(is_spent(&browser.get(&at(master.id.0, &key)).await), "an id that is taken");
        let page = browser.get(&at(id, &key)).await;
        let page = browser.sign_in(&page, "Ada").await;
        assert!(page.html.contains("On the device Desk."), "{}", page.html);
        let page = browser.fill(&page, &[("decision", "allow")]).await;
        assert_eq!(
            page.address,
            format!("/application/complete?appid={id}&target=AppAuthSuccess&instanceid=1")
        );
        let known =
            applications::certificate(&world.domain, AppId(id), &certificate.thumbprint).await.unwrap();
        assert_eq!(known, Some(certificate.der));
        assert!(is_spent(&browser.get(&at(id, &key)).await), "once");
    }
);
