//! The second step of a sign-in, and sign-ins with new browsers.

use std::net::IpAddr;

use keepwell_core::credentials::second_factor::WAITING_LIFE;
use keepwell_core::env::SECOND;
use keepwell_testkit::{World, on_both_engines};

use crate::browser::{Browser, Page, Site, redirect};

const STEP: i64 = 30 * SECOND;
const CODE_COOKIE: &str = "__Host-keepwell-code";

/// Everything that stands between two marks on a page.
fn between<'a>(html: &'a str, before: &str, after: &str) -> Vec<&'a str> {
    html.split(before).skip(1).filter_map(|rest| rest.split(after).next()).collect()
}

/// The secret that the page shows.
fn secret(page: &Page) -> String {
    between(&page.html, "<p class=\"secret\"><bdi>", "</bdi>")[0].to_owned()
}

/// How many letters of this subject were sent so far; they arrive in any order.
async fn letters(site: &Site, subject: &str) -> usize {
    site.letters().await.iter().filter(|letter| letter.subject == subject).count()
}

/// Turns the second step on in a browser that is signed in; answers the secret and the recovery codes.
pub async fn set_up(world: &World, browser: &mut Browser) -> (String, Vec<String>) {
    let page = browser.get("/account/second-step").await;
    let secret = secret(&page);
    let codes = browser.fill(&page, &[("code", &world.app_code(&secret))]).await;
    assert_eq!(codes.title(), "Your recovery codes", "{}", codes.html);
    world.clock.advance(STEP);
    let codes = between(&codes.html, "<li><bdi>", "</bdi>").into_iter().map(str::to_owned).collect();
    (secret, codes)
}

/// A site where Ada has a second step, and what belongs to it.
async fn with_second_step(world: &World) -> (Site, String, Vec<String>) {
    world.person("Ada").await;
    let site = Site::of(world);
    let mut browser = site.browser();
    browser.sign_in_at_home("Ada").await;
    let (secret, codes) = set_up(world, &mut browser).await;
    (site, secret, codes)
}

on_both_engines!(a_second_step_is_turned_on_with_a_code_of_the_app, |world: World| async move {
    world.person("Ada").await;
    let site = Site::of(&world);
    let (mut here, mut there) = (site.browser(), site.browser());
    here.sign_in_at_home("Ada").await;
    there.sign_in_at_home("Ada").await;
    site.letters().await;
    assert!(here.get("/account").await.html.contains("Off: your password is enough"));
    let page = here.get("/account/second-step").await;
    assert!(page.html.contains("<svg class=\"qr\" role=\"img\" aria-label="), "{}", page.html);
    assert!(page.html.len() < 100_000, "{} bytes", page.html.len());
    assert!(!page.headers["content-security-policy"].to_str().unwrap().contains("script"));
    assert!(page.html.contains("href=\"otpauth://totp/Keepwell:ada%40example.org?secret="));
    let secret = secret(&page);
    assert_eq!(self::secret(&here.get("/account/second-step").await), secret);
    let wrong = here.fill(&page, &[("code", "12345")]).await;
    assert!(wrong.html.contains("This is not the code that we expect"), "{}", wrong.html);
    assert!(there.get("/").await.title().contains("Your records"), "nothing is on yet");
    let done = here.fill(&page, &[("code", &world.app_code(&secret))]).await;
    let codes = between(&done.html, "<li><bdi>", "</bdi>");
    assert_eq!(codes.len(), 10);
    assert!(there.get("/").await.address.starts_with("/sign-in"), "every other device is signed out");
    assert_eq!(letters(&site, "The second step is on").await, 1);
    let account = here.get("/account").await;
    assert!(account.html.contains("On: signing in takes your password and a code"));
    let page = here.get("/account/second-step").await;
    assert!(page.html.contains("You have 10 recovery codes left.") && !page.html.contains(&secret));
    assert!(!page.html.contains(codes[0]), "they are shown once");
    let again = here.fill(&done, &[]).await;
    assert!(!again.html.contains(codes[0]) && again.status == 200, "a page that is loaded again shows none");
});

on_both_engines!(signing_in_takes_the_password_and_a_code, |world: World| async move {
    let (site, secret, codes) = with_second_step(&world).await;
    let mut browser = site.browser();
    let page = browser.get("/account").await;
    let asked = browser.sign_in(&page, "Ada").await;
    assert_eq!((asked.title(), asked.address.as_str()), ("Enter your code", "/sign-in/code?next=%2faccount"));
    for address in ["/", "/account", "/sessions", "/account/second-step", "/apps", "/account/prove"] {
        let page = browser.get(address).await;
        assert!(page.address.starts_with("/sign-in"), "{address} is not open yet: {}", page.address);
    }
    let wrong = browser.fill(&asked, &[("code", "000 000")]).await;
    assert!(wrong.html.contains("This code is not right"), "{}", wrong.html);
    let code = world.app_code(&secret);
    let done = browser.fill(&asked, &[("code", &code)]).await;
    assert_eq!((done.title(), done.address.as_str()), ("Your account", "/account"));
    assert!(!browser.has_cookie(CODE_COOKIE));
    // The same code again, elsewhere.
    let mut thief = site.browser();
    let asked = thief.sign_in_at_home("Ada").await;
    let refused = thief.fill(&asked, &[("code", &code)]).await;
    assert!(refused.html.contains("it was used before"), "{}", refused.html);
    // A recovery code, once.
    let done = thief.fill(&asked, &[("code", ""), ("recovery", &codes[0])]).await;
    assert!(done.title().contains("Your records"), "{}", done.html);
    let mut other = site.browser();
    let asked = other.sign_in_at_home("Ada").await;
    let refused = other.fill(&asked, &[("code", ""), ("recovery", &codes[0])]).await;
    assert!(refused.html.contains("it was used before"));
    assert!(other.get("/").await.address.starts_with("/sign-in"));
});

on_both_engines!(the_way_to_the_code_belongs_to_one_browser_and_ends, |world: World| async move {
    let (site, secret, _) = with_second_step(&world).await;
    let mut mine = site.browser();
    let asked = mine.sign_in_at_home("Ada").await;
    // Somebody who got hold of the one cookie only.
    let mut thief = mine.clone();
    thief.cookie = None;
    let page = thief.get("/sign-in/code").await;
    assert!(page.html.contains("It took too long to enter the code"), "{}", page.html);
    let csrf = thief.get("/sign-in").await.form().hidden[0].1.clone();
    let code = world.app_code(&secret);
    let page = thief.post("/sign-in/code", &[("csrf", &csrf), ("code", &code)]).await;
    assert!(page.html.contains("It took too long") && thief.get("/").await.address.starts_with("/sign-in"));
    // And without the password there is nothing to enter a code for.
    let mut stranger = site.browser();
    let csrf = stranger.get("/sign-in").await.form().hidden[0].1.clone();
    let page = stranger.post("/sign-in/code", &[("csrf", &csrf), ("code", &code)]).await;
    assert!(page.html.contains("It took too long"));
    world.clock.advance(WAITING_LIFE);
    let late = mine.fill(&asked, &[("code", &world.app_code(&secret))]).await;
    assert!(late.html.contains("It took too long to enter the code"), "{}", late.html);
    let asked = mine.sign_in(&late, "Ada").await;
    assert_eq!(asked.title(), "Enter your code");
});

on_both_engines!(an_application_gets_its_person_after_the_code, |world: World| async move {
    let (site, secret, _) = with_second_step(&world).await;
    let app = world.weight_app().await;
    let mut browser = site.browser();
    let page = browser.get(&redirect("AUTH", &format!("appid={}", app.app.id))).await;
    let asked = browser.sign_in(&page, "Ada").await;
    assert!(asked.title() == "Enter your code" && asked.html.contains("Weights"), "{}", asked.html);
    let policy = asked.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("form-action 'self' https://weights.example"), "{policy}");
    let consent = browser.fill(&asked, &[("code", &world.app_code(&secret))]).await;
    assert!(consent.address.starts_with("/consent?visit="), "{}", consent.address);
    let done =
        browser.fill(&consent, &[("decision", "allow"), ("record", &consent.choices("record")[0])]).await;
    assert_eq!(done.returned("target").as_deref(), Some("AppAuthSuccess"));
});

on_both_engines!(
    a_letter_for_a_forgotten_password_does_not_skip_the_second_step,
    |world: World| async move {
        let (site, secret, _) = with_second_step(&world).await;
        let mut browser = site.browser();
        let page = browser.get("/password/forgot").await;
        browser.fill(&page, &[("email", "ada@example.org")]).await;
        let letters = site.letters().await;
        let text = letters.last().unwrap().text.clone().unwrap();
        let link = text.lines().find_map(|line| line.strip_prefix("https://shell.example")).unwrap();
        let page = browser.get(link).await;
        let new = "slow river lanterns";
        let asked = browser.fill(&page, &[("password", new), ("again", new)]).await;
        assert_eq!(asked.title(), "Enter your code", "{}", asked.html);
        assert!(browser.get("/").await.address.starts_with("/sign-in"));
        let home = browser.fill(&asked, &[("code", &world.app_code(&secret))]).await;
        assert!(home.title().contains("Your records"));
        let letters = site.letters().await;
        // And no other tells the same.
        let subjects: Vec<_> = letters.iter().map(|letter| letter.subject.as_str()).collect();
        assert_eq!(subjects.last(), Some(&"Your password was changed"), "{subjects:?}");
    }
);

on_both_engines!(recovery_codes_are_renewed_and_the_second_step_is_turned_off, |world: World| async move {
    let (site, secret, codes) = with_second_step(&world).await;
    let (mut here, mut there) = (site.browser(), site.browser());
    let asked = here.sign_in_at_home("Ada").await;
    here.fill(&asked, &[("code", &world.app_code(&secret))]).await;
    world.clock.advance(STEP);
    let asked = there.sign_in_at_home("Ada").await;
    there.fill(&asked, &[("code", &world.app_code(&secret))]).await;
    let page = here.get("/account/second-step").await;
    let csrf = page.form().hidden[0].1.clone();
    let renewed = here.post("/account/second-step", &[("csrf", &csrf), ("action", "codes")]).await;
    let new = between(&renewed.html, "<li><bdi>", "</bdi>");
    assert!(new.len() == 10 && !codes.iter().any(|code| new.contains(&code.as_str())));
    assert_eq!(letters(&site, "New recovery codes were made").await, 1);
    assert!(there.get("/").await.title().contains("Your records"));
    let off = here.fill(&page, &[]).await;
    assert!(off.html.contains("The second step is off."), "{}", off.html);
    assert_eq!(letters(&site, "The second step is off").await, 1);
    assert!(there.get("/").await.address.starts_with("/sign-in"), "every other device is signed out");
    assert!(there.sign_in_at_home("Ada").await.title().contains("Your records"));
});

on_both_engines!(a_person_is_told_of_a_sign_in_with_a_new_browser, |world: World| async move {
    world.person("Ada").await;
    let site = Site::of(&world);
    let mut first = site.browser();
    first.sign_in_at_home("Ada").await;
    let page = first.get("/").await;
    assert!(site.letters().await.is_empty() && !page.html.contains("new to it"), "the first is no news");
    let mut other = site.browser();
    other.agent = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0";
    other.address = Some(IpAddr::from([203, 0, 113, 7]));
    other.sign_in_at_home("Ada").await;
    let letters = site.letters().await;
    assert_eq!((letters.len(), letters[0].subject.as_str()), (1, "A new browser signed in to your account"));
    let text = letters[0].text.as_deref().unwrap();
    for says in [
        "When: 1 June 2026, 12:00:00 UTC",
        "Browser: Firefox on Windows",
        "Internet address: 203.0.113.7",
        "https://shell.example/sessions",
    ] {
        assert!(text.contains(says), "{text}");
    }
    let home = first.get("/").await;
    assert!(home.html.contains("new to it: Firefox on Windows, at the internet address 203.0.113.7."));
    assert_eq!(home.link_to("/sessions"), "/sessions");
    let seen = first.fill(&home, &[]).await;
    assert!(!seen.html.contains("new to it"));
    other.cookie = None;
    other.sign_in_at_home("Ada").await;
    assert_eq!(site.letters().await.len(), 1, "it is known now");
});
