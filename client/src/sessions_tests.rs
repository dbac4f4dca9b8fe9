//! Many calls at once, and the one session that they share.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use keepwell_wire::answer;
use keepwell_wire::methods::get_authorized_people;
use keepwell_wire::status::Status;
use tokio::sync::Barrier;
use tokio::task::{JoinSet, yield_now};

use crate::test_server::{TestServer, client_over};
use crate::transport::Transport;
use crate::{Client, Error, PeopleQuery};

const CALLS: usize = 50;

async fn call_at_once(client: &Arc<Client>) -> Vec<Result<(), Error>> {
    let mut calls = JoinSet::new();
    for _ in 0..CALLS {
        let client = Arc::clone(client);
        calls.spawn(async move { client.authorized_people(&PeopleQuery::default()).await.map(|_| ()) });
    }
    calls.join_all().await
}

/// A server whose first session ends under all calls together.
struct Ending {
    server: Arc<TestServer>,
    all_here: Barrier,
}

#[async_trait]
impl Transport for Ending {
    async fn post(&self, url: &str, body: String) -> Result<String, Error> {
        if body.contains("<auth-token>session-1</auth-token>") {
            self.all_here.wait().await;
            return Ok(answer::error(Status::AUTHENTICATED_SESSION_TOKEN_EXPIRED, "", None));
        }
        yield_now().await;
        self.server.post(url, body).await
    }
}

#[tokio::test]
async fn fifty_calls_whose_session_ends_at_once_make_one_new_session() {
    let server =
        TestServer::answering::<CALLS>(std::array::from_fn(|_| get_authorized_people::answer(&[], false)));
    let transport = Ending { server: Arc::clone(&server), all_here: Barrier::new(CALLS) };
    let client = Arc::new(client_over(Arc::new(transport)));
    client.create_session().await.unwrap();
    assert!(call_at_once(&client).await.iter().all(Result::is_ok));
    assert_eq!((server.sessions(), server.methods().len()), (2, 2 + CALLS));
}

/// A server that is away.
#[derive(Default)]
struct Away(AtomicUsize);

#[async_trait]
impl Transport for Away {
    async fn post(&self, _url: &str, _body: String) -> Result<String, Error> {
        self.0.fetch_add(1, Ordering::Relaxed);
        yield_now().await;
        Err(Error::transport("nobody there"))
    }
}

#[tokio::test]
async fn fifty_calls_to_a_server_that_is_away_try_once_and_later_ones_again() {
    let away = Arc::new(Away::default());
    let client = Arc::new(client_over(Arc::clone(&away) as _));
    for tries in 1..=2 {
        let answers = call_at_once(&client).await;
        assert!(answers.iter().all(|answer| matches!(answer, Err(Error::Transport(_)))));
        assert_eq!(away.0.load(Ordering::Relaxed), tries);
    }
}

#[tokio::test]
async fn a_refusal_to_make_a_session_is_not_tried_again() {
    let server = TestServer::answering([]);
    server.refuse_sessions(Status::AUTHENTICATED_SESSION_TOKEN_EXPIRED);
    let error = server.client().authorized_people(&PeopleQuery::default()).await.unwrap_err();
    assert_eq!(error.method(), Some("CreateAuthenticatedSessionToken"));
    assert_eq!(server.methods().len(), 1);
}
