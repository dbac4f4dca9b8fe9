//! Who may come to a record, and when the door closes.

use keepwell_core::applications::{self, Application};
use keepwell_core::authorizations::{
    self, AccessError, Avenue, Caller, Consent, PeopleQuery, Standing, authorized_people, open,
};
use keepwell_core::thing_types::{self, WEIGHT};
use keepwell_core::things::{self, Criteria, Group, Problem, ThingError};
use keepwell_testkit::{World, on_both_engines, weight};

fn denied<T: std::fmt::Debug>(result: Result<T, ThingError>) {
    assert_eq!(result.expect_err("denied"), ThingError::Access(AccessError::Denied));
}

on_both_engines!(an_application_without_consent_can_do_nothing, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let app = world.weight_app().await;
    for caller in [world.online(&app, ada), world.offline(&app, ada)] {
        denied(things::get(&world.domain, &caller, record, &[Group::default()]).await);
        denied(things::put(&world.domain, &caller, record, &[weight(70.0, 1)]).await);
        denied(things::remove(&world.domain, &caller, record, &[]).await);
        let access = open(&world.domain, &caller, record).await;
        assert_eq!(access.expect_err("denied"), AccessError::Denied);
    }
});

on_both_engines!(a_revoked_application_cannot_read_or_write, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let app = world.weight_app().await;
    world.allow(&app.app, ada, record).await;
    let caller = world.online(&app, ada);
    things::put(&world.domain, &caller, record, &[weight(70.0, 1)]).await.expect("allowed");
    world.revoke(app.app.id, ada, record).await;
    denied(things::get(&world.domain, &caller, record, &[Group::default()]).await);
    denied(things::put(&world.domain, &caller, record, &[weight(71.0, 2)]).await);
    assert!(authorizations::records_of(&world.domain, &app.app, ada).await.expect("asked").is_empty());
});

on_both_engines!(a_person_cannot_reach_another_persons_record, |world: World| async move {
    let (ada, adas) = world.person("Ada").await;
    let (bob, bobs) = world.person("Bob").await;
    let app = world.weight_app().await;
    world.allow(&app.app, ada, adas).await;
    world.allow(&app.app, bob, bobs).await;
    denied(things::get(&world.domain, &world.online(&app, ada), bobs, &[Group::default()]).await);
    denied(things::get(&world.domain, &Caller::person(ada), bobs, &[Group::default()]).await);
    let consent = Consent {
        person: ada,
        record: bobs,
        online_shown: vec![],
        online_chosen: vec![],
        offline_shown: vec![],
        offline_chosen: vec![],
    };
    assert!(authorizations::allow(&world.domain, &app.app, &consent).await.is_err());
});

on_both_engines!(an_offline_call_needs_an_offline_rule, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let app = world
        .app(
            "name = \"Online\"\n[[online]]\nname = \"w\"\nwhy = \"w\"\npermissions = [\"read\"]\ntypes = [\"weight\"]\n",
        )
        .await;
    world.allow(&app.app, ada, record).await;
    let groups = [Group::default()];
    things::get(&world.domain, &world.online(&app, ada), record, &groups).await.expect("online is allowed");
    denied(things::get(&world.domain, &world.offline(&app, ada), record, &groups).await);
});

on_both_engines!(a_type_outside_the_rules_is_neither_shown_nor_written, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let app = world.weight_app().await;
    world.allow(&app.app, ada, record).await;
    let height = thing_types::by_name("height").expect("a height").id;
    let mut tall = weight(1.0, 1);
    tall.type_id = Some(height);
    let data = tall.data.as_mut().expect("data");
    data.root = "height".to_owned();
    data.xml = data.xml.replace("weight>", "height>").replace("kg>", "m>");
    things::put(&world.domain, &Caller::person(ada), record, &[tall.clone()]).await.expect("her own");

    let caller = world.online(&app, ada);
    let refused = things::put(&world.domain, &caller, record, &[weight(70.0, 1), tall]).await;
    let problem = Problem::Denied("create");
    assert_eq!(refused.expect_err("refused"), ThingError::Item { index: 1, problem });
    for types in [Some(vec![height]), None, Some(vec![height, WEIGHT])] {
        let group = Group { criteria: Criteria { types, ..Criteria::default() }, ..Group::default() };
        let (found, _) = things::get(&world.domain, &caller, record, &[group]).await.expect("asked");
        assert!(found[0].full.is_empty(), "the height is not shown, and the weight was not written");
        assert!(found[0].filtered);
    }
});

on_both_engines!(
    pseudonyms_differ_between_applications_and_come_back_after_revocation,
    |world: World| async move {
        let (ada, record) = world.person("Ada").await;
        let (one, two) = (world.weight_app().await, world.weight_app().await);
        world.allow(&one.app, ada, record).await;
        world.allow(&two.app, ada, record).await;
        let of = async |app: &Application| {
            let person =
                authorizations::find_person(&world.domain, app, ada).await.expect("asked").expect("known");
            (person.pseudonym, person.records[0].pseudonym, person.records[0].app_specific_record_id.clone())
        };
        let (first, second) = (of(&one.app).await, of(&two.app).await);
        assert_ne!(first.0, second.0);
        assert_ne!(first.1, second.1);
        assert_ne!(first.2, second.2);
        assert_ne!(first.1.0, record.0);
        world.revoke(one.app.id, ada, record).await;
        world.allow(&one.app, ada, record).await;
        assert_eq!(of(&one.app).await, first);
        let resolve = |app, id| authorizations::resolve_record(&world.domain, app, id);
        assert_eq!(resolve(one.app.id, first.1).await.expect("asked"), Some((record, ada)));
        assert_eq!(resolve(two.app.id, first.1).await.expect("asked"), None);
    }
);

on_both_engines!(what_an_application_no_longer_asks_for_it_no_longer_has, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let app = world.weight_app().await;
    world.allow(&app.app, ada, record).await;
    let mut narrower = (*app.app).clone();
    narrower.online[0].permissions =
        keepwell_core::applications::Permissions::of(&[keepwell_core::applications::Permission::Read]);
    applications::replace(&world.domain, &narrower).await.expect("replaced");
    let now = applications::find(&world.domain, app.app.id).await.expect("asked").expect("known");
    let caller = Caller::application(now.application, ada, true);
    let refused = things::put(&world.domain, &caller, record, &[weight(70.0, 1)]).await;
    assert!(matches!(refused, Err(ThingError::Item { problem: Problem::Denied("create"), .. })));
});

on_both_engines!(an_application_that_asks_for_more_needs_to_ask_again, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let app = world.weight_app().await;
    world.allow(&app.app, ada, record).await;
    let mut wider = (*app.app).clone();
    wider
        .online
        .push(keepwell_core::applications::Rule { name: "more".to_owned(), ..wider.online[0].clone() });
    wider.online[1].types = applications::Types::All;
    let standing = |records: Vec<authorizations::AuthorizedRecord>| records[0].standing;
    let asked = authorizations::records_of(&world.domain, &wider, ada).await.expect("asked");
    assert_eq!(standing(asked), Standing::ReauthorizationRequired);
    wider.online[1].optional = true;
    let asked = authorizations::records_of(&world.domain, &wider, ada).await.expect("asked");
    assert_eq!(standing(asked), Standing::NoActionRequired, "an optional rule asks nothing");
});

on_both_engines!(people_are_paged_and_those_who_withdrew_are_left_out, |world: World| async move {
    let app = world.weight_app().await;
    for name in ["Ada", "Bob", "Cleo", "Dan"] {
        let (person, record) = world.person(name).await;
        world.allow(&app.app, person, record).await;
        if name == "Dan" {
            world.revoke(app.app.id, person, record).await;
        }
    }
    let mut names = Vec::new();
    let mut query = PeopleQuery { after: None, since: None, count: 2 };
    loop {
        let (page, more) = authorized_people(&world.domain, &app.app, query).await.expect("asked");
        query.after = page.last().map(|p| p.pseudonym);
        names.extend(page.into_iter().map(|p| p.person.name));
        if !more {
            break;
        }
    }
    names.sort();
    assert_eq!(names, ["Ada", "Bob", "Cleo"]);
    let later = PeopleQuery { after: None, since: Some(world.domain.env.now()), count: 9 };
    let (none, more) = authorized_people(&world.domain, &app.app, later).await.expect("asked");
    assert!(none.is_empty() && !more);
});

on_both_engines!(no_write_slips_through_while_an_authorization_ends, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let app = world.weight_app().await;
    world.allow(&app.app, ada, record).await;
    let caller = world.online(&app, ada);
    let writers: Vec<_> = (0..40)
        .map(|day| {
            let (domain, caller) = (world.domain.clone(), caller.clone());
            tokio::spawn(async move {
                things::put(&domain, &caller, record, &[weight(70.0, 1 + day % 28)]).await.is_ok()
            })
        })
        .collect();
    // Writing bumps no access revision, so the revocation goes through at once.
    authorizations::revoke(&world.domain, app.app.id, ada, record, Avenue::Shell).await.expect("revoked");
    let count = async || {
        let group = Group::default();
        let (found, _) =
            things::get(&world.domain, &Caller::person(ada), record, &[group]).await.expect("her own");
        found[0].full.len()
    };
    let after_revocation = count().await;
    let mut written = 0;
    for writer in writers {
        written += usize::from(writer.await.expect("a writer"));
    }
    assert_eq!(count().await, after_revocation, "nothing was written after the revocation was answered");
    assert_eq!(written, after_revocation, "and what was answered is there");
});

on_both_engines!(who_keeps_a_record_is_told_to_custodians_only, |world: World| async move {
    use keepwell_core::records;
    use keepwell_store::{Settings, Statement, Store, WriteFlight, params};
    // Until records can be shared, nobody becomes anything but a custodian: the row is changed by hand.
    const NO_LONGER: Statement =
        Statement::new("UPDATE record_person SET custodian = FALSE WHERE record_id = $1 AND person_id = $2");
    let (ada, record) = world.person("Ada").await;
    let app = world.weight_app().await;
    world.allow(&app.app, ada, record).await;
    let people = async || {
        let access = open(&world.domain, &world.online(&app, ada), record).await.expect("open");
        records::people(&world.domain, &access).await.map(|people| people.len())
    };
    assert_eq!(people().await, Ok(1));
    let settings = Settings { beside: true, ..world.settings().clone() };
    let store = Store::open(&settings, keepwell_core::MIGRATIONS).await.expect("a second look");
    let mut flight = WriteFlight::<keepwell_core::Outage>::new();
    flight.run(NO_LONGER, params![record, ada]);
    store.write(flight).await.expect("changed");
    assert_eq!(people().await, Err(AccessError::Denied));
});
