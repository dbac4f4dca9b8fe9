//! What a client does with a server that verifies every call.

use keepwell_wire::answer;
use keepwell_wire::envelope::Credential;
use keepwell_wire::methods::{get_authorized_people, get_service_definition, get_things, put_things};
use keepwell_wire::shapes::{ThingKey, ThingOut, TypeRef};
use keepwell_wire::status::Status;
use keepwell_wire::time::LocalMicros;
use uuid::Uuid;

use crate::test_server::{TestServer, person};
use crate::things::WEIGHT;
use crate::{Error, NewThing, PeopleQuery, Query};

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

#[tokio::test]
async fn refusals_say_what_to_do() {
    let refused = async |status| {
        let client = TestServer::answering([refusal(status)]).client();
        client.offline(Uuid::from_u128(9)).person_info().await.unwrap_err()
    };
    for status in [Status::CREDENTIAL_TOKEN_EXPIRED, Status::INVALID_TOKEN, Status::INVALID_PERSON] {
        assert!(matches!(refused(status).await, Error::SignedOut { code, .. } if code == status));
    }
    assert!(matches!(refused(Status::ACCESS_DENIED).await, Error::NotAllowed { .. }));
    assert!(matches!(refused(Status::INVALID_APP).await, Error::UnknownApplication { .. }));
    let other = refused(Status::INVALID_RECORD).await;
    assert_eq!((other.method(), other.status()), (Some("GetPersonInfo"), Some(Status::INVALID_RECORD)));
}

#[tokio::test]
async fn people_are_fetched_until_the_last() {
    let page = |ids: &[u128], more| {
        let people: Vec<_> = ids.iter().map(|id| person(*id, &[id + 10])).collect();
        get_authorized_people::answer(&people, more)
    };
    let server = TestServer::answering([page(&[1, 2], true), page(&[3], false)]);
    let client = server.client();
    let mut people = client.people(PeopleQuery { max: Some(2), ..PeopleQuery::default() });
    let mut found = Vec::new();
    while let Some(person) = people.next().await.unwrap() {
        found.push(person.id.as_u128());
    }
    assert_eq!((found, server.methods().len()), (vec![1, 2, 3], 3));
    assert!(people.next().await.unwrap().is_none());
}

#[tokio::test]
async fn a_server_that_always_has_more_people_is_not_asked_for_ever() {
    let same = || get_authorized_people::answer(&[person(1, &[2])], true);
    let client = TestServer::answering([same(), same()]).client();
    let mut people = client.people(PeopleQuery::default());
    people.next().await.unwrap();
    assert!(matches!(people.next().await, Err(Error::Malformed(_))));
}

#[tokio::test]
async fn the_keys_of_the_rest_are_fetched_on() {
    let server = TestServer::answering([group(&[1, 2], &[3, 4, 5]), group(&[3], &[4]), group(&[4, 5], &[])]);
    let client = server.client();
    let record = client.offline(Uuid::from_u128(9)).record(Uuid::from_u128(8));
    let things = record.all_things(&Query::of_type(WEIGHT)).await.unwrap();
    let ids: Vec<_> = things.iter().map(|thing| thing.key.id.as_u128()).collect();
    assert_eq!((ids, server.methods().len()), (vec![1, 2, 3, 4, 5], 4));
}

#[tokio::test]
async fn a_server_that_never_sends_what_it_names_is_not_asked_for_ever() {
    let client = TestServer::answering([group(&[1], &[2]), group(&[], &[2])]).client();
    let record = client.offline(Uuid::from_u128(9)).record(Uuid::from_u128(8));
    let found = record.all_things(&Query::of_type(WEIGHT)).await;
    assert!(matches!(found, Err(Error::Malformed(_))));
}

#[tokio::test]
async fn several_queries_are_answered_in_their_order() {
    let two = get_things::answer(3, &[group_of(&[1], &[]), group_of(&[], &[])]);
    let client = TestServer::answering([two, empty()]).client();
    let record = client.offline(Uuid::from_u128(9)).record(Uuid::from_u128(8));
    let queries = [Query::of_type(WEIGHT), Query::of_ids([Uuid::from_u128(2)])];
    let found = record.get_groups(&queries).await.unwrap();
    assert_eq!((found[0].things.len(), found[1].things.len()), (1, 0));
    assert!(matches!(record.get_groups(&queries).await, Err(Error::Malformed(_))), "one group is missing");
}

#[tokio::test]
async fn any_method_can_be_called_with_person_and_record() {
    let ended = refusal(Status::AUTHENTICATED_SESSION_TOKEN_EXPIRED);
    let good = answer::success("GetVocabulary", |out| {
        out.element("a", "b");
    });
    let server = TestServer::answering([ended, good.clone(), good.clone(), refusal(Status::BAD_METHOD)]);
    let (client, record) = (server.client(), Uuid::from_u128(8));
    assert_eq!(client.call("GetVocabulary", 2, "<v/>").await.unwrap().value("a").as_deref(), Some("b"));
    let caller = client.online("TOKEN=").record(record);
    assert_eq!(caller.call("GetThingType", 1, "").await.unwrap().raw(), good);
    assert_eq!(server.asked()[4].2, Some(record));
    let error = client.call("Gone", 1, "").await.unwrap_err();
    assert_eq!((error.method(), error.status()), (Some("Gone"), Some(Status::BAD_METHOD)));
}

#[test]
fn no_secret_gets_into_a_log() {
    let client = TestServer::answering([]).client();
    let shown = format!("{client:?} {:?}", client.online("TOKEN=").record(Uuid::nil()));
    assert!(!shown.contains("TOKEN") && !shown.contains("PRIVATE"), "{shown}");
}

fn group(full: &[u128], rest: &[u128]) -> String {
    get_things::answer(3, &[group_of(full, rest)])
}

fn group_of(full: &[u128], rest: &[u128]) -> get_things::GroupOut {
    let key = |id: &u128| ThingKey { id: Uuid::from_u128(*id), version_stamp: Uuid::from_u128(*id) };
    let type_ref = || TypeRef { id: WEIGHT, name: "Weight".into() };
    let unprocessed = |id| get_things::UnprocessedKey {
        key: key(id),
        type_ref: type_ref(),
        eff_date: LocalMicros(0),
        updated_end_date: None,
    };
    get_things::GroupOut {
        things: full.iter().map(|id| ThingOut::new(key(id), type_ref())).collect(),
        unprocessed: rest.iter().map(unprocessed).collect(),
        ..get_things::GroupOut::default()
    }
}
