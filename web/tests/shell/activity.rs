//! Who looked: the page and its files.

use keepwell_core::audit;
use keepwell_core::authorizations::Caller;
use keepwell_core::env::DAY;
use keepwell_core::ids::{PersonId, RecordId};
use keepwell_core::records::{self, State};
use keepwell_core::things::{self, Group};
use keepwell_testkit::{ActingApp, World, on_both_engines, weight};

use crate::browser::{Browser, Site};

struct Desk {
    world: World,
    ada: PersonId,
    record: RecordId,
    app: ActingApp,
    browser: Browser,
}

impl Desk {
    /// An application, of this name, has written and read.
    async fn of(world: World, name: &str) -> Self {
        let (ada, record) = world.person("Ada").await;
        let rule = "[[offline]]\nname = \"w\"\nwhy = \"w\"\npermissions = [\"read\", \"create\"]\ntypes = [\"weight\"]\n";
        let app = world.app(&format!("name = {name:?}\n{rule}")).await;
        world.allow(&app.app, ada, record).await;
        let caller = world.offline(&app, ada);
        world.clock.advance(1_000_000);
        things::put(&world.domain, &caller, record, &[weight(70.0, 1)]).await.expect("put");
        world.clock.advance(1_000_000);
        things::get(&world.domain, &caller, record, &[Group::default()]).await.expect("got");
        world.clock.advance(60_000_000);
        world.domain.settle().await;
        let mut browser = Site::of(&world).browser();
        browser.sign_in_at_home("Ada").await;
        Self { world, ada, record, app, browser }
    }

    /// Another person tries this at the record.
    async fn tries(&self, browser: &mut Browser, rest: &str) {
        let page = browser.get(&format!("/records/{}{rest}", self.record)).await;
        assert_eq!(page.status.as_u16(), 404, "{rest}: {}", page.html);
        browser.settle().await;
    }

    async fn get(&mut self, rest: &str) -> crate::browser::Page {
        self.browser.settle().await;
        self.world.domain.settle().await;
        let address = format!("/records/{}/activity{rest}", self.record);
        self.browser.get(&address).await
    }
}

on_both_engines!(a_person_finds_from_home_who_read_the_record_last_week, |world: World| async move {
    let mut desk = Desk::of(world, "Northside Clinic").await;
    let home = desk.browser.get("/").await;
    assert!(home.html.contains(&format!("/records/{}/activity\"", desk.record)));
    let page = desk.get("").await;
    assert_eq!((page.status.as_u16(), page.title()), (200, "Who looked"));
    let week = page.html.split("In the last seven days").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(week.contains("<bdi>Northside Clinic</bdi>") && week.contains("Looked once"), "{week}");
    assert!(week.contains(&format!("/records/{}/apps\"", desk.record)), "the way to stop it");
    for said in [
        "Read 1 item: weight.",
        "Added 1 item: weight.",
        "Allowed Northside Clinic.",
        "Made the record.",
        "on its own, while nobody used it",
    ] {
        assert!(page.html.contains(said), "{said}: {}", page.html);
    }
    desk.world.clock.advance(8 * DAY);
    desk.browser.sign_in_at_home("Ada").await;
    let later = desk.get("").await;
    assert!(later.html.contains("Nobody has looked at this record in the last seven days."));
});

on_both_engines!(the_overview_says_who_else_looked_last_and_leads_to_the_rest, |world: World| async move {
    let mut desk = Desk::of(world, "Northside & Sons").await;
    desk.world.domain.settle().await;
    let overview = format!("/records/{}", desk.record);
    for _ in 0..2 {
        // The person's own look, just now, is not what this is about.
        let page = desk.browser.get(&overview).await;
        let said = "Last looked at by <strong>Northside &#38; Sons</strong> · <time";
        assert!(page.html.contains(said), "{}", page.html);
        let there = page.link_to(&format!("/records/{}/activity", desk.record));
        assert_eq!(desk.browser.get(&there).await.title(), "Who looked");
        desk.world.domain.settle().await;
    }
    desk.world.clock.advance(31 * DAY);
    desk.browser.sign_in_at_home("Ada").await;
    let later = desk.browser.get(&overview).await;
    assert!(later.html.contains("Nobody but you has looked here in the last 30 days"), "{}", later.html);
});

on_both_engines!(the_page_is_searched_by_who_what_and_day, |world: World| async move {
    let mut desk = Desk::of(world, "Northside Clinic").await;
    records::set_state(&desk.world.domain, desk.record, State::ReadOnly).await.unwrap();
    desk.world.clock.advance(1_000_000);
    let (app, ada) = (desk.app.app.id, desk.ada);
    for (query, said, unsaid) in [
        ("?who=others".to_owned(), "Read 1 item", "Made the record."),
        (format!("?who=app-{app}"), "Read 1 item", "Made the record."),
        (format!("?who=person-{ada}"), "Made the record.", "Read 1 item"),
        ("?who=host".to_owned(), "Let the record be read and not changed.", "Made the record."),
        ("?what=looked".to_owned(), "Read 1 item", "Added 1 item"),
        ("?what=changed".to_owned(), "Added 1 item", "Read 1 item"),
        ("?from=2026-06-02".to_owned(), "Nothing like this was done.", "Read 1 item"),
        ("?until=2026-06-01&what=allowed".to_owned(), "Allowed Northside Clinic.", "Read 1 item"),
    ] {
        let page = desk.get(&query).await;
        assert!(page.html.contains(said) && !page.html.contains(unsaid), "{query}: {}", page.html);
    }
    let odd = desk.get("?who=%3Cscript%3E&what=x&from=y&until=%22%3E&after=z").await;
    assert_eq!(odd.status.as_u16(), 200);
    assert!(!odd.html.contains("<script") && odd.html.contains("Made the record."));
});

on_both_engines!(older_lines_are_on_further_pages, |world: World| async move {
    let mut desk = Desk::of(world, "Northside Clinic").await;
    for _ in 0..60 {
        desk.world.clock.advance(1_000_000);
        things::kinds(&desk.world.domain, &Caller::person(desk.ada), desk.record).await.unwrap();
    }
    let first = desk.get("?what=looked").await;
    assert_eq!(first.html.matches("Looked at what the record holds.").count(), 50);
    let older = first.html.split("href=\"").find(|rest| rest.contains("after=")).expect("older");
    let older = older.split('"').next().unwrap().replace("&#38;", "&");
    assert!(older.starts_with(&format!("/records/{}/activity?what=looked&after=", desk.record)), "{older}");
    let page = desk.browser.get(&older).await;
    assert_eq!(page.html.matches("Looked at what the record holds.").count(), 10);
    assert!(page.html.contains("Read 1 item") && !page.html.contains("Show older lines"));
});

on_both_engines!(nobody_sees_the_log_of_another_persons_record, |world: World| async move {
    let mut desk = Desk::of(world, "Northside Clinic").await;
    desk.world.person("Grace").await;
    let mut grace = Site::of(&desk.world).browser();
    grace.sign_in_at_home("Grace").await;
    for rest in ["", "/csv", "/json"] {
        let address = format!("/records/{}/activity{rest}", desk.record);
        assert_eq!(grace.get(&address).await.status.as_u16(), 404, "{rest}");
        let nobody = Site::of(&desk.world).browser().get(&address).await;
        assert!(!nobody.html.contains("Northside"), "{rest}");
    }
    let unknown = format!("/records/{}/activity", uuid::Uuid::from_u128(5));
    assert_eq!(desk.browser.get(&unknown).await.status.as_u16(), 404);
});

on_both_engines!(a_hostile_name_stays_a_name_on_the_page_and_in_the_files, |world: World| async move {
    let mut desk = Desk::of(world, "=cmd|' /C calc'!A0 <script>alert(1)</script>").await;
    let page = desk.get("").await;
    assert!(!page.html.contains("<script>") && page.html.contains("&#60;script&#62;"));
    let csv = desk.get("/csv").await;
    assert_eq!(csv.status.as_u16(), 200);
    assert!(csv.html.starts_with("\u{feff}\"when\",\"who\""), "{}", csv.html);
    assert!(csv.html.contains(",\"'=cmd|' /C calc'!A0"), "{}", csv.html);
    assert!(!csv.html.contains(",\"=") && !csv.html.contains(",="), "{}", csv.html);
    let json = desk.get("/json?what=looked").await;
    let list: Vec<serde_json::Value> = serde_json::from_str(&json.html).expect("JSON");
    assert_eq!(list.len(), 3, "the read, and both copies: {list:?}");
    assert_eq!(list[2]["what"], "Read 1 item: weight.");
    assert!(list[2]["who"].as_str().unwrap().starts_with("=cmd"));
});

on_both_engines!(a_copy_of_the_log_has_every_line_and_leaves_one, |world: World| async move {
    let mut desk = Desk::of(world, "Northside Clinic").await;
    for _ in 0..1_100 {
        things::kinds(&desk.world.domain, &Caller::person(desk.ada), desk.record).await.unwrap();
    }
    let csv = desk.get("/csv").await;
    assert_eq!(csv.html.matches("Looked at what the record holds.").count(), 1_100);
    assert_eq!(csv.html.lines().count(), 1_106);
    let json = desk.get("/json").await;
    assert_eq!(serde_json::from_str::<Vec<serde_json::Value>>(&json.html).expect("JSON").len(), 1_106);
    let page = desk.get("?who=others").await;
    assert!(!page.html.contains("Took a copy"));
    let access =
        keepwell_core::authorizations::open(&desk.world.domain, &Caller::person(desk.ada), desk.record).await;
    let log = audit::latest(&desk.world.domain, &access.unwrap(), 5_000).await.unwrap();
    assert_eq!(log.iter().filter(|entry| entry.action == "ExportActivity").count(), 2);
});

on_both_engines!(
    a_stranger_who_is_refused_is_told_of_in_plain_words_and_not_by_name,
    |world: World| async move {
        let mut desk = Desk::of(world, "Northside Clinic").await;
        let (grace, _) = desk.world.person("Grace").await;
        let mut stranger = Site::of(&desk.world).browser();
        stranger.sign_in_at_home("Grace").await;
        for rest in ["", "/activity", "/copy", "/items"] {
            desk.tries(&mut stranger, rest).await;
        }
        let said = ["Somebody who has no right to this record", "Tried to open it and was refused."];
        let unsaid = ["Grace".to_owned(), grace.to_string()];
        for rest in ["", "?what=refused", "?who=strangers", "?who=others", "/csv", "/json?what=refused"] {
            let page = desk.get(rest).await;
            assert!(said.iter().all(|said| page.html.contains(said)), "{rest}: {}", page.html);
            assert_eq!(page.html.matches(said[1]).count(), 1, "{rest}: once, however often they tried");
            assert!(!unsaid.iter().any(|unsaid| page.html.contains(unsaid)), "{rest}: {}", page.html);
        }
        let only = desk.get("?who=strangers").await;
        assert!(only.html.contains("<option value=\"strangers\" selected>"), "{}", only.html);
        assert!(!only.html.contains("Made the record."));
        let asked = desk.get(&format!("?who=person-{grace}")).await;
        assert!(asked.html.contains("Nothing like this was done.") && !asked.html.contains("Grace"));
    }
);

on_both_engines!(what_a_person_may_not_do_with_their_own_record_is_noted_too, |world: World| async move {
    let mut desk = Desk::of(world, "Northside Clinic").await;
    let own = format!("/records/{}", desk.record);
    let state = async |desk: &Desk, state| {
        records::set_state(&desk.world.domain, desk.record, state).await.unwrap();
        desk.world.clock.advance(audit::REFUSED_EVERY);
    };
    let refused = async |desk: &mut Desk| {
        let page = desk.get("?what=refused").await;
        page.html.matches("Tried something that is not allowed here and was refused.").count()
    };
    let kind = keepwell_core::thing_types::WEIGHT;
    let page = desk.browser.get(&format!("{own}/add/{kind}")).await;
    state(&desk, State::ReadOnly).await;
    let fields =
        [("when_y", "2026"), ("when_m", "6"), ("when_d", "1"), ("when_t", "07:30"), ("value", "71.5")];
    let told = desk.browser.fill(&page, &fields).await;
    assert!(told.html.contains("This record can only be read at the moment"), "{}", told.html);
    assert_eq!(refused(&mut desk).await, 1);
    state(&desk, State::Suspended).await;
    assert_eq!(desk.browser.get(&own).await.status.as_u16(), 404);
    desk.browser.settle().await;
    state(&desk, State::Active).await;
    assert_eq!(refused(&mut desk).await, 2);
    assert!(desk.get("?what=refused").await.html.contains("<bdi>You</bdi>"));
});
