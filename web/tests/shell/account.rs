//! Accounts: opening one, passwords, and where one is signed in.

use keepwell_core::credentials;
use keepwell_core::letters::{Address, Letter, PER_ADDRESS_AN_HOUR};
use keepwell_testkit::{World, on_both_engines};

use crate::browser::{Browser, Page, Site};

const NEW: &str = "slow river lanterns";

/// The link in a letter.
fn link(letter: &Letter) -> &str {
    letter.text.as_ref().unwrap().lines().find_map(|line| line.strip_prefix("https://shell.example")).unwrap()
}

on_both_engines!(a_forgotten_password_is_replaced_by_a_letter_that_works_once, |world: World| async move {
    world.person("Ada").await;
    let site = Site::of(&world);
    let mut elsewhere = site.browser();
    elsewhere.sign_in_at_home("Ada").await;
    let mut browser = site.browser();
    let page = browser.get("/password/forgot").await;
    let unknown = browser.fill(&page, &[("email", "nobody@example.org")]).await;
    let known = browser.fill(&page, &[("email", "ada@example.org")]).await;
    assert_eq!(
        unknown.html.replace("nobody@", "ada@"),
        known.html,
        "the page does not tell whether there is an account"
    );
    let letters = site.letters().await;
    assert_eq!((letters.len(), &letters[0].to), (1, &vec![Address::plain("ada@example.org")]));
    let link = link(&letters[0]);

    let page = browser.get(link).await;
    let differ = browser.fill(&page, &[("password", NEW), ("again", "something else")]).await;
    assert!(differ.html.contains("are not the same") && differ.status == 200);
    let weak = browser.fill(&page, &[("password", "password123"), ("again", "password123")]).await;
    assert!(weak.html.contains("easy to guess"));
    let home = browser.fill(&page, &[("password", NEW), ("again", NEW)]).await;
    assert!(home.title().contains("Your records"));
    assert!(elsewhere.get("/").await.address.starts_with("/sign-in"), "every other device is signed out");
    let told = site.letters().await;
    assert_eq!(told.iter().filter(|letter| letter.subject == "Your password was changed").count(), 1);
    assert!(credentials::sign_in(&world.domain, "ada@example.org", NEW).await.is_ok());
    assert!(browser.get(link).await.html.contains("This link no longer works"));
    let again = browser.fill(&page, &[("password", World::PASSWORD), ("again", World::PASSWORD)]).await;
    assert!(again.status == 200 && again.html.contains("lay open too long"));
    assert!(credentials::sign_in(&world.domain, "ada@example.org", World::PASSWORD).await.is_err());
});

on_both_engines!(a_link_is_too_old_after_its_time, |world: World| async move {
    world.person("Ada").await;
    let site = Site::of(&world);
    let mut browser = site.browser();
    let page = browser.get("/password/forgot").await;
    browser.fill(&page, &[("email", "ada@example.org")]).await;
    let letters = site.letters().await;
    let link = link(&letters[0]);
    world.clock.advance(credentials::RESET_LIFE);
    assert!(browser.get(link).await.html.contains("This link no longer works"));
});

on_both_engines!(a_password_is_changed_with_the_present_one, |world: World| async move {
    world.person("Ada").await;
    let site = Site::of(&world);
    let (mut here, mut there) = (site.browser(), site.browser());
    here.sign_in_at_home("Ada").await;
    there.sign_in_at_home("Ada").await;
    let page = here.get("/password/new").await;
    let wrong = here.fill(&page, &[("current", "a guess"), ("password", NEW), ("again", NEW)]).await;
    assert!(wrong.html.contains("This is not your password"));
    let saved = here.fill(&page, &[("current", World::PASSWORD), ("password", NEW), ("again", NEW)]).await;
    assert!(saved.html.contains("Saved.") && saved.title().contains("Your account"));
    assert!(there.get("/").await.address.starts_with("/sign-in"));
    assert!(credentials::sign_in(&world.domain, "ada@example.org", NEW).await.is_ok());
    let letters = site.letters().await;
    let told = letters.iter().find(|letter| letter.subject == "Your password was changed").unwrap();
    assert!(told.text.as_ref().unwrap().contains("https://shell.example/password/forgot"));
});

on_both_engines!(a_person_ends_sign_ins_elsewhere_and_everywhere, |world: World| async move {
    world.person("Ada").await;
    world.person("Bob").await;
    let site = Site::of(&world);
    let (mut here, mut there, mut bobs) = (site.browser(), site.browser(), site.browser());
    here.sign_in_at_home("Ada").await;
    there.sign_in_at_home("Ada").await;
    bobs.sign_in_at_home("Bob").await;
    let page = here.get("/sessions").await;
    let session = page.choices("session")[0].clone();
    let csrf = bobs.get("/records/new").await.form().hidden[0].1.clone();
    bobs.post("/sessions/end", &[("csrf", &csrf), ("session", &session)]).await;
    assert!(there.get("/").await.title().contains("Your records"), "nobody ends another's sign-in");
    let csrf = page.form().hidden[0].1.clone();
    let page = here.post("/sessions/end", &[("csrf", &csrf), ("session", &session)]).await;
    assert!(page.html.contains("That device is signed out"));
    assert!(there.get("/").await.address.starts_with("/sign-in"));
    let page = here.fill(&page, &[]).await;
    assert!(page.html.contains("signed out on every device"));
    assert!(here.get("/").await.address.starts_with("/sign-in"));
    assert!(bobs.get("/").await.title().contains("Your records"));
});

on_both_engines!(an_account_needs_honest_answers, |world: World| async move {
    world.person("Ada").await;
    let mut browser = Site::of(&world).browser();
    let page = browser.get("/sign-up").await;
    let good = [
        ("name", "Dan Moss"),
        ("email", "dan@example.org"),
        ("password", NEW),
        ("birth_year", "1990"),
        ("country", "US"),
        ("agreed", "true"),
    ];
    for (field, value, says) in [
        ("name", "", "Please fill this in"),
        ("email", "dan", "does not look like an e-mail"),
        ("email", "ada@example.org", "There is an account with this e-mail"),
        ("password", "short", "too short"),
        ("birth_year", "2020", "have to be 13"),
        ("country", "Atlantis", "Please choose one"),
        ("agreed", "", "Please agree to the terms"),
    ] {
        let form = good.map(|(name, good)| (name, if name == field { value } else { good }));
        let again = browser.fill(&page, &form).await;
        assert!(again.html.contains(says) && again.status == 200, "{field}: {}", again.html);
    }
    let home = browser.fill(&page, &good).await;
    assert!(home.title().contains("Your records") && home.html.contains("Dan Moss"));
});

on_both_engines!(too_many_wrong_passwords_are_told_with_how_long_to_wait, |world: World| async move {
    world.person("Ada").await;
    let mut browser = Site::of(&world).browser();
    let mut page = browser.get("/sign-in").await;
    for _ in 0..=credentials::TRIES {
        page = browser.fill(&page, &[("email", "ada@example.org"), ("password", "a wrong guess")]).await;
    }
    assert!(page.html.contains("try again in 2 minutes") && page.status == 200, "{}", page.html);
});

/// Opens an account and stays signed in.
async fn open_account(browser: &mut Browser) -> Page {
    let page = browser.get("/sign-up").await;
    let form = [
        ("name", "Dan Moss"),
        ("email", "dan@example.org"),
        ("password", NEW),
        ("birth_year", "1990"),
        ("country", "US"),
        ("agreed", "true"),
    ];
    browser.fill(&page, &form).await
}

on_both_engines!(a_new_address_is_confirmed_by_the_button_behind_the_link, |world: World| async move {
    let site = Site::of(&world);
    let mut browser = site.browser();
    open_account(&mut browser).await;
    assert!(browser.get("/account").await.html.contains("Not confirmed yet"));
    let letters = site.letters().await;
    assert_eq!((letters.len(), &letters[0].to), (1, &vec![Address::plain("dan@example.org")]));
    assert!(letters[0].text.as_ref().unwrap().contains("works for 7 days"));

    let mut elsewhere = site.browser();
    let page = elsewhere.get(link(&letters[0])).await;
    assert!(page.title().contains("Confirm your address") && page.html.contains("dan@example.org"));
    elsewhere.get(link(&letters[0])).await;
    assert!(browser.get("/account").await.html.contains("Not confirmed yet"), "a scanner confirms nothing");
    let done = elsewhere.fill(&page, &[]).await;
    assert!(done.title().contains("is confirmed"), "{}", done.html);
    let account = browser.get("/account").await;
    assert!(account.html.contains("Confirmed") && !account.html.contains("Send me a new letter"));
    let again = elsewhere.fill(&page, &[]).await;
    assert!(again.html.contains("This link no longer works"));
    assert!(elsewhere.get("/confirm").await.html.contains("This link no longer works"));
});

on_both_engines!(the_confirmation_is_sent_again_but_not_without_end, |world: World| async move {
    let site = Site::of(&world);
    let mut browser = site.browser();
    open_account(&mut browser).await;
    let sent = |page: &Page| page.html.contains("is on its way to dan@example.org");
    for _ in 1..PER_ADDRESS_AN_HOUR {
        let account = browser.get("/account").await;
        assert!(sent(&browser.fill(&account, &[]).await));
    }
    let account = browser.get("/account").await;
    let enough = browser.fill(&account, &[]).await;
    assert!(enough.html.contains("several letters in the last hour") && !sent(&enough));
    let letters = site.letters().await;
    assert_eq!(letters.len(), PER_ADDRESS_AN_HOUR as usize);
    let page = browser.get(link(letters.last().unwrap())).await;
    assert!(browser.fill(&page, &[]).await.title().contains("is confirmed"), "the last link works");
});

on_both_engines!(letters_for_a_forgotten_password_are_limited_without_a_word, |world: World| async move {
    world.person("Ada").await;
    let site = Site::of(&world);
    let mut browser = site.browser();
    let page = browser.get("/password/forgot").await;
    let first = browser.fill(&page, &[("email", "ada@example.org")]).await;
    for _ in 0..PER_ADDRESS_AN_HOUR {
        let next = browser.fill(&page, &[("email", "Ada@example.org")]).await;
        assert_eq!(next.html.replace("Ada@", "ada@"), first.html);
    }
    assert_eq!(site.letters().await.len(), PER_ADDRESS_AN_HOUR as usize);
});
