//! PutThings, GetThings and RemoveThings, as a client sees them.

use keepwell_testkit::{World, on_both_engines, weight_xml};

use crate::desk::{As, Desk, WEIGHT, get, get_weights, put_weight};

on_both_engines!(a_weight_is_written_and_read_online_and_offline, |world: World| async move {
    let desk = Desk::of(world).await;
    for (day, how) in [(1, As::Online), (2, As::Offline)] {
        let put = desk.good("PutThings", 2, &put_weight(70.0, day), how).await;
        assert!(put.text.contains("urn:com.microsoft.wc.methods.response.PutThings\""), "without the 2");
        let found = desk.good("GetThings", 3, &get_weights(), how).await;
        assert_eq!(found.count("thing"), usize::try_from(day).unwrap());
        assert!(found.text.contains(&weight_xml(70.0, day)), "byte for byte: {}", found.text);
        assert_eq!(found.attribute("group", "name").as_deref(), Some("w"));
        assert_eq!(
            found.value("access-avenue").as_deref(),
            Some(if day == 1 { "Online" } else { "Offline" })
        );
        assert_eq!(found.value("eff-date").unwrap(), format!("2026-06-0{day}T07:30:00"));
    }
});

on_both_engines!(keys_come_back_in_the_order_of_the_request, |world: World| async move {
    let desk = Desk::of(world).await;
    let thing = |day| put_weight(60.0 + f64::from(day), day).replace("<info>", "").replace("</info>", "");
    let info = format!("<info>{}{}{}</info>", thing(3), thing(1), thing(2));
    let put = desk.good("PutThings", 2, &info, As::Online).await;
    let ids: Vec<&str> = put.text.split("</thing-id>").filter_map(|t| t.rsplit('>').next()).take(3).collect();
    for (id, kg) in ids.iter().zip(["63", "61", "62"]) {
        let found = desk.good("GetThings", 3, &get(&format!("<id>{id}</id>"), ""), As::Online).await;
        assert_eq!(found.value("kg").as_deref(), Some(kg));
    }
});

on_both_engines!(a_culprit_is_named_by_its_index_and_nothing_is_written, |world: World| async move {
    let desk = Desk::of(world).await;
    let good = put_weight(70.0, 1).replace("</info>", "");
    let bad = format!("<thing><type-id>{WEIGHT}</type-id><data-xml><height/></data-xml></thing></info>");
    let reply = desk.call("PutThings", 2, &format!("{good}{bad}"), As::Online).await;
    assert_eq!(reply.code, 3);
    assert_eq!(reply.value("error-info").as_deref(), Some("1"));
    assert!(reply.value("message").unwrap().contains("height"));
    assert_eq!(desk.good("GetThings", 3, &get_weights(), As::Online).await.count("thing"), 0);
});

on_both_engines!(
    data_that_is_not_as_its_type_says_is_refused_with_what_was_expected,
    |world: World| async move {
        let desk = Desk::of(world).await;
        let good = put_weight(70.0, 1);
        let pounds = good.replace("<kg>70</kg>", "<pounds>70</pounds>");
        let twice = good.replace("</info>", pounds.trim_start_matches("<info>"));
        let reply = desk.call("PutThings", 2, &twice, As::Online).await;
        assert_eq!(reply.code, 3, "{}", reply.text);
        assert_eq!(reply.value("error-info").as_deref(), Some("1"));
        let expected = "weight/value needs kg (a number of kilograms, 0 or more); found pounds";
        assert_eq!(reply.value("message").as_deref(), Some(expected));
        let common = good.replace("<common/>", "<common><note>n</note><source>s</source></common>");
        assert_eq!(desk.call("PutThings", 2, &common, As::Online).await.code, 3);
        // A day that no calendar has is another matter.
        let never = good.replace("<m>6</m><d>1</d>", "<m>2</m><d>31</d>");
        assert_eq!(desk.call("PutThings", 2, &never, As::Online).await.code, 69);
        assert_eq!(desk.good("GetThings", 3, &get_weights(), As::Online).await.count("thing"), 0);
    }
);

on_both_engines!(a_stale_update_answers_61_and_a_removed_thing_13, |world: World| async move {
    let desk = Desk::of(world).await;
    let put = desk.good("PutThings", 2, &put_weight(70.0, 1), As::Online).await;
    let (id, stamp) = (put.value("thing-id").unwrap(), put.attribute("thing-id", "version-stamp").unwrap());
    let key = |stamp: &str| format!("<thing-id version-stamp=\"{stamp}\">{id}</thing-id>");
    let update = |stamp: &str| put_weight(71.0, 1).replace("<thing>", &format!("<thing>{}", key(stamp)));
    let updated = desk.good("PutThings", 2, &update(&stamp), As::Online).await;
    let new = updated.attribute("thing-id", "version-stamp").unwrap();
    assert_eq!(desk.call("PutThings", 2, &update(&stamp), As::Online).await.code, 61);
    let remove = |stamp: &str| format!("<info>{}</info>", key(stamp));
    assert_eq!(desk.call("RemoveThings", 1, &remove(&stamp), As::Online).await.code, 61);
    let removed = desk.good("RemoveThings", 1, &remove(&new), As::Online).await;
    assert_eq!(removed.text, "<response><status><code>0</code></status></response>");
    assert_eq!(desk.call("PutThings", 2, &update(&new), As::Online).await.code, 13);
});

on_both_engines!(the_rest_of_a_page_comes_as_keys_and_then_by_key, |world: World| async move {
    let desk = Desk::of(world).await;
    for day in 1..=5 {
        desk.good("PutThings", 2, &put_weight(60.0, day), As::Online).await;
    }
    let filter = format!("<filter><type-id>{WEIGHT}</type-id></filter>");
    let first = desk.good("GetThings", 3, &get(&filter, " max-full=\"2\""), As::Online).await;
    assert_eq!((first.count("thing"), first.count("unprocessed-thing-key-info")), (2, 3));
    let keys: String = first
        .text
        .split("<unprocessed-thing-key-info>")
        .skip(1)
        .filter_map(|part| part.split("</thing-id>").next())
        .map(|key| key.replace("<thing-id", "<key") + "</key>")
        .collect();
    let rest = desk.good("GetThings", 3, &get(&keys, ""), As::Online).await;
    assert_eq!(rest.count("thing"), 3);
    let keys_only = desk.good("GetThings", 3, &get(&filter, " max-full=\"0\""), As::Online).await;
    assert_eq!((keys_only.count("thing"), keys_only.count("unprocessed-thing-key-info")), (0, 5));
    let one = desk.good("GetThings", 3, &get(&filter, " max=\"1\""), As::Online).await;
    assert_eq!((one.count("thing"), one.count("unprocessed-thing-key-info")), (1, 0));
});

on_both_engines!(older_versions_of_the_method_answer_in_the_older_shape, |world: World| async move {
    let desk = Desk::of(world).await;
    desk.good("PutThings", 1, &put_weight(70.0, 1), As::Online).await;
    let found = desk.good("GetThings", 1, &get_weights(), As::Online).await;
    assert!(found.text.contains("response.GetThings\""));
    assert_eq!(found.count("created"), 0, "created belongs to version 3");
    assert_eq!(found.count("master-app-id"), 0);
});

on_both_engines!(
    a_group_without_hits_is_there_and_says_when_something_was_left_out,
    |world: World| async move {
        let desk = Desk::of(world).await;
        let height = "40750a6a-89b2-455c-bd8d-b420a4cb500b";
        let info = get(&format!("<filter><type-id>{height}</type-id></filter>"), "");
        let found = desk.good("GetThings", 3, &info, As::Online).await;
        assert_eq!((found.count("group"), found.count("thing")), (1, 0));
        assert_eq!(found.value("filtered").as_deref(), Some("true"));
        let mine = desk.good("GetThings", 3, &get_weights(), As::Online).await;
        assert_eq!(mine.count("filtered"), 0);
    }
);

on_both_engines!(a_query_that_cannot_be_answered_says_why, |world: World| async move {
    let desk = Desk::of(world).await;
    let filter = format!("<filter><type-id>{WEIGHT}</type-id></filter>");
    let group = |inside: &str| format!("<info><group>{inside}</group></info>");
    let format = "<format><section>core</section><xml/></format>";
    let unknown = "<filter><type-id>00000000-0000-4000-8000-000000000001</type-id></filter>";
    let xpath = format!("<filter><type-id>{WEIGHT}</type-id><xpath>//weight</xpath></filter>");
    for (inside, code) in [
        (format.to_owned(), 15),
        (format!("<filter/>{format}"), 15),
        (filter.clone(), 16),
        (format!("{filter}<format/>"), 16),
        (format!("{unknown}{format}"), 19),
        (format!("{xpath}{format}"), 15),
        (format!("{filter}<format><xml>mtt</xml></format>"), 34),
        (format!("<id>not-an-id</id>{format}"), 3),
    ] {
        let reply = desk.call("GetThings", 3, &group(&inside), As::Online).await;
        assert_eq!(reply.code, code, "{inside}: {}", reply.text);
    }
    let many = group(&format!("{filter}{format}")).replace("<info>", "").replace("</info>", "").repeat(65);
    assert_eq!(desk.call("GetThings", 3, &format!("<info>{many}</info>"), As::Online).await.code, 53);
});

on_both_engines!(namespaces_and_odd_text_in_a_thing_survive, |world: World| async move {
    let desk = Desk::of(world).await;
    let data = "<weight><when><date><y>2026</y><m>6</m><d>1</d></date></when><value><kg>70</kg></value></weight>\
                <common><extension source=\"x\"><a:b xmlns:a=\"urn:a\">&#233; é <![CDATA[</data-xml>]]>\
                <!-- </info> --></a:b></extension></common>";
    let info = format!("<info><thing><type-id>{WEIGHT}</type-id><data-xml>{data}</data-xml></thing></info>");
    desk.good("PutThings", 2, &info, As::Online).await;
    let found = desk.good("GetThings", 3, &get_weights(), As::Online).await;
    assert!(found.text.contains(data), "{}", found.text);
});
