//! What stands several times with fields of its own, written by hand, without scripts.

use keepwell_core::authorizations::Caller;
use keepwell_core::ids::ThingId;
use keepwell_core::thing_types;
use keepwell_core::things::{History, PutThing, ThingKey, data_by_hand, history};
use keepwell_testkit::{World, on_both_engines};

use crate::browser::Page;
use crate::record::Home;

async fn known(home: &Home, thing: ThingId) -> History {
    let her = Caller::person(home.ada);
    history(&home.world.domain, &her, home.record, thing, None).await.expect("asked").expect("known")
}

fn thing_of(page: &Page) -> ThingId {
    let id = page.address.split("/items/").nth(1).and_then(|rest| rest.get(..36));
    ThingId(id.unwrap_or_else(|| panic!("no item: {}", page.html)).parse().expect("an id"))
}

fn kind(root: &str) -> String {
    thing_types::by_name(root).expect("a type").id.to_string()
}

async fn raw(home: &Home, root: &str, xml: &str) -> ThingKey {
    let kind = thing_types::by_name(root).unwrap();
    let data = Some(data_by_hand(kind, xml.into()));
    home.put_all(&[PutThing { type_id: Some(kind.id), data, ..PutThing::default() }]).await[0]
}

/// What a browser sends of the form as it stands: all inputs, with what is in them.
fn controls(page: &Page) -> Vec<(String, String)> {
    let form = page.main().rsplit("<form").next().unwrap();
    let attribute = |tag: &str, name: &str| {
        let rest = tag.split(&format!(" {name}=\"")).nth(1)?;
        Some(rest.split('"').next().unwrap().replace("&#38;", "&"))
    };
    let mut found = Vec::new();
    for part in form.split('<').skip(1) {
        let tag = part.split('>').next().unwrap();
        let value = match tag.split(' ').next().unwrap() {
            "input" => attribute(tag, "value"),
            "textarea" => part.split_once('>').map(|(_, text)| text.trim_start_matches('\n').to_owned()),
            "select" => Some(String::new()),
            "option" if tag.ends_with(" selected") => {
                let chosen: &mut (String, String) = found.last_mut().expect("a select");
                chosen.1 = attribute(tag, "value").unwrap();
                None
            }
            _ => None,
        };
        let name = attribute(tag, "name").filter(|name| !["csrf", "once", "version"].contains(&&**name));
        found.extend(name.zip(value));
    }
    found
}

/// Sends the form as it stands, with these changes.
async fn send(home: &mut Home, page: &Page, changes: &[(&str, &str)]) -> Page {
    let mut all = controls(page);
    all.retain(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
    all.extend(changes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let all: Vec<(&str, &str)> = all.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    home.browser.fill(page, &all).await
}

fn legends(page: &Page) -> Vec<&str> {
    page.html.split("<legend>").skip(1).map(|rest| rest.split("</legend>").next().unwrap()).collect()
}

const HOME: [(&str, &str); 4] = [
    ("contact.address.1.street.1", "1 Larkfield Lane"),
    ("contact.address.1.city", "Larkfield & Co"),
    ("contact.address.1.postcode", "98052"),
    ("contact.address.1.country", "US"),
];

on_both_engines!(
    groups_are_added_and_removed_by_buttons_and_nothing_is_kept_before_it_is_saved,
    |world: World| async move {
        let mut home = Home::of(world).await;
        let form = home.get(&format!("/add/{}", kind("contact"))).await;
        assert!(
            form.html.contains("name=\"add-row\" value=\"contact.address\">Add: Address</button>"),
            "{}",
            form.html
        );
        assert_eq!(legends(&form), ["Contact"], "none is there before it is asked for");
        let one = send(&mut home, &form, &[("add-row", "contact.address")]).await;
        assert_eq!(legends(&one), ["Contact", "Address"]);
        assert!(
            one.html.contains(
                "name=\"contact.address.1.description\" type=\"text\" value=\"\" dir=\"auto\" autofocus"
            ),
            "{}",
            one.html
        );
        let first_button = one.main().rsplit("<form").next().unwrap().split("<button").nth(1).unwrap();
        assert!(first_button.contains("Save"), "the Enter key sends the form: {first_button}");
        let two = send(&mut home, &one, &[&HOME[..], &[("add-row", "contact.address")]].concat()).await;
        assert_eq!(legends(&two), ["Contact", "Address 1 of 2", "Address 2 of 2"]);
        assert!(
            two.html.contains("value=\"Larkfield &#38; Co\"")
                && two.html.contains("name=\"remove-row\" value=\"contact.address.2\"")
        );
        assert!(
            !two.html.contains("Please fill this in."),
            "nothing is looked at before it is sent to be kept"
        );
        // The second is filled in half, and a third is left empty.
        let three =
            send(&mut home, &two, &[("contact.address.2.city", "Oslo"), ("add-row", "contact.address")])
                .await;
        assert_eq!(legends(&three).len(), 4);
        let wrong = send(&mut home, &three, &[]).await;
        assert!(
            wrong.html.contains("id=\"contact.address.2.postcode-error\"")
                && wrong.html.contains("value=\"Oslo\""),
            "{}",
            wrong.html
        );
        assert!(
            !wrong.html.contains("contact.address.1.postcode-error")
                && !wrong.html.contains("contact.address.3.postcode-error")
        );
        let fewer = send(&mut home, &wrong, &[("remove-row", "contact.address.2")]).await;
        assert_eq!(legends(&fewer), ["Contact", "Address 1 of 2", "Address 2 of 2"]);
        assert!(fewer.html.contains("role=\"status\">Address: removed from the form."), "{}", fewer.html);
        assert!(
            fewer.html.contains("aria-describedby=\"contact.address-taken\" autofocus>"),
            "{}",
            fewer.html
        );
        assert!(!fewer.html.contains("Oslo") && fewer.html.contains("1 Larkfield Lane"));
        assert!(home.get("/timeline").await.html.contains("Nothing here yet"));
        let saved = send(&mut home, &fewer, &[]).await;
        let stored = known(&home, thing_of(&saved)).await.shown.data_xml;
        assert_eq!(stored.matches("<address>").count(), 1, "what stayed empty is none: {stored}");
        assert!(stored.contains("<city>Larkfield &amp; Co</city>"), "{stored}");
    }
);

const REACHED: &str = "<contact><contact>\n <address><street>1 Larkfield Lane</street><city>Larkfield</city><postcode>1</postcode>\
    <country>US</country></address><!-- kept -->\n <address><street>2</street><city>Uppsala</city><postcode>2</postcode><country>SE</country>\
    <county>x</county></address>\n <phone><number>5</number></phone></contact></contact><common><source>app</source></common>";

on_both_engines!(a_group_of_an_item_is_removed_and_the_others_stay_as_they_were, |world: World| async move {
    let mut home = Home::of(world).await;
    let key = raw(&home, "contact", REACHED).await;
    let edit = format!("/items/{}/edit", key.id);
    let form = home.get(&edit).await;
    assert_eq!(legends(&form), ["Contact", "Address 1 of 2", "Address 2 of 2", "Phone"]);
    // Sent as it is, it makes no version.
    send(&mut home, &form, &[]).await;
    assert_eq!(known(&home, key.id).await.current, key);
    let fewer =
        send(&mut home, &form, &[("contact.address.2.city", "Lund"), ("remove-row", "contact.address.1")])
            .await;
    assert_eq!(legends(&fewer), ["Contact", "Address", "Phone"]);
    assert_eq!(known(&home, key.id).await.current, key, "nothing is changed yet");
    let more = send(&mut home, &fewer, &[("add-row", "contact.email")]).await;
    assert_eq!(legends(&more), ["Contact", "Address", "Phone", "Email"]);
    let saved = send(&mut home, &more, &[("contact.email.1.address", "a@larkfield.example")]).await;
    assert!(saved.html.contains("The version before is kept below"), "{}", saved.html);
    let stored = known(&home, key.id).await.shown.data_xml;
    let gone = "<address><street>1 Larkfield Lane</street><city>Larkfield</city><postcode>1</postcode><country>US</country></address>";
    let wanted = REACHED.replace(gone, "").replace("Uppsala", "Lund").replace(
        "</phone></contact>",
        "</phone><email><address>a@larkfield.example</address></email></contact>",
    );
    assert_eq!(stored, wanted);
    // A form of the version before says what was entered, and takes nothing away from the newer one.
    let late = send(&mut home, &fewer, &[]).await;
    assert!(late.html.contains("Nothing was overwritten") && !late.html.contains("_gone"), "{}", late.html);
    assert_eq!(known(&home, key.id).await.shown.data_xml, wanted);
});

on_both_engines!(groups_stand_in_groups_and_each_is_kept_where_it_was_entered, |world: World| async move {
    let mut home = Home::of(world).await;
    let mut page = home.get(&format!("/add/{}", kind("lab-test-results"))).await;
    assert!(page.html.contains("<legend>Group</legend>"), "one must be there: {}", page.html);
    for (more, name) in [
        ("lab-group", "lab-group.1.group-name"),
        ("lab-group.1.results", "lab-group.2.group-name"),
        ("lab-group.1.results", "lab-group.1.results.1.name"),
        ("lab-group.1.results.2.value.ranges", "lab-group.1.results.2.name"),
        ("lab-group.2.sub-groups", "lab-group.1.results.2.value.measurement"),
        ("lab-group.2.sub-groups.1.results", "lab-group.2.sub-groups.1.group-name"),
    ] {
        page = send(&mut home, &page, &[(name, name), ("add-row", more)]).await;
    }
    let rest = [
        ("lab-group.1.results.2.value.ranges.1.type", "Normal"),
        ("lab-group.1.results.2.value.ranges.1.text", "1 to 2"),
        ("lab-group.2.sub-groups.1.results.1.name", "Last"),
    ];
    let saved = send(&mut home, &page, &rest).await;
    let stored = known(&home, thing_of(&saved)).await.shown.data_xml;
    let shape: String = stored.replace('\n', "");
    let group = |name: &str, inside: &str| {
        format!("<lab-group><group-name><text>{name}</text></group-name>{inside}</lab-group>")
    };
    let first = "<results><name>lab-group.1.results.1.name</name></results><results><name>lab-group.1.results.2.name</name>\
        <value><measurement><display>lab-group.1.results.2.value.measurement</display></measurement><ranges><type><text>Normal</text></type>\
        <text><text>1 to 2</text></text></ranges></value></results>";
    let second = "<sub-groups><group-name><text>lab-group.2.sub-groups.1.group-name</text></group-name><results><name>Last</name></results></sub-groups>";
    let wanted = [group("lab-group.1.group-name", first), group("lab-group.2.group-name", second)].concat();
    assert!(shape.starts_with(&format!("<lab-test-results>{wanted}</lab-test-results>")), "{stored}");
});

on_both_engines!(no_odd_number_of_groups_breaks_a_form_or_makes_it_large, |world: World| async move {
    let mut home = Home::of(world).await;
    let key = raw(&home, "contact", REACHED).await;
    let add = home.get(&format!("/add/{}", kind("contact"))).await;
    let edit = home.get(&format!("/items/{}/edit", key.id)).await;
    let many: Vec<String> = (1..2_000).map(|n| format!("contact.address.{n}.city")).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|name| (name.as_str(), "x")).collect();
    let odd = [
        ("rows", "100000"),
        ("add-row", "contact.address"),
        ("add-row", "contact.phone"),
        ("remove-row", "contact.address.-1"),
        ("contact.address.-1.city", "x"),
        ("contact.address.0.city", "x"),
        ("contact.address.100000.city", "x"),
        ("contact.address.99_gone", "true"),
        ("contact.address.1_gone", "maybe"),
        ("contact.address.3.city", "first"),
        ("contact.address.3.city", "second"),
    ];
    for form in [&add, &edit] {
        for sent in [&odd[..], &many[..], &[&many[..], &[("add-row", "contact.address")]].concat()] {
            let page = home.browser.fill(form, sent).await;
            assert_eq!(page.status, 200);
            assert!(page.html.len() < 100_000, "{}", page.html.len());
            let shown = page.html.matches("name=\"remove-row\" value=\"contact.address.").count();
            assert!(shown <= 20, "{shown}");
            for name in
                ["contact.address.-1", "contact.address.0.", "contact.address.100000", "99_gone", "second"]
            {
                assert!(!page.html.contains(name), "{name}");
            }
            if sent.len() > 1_000 {
                assert!(page.html.contains("No more fit into this form."), "{}", page.html);
            }
        }
        for name in
            ["contact", "contact.address", "name", "contact.address.1.city", "../x", "contact.address.7"]
        {
            for button in ["add-row", "remove-row"] {
                assert_eq!(home.browser.fill(form, &[(button, name)]).await.status, 200);
            }
        }
    }
    assert_eq!(known(&home, key.id).await.current, key);
});
