//! Returns as clients look for them.

use super::*;
use crate::redirect::action_url::Environment;

fn trip(action: &str, target: ReturnTarget) -> ReturnTrip {
    ReturnTrip {
        to: Destination::ActionUrl(ActionUrl::parse(action, Environment::Production).unwrap()),
        device: None,
        target,
        instance_id: "1".into(),
        actionqs: None,
        token_ttl_seconds: None,
        details: None,
        token: None,
    }
}

fn to_end_page(target: ReturnTarget) -> ReturnTrip {
    let to = Destination::EndPage {
        shell: "https://shell.example".into(),
        app_id: Uuid::try_parse("fed09046-c006-479b-bda7-0eb585a7e538").unwrap(),
    };
    ReturnTrip { to, ..trip("https://clinic.example/", target) }
}

#[test]
fn a_success_names_everything_in_order_with_the_token_last() {
    let trip = ReturnTrip {
        actionqs: Some(b"/a?b=c".to_vec()),
        token_ttl_seconds: Some(7_776_000),
        details: Some(TargetDetails::CreateAccountSuccess),
        token: Some("AQ-_==".into()),
        ..trip("https://clinic.example/action", ReturnTarget::AppAuthSuccess)
    };
    assert_eq!(
        trip.url(),
        "https://clinic.example/action?target=AppAuthSuccess&instanceid=1&actionqs=%2fa%3fb%3dc&suggestedtokenttl=129600&targetDetails=CreateAccountSuccess&wctoken=AQ-_%3d%3d"
    );
}

#[test]
fn a_posted_return_keeps_the_token_out_of_the_address_and_the_rest_in_it() {
    let trip = ReturnTrip {
        actionqs: Some(b"x".to_vec()),
        token_ttl_seconds: Some(3600),
        token: Some("secret=".into()),
        ..trip("https://clinic.example/action", ReturnTarget::AppAuthSuccess)
    };
    assert_eq!(
        trip.url_without_token(),
        "https://clinic.example/action?target=AppAuthSuccess&instanceid=1&actionqs=x&suggestedtokenttl=60"
    );
    assert_eq!(trip.token(), Some("secret="));
}

#[test]
fn a_query_of_the_action_url_is_continued() {
    let url = |action: &str| trip(action, ReturnTarget::SignOut).url();
    assert_eq!(
        url("https://clinic.example/a?b=c"),
        "https://clinic.example/a?b=c&target=SignOut&instanceid=1"
    );
    assert_eq!(url("https://clinic.example/a?"), "https://clinic.example/a?target=SignOut&instanceid=1");
    assert_eq!(url("https://clinic.example#top"), "https://clinic.example?target=SignOut&instanceid=1");
}

#[test]
fn the_end_page_is_spelled_as_the_ios_tests_expect_it() {
    assert_eq!(
        to_end_page(ReturnTarget::AppAuthSuccess).url(),
        "https://shell.example/application/complete?appid=fed09046-c006-479b-bda7-0eb585a7e538&target=AppAuthSuccess&instanceid=1"
    );
}

#[test]
fn a_mobile_refusal_names_no_instance() {
    assert_eq!(
        to_end_page(ReturnTarget::AppAuthReject).url(),
        "https://shell.example/application/complete?appid=fed09046-c006-479b-bda7-0eb585a7e538&target=AppAuthReject"
    );
}

#[test]
fn a_refusal_on_the_web_names_the_instance_and_brings_no_token() {
    let trip = ReturnTrip {
        token: Some("secret".into()),
        token_ttl_seconds: Some(600),
        ..trip("https://clinic.example/action", ReturnTarget::AppAuthReject)
    };
    assert_eq!(trip.url(), "https://clinic.example/action?target=AppAuthReject&instanceid=1");
}

#[test]
fn the_end_page_never_gets_a_token() {
    let trip = ReturnTrip { token: Some("secret".into()), ..to_end_page(ReturnTarget::AppAuthSuccess) };
    assert!(!trip.url().contains("secret"));
}

#[test]
fn a_token_that_lives_less_than_a_minute_is_said_to_live_one() {
    let trip = ReturnTrip {
        token: Some("t".into()),
        token_ttl_seconds: Some(59),
        ..trip("https://clinic.example/", ReturnTarget::AppAuthSuccess)
    };
    assert!(trip.url().contains("suggestedtokenttl=1&"));
}

#[test]
fn the_echo_comes_back_byte_for_byte() {
    let bytes: Vec<u8> = (0..=255).collect();
    let trip = ReturnTrip {
        actionqs: Some(bytes.clone()),
        ..trip("https://clinic.example/", ReturnTarget::AppAuthReject)
    };
    let url = trip.url();
    let params = crate::redirect::params::Params::parse(url.split_once('?').unwrap().1.as_bytes());
    assert_eq!(params.bytes("actionqs"), Some(bytes.as_slice()));
}

#[test]
fn an_action_url_learns_which_app_on_a_device_it_was_and_a_refusal_no_instance() {
    let device = Some(Uuid::from_u128(0x2000_0000_2000_2000_2000_2000_0000_0000));
    let trip = |target| ReturnTrip { device, token: None, ..trip("https://app.example/done", target) }.url();
    let agreed = trip(ReturnTarget::AppAuthSuccess);
    assert!(
        agreed.starts_with("https://app.example/done?appid=20000000-2000-2000-2000-200000000000&target=AppAuthSuccess&instanceid=1"),
        "{agreed}"
    );
    assert!(!trip(ReturnTarget::AppAuthReject).contains("instanceid"));
}
