//! What an application is answered about a person who closes their account, and about a record that is erased: at the
//! next request, whoever was remembered.

use keepwell_core::erasure::{self, Event, GRACE, PIECES};
use keepwell_core::letters::Letter;
use keepwell_core::persons::{self, Person};
use keepwell_testkit::{World, on_both_engines};

use crate::desk::{As, Desk, get_weights, put_weight};

fn letter(person: &Person, _: &Event) -> Letter {
    Letter::from_server(&person.email, "Closed", "A letter")
}

impl Desk {
    async fn codes(&self) -> [u16; 4] {
        let read = async |how| self.call("GetThings", 3, &get_weights(), how).await.code;
        let write = async |how| self.call("PutThings", 2, &put_weight(70.0, 1), how).await.code;
        [read(As::Online).await, read(As::Offline).await, write(As::Online).await, write(As::Offline).await]
    }

    async fn someone(&self) -> Person {
        persons::find(&self.world.domain, self.ada).await.unwrap().unwrap()
    }

    async fn sweep(&self) {
        self.world.clock.advance(GRACE);
        erasure::sweep(&self.world.domain, &letter, PIECES).await.unwrap();
    }

    /// The session of the application ended meanwhile.
    async fn again(self) -> Self {
        let Self { world, app, ada, record, wctoken, .. } = self;
        let desk = Self::for_person(world, app, ada, record).await;
        Self { wctoken, ..desk }
    }
}

on_both_engines!(who_closes_their_account_is_not_there_for_applications, |world: World| async move {
    let desk = Desk::of(world).await;
    let domain = desk.world.domain.clone();
    assert_eq!(desk.codes().await, [0; 4], "and each is remembered");
    let someone = desk.someone().await;
    let write = |_| Letter::from_server(&someone.email, "Closed", "A letter");
    erasure::close(&domain, &someone, write).await.unwrap();
    // INVALID_PERSON_STATE, as of a person who is suspended.
    assert_eq!(desk.codes().await, [25; 4]);
    let people = desk.good("GetAuthorizedPeople", 1, "<info><parameters/></info>", As::Nobody).await;
    assert_eq!(people.count("person-info"), 0);
    let token = erasure::keep_token(&domain, desk.ada).await.unwrap();
    erasure::keep(&domain, &token).await.unwrap();
    assert_eq!(desk.codes().await, [0; 4], "all is as it was");

    let write = |_| Letter::from_server(&someone.email, "Closed", "A letter");
    erasure::close(&domain, &someone, write).await.unwrap();
    desk.sweep().await;
    let desk = desk.again().await;
    // INVALID_PERSON: nobody is known by that id any more.
    assert_eq!(desk.call("GetThings", 3, &get_weights(), As::Offline).await.code, 9);
    // CREDENTIAL_TOKEN_EXPIRED: the application sends whoever comes with it to sign in.
    assert_eq!(desk.call("GetThings", 3, &get_weights(), As::Online).await.code, 7);
    let updated = "<info><update-date>2020-01-01T00:00:00Z</update-date></info>";
    let followed = desk.good("GetUpdatedRecordsForApplication", 2, updated, As::Nobody).await;
    assert_eq!(followed.count("updated-record"), 0);
});

on_both_engines!(a_record_that_is_erased_is_closed_first_and_then_unknown, |world: World| async move {
    let desk = Desk::of(world).await;
    let domain = desk.world.domain.clone();
    assert_eq!(desk.codes().await, [0; 4]);
    let someone = desk.someone().await;
    let write = |_: &str, _| Letter::from_server(&someone.email, "Closed", "A letter");
    erasure::close_record(&domain, &someone, desk.record, write).await.unwrap();
    // INVALID_RECORD_STATE.
    assert_eq!(desk.codes().await, [37; 4]);
    desk.sweep().await;
    let desk = desk.again().await;
    // INVALID_RECORD.
    assert_eq!(desk.call("GetThings", 3, &get_weights(), As::Offline).await.code, 10);
});
