//! AddApplication, UpdateApplication, GetApplicationInfo: masters and their children.

use keepwell_core::applications::Application;
use keepwell_core::sessions::user_token;
use keepwell_testkit::{ActingApp, Reply, SigningKey, World, info_only, on_both_engines};

use crate::desk::{As, Desk, WEIGHT, put_weight};

const MASTER: &str = r#"
    name = "Practices"
    action-url = "https://practices.example/"
    methods = ["basic", "master"]
    child-methods = ["basic", "UpdateApplication"]
    countries = ["US", "NL"]
    [[online]]
    name = "weight"
    why = "To follow your weight"
    permissions = ["read", "create"]
    types = ["weight"]
"#;

async fn master(world: World) -> Desk {
    let app = world.app(MASTER).await;
    Desk::with(world, app).await
}

/// A child's configuration, in the order of the schema, with these parts replaced.
fn child(key: &SigningKey, online: &str, methods: &str) -> String {
    let key = hex::encode_upper(key.certificate().der);
    info_only(&format!(
        "<name>Northside</name><name xml:lang=\"nl\">Noordkant</name>\
         <public-keys><public-key>{key}</public-key></public-keys>\
         <person-online-base-auth>{online}</person-online-base-auth><person-offline-base-auth/>{methods}\
         <action-url>https://northside.example/return</action-url>\
         <description>A practice</description><auth-reason>Care</auth-reason>\
         <large-logo><logo>iVBORw0KGgo=</logo><content-type>image/png</content-type></large-logo>\
         <supported-record-locations><location><country>NL</country></location></supported-record-locations>"
    ))
}

fn rules(permission: &str) -> String {
    format!(
        "<auth><rules><rule name=\"weight\"><reason>Why</reason><permission>{permission}</permission>\
         <target-set><type-id>{WEIGHT}</type-id></target-set></rule></rules></auth>"
    )
}

async fn add(desk: &Desk, version: u32, info: &str) -> Reply {
    desk.call("AddApplication", version, info, As::Nobody).await
}

/// The child, ready to act.
async fn acting(desk: &Desk, id: &str, key: SigningKey) -> ActingApp {
    let id = keepwell_core::ids::AppId(id.parse().unwrap());
    let found = keepwell_core::applications::find(&desk.world.domain, id).await.unwrap().unwrap();
    ActingApp { app: found.application, key }
}

on_both_engines!(a_master_makes_an_application_that_people_can_use, |world: World| async move {
    let desk = master(world).await;
    let key = SigningKey::another();
    let made = add(&desk, 1, &child(&key, &rules("Create"), "")).await;
    assert_eq!(made.code, 0, "{}", made.text);
    let child = acting(&desk, &made.value("id").unwrap(), key).await;
    // A child of a Dutch practice is not for a record in the United States.
    let (eva, record) = desk.world.person_in("Eva", "NL").await;
    desk.world.allow(&child.app, eva, record).await;
    let session = child.session(&desk.send(&child.session_request(desk.now())).await);
    let token = user_token::give(&desk.world.domain, child.app.id, eva, false, None).await.unwrap();
    let pseudonym = keepwell_core::authorizations::record_pseudonym;
    let record = pseudonym(&desk.world.domain, child.app.id, eva, record);
    let ask = session.ask("PutThings", 2, put_weight(70.0, 1), desk.now()).record(record).online(&token);
    assert_eq!(desk.send(&ask.text()).await.code, 0);
});

on_both_engines!(what_a_child_wrote_tells_of_its_master, |world: World| async move {
    let desk = master(world).await;
    let key = SigningKey::another();
    let all = rules("Create").replace("</permission>", "</permission><permission>Read</permission>");
    let made = add(&desk, 2, &child(&key, &all, "<methods>GetThings, PutThings</methods>")).await;
    assert_eq!(made.code, 0, "{}", made.text);
    let child = acting(&desk, &made.value("id").unwrap(), key).await;
    let (eva, record) = desk.world.person_in("Eva", "NL").await;
    desk.world.allow(&child.app, eva, record).await;
    let desk = Desk::for_person(desk.world, child, eva, record).await;
    desk.good("PutThings", 2, &put_weight(70.0, 1), As::Online).await;
    let things = desk.good("GetThings", 3, &crate::desk::get_weights(), As::Online).await;
    assert_eq!(things.value("app-id"), Some(desk.app.app.id.to_string()));
    assert_eq!(things.value("master-app-id"), desk.app.app.master().map(|id| id.to_string()));
    assert_eq!(desk.call("GetPersonInfo", 1, "<info/>", As::Online).await.code, 11, "outside its methods");
});

on_both_engines!(a_child_asks_for_no_more_than_its_master_may, |world: World| async move {
    let desk = master(world).await;
    let key = SigningKey::another();
    let good = child(&key, &rules("Create"), "");
    let methods = |list: &str| child(&key, &rules("Create"), &format!("<methods>{list}</methods>"));
    for (what, version, info, code) in [
        ("a rule beyond the master's", 1, child(&key, &rules("Delete"), ""), 18),
        ("a type that does not exist", 1, good.replace(WEIGHT, "00000000-0000-4000-8000-000000000001"), 18),
        ("a rule by dates", 1, good.replace("<type-id>", "<date-range/><type-id>"), 18),
        ("a master's methods", 2, methods("AddApplication"), 87),
        ("no method", 2, methods("DropEverything"), 87),
        ("another country", 1, good.replace("<country>NL", "<country>BE"), 147),
        ("no certificate", 1, child_with_key(&key, &"00".repeat(300)), 63),
        ("half a byte", 1, child_with_key(&key, &"0".repeat(601)), 63),
        ("a logo that holds script", 1, good.replace("image/png", "image/svg+xml"), 3),
        ("an action URL that runs", 1, good.replace("https://northside.example/return", "javascript:1"), 3),
        ("too much to say", 1, good.replace(">A practice<", &format!(">{}<", "x".repeat(1 << 20))), 39),
        ("no description", 1, good.replace("<description>A practice</description>", ""), 3),
    ] {
        let reply = add(&desk, version, &info).await;
        assert_eq!(reply.code, code, "{what}: {}", reply.text);
        assert_eq!(reply.count("id"), 0);
    }
    let ignored = add(&desk, 1, &methods("AddApplication")).await;
    assert_eq!(ignored.code, 0, "version 1 does not look at methods: {}", ignored.text);
    let id = ignored.value("id").unwrap();
    let info = info_only(&format!("<child-app-id>{id}</child-app-id>"));
    let told = desk.good("GetApplicationInfo", 2, &info, As::Nobody).await;
    assert_eq!(told.value("methods").as_deref(), Some("x-BaseMethods,x-UserDataExtended"));
});

fn child_with_key(key: &SigningKey, hex_key: &str) -> String {
    let good = child(key, &rules("Create"), "");
    good.replace(&hex::encode_upper(key.certificate().der), hex_key)
}

on_both_engines!(who_is_no_master_makes_none, |world: World| async move {
    let plain = Desk::of(world).await;
    let info = child(&SigningKey::another(), &rules("Create"), "");
    assert_eq!(add(&plain, 1, &info).await.code, 11, "the method is not basic");
    let mut app = (*plain.app.app).clone();
    app.methods = vec!["basic".to_owned(), "master".to_owned()];
    keepwell_core::applications::replace(&plain.world.domain, &app).await.unwrap();
    assert_eq!(add(&plain, 1, &info).await.code, 11, "and the method alone makes no master");
});

on_both_engines!(a_master_changes_its_children_and_nobody_elses, |world: World| async move {
    let other = world.app(&MASTER.replace("Practices", "Others")).await;
    let desk = master(world).await;
    let key = SigningKey::another();
    let made = add(&desk, 1, &child(&key, &rules("Create"), "")).await;
    let id = made.value("id").unwrap();
    let update = |id: &str, inside: &str| info_only(&format!("<id>{id}</id>{inside}"));
    let info = info_only(&format!("<child-app-id>{id}</child-app-id>"));

    let renamed = update(&id, "<name>Southside</name>");
    desk.good("UpdateApplication", 1, &renamed, As::Nobody).await;
    let told = desk.good("GetApplicationInfo", 1, &info, As::Nobody).await;
    assert_eq!(told.value("name").as_deref(), Some("Southside"));
    assert_eq!(told.value("description").as_deref(), Some("A practice"), "what was not said stays");
    assert_eq!(told.value("master-app-name").as_deref(), Some("Practices"));
    assert_eq!(told.value("master-app-id"), Some(desk.app.app.id.to_string()));

    desk.world.allow(&other.app, desk.ada, desk.record).await;
    let stranger = Desk::for_person(desk.world, other, desk.ada, desk.record).await;
    for (what, id, code) in [
        ("another's child", id.clone(), 11),
        ("nobody", uuid::Uuid::from_u128(7).to_string(), 6),
        ("the other master", desk.app.app.id.to_string(), 11),
    ] {
        let reply =
            stranger.call("UpdateApplication", 1, &update(&id, "<name>Mine</name>"), As::Nobody).await;
        assert_eq!(reply.code, code, "{what}");
    }
    assert_eq!(stranger.call("GetApplicationInfo", 1, &info, As::Nobody).await.code, 11);
});

on_both_engines!(an_application_does_not_give_itself_more, |world: World| async move {
    let desk = master(world).await;
    let key = SigningKey::another();
    let methods = "<methods>GetThings,UpdateApplication</methods>";
    let made = add(&desk, 2, &child(&key, &rules("Create"), methods)).await;
    let id = made.value("id").unwrap();
    let child = acting(&desk, &id, key).await;
    let session = child.session(&desk.send(&child.session_request(desk.now())).await);
    let change = async |inside: &str| {
        let info = info_only(&format!("<id>{id}</id>{inside}"));
        desk.send(&session.ask("UpdateApplication", 2, info, desk.now()).text()).await.code
    };
    assert_eq!(change("<name>Renamed</name>").await, 0);
    assert_eq!(change("<methods>GetThings,UpdateApplication,PutThings</methods>").await, 87);
    let more = format!("<person-online-base-auth>{}</person-online-base-auth>", rules("Update"));
    assert_eq!(change(&more).await, 18);
    let info = info_only(&format!("<id>{id}</id><methods>GetThings,PutThings,UpdateApplication</methods>"));
    desk.good("UpdateApplication", 2, &info, As::Nobody).await;
});

on_both_engines!(texts_are_told_in_the_readers_language_or_in_all, |world: World| async move {
    let desk = master(world).await;
    let made = add(&desk, 1, &child(&SigningKey::another(), &rules("Create"), "")).await;
    let id = made.value("id").unwrap();
    let name = async |inside: &str, culture: Option<(&str, &str)>| {
        let info = info_only(&format!("{inside}<child-app-id>{id}</child-app-id>"));
        let ask = desk.session.ask("GetApplicationInfo", 2, info, desk.now());
        let ask = culture.into_iter().fold(ask, |ask, (language, country)| ask.culture(language, country));
        desk.send(&ask.text()).await
    };
    for (culture, expected) in [
        (None, "Northside"),
        (Some(("nl", "BE")), "Noordkant"),
        (Some(("nl-BE", "")), "Noordkant"),
        (Some(("ja", "JP")), "Northside"),
    ] {
        let told = name("", culture).await;
        assert_eq!(told.value("name").as_deref(), Some(expected), "{culture:?}");
        assert_eq!(told.count("name"), 1);
    }
    let all = name("<all-languages>true</all-languages>", None).await;
    assert_eq!(all.count("name"), 2);
    assert!(all.text.contains("<name xml:lang=\"nl\">Noordkant</name>"), "{}", all.text);
});

on_both_engines!(a_new_certificate_takes_the_place_of_the_old, |world: World| async move {
    let desk = master(world).await;
    let made = add(&desk, 1, &child(&SigningKey::another(), &rules("Create"), "")).await;
    let id = made.value("id").unwrap();
    let child = acting(&desk, &id, SigningKey::another()).await;
    assert_eq!(desk.send(&child.session_request(desk.now())).await.code, 0);
    let new = hex::encode(desk.app.key.certificate().der);
    let info = info_only(&format!("<id>{id}</id><public-keys><public-key>{new}</public-key></public-keys>"));
    desk.good("UpdateApplication", 1, &info, As::Nobody).await;
    assert_eq!(desk.send(&child.session_request(desk.now())).await.code, 4);
    let changed = ActingApp { app: child.app, key: desk.app.key.clone() };
    assert_eq!(desk.send(&changed.session_request(desk.now())).await.code, 0);
});

on_both_engines!(only_admitted_people_can_authorize_a_restricted_application, |world: World| async move {
    let desk = master(world).await;
    let key = SigningKey::another();
    let restricted = child(&key, &rules("Create"), "").replace(
        "<supported-record-locations>",
        "<restrict-app-users>true</restrict-app-users><supported-record-locations>",
    );
    let made = add(&desk, 1, &restricted).await;
    assert_eq!(made.code, 0, "{}", made.text);
    let id = made.value("id").unwrap();
    let trial = acting(&desk, &id, key).await.app;
    let asked = |id: &str| info_only(&format!("<app-id>{id}</app-id>"));
    let consent = |app: &Application, person, record| {
        let app = app.clone();
        let domain = desk.world.domain.clone();
        async move { World::consent(&domain, &app, person, record).await }
    };
    let (eva, hers) = desk.world.person_in("Eva", "NL").await;
    assert!(consent(&trial, eva, hers).await.is_err(), "nobody let her in");

    let own = desk.call("AuthorizeApplication", 1, &asked(&desk.app.app.id.to_string()), As::Online).await;
    assert_eq!(own.code, 38, "this one is open to all");
    let nobody = uuid::Uuid::from_u128(9).to_string();
    assert_eq!(desk.call("AuthorizeApplication", 1, &asked(&nobody), As::Online).await.code, 6);
    desk.world.allow(&desk.app.app, eva, hers).await;
    let token = user_token::give(&desk.world.domain, desk.app.app.id, eva, false, None).await.unwrap();
    for _ in 0..2 {
        let ask = desk.session.ask("AuthorizeApplication", 1, asked(&id), desk.now()).online(&token);
        assert_eq!(desk.send(&ask.text()).await.code, 0, "once more changes nothing");
    }
    assert!(consent(&trial, eva, hers).await.is_ok());
    assert!(consent(&trial, desk.ada, desk.record).await.is_err(), "and it is for her alone");
});

on_both_engines!(another_application_admits_nobody, |world: World| async move {
    let trial = world.app(&MASTER.replace("countries", "restrict-users = true\n    countries")).await;
    let desk = Desk::of(world).await;
    let info = info_only(&format!("<app-id>{}</app-id>", trial.app.id));
    assert_eq!(desk.call("AuthorizeApplication", 1, &info, As::Online).await.code, 11);
});

on_both_engines!(
    of_many_who_change_an_application_at_once_none_overwrites_another,
    |world: World| async move {
        let desk = master(world).await;
        let made = add(&desk, 1, &child(&SigningKey::another(), &rules("Create"), "")).await;
        let id = made.value("id").unwrap();
        let app = keepwell_core::ids::AppId(id.parse().unwrap());
        let found =
            async || keepwell_core::applications::find(&desk.world.domain, app).await.unwrap().unwrap();
        let before = found().await.revision;
        let infos: Vec<_> =
            (0..20).map(|number| info_only(&format!("<id>{id}</id><name>Name {number}</name>"))).collect();
        let calls = infos.iter().map(|info| desk.call("UpdateApplication", 1, info, As::Nobody));
        let replies = futures_util::future::join_all(calls).await;
        let done = replies.iter().filter(|reply| reply.code == 0).count();
        assert!(done > 0 && replies.iter().all(|reply| [0, 1].contains(&reply.code)));
        assert_eq!(
            found().await.revision - before,
            i64::try_from(done).unwrap(),
            "each was decided on the last"
        );
    }
);
