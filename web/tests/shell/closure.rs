//! Closing an account or a record, another e-mail address, and what was ever allowed.

use keepwell_core::applications::{self, Rule};
use keepwell_core::authorizations;
use keepwell_core::env::{DAY, HOUR};
use keepwell_core::erasure::{self, Event, GRACE, PIECES};
use keepwell_core::letters::Letter;
use keepwell_core::persons::{self, Person, State};
use keepwell_core::things;
use keepwell_testkit::{World, on_both_engines, weight};

use crate::browser::Site;

fn nobody(_: &Person, _: &Event) -> Letter {
    unreachable!("nobody is written to")
}

/// The link in a letter.
fn link(letter: &Letter) -> String {
    let lines = || letter.text.as_ref().unwrap().lines();
    lines().find_map(|line| line.strip_prefix("https://shell.example")).unwrap().to_owned()
}

on_both_engines!(a_person_closes_their_account_and_comes_back, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let app = world.weight_app().await;
    world.allow(&app.app, ada, record).await;
    let site = Site::of(&world);
    let (mut here, mut there) = (site.browser(), site.browser());
    here.sign_in_at_home("Ada").await;
    there.sign_in_at_home("Ada").await;
    let from = here.get("/account").await;
    let page = here.get(&from.link_to("/account/close")).await;
    assert!(
        page.html.contains("erased after 30 days") && page.html.contains("It is erased with your account")
    );
    assert!(page.html.contains(&format!("/records/{record}/copy")), "the copy is offered first");
    let again = here.fill(&page, &[("decision", "close")]).await;
    assert!(again.html.contains("Please tick this first"));
    let kept = here.fill(&page, &[("decision", "keep"), ("agreed", "true")]).await;
    assert!(kept.title().contains("Your account"));
    let closed = here.fill(&page, &[("decision", "close"), ("agreed", "true")]).await;
    assert!(closed.title().contains("Your account is closed"), "{}", closed.html);
    assert!(there.get("/").await.address.starts_with("/sign-in"), "signed out everywhere");
    // Another one tells of the second browser.
    let letters = site.letters().await;
    let about: Vec<_> = letters.iter().filter(|letter| letter.subject.contains("closed")).collect();
    assert!(about.len() == 1 && about[0].subject.contains("Your account is closed"));

    let mut browser = site.browser();
    let front = browser.get(&link(about[0])).await;
    let asked = browser.sign_in(&front, "Ada").await;
    assert!(asked.title().contains("You closed this account"), "{}", asked.html);
    assert!(browser.get("/").await.address.starts_with("/sign-in"), "not signed in before they decide");
    let left = browser.fill(&asked, &[("decision", "leave")]).await;
    assert!(left.title().contains("signed out"));
    let front = browser.get("/sign-in").await;
    let asked = browser.sign_in(&front, "Ada").await;
    let home = browser.fill(&asked, &[("decision", "keep")]).await;
    assert!(home.title().contains("Your records") && home.html.contains("1 app"), "{}", home.html);
    let spent = browser.fill(&asked, &[("decision", "keep")]).await;
    assert!(spent.html.contains("lay open too long"));
    world.clock.advance(GRACE + DAY);
    assert_eq!(erasure::sweep(&world.domain, &nobody, PIECES).await, Ok(erasure::Swept::default()));
});

on_both_engines!(no_other_site_closes_an_account_and_no_other_person_keeps_it, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    world.person("Eve").await;
    let site = Site::of(&world);
    let (mut browser, mut eves) = (site.browser(), site.browser());
    browser.sign_in_at_home("Ada").await;
    eves.sign_in_at_home("Eve").await;
    let eves_csrf = eves.get("/records/new").await.form().hidden[0].1.clone();
    let own = browser.get("/account/close").await.form().hidden[0].1.clone();
    for address in ["/account/close".to_owned(), format!("/records/{record}/close")] {
        for csrf in ["", "0000", &eves_csrf] {
            let fields = [("csrf", csrf), ("decision", "close"), ("agreed", "true")];
            browser.post(&address, &fields).await;
        }
        let fields = [("csrf", own.as_str()), ("decision", "close"), ("agreed", "true")];
        browser.post_from(&address, &fields, "cross-site").await;
    }
    for (address, email) in [("/account/email", "eve@example.org"), ("/account/email/drop", "")] {
        browser.post(address, &[("csrf", &eves_csrf), ("email", email)]).await;
    }
    let now = persons::find(&world.domain, ada).await.unwrap().unwrap();
    assert_eq!(now.state, State::Active);
    assert!(site.letters().await.is_empty());
    assert!(browser.get(&format!("/records/{record}")).await.status == 200);
    assert_eq!(eves.get(&format!("/records/{record}/close")).await.status, 404);
    let theirs = [("csrf", eves_csrf.as_str()), ("decision", "close"), ("agreed", "true")];
    assert_eq!(eves.post(&format!("/records/{record}/close"), &theirs).await.status, 404);

    let close = browser.get("/account/close").await;
    browser.fill(&close, &[("decision", "close"), ("agreed", "true")]).await;
    let csrf = eves.get("/records/new").await.form().hidden[0].1.clone();
    for token in ["", "a guess", &browser.cookie.clone().unwrap_or_default()] {
        let fields = [("csrf", csrf.as_str()), ("token", token), ("decision", "keep")];
        let page = eves.post("/account/keep", &fields).await;
        assert!(page.html.contains("lay open too long"), "{}", page.html);
    }
    let fields = [("csrf", csrf.as_str()), ("record", &record.to_string())];
    eves.post("/account/leaving", &fields).await;
    assert_eq!(persons::find(&world.domain, ada).await.unwrap().unwrap().state, State::Closing);
});

on_both_engines!(a_new_address_is_taken_by_its_letter_and_undone_by_the_other, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let site = Site::of(&world);
    let mut browser = site.browser();
    browser.sign_in_at_home("Ada").await;
    let from = browser.get("/account").await;
    let page = browser.get(&from.link_to("/account/email")).await;
    for (email, says) in [
        ("", "Please fill this in"),
        ("ada", "does not look like an e-mail"),
        ("ADA@example.org", "This is your address already"),
    ] {
        let again = browser.fill(&page, &[("email", email)]).await;
        assert!(again.html.contains(says), "{email}: {}", again.html);
    }
    let sent = browser.fill(&page, &[("email", "ada@new.example")]).await;
    assert!(sent.html.contains("We sent a letter to ada@new.example"), "{}", sent.html);
    let letters = site.letters().await;
    assert_eq!(letters.len(), 2);
    let to = |address: &str| letters.iter().find(|letter| letter.to[0].address == address).unwrap();
    assert!(to("ada@example.org").text.as_ref().unwrap().contains("ada@new.example"));
    let confirm = link(to("ada@new.example"));
    let mut elsewhere = site.browser();
    let asks = elsewhere.get(&confirm).await;
    assert!(asks.title().contains("Use this address"));
    assert_eq!(persons::find(&world.domain, ada).await.unwrap().unwrap().email, "ada@example.org");
    let done = elsewhere.fill(&asks, &[]).await;
    assert!(done.title().contains("Your address is changed"), "{}", done.html);
    assert!(elsewhere.get(&confirm).await.html.contains("This link no longer works"));
    assert!(browser.get("/account").await.html.contains("ada@new.example"));
    let front = elsewhere.get("/sign-in").await;
    let home = elsewhere.fill(&front, &[("email", "ada@new.example"), ("password", World::PASSWORD)]).await;
    assert!(home.title().contains("Your records"));

    let letters = site.letters().await;
    let changed = letters.iter().rfind(|letter| letter.to[0].address == "ada@example.org");
    let undo = link(changed.unwrap());
    let mut victims = site.browser();
    let asks = victims.get(&undo).await;
    assert!(asks.html.contains("ada@example.org") && asks.title().contains("Take your old address back"));
    let choose = victims.fill(&asks, &[]).await;
    assert!(choose.address.starts_with("/password/new"), "{}", choose.address);
    assert!(browser.get("/").await.address.starts_with("/sign-in"), "signed out everywhere");
    let new = "slow river lanterns";
    let home = victims.fill(&choose, &[("password", new), ("again", new)]).await;
    assert!(home.title().contains("Your records"));
    assert_eq!(persons::find(&world.domain, ada).await.unwrap().unwrap().email, "ada@example.org");
});

on_both_engines!(the_page_does_not_tell_whose_address_has_an_account, |world: World| async move {
    world.person("Ada").await;
    world.person("Bob").await;
    let site = Site::of(&world);
    let mut browser = site.browser();
    browser.sign_in_at_home("Ada").await;
    let page = browser.get("/account/email").await;
    let free = browser.fill(&page, &[("email", "cat@example.org")]).await;
    let taken = browser.fill(&page, &[("email", "bob@example.org")]).await;
    assert_eq!(free.html.replace("cat@", "bob@"), taken.html);
    let letters = site.letters().await;
    let bobs: Vec<_> = letters.iter().filter(|letter| letter.to[0].address == "bob@example.org").collect();
    assert!(bobs.len() == 1 && bobs[0].text.as_ref().unwrap().contains("There is an account with it"));
    assert!(!bobs[0].text.as_ref().unwrap().contains("token="));
    let dropped = browser.post("/account/email/drop", &[("csrf", &page.form().hidden[0].1)]).await;
    assert!(!dropped.html.contains("We are waiting"));
});

on_both_engines!(a_record_is_closed_and_kept_on_its_own_pages, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let site = Site::of(&world);
    let mut browser = site.browser();
    browser.sign_in_at_home("Ada").await;
    let settings = browser.get(&format!("/records/{record}/settings")).await;
    let page = browser.get(&settings.link_to(&format!("/records/{record}/close"))).await;
    let closed = browser.fill(&page, &[("decision", "close"), ("agreed", "true")]).await;
    assert!(closed.title().contains("The record of Ada is shut"), "{}", closed.html);
    assert_eq!(browser.get(&format!("/records/{record}")).await.status, 404);
    let account = browser.get("/account").await;
    assert!(account.html.contains("One record is waiting to be erased"));
    let leaving = browser.get(&account.link_to("/account/leaving")).await;
    assert!(leaving.html.contains("Erased after"));
    let kept = browser.fill(&leaving, &[]).await;
    assert_eq!((kept.address, kept.status.as_u16()), (format!("/records/{record}"), 200));
    let empty = browser.get("/account/leaving").await;
    assert!(empty.html.contains("No record of yours is waiting"));
    assert!(
        things::put(&world.domain, &authorizations::Caller::person(ada), record, &[weight(70.0, 1)])
            .await
            .is_ok()
    );
    let said = browser.get(&format!("/records/{record}/activity")).await;
    assert!(said.html.contains("Had the record shut") && said.html.contains("Took the record back"));
});

/// An application that asks for sleep only if the person wants.
const DIARY: &str = "name = \"Diary\"\naction-url = \"https://diary.example/return\"\n\
    [[online]]\nname = \"weight\"\nwhy = \"To draw it\"\npermissions = [\"read\"]\ntypes = [\"weight\"]\n\
    [[online]]\nname = \"more\"\nwhy = \"To add to it\"\npermissions = [\"create\"]\ntypes = [\"weight\"]\n\
    optional = true\n";

on_both_engines!(an_optional_rule_is_turned_on_and_off_without_the_app, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let app = world.app(DIARY).await;
    world.allow(&app.app, ada, record).await;
    let caller = world.online(&app, ada);
    assert!(things::put(&world.domain, &caller, record, &[weight(70.0, 1)]).await.is_err());
    let mut browser = Site::of(&world).browser();
    browser.sign_in_at_home("Ada").await;
    let at = format!("/records/{record}/apps/{}", app.app.id);
    let details = browser.get(&at).await;
    let change = details.link_to(&format!("{at}/change"));
    let page = browser.get(&change).await;
    assert!(page.html.contains("value=\"online:more\">"), "off: {}", page.html);
    let saved = browser.fill(&page, &[("optional", "online:more"), ("decision", "save")]).await;
    assert!(saved.html.contains("Saved.") && saved.html.contains("To add to it"));
    things::put(&world.domain, &caller, record, &[weight(70.0, 1)]).await.unwrap();
    let page = browser.get(&change).await;
    assert!(page.html.contains("value=\"online:more\" checked>"));

    // What the app requires by now is nothing that this page gives.
    let found = applications::find(&world.domain, app.app.id).await.unwrap().unwrap();
    let mut asks = (*found.application).clone();
    let rule = Rule { name: "all".to_owned(), optional: false, ..asks.online[1].clone() };
    asks.online.push(Rule { permissions: keepwell_core::applications::Permissions::ALL, ..rule });
    applications::replace(&world.domain, &asks).await.unwrap();
    let saved = browser.fill(&page, &[("optional", "online:all"), ("decision", "save")]).await;
    assert!(saved.html.contains("Saved."));
    let granted = authorizations::records_of(&world.domain, &asks, ada).await.unwrap();
    let names: Vec<_> = granted[0].grant.online.iter().map(|rule| rule.name.as_str()).collect();
    assert_eq!(names, ["weight"], "turned off, and nothing else turned on");
    assert!(things::put(&world.domain, &caller, record, &[weight(71.0, 2)]).await.is_err());

    // And a page that showed something else decides nothing.
    let page = browser.get(&change).await;
    asks.online[1].why = "To sell it".into();
    applications::replace(&world.domain, &asks).await.unwrap();
    let changed = browser.fill(&page, &[("optional", "online:more"), ("decision", "save")]).await;
    assert!(changed.html.contains("has just changed what it asks for"), "{}", changed.html);
    assert!(things::put(&world.domain, &caller, record, &[weight(71.0, 2)]).await.is_err());
});

on_both_engines!(all_that_was_ever_allowed_stands_in_one_place, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let (eve, eves) = world.person("Eve").await;
    let (app, other) = (world.weight_app().await, world.app(DIARY).await);
    world.allow(&app.app, eve, eves).await;
    let site = Site::of(&world);
    let mut browser = site.browser();
    browser.sign_in_at_home("Ada").await;
    let from = browser.get("/apps").await;
    let empty = browser.get(&from.link_to("/apps/history")).await;
    assert!(empty.html.contains("have not let any app"), "not what others allowed: {}", empty.html);
    world.allow(&app.app, ada, record).await;
    world.clock.advance(HOUR);
    world.allow(&other.app, ada, record).await;
    world.revoke(app.app.id, ada, record).await;
    let page = browser.get("/apps/history").await;
    for says in ["Weights", "Diary", "You allowed it", "You stopped it", "It may use this record now"] {
        assert!(page.html.contains(says), "{says}: {}", page.html);
    }
    assert!(page.html.contains("It may not use this record any more"));
    let (first, second) = (page.html.find(">Weights<"), page.html.find(">Diary<"));
    assert!(first.is_some() && second.is_some());
});
