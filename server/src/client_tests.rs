//! The client library against the platform itself: what a Rust program can do, done.

mod attachments;
mod clinic;
mod dropoff;

use std::sync::Arc;

use async_trait::async_trait;
use keepwell_client::things::WEIGHT;
use keepwell_client::transport::Transport;
use keepwell_client::{Client, Clock, Config, Error, Message, NewThing, PeopleQuery, Query, Thumbprint};
use keepwell_core::env::{HOUR, HandClock};
use keepwell_core::ids::{PersonId, RecordId};
use keepwell_core::sessions::user_token;
use keepwell_platform::{Platform, Settings};
use keepwell_testkit::{ActingApp, World, on_both_engines};
use keepwell_wire::status::Status;

/// The platform, without a network between.
struct Direct(Platform);

#[async_trait]
impl Transport for Direct {
    async fn post(&self, _url: &str, body: String) -> Result<String, Error> {
        Ok(self.0.answer(None, None, body.as_bytes()).await)
    }
}

fn client(world: &World, app: &ActingApp) -> Client {
    let settings = Settings::at("http://localhost:8470", keepwell_testkit::START);
    let config = Config {
        platform_url: settings.platform_url.clone(),
        app_id: app.app.id.0,
        key_pem: app.key.pem(),
        thumbprint: Thumbprint::from_hex(&app.key.certificate().thumbprint).expect("a thumbprint"),
    };
    let direct: Arc<dyn Transport> = Arc::new(Direct(Platform::new(world.domain.clone(), settings)));
    let hands: Arc<HandClock> = world.clock.clone();
    let clock = Clock::new(move || {
        jiff::Timestamp::from_microsecond(keepwell_core::env::Clock::now(hands.as_ref())).expect("a time")
    });
    Client::with(config, direct, clock).expect("a client")
}

async fn set_up(world: &World) -> (ActingApp, PersonId, RecordId, String) {
    let rule = |set: &str| {
        format!(
            "[[{set}]]\nname = \"w\"\nwhy = \"w\"\npermissions = [\"read\", \"create\", \"update\", \"delete\"]\n\
             types = [\"weight\"]\n"
        )
    };
    let head = "name = \"Rusty\"\ndescription = \"Tests\"\nmethods = [\"basic\", \"email\"]\n";
    let app = world.app(&format!("{head}{}{}", rule("online"), rule("offline"))).await;
    let (ada, record) = world.person("Ada").await;
    world.allow(&app.app, ada, record).await;
    let token = user_token::give(&world.domain, app.app.id, ada, false, None).await.expect("a token");
    (app, ada, record, token)
}

on_both_engines!(a_program_reads_writes_and_removes_things, |world: World| async move {
    let (app, _, _, token) = set_up(&world).await;
    let client = client(&world, &app);
    let caller = client.online(&token);
    let me = caller.person_info().await.expect("a person");
    let record = caller.record(me.record().expect("a record").id);
    let when = |day| jiff::civil::date(2026, 5, day).at(7, 30, 0, 0);
    let things: Vec<_> = (1..=9).map(|day| NewThing::weight(70.0 + f64::from(day), when(day))).collect();
    let keys = record.put_things(&things).await.expect("put");
    assert_eq!(keys.len(), 9);
    let newest = record.get_things(&Query::of_type(WEIGHT).max(2)).await.expect("things").things;
    assert_eq!(newest.len(), 2);
    assert!((newest[0].weight().expect("a weight").kg - 79.0).abs() < 1e-9);
    record.remove_things(&keys[..1]).await.expect("removed");
    assert_eq!(record.all_things(&Query::of_type(WEIGHT)).await.expect("all").len(), 8);
    // The session ends, and the program does not notice.
    world.clock.advance(5 * HOUR);
    assert_eq!(record.all_things(&Query::of_type(WEIGHT)).await.expect("all").len(), 8);
});

on_both_engines!(a_program_finds_its_people_and_keeps_what_it_needs_about_them, |world: World| async move {
    let (app, _, _, _) = set_up(&world).await;
    for name in ["Bob", "Cleo"] {
        let (person, record) = world.person(name).await;
        world.allow(&app.app, person, record).await;
    }
    let client = client(&world, &app);
    let mut people = client.people(PeopleQuery::default());
    let mut names = Vec::new();
    while let Some(person) = people.next().await.expect("people") {
        let caller = client.offline(person.id);
        caller.set_settings(Some("<seen/>")).await.expect("set");
        assert!(caller.settings().await.expect("settings").xml.is_some_and(|xml| xml.contains("seen")));
        let record = caller.record(person.records[0].id);
        record.associate_alternate_id(&format!("patient {}", person.name)).await.expect("associated");
        assert_eq!(record.alternate_ids().await.expect("ids").len(), 1);
        let same = client.person_of_alternate_id(&format!("patient {}", person.name)).await.expect("found");
        assert_eq!(same.id, person.id);
        names.push(person.name);
    }
    names.sort();
    assert_eq!(names, ["Ada", "Bob", "Cleo"]);
    client.disassociate_alternate_id("patient Bob").await.expect("gone");
    let gone = client.person_of_alternate_id("patient Bob").await.expect_err("gone");
    assert_eq!(gone.status(), Some(Status::ALTERNATE_ID_NOT_FOUND));
});

on_both_engines!(a_program_learns_about_itself_and_the_service, |world: World| async move {
    let (app, _, _, token) = set_up(&world).await;
    let client = client(&world, &app);
    assert_eq!(client.application_info().await.expect("info").name, "Rusty");
    assert!(client.service_definition().await.is_ok());
    let instance = client.select_instance("NL", None).await.expect("answered").expect("an instance");
    assert_eq!(instance.id, "1");
    let caller = client.online(&token);
    let hello = Message::new("Hello").to("bob@elsewhere.example", "Bob").text("How are you?");
    caller.send_insecure_message(&hello).await.expect("sent");
    assert!(world.letters().await.iter().any(|letter| letter.subject == "Hello"));
    let other = client.call("GetServiceDefinition", 2, "").await.expect("any method by name");
    assert!(other.value("platform").is_some() || other.value("url").is_some());
});

on_both_engines!(a_program_is_told_when_the_person_changed_their_mind, |world: World| async move {
    let (app, ada, record, token) = set_up(&world).await;
    let client = client(&world, &app);
    let caller = client.online(&token);
    let id = caller.person_info().await.expect("a person").record().expect("a record").id;
    world.revoke(app.app.id, ada, record).await;
    let refused = caller.record(id).all_things(&Query::of_type(WEIGHT)).await.expect_err("refused");
    assert!(refused.is_not_allowed(), "{refused}");
    let signed_out = client.online("ASAAAended=").person_info().await.expect_err("refused");
    assert!(signed_out.is_signed_out(), "{signed_out}");
});
