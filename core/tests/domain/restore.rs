//! What was removed is kept, seen by the record's custodian, and brought back by nobody else.

use keepwell_core::authorizations::{AccessError, Avenue, Caller};
use keepwell_core::ids::{PersonId, RecordId, ThingId, VersionStamp};
use keepwell_core::records::Operation;
use keepwell_core::things::{
    self, BlobSource, Change, Data, Group, History, Place, Problem, PutBlob, PutThing, ThingError, ThingKey,
    history,
};
use keepwell_core::{audit, authorizations, env, thing_types};
use keepwell_store::{Settings, Statement, Store, WriteFlight, params};
use keepwell_testkit::{ActingApp, World, on_both_engines, weight, weight_data, weight_xml};

struct Desk {
    world: World,
    ada: PersonId,
    record: RecordId,
    app: ActingApp,
    /// Ada's application.
    online: Caller,
    /// Ada at the Shell.
    her: Caller,
}

impl Desk {
    async fn of(world: World) -> Self {
        let (ada, record) = world.person("Ada").await;
        let app = world.weight_app().await;
        world.allow(&app.app, ada, record).await;
        let (online, her) = (world.online(&app, ada), Caller::person(ada));
        Self { world, ada, record, app, online, her }
    }

    /// A weight that the application wrote and removed: its key now.
    async fn removed(&self, kg: f64) -> ThingKey {
        let domain = &self.world.domain;
        let key = things::put(domain, &self.online, self.record, &[weight(kg, 1)]).await.expect("put")[0];
        self.world.clock.advance(env::HOUR);
        things::remove(domain, &self.online, self.record, &[(key.id, Some(key.stamp))])
            .await
            .expect("removed");
        self.world.clock.advance(env::HOUR);
        self.known(key.id).await.current
    }

    async fn known(&self, thing: ThingId) -> History {
        history(&self.world.domain, &self.her, self.record, thing, None).await.expect("asked").expect("known")
    }

    async fn restore(&self, caller: &Caller, keys: &[ThingKey]) -> Result<Vec<ThingKey>, ThingError> {
        things::restore(&self.world.domain, caller, self.record, keys).await
    }

    async fn seen_by(&self, caller: &Caller) -> Vec<ThingKey> {
        let asked = [Group::default()];
        let (mut found, _) =
            things::get(&self.world.domain, caller, self.record, &asked).await.expect("asked");
        found.remove(0).full.iter().map(|thing| thing.key).collect()
    }

    /// Until records can be shared, nobody becomes anything but a custodian: the rows are changed by hand.
    async fn by_hand(&self, statement: Statement, more: Vec<keepwell_store::Value>) {
        let settings = Settings { beside: true, ..self.world.settings().clone() };
        let store = Store::open(&settings, keepwell_core::MIGRATIONS).await.expect("a second look");
        let mut all = params![self.record];
        all.extend(more);
        let mut flight = WriteFlight::<keepwell_core::Outage>::new();
        flight.run(statement, all);
        store.write(flight).await.expect("changed");
    }

    async fn no_longer_custodian(&self) {
        const NO_LONGER: Statement = Statement::new(
            "UPDATE record_person SET custodian = FALSE WHERE record_id = $1 AND person_id = $2",
        );
        self.by_hand(NO_LONGER, params![self.ada]).await;
    }
}

fn problem<T: std::fmt::Debug>(result: Result<T, ThingError>) -> Problem {
    match result.expect_err("refused") {
        ThingError::Item { problem, .. } => problem,
        other => panic!("{other}"),
    }
}

fn denied<T: std::fmt::Debug>(result: Result<T, ThingError>) -> bool {
    matches!(result, Err(ThingError::Access(AccessError::Denied)))
}

fn changes(known: &History) -> Vec<Change> {
    known.versions.iter().map(|version| version.change).collect()
}

on_both_engines!(
    what_a_custodian_brings_back_is_seen_again_and_followed_as_an_update,
    |world: World| async move {
        let desk = Desk::of(world).await;
        let domain = &desk.world.domain;
        let key = desk.removed(70.0).await;
        assert!(desk.seen_by(&desk.online).await.is_empty());
        let back = desk.restore(&desk.her, &[key]).await.expect("brought back");
        assert_eq!((back[0].id, back[0].stamp == key.stamp), (key.id, false), "a new version of the same");
        assert_eq!(desk.seen_by(&desk.online).await, back);
        let (latest, steps) = things::operations(domain, &desk.online, desk.record, 0).await.expect("steps");
        let done: Vec<_> = steps.iter().map(|step| (step.sequence, step.operation)).collect();
        assert_eq!(done, [(1, Operation::Create), (2, Operation::Delete), (3, Operation::Update)]);
        assert_eq!((latest, steps[2].stamp), (3, back[0].stamp));
        // And it goes on from there.
        let change = PutThing {
            id: Some(key.id),
            stamp: Some(back[0].stamp),
            data: Some(weight_data(71.0, 1)),
            ..PutThing::default()
        };
        things::put(domain, &desk.online, desk.record, &[change]).await.expect("changed");
    }
);

on_both_engines!(of_each_version_is_known_who_made_it_when_and_how, |world: World| async move {
    let desk = Desk::of(world).await;
    let key = desk.removed(70.0).await;
    let began = desk.world.domain.env.now() - 2 * env::HOUR;
    let known = desk.known(key.id).await;
    assert!(known.removed && known.current == key && known.shown.data_xml == weight_xml(70.0, 1));
    assert_eq!(changes(&known), [Change::Removed, Change::Created]);
    desk.restore(&desk.her, &[key]).await.expect("brought back");
    let known = desk.known(key.id).await;
    assert!(!known.removed && !known.more);
    assert_eq!(changes(&known), [Change::BroughtBack, Change::Removed, Change::Created]);
    let by: Vec<_> = known.versions.iter().map(|v| (v.by.at - began, v.by.app, v.by.avenue)).collect();
    let app = Some(desk.app.app.id);
    assert_eq!(
        by,
        [(2 * env::HOUR, None, Avenue::Shell), (env::HOUR, app, Avenue::Online), (0, app, Avenue::Online)]
    );
    assert!(known.versions.iter().all(|v| v.by.person == desk.ada));
    // Nothing is lost: each version is there as it was, the one in which it was removed too.
    for version in &known.versions {
        let stamp = Some(version.key.stamp);
        let then = history(&desk.world.domain, &desk.her, desk.record, key.id, stamp).await.expect("asked");
        let then = then.expect("kept");
        assert_eq!(then.shown.key, version.key);
        assert_eq!((then.shown.updated, &then.shown.data_xml), (version.by, &weight_xml(70.0, 1)));
    }
    let unknown = Some(VersionStamp(desk.world.domain.env.uuid()));
    let none = history(&desk.world.domain, &desk.her, desk.record, key.id, unknown).await.expect("asked");
    assert_eq!(none, None);
});

on_both_engines!(an_application_brings_nothing_back_and_sees_no_removed_thing, |world: World| async move {
    let desk = Desk::of(world).await;
    let (domain, record) = (&desk.world.domain, desk.record);
    let key = desk.removed(70.0).await;
    for caller in [&desk.online, &desk.world.offline(&desk.app, desk.ada)] {
        assert!(denied(desk.restore(caller, &[key]).await));
        assert!(denied(things::removed(domain, caller, record, None, 10).await));
        assert!(denied(history(domain, caller, record, key.id, None).await));
        assert!(denied(things::kinds(domain, caller, record).await));
        assert!(denied(things::of_kind(domain, caller, record, thing_types::WEIGHT, None, 10).await));
    }
    assert!(desk.known(key.id).await.removed);
});

on_both_engines!(the_custodian_of_another_record_brings_nothing_back, |world: World| async move {
    let desk = Desk::of(world).await;
    let (bob, bobs) = desk.world.person("Bob").await;
    let (domain, his) = (&desk.world.domain, Caller::person(bob));
    let key = desk.removed(70.0).await;
    assert!(denied(desk.restore(&his, &[key]).await));
    assert!(denied(things::removed(domain, &his, desk.record, None, 10).await));
    assert!(denied(history(domain, &his, desk.record, key.id, None).await));
    // Nor through his own record.
    assert_eq!(problem(things::restore(domain, &his, bobs, &[key]).await), Problem::Unknown);
    assert_eq!(history(domain, &his, bobs, key.id, None).await.expect("asked"), None);
    assert!(desk.known(key.id).await.removed);
});

on_both_engines!(
    who_is_no_custodian_sees_what_is_there_and_neither_former_removed_nor_personal_things,
    |world: World| async move {
        const PERSONAL: Statement =
            Statement::new("UPDATE thing SET flags = 1 WHERE record_id = $1 AND thing_id = $2");
        let desk = Desk::of(world).await;
        let (domain, record) = (&desk.world.domain, desk.record);
        let removed = desk.removed(70.0).await;
        let keys = things::put(domain, &desk.online, record, &[weight(71.0, 2), weight(72.0, 3)]).await;
        let [plain, personal] = keys.expect("put")[..] else { panic!() };
        desk.by_hand(PERSONAL, params![personal.id]).await;
        let listed = async || {
            let kinds = things::kinds(domain, &desk.her, record).await.expect("kinds");
            let page = things::of_kind(domain, &desk.her, record, thing_types::WEIGHT, None, 10).await;
            let page: Vec<_> = page.expect("a page").things.iter().map(|thing| thing.key).collect();
            (kinds[0].count, page)
        };
        assert_eq!(listed().await, (2, vec![personal, plain]));
        assert_eq!(desk.seen_by(&desk.her).await, [personal, plain]);
        assert_eq!(desk.seen_by(&desk.online).await, [plain], "an application never sees it");

        desk.no_longer_custodian().await;
        assert!(denied(desk.restore(&desk.her, &[removed]).await));
        assert!(denied(things::removed(domain, &desk.her, record, None, 10).await));
        assert_eq!(listed().await, (1, vec![plain]));
        assert_eq!(desk.seen_by(&desk.her).await, [plain]);
        for hidden in [removed, personal] {
            assert!(denied(history(domain, &desk.her, record, hidden.id, None).await));
        }
        let known = desk.known(plain.id).await;
        assert!(known.shown.key == plain && known.versions.is_empty());
    }
);

on_both_engines!(what_cannot_be_brought_back_is_named_and_nothing_is, |world: World| async move {
    let desk = Desk::of(world).await;
    let domain = &desk.world.domain;
    let key = desk.removed(70.0).await;
    let stale = ThingKey { stamp: VersionStamp(domain.env.uuid()), ..key };
    let unknown = ThingKey { id: ThingId(domain.env.uuid()), ..key };
    let there = things::put(domain, &desk.her, desk.record, &[weight(71.0, 2)]).await.expect("put")[0];
    for (other, why) in [
        (stale, Problem::StampMismatch),
        (unknown, Problem::Unknown),
        (there, Problem::NotRemoved),
        (key, Problem::Twice),
    ] {
        let keys = if other.id == key.id && other != key { vec![other] } else { vec![key, other] };
        assert_eq!(problem(desk.restore(&desk.her, &keys).await), why);
    }
    assert_eq!(desk.restore(&desk.her, &[]).await, Ok(Vec::new()));
    assert_eq!(desk.seen_by(&desk.her).await, [there]);
});

on_both_engines!(nothing_is_brought_back_into_a_record_that_can_only_be_read, |world: World| async move {
    const READ_ONLY: Statement = Statement::new("UPDATE record SET state = 'read-only' WHERE record_id = $1");
    let desk = Desk::of(world).await;
    let key = desk.removed(70.0).await;
    desk.by_hand(READ_ONLY, Vec::new()).await;
    assert_eq!(problem(desk.restore(&desk.her, &[key]).await), Problem::Denied("bring back"));
    assert!(desk.known(key.id).await.removed, "it can still be read");
});

fn personal() -> PutThing {
    let kind = thing_types::by_name("personal").expect("personal").id;
    let data =
        Data { xml: "<personal/><common/>".to_owned(), root: "personal".to_owned(), ..Data::default() };
    PutThing { type_id: Some(kind), data: Some(data), ..PutThing::default() }
}

on_both_engines!(a_second_thing_of_a_singleton_type_is_not_brought_back, |world: World| async move {
    let desk = Desk::of(world).await;
    let domain = &desk.world.domain;
    let mut removed = Vec::new();
    for _ in 0..2 {
        let key = things::put(domain, &desk.her, desk.record, &[personal()]).await.expect("put")[0];
        things::remove(domain, &desk.her, desk.record, &[(key.id, Some(key.stamp))]).await.expect("removed");
        removed.push(desk.known(key.id).await.current);
    }
    assert_eq!(problem(desk.restore(&desk.her, &removed).await), Problem::Singleton, "two at once");
    desk.restore(&desk.her, &removed[..1]).await.expect("the first");
    assert_eq!(problem(desk.restore(&desk.her, &removed[1..]).await), Problem::Singleton);
    assert_eq!(desk.seen_by(&desk.her).await.len(), 1);
});

on_both_engines!(of_many_singletons_brought_back_at_once_one_comes, |world: World| async move {
    let desk = std::sync::Arc::new(Desk::of(world).await);
    let domain = &desk.world.domain;
    let mut removed = Vec::new();
    for _ in 0..8 {
        let key = things::put(domain, &desk.her, desk.record, &[personal()]).await.expect("put")[0];
        things::remove(domain, &desk.her, desk.record, &[(key.id, Some(key.stamp))]).await.expect("removed");
        removed.push(desk.known(key.id).await.current);
    }
    let tries: Vec<_> = removed
        .into_iter()
        .map(|key| {
            let desk = desk.clone();
            tokio::spawn(async move { desk.restore(&desk.her, &[key]).await.is_ok() })
        })
        .collect();
    let mut won = 0;
    for each in tries {
        won += usize::from(each.await.expect("a try"));
    }
    assert_eq!((won, desk.seen_by(&desk.her).await.len()), (1, 1));
});

on_both_engines!(of_two_who_bring_back_the_same_at_once_one_wins, |world: World| async move {
    let desk = std::sync::Arc::new(Desk::of(world).await);
    let key = desk.removed(70.0).await;
    let tries: Vec<_> = (0..8)
        .map(|_| {
            let desk = desk.clone();
            tokio::spawn(async move { desk.restore(&desk.her, &[key]).await })
        })
        .collect();
    let mut won = 0;
    for each in tries {
        match each.await.expect("a try") {
            Ok(_) => won += 1,
            refused => assert!(matches!(problem(refused), Problem::StampMismatch | Problem::NotRemoved)),
        }
    }
    assert_eq!(won, 1);
    assert_eq!(changes(&desk.known(key.id).await).len(), 3);
});

on_both_engines!(bringing_back_leaves_one_audit_entry_and_counts_for_the_record, |world: World| async move {
    let desk = Desk::of(world).await;
    let domain = &desk.world.domain;
    let key = desk.removed(70.0).await;
    let size =
        async || authorizations::open(domain, &desk.her, desk.record).await.expect("open").about().size_bytes;
    let before = size().await;
    desk.restore(&desk.her, &[key]).await.expect("brought back");
    assert!(size().await >= before + i64::try_from(weight_xml(70.0, 1).len()).unwrap());
    domain.settle().await;
    let access = authorizations::open(domain, &desk.her, desk.record).await.expect("open");
    let log = audit::latest(domain, &access, 50).await.expect("the log");
    let entries: Vec<_> = log.iter().filter(|entry| entry.action == "RestoreThings").collect();
    let [entry] = entries[..] else { panic!("{} entries", entries.len()) };
    assert_eq!((entry.person, entry.app, entry.avenue.as_str()), (desk.ada, None, "Shell"));
    assert!(entry.body.as_deref().is_some_and(|body| body.contains(&key.id.to_string())));
    let reads = log.iter().filter(|e| e.action == "GetThings" && e.avenue == "Shell").count();
    assert_eq!(reads, 1, "looking at a thing leaves an entry too");
    // A full record takes nothing back.
    const FULL: Statement =
        Statement::new("UPDATE record SET max_size_bytes = size_bytes + 300 WHERE record_id = $1");
    let key = desk.removed(71.0).await;
    desk.by_hand(FULL, Vec::new()).await;
    assert_eq!(desk.restore(&desk.her, &[key]).await, Err(ThingError::Quota));
});

on_both_engines!(
    removed_things_and_those_of_a_kind_come_in_pages_that_miss_none,
    |world: World| async move {
        let desk = Desk::of(world).await;
        let (domain, record) = (&desk.world.domain, desk.record);
        // All of one moment: only the id tells them apart.
        let all: Vec<_> = (0..7).map(|n| weight(60.0 + f64::from(n), 1)).collect();
        let keys = things::put(domain, &desk.her, record, &all).await.expect("put");
        let walk = async |removed: bool| {
            let (mut found, mut after): (Vec<ThingId>, Option<Place>) = (Vec::new(), None);
            for _ in 0..4 {
                let page = match removed {
                    true => things::removed(domain, &desk.her, record, after, 3).await,
                    false => things::of_kind(domain, &desk.her, record, thing_types::WEIGHT, after, 3).await,
                };
                let page = page.expect("a page");
                found.extend(page.things.iter().map(|thing| thing.key.id));
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(after, None);
            found
        };
        let mut ids: Vec<_> = keys.iter().map(|key| key.id).collect();
        ids.sort_unstable();
        let backwards: Vec<_> = ids.iter().rev().copied().collect();
        assert_eq!(walk(false).await, backwards);
        assert!(walk(true).await.is_empty());
        let both = [keys[4], keys[2]];
        for key in both {
            desk.world.clock.advance(env::HOUR);
            things::remove(domain, &desk.her, record, &[(key.id, Some(key.stamp))]).await.expect("removed");
        }
        assert_eq!(walk(true).await, [keys[2].id, keys[4].id], "the latest removal first");
        assert_eq!(walk(false).await.len(), 5);
        let kinds = things::kinds(domain, &desk.her, record).await.expect("kinds");
        assert_eq!((kinds.len(), kinds[0].type_id, kinds[0].count), (1, thing_types::WEIGHT, 5));
    }
);

on_both_engines!(
    who_is_no_custodian_gets_no_attachment_of_what_is_hidden_from_them,
    |world: World| async move {
        const PERSONAL: Statement =
            Statement::new("UPDATE thing SET flags = 1 WHERE record_id = $1 AND thing_id = $2");
        let desk = Desk::of(world).await;
        let (domain, record) = (&desk.world.domain, desk.record);
        let attached = |kg, key: Option<ThingKey>| PutThing {
            id: key.map(|key| key.id),
            stamp: key.map(|key| key.stamp),
            blobs: vec![scan()],
            ..weight(kg, 1)
        };
        let all = [attached(71.0, None), attached(72.0, None), attached(73.0, None)];
        let keys = things::put(domain, &desk.her, record, &all).await.expect("put");
        let [former, personal, removed] = keys[..] else { panic!() };
        desk.world.clock.advance(env::HOUR);
        let change = [attached(71.5, Some(former))];
        let plain = things::put(domain, &desk.her, record, &change).await.expect("changed")[0];
        desk.by_hand(PERSONAL, params![personal.id]).await;
        things::remove(domain, &desk.her, record, &[(removed.id, Some(removed.stamp))]).await.expect("gone");
        let removed = desk.known(removed.id).await.current;

        let given = async |key| {
            let one = things::nth_attachment(domain, &desk.her, record, key, 0).await.is_ok();
            let all = things::beginnings(domain, &desk.her, record, key, 0..5, 2).await;
            assert_eq!(one, all.is_ok());
            if let Ok(all) = all {
                assert_eq!(all[0].1.as_deref(), Some(&b"ab"[..]), "only the first bytes");
            }
            one
        };
        for key in [plain, former, personal, removed] {
            assert!(given(key).await, "a custodian gets it");
        }
        desk.no_longer_custodian().await;
        assert!(given(plain).await);
        for hidden in [former, personal, removed] {
            assert!(!given(hidden).await);
        }
    }
);

fn scan() -> PutBlob {
    PutBlob {
        name: "scan".to_owned(),
        content_type: "text/plain".to_owned(),
        hash: None,
        length: None,
        source: BlobSource::Inline("abcd".into()),
        legacy_encoding: None,
        encoding: None,
    }
}
