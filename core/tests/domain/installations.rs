//! Applications on phones and tablets: who is let in, how often, and how it ends.

use keepwell_core::applications::{self, Application, State};
use keepwell_core::authorizations::{self, Avenue, Consent, ConsentError, allow_on_device};
use keepwell_core::env::{DAY, HOUR, MINUTE};
use keepwell_core::ids::AppId;
use keepwell_core::installations::{self, CutOffError, InstallationError, Limits, cut_off, of_person, open};
use keepwell_testkit::{World, on_both_engines};

async fn app(world: &World, id: AppId) -> Option<applications::Registered> {
    applications::find(&world.domain, id).await.unwrap()
}

on_both_engines!(a_device_is_let_in_once_by_a_token, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let master = world.mobile_app().await;
    let phone = world.offer(master.id).await;
    assert!(
        phone.token.len() <= 1024
            && phone.token.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    );
    assert!(app(&world, phone.id).await.is_none(), "nothing is kept of an offer");
    let offered = world.offered(&phone, "Ada\u{2019}s phone").await;
    assert!(app(&world, phone.id).await.is_none(), "nor when it is looked at");
    world.let_in(&offered, ada, record).await.unwrap();

    let child = app(&world, phone.id).await.unwrap();
    assert_eq!((child.state, child.application.device()), (State::Active, Some("Ada\u{2019}s phone")));
    assert_eq!((&child.application.name, &child.application.offline), (&master.name, &master.offline));
    assert!(child.application.online.is_empty());
    let again = open(&world.domain, &master, &phone.token, "phone").await.unwrap_err();
    assert_eq!(again, InstallationError::Token);
    let (bob, bobs) = world.person("Bob").await;
    assert_eq!(world.let_in(&offered, bob, bobs).await, Err(ConsentError::TokenSpent));
    assert!(of_person(&world.domain, bob).await.unwrap().is_empty());
});

on_both_engines!(a_token_is_good_for_its_application_and_its_time_only, |world: World| async move {
    let (master, other) = (world.mobile_app().await, world.mobile_app().await);
    let phone = world.offer(master.id).await;
    let refused = async |app: &Application, token: &str| {
        open(&world.domain, app, token, "phone").await.map(drop) == Err(InstallationError::Token)
    };
    assert!(refused(&other, &phone.token).await, "another master's");
    let mut forged = phone.token.clone().into_bytes();
    let middle = forged.len() / 2;
    forged[middle] = if forged[middle] == b'A' { b'B' } else { b'A' };
    assert!(refused(&master, std::str::from_utf8(&forged).unwrap()).await, "forged");
    for nonsense in ["", "ASAAA", "ASAAA!", "TESTTOKEN", &"A".repeat(5000)] {
        assert!(refused(&master, nonsense).await, "{nonsense}");
    }
    world.clock.advance(HOUR - MINUTE);
    assert!(!refused(&master, &phone.token).await);
    world.clock.advance(MINUTE);
    assert!(refused(&master, &phone.token).await, "expired");
});

on_both_engines!(an_ordinary_application_offers_nothing_to_devices, |world: World| async move {
    let web = world.weight_app().await;
    assert!(installations::offer(&world.domain, &web.app).unwrap().is_none());
});

on_both_engines!(of_many_who_redeem_a_token_at_once_one_is_let_in, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let master = world.mobile_app().await;
    let phone = world.offer(master.id).await;
    let offered = world.offered(&phone, "phone").await;
    let tries = (0..12).map(|_| {
        let (domain, offered) = (world.domain.clone(), offered.clone());
        tokio::spawn(async move {
            let consent = Consent::to_required(ada, record);
            loop {
                match allow_on_device(&domain, &offered, &consent).await {
                    Err(ConsentError::Changed) => {}
                    other => return other,
                }
            }
        })
    });
    let mut let_in = 0;
    for one in tries.collect::<Vec<_>>() {
        match one.await.unwrap() {
            Ok(()) => let_in += 1,
            Err(error) => assert_eq!(error, ConsentError::TokenSpent),
        }
    }
    assert_eq!((let_in, of_person(&world.domain, ada).await.unwrap().len()), (1, 1));
});

on_both_engines!(a_refused_token_is_good_for_nothing, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let master = world.mobile_app().await;
    let phone = world.offer(master.id).await;
    let offered = world.offered(&phone, "phone").await;
    installations::refuse(&world.domain, &offered).await.unwrap();
    assert_eq!(world.let_in(&offered, ada, record).await, Err(ConsentError::TokenSpent));
    assert_ne!(app(&world, phone.id).await.unwrap().state, State::Active);
    let enabled = applications::set_state(&world.domain, phone.id, State::Active).await;
    assert!(enabled.is_err(), "not even the host brings it up again");
    world.clock.advance(9 * DAY);
    installations::sweep(&world.domain).await.unwrap();
    assert!(app(&world, phone.id).await.is_none(), "it is forgotten when no token could bring it up again");
    assert!(open(&world.domain, &master, &phone.token, "phone").await.is_err());
});

on_both_engines!(what_the_application_becomes_reaches_every_device, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let master = world.mobile_app().await;
    let phone = world.phone(master.id, "phone", ada, record).await;
    let before = app(&world, phone.id).await.unwrap();

    let mut wider = (*master).clone();
    wider.name = "Stairs".into();
    wider.offline[0].permissions = applications::Permissions::of(&[applications::Permission::Read]);
    applications::replace(&world.domain, &wider).await.unwrap();
    let after = app(&world, phone.id).await.unwrap();
    assert_eq!((after.application.name.plain(), &after.application.offline), ("Stairs", &wider.offline));
    assert_eq!(after.application.device(), Some("phone"));
    assert!(after.revision > before.revision);

    applications::set_state(&world.domain, master.id, State::Suspended).await.unwrap();
    assert_ne!(app(&world, phone.id).await.unwrap().state, State::Active, "master disabled");
    applications::set_state(&world.domain, master.id, State::Active).await.unwrap();
    assert_eq!(app(&world, phone.id).await.unwrap().state, State::Active);
    let listed = applications::all(&world.domain).await.unwrap();
    assert_eq!(listed.len(), 1, "devices are not among the registered applications");
});

on_both_engines!(a_device_never_has_online_rules_or_more_than_its_application, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let master = world.mobile_app().await;
    let mut odd = (*master).clone();
    odd.online = odd.offline.clone();
    applications::replace(&world.domain, &odd).await.unwrap();
    let phone = world.phone(master.id, "phone", ada, record).await;
    let child = app(&world, phone.id).await.unwrap().application;
    assert!(child.online.is_empty());
    let grant = authorizations::records_of(&world.domain, &child, ada).await.unwrap().remove(0).grant;
    assert_eq!((grant.online.len(), &grant.offline), (0, &master.offline));
    let mut more = (*child).clone();
    more.offline[0].permissions = applications::Permissions::ALL;
    assert!(applications::replace(&world.domain, &more).await.is_err(), "it has no registration of its own");
    let own =
        applications::update(&world.domain, &child, phone.id, |app| app.online = app.offline.clone(), None);
    assert!(own.await.is_err());
});

on_both_engines!(a_person_has_so_many_devices_and_no_more, |mut world: World| async move {
    let limits = Limits { per_person: 2, ..Limits::default() };
    world.domain = world.domain.with_device_limits(limits);
    let (ada, record) = world.person("Ada").await;
    let master = world.mobile_app().await;
    let first = world.phone(master.id, "first", ada, record).await;
    installations::has_room(&world.domain, ada).await.unwrap();
    world.phone(master.id, "second", ada, record).await;
    let full = installations::has_room(&world.domain, ada).await;
    assert_eq!(full, Err(InstallationError::TooMany));
    let third = world.offer(master.id).await;
    let offered = world.offered(&third, "third").await;
    assert_eq!(world.let_in(&offered, ada, record).await, Err(ConsentError::TooManyDevices));
    let (bob, bobs) = world.person("Bob").await;
    world.phone(master.id, "Bob\u{2019}s", bob, bobs).await;
    cut_off(&world.domain, ada, &[first.id]).await.unwrap();
    world.let_in(&offered, ada, record).await.unwrap();
    let names: Vec<_> =
        of_person(&world.domain, ada).await.unwrap().into_iter().map(|one| one.name).collect();
    assert_eq!(names.len(), 2);
    assert!(!names.contains(&"first".to_owned()));
});

on_both_engines!(a_device_that_is_cut_off_is_gone_for_good, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let (bob, _) = world.person("Bob").await;
    let master = world.mobile_app().await;
    let lost = world.phone(master.id, "lost", ada, record).await;
    let kept = world.phone(master.id, "kept", ada, record).await;
    assert_eq!(cut_off(&world.domain, bob, &[lost.id]).await, Err(CutOffError::Gone), "only by its owner");
    cut_off(&world.domain, ada, &[lost.id]).await.unwrap();
    assert_ne!(app(&world, lost.id).await.unwrap().state, State::Active);
    assert!(applications::secret(&world.domain, lost.id).await.unwrap().is_none());
    assert_eq!(installations::owner(&world.domain, lost.id).await.unwrap(), None);
    let allowed = authorizations::of_person_at_home(&world.domain, ada).await.unwrap();
    assert_eq!(allowed.iter().map(|(app, ..)| *app).collect::<Vec<_>>(), [kept.id]);
    assert_eq!(cut_off(&world.domain, ada, &[lost.id]).await, Err(CutOffError::Gone));
    let entries = audit(&world, ada, record).await;
    assert_eq!(entries, 1, "the record's log says so");
});

async fn audit(
    world: &World,
    person: keepwell_core::ids::PersonId,
    record: keepwell_core::ids::RecordId,
) -> usize {
    let caller = authorizations::Caller::person(person);
    let access = authorizations::open(&world.domain, &caller, record).await.unwrap();
    let entries = keepwell_core::audit::latest(&world.domain, &access, 500).await.unwrap();
    entries.iter().filter(|entry| entry.action == "RemoveRecordAuthorization").count()
}

on_both_engines!(a_thousand_devices_are_listed_and_cut_off_at_once, |mut world: World| async move {
    let limits = Limits { per_person: 1000, ..Limits::default() };
    world.domain = world.domain.with_device_limits(limits);
    let (ada, record) = world.person("Ada").await;
    let master = world.mobile_app().await;
    for number in 0..1000 {
        world.phone(master.id, &format!("phone {number}"), ada, record).await;
    }
    let all = of_person(&world.domain, ada).await.unwrap();
    assert_eq!((all.len(), installations::count_of(&world.domain, master.id).await.unwrap()), (1000, 1000));
    let ids: Vec<_> = all.iter().map(|one| one.app).collect();
    cut_off(&world.domain, ada, &ids).await.unwrap();
    assert!(of_person(&world.domain, ada).await.unwrap().is_empty());
    assert!(authorizations::of_person_at_home(&world.domain, ada).await.unwrap().is_empty());
    for id in [ids[0], ids[500], ids[999]] {
        assert_ne!(app(&world, id).await.unwrap().state, State::Active);
    }
    installations::has_room(&world.domain, ada).await.unwrap();
});

on_both_engines!(what_a_device_was_allowed_can_end_and_come_back, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let master = world.mobile_app().await;
    let phone = world.phone(master.id, "phone", ada, record).await;
    let child = app(&world, phone.id).await.unwrap().application;
    authorizations::revoke(&world.domain, phone.id, ada, record, Avenue::Offline).await.unwrap();
    assert!(authorizations::records_of(&world.domain, &child, ada).await.unwrap().is_empty());
    assert_eq!(app(&world, phone.id).await.unwrap().state, State::Active, "its sessions go on");
    let before = authorizations::record_pseudonym(&world.domain, phone.id, ada, record);
    world.allow(&child, ada, record).await;
    let again = authorizations::records_of(&world.domain, &child, ada).await.unwrap().remove(0);
    assert_eq!(again.pseudonym, before, "with the ids that it knows");
});

on_both_engines!(two_devices_of_a_person_know_the_record_by_two_ids, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let master = world.mobile_app().await;
    let [one, other] = [
        world.phone(master.id, "one", ada, record).await,
        world.phone(master.id, "other", ada, record).await,
    ];
    let id = |app| authorizations::record_pseudonym(&world.domain, app, ada, record);
    assert_ne!(id(one.id), id(other.id));
    assert_ne!(one.secret, other.secret);
});

on_both_engines!(a_person_sees_when_and_from_how_many_places_a_device_is_used, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let master = world.mobile_app().await;
    let phone = world.phone(master.id, "phone", ada, record).await;
    let home = "192.0.2.7".parse().ok();
    let away = "198.51.100.9".parse().ok();
    let seen = async || of_person(&world.domain, ada).await.unwrap().remove(0);
    assert_eq!((seen().await.last_used, seen().await.two_places), (None, None));
    installations::used(&world.domain, phone.id, home).await.unwrap();
    assert_eq!(seen().await.last_used, Some(world.domain.env.now()));
    world.clock.advance(3 * MINUTE);
    installations::used(&world.domain, phone.id, away).await.unwrap();
    assert_eq!(seen().await.two_places, None, "a phone leaves the house");
    world.clock.advance(3 * MINUTE);
    installations::used(&world.domain, phone.id, home).await.unwrap();
    assert_eq!(seen().await.two_places, Some(world.domain.env.now()), "and it never left");
    world.clock.advance(31 * DAY);
    assert_eq!((seen().await.two_places, seen().await.is_unused), (None, false));
    world.clock.advance(150 * DAY);
    assert!(seen().await.is_unused);
});

on_both_engines!(who_fails_to_prove_a_secret_waits_and_nobody_else, |world: World| async move {
    let (ada, record) = world.person("Ada").await;
    let master = world.mobile_app().await;
    let [tried, sibling] = [
        world.phone(master.id, "tried", ada, record).await,
        world.phone(master.id, "sibling", ada, record).await,
    ];
    let thief = "203.0.113.5".parse().ok();
    let home = "192.0.2.7".parse().ok();
    let wait = async |app, from| installations::may_try(&world.domain, app, from).await.unwrap();
    for _ in 0..12 {
        installations::failed(&world.domain, tried.id, thief).await.unwrap();
    }
    assert!(wait(tried.id, thief).await.is_some());
    assert_eq!((wait(sibling.id, thief).await, wait(tried.id, home).await), (None, None));
    world.clock.advance(MINUTE);
    assert_eq!(wait(tried.id, thief).await, None);
});
