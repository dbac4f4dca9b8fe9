//! What becomes of grants when the application changes what it asks for, or the person changes their mind
//! (connectivity.md 8).

use keepwell_core::applications::{self, Permission, Permissions, Rule, Types};
use keepwell_core::authorizations::{person_pseudonym, record_pseudonym};
use keepwell_core::thing_types;
use keepwell_testkit::{World, on_both_engines};

use crate::desk::{As, Desk, WEIGHT, get_weights, put_weight};

const ACTION: &str = "app-record-auth-action";

/// The application asks for something else from now on.
async fn ask_for(desk: &Desk, change: impl Fn(&mut Vec<Rule>)) {
    let found = applications::find(&desk.world.domain, desk.app.app.id).await.unwrap().unwrap();
    let mut app = (*found.application).clone();
    change(&mut app.online);
    change(&mut app.offline);
    applications::replace(&desk.world.domain, &app).await.unwrap();
}

async fn action(desk: &Desk) -> String {
    let info = desk.good("GetPersonInfo", 1, "<info/>", As::Online).await;
    let people = desk.good("GetAuthorizedPeople", 1, "<info><parameters/></info>", As::Nobody).await;
    let ids = format!("<info><id>{}</id></info>", desk.record());
    let records = desk.good("GetAuthorizedRecords", 1, &ids, As::Online).await;
    let [a, b, c] = [&info, &people, &records].map(|reply| reply.attribute("record", ACTION).unwrap());
    assert!(a == b && b == c, "the methods agree: {a} {b} {c}");
    a
}

fn blood_pressure() -> Types {
    let bp = thing_types::all().iter().find(|t| t.root == "blood-pressure").unwrap();
    Types::Only(vec![bp.id])
}

on_both_engines!(a_wider_required_rule_asks_again_and_what_was_granted_goes_on, |world: World| async move {
    let desk = Desk::of(world).await;
    assert_eq!(action(&desk).await, "NoActionRequired");
    ask_for(&desk, |rules| {
        let more = Rule { name: "bp".to_owned(), types: blood_pressure(), ..rules[0].clone() };
        rules.push(more);
    })
    .await;
    assert_eq!(action(&desk).await, "ReauthorizationRequired");
    for how in [As::Online, As::Offline] {
        desk.good("PutThings", 2, &put_weight(70.0, 1), how).await;
        desk.good("GetThings", 3, &get_weights(), how).await;
    }
    let bp = thing_types::all().iter().find(|t| t.root == "blood-pressure").unwrap().id;
    let query = format!("<info><thing-type-id>{bp}</thing-type-id></info>");
    let permissions = desk.good("QueryPermissions", 1, &query, As::Online).await;
    assert_eq!(permissions.count("permission"), 0, "nothing new before the person agreed");
    let found = applications::find(&desk.world.domain, desk.app.app.id).await.unwrap().unwrap();
    desk.world.allow(&found.application, desk.ada, desk.record).await;
    assert_eq!(action(&desk).await, "NoActionRequired");
});

on_both_engines!(a_narrower_rule_asks_nothing_and_holds_at_once, |world: World| async move {
    let desk = Desk::of(world).await;
    desk.good("PutThings", 2, &put_weight(70.0, 1), As::Online).await;
    ask_for(&desk, |rules| rules[0].permissions = Permissions::of(&[Permission::Read])).await;
    assert_eq!(action(&desk).await, "NoActionRequired");
    assert_eq!(desk.call("PutThings", 2, &put_weight(71.0, 2), As::Online).await.code, 11);
    desk.good("GetThings", 3, &get_weights(), As::Online).await;
});

on_both_engines!(a_new_optional_rule_asks_nothing, |world: World| async move {
    let desk = Desk::of(world).await;
    ask_for(&desk, |rules| {
        let more =
            Rule { name: "bp".to_owned(), types: blood_pressure(), optional: true, ..rules[0].clone() };
        rules.push(more);
    })
    .await;
    assert_eq!(action(&desk).await, "NoActionRequired");
});

on_both_engines!(an_application_that_leaves_the_records_country_says_so, |world: World| async move {
    let desk = Desk::of(world).await;
    let mut app = (*desk.app.app).clone();
    app.locations = vec![applications::Location { country: "NL".to_owned(), state_province: None }];
    applications::replace(&desk.world.domain, &app).await.unwrap();
    assert_eq!(action(&desk).await, "RecordLocationNotSupported");
    let refused = World::consent(&desk.world.domain, &app, desk.ada, desk.record).await;
    assert!(refused.is_err());
});

on_both_engines!(
    ids_are_the_same_after_a_new_consent_and_others_in_another_application,
    |world: World| async move {
        let other = world.weight_app().await;
        let desk = Desk::of(world).await;
        let told = async |desk: &Desk| {
            let info = desk.good("GetPersonInfo", 1, "<info/>", As::Online).await;
            (
                info.value("person-id").unwrap(),
                info.attribute("record", "id").unwrap(),
                info.attribute("record", "app-specific-record-id").unwrap(),
            )
        };
        let before = told(&desk).await;
        desk.world.revoke(desk.app.app.id, desk.ada, desk.record).await;
        desk.world.allow(&desk.app.app, desk.ada, desk.record).await;
        assert_eq!(told(&desk).await, before);
        desk.world.allow(&other.app, desk.ada, desk.record).await;
        let there = Desk::for_person(desk.world, other, desk.ada, desk.record).await;
        let (person, record, specific) = told(&there).await;
        assert!(person != before.0 && record != before.1 && specific != before.2);
    }
);

on_both_engines!(a_grant_that_is_gone_is_shown_nowhere, |world: World| async move {
    use keepwell_core::records::{NewRecord, Relationship, create};
    let desk = Desk::of(world).await;
    let new =
        NewRecord { name: "Kim".to_owned(), relationship: Relationship::Child, country: "US".to_owned() };
    let kims = create(&desk.world.domain, desk.ada, new).await.unwrap();
    desk.world.allow(&desk.app.app, desk.ada, kims).await;
    let domain = &desk.world.domain;
    let kims_id = record_pseudonym(domain, desk.app.app.id, desk.ada, kims).to_string();
    let info = desk.good("GetPersonInfo", 1, "<info/>", As::Online).await;
    assert!(info.text.contains(&kims_id));
    desk.world.revoke(desk.app.app.id, desk.ada, kims).await;
    let all = "<info><effective-record-permissions>true</effective-record-permissions></info>";
    for (method, info, how) in [
        ("GetPersonInfo", all.to_owned(), As::Online),
        ("GetAuthorizedPeople", "<info><parameters/></info>".to_owned(), As::Nobody),
        ("GetAuthorizedRecords", format!("<info><id>{kims_id}</id></info>"), As::Online),
        ("GetApplicationSettings", "<info/>".to_owned(), As::Online),
    ] {
        let reply = desk.good(method, 1, &info, how).await;
        assert!(!reply.text.contains(&kims_id), "{method}: {}", reply.text);
    }
    let person = person_pseudonym(domain, desk.app.app.id, desk.ada).to_string();
    assert!(desk.good("GetPersonInfo", 1, "<info/>", As::Online).await.text.contains(&person));
});

on_both_engines!(people_whose_records_are_closed_do_not_stop_the_paging, |world: World| async move {
    let desk = Desk::of(world).await;
    let mut records = Vec::new();
    for name in ["Bob", "Cleo", "Dan", "Eva"] {
        let (person, record) = desk.world.person(name).await;
        desk.world.allow(&desk.app.app, person, record).await;
        records.push(record);
    }
    for record in &records[1..] {
        let suspended = keepwell_core::records::State::Suspended;
        keepwell_core::records::set_state(&desk.world.domain, *record, suspended).await.unwrap();
    }
    let (mut cursor, mut seen) = (String::new(), 0);
    loop {
        let ask = format!("<info><parameters>{cursor}<num-results>1</num-results></parameters></info>");
        let page = desk.good("GetAuthorizedPeople", 1, &ask, As::Nobody).await;
        seen += page.count("person-info");
        if page.value("more-results").as_deref() != Some("true") {
            break;
        }
        let last = page.value("person-id").expect("more means that somebody was told");
        cursor = format!("<person-id-cursor>{last}</person-id-cursor>");
    }
    assert_eq!(seen, 2, "Ada and Bob");
});

on_both_engines!(a_membership_counts_as_long_as_its_writer_could_delete_it, |world: World| async move {
    const MEMBERSHIP: &str = "66ac44c7-1d60-4e95-bb5b-d21490e91057";
    let rule = |set: &str| {
        format!(
            "[[{set}]]\nname = \"m\"\nwhy = \"m\"\npermissions = [\"read\", \"create\", \"update\", \"delete\"]\n\
             types = [\"group-membership\", \"weight\"]\n"
        )
    };
    let app = world.app(&format!("name = \"Groups\"\n{}{}", rule("online"), rule("offline"))).await;
    let desk = Desk::with(world, app).await;
    let put = |year: u32| {
        let expires = format!("<expires><date><y>{year}</y><m>1</m><d>1</d></date></expires>");
        format!(
            "<info><thing><type-id>{MEMBERSHIP}</type-id><data-xml><group-membership><membership><name>\
             <text>Gold</text></name><value>1</value></membership>{expires}</group-membership>\
             <common/></data-xml></thing></info>"
        )
    };
    let put = desk.call("PutThings", 2, &put(2030), As::Online).await;
    assert_eq!(put.code, 0, "{}", put.text);
    let valid =
        async |info: &str| desk.good("GetValidGroupMembership", 1, info, As::Online).await.count("thing-id");
    assert_eq!(valid("<info/>").await, 1);
    let by = |id: String| format!("<info><application-id>{id}</application-id></info>");
    assert_eq!(valid(&by(desk.app.app.id.to_string())).await, 1);
    assert_eq!(valid(&by(WEIGHT.to_owned())).await, 0, "written by another");
    ask_for(&desk, |rules| rules[0].permissions = Permissions::of(&[Permission::Read])).await;
    assert_eq!(valid("<info/>").await, 0, "it may not delete any more");
    ask_for(&desk, |rules| rules[0].permissions = Permissions::ALL).await;
    assert_eq!(valid("<info/>").await, 1);
    desk.world.clock.set(1_900_000_000_000_000);
    let session = desk.app.session(&desk.send(&desk.app.session_request(desk.now())).await);
    let ask = session.ask("GetValidGroupMembership", 1, "<info/>", desk.now());
    let later = desk.send(&ask.offline(desk.person()).record(desk.record()).text()).await;
    assert_eq!((later.code, later.count("thing-id")), (0, 0), "expired: {}", later.text);
});
