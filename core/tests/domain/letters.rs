//! Letters are sent once, tried again, given up, limited, and never lie about in clear.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use keepwell_core::Domain;
use keepwell_core::env::{DAY, HOUR, MINUTE};
use keepwell_core::letters::{
    self, Address, Allowance, LEASE, LIFE, Letter, LetterError, MailError, Mailer, Outgoing, Standing,
    deliver, send, standing,
};
use keepwell_store::{Query, ReadFlight, Settings, Store, params};
use keepwell_testkit::{World, on_both_engines};

/// Collects letters, or fails while it is told to.
#[derive(Default)]
struct Pillar {
    letters: Mutex<Vec<Outgoing>>,
    tries: Mutex<u32>,
    fails: AtomicBool,
}

impl Mailer for Pillar {
    fn send<'a>(&'a self, outgoing: &'a Outgoing) -> BoxFuture<'a, Result<String, MailError>> {
        async move {
            // Others get their turn between claim and confirmation.
            tokio::task::yield_now().await;
            *self.tries.lock().unwrap() += 1;
            if self.fails.load(Ordering::SeqCst) {
                return Err(MailError::because("the post is closed"));
            }
            self.letters.lock().unwrap().push(outgoing.clone());
            Ok("taken".to_owned())
        }
        .boxed()
    }
}

impl Pillar {
    fn closed() -> Self {
        Self { fails: AtomicBool::new(true), ..Self::default() }
    }

    fn tries(&self) -> u32 {
        *self.tries.lock().unwrap()
    }
}

fn letter(subject: &str) -> Letter {
    Letter::from_server("ada@example.org", subject, "Open https://shell.example/?token=very-secret")
}

on_both_engines!(a_letter_is_delivered_as_it_was_posted_and_once, |world: World| async move {
    let domain = &world.domain;
    send(domain, &letter("A link")).await.expect("posted");
    letters::wait(domain).await;
    let post = Pillar::default();
    assert_eq!(deliver(domain, &post).await, Ok(1));
    assert_eq!(deliver(domain, &post).await, Ok(0));
    assert_eq!(post.letters.lock().unwrap()[0].letter, letter("A link"));
    assert_eq!(standing(domain).await, Ok(Standing { waiting: 0, given_up: 0 }));
});

on_both_engines!(parallel_deliverers_deliver_each_letter_once, |world: World| async move {
    for number in 0..40 {
        send(&world.domain, &letter(&format!("Letter {number}"))).await.expect("posted");
    }
    let post = Arc::new(Pillar::default());
    let deliverers: Vec<_> = (0..6)
        .map(|_| {
            let (domain, post) = (world.domain.clone(), Arc::clone(&post));
            tokio::spawn(async move { deliver(&domain, post.as_ref()).await.expect("delivered") })
        })
        .collect();
    let mut delivered = 0;
    for deliverer in deliverers {
        delivered += deliverer.await.expect("a deliverer");
    }
    let mut subjects: Vec<_> =
        post.letters.lock().unwrap().iter().map(|outgoing| outgoing.letter.subject.clone()).collect();
    subjects.sort_unstable();
    subjects.dedup();
    assert_eq!((delivered, subjects.len(), post.tries()), (40, 40, 40));
});

on_both_engines!(a_letter_is_tried_again_with_growing_pauses, |world: World| async move {
    let domain = &world.domain;
    send(domain, &letter("A link")).await.expect("posted");
    let post = Pillar::closed();
    assert_eq!(deliver(domain, &post).await, Ok(0));
    for (pause, tries) in [(MINUTE, 2), (2 * MINUTE, 3), (4 * MINUTE, 4)] {
        world.clock.advance(pause - 1);
        deliver(domain, &post).await.expect("looked");
        assert_eq!(post.tries(), tries - 1, "not before its time");
        world.clock.advance(1);
        deliver(domain, &post).await.expect("looked");
        assert_eq!(post.tries(), tries);
    }
    post.fails.store(false, Ordering::SeqCst);
    world.clock.advance(HOUR);
    assert_eq!(deliver(domain, &post).await, Ok(1));
});

on_both_engines!(a_letter_is_given_up_after_three_days, |world: World| async move {
    let domain = &world.domain;
    send(domain, &letter("A link")).await.expect("posted");
    let post = Pillar::closed();
    for _ in 0..LIFE / HOUR {
        deliver(domain, &post).await.expect("looked");
        assert_eq!(standing(domain).await, Ok(Standing { waiting: 1, given_up: 0 }));
        world.clock.advance(HOUR);
    }
    world.clock.advance(4 * HOUR);
    deliver(domain, &post).await.expect("looked");
    assert_eq!(standing(domain).await, Ok(Standing { waiting: 0, given_up: 1 }));
    assert!(post.tries() > 15, "{}", post.tries());
    world.clock.advance(40 * DAY);
    assert_eq!(standing(domain).await, Ok(Standing { waiting: 0, given_up: 0 }));
});

/// A carrier whose process dies.
struct Dies;

impl Mailer for Dies {
    fn send<'a>(&'a self, _: &'a Outgoing) -> BoxFuture<'a, Result<String, MailError>> {
        std::future::pending().boxed()
    }
}

on_both_engines!(a_claimed_letter_is_left_alone_until_the_lease_is_over, |world: World| async move {
    let domain = &world.domain;
    send(domain, &letter("A link")).await.expect("posted");
    let dying = tokio::spawn({
        let domain = domain.clone();
        async move { deliver(&domain, &Dies).await }
    });
    // Until it is claimed the other carrier would take it, so that one waits for the claim.
    let look = on(world.settings()).await;
    while claims(&look).await == 0 {
        tokio::task::yield_now().await;
    }
    dying.abort();
    let post = Pillar::default();
    world.clock.advance(LEASE - 1);
    assert_eq!(deliver(domain, &post).await, Ok(0));
    world.clock.advance(1);
    assert_eq!(deliver(domain, &post).await, Ok(1));
});

async fn on(settings: &Settings) -> Store {
    let settings = Settings { beside: true, ..settings.clone() };
    Store::open(&settings, keepwell_core::MIGRATIONS).await.expect("a second look at the database")
}

async fn claims(store: &Store) -> i64 {
    const CLAIMED: Query<(i64,)> = Query::new("SELECT count(*) FROM letter WHERE tries > 0");
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&CLAIMED, params![]);
    store.read(flight).await.expect("read").one(slot).expect("a row").0
}

on_both_engines!(nothing_of_a_letter_stands_in_the_table, |world: World| async move {
    const SEALED: Query<(Vec<u8>,)> = Query::new("SELECT sealed FROM letter");
    send(&world.domain, &letter("A link")).await.expect("posted");
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&SEALED, params![]);
    let (sealed,) = on(world.settings()).await.read(flight).await.unwrap().one(slot).unwrap();
    for word in ["very-secret", "ada@example.org", "A link"] {
        assert!(!sealed.windows(word.len()).any(|bytes| bytes == word.as_bytes()), "{word}");
    }
});

on_both_engines!(a_letter_that_cannot_be_sent_is_refused_when_it_is_posted, |world: World| async move {
    let domain = &world.domain;
    let evil = Letter { subject: "Hello\r\nBcc: eve@example.org".to_owned(), ..letter("x") };
    assert_eq!(send(domain, &evil).await, Err(LetterError::Subject));
    let nowhere = Letter::from_server("nowhere", "x", "x");
    assert_eq!(send(domain, &nowhere).await, Err(LetterError::Address));
    assert_eq!(standing(domain).await.expect("asked").waiting, 0);
});

async fn post_within(domain: &Domain, allowance: Allowance, count: usize) -> Result<(), LetterError> {
    let to = vec![Address::plain("ada@example.org"); count];
    letters::send_within(domain, &[Letter { to, ..letter("x") }], &[allowance]).await
}

on_both_engines!(an_allowance_holds_under_fifty_parallel_posts, |world: World| async move {
    let allowance = Allowance::address(&world.domain, "ada@example.org").at_most(7);
    let posts: Vec<_> = (0..50)
        .map(|_| {
            let domain = world.domain.clone();
            tokio::spawn(async move { post_within(&domain, allowance, 1).await })
        })
        .collect();
    let mut posted = 0;
    for post in posts {
        match post.await.expect("a post") {
            Ok(()) => posted += 1,
            Err(error) => assert_eq!(error, LetterError::Limit),
        }
    }
    assert_eq!(posted, 7);
    assert_eq!(standing(&world.domain).await.expect("asked").waiting, 7, "what is refused is not sent");
    let other = Allowance::address(&world.domain, "bob@example.org").at_most(1);
    assert_eq!(post_within(&world.domain, other, 1).await, Ok(()), "another's is another's");
});

on_both_engines!(an_allowance_begins_again_and_is_forgotten, |world: World| async move {
    const ROWS: Query<(i64,)> = Query::new("SELECT count(*) FROM letter_allowance");
    let domain = &world.domain;
    let (ada, _) = world.person("Ada").await;
    let allowance = Allowance::person(domain, ada).at_most(3);
    assert_eq!(post_within(domain, allowance, 4).await, Err(LetterError::Limit), "more than a whole one");
    assert_eq!(post_within(domain, allowance, 2).await, Ok(()));
    assert_eq!(post_within(domain, allowance, 2).await, Err(LetterError::Limit));
    assert_eq!(post_within(domain, allowance, 1).await, Ok(()));
    world.clock.advance(DAY);
    assert_eq!(post_within(domain, allowance, 3).await, Ok(()));
    letters::sweep(domain).await.expect("swept");
    assert_eq!(post_within(domain, allowance, 1).await, Err(LetterError::Limit), "today's is still known");
    let mut flight = ReadFlight::new();
    let slot = flight.ask(&ROWS, params![]);
    let rows = on(world.settings()).await.read(flight).await.unwrap().one(slot).unwrap();
    assert_eq!(rows, (1,));
});
