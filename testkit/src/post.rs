use std::sync::Mutex;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use keepwell_core::letters::{Letter, MailError, Mailer, Outgoing, deliver};

use uuid::Uuid;

use crate::World;

/// Takes every letter that waits, for the test to read.
#[derive(Default)]
struct Collected(Mutex<Vec<(Uuid, Letter)>>);

impl Mailer for Collected {
    fn send<'a>(&'a self, outgoing: &'a Outgoing) -> BoxFuture<'a, Result<String, MailError>> {
        async move {
            self.0.lock().expect("one at a time").push((outgoing.id, outgoing.letter.clone()));
            Ok("taken".to_owned())
        }
        .boxed()
    }
}

impl World {
    /// The letters that wait, which are delivered by this. Several leave at once; here they stand in the order in
    /// which they were written.
    pub async fn letters(&self) -> Vec<Letter> {
        let collected = Collected::default();
        deliver(&self.domain, &collected).await.expect("delivered");
        let mut letters = collected.0.into_inner().expect("nobody else");
        letters.sort_by_key(|(id, _)| *id);
        letters.into_iter().map(|(_, letter)| letter).collect()
    }
}
