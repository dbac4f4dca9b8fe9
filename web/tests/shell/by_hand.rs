//! What a person writes into a record by hand.

use keepwell_core::authorizations::{self, Caller};
use keepwell_core::ids::ThingId;
use keepwell_core::things::{self, History, PutThing, READ_ONLY, ThingKey, data_by_hand, history};
use keepwell_core::{audit, thing_types};
use keepwell_testkit::{World, on_both_engines};

use crate::browser::Page;
use crate::record::Home;

async fn known(home: &Home, thing: ThingId) -> History {
    let her = Caller::person(home.ada);
    history(&home.world.domain, &her, home.record, thing, None).await.expect("asked").expect("known")
}

fn thing_of(page: &Page) -> ThingId {
    let id = page.address.split("/items/").nth(1).and_then(|rest| rest.get(..36)).expect("an item");
    ThingId(id.parse().expect("an id"))
}

fn kind(root: &str) -> String {
    thing_types::by_name(root).expect("a type").id.to_string()
}

async fn raw(home: &Home, root: &str, xml: &str) -> ThingKey {
    let kind = thing_types::by_name(root).unwrap();
    let thing = PutThing {
        type_id: Some(kind.id),
        data: Some(data_by_hand(kind, xml.into())),
        ..PutThing::default()
    };
    home.put_all(&[thing]).await[0]
}

const RICH: &str = "<allergy>\n <name><text>Penicillin</text></name><!-- kept -->\n</allergy><common><source>x</source>\
    <extension source=\"app\"><any a='1'>&#65;</any></extension><client-thing-id>7</client-thing-id></common>";

on_both_engines!(a_person_writes_a_weight_down_and_the_log_says_so, |world: World| async move {
    let mut home = Home::of(world).await;
    let choose = home.get("/add").await;
    assert!(choose.html.contains(">Blood pressure</a>") && choose.html.contains("Something else"));
    let form = home.get(&format!("/add/{}", kind("weight"))).await;
    assert!(form.html.contains("Value (kg)"), "{}", form.html);
    let fields =
        [("when_y", "2026"), ("when_m", "6"), ("when_d", "1"), ("when_t", "07:30"), ("value", "71,5")];
    let saved = home.browser.fill(&form, &fields).await;
    assert!(saved.html.contains("Saved.") && saved.title() == "71.5 kg", "{}", saved.html);
    let stored = known(&home, thing_of(&saved)).await.shown;
    assert_eq!(stored.eff_date, 1_780_299_000_000_000);
    assert_eq!((stored.created.app, stored.created.person), (None, home.ada));
    let her = Caller::person(home.ada);
    let access = authorizations::open(&home.world.domain, &her, home.record).await.unwrap();
    let log = audit::latest(&home.world.domain, &access, 50).await.unwrap();
    let wrote = log.iter().find(|entry| entry.action == "PutThings").expect("an entry");
    assert_eq!((wrote.avenue.as_str(), wrote.app, wrote.person), ("Shell", None, home.ada));
    // The same form once more, by a second tap or the back button, makes nothing more.
    let again = home.browser.fill(&form, &fields).await;
    assert_eq!(thing_of(&again), thing_of(&saved));
    assert!(
        home.get(&format!("/items/of/{}", kind("weight"))).await.html.matches("<th scope=\"row\">").count()
            == 1
    );
});

on_both_engines!(nothing_that_was_entered_is_lost_when_something_is_wrong, |world: World| async move {
    let mut home = Home::of(world).await;
    let form = home.get(&format!("/add/{}", kind("blood-pressure"))).await;
    let fields = [
        ("when_y", "2026"),
        ("when_m", "2"),
        ("when_d", "31"),
        ("systolic", "<b>"),
        ("diastolic", "80"),
        ("common.note", "After a run"),
    ];
    let wrong = home.browser.fill(&form, &fields).await;
    for said in [
        "There is no such day",
        "This is not a number",
        "value=\"80\"",
        "After a run",
        "&#60;b&#62;",
        "aria-describedby=\"systolic-error\"",
        "Everything else you entered is still here",
    ] {
        assert!(wrong.html.contains(said), "{said}: {}", wrong.html);
    }
    assert!(home.get("/timeline").await.html.contains("Nothing here yet"));
    let right =
        [("when_y", "2026"), ("when_m", "2"), ("when_d", "28"), ("systolic", "120"), ("diastolic", "80")];
    assert_eq!(home.browser.fill(&wrong, &right).await.title(), "120/80 mmHg");
});

on_both_engines!(a_change_touches_nothing_that_the_form_does_not_hold, |world: World| async move {
    let mut home = Home::of(world).await;
    let key = raw(&home, "allergy", RICH).await;
    let item = home.get(&format!("/items/{}", key.id)).await;
    assert!(item.html.contains("Change this item"));
    let form = home.get(&format!("/items/{}/edit", key.id)).await;
    assert!(form.html.contains("value=\"Penicillin\""));
    // Sent as it is, it makes no version.
    home.browser.fill(&form, &[("name", "Penicillin")]).await;
    assert_eq!(known(&home, key.id).await.current, key);
    let saved = home.browser.fill(&form, &[("name", "Penicillin"), ("reaction", "Hives")]).await;
    assert!(saved.html.contains("The version before is kept below") && saved.title() == "Penicillin: Hives");
    let stored = known(&home, key.id).await.shown;
    let wanted = RICH.replace("<!-- kept -->\n", "<!-- kept -->\n<reaction><text>Hives</text></reaction>");
    assert_eq!(stored.data_xml, wanted);
    assert_eq!(stored.client_thing_id.as_deref(), Some("7"));
});

on_both_engines!(what_somebody_else_wrote_meanwhile_is_not_overwritten, |world: World| async move {
    let mut home = Home::of(world).await;
    let key = raw(&home, "allergy", RICH).await;
    let form = home.get(&format!("/items/{}/edit", key.id)).await;
    let data =
        data_by_hand(thing_types::by_name("allergy").unwrap(), RICH.replace("Penicillin", "Amoxicillin"));
    let other =
        PutThing { id: Some(key.id), stamp: Some(key.stamp), data: Some(data), ..PutThing::default() };
    let newer = home.put_all(&[other]).await[0];
    let told = home.browser.fill(&form, &[("name", "Pollen"), ("reaction", "Sneezing")]).await;
    assert!(
        told.html.contains("Nothing was overwritten") && told.html.contains("<dd><bdi>Pollen</bdi></dd>"),
        "{}",
        told.html
    );
    assert!(told.html.contains("value=\"Amoxicillin\""), "the form shows how it is now");
    assert_eq!(known(&home, key.id).await.current, newer);
    let saved = home.browser.fill(&told, &[("name", "Amoxicillin"), ("reaction", "Sneezing")]).await;
    assert_eq!(saved.title(), "Amoxicillin: Sneezing");
});

on_both_engines!(no_form_is_offered_that_would_take_something_away, |world: World| async move {
    let mut home = Home::of(world).await;
    let kind = thing_types::by_name("allergy").unwrap();
    let locked = PutThing {
        type_id: Some(kind.id),
        flags: Some(READ_ONLY),
        data: Some(data_by_hand(kind, RICH.into())),
        ..PutThing::default()
    };
    let signature = "<thing-signature/>".to_owned();
    let signed =
        PutThing { flags: None, signature: Some(things::Signature::new(signature)), ..locked.clone() };
    let keys = home.put_all(&[locked, signed]).await;
    for key in keys {
        let item = home.get(&format!("/items/{}", key.id)).await;
        assert!(!item.html.contains("Change this item"));
        assert_eq!(home.get(&format!("/items/{}/edit", key.id)).await.status, 404);
    }
    let gone = raw(&home, "allergy", RICH).await;
    let her = Caller::person(home.ada);
    things::remove(&home.world.domain, &her, home.record, &[(gone.id, Some(gone.stamp))]).await.unwrap();
    assert_eq!(home.get(&format!("/items/{}/edit", gone.id)).await.status, 404);
    for root in ["ContinuityOfCareRecord", "file", "app-specific"] {
        let id = thing_types::by_name(root).unwrap().id;
        assert_eq!(home.get(&format!("/add/{id}")).await.status, 404, "{root}");
    }
});

on_both_engines!(
    nobody_writes_into_a_record_of_somebody_else_or_by_a_form_of_another_site,
    |world: World| async move {
        let mut home = Home::of(world).await;
        home.world.person("Bob").await;
        let key = raw(&home, "allergy", RICH).await;
        let edit = home.get(&format!("/items/{}/edit", key.id)).await.form();
        let add = home.get(&format!("/add/{}", kind("allergy"))).await.form();
        let mut bobs = crate::browser::Site::of(&home.world).browser();
        bobs.sign_in_at_home("Bob").await;
        let csrf = bobs.get("/records/new").await.form().hidden[0].1.clone();
        for form in [&edit, &add] {
            assert_eq!(bobs.get(&form.action).await.status, 404, "{}", form.action);
            let (name, value) = &form.hidden[1];
            let fields = [("csrf", csrf.as_str()), (name, value), ("name", "X")];
            assert_eq!(bobs.post(&form.action, &fields).await.status, 404, "{}", form.action);
            let forged = home.browser.post(&form.action, &[(name, value), ("name", "X")]).await;
            assert!(forged.html.contains("lay open too long"), "{}", form.action);
            let mut fields: Vec<(&str, &str)> =
                form.hidden.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            fields.push(("name", "X"));
            let cross = home.browser.post_from(&form.action, &fields, "cross-site").await;
            assert!(cross.html.contains("lay open too long"));
        }
        assert_eq!(bobs.get(&format!("/records/{}/add", home.record)).await.status, 404);
        assert_eq!(known(&home, key.id).await.current, key);
    }
);

/// A kind, what is entered, and how the item reads.
type Entered = (&'static str, &'static [(&'static str, &'static str)], &'static str);

on_both_engines!(every_common_kind_can_be_written_down, |world: World| async move {
    let mut home = Home::of(world).await;
    let day = [("when_y", "2026"), ("when_m", "6"), ("when_d", "1")];
    let forms: [Entered; 11] = [
        ("weight", &[("value", "71.5")], "71.5 kg"),
        ("height", &[("value", "178")], "178 cm"),
        (
            "blood-pressure",
            &[("systolic", "120"), ("diastolic", "80"), ("irregular-heartbeat", "true")],
            "120/80 mmHg",
        ),
        ("blood-glucose", &[("value", "5.4"), ("glucose-measurement-type", "Plasma")], "5.4 mmol/L"),
        ("medication", &[("name", "Lisinopril"), ("dose", "1 tablet")], "Lisinopril, 1 tablet"),
        ("allergy", &[("name", "Nuts"), ("first-observed_w", "as a child")], "Nuts"),
        ("condition", &[("name", "Asthma"), ("onset-date_y", "1990")], "Asthma"),
        ("immunization", &[("name", "Influenza"), ("administration-date_y", "2020")], "Influenza"),
        (
            "exercise",
            &[("activity", "Running"), ("distance", "5"), ("duration", "30")],
            "Running, 5 km, 30 min",
        ),
        (
            "sleep-am",
            &[
                ("bed-time", "22:30"),
                ("wake-time", "06:30"),
                ("sleep-minutes", "420"),
                ("settling-minutes", "10"),
                ("wake-state", "1"),
            ],
            "420 minutes asleep",
        ),
        ("cholesterol-profile", &[("ldl", "2.8"), ("hdl", "1.4")], "LDL 2.8 mmol/L, HDL 1.4 mmol/L"),
    ];
    for (root, fields, line) in forms {
        let form = home.get(&format!("/add/{}", kind(root))).await;
        let fields: Vec<(&str, &str)> = fields.iter().chain(&day).copied().collect();
        let saved = home.browser.fill(&form, &fields).await;
        assert!(saved.title().starts_with(line), "{root}: {}", saved.html);
        let edit = home.get(&format!("/items/{}/edit", thing_of(&saved))).await;
        assert_eq!(edit.status, 200, "{root}");
        assert!(edit.html.len() < 100_000, "{root}");
    }
});

on_both_engines!(what_stands_several_times_gets_one_more_row_by_a_button, |world: World| async move {
    let mut home = Home::of(world).await;
    let form = home.get(&format!("/add/{}", kind("sleep-pm"))).await;
    assert!(form.html.contains("name=\"add-row\" value=\"caffeine\">Add another: Caffeine at</button>"));
    assert!(!form.html.contains("name=\"caffeine.2\""));
    let first_button = form.main().rsplit("<form").next().unwrap().split("<button").nth(1).unwrap();
    assert!(first_button.contains("Save"), "the Enter key sends the form: {first_button}");
    let day = [("when_y", "2026"), ("when_m", "6"), ("when_d", "1")];
    let fields = [&day[..], &[("caffeine.1", "08:00"), ("add-row", "caffeine")]].concat();
    let more = home.browser.fill(&form, &fields).await;
    assert!(more.html.contains("name=\"caffeine.1\" type=\"time\" value=\"08:00\""), "{}", more.html);
    assert!(more.html.contains("name=\"caffeine.2\" type=\"time\" value=\"\" autofocus"), "{}", more.html);
    assert!(more.html.contains("Caffeine at (2)") && more.html.contains("To take one away, empty it."));
    assert!(!more.html.contains("Please fill this in."), "nothing is looked at before it is sent to be kept");
    assert!(home.get("/timeline").await.html.contains("Nothing here yet"));
    let fields =
        [&day[..], &[("caffeine.1", "08:00"), ("caffeine.2", "13:30"), ("sleepiness", "2")]].concat();
    let saved = home.browser.fill(&more, &fields).await;
    let item = thing_of(&saved);
    let stored = known(&home, item).await.shown.data_xml;
    assert_eq!(stored.matches("<caffeine>").count(), 2, "{stored}");
    // The first is emptied, and another is added to the rest.
    let edit = home.get(&format!("/items/{item}/edit")).await;
    let fields =
        [&day[..], &[("caffeine.2", "13:30"), ("sleepiness", "2"), ("add-row", "caffeine")]].concat();
    let edit = home.browser.fill(&edit, &fields).await;
    assert!(edit.html.contains("name=\"caffeine.3\""), "{}", edit.html);
    let fields =
        [&day[..], &[("caffeine.2", "13:30"), ("caffeine.3", "16:00"), ("sleepiness", "2")]].concat();
    home.browser.fill(&edit, &fields).await;
    let stored = known(&home, item).await.shown.data_xml;
    assert!(!stored.contains("<h>8</h>") && stored.matches("<caffeine>").count() == 2, "{stored}");
});
