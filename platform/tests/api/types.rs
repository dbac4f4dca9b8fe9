//! GetThingType; and a thing of each type, from its example to its removal.

use keepwell_core::thing_types::{self, ThingType};
use keepwell_platform::Settings;
use keepwell_testkit::{Reply, START, World, on_both_engines};
use keepwell_wire::time::UtcMicros;

use crate::desk::{As, Desk, WEIGHT, get};

const CHOLESTEROL: &str = "98f76958-e34f-459b-a760-83c1699add38";
const CHOLESTEROL_1: &str = "796c186f-b874-471c-8468-3eeff73bf66e";
const BASE: &str = "3e730686-781f-4616-aa0d-817bba8eb141";

async fn ask(desk: &Desk, inside: &str) -> Reply {
    desk.good("GetThingType", 1, &format!("<info>{inside}</info>"), As::Nobody).await
}

fn id(id: &str) -> String {
    format!("<id>{id}</id>")
}

fn section(name: &str) -> String {
    format!("<section>{name}</section>")
}

on_both_engines!(all_types_are_told_where_none_is_named, |world: World| async move {
    let desk = Desk::of(world).await;
    let all = ask(&desk, "").await;
    assert_eq!(all.count("thing-type"), thing_types::all().len());
    assert_eq!(all.count("allow-readonly"), thing_types::all().len(), "without a section, the core");
    assert_eq!((all.count("xsd"), all.count("versions")), (0, 0));
    let two = ask(&desk, &[id(WEIGHT), id(BASE), id(&uuid::Uuid::nil().to_string())].concat()).await;
    assert_eq!(two.count("thing-type"), 2, "what nobody knows is left out");
});

on_both_engines!(a_type_has_the_sections_that_are_asked_for, |world: World| async move {
    let desk = Desk::of(world).await;
    let dates = ask(&desk, &(id(WEIGHT) + &section("effectivedatexpath"))).await;
    assert_eq!(dates.value("effective-date-xpath").as_deref(), Some("weight/when"));
    assert_eq!(dates.count("singleton"), 0);
    let schema = ask(&desk, &(id(WEIGHT) + &section("xsd"))).await.value("xsd").unwrap();
    assert!(schema.contains("targetNamespace=\"urn:com.microsoft.wc.thing.weight\""), "{schema}");
    let base = ask(&desk, &(id(BASE) + &section("xsd"))).await.value("xsd").unwrap();
    assert!(base.contains("name=\"display-value\""), "the base type carries what all share");
    let pictures = ask(&desk, &(id(WEIGHT) + &section("transforms") + "<image-type>*</image-type>")).await;
    assert_eq!((pictures.count("transforms"), pictures.count("tag"), pictures.count("image")), (1, 0, 0));
    let wrong = desk.call("GetThingType", 1, "<info><section>all</section></info>", As::Nobody).await;
    assert_eq!(wrong.code, 3);
});

on_both_engines!(a_type_lists_the_versions_of_its_family, |world: World| async move {
    let desk = Desk::of(world).await;
    let newer = ask(&desk, &(id(CHOLESTEROL) + &section("versions"))).await;
    let older = ask(&desk, &(id(CHOLESTEROL_1) + &section("versions"))).await;
    let family = newer.attribute("versions", "thing-type-id").unwrap();
    assert_eq!(older.attribute("versions", "thing-type-id").unwrap(), family);
    assert!(thing_types::by_name(&family).is_none(), "it is no type's own id");
    let at = |id: &str| newer.text.find(&format!("version-type-id=\"{id}\"")).unwrap();
    assert!(at(CHOLESTEROL_1) < at(CHOLESTEROL));
    // One unit for all versions: an old one is converted from mg/dL.
    assert!(newer.text.contains("<multiplier>0.02586</multiplier><offset>0</offset>"), "{}", newer.text);
    let weight = ask(&desk, &(id(WEIGHT) + &section("versions"))).await;
    assert_eq!(weight.count("version-info"), 1);
    assert_eq!(weight.attribute("property", "name").as_deref(), Some("when"));
});

on_both_engines!(types_that_did_not_change_are_not_told_again, |world: World| async move {
    let desk = Desk::of(world).await;
    let since = |time| format!("<last-client-refresh>{}</last-client-refresh>", UtcMicros(time));
    assert_eq!(ask(&desk, &since(START)).await.count("thing-type"), 0);
    let before = ask(&desk, &since(START - 1_000_000)).await;
    assert_eq!(before.count("thing-type"), thing_types::all().len());
});

#[test]
fn a_change_of_the_types_is_a_change_of_the_service() {
    let said = Settings::at("http://localhost:8470", START).description();
    for kind in thing_types::all() {
        assert!(said.contains(thing_types::source(kind)), "{}", kind.name);
    }
}

/// An application that may do everything with every type.
async fn collector(world: World) -> Desk {
    let ids: Vec<_> = thing_types::all().iter().map(|kind| format!("\"{}\"", kind.id)).collect();
    let file = format!(
        "name = \"Collector\"\naction-url = \"https://collector.example/return\"\n[[online]]\nname = \"all\"\n\
         why = \"To keep everything\"\npermissions = [\"read\", \"create\", \"update\", \"delete\"]\n\
         types = [{}]\n",
        ids.join(", ")
    );
    let app = world.app(&file).await;
    Desk::with(world, app).await
}

fn creatable() -> Vec<&'static ThingType> {
    // Of a family of which a record holds one, one.
    let mut taken = Vec::new();
    let all = thing_types::all().iter().filter(|kind| !kind.uncreatable);
    all.filter(|kind| {
        let family = kind.family_id();
        let first = !kind.singleton || !taken.contains(&family);
        taken.push(family);
        first
    })
    .collect()
}

on_both_engines!(a_thing_of_each_type_is_put_found_changed_and_removed, |world: World| async move {
    let desk = collector(world).await;
    for kind in creatable() {
        let data = thing_types::example(kind);
        let thing = |key: &str, data: &str| {
            format!(
                "<info><thing>{key}<type-id>{}</type-id><data-xml>{data}</data-xml></thing></info>",
                kind.id
            )
        };
        let put = desk.good("PutThings", 2, &thing("", &data), As::Online).await;
        let key = |put: &Reply| {
            let stamp = put.attribute("thing-id", "version-stamp").unwrap();
            format!("<thing-id version-stamp=\"{stamp}\">{}</thing-id>", put.value("thing-id").unwrap())
        };
        let of_type = format!("<type-id>{}</type-id>", kind.id);
        let found =
            desk.good("GetThings", 3, &get(&format!("<filter>{of_type}</filter>"), ""), As::Online).await;
        assert!(found.text.contains(&data), "{}, byte for byte: {}", kind.name, found.text);
        let date = found.value("eff-date").unwrap();
        if kind.effective_date.is_some() {
            assert!(date.starts_with("2026-05-17"), "{}: {date}", kind.name);
        }
        let on = format!(
            "<filter>{of_type}<eff-date-min>{date}</eff-date-min><eff-date-max>{date}</eff-date-max></filter>"
        );
        assert_eq!(
            desk.good("GetThings", 3, &get(&on, ""), As::Online).await.count("thing"),
            1,
            "{}",
            kind.name
        );
        let noted = data.replace("<common/>", "<common><note>Once more</note></common>");
        let changed = desk.call("PutThings", 2, &thing(&key(&put), &noted), As::Online).await;
        let last = match kind.immutable {
            true => {
                assert_eq!(changed.code, 20, "{}", kind.name);
                put
            }
            false => {
                assert_eq!(changed.code, 0, "{}: {}", kind.name, changed.text);
                changed
            }
        };
        desk.good("RemoveThings", 1, &format!("<info>{}</info>", key(&last)), As::Online).await;
        let after = desk.good("GetThings", 3, &get(&on, ""), As::Online).await;
        assert_eq!(after.count("thing"), 0, "{}", kind.name);
    }
});

on_both_engines!(what_no_application_can_create_answers_21, |world: World| async move {
    let desk = collector(world).await;
    for kind in thing_types::all().iter().filter(|kind| kind.uncreatable) {
        let thing = format!(
            "<info><thing><type-id>{}</type-id><data-xml>{}</data-xml></thing></info>",
            kind.id,
            Some(thing_types::example(kind)).filter(|e| e.len() > 10).unwrap_or("<nothing/>".to_owned())
        );
        assert_eq!(desk.call("PutThings", 2, &thing, As::Online).await.code, 21, "{}", kind.name);
    }
});
