//! GetThings: what finds which things, in which order, and what the log says of it.

use keepwell_core::authorizations::{self, Caller};
use keepwell_testkit::{World, info_only, on_both_engines};

use crate::desk::{As, Desk, WEIGHT, get, get_weights, put_weight};

const CHOLESTEROL: &str = "98f76958-e34f-459b-a760-83c1699add38";
const OLD_CHOLESTEROL: &str = "796c186f-b874-471c-8468-3eeff73bf66e";

fn of_type(id: &str, more: &str) -> String {
    format!("<filter><type-id>{id}</type-id>{more}</filter>")
}

fn xpath(expression: &str) -> String {
    let escaped = expression.replace('&', "&amp;").replace('<', "&lt;");
    of_type(WEIGHT, &format!("<xpath>{escaped}</xpath>"))
}

/// The values of an element, in the order in which they stand.
fn all(text: &str, element: &str) -> Vec<String> {
    let open = format!("<{element}>");
    text.split(&open).skip(1).filter_map(|t| t.split('<').next()).map(str::to_owned).collect()
}

fn keys(text: &str) -> String {
    text.split("<unprocessed-thing-key-info>")
        .skip(1)
        .filter_map(|part| part.split("</thing-id>").next())
        .map(|key| key.replace("<thing-id", "<key") + "</key>")
        .collect()
}

fn ordered(which: &str, attributes: &str, property: &str) -> String {
    get(which, attributes)
        .replace("</group>", &format!("<order-by><order-by-property {property}/></order-by></group>"))
}

async fn weights(desk: &Desk, days: std::ops::RangeInclusive<u32>) {
    let thing =
        |day| info_only(&put_weight(60.0 + f64::from(day), day)).replace("<info>", "").replace("</info>", "");
    let info = info_only(&days.map(thing).collect::<String>());
    desk.good("PutThings", 2, &info, As::Online).await;
}

/// The text without these elements.
fn without(text: &str, element: &str) -> String {
    let (open, close) = (format!("<{element}>"), format!("</{element}>"));
    let mut parts = text.split(&open);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.filter_map(|part| part.split_once(&close)).fold(first, |all, (_, rest)| all + rest)
}

on_both_engines!(what_is_asked_for_beside_the_data_changes_nothing_else, |world: World| async move {
    let desk = Desk::of(world).await;
    weights(&desk, 1..=9).await;
    let heavy = xpath("/thing/data-xml/weight/value/kg[. > 62]");
    let by_value =
        ordered(&of_type(WEIGHT, ""), "", &format!("type-id=\"{WEIGHT}\" property-name=\"value\""));
    for (version, info, things) in [
        (1, get_weights(), 9),
        (2, get_weights(), 9),
        (3, get_weights(), 9),
        (3, get(&of_type(WEIGHT, ""), " max=\"3\""), 3),
        (3, get(&of_type(WEIGHT, ""), " max-full=\"2\""), 2),
        (3, get(&heavy, ""), 7),
        (3, by_value, 9),
    ] {
        let with = desk.good("GetThings", version, &info, As::Online).await;
        let (audits, tags) = ("<section>audits</section>", "<section>tags</section>");
        let only = info.replace(audits, "").replace(tags, "");
        let only = desk.good("GetThings", version, &only, As::Online).await;
        assert_eq!(only.count("thing"), things, "{info}");
        assert!(with.count("updated") == things && only.count("updated") == 0, "{info}");
        assert_eq!(without(&without(&with.text, "created"), "updated"), only.text, "{info}");
    }
});

on_both_engines!(an_xpath_picks_things_by_their_data, |world: World| async move {
    let desk = Desk::of(world).await;
    weights(&desk, 1..=9).await;
    for (expression, expected) in [
        ("/thing/data-xml/weight/value/kg[. > 66]", vec!["69", "68", "67"]),
        ("/thing/data-xml/weight/value/kg[. = \"65\"]", vec!["65"]),
        ("/thing/data-xml/weight[value/kg < 63 and when/date/d != 1]", vec!["62"]),
        ("/thing/data-xml/weight[not(value/kg >= 62)]/when", vec!["61"]),
        ("/thing/data-xml/weight/value/display", vec![]),
        ("/thing/data-xml/common/note[. = 'x']", vec![]),
    ] {
        let found = desk.good("GetThings", 3, &get(&xpath(expression), ""), As::Online).await;
        assert_eq!(all(&found.text, "kg"), expected, "{expression}");
    }
    // Filters are ANDed, and so are ids.
    let two =
        xpath("/thing/data-xml/weight/value/kg[. > 63]") + &xpath("/thing/data-xml/weight/value/kg[. < 66]");
    let found = desk.good("GetThings", 3, &get(&two, ""), As::Online).await;
    assert_eq!(all(&found.text, "kg"), ["65", "64"]);
});

on_both_engines!(what_an_xpath_finds_comes_in_pages_like_everything_else, |world: World| async move {
    let desk = Desk::of(world).await;
    weights(&desk, 1..=9).await;
    let filter = xpath("/thing/data-xml/weight/value/kg[. > 62]");
    let first = desk.good("GetThings", 3, &get(&filter, " max=\"6\" max-full=\"2\""), As::Online).await;
    assert_eq!(all(&first.text, "kg"), ["69", "68"]);
    assert_eq!(first.count("unprocessed-thing-key-info"), 4);
    let rest = desk.good("GetThings", 3, &get(&(keys(&first.text) + &filter), ""), As::Online).await;
    assert_eq!(all(&rest.text, "kg"), ["67", "66", "65", "64"]);
    let none = desk.good("GetThings", 3, &get(&filter, " max-full=\"0\""), As::Online).await;
    assert_eq!((none.count("thing"), none.count("unprocessed-thing-key-info")), (0, 7));
});

on_both_engines!(a_hostile_xpath_is_refused_with_15_and_the_server_goes_on, |world: World| async move {
    let desk = Desk::of(world).await;
    // As many elements as a thing may have, where an expression finds all of them.
    let many = "<b>1</b>".repeat(20_000);
    let extension = format!("<common><extension source=\"x\"><a>{many}</a></extension></common>");
    let info = put_weight(70.0, 1).replace("<common/>", &extension);
    desk.good("PutThings", 2, &info, As::Online).await;
    let a = "/thing/data-xml/common/extension/a";
    let deep = format!("{a}{}b{}", "[not(".repeat(150), ")]".repeat(150));
    let brackets = format!("{a}{}", "[".repeat(1_000));
    let long = format!("{a}{}", "/b".repeat(2_000));
    let huge = format!("{a}[b = '{}']", "9".repeat(3_000));
    let wide = format!("{a}[{}]", ["b = 'x'"; 200].join(" or "));
    let all_texts = format!("{a}[{}]", ["contains(., 'x')"; 30].join(" or "));
    let all_of_all = format!("{a}[b > b or b < b]");
    for expression in [
        "//weight",
        "/thing/data-xml//kg",
        "/thing/data-xml/*",
        "/thing/data-xml/weight/@*",
        "/thing/data-xml/descendant::kg",
        "/thing/data-xml/descendant-or-self::node()/kg",
        "/thing/data-xml/weight/..",
        "/thing/data-xml/weight[position() = 1]",
        "/thing/data-xml/weight[1 = count(value)]",
        "/thing/data-xml/weight[sum(value/kg) > 1]",
        "/thing/data-xml/weight[string-length(value) > 1]",
        "/thing/data-xml/weight[document('file:///etc/passwd')]",
        "/thing/data-xml/weight | /thing/data-xml/height",
        "/thing/data-xml",
        "/thing/type-id[. = 'x']",
        "count(/thing/data-xml/weight)",
        "",
        deep.as_str(),
        brackets.as_str(),
        long.as_str(),
        huge.as_str(),
        wide.as_str(),
        all_texts.as_str(),
        all_of_all.as_str(),
    ] {
        let reply = desk.call("GetThings", 3, &get(&xpath(expression), ""), As::Online).await;
        let shown: String = expression.chars().take(80).collect();
        assert_eq!(reply.code, 15, "{shown}: {}", reply.text);
        assert!(reply.value("message").unwrap().contains("xpath"), "{shown}: {}", reply.text);
    }
    assert_eq!(desk.good("GetThings", 3, &get_weights(), As::Online).await.count("thing"), 1);
    let groups = get(&xpath(&format!("{a}[b = 'x']")), "").replace("<info>", "").replace("</info>", "");
    let reply = desk.call("GetThings", 3, &info_only(&groups.repeat(64)), As::Online).await;
    assert_eq!(reply.code, 15, "what one query may cost is shared by its groups");
});

on_both_engines!(things_come_in_the_order_of_a_property, |world: World| async move {
    let desk = Desk::of(world).await;
    for (kg, day) in [(70.0, 3), (9.5, 1), (100.0, 2), (70.0, 4)] {
        desk.good("PutThings", 2, &put_weight(kg, day), As::Online).await;
    }
    let filter = of_type(WEIGHT, "");
    let by = |name: &str, more: &str| format!("type-id=\"{WEIGHT}\" property-name=\"{name}\"{more}");
    for (property, expected) in [
        // What is equal comes newest first, as without an order.
        (by("value", ""), vec!["9.5", "70", "70", "100"]),
        (by("value", " direction=\"Desc\""), vec!["100", "70", "70", "9.5"]),
        (by("Value", " direction=\"Asc\""), vec!["9.5", "70", "70", "100"]),
        (by("When", ""), vec!["9.5", "100", "70", "70"]),
        (by("when", " direction=\"Desc\""), vec!["70", "70", "100", "9.5"]),
    ] {
        let found = desk.good("GetThings", 3, &ordered(&filter, "", &property), As::Online).await;
        assert_eq!(all(&found.text, "kg"), expected, "{property}");
        assert!(found.value("order-by-culture").is_some_and(|c| !c.is_empty()), "{}", found.text);
    }
    let mut days = Vec::new();
    let property = by("value", " direction=\"Desc\"");
    let first = desk.good("GetThings", 3, &ordered(&filter, " max-full=\"1\"", &property), As::Online).await;
    days.extend(all(&first.text, "d"));
    assert_eq!(first.count("unprocessed-thing-key-info"), 3);
    let again = ordered(&keys(&first.text), "", &property);
    days.extend(all(&desk.good("GetThings", 3, &again, As::Online).await.text, "d"));
    assert_eq!(days, ["2", "4", "3", "1"], "keys are in the same order");
    let both = ordered(&xpath("/thing/data-xml/weight/value/kg[. < 100]"), " max=\"2\"", &property);
    assert_eq!(all(&desk.good("GetThings", 3, &both, As::Online).await.text, "d"), ["4", "3"]);
});

on_both_engines!(an_order_that_there_is_not_is_refused, |world: World| async move {
    let desk = Desk::of(world).await;
    let personal = "92ba621e-66b3-4a01-bd73-74844aed4f5b";
    let nothing = "00000000-0000-4000-8000-000000000001";
    for (type_id, name, code, says) in [
        (WEIGHT, "kilograms", 180, "it has when, value"),
        (nothing, "when", 180, "no thing type"),
        (personal, "name", 181, "no property"),
    ] {
        let property = format!("type-id=\"{type_id}\" property-name=\"{name}\"");
        let info = ordered(&of_type(WEIGHT, ""), "", &property);
        let reply = desk.call("GetThings", 3, &info, As::Online).await;
        assert_eq!(reply.code, code, "{}", reply.text);
        assert!(reply.value("message").unwrap().contains(says), "{}", reply.text);
        assert_eq!(desk.call("GetThings", 2, &info, As::Online).await.code, 3, "older versions have none");
    }
    let two = ordered(&of_type(WEIGHT, ""), "", "type-id=\"x\" property-name=\"y\"");
    assert_eq!(desk.call("GetThings", 3, &two, As::Online).await.code, 3);
});

on_both_engines!(
    versions_of_a_type_are_ordered_in_one_unit_and_without_a_value_come_lowest,
    |world: World| async move {
        let rule = "name = \"c\"\nwhy = \"c\"\npermissions = [\"read\", \"create\"]\n\
                types = [\"cholesterol-profile\", \"weight\"]\n";
        let app = world.app(&format!("name = \"Lipids\"\n[[online]]\n{rule}")).await;
        let desk = Desk::with(world, app).await;
        let date = "<date><y>2026</y><m>6</m><d>1</d></date>";
        let new = |ldl: &str| {
            let ldl =
                if ldl.is_empty() { String::new() } else { format!("<ldl><mmolPerL>{ldl}</mmolPerL></ldl>") };
            format!(
                "<thing><type-id>{CHOLESTEROL}</type-id><data-xml><cholesterol-profile><when>{date}</when>{ldl}\
             </cholesterol-profile></data-xml></thing>"
            )
        };
        // 100 mg/dL are 2.586 mmol/L, as which the application gets it: its rules name the new version.
        let old = format!(
            "<thing><type-id>{OLD_CHOLESTEROL}</type-id><data-xml><cholesterol-profile><when><y>2026</y><m>6</m><d>1</d>\
         </when><ldl>100</ldl></cholesterol-profile></data-xml></thing>"
        );
        let info = info_only(&[new("3"), old, new(""), new("2")].concat());
        desk.good("PutThings", 2, &info, As::Online).await;
        desk.good("PutThings", 2, &put_weight(70.0, 1), As::Online).await;
        let seen = |text: &str| {
            let things = text.split("<thing>").skip(1);
            let value = |t: &str| {
                ["mmolPerL", "ldl"].iter().find_map(|e| all(t, e).into_iter().find(|v| !v.is_empty()))
            };
            things.map(|t| value(t).unwrap_or_default()).collect::<Vec<_>>()
        };
        for (id, direction, expected) in [
            (CHOLESTEROL, "Asc", ["", "2", "2.586", "3"]),
            (OLD_CHOLESTEROL, "Desc", ["3", "2.586", "2", ""]),
        ] {
            let property = format!("type-id=\"{id}\" property-name=\"ldl\" direction=\"{direction}\"");
            let any = "<filter><thing-state>Active</thing-state></filter>";
            let found = desk.good("GetThings", 3, &ordered(any, "", &property), As::Online).await;
            assert_eq!(seen(&found.text), expected, "{}", found.text);
            let other = ordered(&of_type(WEIGHT, ""), "", &property);
            let found = desk.good("GetThings", 3, &other, As::Online).await;
            assert_eq!(found.count("thing"), 0, "a filter for another type leaves nothing");
        }
    }
);

on_both_engines!(former_versions_are_withheld_and_that_is_said, |world: World| async move {
    let desk = Desk::of(world).await;
    let put = desk.good("PutThings", 2, &put_weight(70.0, 1), As::Online).await;
    let (id, stamp) = (put.value("thing-id").unwrap(), put.attribute("thing-id", "version-stamp").unwrap());
    let key = format!("<thing-id version-stamp=\"{stamp}\">{id}</thing-id>");
    let every = |which: &str| {
        get(which, "").replace("</group>", "<current-version-only>false</current-version-only></group>")
    };
    let filter = of_type(WEIGHT, "");
    let found = desk.good("GetThings", 3, &every(&filter), As::Online).await;
    assert_eq!((found.count("thing"), found.count("filtered")), (1, 0), "there is no former one yet");
    let update = put_weight(71.0, 2).replace("<thing>", &format!("<thing>{key}"));
    let put = desk.good("PutThings", 2, &update, As::Online).await;
    let found = desk.good("GetThings", 3, &every(&filter), As::Online).await;
    assert_eq!((found.count("thing"), found.value("filtered").as_deref()), (1, Some("true")));
    assert_eq!(all(&found.text, "kg"), ["71"]);
    assert_eq!(desk.good("GetThings", 3, &get(&filter, ""), As::Online).await.count("filtered"), 0);
    let old = format!("<key version-stamp=\"{stamp}\">{id}</key>");
    let found = desk.good("GetThings", 3, &every(&old), As::Online).await;
    assert_eq!((found.count("thing"), found.count("filtered")), (0, 1));
    assert_eq!(desk.good("GetThings", 3, &get(&old, ""), As::Online).await.count("thing"), 0);
    // The former one was of the first of June; what does not fit is not withheld.
    let later = of_type(WEIGHT, "<eff-date-min>2026-06-02T00:00:00</eff-date-min>");
    assert_eq!(desk.good("GetThings", 3, &every(&later), As::Online).await.count("filtered"), 0);
    let stamp = put.attribute("thing-id", "version-stamp").unwrap();
    let remove = info_only(&format!("<thing-id version-stamp=\"{stamp}\">{id}</thing-id>"));
    desk.good("RemoveThings", 1, &remove, As::Online).await;
    let found = desk.good("GetThings", 3, &every(&filter), As::Online).await;
    assert_eq!(
        (found.count("thing"), found.count("filtered")),
        (0, 0),
        "of what was removed nothing is said"
    );
});

on_both_engines!(filters_that_nothing_can_fit_find_nothing, |world: World| async move {
    let desk = Desk::of(world).await;
    let put = desk.good("PutThings", 2, &put_weight(70.0, 1), As::Online).await;
    let (id, stamp) = (put.value("thing-id").unwrap(), put.attribute("thing-id", "version-stamp").unwrap());
    let remove = info_only(&format!("<thing-id version-stamp=\"{stamp}\">{id}</thing-id>"));
    desk.good("RemoveThings", 1, &remove, As::Online).await;
    desk.good("PutThings", 2, &put_weight(71.0, 1), As::Online).await;
    let nobody = "00000000-0000-4000-8000-000000000001";
    for (more, expected) in [
        ("<thing-state>Deleted</thing-state>", 0),
        ("<thing-state>Active</thing-state><thing-state>Deleted</thing-state>", 1),
        ("<thing-state>Active</thing-state><thing-state>Active</thing-state>", 1),
        (
            "<eff-date-min>2026-06-02T00:00:00</eff-date-min><eff-date-max>2026-06-01T00:00:00</eff-date-max>",
            0,
        ),
        (
            "<eff-date-min>2026-06-01T07:30:00Z</eff-date-min><eff-date-max>2026-06-01T07:30:00</eff-date-max>",
            1,
        ),
        ("<eff-date-min>2026-06-01T07:30:00.0010Z</eff-date-min>", 0),
        ("<created-date-min>2026-06-01T12:00:00Z</created-date-min>", 1),
        ("<created-date-min>2026-06-01T12:00:00.001Z</created-date-min>", 0),
        ("<updated-date-max>2026-06-01T12:00:00Z</updated-date-max>", 1),
        ("<updated-date-max>2026-06-01T11:59:59Z</updated-date-max>", 0),
        (&format!("<created-person-id>{nobody}</created-person-id>"), 0),
        (&format!("<updated-app-id>{nobody}</updated-app-id>"), 0),
        (&format!("<updated-person-id>{}</updated-person-id>", desk.person()), 1),
        (&format!("<created-app-id>{}</created-app-id>", desk.app.app.id), 1),
    ] {
        let found = desk.good("GetThings", 3, &get(&of_type(WEIGHT, more), ""), As::Online).await;
        assert_eq!((found.count("thing"), found.count("filtered")), (expected, 0), "{more}");
    }
    for (which, code) in [
        (format!("<id>{id}</id><key version-stamp=\"{stamp}\">{id}</key>"), 3),
        (format!("<id>{id}</id><client-thing-id>x</client-thing-id>"), 3),
        (of_type(WEIGHT, &"<thing-state>Active</thing-state>".repeat(3)), 3),
        (of_type(WEIGHT, "<thing-state>Gone</thing-state>"), 3),
        (
            of_type(
                WEIGHT,
                "<updated-end-date-min>2026-06-02T00:00:00</updated-end-date-min>\
                          <updated-end-date-max>2026-06-02T00:00:00</updated-end-date-max>",
            ),
            3,
        ),
        (format!("<id>{id}</id><filter/>"), 15),
        (String::new(), 15),
    ] {
        assert_eq!(desk.call("GetThings", 3, &get(&which, ""), As::Online).await.code, code, "{which}");
    }
});

on_both_engines!(a_thing_without_an_end_is_active_in_the_far_future, |world: World| async move {
    let desk = Desk::of(world).await;
    let end = |at: &str| format!("<updated-end-date>{at}</updated-end-date></thing>");
    let ended = put_weight(70.0, 1).replace("</thing>", &end("2026-06-05T00:00:00Z"));
    let put = desk.good("PutThings", 2, &ended, As::Online).await;
    desk.good("PutThings", 2, &put_weight(71.0, 2), As::Online).await;
    let seen = async |more: &str| {
        let found = desk.good("GetThings", 3, &get(&of_type(WEIGHT, more), ""), As::Online).await;
        all(&found.text, "kg")
    };
    let min = |at: &str| format!("<updated-end-date-min>{at}</updated-end-date-min>");
    let max = |at: &str| format!("<updated-end-date-max>{at}</updated-end-date-max>");
    assert_eq!(seen(&min("2026-06-06T00:00:00")).await, ["71"]);
    assert_eq!(seen(&min("2026-06-05T00:00:00")).await, ["71", "70"]);
    assert_eq!(seen(&max("2026-06-05T00:00:00")).await, ["70"]);
    assert_eq!(seen(&max("2100-01-01T00:00:00")).await, ["70"]);
    // One client clears it with exactly this instant, another with the last of the day.
    let (id, mut stamp) =
        (put.value("thing-id").unwrap(), put.attribute("thing-id", "version-stamp").unwrap());
    for at in ["9999-12-31T00:00:00", "2026-06-05T00:00:00", "9999-12-31T23:59:59.9999Z"] {
        let key = format!("<thing-id version-stamp=\"{stamp}\">{id}</thing-id>");
        let update = info_only(&format!("<thing>{key}<type-id>{WEIGHT}</type-id>{}", end(at)));
        let put = desk.good("PutThings", 2, &update, As::Online).await;
        stamp = put.attribute("thing-id", "version-stamp").unwrap();
        let found = desk.good("GetThings", 3, &get(&format!("<id>{id}</id>"), ""), As::Online).await;
        assert_eq!(found.count("updated-end-date"), usize::from(at.starts_with("2026")), "{at}");
        assert_eq!(all(&found.text, "kg"), ["70"], "an update without data keeps it");
    }
});

on_both_engines!(the_log_says_what_the_things_were_for, |world: World| async move {
    let desk = Desk::of(world).await;
    let asked = |intents: &str| get_weights().replace("</group>", &format!("{intents}</group>"));
    for (intents, how, expected) in [
        ("", As::Online, "[\"view\"]"),
        ("", As::Offline, "[]"),
        ("<intents/>", As::Online, "[]"),
        (
            "<intents><intent>download</intent><intent>transmit</intent></intents>",
            As::Offline,
            "[\"download\",\"transmit\"]",
        ),
    ] {
        desk.world.clock.advance(1_000_000);
        desk.good("GetThings", 3, &asked(intents), how).await;
        let domain = &desk.world.domain;
        domain.settle().await;
        let access = authorizations::open(domain, &Caller::person(desk.ada), desk.record).await.unwrap();
        let log = keepwell_core::audit::latest(domain, &access, 1).await.unwrap();
        let body = log[0].body.clone().unwrap();
        assert!(body.contains(&format!("\"intents\":{expected}")), "{intents}: {body}");
    }
    let unknown = asked("<intents><intent>sell</intent></intents>");
    assert_eq!(desk.call("GetThings", 3, &unknown, As::Online).await.code, 3);
});

on_both_engines!(a_query_that_changes_meet_is_answered_from_one_moment, |world: World| async move {
    let desk = std::sync::Arc::new(Desk::of(world).await);
    weights(&desk, 1..=40).await;
    let writer = {
        let desk = desk.clone();
        tokio::spawn(async move {
            for _ in 0..10 {
                weights(&desk, 1..=2).await;
            }
        })
    };
    for _ in 0..10 {
        let by_value = format!("type-id=\"{WEIGHT}\" property-name=\"value\"");
        let reply =
            desk.call("GetThings", 3, &ordered(&of_type(WEIGHT, ""), "", &by_value), As::Online).await;
        // In a record that never stands still it may have to give up, and says so.
        assert!(reply.code == 0 || reply.text.contains("changing too fast"), "{}", reply.text);
        if reply.code == 0 {
            assert_eq!(reply.count("thing") % 2, 0, "both of a call or none");
        }
    }
    writer.await.unwrap();
});
