//! A lab leaves a package, one person takes it once, and nobody learns of it.

use std::sync::Arc;

use bytes::Bytes;
use keepwell_core::authorizations::{self, Caller};
use keepwell_core::blobs::{self, BLOCK, UPLOAD_LIFE, UploadError, read_token};
use keepwell_core::connections::{self, Answered, ConnectionError, Kind, Named, PickupError};
use keepwell_core::env::{DAY, HOUR};
use keepwell_core::ids::{ConnectionId, PersonId, RecordId, TypeId};
use keepwell_core::packages::{self, Algorithm, NewPackage, PackageError, TakeError, Unlocked};
use keepwell_core::things::{
    self, BlobProblem, BlobSource, Group, Problem, PutBlob, PutThing, Thing, ThingError,
};
use keepwell_testkit::{ActingApp, SealedPackage, World, on_both_engines, weight};

const CANARY: &str = "canarytext";
const ANSWER: &str = "Tundra Kettle";

struct Desk {
    world: World,
    lab: ActingApp,
    ada: PersonId,
    record: RecordId,
}

impl Desk {
    async fn of(world: World) -> Self {
        let lab = world.app("name = \"Sample laboratory\"\nmethods = [\"basic\", \"connect\"]\n").await;
        let (ada, record) = world.person("Ada").await;
        Self { world, lab, ada, record }
    }

    async fn leave(&self, new: NewPackage) -> Result<String, PackageError> {
        packages::create(&self.world.domain, &self.lab.app, &new).await
    }

    async fn left(&self) -> String {
        self.leave(package()).await.expect("left")
    }

    async fn find(&self, code: &str) -> Result<ConnectionId, PickupError> {
        connections::find(&self.world.domain, self.ada, None, code).await.map(|found| found.id)
    }

    async fn answer(&self, code: &str, answer: &str) -> Result<Answered, PickupError> {
        let id = self.find(code).await?;
        connections::answer(&self.world.domain, self.ada, id, answer).await
    }

    async fn unlocked(&self, code: &str) -> Unlocked {
        match self.answer(code, ANSWER).await {
            Ok(Answered::Right(opened)) => opened.unlocked.expect("what opens it"),
            other => panic!("the answer is right: {other:?}"),
        }
    }

    async fn take(&self, unlocked: &Unlocked, things: Vec<PutThing>) -> Result<usize, TakeError> {
        let taken = packages::take(&self.world.domain, unlocked, self.record, things).await;
        taken.map(|keys| keys.len())
    }

    async fn things(&self) -> Vec<Thing> {
        let caller = Caller::person(self.ada);
        let found = things::get(&self.world.domain, &caller, self.record, &[Group::default()]).await;
        found.expect("asked").0.remove(0).full
    }

    /// Uploads a blob of a package, encrypted chunk by chunk; answers its token.
    async fn uploaded(&self, sealed: &SealedPackage, plain: &[u8]) -> String {
        let domain = &self.world.domain;
        let token = blobs::begin_for_package(domain, &self.lab.app).await.expect("begun").token;
        let mut upload = blobs::open(domain, &token).await.expect("open");
        for chunk in plain.chunks(BLOCK) {
            let chunk = Bytes::from(sealed.chunk(chunk));
            blobs::append(domain, &mut upload, chunk, false).await.expect("appended");
        }
        blobs::append(domain, &mut upload, Bytes::new(), true).await.expect("ended");
        token
    }

    fn with_blob(&self, token: &str) -> PutThing {
        let source = BlobSource::Token(read_token(&self.world.domain, token));
        let blob = PutBlob {
            name: "scan".to_owned(),
            content_type: "image/png".to_owned(),
            hash: None,
            length: None,
            source,
            legacy_encoding: None,
            encoding: None,
        };
        PutThing { blobs: vec![blob], ..weight(70.0, 1) }
    }

    fn streamed(&self, sealed: &SealedPackage, tokens: &[&String]) -> NewPackage {
        let tokens = tokens.iter().map(|token| read_token(&self.world.domain, token)).collect();
        NewPackage { uploads: tokens, ..of(sealed) }
    }
}

fn thing() -> String {
    format!("<thing><type-id>3d34d87e-7fc1-4153-800f-f56592cb0d17</type-id><!--{CANARY}--></thing>")
}

fn of(sealed: &SealedPackage) -> NewPackage {
    NewPackage {
        code: None,
        friendly_name: "Ada at the laboratory".to_owned(),
        question: "What stands on the slip?".to_owned(),
        external_id: "visit 17".to_owned(),
        parameters: sealed.parameters.clone(),
        any_length: false,
        cipher_text: sealed.cipher_text.clone(),
        uploads: Vec::new(),
    }
}

fn package() -> NewPackage {
    of(&SealedPackage::new(ANSWER, &[&thing(), &thing()]))
}

on_both_engines!(a_package_is_taken_once_and_written_in_the_senders_name, |world: World| async move {
    let desk = Desk::of(world).await;
    let code = desk.left().await;
    let Ok(Answered::Right(opened)) = desk.answer(&code, "tUNDRA kETTLE").await else {
        panic!("without case it is right")
    };
    assert_eq!((opened.kind, opened.friendly_name.as_str()), (Kind::Package, "Ada at the laboratory"));
    let unlocked = opened.unlocked.expect("what opens it");
    let contents = packages::contents(&desk.world.domain, &unlocked).await.expect("open");
    assert_eq!(contents.things().expect("things"), [thing(), thing()]);
    assert!(desk.things().await.is_empty(), "looking writes nothing");
    assert_eq!(desk.take(&unlocked, vec![weight(70.0, 1), weight(71.0, 2)]).await, Ok(2));
    let things = desk.things().await;
    assert_eq!(things.len(), 2);
    assert!(things.iter().all(|thing| thing.created.app == Some(desk.lab.app.id)));
    assert!(things.iter().all(|thing| thing.created.person == desk.ada));
    let again = desk.take(&unlocked, vec![weight(70.0, 1)]).await;
    assert!(matches!(again, Err(TakeError::Pickup(PickupError::PickedUp(_)))), "{again:?}");
    assert!(matches!(desk.find(&code).await, Err(PickupError::PickedUp(_))));
    assert_eq!(desk.things().await.len(), 2);
});

on_both_engines!(nothing_that_lasts_comes_of_a_package, |world: World| async move {
    let desk = Desk::of(world).await;
    let domain = &desk.world.domain;
    let unlocked = desk.unlocked(&desk.left().await).await;
    desk.take(&unlocked, vec![weight(70.0, 1)]).await.expect("taken");
    let allowed = authorizations::records_of(domain, &desk.lab.app, desk.ada).await.expect("read");
    assert!(allowed.is_empty());
    assert!(authorizations::find_person(domain, &desk.lab.app, desk.ada).await.expect("read").is_none());
    for caller in [desk.world.online(&desk.lab, desk.ada), desk.world.offline(&desk.lab, desk.ada)] {
        assert!(authorizations::open(domain, &caller, desk.record).await.is_err());
    }
    assert!(connections::authorized(domain, desk.lab.app.id, None).await.expect("polled").is_empty());
});

on_both_engines!(of_many_who_take_at_once_one_writes, |world: World| async move {
    let desk = Arc::new(Desk::of(world).await);
    let unlocked = desk.unlocked(&desk.left().await).await;
    let takers: Vec<_> = (0..10)
        .map(|_| {
            let (desk, unlocked) = (Arc::clone(&desk), unlocked.clone());
            tokio::spawn(async move { desk.take(&unlocked, vec![weight(70.0, 1)]).await })
        })
        .collect();
    let mut taken = 0;
    for taker in takers {
        match taker.await.expect("a taker") {
            Ok(_) => taken += 1,
            Err(TakeError::Pickup(PickupError::PickedUp(_)) | TakeError::Thing(ThingError::Changed)) => {}
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!((taken, desk.things().await.len()), (1, 1));
});

on_both_engines!(three_wrong_answers_lock_a_package_however_many_come_at_once, |world: World| async move {
    let desk = Arc::new(Desk::of(world).await);
    let code = desk.left().await;
    assert!(matches!(desk.answer(&code, ANSWER).await, Ok(Answered::Right(_))), "a right one is no try");
    let id = desk.find(&code).await.expect("found");
    let guesses: Vec<_> = (0..100)
        .map(|n| {
            let desk = Arc::clone(&desk);
            tokio::spawn(async move {
                connections::answer(&desk.world.domain, desk.ada, id, &format!("guess {n}")).await
            })
        })
        .collect();
    let mut looked_at = 0;
    for guess in guesses {
        looked_at += usize::from(matches!(guess.await.expect("a guess"), Ok(Answered::Wrong { .. })));
    }
    assert_eq!(looked_at, 3);
    assert!(matches!(desk.answer(&code, ANSWER).await, Err(PickupError::Locked(_))));
});

on_both_engines!(a_code_is_told_before_its_package_and_filled_once, |world: World| async move {
    let desk = Desk::of(world).await;
    let domain = &desk.world.domain;
    let code = packages::allocate(domain, &desk.lab.app).await.expect("allocated");
    assert!(matches!(desk.find(&code).await, Err(PickupError::NotReady(app)) if app == desk.lab.app.id));
    let filled = |code: &str| NewPackage { code: Some(code.to_owned()), ..package() };
    let other = desk.world.weight_app().await;
    let by_other = packages::create(domain, &other.app, &filled(&code)).await;
    assert_eq!(by_other, Err(ConnectionError::UnknownCode.into()), "it is the laboratory's");
    desk.world.clock.advance(27 * DAY);
    assert_eq!(desk.leave(filled(&code)).await.as_ref(), Ok(&code));
    assert_eq!(desk.leave(filled(&code)).await, Err(ConnectionError::Filled.into()));
    assert_eq!(desk.leave(filled("FGHJ")).await, Err(ConnectionError::UnknownCode.into()));
    desk.world.clock.advance(27 * DAY);
    desk.unlocked(&code).await;
});

on_both_engines!(what_nobody_takes_in_time_is_gone, |world: World| async move {
    let desk = Desk::of(world).await;
    let (code, allocated) =
        (desk.left().await, packages::allocate(&desk.world.domain, &desk.lab.app).await.expect("a code"));
    let unlocked = desk.unlocked(&code).await;
    desk.world.clock.advance(28 * DAY);
    for code in [&code, &allocated] {
        assert!(matches!(desk.find(code).await, Err(PickupError::Expired(_))));
    }
    assert!(desk.take(&unlocked, vec![weight(70.0, 1)]).await.is_err());
    connections::sweep(&desk.world.domain).await.expect("swept");
    assert_eq!(desk.world.packages_at_rest().await.len(), 0);
    assert!(matches!(desk.find(&code).await, Err(PickupError::Expired(_))), "who holds the code is told");
});

on_both_engines!(what_was_taken_back_is_gone_and_what_was_taken_is_not, |world: World| async move {
    let desk = Desk::of(world).await;
    let domain = &desk.world.domain;
    let delete = async |named: Named| packages::delete_pending(domain, desk.lab.app.id, &named).await;
    let [one, two, three] = [desk.left().await, desk.left().await, desk.left().await];
    let unlocked = desk.unlocked(&three).await;
    desk.take(&unlocked, vec![weight(70.0, 1)]).await.expect("taken");
    let other = desk.world.weight_app().await;
    packages::delete_pending(domain, other.app.id, &Named::ExternalId("visit 17".to_owned())).await.unwrap();
    assert!(desk.find(&one).await.is_ok(), "it is not the other's");
    delete(Named::Code(one.clone())).await.expect("deleted");
    assert_eq!(desk.find(&one).await, Err(PickupError::Unknown));
    assert!(desk.find(&two).await.is_ok());
    delete(Named::ExternalId("visit 17".to_owned())).await.expect("deleted");
    assert_eq!(desk.find(&two).await, Err(PickupError::Unknown));
    assert!(matches!(desk.find(&three).await, Err(PickupError::PickedUp(_))));
    assert!(desk.world.packages_at_rest().await.is_empty());
    for code in [one, "no code".to_owned()] {
        delete(Named::Code(code)).await.expect("there is none, and that is fine");
    }
    assert_eq!(desk.things().await.len(), 1);
});

on_both_engines!(neither_answer_code_nor_contents_lie_anywhere, |world: World| async move {
    let desk = Desk::of(world).await;
    let sealed = SealedPackage::new(ANSWER, &[&thing()]);
    let token = desk.uploaded(&sealed, CANARY.as_bytes()).await;
    let small = sealed.chunk(CANARY.as_bytes());
    let large = desk.uploaded(&sealed, &CANARY.repeat(20_000).into_bytes()).await;
    let code = desk.leave(desk.streamed(&sealed, &[&token, &large])).await.expect("left");
    let _ = desk.answer(&code, "Tundra Kettles").await;
    let unlocked = desk.unlocked(&code).await;
    let mut kept = desk.world.everything().await;
    kept.extend(
        desk.world.packages_at_rest().await.iter().map(|bytes| String::from_utf8_lossy(bytes).into()),
    );
    assert!(kept.iter().any(|text| text.contains("visit 17")), "it would be seen here");
    let plain: String = code.chars().filter(char::is_ascii_alphabetic).collect();
    for text in kept {
        for canary in [CANARY, ANSWER, "tundra kettle", &code, &plain] {
            assert!(!text.contains(canary), "{canary} in {text}");
        }
    }
    // The sender's encryption alone would be worth guessing at.
    for bytes in desk.world.packages_at_rest().await {
        for part in [&sealed.cipher_text[..32], &small[..]] {
            assert!(!bytes.windows(part.len()).any(|window| window == part));
        }
    }
    assert!(!format!("{unlocked:?}").contains("key"));
});

on_both_engines!(a_key_opens_one_package_for_one_person_for_an_hour, |world: World| async move {
    let desk = Desk::of(world).await;
    let domain = &desk.world.domain;
    let (first, second) = (desk.left().await, desk.left().await);
    let unlocked = desk.unlocked(&first).await;
    let token = unlocked.token(domain).expect("a token");
    let [first, second] = [desk.find(&first).await.unwrap(), desk.find(&second).await.unwrap()];
    let (bob, bobs) = desk.world.person("Bob").await;
    assert_eq!(Unlocked::read(domain, desk.ada, first, &token), Some(unlocked.clone()));
    assert_eq!(Unlocked::read(domain, bob, first, &token), None);
    assert_eq!(Unlocked::read(domain, desk.ada, second, &token), None);
    for other in ["", "x", &token[1..], &format!("{token}A")] {
        assert_eq!(Unlocked::read(domain, desk.ada, first, other), None);
    }
    let into_bobs = packages::take(domain, &unlocked, bobs, vec![weight(70.0, 1)]).await;
    assert!(matches!(into_bobs, Err(TakeError::Thing(ThingError::Access(_)))), "{into_bobs:?}");
    desk.world.clock.advance(HOUR);
    assert_eq!(Unlocked::read(domain, desk.ada, first, &token), None);
});

on_both_engines!(what_the_record_does_not_take_leaves_the_package_as_it_was, |world: World| async move {
    let desk = Desk::of(world).await;
    let unlocked = desk.unlocked(&desk.left().await).await;
    let unknown = PutThing { type_id: Some(TypeId(uuid::Uuid::nil())), ..weight(70.0, 1) };
    let refused = desk.take(&unlocked, vec![weight(70.0, 1), unknown]).await;
    let problem = Problem::UnknownType;
    assert_eq!(refused, Err(TakeError::Thing(ThingError::Item { index: 1, problem })));
    desk.world.limit_record(desk.record, 10).await;
    let refused = desk.take(&unlocked, vec![weight(70.0, 1)]).await;
    assert_eq!(refused, Err(TakeError::Thing(ThingError::Quota)));
    assert!(desk.things().await.is_empty());
    desk.world.limit_record(desk.record, 1 << 30).await;
    // One that says that it changes a thing makes a new one.
    let written = desk.take(&unlocked, vec![weight(70.0, 1)]).await;
    assert_eq!(written, Ok(1));
});

on_both_engines!(a_package_changes_nothing_that_is_there, |world: World| async move {
    let desk = Desk::of(world).await;
    let mine =
        things::put(&desk.world.domain, &Caller::person(desk.ada), desk.record, &[weight(70.0, 1)]).await;
    let mine = mine.expect("put")[0];
    let unlocked = desk.unlocked(&desk.left().await).await;
    let update = PutThing { id: Some(mine.id), stamp: Some(mine.stamp), ..weight(99.0, 2) };
    desk.take(&unlocked, vec![update]).await.expect("taken");
    let things = desk.things().await;
    assert_eq!(things.len(), 2);
    assert!(things.iter().any(|thing| thing.key == mine && thing.created.app.is_none()));
});

on_both_engines!(what_is_no_package_of_things_is_told_and_stays, |world: World| async move {
    let desk = Desk::of(world).await;
    for plain in ["not XML", "<thing>", "<other/>", ""] {
        let sealed = SealedPackage::with(Algorithm::HmacSha256Aes256, ANSWER, plain.as_bytes());
        let code = desk.leave(of(&sealed)).await.expect("left");
        let unlocked = desk.unlocked(&code).await;
        let contents = packages::contents(&desk.world.domain, &unlocked).await.expect("open");
        assert_eq!(contents.things(), Err(PickupError::Damaged(desk.lab.app.id)), "{plain}");
        assert!(desk.find(&code).await.is_ok());
    }
});

on_both_engines!(a_package_in_the_older_cipher_opens_too, |world: World| async move {
    let desk = Desk::of(world).await;
    let sealed = SealedPackage::with(Algorithm::HmacSha1TripleDes, ANSWER, thing().as_bytes());
    let plain: Vec<u8> = (0..3000).map(|n| u8::try_from(n % 251).unwrap()).collect();
    let token = desk.uploaded(&sealed, &plain).await;
    let code = desk.leave(desk.streamed(&sealed, &[&token])).await.expect("left");
    let unlocked = desk.unlocked(&code).await;
    desk.take(&unlocked, vec![desk.with_blob(&token)]).await.expect("taken");
    assert_eq!(desk.things().await[0].blobs.list().expect("a list")[0].length, plain.len() as u64);
});

on_both_engines!(cipher_text_that_can_never_open_is_refused_at_once, |world: World| async move {
    let desk = Desk::of(world).await;
    for length in [0, 7, 32, 33, 95] {
        let new = NewPackage { cipher_text: vec![7; length], ..package() };
        assert_eq!(desk.leave(new).await, Err(PackageError::CipherText(length)));
    }
    for question in ["", " \n"] {
        let new = NewPackage { question: question.to_owned(), ..package() };
        assert_eq!(desk.leave(new).await, Err(ConnectionError::Question.into()));
    }
    let new = NewPackage { friendly_name: "x".repeat(256), ..package() };
    assert!(matches!(desk.leave(new).await, Err(PackageError::Connection(ConnectionError::TooLong(_)))));
    assert!(desk.world.packages_at_rest().await.is_empty());
});

on_both_engines!(
    a_streamed_blob_arrives_byte_for_byte_and_leaves_nothing_behind,
    |world: World| async move {
        let desk = Desk::of(world).await;
        let domain = &desk.world.domain;
        let sealed = SealedPackage::new(ANSWER, &[&thing()]);
        for length in [1_u32, 40_000, 3_000_000, 9_000_000] {
            let plain: Vec<u8> = (0..length).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
            let token = desk.uploaded(&sealed, &plain).await;
            let code = desk.leave(desk.streamed(&sealed, &[&token])).await.expect("left");
            desk.world.clock.advance(20 * DAY);
            blobs::sweep(domain).await.expect("swept");
            let unlocked = desk.unlocked(&code).await;
            desk.take(&unlocked, vec![desk.with_blob(&token)]).await.expect("taken");
            let thing = desk.things().await.remove(0);
            let (key, ada) = (thing.key, Caller::person(desk.ada));
            let (_, content) =
                things::nth_attachment(domain, &ada, desk.record, key, 0).await.expect("an attachment");
            assert!(content.whole(domain).await.expect("bytes") == plain, "{length}");
            desk.world.clock.advance(UPLOAD_LIFE + 2 * HOUR);
            blobs::sweep(domain).await.expect("swept");
            let objects = desk.world.objects.keys("").await.expect("keys").len();
            let kept = if length > 64 * 1024 { objects > 0 } else { objects == 0 };
            assert!(kept, "{objects} objects");
            things::remove(domain, &ada, desk.record, &[(key.id, Some(key.stamp))]).await.expect("removed");
        }
    }
);

on_both_engines!(a_blob_is_for_the_package_that_names_it_and_for_no_thing, |world: World| async move {
    let desk = Desk::of(world).await;
    let domain = &desk.world.domain;
    desk.world.allow(&desk.world.weight_app().await.app, desk.ada, desk.record).await;
    let sealed = SealedPackage::new(ANSWER, &[&thing()]);
    let token = desk.uploaded(&sealed, b"bytes").await;
    let put = |caller: Caller| {
        let thing = desk.with_blob(&token);
        async move { things::put(domain, &caller, desk.record, &[thing]).await }
    };
    let refused = |problem| {
        let name = "scan".to_owned();
        Err(ThingError::Item { index: 0, problem: Problem::Blob { name, problem } })
    };
    assert_eq!(put(Caller::person(desk.ada)).await, refused(BlobProblem::OfPackage));
    let other = desk.world.weight_app().await;
    let theirs = packages::create(domain, &other.app, &desk.streamed(&sealed, &[&token])).await;
    assert_eq!(theirs, Err(PackageError::BlobUrl));
    let open = blobs::begin_for_package(domain, &desk.lab.app).await.expect("begun").token;
    assert_eq!(desk.leave(desk.streamed(&sealed, &[&open])).await, Err(PackageError::BlobIncomplete));
    assert_eq!(desk.leave(desk.streamed(&sealed, &[&"W".to_owned()])).await, Err(PackageError::BlobUrl));
    let code = desk.leave(desk.streamed(&sealed, &[&token])).await.expect("left");
    assert_eq!(desk.leave(desk.streamed(&sealed, &[&token])).await, Err(PackageError::BlobCommitted));
    assert_eq!(put(Caller::person(desk.ada)).await, refused(BlobProblem::Url));
    assert_eq!(blobs::open(domain, &token).await.unwrap_err(), UploadError::Committed);
    // Another package's blob is none of this one's.
    let stranger = desk.uploaded(&sealed, b"other bytes").await;
    desk.leave(desk.streamed(&sealed, &[&stranger])).await.expect("left");
    let unlocked = desk.unlocked(&code).await;
    assert_eq!(desk.take(&unlocked, vec![desk.with_blob(&stranger)]).await, Err(TakeError::Blob));
    assert_eq!(desk.take(&unlocked, vec![desk.with_blob(&token)]).await, Ok(1));
});

on_both_engines!(a_blob_under_another_key_is_damaged_and_the_package_stays, |world: World| async move {
    let desk = Desk::of(world).await;
    let sealed = SealedPackage::new(ANSWER, &[&thing()]);
    let token = desk.uploaded(&SealedPackage::new("another answer", &[]), b"bytes").await;
    let code = desk.leave(desk.streamed(&sealed, &[&token])).await.expect("left");
    let unlocked = desk.unlocked(&code).await;
    assert_eq!(desk.take(&unlocked, vec![desk.with_blob(&token)]).await, Err(TakeError::Blob));
    assert!(desk.find(&code).await.is_ok());
    assert!(desk.things().await.is_empty());
});
