//! Things are written all or none, by version, and never lost.

use keepwell_core::authorizations::Caller;
use keepwell_core::ids::{PersonId, RecordId, ThingId, VersionStamp};
use keepwell_core::thing_types::{self, WEIGHT};
use keepwell_core::things::{
    self, Criteria, Data, EndDate, Group, GroupAnswer, Problem, PutThing, ThingError, ThingKey, Which,
    history,
};
use keepwell_core::{authorizations, env};
use keepwell_testkit::{World, on_both_engines, weight, weight_data, weight_xml};

struct Desk {
    world: World,
    ada: PersonId,
    record: RecordId,
    caller: Caller,
}

impl Desk {
    async fn of(world: World) -> Self {
        let (ada, record) = world.person("Ada").await;
        let app = world.weight_app().await;
        world.allow(&app.app, ada, record).await;
        let caller = world.online(&app, ada);
        Self { world, ada, record, caller }
    }

    async fn put(&self, things: &[PutThing]) -> Result<Vec<ThingKey>, ThingError> {
        things::put(&self.world.domain, &self.caller, self.record, things).await
    }

    async fn get(&self, group: Group) -> GroupAnswer {
        let asked = [group];
        let (mut found, _) =
            things::get(&self.world.domain, &self.caller, self.record, &asked).await.expect("asked");
        found.remove(0)
    }

    async fn remove(&self, key: ThingKey) -> Result<(), ThingError> {
        let keys = [(key.id, Some(key.stamp))];
        things::remove(&self.world.domain, &self.caller, self.record, &keys).await
    }
}

fn update(key: ThingKey, data: Data) -> PutThing {
    PutThing {
        id: Some(key.id),
        stamp: Some(key.stamp),
        type_id: Some(WEIGHT),
        data: Some(data),
        ..PutThing::default()
    }
}

fn problem<T: std::fmt::Debug>(result: Result<T, ThingError>) -> Problem {
    match result.expect_err("refused") {
        ThingError::Item { problem, .. } => problem,
        other => panic!("{other}"),
    }
}

on_both_engines!(a_thing_comes_back_byte_for_byte_with_who_wrote_it_and_when, |world: World| async move {
    let desk = Desk::of(world).await;
    let odd = "<weight>\r\n<!-- é -->\t<when><date><y>2026</y><m>6</m><d>1</d></date></when >\
               <value><kg>070.50</kg></value><![CDATA[ ]]></weight> <common/>";
    let mut thing = weight(70.0, 3);
    thing.data.as_mut().unwrap().xml = odd.to_owned();
    thing.tags = Some("morning,home".to_owned());
    let keys = desk.put(&[thing]).await.expect("written");
    let found = desk.get(Group { which: Which::Ids(vec![keys[0].id]), ..Group::default() }).await;
    let stored = &found.full[0];
    assert_eq!(stored.data_xml, odd);
    assert_eq!(stored.tags, "morning,home");
    assert_eq!(stored.key, keys[0]);
    assert_eq!(stored.created.at, keepwell_testkit::START);
    assert_eq!(stored.created.person, desk.ada);
    assert_eq!(stored.created.app, desk.caller.app().map(|a| a.id));
    assert_eq!(stored.created, stored.updated);
});

on_both_engines!(things_come_newest_first_and_the_rest_as_keys, |world: World| async move {
    let desk = Desk::of(world).await;
    let things: Vec<_> = [3, 1, 5, 2, 4].into_iter().map(|day| weight(60.0 + f64::from(day), day)).collect();
    let keys = desk.put(&things).await.expect("written");
    let all = desk.get(Group::default()).await;
    let order: Vec<_> = all.full.iter().map(|t| t.key).collect();
    assert_eq!(order, [keys[2], keys[4], keys[0], keys[3], keys[1]]);
    let some = desk.get(Group { max: Some(4), max_full: Some(2), ..Group::default() }).await;
    assert_eq!(some.full.iter().map(|t| t.key).collect::<Vec<_>>(), order[..2]);
    assert_eq!(some.infos.iter().map(|t| t.key).collect::<Vec<_>>(), order[2..4]);
    let none = desk.get(Group { max_full: Some(0), ..Group::default() }).await;
    assert!(none.full.is_empty());
    assert_eq!(none.infos.iter().map(|t| t.key).collect::<Vec<_>>(), order);
    let again = desk.get(Group { which: Which::Keys(keys.clone()), ..Group::default() }).await;
    assert_eq!(again.full.iter().map(|t| t.key).collect::<Vec<_>>(), order, "by key in the same order");
});

on_both_engines!(dates_bound_what_is_found, |world: World| async move {
    let desk = Desk::of(world).await;
    desk.put(&(1..=9).map(|day| weight(60.0, day)).collect::<Vec<_>>()).await.expect("written");
    let day = |d: u32| weight_data(1.0, d).eff_date.unwrap();
    let criteria = Criteria { eff_date: (day(3), day(5)), ..Criteria::default() };
    assert_eq!(desk.get(Group { criteria, ..Group::default() }).await.full.len(), 3);
    let criteria = Criteria { created: (desk.world.domain.env.now() + 1, i64::MAX), ..Criteria::default() };
    assert!(desk.get(Group { criteria, ..Group::default() }).await.full.is_empty());
});

on_both_engines!(a_write_is_all_or_nothing, |world: World| async move {
    let desk = Desk::of(world).await;
    let mut wrong = weight(70.0, 2);
    wrong.data.as_mut().unwrap().root = "height".to_owned();
    let refused = desk.put(&[weight(70.0, 1), wrong]).await;
    let problem = Problem::WrongRoot { expected: "weight", found: "height".to_owned() };
    assert_eq!(refused.expect_err("refused"), ThingError::Item { index: 1, problem });
    assert!(desk.get(Group::default()).await.full.is_empty());
});

on_both_engines!(an_update_needs_the_current_version_and_keeps_the_former, |world: World| async move {
    let desk = Desk::of(world).await;
    let first = desk.put(&[weight(70.0, 1)]).await.expect("written")[0];
    desk.world.clock.advance(env::HOUR);
    let second = desk.put(&[update(first, weight_data(71.0, 1))]).await.expect("updated")[0];
    assert_eq!(second.id, first.id);
    assert_ne!(second.stamp, first.stamp);
    assert_eq!(problem(desk.put(&[update(first, weight_data(72.0, 1))]).await), Problem::StampMismatch);
    let found = desk.get(Group::default()).await;
    assert_eq!(found.full.len(), 1);
    assert_eq!(found.full[0].data_xml, weight_xml(71.0, 1));
    assert_eq!(found.full[0].updated.at - found.full[0].created.at, env::HOUR);
    let stale = desk.get(Group { which: Which::Keys(vec![first]), ..Group::default() }).await;
    assert!(stale.full.is_empty(), "a stale stamp matches nothing");

    let (domain, her) = (&desk.world.domain, Caller::person(desk.ada));
    let known =
        history(domain, &her, desk.record, first.id, Some(first.stamp)).await.expect("her own").unwrap();
    assert_eq!(known.versions.iter().map(|v| v.key).collect::<Vec<_>>(), [second, first]);
    assert_eq!(known.shown.data_xml, weight_xml(70.0, 1), "a former version has the data that it had");
    let asked = history(domain, &desk.caller, desk.record, first.id, None).await;
    assert!(asked.is_err(), "applications see no former versions");
});

on_both_engines!(of_many_parallel_updates_of_one_version_one_wins, |world: World| async move {
    let desk = std::sync::Arc::new(Desk::of(world).await);
    let first = desk.put(&[weight(70.0, 1)]).await.expect("written")[0];
    let tries: Vec<_> = (0..30)
        .map(|i| {
            let desk = desk.clone();
            tokio::spawn(async move { desk.put(&[update(first, weight_data(f64::from(i), 1))]).await })
        })
        .collect();
    let mut won = 0;
    for each in tries {
        match each.await.expect("a try") {
            Ok(_) => won += 1,
            refused => assert_eq!(problem(refused), Problem::StampMismatch),
        }
    }
    assert_eq!(won, 1);
});

on_both_engines!(what_cannot_be_updated_is_named, |world: World| async move {
    let desk = Desk::of(world).await;
    let key = desk.put(&[weight(70.0, 1)]).await.expect("written")[0];
    let put = async |thing: PutThing| problem(desk.put(&[thing]).await);
    let good = || update(key, weight_data(71.0, 1));
    let unknown = ThingId(desk.world.domain.env.uuid());
    assert_eq!(put(PutThing { id: Some(unknown), ..good() }).await, Problem::Unknown);
    assert_eq!(put(PutThing { stamp: None, ..good() }).await, Problem::StampMissing);
    let height = thing_types::by_name("height").map(|t| t.id);
    assert_eq!(put(PutThing { type_id: height, ..good() }).await, Problem::OtherType);
    assert_eq!(put(PutThing { flags: Some(0x10), ..good() }).await, Problem::ReadOnlyLate);
    assert_eq!(put(PutThing { type_id: None, ..weight(1.0, 1) }).await, Problem::UnknownType);
    assert_eq!(put(PutThing { data: None, ..weight(1.0, 1) }).await, Problem::NoData);
    assert_eq!(problem(desk.put(&[good(), good()]).await), Problem::Twice);
});

on_both_engines!(a_read_only_thing_keeps_its_data_but_can_be_tagged_and_removed, |world: World| async move {
    let desk = Desk::of(world).await;
    let key = desk.put(&[PutThing { flags: Some(0x10), ..weight(70.0, 1) }]).await.expect("written")[0];
    assert_eq!(problem(desk.put(&[update(key, weight_data(71.0, 1))]).await), Problem::ReadOnly);
    let tag = PutThing {
        data: None,
        tags: Some("kept".to_owned()),
        flags: Some(0x10),
        ..update(key, weight_data(1.0, 1))
    };
    let key = desk.put(&[tag]).await.expect("tagged")[0];
    desk.remove(key).await.expect("removed");
});

on_both_engines!(an_update_that_says_nothing_changes_nothing, |world: World| async move {
    let desk = Desk::of(world).await;
    let key = desk.put(&[weight(70.0, 1)]).await.expect("written")[0];
    let nothing = PutThing { id: Some(key.id), stamp: Some(key.stamp), ..PutThing::default() };
    assert_eq!(desk.put(&[nothing]).await.expect("accepted"), [key]);
});

on_both_engines!(an_end_date_can_be_set_and_cleared, |world: World| async move {
    let desk = Desk::of(world).await;
    let ended = EndDate::At(weight_data(1.0, 9).eff_date.unwrap());
    let key = desk.put(&[PutThing { end_date: ended, ..weight(70.0, 1) }]).await.expect("written")[0];
    assert!(desk.get(Group::default()).await.full[0].end_date.is_some());
    let clear =
        PutThing { data: None, end_date: EndDate::At(things::NO_END), ..update(key, weight_data(1.0, 1)) };
    desk.put(&[clear]).await.expect("cleared");
    assert_eq!(desk.get(Group::default()).await.full[0].end_date, None);
});

on_both_engines!(
    a_removed_thing_is_gone_for_applications_and_kept_for_the_person,
    |world: World| async move {
        let desk = Desk::of(world).await;
        let key = desk.put(&[weight(70.0, 1)]).await.expect("written")[0];
        let stale = ThingKey { stamp: VersionStamp(desk.world.domain.env.uuid()), ..key };
        assert_eq!(problem(desk.remove(stale).await), Problem::StampMismatch);
        desk.remove(key).await.expect("removed");
        assert!(desk.get(Group::default()).await.full.is_empty());
        assert_eq!(problem(desk.remove(key).await), Problem::Unknown);
        assert_eq!(problem(desk.put(&[update(key, weight_data(1.0, 1))]).await), Problem::Unknown);
        let (domain, her) = (&desk.world.domain, Caller::person(desk.ada));
        let known = history(domain, &her, desk.record, key.id, None).await.expect("her own").unwrap();
        assert!(known.removed && known.versions.len() == 2);
        assert_eq!(known.shown.data_xml, weight_xml(70.0, 1));
    }
);

on_both_engines!(
    a_record_holds_one_thing_of_a_singleton_type_however_many_write_at_once,
    |world: World| async move {
        let (ada, record) = world.person("Ada").await;
        let personal = thing_types::all().iter().find(|t| t.root == "personal").expect("personal").id;
        let tries: Vec<_> = (0..20)
            .map(|_| {
                let domain = world.domain.clone();
                tokio::spawn(async move {
                    let data = Data {
                        xml: "<personal/><common/>".to_owned(),
                        root: "personal".to_owned(),
                        ..Data::default()
                    };
                    let thing = PutThing { type_id: Some(personal), data: Some(data), ..PutThing::default() };
                    things::put(&domain, &Caller::person(ada), record, &[thing]).await.is_ok()
                })
            })
            .collect();
        let mut won = 0;
        for each in tries {
            won += usize::from(each.await.expect("a try"));
        }
        assert_eq!(won, 1);
    }
);

on_both_engines!(each_call_that_writes_has_a_number_of_its_own, |world: World| async move {
    let desk = std::sync::Arc::new(Desk::of(world).await);
    let tries: Vec<_> = (0..25)
        .map(|i| {
            let desk = desk.clone();
            tokio::spawn(async move { desk.put(&[weight(70.0, 1 + i), weight(71.0, 1 + i)]).await.is_ok() })
        })
        .collect();
    for each in tries {
        assert!(each.await.expect("a try"));
    }
    let domain = &desk.world.domain;
    let access = authorizations::open(domain, &desk.caller, desk.record).await.expect("allowed");
    assert_eq!(access.about().operation_sequence, 25);
    assert_eq!(desk.get(Group::default()).await.full.len(), 50);
});

on_both_engines!(every_read_and_write_leaves_an_audit_entry, |world: World| async move {
    let desk = Desk::of(world).await;
    let key = desk.put(&[weight(70.0, 1)]).await.expect("written")[0];
    desk.get(Group::default()).await;
    desk.remove(key).await.expect("removed");
    let domain = &desk.world.domain;
    domain.settle().await;
    let access = authorizations::open(domain, &Caller::person(desk.ada), desk.record).await.expect("her own");
    let log = keepwell_core::audit::latest(domain, &access, 50).await.expect("the log");
    let mut actions: Vec<_> = log.iter().map(|e| e.action.as_str()).collect();
    actions.sort_unstable();
    assert_eq!(
        actions,
        ["CreateRecord", "CreateRecordAuthorization", "GetThings", "PutThings", "RemoveThings"]
    );
    let read = log.iter().find(|e| e.action == "GetThings").expect("the read");
    assert_eq!(read.app, desk.caller.app().map(|a| a.id));
    assert_eq!(read.avenue, "Online");
});

on_both_engines!(only_who_says_so_steps_back_to_an_older_version_of_a_type, |world: World| async move {
    let rule =
        "name = \"b\"\nwhy = \"b\"\npermissions = [\"read\", \"create\", \"update\"]\ntypes = [\"basic\"]\n";
    let app = world.app(&format!("name = \"Basics\"\n[[online]]\n{rule}")).await;
    let (ada, record) = world.person("Ada").await;
    world.allow(&app.app, ada, record).await;
    let caller = world.online(&app, ada);
    let versions: Vec<_> = {
        let newest = thing_types::by_name("basic").expect("a type").id;
        thing_types::family(newest).iter().map(|id| thing_types::find(*id).expect("a version")).collect()
    };
    let of = |sequence: u32| versions.iter().find(|v| v.sequence == sequence).expect("a version");
    let data =
        |xml: &str| Data { xml: format!("{xml}<common/>"), root: "basic".to_owned(), ..Data::default() };
    let new = PutThing {
        type_id: Some(of(2).id),
        data: Some(data("<basic><birthyear>1980</birthyear></basic>")),
        ..PutThing::default()
    };
    let domain = &world.domain;
    let key = things::put(domain, &caller, record, &[new]).await.expect("put")[0];
    let older = |step_back, with_data: bool| PutThing {
        id: Some(key.id),
        stamp: Some(key.stamp),
        type_id: Some(of(1).id),
        data: with_data.then(|| data("<basic><birthyear>1981</birthyear></basic>")),
        tags: Some("changed".to_owned()),
        may_step_back: step_back,
        ..PutThing::default()
    };
    for (thing, problem) in [
        (older(false, true), Problem::OlderTypeVersion),
        (older(true, false), Problem::OtherVersionWithoutData),
    ] {
        let refused = things::put(domain, &caller, record, &[thing]).await.expect_err("refused");
        assert_eq!(refused, ThingError::Item { index: 0, problem });
    }
    things::put(domain, &caller, record, &[older(true, true)]).await.expect("stepped back");
});

on_both_engines!(what_one_query_may_look_into_is_bounded_and_said, |world: World| async move {
    let desk = Desk::of(world).await;
    let xpath = |text: &str| keepwell_core::xpath::XPath::parse(text).expect("an expression");
    let group = |text: &str, max| Group {
        criteria: Criteria { xpaths: vec![xpath(text)], ..Criteria::default() },
        max,
        ..Group::default()
    };
    let ask = async |group: Group| {
        things::get(&desk.world.domain, &desk.caller, desk.record, &[group]).await.map(|(found, _)| found)
    };
    // Much markup in few bytes; and many bytes without markup.
    for filler in ["<b/>".repeat(100_000), "x".repeat(1_500_000)] {
        let large = |day| {
            let mut thing = weight(70.0, day);
            let data = thing.data.as_mut().expect("data");
            let extension = format!("<common><extension source=\"x\"><a>{filler}</a></extension></common>");
            data.xml = data.xml.replace("<common/>", &extension);
            thing
        };
        let keys = desk.put(&[large(1), large(2), large(3)]).await.expect("written");
        let everything = group("/thing/data-xml/height", None);
        assert_eq!(ask(everything.clone()).await.expect_err("too much"), ThingError::TooMuch);
        let order = things::Order::new(WEIGHT, "value", false).expect("an order");
        let ordered = Group { order: Some(order), ..Group::default() };
        assert_eq!(ask(ordered).await.expect_err("too much"), ThingError::TooMuch);
        // What is found soon, or is not asked for, costs nothing.
        assert_eq!(ask(group("/thing/data-xml/weight", Some(1))).await.expect("found")[0].full.len(), 1);
        let by_id = Group { which: Which::Ids(vec![keys[0].id]), ..everything };
        assert_eq!(ask(by_id).await.expect("not found")[0].full.len(), 0);
        for key in keys {
            desk.remove(key).await.expect("removed");
        }
    }
});
