//! Rules that break real clients when broken, as far as answers show them and no other test holds them.
//! docs/CONFORMANCE.md says which test holds which.

use keepwell_conformance::{As, HEIGHT, Stage, WEIGHT, requests};
use keepwell_platform::{METHODS, Who};
use keepwell_testkit::{Reply, World, on_both_engines, weight_xml};
use keepwell_wire::roxmltree::{Document, Node};

fn each() -> impl Iterator<Item = (&'static str, u32, Who)> {
    METHODS.iter().flat_map(|m| m.versions.iter().map(|version| (m.name, *version, m.who)))
}

fn children<'a, 'i>(node: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
    node.children().filter(|child| !child.is_text() || child.text() != Some("")).collect()
}

on_both_engines!(
    an_answer_is_a_status_and_at_most_an_info_whose_children_have_no_namespace,
    |world: World| async move {
        let stage = Stage::of(world).await;
        for (method, version, _) in each() {
            for request in requests(&stage, method, version).await {
                let reply = stage.good(method, version, &request.info, request.how).await;
                let document = Document::parse(&reply.text).unwrap();
                let parts = children(document.root_element());
                assert!(parts.len() <= 2, "{method} {version}: {}", reply.text);
                assert!(parts[0].has_tag_name("status") && children(parts[0]).len() == 1);
                for child in parts.iter().skip(1).flat_map(|info| info.children()) {
                    assert!(child.is_element(), "{method} {version}: text between the children of info");
                    assert!(child.tag_name().namespace().is_none(), "{method} {version}");
                }
            }
        }
    }
);

on_both_engines!(a_refusal_has_a_message_next_to_its_code_and_no_info, |world: World| async move {
    let stage = Stage::of(world).await;
    for (method, version, who) in each() {
        let how = if who == Who::Anonymous { As::Anonymous } else { As::Online(0) };
        let request = stage.request(method, version, "<info/>", how);
        for body in
            [request.replace("</header>", ""), request.replace(&format!("<method>{method}"), "<method>No")]
        {
            let refused = stage.send(body.as_bytes()).await;
            assert!(refused.text.starts_with("<response><status><code>"), "{}", refused.text);
            assert!(refused.text.contains("</code><error><message>"), "{}", refused.text);
            assert!(refused.text.ends_with("</error></status></response>"), "{}", refused.text);
            assert!(refused.value("message").is_some_and(|message| !message.trim().is_empty()));
            assert_eq!(refused.count("context"), 0);
        }
    }
});

on_both_engines!(ids_that_a_method_does_not_need_are_ignored, |world: World| async move {
    let stage = Stage::of(world).await;
    let nobody = uuid::Uuid::from_u128(4);
    for (method, version, _) in each().filter(|(_, _, who)| matches!(who, Who::Anonymous | Who::Application))
    {
        // An application for devices has no session itself.
        let sent = requests(&stage, method, version).await.into_iter();
        for request in sent.filter(|request| request.how != As::Mobile) {
            let ask = stage.session.ask(method, version, &request.info, stage.now());
            let superfluous = ask.offline(keepwell_core::ids::PersonPseudonym(nobody)).record_id(nobody);
            let reply = stage.send(superfluous.text().as_bytes()).await;
            assert_eq!(reply.code, 0, "{method} {version}: {}", reply.text);
        }
    }
    for request in requests(&stage, "GetPersonInfo", 1).await {
        let ask = stage.session.ask("GetPersonInfo", 1, &request.info, stage.now()).online(&stage.wctoken);
        let reply = stage.send(ask.record_id(nobody).text().as_bytes()).await;
        assert_eq!(reply.code, 0, "a record that is not known: {}", reply.text);
    }
});

on_both_engines!(audit_times_end_in_z_and_the_times_of_things_have_no_zone, |world: World| async move {
    let stage = Stage::of(world).await;
    let (mut instants, mut wall_clock) = (0, 0);
    for request in requests(&stage, "GetThings", 3).await {
        let reply = stage.good("GetThings", 3, &request.info, request.how).await;
        let document = Document::parse(&reply.text).unwrap();
        for node in document.descendants().filter(|node| node.is_element()) {
            let text = node.text().unwrap_or_default();
            match node.tag_name().name() {
                "timestamp" => {
                    instants += 1;
                    assert!(text.ends_with('Z'), "{text}");
                }
                "eff-date" | "updated-end-date" => {
                    wall_clock += 1;
                    assert!(
                        text.len() >= 19 && text[19..].chars().all(|c| c == '.' || c.is_ascii_digit()),
                        "{text}"
                    );
                }
                _ => {}
            }
        }
    }
    assert!(instants > 10 && wall_clock > 10);
});

on_both_engines!(ids_come_in_any_case_and_go_out_in_lower_case, |world: World| async move {
    let stage = Stage::of(world).await;
    let (id, _) = stage.put_weight().await;
    let query = |id: &str| {
        format!(
            "<info><group name=\"A MiXeD name\"><id>{id}</id><format><section>core</section></format></group></info>"
        )
    };
    for asked in [id.clone(), id.to_uppercase(), format!("\r\n {id}\n")] {
        let reply = stage.good("GetThings", 3, &query(&asked), As::Online(0)).await;
        assert_eq!(reply.value("thing-id"), Some(id.to_lowercase()));
        assert_eq!(reply.attribute("group", "name").as_deref(), Some("A MiXeD name"));
    }
    let info = format!("<info><id>{}</id></info>", stage.record(0).to_string().to_uppercase());
    let told = stage.good("GetAuthorizedRecords", 1, &info, As::Online(0)).await;
    assert_eq!(told.attribute("record", "id"), Some(stage.record(0).to_string()));
});

on_both_engines!(every_record_has_what_clients_read_without_asking, |world: World| async move {
    let stage = Stage::of(world).await;
    for method in
        ["GetPersonInfo", "GetAuthorizedPeople", "GetAuthorizedRecords", "GetPersonAndRecordForAlternateId"]
    {
        let mut seen = 0;
        for request in requests(&stage, method, 1).await {
            let reply = stage.good(method, 1, &request.info, request.how).await;
            seen += records(&reply);
        }
        assert!(seen > 0, "{method}");
    }
});

/// Judges the records of an answer; how many there are.
fn records(reply: &Reply) -> usize {
    let document = Document::parse(&reply.text).unwrap();
    let records: Vec<_> = document.descendants().filter(|n| n.has_tag_name("record")).collect();
    for record in &records {
        for instant in ["date-created", "date-updated", "record-app-auth-created-date"] {
            assert!(record.attribute(instant).is_some_and(|value| value.ends_with('Z')), "{instant}");
        }
        assert!(record.attribute("rel-type").is_some_and(|code| code.parse::<u32>().is_ok()));
        assert!(record.text().is_some_and(|name| !name.trim().is_empty()), "a name");
    }
    for person in document.descendants().filter(|n| n.has_tag_name("person-info")) {
        let selected =
            person.children().find(|n| n.has_tag_name("selected-record-id")).and_then(|n| n.text());
        assert!(person.children().any(|n| n.has_tag_name("record") && n.attribute("id") == selected));
        assert!(!person.children().any(|n| n.has_tag_name("more-records")), "there are three");
    }
    assert!(!reply.text.contains(">All<"));
    records.len()
}

on_both_engines!(
    of_many_things_240_come_in_full_the_newest_first_and_always_in_the_same_order,
    |world: World| async move {
        let stage = Stage::of(world).await;
        let thing = |day| {
            format!(
                "<thing><type-id>{WEIGHT}</type-id><data-xml>{}</data-xml></thing>",
                weight_xml(70.0, day)
            )
        };
        for _ in 0..9 {
            let info: String = (1..=30).map(thing).collect();
            stage.good("PutThings", 2, &format!("<info>{info}</info>"), As::Online(0)).await;
        }
        let query = format!(
            "<info><group><filter><type-id>{WEIGHT}</type-id></filter><format><section>core</section></format></group></info>"
        );
        let first = stage.good("GetThings", 3, &query, As::Online(0)).await;
        assert_eq!(first.count("thing"), 240);
        assert!(first.count("unprocessed-thing-key-info") >= 30);
        let document = Document::parse(&first.text).unwrap();
        let dates: Vec<_> =
            document.descendants().filter(|n| n.has_tag_name("eff-date")).filter_map(|n| n.text()).collect();
        assert!(dates.is_sorted_by(|a, b| a >= b), "full things and keys are one list");
        let again = stage.good("GetThings", 3, &query, As::Offline(0)).await;
        assert_eq!(first.text, again.text);
    }
);

/// The height in an answer; the month of its date is an `m` too.
fn metres(reply: &Reply) -> Option<String> {
    let document = Document::parse(&reply.text).unwrap();
    let value = document.descendants().find(|n| n.has_tag_name("value"))?;
    value.children().find(|n| n.has_tag_name("m"))?.text().map(str::to_owned)
}

on_both_engines!(a_section_that_an_update_does_not_send_stays, |world: World| async move {
    let stage = Stage::of(world).await;
    let query = "<info><group><client-thing-id>height-0</client-thing-id><format><section>core</section>\
                 <section>tags</section><xml/></format></group></info>";
    let before = stage.good("GetThings", 3, query, As::Online(0)).await;
    let (id, stamp) =
        (before.value("thing-id").unwrap(), before.attribute("thing-id", "version-stamp").unwrap());
    let key = format!("<thing-id version-stamp=\"{stamp}\">{id}</thing-id><type-id>{HEIGHT}</type-id>");
    let update = format!("<info><thing>{key}<tags>tall</tags></thing></info>");
    let stamp = stage
        .good("PutThings", 2, &update, As::Online(0))
        .await
        .attribute("thing-id", "version-stamp")
        .unwrap();
    let after = stage.good("GetThings", 3, query, As::Online(0)).await;
    assert_eq!((metres(&after), after.value("tags").as_deref()), (metres(&before), Some("tall")));
    let data = "<height><when><date><y>2026</y><m>5</m><d>1</d></date></when><value><m>1.5</m></value></height>\
                <common><client-thing-id>height-0</client-thing-id></common>";
    let key = format!("<thing-id version-stamp=\"{stamp}\">{id}</thing-id><type-id>{HEIGHT}</type-id>");
    let update = format!("<info><thing>{key}<data-xml>{data}</data-xml></thing></info>");
    stage.good("PutThings", 2, &update, As::Online(0)).await;
    let after = stage.good("GetThings", 3, query, As::Online(0)).await;
    assert_eq!((metres(&after).as_deref(), after.value("tags").as_deref()), (Some("1.5"), Some("tall")));
});
