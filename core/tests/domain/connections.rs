//! A clinic asks, a person picks up with code and answer, and nobody else does.

use std::sync::Arc;

use keepwell_core::applications;
use keepwell_core::authorizations::{self, Consent, ConsentError};
use keepwell_core::connections::{
    self, Answered, ConnectionError, ConnectionId, Kind, Limits, Named, NewRequest, PickupError,
};
use keepwell_core::credentials::{self, SignUp, SignUpError};
use keepwell_core::env::{DAY, HOUR, MINUTE};
use keepwell_core::ids::{AppId, PersonId, RecordId};
use keepwell_core::persons;
use keepwell_testkit::{ActingApp, World, on_both_engines};

struct Desk {
    world: World,
    clinic: ActingApp,
    ada: PersonId,
    record: RecordId,
}

impl Desk {
    async fn of(world: World) -> Self {
        let clinic = world.weight_app().await;
        let (ada, record) = world.person("Ada").await;
        Self { world, clinic, ada, record }
    }

    async fn request(&self, external_id: &str) -> Result<String, ConnectionError> {
        connections::request(&self.world.domain, &self.clinic.app, &new(external_id)).await
    }

    async fn find(&self, person: PersonId, code: &str) -> Result<connections::Found, PickupError> {
        connections::find(&self.world.domain, person, None, code).await
    }

    async fn answer(&self, person: PersonId, code: &str, answer: &str) -> Result<Answered, PickupError> {
        let found = self.find(person, code).await?;
        connections::answer(&self.world.domain, person, found.id, answer).await
    }

    async fn allow(&self, person: PersonId, record: RecordId, id: ConnectionId) -> Result<(), ConsentError> {
        let consent = Consent::to_required(person, record);
        authorizations::allow_by_code(&self.world.domain, &self.clinic.app, &consent, id).await
    }

    /// From the code to the grant.
    async fn picked_up(&self, code: &str) {
        let Ok(Answered::Right(opened)) = self.answer(self.ada, code, "Parakeet seeds").await else {
            panic!("the answer is right");
        };
        self.allow(self.ada, self.record, opened.id).await.expect("allowed");
    }

    async fn polled(&self, since: Option<i64>) -> Vec<String> {
        let found =
            connections::authorized(&self.world.domain, self.clinic.app.id, since).await.expect("polled");
        found.into_iter().map(|one| one.external_id).collect()
    }

    async fn delete(&self, external_id: &str) -> Result<(), ConnectionError> {
        connections::delete_pending(&self.world.domain, self.clinic.app.id, external_id).await
    }

    async fn rename(&self, named: Named, new: &str) -> Result<(), ConnectionError> {
        connections::rename(&self.world.domain, self.clinic.app.id, &named, new).await
    }
}

fn new(external_id: &str) -> NewRequest {
    NewRequest {
        friendly_name: "Ada at the clinic".to_owned(),
        question: "What do you feed the parakeet?".to_owned(),
        answer: "parakeet seeds".to_owned(),
        external_id: external_id.to_owned(),
    }
}

on_both_engines!(a_request_is_picked_up_allowed_and_polled_for, |world: World| async move {
    let desk = Desk::of(world).await;
    let code = desk.request("17").await.expect("made");
    assert!(desk.polled(None).await.is_empty());
    let found = desk.find(desk.ada, &code.to_lowercase().replace('-', " ")).await.expect("found");
    assert_eq!((found.question.as_str(), found.answers_left), ("What do you feed the parakeet?", 3));
    let Answered::Right(opened) = desk.answer(desk.ada, &code, "PARAKEET SEEDS").await.expect("answered")
    else {
        panic!("without case it is right");
    };
    assert_eq!((opened.kind, opened.friendly_name.as_str()), (Kind::Connect, "Ada at the clinic"));
    assert!(desk.polled(None).await.is_empty(), "a right answer allows nothing yet");
    desk.allow(desk.ada, desk.record, opened.id).await.expect("allowed");
    let found = connections::authorized(&desk.world.domain, desk.clinic.app.id, None).await.expect("polled");
    assert_eq!((found[0].person, found[0].record, found.len()), (desk.ada, desk.record, 1));
    let caller = desk.world.offline(&desk.clinic, desk.ada);
    authorizations::open(&desk.world.domain, &caller, desk.record).await.expect("the door is open offline");
});

on_both_engines!(a_code_gives_only_what_is_for_a_person_who_is_away, |world: World| async move {
    let desk = Desk::of(world).await;
    let rules = |grant: &authorizations::Grant| (grant.online.len(), grant.offline.len());
    let granted = async || {
        let all =
            authorizations::records_of(&desk.world.domain, &desk.clinic.app, desk.ada).await.expect("read");
        all.first().map(|allowed| rules(&allowed.grant))
    };
    let code = desk.request("17").await.expect("made");
    desk.picked_up(&code).await;
    assert_eq!(granted().await, Some((0, 1)), "the online rule was on no page");
    desk.world.allow(&desk.clinic.app, desk.ada, desk.record).await;
    assert_eq!(granted().await, Some((1, 1)));
    desk.picked_up(&code).await;
    assert_eq!(granted().await, Some((1, 1)), "what was granted before stays");
});

on_both_engines!(a_hundred_answers_at_once_are_three_tries, |world: World| async move {
    let desk = Arc::new(Desk::of(world).await);
    let code = desk.request("17").await.expect("made");
    let id = desk.find(desk.ada, &code).await.expect("found").id;
    let guesses: Vec<_> = (0..100)
        .map(|n| {
            let desk = Arc::clone(&desk);
            tokio::spawn(async move {
                connections::answer(&desk.world.domain, desk.ada, id, &format!("guess {n}")).await
            })
        })
        .collect();
    let (mut wrong, mut locked) = (Vec::new(), 0);
    for guess in guesses {
        match guess.await.expect("it ends") {
            Ok(Answered::Wrong { left }) => wrong.push(left),
            Err(PickupError::Locked(app)) if app == desk.clinic.app.id => locked += 1,
            other => panic!("{other:?}"),
        }
    }
    wrong.sort_unstable();
    assert_eq!((wrong, locked), (vec![0, 1, 2], 97));
    let right = connections::answer(&desk.world.domain, desk.ada, id, "parakeet seeds").await;
    assert_eq!(right, Err(PickupError::Locked(desk.clinic.app.id)), "locked for good");
    assert_eq!(desk.request("17").await, Err(ConnectionError::Taken), "and the id stays taken");
    desk.delete("17").await.expect("deleted");
    desk.request("17").await.expect("another one");
});

on_both_engines!(white_space_counts_and_right_answers_do_not, |world: World| async move {
    let desk = Desk::of(world).await;
    let code = desk.request("17").await.expect("made");
    for _ in 0..5 {
        assert!(matches!(desk.answer(desk.ada, &code, "parakeet seeds").await, Ok(Answered::Right(_))));
    }
    assert_eq!(desk.answer(desk.ada, &code, "parakeet seeds ").await, Ok(Answered::Wrong { left: 2 }));
    assert!(matches!(desk.answer(desk.ada, &code, "parakeet seeds").await, Ok(Answered::Right(_))));
    assert_eq!(desk.answer(desk.ada, &code, "").await, Ok(Answered::Wrong { left: 1 }));
    assert_eq!(desk.find(desk.ada, &code).await.expect("found").answers_left, 1);
});

on_both_engines!(one_request_for_an_external_id_and_application_at_a_time, |world: World| async move {
    let other = world.weight_app().await;
    let desk = Desk::of(world).await;
    let first = desk.request("17").await.expect("made");
    assert_eq!(desk.request("17").await, Err(ConnectionError::Taken));
    let theirs = connections::request(&desk.world.domain, &other.app, &new("17")).await.expect("another's");
    connections::delete_pending(&desk.world.domain, other.app.id, "17").await.expect("theirs");
    assert_eq!(desk.find(desk.ada, &theirs).await, Err(PickupError::Unknown));
    desk.find(desk.ada, &first).await.expect("ours is still there");
    desk.world.clock.advance(28 * DAY);
    assert_eq!(desk.find(desk.ada, &first).await, Err(PickupError::Expired(desk.clinic.app.id)));
    let second = desk.request("17").await.expect("the id is free again");
    desk.find(desk.ada, &second).await.expect("found");
    assert_eq!(desk.find(desk.ada, &first).await, Err(PickupError::Expired(desk.clinic.app.id)));
});

on_both_engines!(what_was_authorized_is_told_for_ninety_days_from_its_last_use, |world: World| async move {
    let desk = Desk::of(world).await;
    let code = desk.request("17").await.expect("made");
    desk.world.clock.advance(27 * DAY);
    desk.picked_up(&code).await;
    let at = desk.world.domain.env.now();
    assert_eq!(desk.polled(Some(at)).await, ["17"]);
    assert!(desk.polled(Some(at + 1)).await.is_empty());
    desk.world.clock.advance(89 * DAY);
    assert_eq!(desk.polled(None).await, ["17"]);
    desk.picked_up(&code).await;
    desk.world.clock.advance(89 * DAY);
    assert_eq!(desk.polled(None).await, ["17"], "its use began the time anew");
    assert_eq!(desk.delete("17").await, Err(ConnectionError::Authorized));
    desk.world.clock.advance(DAY);
    assert!(desk.polled(None).await.is_empty());
    desk.delete("17").await.expect("nothing is there");
    let caller = desk.world.offline(&desk.clinic, desk.ada);
    authorizations::open(&desk.world.domain, &caller, desk.record).await.expect("the grant stays");
});

on_both_engines!(nobody_else_uses_a_code_that_somebody_used, |world: World| async move {
    let desk = Desk::of(world).await;
    let (bob, bobs) = desk.world.person("Bob").await;
    let code = desk.request("17").await.expect("made");
    let Ok(Answered::Right(opened)) = desk.answer(bob, &code, "parakeet seeds").await else {
        panic!("right")
    };
    desk.picked_up(&code).await;
    assert_eq!(desk.allow(bob, bobs, opened.id).await, Err(ConsentError::CodeGone), "Ada was faster");
    let caller = desk.world.offline(&desk.clinic, bob);
    assert!(authorizations::open(&desk.world.domain, &caller, bobs).await.is_err(), "nothing was allowed");
    assert_eq!(desk.find(bob, &code).await, Err(PickupError::Used(desk.clinic.app.id)));
    desk.picked_up(&code).await;
});

on_both_engines!(a_consent_by_a_code_that_was_deleted_allows_nothing, |world: World| async move {
    let desk = Desk::of(world).await;
    let code = desk.request("17").await.expect("made");
    let Ok(Answered::Right(opened)) = desk.answer(desk.ada, &code, "parakeet seeds").await else {
        panic!("right");
    };
    desk.delete("17").await.expect("deleted");
    assert_eq!(desk.allow(desk.ada, desk.record, opened.id).await, Err(ConsentError::CodeGone));
    let caller = desk.world.offline(&desk.clinic, desk.ada);
    assert!(authorizations::open(&desk.world.domain, &caller, desk.record).await.is_err());
});

on_both_engines!(an_external_id_is_changed_by_code_or_by_the_old_one, |world: World| async move {
    let desk = Desk::of(world).await;
    let code = desk.request("17").await.expect("made");
    desk.request("18").await.expect("made");
    assert_eq!(desk.rename(Named::Code(code.clone()), "18").await, Err(ConnectionError::Taken));
    desk.rename(Named::Code(code.clone()), "19").await.expect("renamed");
    desk.rename(Named::ExternalId("19".to_owned()), "20").await.expect("renamed");
    desk.rename(Named::ExternalId("nobody".to_owned()), "21").await.expect("nothing to do");
    let unknown = Named::Code("JKYZ-QNMN-VHRX-ZGNR-GZNH".to_owned());
    assert_eq!(desk.rename(unknown, "22").await, Err(ConnectionError::UnknownCode));
    desk.picked_up(&code).await;
    assert_eq!(desk.polled(None).await, ["20"]);
    assert_eq!(desk.request("20").await, Err(ConnectionError::Taken));
    desk.request("17").await.expect("the old one is free");
});

on_both_engines!(who_guesses_codes_waits_and_others_do_not, |world: World| async move {
    let desk = Desk::of(world).await;
    let (bob, _) = desk.world.person("Bob").await;
    let code = desk.request("17").await.expect("made");
    let guess = "JKYZ-QNMN-VHRX-ZGNR-GZNH";
    for _ in 0..6 {
        assert_eq!(desk.find(bob, guess).await, Err(PickupError::Unknown));
    }
    assert!(matches!(desk.find(bob, &code).await, Err(PickupError::Wait { seconds: 1..=3 })));
    desk.find(desk.ada, &code).await.expect("nobody else is held up");
    desk.world.clock.advance(MINUTE);
    assert_eq!(desk.find(bob, guess).await, Err(PickupError::Unknown));
    assert!(matches!(desk.find(bob, &code).await, Err(PickupError::Wait { .. })));
    desk.world.clock.advance(2 * HOUR);
    for _ in 0..5 {
        assert_eq!(desk.find(bob, guess).await, Err(PickupError::Unknown));
    }
    desk.find(bob, &code).await.expect("it is forgotten");
});

on_both_engines!(what_is_wrong_with_a_request_is_named, |world: World| async move {
    let desk = Desk::of(world).await;
    let with = async |change: &dyn Fn(&mut NewRequest)| {
        let mut request = new("17");
        change(&mut request);
        connections::request(&desk.world.domain, &desk.clinic.app, &request).await
    };
    assert_eq!(with(&|r| r.question = " \n".to_owned()).await, Err(ConnectionError::Question));
    assert_eq!(with(&|r| r.answer = "\t".to_owned()).await, Err(ConnectionError::Answer));
    let long = with(&|r| r.external_id = "x".repeat(256)).await;
    assert!(matches!(long, Err(ConnectionError::TooLong(_))));
});

on_both_engines!(limits_are_the_host_s_to_set_and_old_ones_are_swept, |world: World| async move {
    let desk = Desk::of(world).await;
    let limits = Limits { pickup: DAY, retention: DAY, wrong_answers: 1 };
    let domain = desk.world.domain.clone().with_limits(limits);
    let code = connections::request(&domain, &desk.clinic.app, &new("17")).await.expect("made");
    let found = connections::find(&domain, desk.ada, None, &code).await.expect("found");
    assert_eq!(found.answers_left, 1);
    let wrong = connections::answer(&domain, desk.ada, found.id, "no").await;
    assert_eq!(wrong, Ok(Answered::Wrong { left: 0 }));
    desk.world.clock.advance(2 * DAY);
    connections::sweep(&domain).await.expect("swept");
    let told = connections::find(&domain, desk.ada, None, &code).await;
    assert_eq!(told, Err(PickupError::Expired(desk.clinic.app.id)), "who holds it is told for a while");
    desk.world.clock.advance(28 * DAY);
    connections::sweep(&domain).await.expect("swept");
    assert_eq!(connections::find(&domain, desk.ada, None, &code).await, Err(PickupError::Unknown));
});

on_both_engines!(a_master_polls_for_its_children_and_nobody_else_does, |world: World| async move {
    let stranger = world.weight_app().await;
    let desk = Desk::of(world).await;
    let master = desk.clinic.app.id;
    let domain = &desk.world.domain;
    let mut child = (*desk.clinic.app).clone();
    child.id = AppId(domain.env.uuid());
    child.kind = applications::Kind::Child { master };
    let code = connections::request(domain, &child, &new("17")).await.expect("made");
    desk.world.pick_up(&child, desk.ada, desk.record, &code, "parakeet seeds").await;
    let polled = async |app| connections::authorized(domain, app, None).await.expect("polled");
    for app in [master, child.id] {
        let told = polled(app).await;
        assert_eq!((told.len(), told[0].app), (1, child.id));
    }
    assert!(polled(stranger.app.id).await.is_empty());
    desk.delete("17").await.expect("a master has no such request itself");
    assert_eq!(polled(child.id).await.len(), 1);
});

on_both_engines!(
    codes_that_nobody_gave_out_slow_an_account_also_when_many_come_at_once,
    |world: World| async move {
        let desk = Arc::new(Desk::of(world).await);
        let code = desk.request("17").await.expect("made");
        let tries: Vec<_> = (0..50)
            .map(|_| {
                let desk = Arc::clone(&desk);
                tokio::spawn(async move { desk.find(desk.ada, "JKYZ-QNMN-VHRX-ZGNR-GZNH").await })
            })
            .collect();
        let mut looked = 0;
        for one in tries {
            looked += usize::from(one.await.expect("a try") == Err(PickupError::Unknown));
        }
        assert_eq!(looked, 6, "five are free, and the sixth begins the wait");
        assert!(matches!(desk.find(desk.ada, &code).await, Err(PickupError::Wait { .. })));
        let (bob, _) = desk.world.person("Bob").await;
        assert!(desk.find(bob, &code).await.is_ok(), "others do not wait");
        desk.world.clock.advance(MINUTE);
        assert!(desk.find(desk.ada, &code).await.is_ok());
    }
);

on_both_engines!(
    an_address_is_slowed_later_than_an_account_and_a_good_code_counts_nothing,
    |world: World| async move {
        let desk = Desk::of(world).await;
        let domain = &desk.world.domain;
        let code = desk.request("17").await.expect("made");
        for _ in 0..20 {
            assert!(connections::find(domain, desk.ada, Some("192.0.2.1"), &code).await.is_ok());
        }
        for n in 0..51 {
            let (person, _) = desk.world.person(&format!("Person{n}")).await;
            let found =
                connections::find(domain, person, Some("192.0.2.1"), "JKYZ-QNMN-VHRX-ZGNR-GZNH").await;
            assert_eq!(found, Err(PickupError::Unknown), "{n}");
        }
        let (ben, _) = desk.world.person("Ben").await;
        let here = connections::find(domain, ben, Some("192.0.2.1"), &code).await;
        assert!(matches!(here, Err(PickupError::Wait { .. })));
        assert!(
            connections::find(domain, ben, Some("192.0.2.2"), &code).await.is_ok(),
            "elsewhere nobody waits"
        );
    }
);

on_both_engines!(a_pickup_code_opens_one_account, |world: World| async move {
    let desk = Desk::of(world).await;
    let code = desk.request("17").await.expect("made");
    let open = async |name: &str, code: &str| {
        let person = persons::NewPerson {
            name: name.to_owned(),
            email: format!("{name}@example.org"),
            language: "en".to_owned(),
            country: "US".to_owned(),
        };
        let command = SignUp { person, password: World::PASSWORD.to_owned(), code: Some(code.to_owned()) };
        credentials::sign_up(&desk.world.domain, command).await
    };
    assert_eq!(open("cleo", "JKYZ-QNMN-VHRX-ZGNR-GZNH").await, Err(SignUpError::Code));
    let (cleo, _) = open("cleo", &code.to_lowercase()).await.expect("opened");
    assert_eq!(open("dora", &code).await, Err(SignUpError::Code), "it opens one");
    assert!(desk.find(cleo, &code).await.is_ok(), "and is still good for what it was given for");
    let late = desk.request("18").await.expect("made");
    desk.world.clock.advance(28 * DAY);
    assert_eq!(open("dora", &late).await, Err(SignUpError::Code));
});
