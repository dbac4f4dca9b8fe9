//! What is in a record: every item with its versions, removing and bringing back.

use keepwell_core::authorizations::{self, Caller};
use keepwell_core::ids::{PersonId, RecordId, ThingId};
use keepwell_core::things::{self, Data, Group, History, PutThing, ThingKey, history};
use keepwell_core::{audit, env, thing_types};
use keepwell_testkit::{ActingApp, World, on_both_engines, weight};

use crate::browser::{Browser, Page, Site};

struct Desk {
    world: World,
    ada: PersonId,
    record: RecordId,
    app: ActingApp,
    browser: Browser,
}

impl Desk {
    async fn of(world: World) -> Self {
        let (ada, record) = world.person_in("Ada", "SE").await;
        let app = world.weight_app().await;
        world.allow(&app.app, ada, record).await;
        let mut browser = Site::of(&world).browser();
        browser.sign_in_at_home("Ada").await;
        Self { world, ada, record, app, browser }
    }

    async fn put_by(&self, caller: &Caller, thing: PutThing) -> ThingKey {
        things::put(&self.world.domain, caller, self.record, &[thing]).await.expect("put")[0]
    }

    /// A weight that the application wrote.
    async fn weighed(&self, kg: f64) -> ThingKey {
        self.put_by(&self.world.online(&self.app, self.ada), weight(kg, 1)).await
    }

    async fn put(&self, root: &str, inside: &str) -> ThingKey {
        let data = Data {
            xml: format!("<{root}>{inside}</{root}><common/>"),
            root: root.to_owned(),
            ..Data::default()
        };
        let type_id = thing_types::by_name(root).map(|kind| kind.id);
        let thing = PutThing { type_id, data: Some(data), ..PutThing::default() };
        self.put_by(&Caller::person(self.ada), thing).await
    }

    async fn known(&self, thing: ThingId) -> History {
        let her = Caller::person(self.ada);
        history(&self.world.domain, &her, self.record, thing, None).await.expect("asked").expect("known")
    }

    fn at(&self, rest: &str) -> String {
        format!("/records/{}/{rest}", self.record)
    }

    async fn get(&mut self, rest: &str) -> Page {
        let address = self.at(rest);
        self.browser.get(&address).await
    }

    /// How many things the application sees.
    async fn seen(&self) -> usize {
        let caller = self.world.online(&self.app, self.ada);
        let asked = [Group::default()];
        let (found, _) = things::get(&self.world.domain, &caller, self.record, &asked).await.expect("asked");
        found[0].full.len()
    }
}

on_both_engines!(
    a_person_finds_what_an_app_wrote_by_its_kind_with_who_wrote_it_and_how,
    |world: World| async move {
        let mut desk = Desk::of(world).await;
        let key = desk.weighed(71.5).await;
        desk.put("allergy", "<name><text>Penicillin</text></name><reaction><text>Hives</text></reaction>")
            .await;
        let readings = desk.get("timeline").await;
        assert!(readings.html.contains(&desk.at("items")));
        assert!(readings.html.contains(&desk.at(&format!("items/{}", key.id))));

        let kinds = desk.get("items").await;
        assert!(kinds.html.contains(">Weight</a>") && kinds.html.contains(">Allergies</a>"));
        assert!(kinds.html.contains("1 item"));
        let weights = desk.get(&format!("items/of/{}", thing_types::WEIGHT)).await;
        assert!(
            weights.html.contains("71<span class=\"fraction\">.5</span>") && weights.html.contains("Weights")
        );
        assert!(!weights.html.contains("Penicillin"));

        let item = desk.get(&format!("items/{}", key.id)).await;
        assert_eq!((item.status.as_u16(), item.title()), (200, "71.5 kg"));
        for said in [
            "<dt>Value</dt><dd><bdi>71.5 kg</bdi></dd>",
            "<dt>When</dt><dd><bdi>1 June 2026, 07:30</bdi></dd>",
        ] {
            assert!(item.html.contains(said), "{said}: {}", item.html);
        }
        assert!(item.html.contains("Weights</bdi>, while it was in use"));
        assert!(item.html.contains("&#60;weight&#62;"), "as it is written");
        assert!(
            item.html.contains("datetime=\"2026-06-01T07:30:00\""),
            "its date is the clock's on the wall"
        );
        desk.world.domain.settle().await;
        let her = Caller::person(desk.ada);
        let access = authorizations::open(&desk.world.domain, &her, desk.record).await.expect("open");
        let log = audit::latest(&desk.world.domain, &access, 50).await.expect("the log");
        let looks = log.iter().filter(|e| e.action == "GetThings" && e.avenue == "Shell").count();
        assert_eq!(looks, 5, "each of the four pages left an entry, the timeline one for its kinds too");
    }
);

on_both_engines!(what_is_removed_is_kept_under_removed_items_and_comes_back, |world: World| async move {
    let mut desk = Desk::of(world).await;
    let key = desk.weighed(71.5).await;
    let (item, remove) = (format!("items/{}", key.id), format!("items/{}/remove", key.id));
    let page = desk.get(&item).await;
    assert!(page.html.contains(&desk.at(&remove)));
    let ask = desk.get(&remove).await;
    assert!(ask.html.contains("Remove this item?") && ask.html.contains("71.5 kg"));
    let kept = desk.browser.fill(&ask, &[("decision", "keep")]).await;
    assert!(kept.title() == "71.5 kg" && !desk.known(key.id).await.removed);

    desk.world.clock.advance(env::HOUR);
    let gone = desk.browser.fill(&ask, &[("decision", "remove")]).await;
    assert!(gone.html.contains("Removed. Nothing else was changed"), "{}", gone.html);
    assert!(desk.known(key.id).await.removed);
    assert_eq!(desk.seen().await, 0);
    assert!(!desk.get("items").await.html.contains(">Weight</a>"));
    let removed = desk.get("removed").await;
    assert!(removed.html.contains("<bdi>71.5 kg</bdi>") && removed.html.contains("<bdi>You</bdi>"));
    assert_eq!(desk.get(&remove).await.status, 404, "what is removed is not removed again");

    desk.world.clock.advance(env::HOUR);
    let page = desk.get(&item).await;
    let back = desk.browser.fill(&page, &[]).await;
    assert!(back.html.contains("It is back."), "{}", back.html);
    assert_eq!(desk.seen().await, 1);
    for change in ["Added", "Removed", "Brought back"] {
        assert!(back.html.contains(&format!("<p class=\"row-title\">{change} ")), "{change}");
    }
    assert!(desk.get("removed").await.html.contains("Nothing was removed"));
    // The form once more, from a page that lay open: nothing happens to what is there.
    let again = desk.browser.fill(&page, &[]).await;
    assert!(again.html.contains("changed a moment ago"));
    assert_eq!(desk.known(key.id).await.versions.len(), 3);
});

on_both_engines!(
    each_version_can_be_looked_at_and_only_the_one_that_was_seen_is_removed,
    |world: World| async move {
        let mut desk = Desk::of(world).await;
        let key = desk.weighed(71.5).await;
        let ask = desk.get(&format!("items/{}/remove", key.id)).await;
        desk.world.clock.advance(env::HOUR);
        let change = PutThing { id: Some(key.id), stamp: Some(key.stamp), ..weight(72.5, 1) };
        desk.put_by(&desk.world.offline(&desk.app, desk.ada), change).await;

        let now = desk.get(&format!("items/{}", key.id)).await;
        assert!(now.title() == "72.5 kg" && now.html.contains("on its own, while nobody used it"));
        let version = format!("items/{}/versions/{}", key.id, key.stamp);
        assert!(now.html.contains(&desk.at(&version)));
        let former = desk.get(&version).await;
        assert!(former.title() == "71.5 kg" && former.html.contains("an earlier version"));
        assert!(!former.html.contains("Remove this item"), "a former version cannot be removed");
        assert_eq!(desk.get(&format!("items/{0}/versions/{0}", key.id)).await.status, 404);

        let late = desk.browser.fill(&ask, &[("decision", "remove")]).await;
        assert!(late.html.contains("look at it once more") && late.html.contains("72.5 kg"));
        assert!(!desk.known(key.id).await.removed);
        desk.browser.fill(&late, &[("decision", "remove")]).await;
        assert!(desk.known(key.id).await.removed);
    }
);

on_both_engines!(nobody_sees_removes_or_brings_back_what_is_of_someone_else, |world: World| async move {
    let mut desk = Desk::of(world).await;
    let key = desk.weighed(71.5).await;
    let gone = desk.weighed(72.5).await;
    let her = Caller::person(desk.ada);
    let asked = [(gone.id, Some(gone.stamp))];
    things::remove(&desk.world.domain, &her, desk.record, &asked).await.expect("removed");
    let (_, bobs) = desk.world.person("Bob").await;
    let mut his = Site::of(&desk.world).browser();
    his.sign_in_at_home("Bob").await;
    let item = format!("items/{}", key.id);
    for rest in [
        "items",
        "removed",
        &format!("items/of/{}", thing_types::WEIGHT),
        &item,
        &format!("{item}/versions/{}", key.stamp),
        &format!("{item}/remove"),
        &format!("items/{}", gone.id),
        "items/nonsense",
        "items/of/nonsense",
        "items/of/00000000-0000-0000-0000-000000000000",
    ] {
        for record in [desk.record, bobs] {
            let is_list = ["items", "removed"].contains(&rest) || rest.starts_with("items/of/3d");
            let is_his = record == bobs && is_list;
            let page = his.get(&format!("/records/{record}/{rest}")).await;
            assert_eq!(page.status.as_u16(), if is_his { 200 } else { 404 }, "{rest}");
            assert!(!page.html.contains("71.5") && !page.html.contains("72.5"));
        }
    }
    let csrf = his.get("/records/new").await.form().hidden[0].1.clone();
    let stamp = desk.known(gone.id).await.current.stamp.to_string();
    for record in [desk.record, bobs] {
        let remove = format!("/records/{record}/items/{}/remove", key.id);
        let stamp_now = key.stamp.to_string();
        let fields = [("csrf", csrf.as_str()), ("version", &stamp_now), ("decision", "remove")];
        assert_eq!(his.post(&remove, &fields).await.status, 404);
        let back = format!("/records/{record}/items/{}", gone.id);
        assert_eq!(his.post(&back, &[("csrf", &csrf), ("version", &stamp)]).await.status, 404);
    }
    assert!(!desk.known(key.id).await.removed && desk.known(gone.id).await.removed);
    let mut nobody = Site::of(&desk.world).browser();
    assert!(nobody.get(&desk.at("items")).await.address.starts_with("/sign-in"));
    assert_eq!(desk.get(&item).await.status, 200);
});

on_both_engines!(a_form_without_its_token_removes_and_brings_back_nothing, |world: World| async move {
    let mut desk = Desk::of(world).await;
    let key = desk.weighed(71.5).await;
    let gone = desk.weighed(72.5).await;
    let ask = desk.get(&format!("items/{}/remove", gone.id)).await;
    desk.browser.fill(&ask, &[("decision", "remove")]).await;
    let (stamp, gone_stamp) = (key.stamp.to_string(), desk.known(gone.id).await.current.stamp.to_string());
    let (remove, back) =
        (desk.at(&format!("items/{}/remove", key.id)), desk.at(&format!("items/{}", gone.id)));
    for csrf in ["", "0123"] {
        let fields = [("csrf", csrf), ("version", stamp.as_str()), ("decision", "remove")];
        assert!(desk.browser.post(&remove, &fields).await.html.contains("lay open too long"));
        let fields = [("csrf", csrf), ("version", gone_stamp.as_str())];
        assert!(desk.browser.post(&back, &fields).await.html.contains("lay open too long"));
    }
    assert!(!desk.known(key.id).await.removed && desk.known(gone.id).await.removed);
    // And with the token, a version that is none names nothing.
    let csrf = ask.form().hidden[0].1.clone();
    let fields = [("csrf", csrf.as_str()), ("version", "x"), ("decision", "remove")];
    assert_eq!(desk.browser.post(&remove, &fields).await.status, 404);
});

on_both_engines!(what_an_app_wrote_to_do_harm_is_only_shown_and_ends_at_a_bound, |world: World| async move {
    let mut desk = Desk::of(world).await;
    let script = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=y&gt;\"'";
    let long = "w".repeat(300_000);
    let allergy = format!(
        "<name><text>{script}</text></name><reaction><text>{script}</text></reaction>\
         <treatment><text>{long}</text></treatment>"
    );
    let key = desk.put("allergy", &allergy).await;
    let kind = thing_types::by_name("allergy").expect("a type").id;
    let item = desk.get(&format!("items/{}", key.id)).await;
    let list = desk.get(&format!("items/of/{kind}")).await;
    let ask = desk.get(&format!("items/{}/remove", key.id)).await;
    let gone = desk.browser.fill(&ask, &[("decision", "remove")]).await;
    let removed = desk.get("removed").await;
    for page in [&item, &list, &ask, &gone, &removed] {
        assert_eq!(page.status, 200);
        assert!(!page.html.contains("<script") && !page.html.contains("<img src=x"), "{}", page.address);
        assert!(page.html.contains("script"), "it is shown: {}", page.address);
        assert!(page.html.len() < 200_000, "{} bytes at {}", page.html.len(), page.address);
    }
    assert!(item.html.contains("longer than this page can show"));

    let lap = "<detail><name><value>Lap_count</value><type>exercise-detail-names</type></name><value>\
               <value>2</value><units><text>u</text></units></value></detail>";
    let many = format!(
        "<when><structured><date><y>2026</y></date></structured></when>\
         <activity><text>Swimming</text></activity>{}",
        lap.repeat(4_000)
    );
    let key = desk.put("exercise", &many).await;
    let item = desk.get(&format!("items/{}", key.id)).await;
    assert!(item.html.contains("Only the first 400 entries are shown"), "{}", item.html.len());
    assert!(item.html.matches("<dt>").count() < 420 && item.html.len() < 600_000, "{}", item.html.len());
});

on_both_engines!(a_second_one_of_a_kind_that_is_alone_does_not_come_back, |world: World| async move {
    let mut desk = Desk::of(world).await;
    let first = desk.put("personal", "").await;
    let ask = desk.get(&format!("items/{}/remove", first.id)).await;
    let gone = desk.browser.fill(&ask, &[("decision", "remove")]).await;
    desk.put("personal", "").await;
    let refused = desk.browser.fill(&gone, &[]).await;
    assert!(refused.html.contains("can hold only one of this kind"), "{}", refused.html);
    assert!(desk.known(first.id).await.removed);
});

on_both_engines!(many_items_come_in_pages, |world: World| async move {
    let mut desk = Desk::of(world).await;
    let her = Caller::person(desk.ada);
    let all: Vec<_> = (0..60).map(|n| weight(50.0 + f64::from(n), 1)).collect();
    things::put(&desk.world.domain, &her, desk.record, &all).await.expect("put");
    assert!(desk.get("items").await.html.contains("60 items"));
    let page = desk.get(&format!("items/of/{}", thing_types::WEIGHT)).await;
    assert_eq!(page.html.matches("<tr><th scope=\"row\">").count(), 50);
    let older = page.html.split("href=\"").find(|link| link.contains("?after=")).unwrap();
    let page = desk.browser.get(older.split('"').next().unwrap()).await;
    assert_eq!(page.html.matches("<tr><th scope=\"row\">").count(), 10, "also when all are of one moment");
});
