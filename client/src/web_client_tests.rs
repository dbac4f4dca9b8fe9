//! What a client does with a server that verifies every call.

use keepwell_wire::answer;
use keepwell_wire::envelope::Credential;
use keepwell_wire::methods::{get_authorized_people, get_service_definition, get_things, put_things};
use keepwell_wire::status::Status;
use uuid::Uuid;

use crate::test_server::TestServer;
use crate::things::WEIGHT;
use crate::{Error, NewThing, Query};

fn nobody() -> String {
    get_authorized_people::answer(&[], false)
}

fn refusal(status: Status) -> String {
    answer::error(status, "", None)
}

fn empty() -> String {
    get_things::answer(3, &[Default::default()])
}

#[tokio::test]
async fn calls_share_a_session_that_is_made_by_the_first() {
    let server = TestServer::answering([nobody(), nobody()]);
    let client = server.client();
    client.authorized_people(&Default::default()).await.unwrap();
    client.authorized_people(&Default::default()).await.unwrap();
    assert_eq!(
        server.methods(),
        ["CreateAuthenticatedSessionToken", "GetAuthorizedPeople", "GetAuthorizedPeople"]
    );
}

#[tokio::test]
async fn the_definition_needs_no_session() {
    let definition = get_service_definition::answer(2, None);
    let server = TestServer::answering([definition]);
    server.client().service_definition().await.unwrap();
    assert_eq!(server.asked(), [("GetServiceDefinition".into(), Credential::App(Uuid::from_u128(7)), None)]);
}

#[tokio::test]
async fn an_ended_session_is_replaced_and_the_call_made_again() {
    let server =
        TestServer::answering([nobody(), refusal(Status::AUTHENTICATED_SESSION_TOKEN_EXPIRED), nobody()]);
    let client = server.client();
    client.authorized_people(&Default::default()).await.unwrap();
    client.authorized_people(&Default::default()).await.unwrap();
    assert_eq!(server.methods().len(), 5);
    let Credential::Session { auth_token, .. } = server.asked().remove(4).1 else { panic!("no session") };
    assert_eq!(auth_token, "session-2");
}

#[tokio::test]
async fn a_second_end_in_a_row_is_an_error() {
    let ended = || refusal(Status::AUTHENTICATED_SESSION_TOKEN_EXPIRED);
    let server = TestServer::answering([ended(), ended()]);
    let error = server.client().authorized_people(&Default::default()).await.unwrap_err();
    assert_eq!(error.status(), Some(Status::AUTHENTICATED_SESSION_TOKEN_EXPIRED));
    assert_eq!(server.methods().len(), 4);
}

#[tokio::test]
async fn other_refusals_are_not_tried_again() {
    let server = TestServer::answering([refusal(Status::CREDENTIAL_TOKEN_EXPIRED)]);
    let client = server.client();
    let error = client.online("TOKEN=").person_info().await.unwrap_err();
    assert!(error.is_signed_out());
    assert_eq!(server.methods().len(), 2);
}

#[tokio::test]
async fn an_online_call_carries_the_token_and_an_offline_call_the_person() {
    let server = TestServer::answering([empty(), empty()]);
    let (client, record, person) = (server.client(), Uuid::from_u128(8), Uuid::from_u128(9));
    let query = Query::of_type(WEIGHT);
    client.online("TOKEN=").record(record).get_things(&query).await.unwrap();
    client.offline(person).record(record).get_things(&query).await.unwrap();
    let session = |user_auth_token, offline_person_id| Credential::Session {
        auth_token: "session-1".into(),
        user_auth_token,
        offline_person_id,
    };
    let asked = server.asked();
    assert_eq!(asked[1], ("GetThings".into(), session(Some("TOKEN=".into()), None), Some(record)));
    assert_eq!(asked[2], ("GetThings".into(), session(None, Some(person)), Some(record)));
}

#[tokio::test]
async fn a_server_that_forgets_a_key_is_not_believed() {
    let server = TestServer::answering([put_things::answer(&[])]);
    let (client, when) = (server.client(), jiff::civil::date(2026, 1, 15).at(7, 30, 0, 0));
    let caller = client.offline(Uuid::from_u128(9)).record(Uuid::from_u128(8));
    assert!(caller.put_things(&[]).await.unwrap().is_empty());
    let put = caller.put_things(&[NewThing::weight(70.5, when)]).await;
    assert!(matches!(put, Err(Error::Malformed(_))));
}
