//! No acknowledged byte of an attachment is lost, no half one is seen, and room is given back, whatever the
//! place where they lie does.

use bytes::Bytes;
use keepwell_core::authorizations::Caller;
use keepwell_core::blobs::{self, PIECE, UPLOAD_LIFE, UploadError, read_token};
use keepwell_core::env::{DAY, HOUR};
use keepwell_core::ids::{PersonId, RecordId};
use keepwell_core::things::{
    self, BlobProblem, BlobSource, Group, Problem, PutBlob, PutThing, Thing, ThingError, ThingKey,
};
use keepwell_store::{Outage, Settings, Statement, Store, WriteFlight};
use keepwell_testkit::{World, on_both_engines, weight};

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

    async fn begin(&self) -> String {
        blobs::begin(&self.world.domain, &self.caller, Some(self.record)).await.expect("begun").token
    }

    async fn append(&self, token: &str, bytes: &[u8], last: bool) -> Result<(), UploadError> {
        let mut upload = blobs::open(&self.world.domain, token).await?;
        blobs::append(&self.world.domain, &mut upload, Bytes::copy_from_slice(bytes), last).await
    }

    async fn received(&self, token: &str) -> u64 {
        blobs::open(&self.world.domain, token).await.expect("open").received()
    }

    fn uploaded(&self, token: &str) -> BlobSource {
        BlobSource::Token(read_token(&self.world.domain, token))
    }

    async fn put(&self, source: BlobSource) -> Result<Vec<ThingKey>, ThingError> {
        let thing = PutThing { blobs: vec![blob(source)], ..weight(70.0, 1) };
        things::put(&self.world.domain, &self.caller, self.record, &[thing]).await
    }

    async fn things(&self) -> Vec<Thing> {
        let asked = [Group::default()];
        let (mut found, _) =
            things::get(&self.world.domain, &self.caller, self.record, &asked).await.expect("asked");
        found.remove(0).full
    }

    /// The bytes of a thing's attachment.
    async fn fetched(&self, key: ThingKey) -> Result<Bytes, Outage> {
        let found = things::nth_attachment(&self.world.domain, &self.caller, self.record, key, 0).await;
        found.expect("found").1.whole(&self.world.domain).await
    }

    async fn objects(&self) -> Vec<String> {
        self.world.objects.keys("").await.expect("listed")
    }

    async fn later(&self, micros: i64) -> usize {
        self.world.clock.advance(micros);
        blobs::sweep(&self.world.domain).await.expect("swept")
    }
}

fn blob(source: BlobSource) -> PutBlob {
    PutBlob {
        name: "scan".to_owned(),
        content_type: "image/png".to_owned(),
        hash: None,
        length: None,
        source,
        legacy_encoding: None,
        encoding: None,
    }
}

fn noise(length: usize) -> Vec<u8> {
    (0..length).map(|n| u8::try_from((n * 7 + n / 251) % 256).unwrap()).collect()
}

on_both_engines!(a_full_store_refuses_a_chunk_and_loses_nothing, |world: World| async move {
    let desk = Desk::of(world).await;
    let (token, bytes) = (desk.begin().await, noise(500_000));
    desk.append(&token, &bytes[..200_000], false).await.expect("taken");
    desk.world.faults.next_put_is_full();
    assert_eq!(desk.append(&token, &bytes[200_000..], true).await, Err(UploadError::Full));
    assert_eq!(desk.received(&token).await, 200_000);
    desk.append(&token, &bytes[200_000..], true).await.expect("there is room again");
    let keys = desk.put(desk.uploaded(&token)).await.expect("put");
    assert!(desk.fetched(keys[0]).await.unwrap() == bytes);
});

on_both_engines!(a_chunk_whose_answer_was_lost_is_sent_again, |world: World| async move {
    let desk = Desk::of(world).await;
    let (token, bytes) = (desk.begin().await, noise(500_000));
    desk.world.faults.next_put_fails_after_writing();
    assert!(matches!(desk.append(&token, &bytes, true).await, Err(UploadError::Outage(_))));
    assert_eq!((desk.received(&token).await, desk.objects().await.len()), (0, 1));
    desk.append(&token, &bytes, true).await.expect("taken");
    let keys = desk.put(desk.uploaded(&token)).await.expect("put");
    assert!(desk.fetched(keys[0]).await.unwrap() == bytes);
    // What no row names goes in the end, and only that.
    assert_eq!(desk.objects().await.len(), 2);
    assert_eq!(desk.later(UPLOAD_LIFE + 2 * HOUR).await, 1);
    assert_eq!(desk.objects().await.len(), 1);
    assert!(desk.fetched(keys[0]).await.unwrap() == bytes);
});

on_both_engines!(
    an_upload_that_nobody_wants_is_swept_after_two_days_and_not_before,
    |world: World| async move {
        let desk = Desk::of(world).await;
        let (large, small) = (desk.begin().await, desk.begin().await);
        desk.append(&large, &noise(500_000), true).await.expect("taken");
        desk.append(&small, b"hello", false).await.expect("taken");
        assert_eq!(desk.later(DAY + 23 * HOUR).await, 0);
        assert_eq!(desk.received(&small).await, 5, "a client that stopped goes on");
        assert_eq!(desk.later(HOUR).await, 0);
        assert_eq!(desk.append(&small, b"!", true).await, Err(UploadError::Unknown));
        assert_eq!(desk.put(desk.uploaded(&large)).await.map_err(problem), Err(BlobProblem::Url));
        assert_eq!(desk.later(2 * HOUR).await, 2);
        assert_eq!(desk.objects().await, Vec::<String>::new());
        assert_eq!(desk.later(DAY).await, 0);
    }
);

on_both_engines!(a_sweep_that_fails_goes_on_the_next_time, |world: World| async move {
    let desk = Desk::of(world).await;
    for _ in 0..3 {
        let token = desk.begin().await;
        desk.append(&token, &noise(100_000), true).await.expect("taken");
    }
    desk.world.faults.deletes_fail(true);
    desk.world.clock.advance(3 * DAY);
    assert!(blobs::sweep(&desk.world.domain).await.is_err());
    assert_eq!(desk.objects().await.len(), 3);
    desk.world.faults.deletes_fail(false);
    assert_eq!(desk.later(0).await, 3);
    assert!(desk.objects().await.is_empty());
});

on_both_engines!(what_is_committed_is_never_swept, |world: World| async move {
    let desk = Desk::of(world).await;
    let bytes = noise(PIECE + 100_000);
    let token = desk.begin().await;
    desk.append(&token, &bytes[..PIECE], false).await.expect("taken");
    desk.append(&token, &bytes[PIECE..], true).await.expect("taken");
    let uploaded = desk.put(desk.uploaded(&token)).await.expect("put");
    let sent = desk.put(BlobSource::Inline(bytes.clone().into())).await.expect("put");
    let small = desk.put(BlobSource::Inline(noise(1000).into())).await.expect("put");
    assert_eq!(desk.later(30 * DAY).await, 2, "two uploads are forgotten; the small one was none");
    assert!(desk.fetched(uploaded[0]).await.unwrap() == bytes);
    assert!(desk.fetched(sent[0]).await.unwrap() == bytes);
    assert!(desk.fetched(small[0]).await.unwrap() == noise(1000));
    assert_eq!(desk.objects().await.len(), 4, "the small one lies in the database");
});

on_both_engines!(a_large_attachment_in_the_request_is_written_before_its_thing, |world: World| async move {
    let desk = Desk::of(world).await;
    let bytes = noise(2 * PIECE);
    desk.world.faults.next_put_is_full();
    assert_eq!(desk.put(BlobSource::Inline(bytes.clone().into())).await, Err(ThingError::Full));
    assert!(desk.things().await.is_empty());
    // Half of it came to lie there, and the process was gone.
    let _first = desk.world.faults.next_put_waits();
    _first.release();
    let second = desk.world.faults.next_put_waits();
    {
        let put = desk.put(BlobSource::Inline(bytes.clone().into()));
        tokio::select! {
            _ = put => panic!("it waits"),
            () = second.came() => {}
        }
    }
    assert!(desk.things().await.is_empty(), "no half attachment is seen");
    assert_eq!(desk.objects().await.len(), 1);
    assert_eq!(desk.later(3 * DAY).await, 2);
    assert!(desk.objects().await.is_empty(), "and its room is given back");
});

on_both_engines!(
    an_upload_whose_client_went_away_in_the_middle_goes_on_where_it_was,
    |world: World| async move {
        let desk = Desk::of(world).await;
        let (token, bytes) = (desk.begin().await, noise(300_000));
        desk.append(&token, &bytes[..100_000], false).await.expect("taken");
        let held = desk.world.faults.next_put_waits();
        {
            let lost = desk.append(&token, &bytes[100_000..200_000], false);
            tokio::select! {
                _ = lost => panic!("it waits"),
                () = held.came() => {}
            }
        }
        assert_eq!(desk.received(&token).await, 100_000);
        desk.append(&token, &bytes[100_000..], true).await.expect("taken");
        let keys = desk.put(desk.uploaded(&token)).await.expect("put");
        assert!(desk.fetched(keys[0]).await.unwrap() == bytes);
    }
);

on_both_engines!(
    bytes_that_cannot_be_read_are_an_error_and_no_shorter_attachment,
    |world: World| async move {
        let desk = Desk::of(world).await;
        let keys = desk.put(BlobSource::Inline(noise(2 * PIECE).into())).await.expect("put");
        desk.world.faults.gets_fail(true);
        assert!(desk.fetched(keys[0]).await.is_err());
        desk.world.faults.gets_fail(false);
        assert!(desk.fetched(keys[0]).await.unwrap() == noise(2 * PIECE));
    }
);

on_both_engines!(of_two_writes_that_take_one_upload_at_once_one_gets_it, |world: World| async move {
    let desk = Desk::of(world).await;
    for _ in 0..5 {
        let token = desk.begin().await;
        desk.append(&token, &noise(100_000), true).await.expect("taken");
        let (a, b) = tokio::join!(desk.put(desk.uploaded(&token)), desk.put(desk.uploaded(&token)));
        let refused: Vec<_> = [a, b].into_iter().filter_map(Result::err).map(problem).collect();
        assert_eq!(refused, [BlobProblem::Committed]);
    }
    assert_eq!(desk.things().await.len(), 5);
});

on_both_engines!(
    a_chunk_that_comes_while_the_thing_is_written_is_not_lost_silently,
    |world: World| async move {
        let desk = Desk::of(world).await;
        for _ in 0..5 {
            let bytes = noise(100_000);
            let token = desk.begin().await;
            desk.append(&token, &noise(100_000), false).await.expect("taken");
            let (put, more) =
                tokio::join!(desk.put(desk.uploaded(&token)), desk.append(&token, &bytes, false));
            let key = put.expect("it says nothing of a length, so it takes what is there")[0];
            let length = desk.fetched(key).await.unwrap().len();
            assert_eq!(length, if more.is_ok() { 200_000 } else { 100_000 });
        }
    }
);

on_both_engines!(what_waits_to_become_part_of_a_record_is_bounded, |world: World| async move {
    const GROW: Statement =
        Statement::new("UPDATE blob_upload SET received = 8589934592 WHERE committed_at IS NULL");
    let desk = Desk::of(world).await;
    let first = desk.begin().await;
    desk.append(&first, b"hello", false).await.expect("taken");
    let mut open = blobs::open(&desk.world.domain, &desk.begin().await).await.expect("open");
    let settings = Settings { beside: true, ..desk.world.settings().clone() };
    let store = Store::open(&settings, keepwell_core::MIGRATIONS).await.expect("a second look");
    let mut flight = WriteFlight::<Outage>::new();
    flight.run(GROW, Vec::new());
    store.write(flight).await.expect("changed");
    let more = blobs::append(&desk.world.domain, &mut open, Bytes::from_static(b"more"), false).await;
    assert_eq!(more, Err(UploadError::TooLong { most: 0 }), "also for one that was open before");
    let second = desk.begin().await;
    assert!(matches!(desk.append(&second, b"hello", false).await, Err(UploadError::TooLong { most: 0 })));
    let grace = desk.world.person("Grace").await;
    assert_ne!(grace.0, desk.ada, "who is another is not held up");
});

on_both_engines!(an_upload_into_a_record_that_only_can_be_read_is_not_begun, |world: World| async move {
    let desk = Desk::of(world).await;
    let domain = &desk.world.domain;
    keepwell_core::records::set_state(domain, desk.record, keepwell_core::records::State::ReadOnly)
        .await
        .expect("set");
    let refused = blobs::begin(domain, &desk.caller, Some(desk.record)).await;
    assert!(matches!(refused, Err(UploadError::Access(_))));
});

fn problem(error: ThingError) -> BlobProblem {
    match error {
        ThingError::Item { problem: Problem::Blob { problem, .. }, .. } => problem,
        other => panic!("{other}"),
    }
}
