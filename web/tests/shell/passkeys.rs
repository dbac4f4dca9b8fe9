//! Passkeys at the Shell: accounts without a password, signing in, and the page where they are kept.

use http::header;
use keepwell_core::credentials::passkeys::{self, LIFE};
use keepwell_core::credentials::{self, SignInError, TRIES_OF_PASSKEY};
use keepwell_core::sessions::shell::{self, FRESH, Proof};
use keepwell_testkit::{PasskeyDevice, World, on_both_engines};
use keepwell_web::ShellSettings;

use crate::browser::{Browser, ORIGIN, Page, Site, redirect};

const NEW: &str = "slow river lanterns";
const DAN: [(&str, &str); 5] = [
    ("name", "Dan Moss"),
    ("email", "dan@example.org"),
    ("birth_year", "1990"),
    ("country", "US"),
    ("agreed", "true"),
];

fn device() -> PasskeyDevice {
    PasskeyDevice::at(ORIGIN)
}

fn data(page: &Page, name: &str) -> String {
    let mark = format!(" data-{name}=\"");
    let value = page.html.split(&mark[..]).nth(1).unwrap_or_else(|| panic!("no {name}: {}", page.html));
    value.split('"').next().unwrap().replace("&#38;", "&")
}

fn csrf(page: &Page) -> String {
    page.choices("csrf").remove(0)
}

/// What the button of a page asks the device.
async fn asked(browser: &mut Browser, page: &Page, fields: &[(&str, &str)]) -> String {
    let token = csrf(page);
    let all = [&[("csrf", token.as_str())], fields].concat();
    let answer = browser.post(&data(page, "begin"), &all).await;
    assert_eq!(answer.headers[header::CONTENT_TYPE], "application/json", "{}", answer.html);
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    answer.html
}

/// Sends the form with an answer.
async fn answered(browser: &mut Browser, page: &Page, answer: &str, fields: &[(&str, &str)]) -> Page {
    let token = csrf(page);
    let all = [&[("csrf", token.as_str()), ("passkey", answer)], fields].concat();
    browser.post(&data(page, "finish"), &all).await
}

/// Presses the button of a page, as its script does.
async fn press(
    browser: &mut Browser,
    device: &mut PasskeyDevice,
    page: &Page,
    fields: &[(&str, &str)],
) -> Page {
    let options = asked(browser, page, fields).await;
    let answer = match data(page, "passkey").as_str() {
        _ if options == "{}" => "-".to_owned(),
        "get" => device.get(&options),
        _ => device.create(&options),
    };
    answered(browser, page, &answer, fields).await
}

/// Dan opens an account with a passkey, and is signed in.
async fn open(browser: &mut Browser, device: &mut PasskeyDevice) -> Page {
    let page = browser.get("/sign-up").await;
    press(browser, device, &page, &DAN).await
}

/// Adds a passkey on the person's own page.
async fn add(browser: &mut Browser, device: &mut PasskeyDevice) -> Page {
    let page = browser.get("/account/passkeys").await;
    press(browser, device, &page, &[]).await
}

fn passkey_pages(page: &Page) -> Vec<String> {
    let links = page.html.split(" href=\"/account/passkeys/").skip(1);
    links.map(|rest| format!("/account/passkeys/{}", rest.split('"').next().unwrap())).collect()
}

on_both_engines!(an_account_is_opened_with_a_passkey_and_no_password, |world: World| async move {
    let site = Site::of(&world);
    let (mut browser, mut device) = (site.browser(), device());
    let home = open(&mut browser, &mut device).await;
    assert!(home.title().contains("Your records") && home.html.contains("Dan Moss"), "{}", home.html);
    assert_eq!(site.letters().await.len(), 1, "the address is confirmed like anybody's");
    let account = browser.get("/account").await;
    assert!(account.html.contains("Set a password") && !account.html.contains("Change your password"));
    let page = browser.get("/account/passkeys").await;
    assert!(page.html.contains("An unknown browser") && page.html.contains("Not used yet"));

    let mut elsewhere = site.browser();
    let page = elsewhere.get("/sign-in").await;
    let home = press(&mut elsewhere, &mut device, &page, &[]).await;
    assert!(home.title().contains("Your records") && home.html.contains("Dan Moss"));
    let session = shell::find(&world.domain, &elsewhere.cookie.unwrap()).await.unwrap().unwrap();
    assert_eq!(session.proof, Proof::Passkey);
    assert!(browser.get("/account/passkeys").await.html.contains("Last used"));
});

on_both_engines!(no_passkey_is_made_for_a_form_that_needs_another_look, |world: World| async move {
    world.person("Ada").await;
    let site = Site::of(&world);
    let (mut browser, mut device) = (site.browser(), device());
    let page = browser.get("/sign-up").await;
    for (field, value, says) in [
        ("name", "", "Please fill this in"),
        ("email", "dan", "does not look like an e-mail"),
        ("email", "ada@example.org", "There is an account with this e-mail"),
        ("birth_year", "2020", "have to be 13"),
        ("country", "Atlantis", "Please choose one"),
        ("agreed", "", "Please agree to the terms"),
    ] {
        let form = DAN.map(|(name, good)| (name, if name == field { value } else { good }));
        let again = press(&mut browser, &mut device, &page, &form).await;
        assert!(again.html.contains(says) && again.status == 200, "{field}: {}", again.html);
        assert!(!again.html.contains("too short"), "no password is asked for");
    }
    assert_eq!(device.held(), 0);
    // A form that has changed since the device was asked opens nothing.
    let options = asked(&mut browser, &page, &DAN).await;
    let answer = device.create(&options);
    let other = DAN.map(|(name, good)| (name, if name == "email" { "eve@example.org" } else { good }));
    let refused = answered(&mut browser, &page, &answer, &other).await;
    assert!(refused.html.contains("The passkey could not be used"), "{}", refused.html);
    assert!(credentials::find_login(&world.domain, "eve@example.org").await.unwrap().is_none());
    assert!(open(&mut browser, &mut device).await.title().contains("Your records"));
});

on_both_engines!(where_a_code_is_needed_a_passkey_needs_it_too, |world: World| async move {
    let site = Site::with(&world, ShellSettings { sign_up_by_code: true, ..ShellSettings::at(ORIGIN) });
    let (mut browser, mut device) = (site.browser(), device());
    let code = credentials::new_code(&world.domain, keepwell_core::applications::SHELL).await.unwrap();
    let page = browser.get("/sign-up").await;
    let with = |code| [&DAN[..], &[("code", code)]].concat();
    let wrong = press(&mut browser, &mut device, &page, &with("00000-00000-00000-00000")).await;
    assert!(wrong.html.contains("We do not know this code"));
    let home = press(&mut browser, &mut device, &page, &with(&code)).await;
    assert!(home.title().contains("Your records"), "{}", home.html);
    assert_eq!(device.held(), 1, "the device keeps one passkey, not one for each try");
});

on_both_engines!(a_website_gets_its_person_back_after_a_passkey, |world: World| async move {
    let app = world.weight_app().await;
    let site = Site::of(&world);
    let mut device = device();
    open(&mut site.browser(), &mut device).await;
    let mut browser = site.browser();
    let page = browser.get(&redirect("AUTH", &format!("appid={}", app.app.id))).await;
    assert!(page.address.starts_with("/sign-in?visit="));
    let policy = page.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.contains("connect-src 'self'") && policy.contains("https://weights.example"));
    let consent = press(&mut browser, &mut device, &page, &[]).await;
    assert!(consent.address.starts_with("/consent"), "{}", consent.html);
    let back = browser.fill(&consent, &[("decision", "allow")]).await;
    assert!(back.returned("wctoken").is_some());
    // And so does one that sends people to open an account.
    let mut newcomer = site.browser();
    let mut phone = PasskeyDevice::at(ORIGIN);
    let page = newcomer.get(&redirect("CREATEACCOUNT", &format!("appid={}", app.app.id))).await;
    let eve = DAN.map(|(name, good)| (name, if name == "email" { "eve@example.org" } else { good }));
    let consent = press(&mut newcomer, &mut phone, &page, &eve).await;
    assert!(consent.address.starts_with("/consent"), "{}", consent.html);
});

on_both_engines!(a_passkey_leads_on_to_the_page_that_was_asked_for, |world: World| async move {
    let site = Site::of(&world);
    let mut device = device();
    open(&mut site.browser(), &mut device).await;
    let mut browser = site.browser();
    let page = browser.get("/account/units").await;
    assert!(page.address.starts_with("/sign-in?next="));
    let units = press(&mut browser, &mut device, &page, &[]).await;
    assert_eq!(units.address, "/account/units");
});

on_both_engines!(a_passkey_gives_the_browser_a_secret_that_nobody_knew, |world: World| async move {
    let site = Site::of(&world);
    let mut device = device();
    open(&mut site.browser(), &mut device).await;
    let mut browser = site.browser();
    let page = browser.get("/sign-in").await;
    let before = browser.cookie.clone().unwrap();
    press(&mut browser, &mut device, &page, &[]).await;
    let after = browser.cookie.clone().unwrap();
    assert_ne!(before, after);
    let mut attacker = site.browser();
    attacker.cookie = Some(before);
    assert!(attacker.get("/").await.address.starts_with("/sign-in"));
    let page = browser.get("/sign-in").await;
    press(&mut browser, &mut device, &page, &[]).await;
    attacker.cookie = Some(after);
    assert!(attacker.get("/").await.address.starts_with("/sign-in"), "signing in again ends the one before");
});

on_both_engines!(an_answer_that_is_not_this_browsers_lets_nobody_in, |world: World| async move {
    let site = Site::of(&world);
    let mut device = device();
    open(&mut site.browser(), &mut device).await;
    let refused = |page: &Page| page.html.contains("This passkey did not let you in") && page.status == 200;
    let (mut browser, mut attacker) = (site.browser(), site.browser());
    let page = browser.get("/sign-in").await;
    let theirs = attacker.get("/sign-in").await;
    // What Dan's device signed for his own browser.
    let options = asked(&mut browser, &page, &[]).await;
    let answer = device.get(&options);
    asked(&mut attacker, &theirs, &[]).await;
    assert!(refused(&answered(&mut attacker, &theirs, &answer, &[]).await));
    // What it signed for the attacker's, on a page that looks like ours.
    device.origin = "https://shell.example.evil.example".to_owned();
    let lured = device.get(&asked(&mut attacker, &theirs, &[]).await);
    assert!(refused(&answered(&mut attacker, &theirs, &lured, &[]).await));
    device.origin = ORIGIN.to_owned();
    // Too late, and again.
    let options = asked(&mut browser, &page, &[]).await;
    world.clock.advance(LIFE);
    assert!(refused(&answered(&mut browser, &page, &device.get(&options), &[]).await));
    let answer = device.get(&asked(&mut browser, &page, &[]).await);
    let before = browser.clone();
    assert!(answered(&mut browser, &page, &answer, &[]).await.title().contains("Your records"));
    assert!(refused(&answered(&mut before.clone(), &page, &answer, &[]).await));
});

on_both_engines!(a_form_of_another_site_neither_asks_nor_adds, |world: World| async move {
    let site = Site::of(&world);
    let (mut browser, mut device) = (site.browser(), device());
    open(&mut browser, &mut device).await;
    let page = browser.get("/account/passkeys").await;
    let right = csrf(&page);
    let mut evil = PasskeyDevice::at(ORIGIN);
    let answer = evil.create(&asked(&mut browser, &page, &[]).await);
    for address in
        ["/account/passkeys", "/account/passkeys/begin", "/sign-in/passkey/begin", "/sign-in/passkey"]
    {
        for token in ["", "0123", &right[1..]] {
            let refused = browser.post(address, &[("csrf", token), ("passkey", &answer)]).await;
            assert!(refused.html.contains("lay open too long"), "{address} {token}");
        }
        let fields = [("csrf", right.as_str()), ("passkey", &answer)];
        assert!(browser.post_from(address, &fields, "cross-site").await.html.contains("lay open too long"));
    }
    let id = passkey_pages(&page).remove(0);
    browser.post(&format!("{id}/remove"), &[]).await;
    browser.post(&id, &[("name", "Evil")]).await;
    let page = browser.get("/account/passkeys").await;
    assert!(passkey_pages(&page).len() == 1 && !page.html.contains("Evil"));
});

on_both_engines!(passkeys_are_added_named_and_removed_with_a_letter_each, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let site = Site::of(&world);
    let (mut browser, mut elsewhere) = (site.browser(), site.browser());
    browser.sign_in_at_home("Ada").await;
    elsewhere.sign_in_at_home("Ada").await;
    let mut phone = device();
    let added = add(&mut browser, &mut phone).await;
    assert!(added.html.contains("The passkey is added"), "{}", added.html);
    let page = browser.get(&passkey_pages(&added)[0]).await;
    let no_name = browser.post(&page.address, &[("csrf", &csrf(&page)), ("name", "  ")]).await;
    assert!(no_name.html.contains("Please fill this in"));
    let named = browser.post(&page.address, &[("csrf", &csrf(&page)), ("name", "<b>My phone")]).await;
    assert!(named.html.contains("&#60;b&#62;My phone") && named.title().contains("Passkeys"));

    let mut other = site.browser();
    let sign_in = other.get("/sign-in").await;
    assert!(press(&mut other, &mut phone, &sign_in, &[]).await.html.contains("Ada"));
    let page = browser.get(&page.address).await;
    let gone = browser.fill(&page, &[]).await;
    assert!(gone.html.contains("The passkey is removed"), "{}", gone.html);
    for lost in [&mut elsewhere, &mut other] {
        assert!(lost.get("/").await.address.starts_with("/sign-in"), "every other device is signed out");
    }
    let sign_in = other.get("/sign-in").await;
    assert!(press(&mut other, &mut phone, &sign_in, &[]).await.html.contains("did not let you in"));
    assert_eq!(browser.get(&page.address).await.status, 404);

    // Others tell of the two browsers.
    let letters = site.letters().await;
    let letters: Vec<_> = letters.iter().filter(|letter| letter.subject.contains("passkey")).collect();
    let said: Vec<_> = letters.iter().map(|letter| letter.text.clone().unwrap()).collect();
    assert_eq!(letters.len(), 2);
    assert!(letters.iter().all(|letter| letter.to[0].address == "ada@example.org"));
    let one_says = |words| said.iter().filter(|said| said.contains(words)).count() == 1;
    assert!(one_says("can sign in to your account now"), "{said:?}");
    assert!(one_says("<b>My phone cannot sign in to your account any more"), "{said:?}");
    assert!(said.iter().all(|said| said.contains("https://shell.example/account/passkeys")));
    assert!(passkeys::of_person(&world.domain, ada).await.unwrap().is_empty());
});

on_both_engines!(the_only_way_in_is_not_removed, |world: World| async move {
    let site = Site::of(&world);
    let (mut browser, mut device) = (site.browser(), device());
    open(&mut browser, &mut device).await;
    let list = browser.get("/account/passkeys").await;
    let at = passkey_pages(&list).remove(0);
    let page = browser.get(&at).await;
    assert!(page.html.contains("only way in") && !page.html.contains("/remove"));
    let kept = browser.post(&format!("{at}/remove"), &[("csrf", &csrf(&page))]).await;
    assert!(kept.html.contains("only way in"));
    // With a password it is one of two.
    let page = browser.get("/password/new").await;
    assert!(page.title().contains("Set a password") && !page.html.contains("name=\"current\""));
    let weak = browser.fill(&page, &[("password", "password123"), ("again", "password123")]).await;
    assert!(weak.html.contains("easy to guess") && weak.title().contains("Set a password"));
    let saved = browser.fill(&page, &[("password", NEW), ("again", NEW)]).await;
    assert!(saved.html.contains("Saved.") && saved.html.contains("Change your password"));
    let again =
        browser.fill(&page, &[("password", "a thief's own words"), ("again", "a thief's own words")]).await;
    assert!(again.html.contains("This is not your password"), "{}", again.html);
    let page = browser.get(&at).await;
    assert!(browser.fill(&page, &[]).await.html.contains("You have no passkey yet"));
});

on_both_engines!(
    a_first_password_is_told_by_letter_to_an_address_that_is_confirmed,
    |world: World| async move {
        let site = Site::of(&world);
        for is_confirmed in [false, true] {
            let name = if is_confirmed { "eve@example.org" } else { "dan@example.org" };
            let fields = DAN.map(|(field, good)| (field, if field == "email" { name } else { good }));
            let mut browser = site.browser();
            let page = browser.get("/sign-up").await;
            press(&mut browser, &mut device(), &page, &fields).await;
            let session =
                shell::find(&world.domain, browser.cookie.as_ref().unwrap()).await.unwrap().unwrap();
            if is_confirmed {
                keepwell_core::persons::set_email_validated(&world.domain, session.person).await.unwrap();
            }
            let before = site.letters().await.len();
            let page = browser.get("/password/new").await;
            let saved = browser.fill(&page, &[("password", NEW), ("again", NEW)]).await;
            assert!(saved.html.contains("Saved."), "{}", saved.html);
            let letters = site.letters().await.split_off(before);
            assert_eq!(letters.len(), usize::from(is_confirmed), "{letters:?}");
            for letter in letters {
                assert_eq!(letter.subject, "A password was set for your account");
                assert_eq!(letter.to[0].address, name);
                let text = letter.text.unwrap();
                for said in ["had no password before", "When: ", "https://shell.example/password/forgot"] {
                    assert!(text.contains(said), "{text}");
                }
            }
        }
    }
);

on_both_engines!(a_browser_left_open_gives_nobody_the_account, |world: World| async move {
    let site = Site::of(&world);
    let (mut browser, mut device) = (site.browser(), device());
    open(&mut browser, &mut device).await;
    let page = browser.get("/account/passkeys").await;
    let mut thief = PasskeyDevice::at(ORIGIN);
    let options = asked(&mut browser, &page, &[]).await;
    world.clock.advance(FRESH);
    let asks = |page: &Page| page.title() == "Please show that it is you first";
    let refused = answered(&mut browser, &page, &thief.create(&options), &[]).await;
    assert!(asks(&refused), "{}", refused.html);
    let list = browser.get("/account/passkeys").await;
    assert!(list.html.contains("Show that it is me") && !list.html.contains("data-passkey"));
    let begun = browser.post("/account/passkeys/begin", &[("csrf", &csrf(&list))]).await;
    assert!(asks(&begun) && begun.link_to("/account/prove").ends_with("?next=%2faccount%2fpasskeys"));
    let at = passkey_pages(&list).remove(0);
    let removed = browser.post(&format!("{at}/remove"), &[("csrf", &csrf(&list))]).await;
    assert!(asks(&removed) && removed.link_to("/account/prove").ends_with(&at.replace('/', "%2f")));
    assert_eq!(passkey_pages(&browser.get("/account/passkeys").await), [at]);
    let password = browser.get("/password/new").await;
    assert!(password.address.starts_with("/sign-in?next=%2fpassword%2fnew"));
    let fields = [("csrf", &csrf(&list)[..]), ("password", NEW), ("again", NEW)];
    assert!(asks(&browser.post("/password/new", &fields).await));
    let entered = credentials::sign_in(&world.domain, "dan@example.org", NEW).await;
    assert_eq!(entered, Err(SignInError::Wrong));
    // Who has no password signs in again, which leads back to where it can be done.
    let sign_in = browser.get(&refused.link_to("/account/prove")).await;
    assert!(sign_in.address.starts_with("/sign-in?next=%2faccount%2fpasskeys"), "{}", sign_in.address);
    assert!(sign_in.html.contains("please sign in again before you go on"));
    let back = press(&mut browser, &mut device, &sign_in, &[]).await;
    assert!(back.address == "/account/passkeys" && back.html.contains("data-passkey"));
});

on_both_engines!(
    who_has_a_password_proves_with_it_or_a_passkey_before_passkeys_change,
    |world: World| async move {
        world.person("Ada").await;
        let site = Site::of(&world);
        let (mut browser, mut phone) = (site.browser(), device());
        browser.sign_in_at_home("Ada").await;
        add(&mut browser, &mut phone).await;
        world.clock.advance(FRESH);
        let list = browser.get("/account/passkeys").await;
        let prove = browser.get(&list.link_to("/account/prove")).await;
        assert_eq!(prove.title(), "Please show that it is you");
        let wrong = browser.fill(&prove, &[("password", "a guess")]).await;
        assert!(wrong.html.contains("This is not your password"));
        let back = browser.fill(&prove, &[("password", World::PASSWORD)]).await;
        assert!(back.address == "/account/passkeys" && back.html.contains("data-passkey"), "{}", back.html);
        let page = browser.get(&passkey_pages(&back)[0]).await;
        world.clock.advance(FRESH);
        let told = browser.fill(&page, &[]).await;
        assert_eq!(told.title(), "Please show that it is you first", "{}", told.html);
        // Who has forgotten the password has the passkey.
        let prove = browser.get(&told.link_to("/account/prove")).await;
        let sign_in = browser.get(&prove.link_to("/sign-in")).await;
        let back = press(&mut browser, &mut phone, &sign_in, &[]).await;
        assert_eq!(back.address, page.address);
        assert!(browser.fill(&back, &[]).await.html.contains("The passkey is removed"));
    }
);

on_both_engines!(nobody_sees_or_changes_the_passkeys_of_another, |world: World| async move {
    world.person("Bob").await;
    let site = Site::of(&world);
    let (mut browser, mut bobs) = (site.browser(), site.browser());
    open(&mut browser, &mut device()).await;
    add(&mut browser, &mut device()).await;
    bobs.sign_in_at_home("Bob").await;
    let list = bobs.get("/account/passkeys").await;
    assert!(passkey_pages(&list).is_empty());
    let token = csrf(&list);
    for at in passkey_pages(&browser.get("/account/passkeys").await) {
        assert_eq!(bobs.get(&at).await.status, 404);
        assert_eq!(bobs.post(&at, &[("csrf", &token), ("name", "Bob's")]).await.status, 404);
        assert_eq!(bobs.post(&format!("{at}/remove"), &[("csrf", &token)]).await.status, 404);
    }
    let kept = browser.get("/account/passkeys").await;
    assert!(passkey_pages(&kept).len() == 2 && !kept.html.contains("Bob"));
    let mut stranger = site.browser();
    assert!(stranger.get("/account/passkeys").await.address.starts_with("/sign-in?next="));
});

on_both_engines!(
    too_many_passkeys_that_do_not_fit_are_told_with_how_long_to_wait,
    |world: World| async move {
        let mut browser = Site::of(&world).browser();
        let mut page = browser.get("/sign-in").await;
        let first = page.clone();
        for _ in 0..=TRIES_OF_PASSKEY {
            page = answered(&mut browser, &first, "-", &[]).await;
        }
        assert!(page.html.contains("try again in a minute") && page.status == 200, "{}", page.html);
    }
);

on_both_engines!(a_server_without_a_name_has_no_passkeys, |world: World| async move {
    world.person("Ada").await;
    let site = Site::with(&world, ShellSettings::at("https://192.0.2.1"));
    let mut browser = site.browser();
    for address in ["/sign-in", "/sign-up"] {
        let page = browser.get(address).await;
        assert!(!page.html.contains("passkey") && !page.html.contains("<script"), "{address}");
    }
    let page = browser.get("/sign-in").await;
    let begun = browser.post("/sign-in/passkey/begin", &[("csrf", &csrf(&page))]).await;
    assert_eq!(begun.status, 404);
    browser.sign_in(&page, "Ada").await;
    assert!(browser.get("/account/passkeys").await.html.contains("browsers cannot use passkeys here"));
});

on_both_engines!(in_maintenance_a_passkey_lets_in_and_none_is_added, |world: World| async move {
    let site = Site::of(&world);
    let (mut browser, mut device) = (site.browser(), device());
    open(&mut browser, &mut device).await;
    let list = browser.get("/account/passkeys").await;
    keepwell_core::maintenance::begin(&world.domain, "Back at noon.").await.unwrap();
    let begun = browser.post("/account/passkeys/begin", &[("csrf", &csrf(&list))]).await;
    assert!(begun.html.contains("looking after this server"), "{}", begun.html);
    let mut elsewhere = site.browser();
    let page = elsewhere.get("/sign-in").await;
    assert!(press(&mut elsewhere, &mut device, &page, &[]).await.title().contains("Your records"));
});

on_both_engines!(only_pages_with_a_passkey_run_its_script, |world: World| async move {
    let site = Site::of(&world);
    let (mut browser, mut device) = (site.browser(), device());
    let policy = |page: &Page| page.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
    for address in ["/sign-in", "/sign-up"] {
        let page = browser.get(address).await;
        assert!(policy(&page).contains("script-src 'self'; connect-src 'self'"), "{address}");
        assert!(page.html.contains("/assets/passkeys.") && page.html.contains(" hidden>"), "{address}");
    }
    open(&mut browser, &mut device).await;
    for address in ["/", "/account", "/sessions", "/password/new"] {
        let page = browser.get(address).await;
        assert!(!policy(&page).contains("script-src") && !policy(&page).contains("connect-src"), "{address}");
    }
});
