//! Envelopes as real clients and unreal ones write them.

use keepwell_wire::envelope::{Credential, Envelope, EnvelopeError, MessageTime, RequestText};
use keepwell_wire::limits::Limits;
use keepwell_wire::status::Status;

const APP: &str = "<app-id>0A1B2C3D-4E5F-4A6B-8C7D-9E0F1A2B3C4D</app-id>";
const SESSION: &str = "<auth-session><auth-token> TOKEN\n</auth-token></auth-session>";

fn request(header: &str) -> String {
    format!(
        "<q:request xmlns:q='urn:com.microsoft.wc.request'><header><method> GetThings </method>{header}</header>\
         <info/></q:request>"
    )
}

fn read<T>(body: &str, f: impl FnOnce(Result<Envelope<'_, '_>, EnvelopeError>) -> T) -> T {
    let text = match RequestText::check(body.as_bytes(), &Limits::default()) {
        Ok(text) => text,
        Err(e) => return f(Err(e)),
    };
    match text.parse() {
        Ok(document) => f(Envelope::read(&document)),
        Err(e) => f(Err(e)),
    }
}

fn error(body: &str) -> EnvelopeError {
    read(body, |envelope| envelope.map(|_| ()).unwrap_err())
}

#[test]
fn any_prefix_any_order_and_unknown_children_are_accepted() {
    let other_root = "\u{feff} \r\n<?xml version='1.0'?><r xmlns='urn:com.microsoft.wc.request'/>";
    assert_eq!(error(other_root), EnvelopeError::NotARequest);
    let body = "\n  <x:request xmlns:x=\"urn:com.microsoft.wc.request\"><info />\n<header><new-thing a='b'><c/></new-thing>\
                <version>1</version><msg-ttl>1800</msg-ttl><app-id>0A1B2C3D-4E5F-4A6B-8C7D-9E0F1A2B3C4D</app-id>\
                <method>M</method></header></x:request>\n";
    read(body, |envelope| {
        let envelope = envelope.unwrap();
        assert_eq!(envelope.raw_info, "<info />");
        assert_eq!(envelope.header.method_version, 1);
        assert_eq!(envelope.header.msg_time, MessageTime::Absent);
        let app_id = "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d".parse().unwrap();
        assert_eq!(envelope.header.credential, Credential::App(app_id));
    });
}

#[test]
fn values_are_trimmed_and_empty_or_nil_ones_are_absent() {
    let body = request(
        "<record-id/><auth-session><auth-token> TOKEN\n</auth-token><user-auth-token> </user-auth-token>\
         <offline-person-info><offline-person-id>00000000-0000-0000-0000-000000000000</offline-person-id>\
         </offline-person-info></auth-session><msg-time>yesterday</msg-time>",
    );
    read(&body, |envelope| {
        let header = envelope.unwrap().header;
        assert_eq!(header.method, "GetThings");
        assert_eq!(header.record_id, None);
        assert_eq!(header.msg_time, MessageTime::Unreadable("yesterday".into()));
        let expected = Credential::Session {
            auth_token: "TOKEN".into(),
            user_auth_token: None,
            offline_person_id: None,
        };
        assert_eq!(header.credential, expected);
        assert!(!format!("{expected:?}").contains("TOKEN"), "tokens stay out of logs");
    });
}

#[test]
fn what_security_rests_on_may_not_come_twice() {
    assert_eq!(error(&request(&format!("{APP}{APP}"))), EnvelopeError::Duplicate("app-id"));
    assert_eq!(error(&request(&format!("{SESSION}{SESSION}"))), EnvelopeError::Duplicate("auth-session"));
    let tokens = "<auth-session><auth-token>a</auth-token><auth-token>b</auth-token></auth-session>";
    assert_eq!(error(&request(tokens)), EnvelopeError::Duplicate("auth-token"));
    let hash = "<info-hash><hash-data algName='SHA1'>x</hash-data></info-hash>";
    assert_eq!(error(&request(&format!("{APP}{hash}{hash}"))), EnvelopeError::Duplicate("info-hash"));
    let twice = request(APP).replace("<info/>", "<info/><info><a/></info>");
    assert_eq!(error(&twice), EnvelopeError::Duplicate("info"));
}

#[test]
fn an_application_and_a_session_together_or_neither_are_refused() {
    assert_eq!(error(&request(&format!("{APP}{SESSION}"))), EnvelopeError::Credential);
    assert_eq!(error(&request("")), EnvelopeError::Credential);
    assert_eq!(error(&request("<app-id/>")), EnvelopeError::Missing("app-id"));
}

#[test]
fn every_error_of_an_envelope_is_invalid_xml() {
    let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
    let crowded = format!("<info {}/>", (0..500).map(|i| format!("a{i}='' ")).collect::<String>());
    for body in [
        "",
        "   ",
        "text",
        "<",
        "<request/>",
        "<!DOCTYPE request [<!ENTITY a 'b'>]><request/>",
        &request(APP).replace("<info/>", &deep),
        &request(APP).replace("<info/>", &crowded),
        &request(APP).replace("<info/>", "<info>&undefined;</info>"),
        &request(APP).replace("<info/>", ""),
        &request(APP).replace("<info/>", "<info></inf>"),
        &request("<app-id>not a guid</app-id>"),
        &request(&format!("{APP}<method-version>two</method-version>")),
        &request(&format!("{APP}<msg-ttl>-1</msg-ttl>")),
        &request(APP).replace(" GetThings ", " "),
    ] {
        let shown: String = body.chars().take(80).collect();
        assert_eq!(error(body).status(), Status::INVALID_XML, "{shown}");
    }
    let latin = RequestText::check(b"<a>\xe9</a>", &Limits::default()).unwrap_err();
    assert_eq!(latin, EnvelopeError::NotUtf8);
}

#[test]
fn a_body_cut_in_the_last_end_tag_is_rescued_and_one_cut_earlier_is_not() {
    let whole = request(APP).replace("<info/>", "<info><a>caf\u{e9}</a></info>");
    let info_end = whole.len() - "</q:request>".len();
    let off = Limits { rescue_truncated: false, ..Limits::default() };
    for length in 0..whole.len() {
        let cut = &whole.as_bytes()[..length];
        let rescued = RequestText::check(cut, &Limits::default()).and_then(|text| {
            let document = text.parse()?;
            Envelope::read(&document).map(|envelope| envelope.raw_info.to_owned())
        });
        assert_eq!(rescued.is_ok(), length >= info_end, "at {length}");
        if let Ok(info) = rescued {
            assert_eq!(info, "<info><a>caf\u{e9}</a></info>");
        }
        let refused = RequestText::check(cut, &off).and_then(|text| text.parse().map(|_| ()));
        assert!(refused.is_err(), "at {length} with the switch off");
    }
}
