//! Who was refused at a record stands in its log, by name where that is for its people to know.

use keepwell_core::audit::{self, Deed, Filter, Logged, MOST_STRANGERS, REFUSED_EVERY, STRANGER, Who};
use keepwell_core::authorizations::{self, Avenue, Caller};
use keepwell_core::ids::{PersonId, RecordId};
use keepwell_core::records::{self, State};
use keepwell_store::params;
use keepwell_testkit::{World, on_both_engines};
use uuid::Uuid;

use super::tamper::{check, tamper};

const REFUSED: Filter = Filter { who: Who::Anyone, deed: Some(Deed::Refused), from: None, until: None };

async fn refuse(world: &World, person: PersonId, record: RecordId) {
    audit::refused(&world.domain, &Caller::person(person), record).await.unwrap();
}

async fn read(world: &World, reader: PersonId, record: RecordId, filter: &Filter) -> Vec<Logged> {
    let access = authorizations::open(&world.domain, &Caller::person(reader), record).await.unwrap();
    audit::activity(&world.domain, &access, filter, None, 1_000).await.unwrap().entries
}

fn by(who: Who) -> Filter {
    Filter { who, ..Filter::default() }
}

on_both_engines!(a_stranger_who_is_refused_is_in_the_log_once_and_not_by_name, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let (bob, bobs) = world.person("Bob").await;
    let other = world.another_process().await;
    for _ in 0..20 {
        let caller = Caller::person(bob);
        let (here, there) = tokio::join!(
            audit::refused(&world.domain, &caller, record),
            audit::refused(&other, &caller, record)
        );
        assert!(here.is_ok() && there.is_ok());
    }
    let found = read(&world, ada, record, &REFUSED).await;
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].person, found[0].app, found[0].avenue.as_str()), (STRANGER, None, "Shell"));
    assert_eq!(found[0].body.as_deref(), Some("{}"));
    // Who it was is in the table, for who runs the server.
    let raw = world.snapshot().await;
    let kept = raw["audit_entry"].iter().find(|row| row.contains("RefusedStranger")).unwrap();
    assert!(kept.contains(&format!("{:?}", bob.0.as_bytes())), "{kept}");
    world.clock.advance(REFUSED_EVERY);
    refuse(&world, bob, record).await;
    assert_eq!(read(&world, ada, record, &REFUSED).await.len(), 2);
    assert_eq!(read(&world, bob, bobs, &REFUSED).await, [], "his own log says nothing of it");
});

on_both_engines!(of_a_stranger_nobody_finds_out_who_it_was, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    for name in ["Bob", "Cem"] {
        let stranger = world.person(name).await.0;
        refuse(&world, stranger, record).await;
        assert_eq!(read(&world, ada, record, &by(Who::Person(stranger))).await, [], "{name}");
    }
    for who in [Who::Stranger, Who::Others] {
        let found = read(&world, ada, record, &by(who)).await;
        assert!(found.len() == 2 && found.iter().all(|entry| entry.person == STRANGER), "{found:?}");
    }
    assert_eq!(read(&world, ada, record, &by(Who::Host)).await, []);
    let access = authorizations::open(&world.domain, &Caller::person(ada), record).await.unwrap();
    let actors = audit::actors(&world.domain, &access).await.unwrap();
    let mut people: Vec<_> = actors.iter().map(|actor| (actor.person, actor.avenue)).collect();
    people.sort_by_key(|(person, _)| *person == STRANGER);
    assert_eq!(people, [(ada, Avenue::Shell), (STRANGER, Avenue::Shell)]);
    let latest = audit::latest(&world.domain, &access, 10).await.unwrap();
    assert_eq!(latest.iter().filter(|entry| entry.person == STRANGER).count(), 2);
    // Whoever is let in later reads their own deeds as their own.
    let dee = world.person("Dee").await.0;
    refuse(&world, dee, record).await;
    world.lets_look(record, dee).await;
    let own = read(&world, dee, record, &Filter::default()).await;
    assert!(own.len() == 1 && own[0].person == dee, "{own:?}");
});

on_both_engines!(a_refusal_at_a_record_that_nobody_has_is_written_nowhere, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let app = world.weight_app().await;
    world.allow(&app.app, ada, record).await;
    let before = world.snapshot().await;
    let nowhere = RecordId(Uuid::from_u128(5));
    refuse(&world, ada, nowhere).await;
    audit::refused(&world.domain, &world.online(&app, ada), nowhere).await.unwrap();
    assert_eq!(world.snapshot().await, before);
});

on_both_engines!(
    who_opens_many_accounts_fills_no_log_and_hides_nobody_who_is_known,
    |world: World| async move {
        let (ada, record) = world.person("Ada").await;
        let app = world.weight_app().await;
        world.allow(&app.app, ada, record).await;
        let guest = world.person("Greta").await.0;
        world.lets_look(record, guest).await;
        for number in 0..MOST_STRANGERS + 10 {
            refuse(&world, PersonId(Uuid::from_u128(1_000 + number as u128)), record).await;
        }
        assert_eq!(read(&world, ada, record, &REFUSED).await.len(), MOST_STRANGERS);
        refuse(&world, guest, record).await;
        audit::refused(&world.domain, &world.online(&app, ada), record).await.unwrap();
        let found = read(&world, ada, record, &REFUSED).await;
        assert_eq!(found.len(), MOST_STRANGERS + 2);
        assert!(found.iter().any(|entry| entry.person == guest));
        assert!(found.iter().any(|entry| entry.app == Some(app.app.id)));
        // What was noted long ago is kept in the log only.
        world.clock.advance(REFUSED_EVERY);
        refuse(&world, guest, record).await;
        assert_eq!(world.snapshot().await["audit_refusal"].len(), 1);
        assert_eq!(read(&world, ada, record, &REFUSED).await.len(), MOST_STRANGERS + 3);
    }
);

on_both_engines!(
    a_hundred_refusals_at_once_leave_no_more_than_one_after_the_other,
    |world: World| async move {
        let (ada, record) = world.person("Ada").await;
        let all = |numbers: std::ops::Range<u128>| {
            let people = numbers.map(|number| PersonId(Uuid::from_u128(number)));
            futures_util::future::join_all(people.map(|person| refuse(&world, person, record)))
        };
        futures_util::future::join_all(
            (0..100).map(|_| refuse(&world, PersonId(Uuid::from_u128(7)), record)),
        )
        .await;
        assert_eq!(read(&world, ada, record, &REFUSED).await.len(), 1);
        all(1_000..1_100).await;
        let noted = read(&world, ada, record, &REFUSED).await.len();
        // On PostgreSQL as many are written in the same moment as there are connections, and none sees the others.
        let beyond = world.settings().connections;
        assert!((MOST_STRANGERS..=MOST_STRANGERS + beyond).contains(&noted), "{noted}");
        all(2_000..2_100).await;
        assert_eq!(read(&world, ada, record, &REFUSED).await.len(), noted, "and then none");
    }
);

on_both_engines!(a_person_whose_right_is_too_small_or_over_is_named, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let guest = world.person("Greta").await.0;
    world.lets_look(record, guest).await;
    refuse(&world, guest, record).await;
    let over = "UPDATE record_person SET expires = 1 WHERE record_id = $1 AND person_id = $2";
    tamper(&world, over, params![record, guest]).await;
    world.clock.advance(REFUSED_EVERY);
    refuse(&world, guest, record).await;
    let found = read(&world, ada, record, &REFUSED).await;
    assert!(found.len() == 2 && found.iter().all(|entry| entry.person == guest), "{found:?}");
    assert_eq!(read(&world, ada, record, &by(Who::Person(guest))).await, found);
});

on_both_engines!(a_refusal_at_a_closed_record_is_read_when_it_is_open_again, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let bob = world.person("Bob").await.0;
    records::set_state(&world.domain, record, State::Suspended).await.unwrap();
    refuse(&world, ada, record).await;
    refuse(&world, bob, record).await;
    records::set_state(&world.domain, record, State::Active).await.unwrap();
    let mut who: Vec<_> = read(&world, ada, record, &REFUSED).await.iter().map(|e| e.person).collect();
    who.sort_by_key(|person| *person == STRANGER);
    assert_eq!(who, [ada, STRANGER]);
});

on_both_engines!(an_application_that_a_stranger_uses_is_named_and_they_are_not, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let (bob, bobs) = world.person("Bob").await;
    let app = world.weight_app().await;
    for (person, record) in [(ada, record), (bob, bobs)] {
        world.allow(&app.app, person, record).await;
    }
    audit::refused(&world.domain, &world.online(&app, bob), record).await.unwrap();
    let found = read(&world, ada, record, &REFUSED).await;
    assert_eq!((found[0].person, found[0].app), (STRANGER, Some(app.app.id)));
    // It does not keep out what is said of the application itself.
    audit::refused(&world.domain, &world.online(&app, ada), record).await.unwrap();
    let found = read(&world, ada, record, &REFUSED).await;
    assert_eq!(found.iter().filter(|entry| entry.person == ada).count(), 1);
});

on_both_engines!(refusals_are_sealed_like_all_that_was_done, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let bob = world.person("Bob").await.0;
    for person in [bob, ada] {
        refuse(&world, person, record).await;
    }
    audit::seal(&world.domain).await.unwrap();
    let report = check(&world.domain, record).await;
    assert!(report.is_whole() && report.checked == 3 && report.waiting == 0, "{report:?}");
    // Nobody can lay it at another's door.
    let other = "UPDATE audit_entry SET person_id = $2 WHERE record_id = $1 AND action = 'RefusedStranger'";
    tamper(&world, other, params![record, ada]).await;
    assert!(!check(&world.domain, record).await.is_whole());
});
