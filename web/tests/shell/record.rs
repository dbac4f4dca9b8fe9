//! A record at a glance, by date, by number, by word; and its name.

use keepwell_core::authorizations::{self, Caller};
use keepwell_core::ids::{PersonId, RecordId};
use keepwell_core::persons::{self, Units};
use keepwell_core::things::{self, PutThing, ThingKey, data_by_hand};
use keepwell_core::{audit, records, thing_types};
use keepwell_testkit::{World, on_both_engines, weight};

use crate::browser::{Browser, Page, Site};

pub struct Home {
    pub world: World,
    pub ada: PersonId,
    pub record: RecordId,
    pub browser: Browser,
}

impl Home {
    pub async fn of(world: World) -> Self {
        let (ada, record) = world.person_in("Ada", "SE").await;
        let mut browser = Site::of(&world).browser();
        browser.sign_in_at_home("Ada").await;
        Self { world, ada, record, browser }
    }

    pub async fn put_all(&self, things: &[PutThing]) -> Vec<ThingKey> {
        let caller = Caller::person(self.ada);
        things::put(&self.world.domain, &caller, self.record, things).await.expect("put")
    }

    pub async fn put(&self, root: &str, inside: &str) -> ThingKey {
        self.put_all(&[thing(root, inside)]).await[0]
    }

    pub async fn get(&mut self, rest: &str) -> Page {
        let address = format!("/records/{}{rest}", self.record);
        self.browser.get(&address).await
    }
}

pub fn thing(root: &str, inside: &str) -> PutThing {
    let kind = thing_types::by_name(root).expect("a type");
    let data = data_by_hand(kind, format!("<{root}>{inside}</{root}><common/>"));
    PutThing { type_id: Some(kind.id), data: Some(data), ..PutThing::default() }
}

fn when(date: &str) -> String {
    let mut parts = date.split('-');
    let mut part = || parts.next().expect("a part").trim_start_matches('0').to_owned();
    let (y, m, d) = (part(), part(), part());
    format!("<when><date><y>{y}</y><m>{m}</m><d>{d}</d></date></when>")
}

on_both_engines!(the_overview_shows_what_one_wants_at_hand, |world: World| async move {
    let mut home = Home::of(world).await;
    let empty = home.get("").await;
    assert!(empty.html.contains("holds nothing yet") && empty.html.contains("<h1>Ada</h1>"));
    home.put_all(&[weight(71.5, 1), weight(72.0, 2)]).await;
    home.put("allergy", "<name><text>Penicillin</text></name><reaction><text>Hives</text></reaction>").await;
    home.put("medication", "<name><text>Lisinopril</text></name>").await;
    home.put(
        "medication",
        "<name><text>Old pills</text></name><date-discontinued><structured><date><y>2001</y></date></structured>\
         </date-discontinued>",
    )
    .await;
    let page = home.get("").await;
    assert!(page.html.contains("<bdi>72 kg</bdi>"), "{}", page.html);
    let news = page.html.split("What is new").nth(1).expect("news");
    assert!(page.html.contains("Penicillin: Hives") && page.html.contains("Lisinopril"));
    let medicines = page.html.split("<h2>Medicines</h2>").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(!medicines.contains("Old pills"), "what is over is not at hand");
    assert!(page.html.contains("No conditions are written down."));
    assert!(
        news.contains("Added")
            && news.contains("You")
            && news.contains("Weight</bdi>, and 1 more of this kind")
    );
    assert_eq!(page.title(), "Overview");
    assert!(page.html.contains("<title>Overview · Ada · "), "whose record it is stands in the title too");
});

on_both_engines!(what_was_removed_or_changed_is_news, |world: World| async move {
    let mut home = Home::of(world).await;
    let key = home.put("allergy", "<name><text>Nuts</text></name>").await;
    let her = Caller::person(home.ada);
    things::remove(&home.world.domain, &her, home.record, &[(key.id, Some(key.stamp))])
        .await
        .expect("removed");
    let page = home.get("").await;
    let news = page.html.split("What is new").nth(1).unwrap();
    assert!(news.contains("Removed") && news.contains("Nuts"));
});

on_both_engines!(the_timeline_comes_in_pages_and_by_kind, |world: World| async move {
    let mut home = Home::of(world).await;
    let all: Vec<_> = (0..60).map(|n| weight(50.0 + f64::from(n), 1 + n)).collect();
    home.put_all(&all).await;
    home.put("allergy", "<name><text>Nuts</text></name>").await;
    let page = home.get("/timeline").await;
    assert_eq!(page.html.matches("<li class=\"row\">").count(), 50);
    assert!(page.html.contains("<h2>July 2026</h2>"));
    let older = page.html.split("href=\"").find(|link| link.contains("?after=")).unwrap();
    let older = home.browser.get(older.split('"').next().unwrap()).await;
    assert_eq!(older.html.matches("<li class=\"row\">").count(), 11);
    assert!(page.html.contains("Nuts") != older.html.contains("Nuts"), "on one of the two");
    let only = home.get(&format!("/timeline?kind={}", thing_types::WEIGHT)).await;
    assert!(!only.html.contains("Nuts") && only.html.contains(" selected>Weight"));
    let older = only.html.split("href=\"").find(|link| link.contains("after=")).unwrap();
    let older = older.split('"').next().unwrap().replace("&#38;", "&");
    let older = home.browser.get(&older).await;
    assert_eq!(older.html.matches("<li class=\"row\">").count(), 10);
    assert!(home.get("/timeline?kind=nonsense&after=nonsense").await.html.contains("July 2026"));
});

on_both_engines!(
    numbers_stand_in_a_table_beside_their_plot_in_the_persons_units,
    |world: World| async move {
        let mut home = Home::of(world).await;
        home.put_all(&(0..20).map(|n| weight(70.0 + f64::from(n) / 10.0, 1 + n)).collect::<Vec<_>>()).await;
        let address = format!("/items/of/{}?range=all", thing_types::WEIGHT);
        let page = home.get(&address).await;
        assert!(
            page.html.contains("Weight (kg)") && page.html.contains("71<span class=\"fraction\">.9</span>")
        );
        assert_eq!(page.html.matches("<svg class=\"plot plot-").count(), 2, "for a phone and for a desk");
        assert!(page.html.contains("the latest is 71.9 kg, on 20 June 2026. Between 70 kg and 71.9 kg."));
        assert!(page.html.len() < 60_000);
        let month = home.get(&format!("/items/of/{}?range=month", thing_types::WEIGHT)).await;
        assert_eq!(month.html.matches("aria-current=\"true\"").count(), 1);

        let units = home.browser.get("/account/units").await;
        let chosen =
            [("mass", "[lb_av]"), ("length", "cm"), ("concentration", "mmol/L"), ("temperature", "Cel")];
        let saved = home.browser.fill(&units, &chosen).await;
        assert!(saved.html.contains("lb, cm, mmol/L and °C"), "{}", saved.html);
        let page = home.get(&address).await;
        assert!(
            page.html.contains("Weight (lb)") && page.html.contains("158<span class=\"fraction\">.5</span>")
        );
        assert!(home.get("").await.html.contains("<bdi>158.5 lb</bdi>"));
        let kept = persons::find_with_units(&home.world.domain, home.ada).await.unwrap().unwrap().1;
        assert_eq!(kept, Units { mass: persons::Mass::Pounds, ..Units::usual_in("SE") });
    }
);

on_both_engines!(a_meter_that_was_tried_out_is_in_the_table_and_not_in_the_plot, |world: World| async move {
    let mut home = Home::of(world).await;
    let glucose = |day: &str, value: f64, control: bool| {
        let test = format!("<is-control-test>{control}</is-control-test>");
        thing(
            "blood-glucose",
            &format!(
                "{}<value><mmolPerL>{value}</mmolPerL></value><glucose-measurement-type><text>Plasma</text>\
                 </glucose-measurement-type>{test}",
                when(day)
            ),
        )
    };
    let things = [
        glucose("2026-05-01", 5.5, false),
        glucose("2026-05-02", 6.5, false),
        glucose("2026-05-03", 19.0, true),
    ];
    home.put_all(&things).await;
    let kind = thing_types::by_name("blood-glucose").unwrap().id;
    let page = home.get(&format!("/items/of/{kind}?range=all")).await;
    assert!(page.html.contains(">19<span"), "{}", page.html);
    assert!(page.html.contains("Between 5.5 mmol/L and 6.5 mmol/L."), "{}", page.html);
});

on_both_engines!(a_search_finds_what_the_pages_show, |world: World| async move {
    let mut home = Home::of(world).await;
    home.put("allergy", "<name><text>Penicillin</text></name><reaction><text>Hives</text></reaction>").await;
    home.put("medication", "<name><text>Salbutamol</text></name>").await;
    home.put_all(&[weight(71.5, 1)]).await;
    for (words, found) in [
        ("penicillin", "Penicillin: Hives"),
        ("HIVES pen", "Penicillin: Hives"),
        ("71.5 kg", "<bdi>71.5 kg</bdi>"),
        ("allergies", "Penicillin: Hives"),
        ("salb", "Salbutamol"),
    ] {
        let page = home.get(&format!("/search?q={}", words.replace(' ', "+"))).await;
        assert!(page.html.contains("1 item found.") && page.html.contains(found), "{words}: {}", page.html);
    }
    for nothing in ["zzz", "penicillin+zzz", "codable", "%3Ctext%3E"] {
        let page = home.get(&format!("/search?q={nothing}")).await;
        assert!(page.html.contains("Nothing found for"), "{nothing}");
    }
    let hostile = home.get("/search?q=%3Cscript%3Ealert(1)%3C/script%3E%22%27").await;
    assert!(!hostile.html.contains("<script>alert"));
    assert!(!home.get("/search").await.html.contains("found"));
});

on_both_engines!(a_search_goes_on_where_it_stopped, |world: World| async move {
    let mut home = Home::of(world).await;
    home.put_all(&(0..45).map(|n| weight(60.0 + f64::from(n), 1 + n)).collect::<Vec<_>>()).await;
    let page = home.get("/search?q=kg").await;
    assert!(page.html.contains("30 items found.") && page.html.contains("We looked back to"));
    let on = page.html.split("href=\"").find(|link| link.contains("/search?q=kg")).unwrap();
    let on = on.split('"').next().unwrap().replace("&#38;", "&");
    let rest = home.browser.get(&on).await;
    assert!(rest.html.contains("15 items found.") && !rest.html.contains("Search further back"));
});

on_both_engines!(every_look_at_a_record_is_in_its_log, |world: World| async move {
    let mut home = Home::of(world).await;
    home.put_all(&[weight(71.5, 1), weight(71.0, 2)]).await;
    for page in ["", "/timeline", "/search?q=a", &format!("/items/of/{}", thing_types::WEIGHT)] {
        home.world.domain.settle().await;
        let her = Caller::person(home.ada);
        let access = authorizations::open(&home.world.domain, &her, home.record).await.unwrap();
        let count = async || {
            let log = audit::latest(&home.world.domain, &access, 100).await.unwrap();
            log.iter().filter(|e| e.action == "GetThings" && e.avenue == "Shell" && e.app.is_none()).count()
        };
        let before = count().await;
        let address = format!("/records/{}{page}", home.record);
        home.browser.get(&address).await;
        home.world.domain.settle().await;
        assert!(count().await > before, "{page}");
    }
});

on_both_engines!(a_record_gets_another_name_for_one_person, |world: World| async move {
    let mut home = Home::of(world).await;
    let page = home.get("/settings").await;
    let wrong = home.browser.fill(&page, &[("name", " "), ("about", "child"), ("decision", "save")]).await;
    assert!(
        wrong.html.contains("Please fill this in.")
            && wrong.html.contains("value=\"child\" required checked")
    );
    let kept =
        home.browser.fill(&page, &[("name", "Nobody"), ("about", "child"), ("decision", "keep")]).await;
    assert!(kept.html.contains("<h1>Ada</h1>"));
    let saved =
        home.browser.fill(&page, &[("name", "Ada <b>L</b>"), ("about", "child"), ("decision", "save")]).await;
    assert!(saved.html.contains("<h1>Ada &#60;b&#62;L&#60;/b&#62;</h1>"), "{}", saved.html);
    let known = records::of_person(&home.world.domain, home.ada).await.unwrap();
    assert_eq!(known[0].rights.relationship, records::Relationship::Child);
    assert_eq!(known[0].name, "Ada", "to others it is called what it was");
    let forged = home.browser.post(&page.form().action, &[("name", "X"), ("decision", "save")]).await;
    assert!(forged.html.contains("lay open too long"));
});

on_both_engines!(what_things_bring_along_runs_nowhere, |world: World| async move {
    let mut home = Home::of(world).await;
    let script = "&lt;script&gt;alert(1)&lt;/script&gt;\"'&gt;&lt;img src=x onerror=alert(1)&gt;";
    home.put("allergy", &format!("<name><text>{script}</text></name>")).await;
    home.put("weight", &format!(
        "{}<value><kg>70</kg><display units=\"&lt;script&gt;\" text=\"&lt;img src=x&gt;\">70</display></value>",
        when("2026-05-01")
    ))
    .await;
    home.put_all(&[weight(71.0, 2)]).await;
    let kind = thing_types::by_name("allergy").unwrap().id;
    for page in [
        "",
        "/timeline",
        "/search?q=script",
        &format!("/items/of/{kind}"),
        &format!("/items/of/{}?range=all", thing_types::WEIGHT),
    ] {
        let page = home.get(page).await;
        assert!(!page.html.contains("<script") && !page.html.contains("<img src=x"), "{}", page.address);
    }
});
