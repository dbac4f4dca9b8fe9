//! Passkeys: who gets in with one, and who does not.

use keepwell_core::Domain;
use keepwell_core::credentials::passkeys::{self, LIFE, MOST, Passkey, PasskeyError, PasskeySignUp, Site};
use keepwell_core::credentials::{
    ChangeError, PAUSE, Place, SignInError, SignUpError, TRIES, TRIES_OF_PASSKEY, begin_reset,
    change_password, choose_password, has_password, set_password, sign_in,
};
use keepwell_core::ids::PersonId;
use keepwell_core::letters::Letter;
use keepwell_core::persons::{self, NewPerson, Person};
use keepwell_core::sessions::known_browser::{self, Entry};
use keepwell_core::sessions::shell::Proof;
use keepwell_testkit::{PasskeyDevice, World, on_both_engines};
use uuid::Uuid;

const ORIGIN: &str = "https://records.example.org";
/// What tells a browser from another.
const HERE: &str = "this browser";
const THERE: &str = "another browser";
const NEW: &str = "purple kettle marching";

/// The letter that says that the password was changed.
fn told(person: &Person) -> Letter {
    Letter::from_server(&person.email, "Changed", "x")
}

fn site() -> Site {
    Site::at(ORIGIN, "Keepwell").unwrap()
}

fn device() -> PasskeyDevice {
    PasskeyDevice::at(ORIGIN)
}

async fn person(domain: &Domain, id: PersonId) -> Person {
    persons::find(domain, id).await.unwrap().unwrap()
}

async fn add(domain: &Domain, device: &mut PasskeyDevice, of: PersonId) -> Result<(), PasskeyError> {
    let of = person(domain, of).await;
    let options = passkeys::begin_adding(domain, &site(), HERE, &of).await?;
    let answer = device.create(&options);
    passkeys::add(domain, &site(), HERE, of.id, &answer, "Firefox on Linux", None).await
}

async fn enter(domain: &Domain, device: &mut PasskeyDevice) -> Result<PersonId, SignInError> {
    let options = passkeys::begin_sign_in(domain, &site(), HERE).await?;
    let answer = device.get(&options);
    passkeys::sign_in(domain, &site(), HERE, &Place::default(), &answer).await
}

fn dan() -> NewPerson {
    NewPerson {
        name: "Dan Moss".to_owned(),
        email: "Dan@example.org".to_owned(),
        language: "en".to_owned(),
        country: "US".to_owned(),
    }
}

/// Dan opens an account with a passkey and no password.
async fn open(domain: &Domain, device: &mut PasskeyDevice) -> Result<PersonId, SignUpError> {
    let options = passkeys::begin_sign_up(domain, &site(), HERE, dan()).await?;
    let command = PasskeySignUp { person: dan(), code: None, name: "Dan's phone".to_owned() };
    let answer = device.create(&options);
    passkeys::sign_up(domain, &site(), HERE, &answer, command).await.map(|(person, _)| person)
}

async fn of(domain: &Domain, person: PersonId) -> Vec<Passkey> {
    passkeys::of_person(domain, person).await.unwrap()
}

on_both_engines!(a_person_opens_an_account_with_a_passkey_and_signs_in_with_it, |world: World| async move {
    let domain = &world.domain;
    let mut device = device();
    let dan = open(domain, &mut device).await.unwrap();
    assert_eq!(person(domain, dan).await.email, "Dan@example.org");
    assert!(!has_password(domain, dan).await.unwrap());
    world.clock.advance(PAUSE);
    assert_eq!(enter(domain, &mut device).await, Ok(dan));
    let all = of(domain, dan).await;
    assert_eq!((all.len(), all[0].name.as_str()), (1, "Dan's phone"));
    assert_eq!(all[0].last_used, Some(all[0].created + PAUSE));
    assert_eq!(open(domain, &mut device).await, Err(SignUpError::Taken));
    assert_eq!(device.held(), 1, "the device was not asked");
});

on_both_engines!(
    a_form_that_is_sent_again_makes_no_second_passkey_on_the_device,
    |world: World| async move {
        let domain = &world.domain;
        let mut device = device();
        for code in ["00000-00000-00000-00000", "11111-11111-11111-11111"] {
            let options = passkeys::begin_sign_up(domain, &site(), HERE, dan()).await.unwrap();
            let answer = device.create(&options);
            let code = Some(code.to_owned());
            let command = PasskeySignUp { person: dan(), code, name: String::new() };
            let wrong = passkeys::sign_up(domain, &site(), HERE, &answer, command).await;
            assert_eq!(wrong, Err(SignUpError::Code));
        }
        assert_eq!(device.held(), 1);
        let dan = open(domain, &mut device).await.unwrap();
        assert_eq!((device.held(), enter(domain, &mut device).await), (1, Ok(dan)));
    }
);

on_both_engines!(no_password_lets_anybody_into_an_account_without_one, |world: World| async move {
    let domain = &world.domain;
    let dan = open(domain, &mut device()).await.unwrap();
    for guess in ["", NEW, " "] {
        assert_eq!(sign_in(domain, "dan@example.org", guess).await, Err(SignInError::Wrong), "{guess}");
    }
    let person = person(domain, dan).await;
    assert_eq!(change_password(domain, &person, Uuid::nil(), "", NEW, told).await, Err(ChangeError::Wrong));
    // Guesses are counted as with any other account.
    for _ in 3..TRIES {
        assert_eq!(sign_in(domain, "dan@example.org", "a guess").await, Err(SignInError::Wrong));
    }
    assert!(matches!(sign_in(domain, "dan@example.org", "a guess").await, Err(SignInError::Paused { .. })));
});

on_both_engines!(a_person_without_a_password_sets_one_once, |world: World| async move {
    let domain = &world.domain;
    let dan = open(domain, &mut device()).await.unwrap();
    let person = person(domain, dan).await;
    assert!(matches!(set_password(domain, &person, "password", told).await, Err(ChangeError::Password(_))));
    assert_eq!(set_password(domain, &person, NEW, told).await, Ok(()));
    assert!(has_password(domain, dan).await.unwrap());
    assert_eq!(sign_in(domain, "dan@example.org", NEW).await, Ok(dan));
    let again = set_password(domain, &person, "slow river lanterns", told).await;
    assert_eq!(again, Err(ChangeError::Wrong), "a second one needs the first");
    assert_eq!(sign_in(domain, "dan@example.org", NEW).await, Ok(dan));
});

on_both_engines!(a_letter_helps_who_lost_the_only_passkey, |world: World| async move {
    let domain = &world.domain;
    let dan = open(domain, &mut device()).await.unwrap();
    let letter = begin_reset(domain, "dan@example.org").await.unwrap().expect("a letter");
    assert_eq!(choose_password(domain, &letter.token, NEW, told).await, Ok(dan));
    assert_eq!(sign_in(domain, "dan@example.org", NEW).await, Ok(dan));
    let lost = of(domain, dan).await[0].id;
    assert_eq!(passkeys::remove(domain, dan, lost, None).await, Ok(()), "a password is another way in");
});

on_both_engines!(an_answer_is_good_once_in_its_browser_and_for_five_minutes, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let (domain, site) = (&world.domain, site());
    let mut device = device();
    add(domain, &mut device, ada).await.unwrap();
    let enter = async |browser: &str, answer: &str| {
        passkeys::sign_in(domain, &site, browser, &Place::default(), answer).await
    };

    let options = passkeys::begin_sign_in(domain, &site, HERE).await.unwrap();
    let answer = device.get(&options);
    assert_eq!(enter(THERE, &answer).await, Err(SignInError::Wrong), "another browser");
    assert_eq!(enter(HERE, &answer).await, Ok(ada));
    assert_eq!(enter(HERE, &answer).await, Err(SignInError::Wrong), "twice");

    let options = passkeys::begin_sign_in(domain, &site, HERE).await.unwrap();
    world.clock.advance(LIFE);
    assert_eq!(enter(HERE, &device.get(&options)).await, Err(SignInError::Wrong), "late");

    let first = passkeys::begin_sign_in(domain, &site, HERE).await.unwrap();
    let second = passkeys::begin_sign_in(domain, &site, HERE).await.unwrap();
    assert_eq!(enter(HERE, &device.get(&first)).await, Err(SignInError::Wrong), "of an older question");
    assert_eq!(enter(HERE, &device.get(&second)).await, Err(SignInError::Wrong), "which used up the newer");

    // What was asked in order to add one is no way in, nor the other way round.
    let ada = person(domain, ada).await;
    let options = passkeys::begin_adding(domain, &site, HERE, &ada).await.unwrap();
    let answer = device.create(&options);
    assert_eq!(enter(HERE, &answer).await, Err(SignInError::Wrong));
    let options = passkeys::begin_sign_in(domain, &site, HERE).await.unwrap();
    let answer = device.get(&options);
    let added = passkeys::add(domain, &site, HERE, ada.id, &answer, "x", None).await;
    assert_eq!(added, Err(PasskeyError::Over));
});

on_both_engines!(of_many_answers_to_one_question_one_lets_in, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let mut device = device();
    add(&world.domain, &mut device, ada).await.unwrap();
    let options = passkeys::begin_sign_in(&world.domain, &site(), HERE).await.unwrap();
    let answer = device.get(&options);
    let tries: Vec<_> = (0..8)
        .map(|_| {
            let (domain, answer) = (world.domain.clone(), answer.clone());
            tokio::spawn(async move {
                passkeys::sign_in(&domain, &site(), HERE, &Place::default(), &answer).await
            })
        })
        .collect();
    let mut entered = 0;
    for each in tries {
        entered += usize::from(each.await.unwrap().is_ok());
    }
    assert_eq!(entered, 1);
});

on_both_engines!(what_was_signed_for_another_site_lets_nobody_in, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let domain = &world.domain;
    let mut device = device();
    add(domain, &mut device, ada).await.unwrap();
    for origin in [
        "https://records.example.org.evil.example",
        "https://evil.example",
        "http://records.example.org",
        "https://records.example.org:8443",
        "https://sub.records.example.org",
    ] {
        device.origin = origin.to_owned();
        assert_eq!(enter(domain, &mut device).await, Err(SignInError::Wrong), "{origin}");
    }
    device.origin = ORIGIN.to_owned();
    for host in ["evil.example", "example.org"] {
        device.host = Some(host.to_owned());
        assert_eq!(enter(domain, &mut device).await, Err(SignInError::Wrong), "{host}");
    }
    device.host = None;
    let (present_only, nobody) = (0b0001, 0b0000);
    for flags in [present_only, nobody] {
        device.flags = flags;
        assert_eq!(enter(domain, &mut device).await, Err(SignInError::Wrong), "unverified: {flags:b}");
    }
    device.flags = 0b0101;
    assert_eq!(enter(domain, &mut device).await, Ok(ada));
    // A passkey is not made for another site either.
    device.origin = "https://evil.example".to_owned();
    assert_eq!(add(domain, &mut device, ada).await, Err(PasskeyError::Wrong));
    device.origin = ORIGIN.to_owned();
    device.flags = present_only;
    assert_eq!(add(domain, &mut device, ada).await, Err(PasskeyError::Wrong));
});

on_both_engines!(a_passkey_opens_the_account_of_its_person_only, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let (bob, _) = world.person("Bob").await;
    let (domain, site) = (&world.domain, site());
    let (mut adas, mut bobs) = (device(), device());
    add(domain, &mut adas, ada).await.unwrap();
    add(domain, &mut bobs, bob).await.unwrap();
    // Bob's device says that it is Ada's.
    let options = passkeys::begin_sign_in(domain, &site, HERE).await.unwrap();
    let (own, others) = (bobs.get(&options), adas.get(&options));
    let field = |answer: &str, name: &str| {
        let answer: serde_json::Value = serde_json::from_str(answer).unwrap();
        answer["response"][name].as_str().unwrap().to_owned()
    };
    let claimed = own.replace(&field(&own, "userHandle"), &field(&others, "userHandle"));
    let claim = passkeys::sign_in(domain, &site, HERE, &Place::default(), &claimed).await;
    assert_eq!(claim, Err(SignInError::Wrong));
    // And with Ada's passkey, which it has no key of.
    let options = passkeys::begin_sign_in(domain, &site, HERE).await.unwrap();
    let (own, others) = (bobs.get(&options), adas.get(&options));
    let forged = others.replace(&field(&others, "signature"), &field(&own, "signature"));
    let forged = passkeys::sign_in(domain, &site, HERE, &Place::default(), &forged).await;
    assert_eq!(forged, Err(SignInError::Wrong));
    // What Ada's browser was asked to make is not added to Bob's account.
    let ada = person(domain, ada).await;
    let options = passkeys::begin_adding(domain, &site, HERE, &ada).await.unwrap();
    let answer = adas.create(&options);
    let added = passkeys::add(domain, &site, HERE, bob, &answer, "x", None).await;
    assert_eq!((added, of(domain, bob).await.len()), (Err(PasskeyError::Over), 1));
});

on_both_engines!(a_passkey_is_registered_once, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let (bob, _) = world.person("Bob").await;
    let (domain, site) = (&world.domain, site());
    let mut device = device();
    let adas = person(domain, ada).await;
    let options = passkeys::begin_adding(domain, &site, HERE, &adas).await.unwrap();
    let answer = device.create(&options);
    let add = async |who| passkeys::add(domain, &site, HERE, who, &answer, "x", None).await;
    assert_eq!(add(ada).await, Ok(()));
    assert_eq!(add(ada).await, Err(PasskeyError::Over), "the same answer again");
    // The same key again, for whoever was asked anew: it was made for another question.
    passkeys::begin_adding(domain, &site, HERE, &person(domain, bob).await).await.unwrap();
    assert_eq!(add(bob).await, Err(PasskeyError::Wrong));
    assert_eq!((of(domain, ada).await.len(), of(domain, bob).await.len()), (1, 0));
});

on_both_engines!(a_removed_passkey_lets_nobody_in, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let domain = &world.domain;
    let mut device = device();
    add(domain, &mut device, ada).await.unwrap();
    let id = of(domain, ada).await[0].id;
    let (bob, _) = world.person("Bob").await;
    assert_eq!(
        passkeys::remove(domain, bob, id, None).await,
        Err(PasskeyError::Gone),
        "nor does Bob remove it"
    );
    assert_eq!(passkeys::rename(domain, bob, id, "Mine").await, Err(PasskeyError::Gone));
    assert_eq!(enter(domain, &mut device).await, Ok(ada));
    assert_eq!(passkeys::remove(domain, ada, id, None).await, Ok(()));
    assert_eq!(passkeys::remove(domain, ada, id, None).await, Err(PasskeyError::Gone));
    assert_eq!(enter(domain, &mut device).await, Err(SignInError::Wrong));
});

on_both_engines!(a_passkey_whose_counter_goes_back_lets_nobody_in, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let domain = &world.domain;
    let mut device = device();
    device.counter = 5;
    add(domain, &mut device, ada).await.unwrap();
    for (counter, entered) in [(6, true), (6, false), (2, false), (0, false), (9, true), (8, false)] {
        device.counter = counter;
        assert_eq!(enter(domain, &mut device).await.is_ok(), entered, "{counter}");
    }
});

on_both_engines!(a_device_that_counts_nothing_signs_in_again_and_again, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let mut device = device();
    add(&world.domain, &mut device, ada).await.unwrap();
    for _ in 0..3 {
        assert_eq!(enter(&world.domain, &mut device).await, Ok(ada));
    }
});

on_both_engines!(who_brings_unknown_passkeys_waits_and_nobody_elsewhere_does, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let (domain, site) = (&world.domain, site());
    let mut device = device();
    add(domain, &mut device, ada).await.unwrap();
    let from = async |address: &str, browser: Option<&str>, device: &mut PasskeyDevice| {
        let options = passkeys::begin_sign_in(domain, &site, HERE).await.unwrap();
        let place = Place { address: Some(address.parse().unwrap()), browser, session: None };
        passkeys::sign_in(domain, &site, HERE, &place, &device.get(&options)).await
    };
    let known = async |address: &str, device: &mut PasskeyDevice| from(address, None, device).await;
    let mut stranger = PasskeyDevice::at(ORIGIN);
    stranger.create(&passkeys::begin_sign_up(domain, &site, THERE, dan()).await.unwrap());
    for _ in 0..TRIES_OF_PASSKEY {
        assert_eq!(known("2001:db8::1", &mut stranger).await, Err(SignInError::Wrong));
        assert_eq!(known("192.0.2.7", &mut device).await, Ok(ada), "a right one is given back");
    }
    let same_network = "2001:db8::2:3";
    assert!(matches!(known(same_network, &mut stranger).await, Err(SignInError::Paused { .. })));
    let right = known(same_network, &mut device).await;
    assert!(matches!(right, Err(SignInError::Paused { .. })), "the right one waits too");
    // A browser that she has signed in with before does not, nor does it help anybody else.
    let entry = Entry {
        person: ada,
        agent: "a browser",
        address: None,
        browser: None,
        proof: Proof::Passkey,
        told: true,
    };
    let hers = known_browser::enter(domain, &entry, || None).await.unwrap().browser;
    assert_eq!(from(same_network, Some(&hers), &mut device).await, Ok(ada));
    let paused = from(same_network, Some(&hers), &mut stranger).await;
    assert!(matches!(paused, Err(SignInError::Paused { .. })));
    assert_eq!(known("2001:db8:1::1", &mut device).await, Ok(ada));
    world.clock.advance(PAUSE);
    assert_eq!(known(same_network, &mut device).await, Ok(ada));
});

on_both_engines!(nonsense_is_refused_like_a_wrong_passkey, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let (domain, site) = (&world.domain, site());
    for answer in
        ["", "-", "{}", "null", "[]", r#"{"id":"AA","rawId":"AA","type":"public-key","response":{}}"#]
    {
        passkeys::begin_sign_in(domain, &site, HERE).await.unwrap();
        let entered = passkeys::sign_in(domain, &site, HERE, &Place::default(), answer).await;
        assert_eq!(entered, Err(SignInError::Wrong), "{answer}");
        passkeys::begin_adding(domain, &site, HERE, &person(domain, ada).await).await.unwrap();
        let added = passkeys::add(domain, &site, HERE, ada, answer, "x", None).await;
        assert_eq!(added, Err(PasskeyError::Wrong), "{answer}");
    }
});

on_both_engines!(a_suspended_person_is_told_so, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let mut device = device();
    add(&world.domain, &mut device, ada).await.unwrap();
    persons::set_active(&world.domain, ada, false).await.unwrap();
    assert_eq!(enter(&world.domain, &mut device).await, Err(SignInError::Suspended));
});

on_both_engines!(the_last_way_in_stays_also_when_two_remove_at_once, |world: World| async move {
    let domain = &world.domain;
    let mut first = device();
    let dan = open(domain, &mut first).await.unwrap();
    let only = of(domain, dan).await[0].id;
    assert_eq!(passkeys::remove(domain, dan, only, None).await, Err(PasskeyError::LastWay));
    assert_eq!(enter(domain, &mut first).await, Ok(dan));
    add(domain, &mut device(), dan).await.unwrap();
    let tries: Vec<_> = of(domain, dan)
        .await
        .into_iter()
        .map(|passkey| {
            let domain = world.domain.clone();
            tokio::spawn(async move { passkeys::remove(&domain, dan, passkey.id, None).await })
        })
        .collect();
    let mut removed = 0;
    for each in tries {
        match each.await.unwrap() {
            Ok(()) => removed += 1,
            Err(error) => assert_eq!(error, PasskeyError::LastWay),
        }
    }
    assert_eq!((removed, of(domain, dan).await.len()), (1, 1));
});

on_both_engines!(a_person_has_a_bounded_number_of_passkeys_with_names, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let domain = &world.domain;
    for _ in 0..MOST {
        add(domain, &mut device(), ada).await.unwrap();
    }
    assert_eq!(add(domain, &mut device(), ada).await, Err(PasskeyError::TooMany));
    let all = of(domain, ada).await;
    assert_eq!(i64::try_from(all.len()).unwrap(), MOST);
    assert_eq!(passkeys::rename(domain, ada, all[3].id, " The blue\nphone ").await, Ok(()));
    assert_eq!(passkeys::rename(domain, ada, all[3].id, " \t").await, Err(PasskeyError::Name));
    let found = passkeys::find(domain, ada, all[3].id).await.unwrap().unwrap();
    assert_eq!(found.name, "The blue phone");
    // Asked before the last place was taken, and answered after.
    assert_eq!(passkeys::remove(domain, ada, all[0].id, None).await, Ok(()));
    let ada = person(domain, ada).await;
    let mut late = device();
    let options = passkeys::begin_adding(domain, &site(), THERE, &ada).await.unwrap();
    let answer = late.create(&options);
    add(domain, &mut device(), ada.id).await.unwrap();
    let added = passkeys::add(domain, &site(), THERE, ada.id, &answer, "x", None).await;
    assert_eq!(added, Err(PasskeyError::TooMany));
});

on_both_engines!(a_letter_is_posted_with_the_change_and_not_without_it, |world: World| async move {
    let (ada, _) = world.person("Ada").await;
    let (domain, site) = (&world.domain, site());
    let letter = |subject: &str| Letter::from_server("ada@example.org", subject, "Hello");
    let person = person(domain, ada).await;
    let options = passkeys::begin_adding(domain, &site, HERE, &person).await.unwrap();
    let answer = device().create(&options);
    let added = letter("Added");
    let add = async || passkeys::add(domain, &site, HERE, ada, &answer, "x", Some(&added)).await;
    assert_eq!((add().await, add().await), (Ok(()), Err(PasskeyError::Over)));
    let (id, removed) = (of(domain, ada).await[0].id, letter("Removed"));
    let remove = async || passkeys::remove(domain, ada, id, Some(&removed)).await;
    assert_eq!((remove().await, remove().await), (Ok(()), Err(PasskeyError::Gone)));
    let mut subjects: Vec<_> = world.letters().await.into_iter().map(|letter| letter.subject).collect();
    subjects.sort();
    assert_eq!(subjects, ["Added", "Removed"]);
});
