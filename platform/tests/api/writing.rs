//! PutThings, OverwriteThings and RemoveThings: rule by rule (methods.md 6.2 to 6.4).

use keepwell_testkit::{Reply, World, info_only, on_both_engines, weight_xml};

use crate::desk::{As, Desk, WEIGHT, get, put_weight};

const HEIGHT: &str = "40750a6a-89b2-455c-bd8d-b420a4cb500b";
const PERSONAL: &str = "92ba621e-66b3-4a01-bd73-74844aed4f5b";
const FILE: &str = "bd0403c5-4ae2-4b0e-a8db-1888678e4528";
const INSIGHT: &str = "5d15b7bc-0499-4dc4-8df7-ef1a2332cfb5";
const BASE: &str = "3e730686-781f-4616-aa0d-817bba8eb141";
const BASIC: [&str; 2] = ["bf516a61-5252-4c28-a979-27f45f62f78d", "3b3e6b16-eb69-483c-8d7e-dfe116ae6092"];
const NOTHING: &str = "00000000-0000-4000-8000-000000000001";

/// Ada has allowed the application everything with everything but heights.
async fn desk(world: World) -> Desk {
    let rule = "name = \"all\"\nwhy = \"all\"\npermissions = [\"read\", \"create\", \"update\", \"delete\"]\n\
                types = [\"*\"]\nexcept = [\"height\"]\n";
    let app = world.app(&format!("name = \"Everything\"\n[[online]]\n{rule}")).await;
    Desk::with(world, app).await
}

fn thing(type_id: &str, data: &str) -> String {
    format!("<thing><type-id>{type_id}</type-id><data-xml>{data}</data-xml></thing>")
}

fn key(put: &Reply) -> String {
    let (id, stamp) = (put.value("thing-id").unwrap(), put.attribute("thing-id", "version-stamp").unwrap());
    format!("<thing-id version-stamp=\"{stamp}\">{id}</thing-id>")
}

fn id_of(key: &str) -> &str {
    key.rsplit_once("</").and_then(|(k, _)| k.rsplit_once('>')).unwrap().1
}

async fn put(desk: &Desk, things: &str) -> Reply {
    desk.good("PutThings", 2, &info_only(things), As::Online).await
}

/// Each is refused as the second of a call, with this code and its index.
async fn refused(desk: &Desk, method: &str, cases: &[(String, u16)]) {
    for (second, code) in cases {
        let info = info_only(&(thing(WEIGHT, &weight_xml(1.0, 20)) + second));
        let reply = desk.call(method, 2, &info, As::Online).await;
        assert_eq!(reply.code, *code, "{second}: {}", reply.text);
        assert_eq!(reply.value("error-info").as_deref(), Some("1"), "{second}: {}", reply.text);
    }
    let filter = format!(
        "<filter><type-id>{WEIGHT}</type-id><xpath>/thing/data-xml/weight/value/kg[. = 1]</xpath></filter>"
    );
    assert_eq!(desk.good("GetThings", 3, &get(&filter, ""), As::Online).await.count("thing"), 0);
}

on_both_engines!(what_cannot_be_created_has_the_code_of_its_kind, |world: World| async move {
    let desk = desk(world).await;
    let weight = weight_xml(70.0, 1);
    let personal = thing(PERSONAL, "<personal/>");
    put(&desk, &personal).await;
    let blank = "<thing-id version-stamp=\"\">00000000-0000-4000-8000-000000000001</thing-id>";
    refused(
        &desk,
        "PutThings",
        &[
            (format!("<thing><data-xml>{weight}</data-xml></thing>"), 19),
            (thing(NOTHING, &weight), 19),
            (thing(BASE, "<thing/>"), 21),
            (thing(HEIGHT, "<height/>"), 11),
            (format!("<thing><type-id>{WEIGHT}</type-id></thing>"), 3),
            (thing(WEIGHT, ""), 3),
            (thing(WEIGHT, "<common/>"), 3),
            (thing(WEIGHT, "<weight/>"), 3),
            (thing(WEIGHT, &format!("{weight}</data-xml><data-xml>{weight}")), 3),
            (thing(WEIGHT, &weight).replace("</thing>", "<tags>x</tags><tags>y</tags></thing>"), 3),
            (
                thing(WEIGHT, &weight)
                    .replace("</thing>", &format!("<tags>{}</tags></thing>", "x".repeat(513))),
                3,
            ),
            (thing(WEIGHT, &weight).replace("</type-id>", "</type-id><flags>x</flags>"), 3),
            (personal.clone(), 60),
            (thing(PERSONAL, "<personal/>").replace("</type-id>", "</type-id><flags>16</flags>"), 155),
            (
                thing(WEIGHT, &weight).replace(
                    "<thing>",
                    &format!("<thing><thing-id version-stamp=\"{NOTHING}\">{NOTHING}</thing-id>"),
                ),
                13,
            ),
            (thing(WEIGHT, &weight).replace("<thing>", &format!("<thing>{blank}")), 60),
        ],
    )
    .await;
    // Two versions of a singleton type are one.
    let both = info_only(&[thing(BASIC[0], "<basic/>"), thing(BASIC[1], "<basic/>")].concat());
    let reply = desk.call("PutThings", 2, &both, As::Online).await;
    assert_eq!((reply.code, reply.value("error-info").as_deref()), (60, Some("1")), "{}", reply.text);
    let many = info_only(&thing(WEIGHT, &weight).repeat(1_001));
    assert_eq!(desk.call("PutThings", 2, &many, As::Online).await.code, 124);
    assert_eq!(desk.call("PutThings", 2, "<info/>", As::Online).await.code, 3);
});

on_both_engines!(what_cannot_be_updated_has_the_code_of_its_kind, |world: World| async move {
    let desk = desk(world).await;
    let k = key(&put(&desk, &thing(WEIGHT, &weight_xml(70.0, 1))).await);
    let with = |key: &str, thing: String| thing.replace("<thing>", &format!("<thing>{key}"));
    let weight = || thing(WEIGHT, &weight_xml(71.0, 1));
    let stale = format!("<thing-id version-stamp=\"{NOTHING}\">{}</thing-id>", id_of(&k));
    let bare = format!("<thing-id>{}</thing-id>", id_of(&k));
    let insight = "<insight><raised-insight-id>r</raised-insight-id><catalog-id>c</catalog-id><when><date><y>2026</y><m>6</m>\
                   <d>1</d></date></when><expiration-date><date><y>2026</y><m>7</m><d>1</d></date></expiration-date></insight>";
    let i = key(&put(&desk, &thing(INSIGHT, insight)).await);
    let b = key(&put(&desk, &thing(BASIC[1], "<basic/>")).await);
    let flagged =
        |flags: u32| with(&k, weight()).replace("</type-id>", &format!("</type-id><flags>{flags}</flags>"));
    refused(
        &desk,
        "PutThings",
        &[
            (with(&stale, weight()), 61),
            (with(&bare, weight()), 60),
            (with(&k, thing(FILE, "<file><name>n</name><size>1</size></file>")), 19),
            (with(&k, thing(WEIGHT, "<weight/>")), 3),
            (with(&i, thing(INSIGHT, insight)), 20),
            (with(&b, thing(BASIC[0], "<basic/>")), 85),
            (flagged(16), 161),
        ],
    )
    .await;
    let twice = info_only(&with(&k, weight()).repeat(2));
    let reply = desk.call("PutThings", 2, &twice, As::Online).await;
    assert_eq!((reply.code, reply.value("error-info").as_deref()), (3, Some("1")));
    // Nothing said is nothing done; bits that only the server sets are ignored.
    let same = put(&desk, &format!("<thing>{k}<type-id>{WEIGHT}</type-id></thing>")).await;
    assert_eq!(key(&same), k);
    assert_ne!(key(&put(&desk, &flagged(0xF)).await), k);
    // Another record's thing is unknown here.
    let (bob, record) = desk.world.person("Bob").await;
    desk.world.allow(&desk.app.app, bob, record).await;
    let of_bob = Desk::for_person(desk.world, desk.app, bob, record).await;
    refused(&of_bob, "PutThings", &[(with(&k, weight()), 13)]).await;
    assert_eq!(of_bob.call("RemoveThings", 1, &info_only(&k), As::Online).await.code, 13);
});

on_both_engines!(a_type_steps_up_with_data_and_down_only_by_overwriting, |world: World| async move {
    let desk = desk(world).await;
    let first = key(&put(&desk, &thing(BASIC[0], "<basic/>")).await);
    let to = |key: &str, version: usize, data: &str| {
        let data = if data.is_empty() { String::new() } else { format!("<data-xml>{data}</data-xml>") };
        format!("<thing>{key}<type-id>{}</type-id>{data}<tags>t</tags></thing>", BASIC[version])
    };
    refused(&desk, "PutThings", &[(to(&first, 1, ""), 90)]).await;
    let second = key(&put(&desk, &to(&first, 1, "<basic/>")).await);
    assert_eq!(id_of(&second), id_of(&first));
    refused(&desk, "PutThings", &[(to(&second, 0, "<basic/>"), 85)]).await;
    refused(&desk, "OverwriteThings", &[(to(&second, 0, ""), 90), (to(&first, 0, "<basic/>"), 61)]).await;
    for version in [1, 2] {
        let now =
            desk.good("GetThings", 3, &get(&format!("<id>{}</id>", id_of(&first)), ""), As::Online).await;
        let info = info_only(&to(&key(&now), version % 2, "<basic/>"));
        let put = desk.good("OverwriteThings", version as u32, &info, As::Online).await;
        assert!(put.text.contains("response.OverwriteThings\"") || put.text.contains("response.PutThings\""));
    }
    // Without a key it creates.
    desk.good("OverwriteThings", 2, &put_weight(70.0, 1), As::Online).await;
});

on_both_engines!(what_a_client_says_and_what_the_server_alone_says, |world: World| async move {
    let desk = desk(world).await;
    let file = "<file><name>n</name><size>1</size></file>";
    let said =
        "<thing-state>Deleted</thing-state><flags>7</flags><eff-date>2020-02-03T04:05:06.7000Z</eff-date>";
    let with =
        |type_id: &str, data: &str| thing(type_id, data).replace("</type-id>", &format!("</type-id>{said}"));
    for (type_id, data, eff_date) in [
        // A type with a date of its own has that date, another the one that the client gives.
        (WEIGHT, weight_xml(70.0, 1).as_str(), "2026-06-01T07:30:00"),
        (FILE, file, "2020-02-03T04:05:06.7"),
    ] {
        let k = key(&put(&desk, &with(type_id, data)).await);
        let by_id = get(&format!("<id>{}</id>", id_of(&k)), "");
        let found = desk.good("GetThings", 3, &by_id, As::Online).await;
        assert_eq!(found.value("eff-date").as_deref(), Some(eff_date));
        assert_eq!(
            (found.value("flags").as_deref(), found.value("thing-state").as_deref()),
            (Some("0"), Some("Active"))
        );
    }
    let k = key(&put(&desk, &thing(FILE, file)).await);
    desk.world.clock.advance(60_000_000);
    put(&desk, &format!("<thing>{k}<type-id>{FILE}</type-id><data-xml>{file}</data-xml></thing>")).await;
    let found = desk.good("GetThings", 3, &get(&format!("<id>{}</id>", id_of(&k)), ""), As::Online).await;
    assert_eq!(found.value("eff-date").as_deref(), Some("2026-06-01T12:00:00"), "the time of creation stays");
    assert_eq!(found.count("created"), 1);
    assert!(
        found.text.contains("<timestamp>2026-06-01T12:00:00Z")
            && found.text.contains("<timestamp>2026-06-01T12:01:00Z")
    );
});

on_both_engines!(tags_stay_unless_they_are_sent_and_go_when_they_are_empty, |world: World| async move {
    let desk = desk(world).await;
    let mut k = key(&put(
        &desk,
        &thing(WEIGHT, &weight_xml(70.0, 1)).replace("</thing>", "<tags>a,b</tags></thing>"),
    )
    .await);
    for (more, expected) in [
        (format!("<data-xml>{}</data-xml>", weight_xml(71.0, 1)), Some("a,b")),
        ("<tags>c</tags>".to_owned(), Some("c")),
        ("<tags/>".to_owned(), None),
    ] {
        k = key(&put(&desk, &format!("<thing>{k}<type-id>{WEIGHT}</type-id>{more}</thing>")).await);
        let found = desk.good("GetThings", 3, &get(&format!("<id>{}</id>", id_of(&k)), ""), As::Online).await;
        assert_eq!(found.value("tags").as_deref(), expected, "{more}");
        assert_eq!(found.value("kg").as_deref(), Some("71"), "the rest stays");
    }
});

on_both_engines!(
    a_read_only_thing_can_be_tagged_ended_and_removed_and_nothing_else,
    |world: World| async move {
        let desk = desk(world).await;
        let read_only =
            thing(WEIGHT, &weight_xml(70.0, 1)).replace("</type-id>", "</type-id><flags>16</flags>");
        let k = key(&put(&desk, &read_only).await);
        let with = |key: &str, flags: &str, more: &str| {
            format!("<thing>{key}<type-id>{WEIGHT}</type-id>{flags}{more}</thing>")
        };
        let data = format!("<data-xml>{}</data-xml>", weight_xml(71.0, 1));
        refused(
            &desk,
            "PutThings",
            &[
                (with(&k, "<flags>16</flags>", &data), 154),
                (with(&k, "", &data), 154),
                (with(&k, "<flags>0</flags>", "<tags>x</tags>"), 156),
            ],
        )
        .await;
        let k = key(&put(&desk, &with(&k, "<flags>16</flags>", "<tags>x</tags>")).await);
        let k =
            key(&put(&desk, &with(&k, "", "<updated-end-date>2026-07-01T00:00:00</updated-end-date>")).await);
        let found = desk.good("GetThings", 3, &get(&format!("<id>{}</id>", id_of(&k)), ""), As::Online).await;
        assert_eq!(found.value("flags").as_deref(), Some("16"));
        assert_eq!(found.attribute("eff-permissions", "immutable").as_deref(), Some("true"));
        desk.good("RemoveThings", 1, &info_only(&k), As::Online).await;
    }
);

on_both_engines!(what_cannot_be_removed_has_the_code_of_its_kind, |world: World| async move {
    let desk = desk(world).await;
    let keys = [1, 2].map(|day| thing(WEIGHT, &weight_xml(70.0, day)));
    let (a, b) = (key(&put(&desk, &keys[0]).await), key(&put(&desk, &keys[1]).await));
    let unknown = format!("<thing-id version-stamp=\"{NOTHING}\">{NOTHING}</thing-id>");
    let stale = format!("<thing-id version-stamp=\"{NOTHING}\">{}</thing-id>", id_of(&b));
    for (second, code) in [
        (unknown, 13),
        (stale, 61),
        (format!("<thing-id>{}</thing-id>", id_of(&b)), 60),
        (a.clone(), 3),
        ("<thing-id version-stamp=\"x\">y</thing-id>".to_owned(), 3),
    ] {
        let reply = desk.call("RemoveThings", 1, &info_only(&format!("{a}{second}")), As::Online).await;
        assert_eq!(
            (reply.code, reply.value("error-info").as_deref()),
            (code, Some("1")),
            "{second}: {}",
            reply.text
        );
    }
    assert_eq!(desk.call("RemoveThings", 1, "<info/>", As::Online).await.code, 3);
    let filter = format!("<filter><type-id>{WEIGHT}</type-id></filter>");
    assert_eq!(
        desk.good("GetThings", 3, &get(&filter, ""), As::Online).await.count("thing"),
        2,
        "nothing was done"
    );
    desk.good("RemoveThings", 1, &info_only(&format!("{a}{b}")), As::Online).await;
    assert_eq!(desk.call("RemoveThings", 1, &info_only(&a), As::Online).await.code, 13, "removed already");
});

on_both_engines!(a_filter_by_application_finds_what_that_one_wrote, |world: World| async move {
    let desk = Desk::of(world).await;
    desk.good("PutThings", 2, &put_weight(70.0, 1), As::Online).await;
    let other = desk.world.weight_app().await;
    desk.world.allow(&other.app, desk.ada, desk.record).await;
    let first = desk.app.app.id;
    let desk = Desk::for_person(desk.world, other, desk.ada, desk.record).await;
    desk.good("PutThings", 2, &put_weight(71.0, 2), As::Online).await;
    for (id, kg) in [(first, "70"), (desk.app.app.id, "71")] {
        for element in ["created-app-id", "updated-app-id"] {
            let filter = format!("<filter><{element}>{id}</{element}></filter>");
            let found = desk.good("GetThings", 3, &get(&filter, ""), As::Online).await;
            assert_eq!((found.count("thing"), found.value("kg").as_deref()), (1, Some(kg)), "{element}");
        }
    }
});
