//! A person picks up what a laboratory left: from the slip to the record, and who gets nowhere.

use keepwell_core::authorizations::{self, Caller};
use keepwell_core::ids::{PersonId, RecordId};
use keepwell_core::packages::{self, NewPackage};
use keepwell_core::things::{self, Group, Thing};
use keepwell_core::{audit, connections};
use keepwell_testkit::{ActingApp, SealedPackage, World, on_both_engines, weight_xml};

use crate::browser::{Browser, Page, Site};

const QUESTION: &str = "What stands on the slip?";
const ANSWER: &str = "tundra kettle";

/// A laboratory that has left two weights for Ada.
struct Desk {
    world: World,
    site: Site,
    laboratory: ActingApp,
    ada: PersonId,
    record: RecordId,
}

fn weight(kg: f64) -> String {
    let data = weight_xml(kg, 1);
    format!(
        "<thing><type-id>3d34d87e-7fc1-4153-800f-f56592cb0d17</type-id><data-xml>{data}</data-xml></thing>"
    )
}

/// Sends the form with another record than the page has.
async fn take_into(browser: &mut Browser, page: &Page, record: &str) -> Page {
    let form = page.form();
    let csrf = form.hidden.iter().find(|(name, _)| name == "csrf").unwrap();
    let fields = [("csrf", csrf.1.as_str()), ("decision", "take"), ("record", record)];
    browser.post(&form.action, &fields).await
}

impl Desk {
    async fn of(world: World) -> Self {
        // Nobody has been admitted to it; who leaves something needs none.
        let file = "name = \"Laboratory\"\nmethods = [\"basic\", \"connect\"]\nrestrict-users = true\n\
            success-message = \"Please call us.\"\n";
        let laboratory = world.app(file).await;
        let (ada, record) = world.person_in("Ada", "SE").await;
        let site = Site::of(&world);
        Self { world, site, laboratory, ada, record }
    }

    async fn left(&self, things: &[&str]) -> String {
        let sealed = SealedPackage::new(ANSWER, things);
        let new = NewPackage {
            code: None,
            friendly_name: "Ada <b>L</b>".to_owned(),
            question: QUESTION.to_owned(),
            external_id: "17".to_owned(),
            parameters: sealed.parameters,
            any_length: false,
            cipher_text: sealed.cipher_text,
            uploads: Vec::new(),
        };
        packages::create(&self.world.domain, &self.laboratory.app, &new).await.unwrap()
    }

    async fn browser(&self) -> Browser {
        let mut browser = self.site.browser();
        browser.sign_in_at_home("Ada").await;
        browser
    }

    async fn question(&self, browser: &mut Browser, code: &str) -> Page {
        let page = browser.get("/connect").await;
        let page = browser.fill(&page, &[("code", code)]).await;
        assert!(page.html.contains(QUESTION), "{}", page.html);
        page
    }

    /// The page with what is inside.
    async fn opened(&self, browser: &mut Browser, code: &str) -> Page {
        let page = self.question(browser, code).await;
        let page = browser.fill(&page, &[("answer", "Tundra KETTLE")]).await;
        assert!(page.address.starts_with("/connect/package?visit="), "{}: {}", page.address, page.html);
        page
    }

    async fn things(&self) -> Vec<Thing> {
        let caller = Caller::person(self.ada);
        let found = things::get(&self.world.domain, &caller, self.record, &[Group::default()]).await;
        found.unwrap().0.remove(0).full
    }
}

on_both_engines!(a_code_leads_from_the_slip_to_the_record, |world: World| async move {
    let desk = Desk::of(world).await;
    let code = desk.left(&[&weight(70.5), &weight(71.5)]).await;
    let mut browser = desk.browser().await;
    let page = desk.question(&mut browser, &code).await;
    assert!(!page.html.contains("70.5") && !page.html.contains("Ada &"), "nothing before the answer");
    let page = browser.fill(&page, &[("answer", "Tundra KETTLE")]).await;
    assert_eq!(page.title(), "Laboratory left something for you");
    assert!(
        page.html.contains("Ada &lt;b&gt;L&lt;/b&gt;") || page.html.contains("Ada &#60;b&#62;L"),
        "{}",
        page.html
    );
    assert!(page.html.contains("2 items are inside") && page.html.contains("70.5"));
    assert!(page.html.contains("This record is called Ada, not what Laboratory says."));
    assert!(page.html.contains("gets no access to the record"));
    assert!(desk.things().await.is_empty(), "looking writes nothing");
    let page = browser.fill(&page, &[("decision", "take")]).await;
    assert_eq!(page.title(), "It is in the record");
    assert!(page.html.contains("Please call us."));
    let written = desk.things().await;
    assert_eq!(written.len(), 2);
    assert!(written.iter().all(|thing| thing.created.app == Some(desk.laboratory.app.id)));
    let page = browser.get(&page.link_to(&format!("/records/{}/items", desk.record))).await;
    assert_eq!(page.status, 200);
    // No access came of it, and the log says who took what.
    let allowed =
        authorizations::records_of(&desk.world.domain, &desk.laboratory.app, desk.ada).await.unwrap();
    assert!(allowed.is_empty());
    let apps = browser.get(&format!("/records/{}/apps", desk.record)).await;
    assert!(!apps.html.contains("Laboratory"));
    let access =
        authorizations::open(&desk.world.domain, &Caller::person(desk.ada), desk.record).await.unwrap();
    let log = audit::latest(&desk.world.domain, &access, 5).await.unwrap();
    let entry = log.iter().find(|entry| entry.action == "PickUpPackage").unwrap();
    assert_eq!((entry.person, entry.app), (desk.ada, Some(desk.laboratory.app.id)));
    let page = browser.get("/connect").await;
    let page = browser.fill(&page, &[("code", &code)]).await;
    assert_eq!(page.title(), "This code was used already");
});

on_both_engines!(what_opens_a_package_goes_with_the_browser_only, |world: World| async move {
    let desk = Desk::of(world).await;
    let code = desk.left(&[&weight(70.5)]).await;
    let mut browser = desk.browser().await;
    let page = desk.opened(&mut browser, &code).await;
    let kept = desk.world.everything().await.join("\n");
    assert!(!kept.contains("undra") && !kept.contains(&code));
    assert!(kept.contains("\"package\":true"), "the visit is there");
    // Without it the question is asked again, and nothing is shown or taken.
    browser.drop_cookie("__Host-keepwell-package");
    let again = browser.get(&page.address).await;
    assert!(again.address.starts_with("/connect/question"), "{}", again.address);
    assert!(!again.html.contains("70.5"));
    let taken = browser.fill(&page, &[("decision", "take")]).await;
    assert!(taken.html.contains(QUESTION));
    assert!(desk.things().await.is_empty());
    let page = browser.fill(&again, &[("answer", ANSWER)]).await;
    let page = browser.fill(&page, &[("decision", "take")]).await;
    assert_eq!(page.title(), "It is in the record");
    assert!(!browser.has_cookie("__Host-keepwell-package"), "it is gone with the package");
});

on_both_engines!(another_person_in_the_same_browser_sees_nothing, |world: World| async move {
    let desk = Desk::of(world).await;
    desk.world.person_in("Bob", "SE").await;
    let code = desk.left(&[&weight(70.5)]).await;
    let mut browser = desk.browser().await;
    let page = desk.opened(&mut browser, &code).await;
    let mut bobs = browser.clone();
    bobs.cookie = None;
    bobs.sign_in_at_home("Bob").await;
    assert!(bobs.has_cookie("__Host-keepwell-package"), "his browser has what opened it for Ada");
    let seen = bobs.get(&page.address).await;
    assert!(!seen.html.contains("70.5"), "{}", seen.html);
    let elsewhere = desk.browser().await.get(&page.address).await;
    assert!(!elsewhere.html.contains("70.5"), "another browser of the same person does not either");
});

on_both_engines!(not_now_leaves_it_where_it_is, |world: World| async move {
    let desk = Desk::of(world).await;
    let code = desk.left(&[&weight(70.5)]).await;
    let mut browser = desk.browser().await;
    let page = desk.opened(&mut browser, &code).await;
    let page = browser.fill(&page, &[("decision", "not-now")]).await;
    assert_eq!(page.title(), "Nothing was shared");
    assert!(desk.things().await.is_empty());
    let page = desk.opened(&mut browser, &code).await;
    let unsure = browser.fill(&page, &[("decision", "")]).await;
    assert_eq!(unsure.title(), page.title(), "the Enter key decides nothing");
    let nowhere = take_into(&mut browser, &page, "x").await;
    assert_eq!(nowhere.title(), page.title());
    assert!(desk.things().await.is_empty());
});

on_both_engines!(another_persons_record_cannot_be_chosen, |world: World| async move {
    let desk = Desk::of(world).await;
    let (_, bobs) = desk.world.person_in("Bob", "SE").await;
    let code = desk.left(&[&weight(70.5)]).await;
    let mut browser = desk.browser().await;
    let page = desk.opened(&mut browser, &code).await;
    let page = take_into(&mut browser, &page, &bobs.to_string()).await;
    assert_eq!(page.title(), "Laboratory left something for you");
    let both = browser.fill(&page, &[("decision", "take"), ("record", &bobs.to_string())]).await;
    assert_eq!(both.title(), page.title(), "a form with two records is none of our pages'");
    assert!(desk.things().await.is_empty());
});

on_both_engines!(what_no_record_takes_is_told_and_stays, |world: World| async move {
    let desk = Desk::of(world).await;
    let mut browser = desk.browser().await;
    let unknown = weight(70.5).replace("3d34d87e", "00000000");
    for (things, title) in [
        (vec![weight(70.5), unknown], "The record could not take it"),
        (vec!["<thing><data-xml/></thing>".to_owned()], "The record could not take it"),
        (vec!["<thing><thing-id>x</thing-id></thing>".to_owned()], "This cannot be opened"),
        (vec!["no things".to_owned()], "This cannot be opened"),
    ] {
        let things: Vec<_> = things.iter().map(String::as_str).collect();
        let code = desk.left(&things).await;
        let page = desk.question(&mut browser, &code).await;
        let mut page = browser.fill(&page, &[("answer", ANSWER)]).await;
        if page.address.starts_with("/connect/package") && page.title() != title {
            page = browser.fill(&page, &[("decision", "take")]).await;
        }
        assert_eq!(page.title(), title);
        assert!(connections::find(&desk.world.domain, desk.ada, None, &code).await.is_ok(), "it stays");
    }
    assert!(desk.things().await.is_empty());
});

on_both_engines!(a_wrong_answer_is_counted_and_the_third_locks, |world: World| async move {
    let desk = Desk::of(world).await;
    let code = desk.left(&[&weight(70.5)]).await;
    let mut browser = desk.browser().await;
    let mut page = desk.question(&mut browser, &code).await;
    for _ in 0..3 {
        page = browser.fill(&page, &[("answer", "tundra kettles")]).await;
    }
    assert_eq!(page.title(), "This code is locked");
    assert!(!browser.has_cookie("__Host-keepwell-package"));
});
