//! Every method that is offered, tried by everyone who must not.

use keepwell_platform::{Effect, METHODS, Method, Who};
use keepwell_testkit::{Session, World, on_both_engines};

use crate::desk::{As, Desk};

fn each() -> impl Iterator<Item = (&'static Method, u32)> {
    METHODS.iter().flat_map(|m| m.versions.iter().map(move |v| (m, *v)))
}

fn with_session() -> impl Iterator<Item = (&'static Method, u32)> {
    each().filter(|(m, _)| m.who != Who::Anonymous)
}

on_both_engines!(no_method_answers_without_a_good_signature, |world: World| async move {
    let desk = all_methods(world).await;
    for (method, version) in with_session() {
        let name = method.name;
        let good = desk.request(name, version, "<info/>", As::Online);
        let (start, rest) = good.split_once("<auth>").unwrap();
        let (_, after) = rest.split_once("</auth>").unwrap();
        assert_eq!(desk.send(&format!("{start}{after}")).await.code, 4, "{name}: unsigned");
        let info = good.replace("<info/>", "<info />");
        assert_eq!(desk.send(&info).await.code, 4, "{name}: info changed");
        let header = good.replace("<msg-ttl>1800", "<msg-ttl>1801");
        assert_eq!(desk.send(&header).await.code, 4, "{name}: header changed");
        let hash = good.find("<info-hash>").unwrap();
        let hash_gone = format!("{}{}", &good[..hash], good.split_once("</info-hash>").unwrap().1);
        assert_eq!(desk.send(&hash_gone).await.code, 4, "{name}: no hash");
        let mut wrong = desk.session.clone();
        wrong.secret[0] ^= 1;
        let ask = wrong.ask(name, version, "<info/>", desk.now()).record(desk.record()).online(&desk.wctoken);
        assert_eq!(desk.send(&ask.text()).await.code, 4, "{name}: another key");
    }
});

on_both_engines!(no_method_answers_a_session_that_is_not_there, |world: World| async move {
    let desk = Desk::of(world).await;
    let session = Session::made_up();
    for (method, version) in each() {
        let ask = session.ask(method.name, version, "<info/>", desk.now());
        assert_eq!(desk.send(&ask.text()).await.code, 65, "{}", method.name);
    }
    for (method, version) in with_session() {
        let ask = session.ask(method.name, version, "<info/>", desk.now()).online(&desk.wctoken);
        assert_eq!(desk.send(&ask.text()).await.code, 65, "{}", method.name);
        let anonymous = desk.app.anonymous(method.name, version, "<info/>", desk.now());
        assert_eq!(desk.send(&anonymous).await.code, 11, "{}: anonymous", method.name);
    }
});

on_both_engines!(no_method_answers_outside_the_applications_mask, |world: World| async move {
    let app = world
        .app("name = \"Masked\"\nmethods = []\n[[online]]\nname = \"w\"\nwhy = \"w\"\npermissions = [\"read\"]\ntypes = [\"weight\"]\n")
        .await;
    let desk = Desk::with(world, app).await;
    for (method, version) in with_session() {
        let reply = desk.call(method.name, version, "<info/>", As::Online).await;
        assert_eq!(reply.code, 11, "{}", method.name);
    }
});

on_both_engines!(
    no_method_answers_an_application_that_is_not_known_or_not_active,
    |world: World| async move {
        let desk = all_methods(world).await;
        let unknown = uuid::Uuid::from_u128(3).to_string();
        let strangers = |name: &str, version| {
            let request = desk.app.anonymous(name, version, &info_for(name), desk.now());
            request.replace(&desk.app.app.id.to_string(), &unknown)
        };
        // Where this server is, anyone may ask.
        let is_open = |method: &Method| method.name == "GetServiceDefinition";
        for (method, version) in each().filter(|(m, _)| !is_open(m)) {
            assert_eq!(desk.send(&strangers(method.name, version)).await.code, 6, "{}: unknown", method.name);
        }
        let domain = &desk.world.domain;
        let suspended = keepwell_core::applications::State::Suspended;
        keepwell_core::applications::set_state(domain, desk.app.app.id, suspended).await.unwrap();
        for (method, version) in each() {
            let reply = desk.call(method.name, version, &info_for(method.name), As::Online).await;
            assert_eq!(reply.code, 6, "{}: suspended", method.name);
        }
    }
);

/// An application that may call everything.
pub async fn all_methods(world: World) -> Desk {
    let groups =
        ["basic", "connect", "master", "sign-up", "email"].map(|group| format!("\"{group}\"")).join(",");
    let rules = |set| {
        format!(
            "[[{set}]]\nname = \"w\"\nwhy = \"w\"\npermissions = [\"read\", \"create\", \"delete\"]\n\
             types = [\"weight\"]\n"
        )
    };
    let head = format!("name = \"All\"\nmethods = [{groups}]\nchild-methods = [\"basic\"]\n");
    let app = world.app(&format!("{head}{}{}", rules("online"), rules("offline"))).await;
    Desk::with(world, app).await
}

on_both_engines!(in_maintenance_no_method_that_writes_is_answered, |world: World| async move {
    let desk = all_methods(world).await;
    keepwell_core::maintenance::begin(&desk.world.domain, "").await.unwrap();
    for (method, version) in each() {
        let name = method.name;
        let reply = match method.who {
            Who::Anonymous => {
                desk.send(&desk.app.anonymous(name, version, &info_for(name), desk.now())).await
            }
            _ => desk.call(name, version, &info_for(name), As::Online).await,
        };
        let refused = reply.code == 152;
        assert_eq!(refused, method.effect == Effect::Writes, "{name}: {}", reply.text);
    }
});

on_both_engines!(a_method_about_a_person_needs_one_that_this_application_knows, |world: World| async move {
    let desk = all_methods(world).await;
    for (method, version) in each().filter(|(m, _)| matches!(m.who, Who::Person | Who::Record)) {
        let name = method.name;
        let ask = || desk.session.ask(name, version, "<info/>", desk.now()).record(desk.record());
        assert_eq!(desk.send(&ask().text()).await.code, 9, "{name}: nobody");
        let stranger = keepwell_core::ids::PersonPseudonym(uuid::Uuid::from_u128(5));
        assert_eq!(desk.send(&ask().offline(stranger).text()).await.code, 9, "{name}: a stranger");
        let inside = keepwell_core::ids::PersonPseudonym(desk.ada.0);
        assert_eq!(desk.send(&ask().offline(inside).text()).await.code, 9, "{name}: the id inside");
        assert_eq!(desk.send(&ask().online("ASAAAunknown=").text()).await.code, 7, "{name}: a dead token");
        assert_eq!(desk.send(&ask().online("no token!").text()).await.code, 8, "{name}: nonsense");
    }
});

on_both_engines!(a_person_who_is_named_is_looked_at_where_none_is_needed, |world: World| async move {
    let desk = all_methods(world).await;
    for (method, version) in each().filter(|(m, _)| m.who == Who::ApplicationOrPerson) {
        let name = method.name;
        let ask = || desk.session.ask(name, version, info_for(name), desk.now());
        assert_eq!(desk.send(&ask().online("ASAAAunknown=").text()).await.code, 7, "{name}: a dead token");
        let stranger = keepwell_core::ids::PersonPseudonym(uuid::Uuid::from_u128(5));
        assert_eq!(desk.send(&ask().offline(stranger).text()).await.code, 9, "{name}: a stranger");
    }
});

on_both_engines!(a_method_about_a_record_needs_one_that_this_person_gave, |world: World| async move {
    let desk = all_methods(world).await;
    let (bob, bobs) = desk.world.person("Bob").await;
    desk.world.allow(&desk.app.app, bob, bobs).await;
    let domain = &desk.world.domain;
    let bobs_id = keepwell_core::authorizations::record_pseudonym(domain, desk.app.app.id, bob, bobs);
    for (method, version) in each().filter(|(m, _)| m.who == Who::Record) {
        let name = method.name;
        let ask = || desk.session.ask(name, version, "<info/>", desk.now()).online(&desk.wctoken);
        assert_eq!(desk.send(&ask().text()).await.code, 10, "{name}: no record");
        assert_eq!(desk.send(&ask().record(bobs_id).text()).await.code, 10, "{name}: Bob's record");
        assert_eq!(desk.send(&ask().record_id(desk.record.0).text()).await.code, 10, "{name}: the id inside");
    }
});

/// An info that each method accepts, so that what refuses is the door and not the parser.
pub fn info_for(name: &str) -> String {
    use crate::desk::{WEIGHT, get_weights, put_weight};
    match name {
        "AssociateAlternateId" => "<info><alternate-id>17</alternate-id></info>".to_owned(),
        "AuthorizeApplication" => format!("<info><app-id>{WEIGHT}</app-id></info>"),
        "CreateConnectPackage" => "<info><friendly-name>A</friendly-name><question>Q</question>\
             <external-id>17</external-id><package><type-id>c9287326-bb43-4194-858c-8b60768f000f</type-id>\
             <data-xml><password-protected-package/></data-xml></package></info>"
            .to_owned(),
        "CreateConnectRequest" => {
            "<info><friendly-name>A</friendly-name><question>Q</question><answer>a</answer>\
             <external-id>17</external-id></info>"
                .to_owned()
        }
        "DeletePendingConnectPackage" | "DeletePendingConnectRequest" => {
            "<info><external-id>17</external-id></info>".to_owned()
        }
        "UpdateExternalId" => "<info><old-external-id>17</old-external-id>\
             <new-external-id>18</new-external-id></info>"
            .to_owned(),
        "GetAuthorizedRecords" => format!("<info><id>{WEIGHT}</id></info>"),
        "GetRecordOperations" => {
            "<info><record-operation-sequence-number>0</record-operation-sequence-number></info>".to_owned()
        }
        "GetThings" => get_weights(),
        "OverwriteThings" | "PutThings" => put_weight(70.0, 1),
        "QueryPermissions" => format!("<info><thing-type-id>{WEIGHT}</thing-type-id></info>"),
        "SendInsecureMessage" => "<info><rcpt-address><address>bob@example.org</address><name>Bob</name>\
             </rcpt-address><subject>s</subject><text-body>t</text-body></info>"
            .to_owned(),
        "RemoveThings" => format!("<info><thing-id version-stamp=\"{WEIGHT}\">{WEIGHT}</thing-id></info>"),
        _ => "<info/>".to_owned(),
    }
}

on_both_engines!(no_method_answers_after_revocation, |world: World| async move {
    let desk = all_methods(world).await;
    desk.world.revoke(desk.app.app.id, desk.ada, desk.record).await;
    for (method, version) in each().filter(|(m, _)| m.who == Who::Record) {
        for how in [As::Online, As::Offline] {
            let reply = desk.call(method.name, version, &info_for(method.name), how).await;
            assert_eq!(reply.code, 11, "{} {how:?}", method.name);
        }
    }
    for (method, version) in each().filter(|(m, _)| m.who == Who::Person) {
        for how in [As::Online, As::Offline] {
            let reply = desk.call(method.name, version, &info_for(method.name), how).await;
            // What one asks for by id and may not have is left out, as if it were not there.
            let expected = if method.name == "GetAuthorizedRecords" { 0 } else { 11 };
            assert_eq!(reply.code, expected, "{} {how:?}", method.name);
        }
    }
    let people = desk.good("GetAuthorizedPeople", 1, "<info><parameters/></info>", As::Nobody).await;
    assert_eq!(people.count("person-info"), 0);
    let asked = format!("<info><id>{}</id></info>", desk.record());
    let records = desk.good("GetAuthorizedRecords", 1, &asked, As::Online).await;
    assert_eq!(records.count("record"), 0);
});

on_both_engines!(an_offline_call_without_an_offline_rule_is_denied, |world: World| async move {
    let app = world
        .app("name = \"Online\"\n[[online]]\nname = \"w\"\nwhy = \"w\"\npermissions = [\"read\", \"create\"]\ntypes = [\"weight\"]\n")
        .await;
    let desk = Desk::with(world, app).await;
    for (method, version) in each().filter(|(m, _)| m.who == Who::Record) {
        let info = info_for(method.name);
        let reply = desk.call(method.name, version, &info, As::Offline).await;
        assert_eq!(reply.code, 11, "{}", method.name);
    }
    desk.good("GetThings", 3, &info_for("GetThings"), As::Online).await;
});

on_both_engines!(an_old_message_is_refused_unless_the_application_may_be_late, |world: World| async move {
    let desk = Desk::of(world).await;
    let request = desk.request("GetPersonInfo", 1, "<info/>", As::Online);
    desk.world.clock.advance(keepwell_core::env::HOUR);
    assert_eq!(desk.send(&request).await.code, 49);
    let mut lenient = (*desk.app.app).clone();
    lenient.check_message_age = false;
    keepwell_core::applications::replace(&desk.world.domain, &lenient).await.unwrap();
    assert_eq!(desk.send(&request).await.code, 0, "and the same bytes may be sent twice");
    assert_eq!(desk.send(&request).await.code, 0);
});

on_both_engines!(what_is_not_offered_answers_5, |world: World| async move {
    let desk = Desk::of(world).await;
    for (name, version) in [("GetThings", 4), ("getthings", 3), ("DropEverything", 1), ("GetVocabulary", 3)] {
        assert_eq!(desk.call(name, version, "<info/>", As::Online).await.code, 5, "{name} {version}");
    }
});
