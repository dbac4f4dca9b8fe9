//! The literal addresses that shipped clients open.

use super::*;

const APP: &str = "20000000-2000-2000-2000-200000000000";

fn read(address: &str) -> RedirectRequest {
    RedirectRequest::parse(query_of(address), None).unwrap()
}

fn app() -> Option<Uuid> {
    Uuid::try_parse(APP).ok()
}

#[test]
fn ios_adds_an_app_on_a_device() {
    let request = read(
        "https://shell.example//redirect.aspx?target=CREATEAPPLICATION&targetqs=%3Fappid%3D20000000-2000-2000-2000-200000000000%26appCreationToken%3DTESTTOKEN%26instanceName%3D30000000-3000-3000-3000-300000000000%26ismra%3Dfalse%26mobile%3Dtrue",
    );
    assert_eq!(request.target, Target::CreateApplication);
    assert_eq!(request.app_id(), app());
    assert_eq!(request.creation_token().as_deref(), Some("TESTTOKEN"));
    assert_eq!(request.instance_name().as_deref(), Some("30000000-3000-3000-3000-300000000000"));
    assert!(!request.multi_record());
}

#[test]
fn ios_says_multi_record_and_instance_aware() {
    let request = read(
        "https://shell.example/redirect.aspx?target=CREATEAPPLICATION&targetqs=%3Fappid%3D20000000-2000-2000-2000-200000000000%26appCreationToken%3DTESTTOKEN%26instanceName%3D30000000-3000-3000-3000-300000000000%26ismra%3Dtrue%26mobile%3Dtrue%26aib%3Dtrue",
    );
    assert!(request.multi_record());
    assert!(request.params.flag("aib"));
}

#[test]
fn ios_authorizes_more_records() {
    let request = read(
        "https://shell.example/redirect.aspx?target=APPAUTH&targetqs=%3Fappid%3D20000000-2000-2000-2000-200000000000%26ismra%3Dfalse",
    );
    assert_eq!((request.target, request.app_id()), (Target::AppAuth, app()));
}

#[test]
fn the_2011_ios_library_escapes_its_token_twice_and_mixes_the_case_of_escapes() {
    let request = read(
        "https://shell.example/redirect.aspx?target=CREATEAPPLICATION&targetqs=%3Fappid%3d20000000-2000-2000-2000-200000000000%26appCreationToken%3DASAAAAukJ0r%252BNLV%252Fp%253D%26instanceName%3DMy%2520iPhone%26ismra%3Dtrue",
    );
    assert_eq!(request.creation_token().as_deref(), Some("ASAAAAukJ0r+NLV/p="));
    assert_eq!(request.instance_name().as_deref(), Some("My iPhone"));
}

#[test]
fn java_escapes_nothing_when_it_authorizes() {
    let request = read(
        "https://shell.example/redirect.aspx?target=APPAUTH&targetqs=?appid=20000000-2000-2000-2000-200000000000",
    );
    assert_eq!((request.target, request.app_id()), (Target::AppAuth, app()));
}

#[test]
fn java_adds_an_app_with_form_escapes() {
    let request = read(
        "https://shell.example/redirect.aspx?target=CREATEAPPLICATION&targetqs=%3Fappid%3D20000000-2000-2000-2000-200000000000%26appCreationToken%3DAS%252BAA%252F%253D%26instanceName%3DMy%2BPhone%26ismra%3Dtrue%26aib%3Dtrue",
    );
    assert_eq!(request.creation_token().as_deref(), Some("AS+AA/="));
    assert_eq!(request.instance_name().as_deref(), Some("My Phone"));
}

#[test]
fn ruby_and_python_leave_the_return_address_raw() {
    for address in [
        "https://shell.example/redirect.aspx?target=AUTH&targetqs=?appid=20000000-2000-2000-2000-200000000000%26redirect=http://localhost:7331/testAuth",
        "https://shell.example/redirect.aspx?target=AUTH&targetqs=%26appid=20000000-2000-2000-2000-200000000000%26redirect=http://localhost:7331/testAuth",
    ] {
        let request = read(address);
        assert_eq!(request.app_id(), app(), "{address}");
        assert_eq!(request.redirect().as_deref(), Some("http://localhost:7331/testAuth"), "{address}");
    }
}

#[test]
fn ruby_puts_a_raw_action_before_the_application() {
    let request = read(
        "https://shell.example/redirect.aspx?target=AUTH&targetqs=?actionqs=show^17%26appid=20000000-2000-2000-2000-200000000000%26redirect=http://localhost:3000/shellreturn",
    );
    assert_eq!(request.actionqs(), Some(&b"show^17"[..]));
    assert_eq!(request.app_id(), app());
}

#[test]
fn php_writes_targets_in_mixed_case_and_numbers_its_rules() {
    let request = read(
        "https://shell.example/redirect.aspx?target=AppAuth&targetqs=appid%3D20000000-2000-2000-2000-200000000000%26onopt1%3DRule1%26onopt2%3DRule2%26offopt1%3DRule3",
    );
    assert_eq!((request.target, request.target_text.as_str()), (Target::AppAuth, "AppAuth"));
    assert_eq!(request.optional_online(), ["Rule1", "Rule2"]);
    assert_eq!(request.optional_offline(), ["Rule3"]);
    let request = read(
        "https://shell.example/redirect.aspx?target=CreateApplication&targetqs=appid%3D20000000-2000-2000-2000-200000000000%26appCreationToken%3Dfoo-bar%26instancename%3Dbaz",
    );
    assert_eq!(request.instance_name().as_deref(), Some("baz"));
}

#[test]
fn php_puts_a_query_into_its_return_address() {
    let request = read(
        "https://shell.example/redirect.aspx?target=AUTH&targetqs=%3Fappid%3D20000000-2000-2000-2000-200000000000%26redirect%3Dwww.test.example%3FredirectToken%3D12345%26isMRA%3Dtrue",
    );
    assert_eq!(request.redirect().as_deref(), Some("www.test.example?redirectToken=12345"));
    assert!(request.multi_record());
}

#[test]
fn classic_dotnet_asks_for_a_posted_token_and_writes_unicode_escapes() {
    let request = read(
        "https://shell.example/redirect.aspx?target=Auth&targetqs=%3fappid%3d20000000-2000-2000-2000-200000000000%26actionqs%3d%252fJ%25u00f6rg%253fa%253db%26trm%3dpost%26ismra%3dTrue%26forceappauth%3dTRUE",
    );
    assert_eq!(request.actionqs(), Some("/Jörg?a=b".as_bytes()));
    assert_eq!(request.token_return(), TokenReturn::Post);
    assert!(request.multi_record() && request.force_consent());
}

#[test]
fn the_documentations_own_examples_parse() {
    let request = read(
        "https://shell.example/redirect.aspx?target=APPAUTH&targetqs=appid%3d20000000-2000-2000-2000-200000000000%26ismra%3dtrue",
    );
    assert!(request.multi_record());
    let request = read(
        "https://shell.example/redirect.aspx?target=AUTH&targetqs=appid%3D20000000-2000-2000-2000-200000000000",
    );
    assert_eq!(request.app_id(), app());
}

#[test]
fn the_token_mode_inside_wins_over_the_one_outside() {
    let outside = read("/redirect.aspx?target=AUTH&trm=post&targetqs=appid%3d1");
    assert_eq!(outside.token_return(), TokenReturn::Post);
    let both = read("/redirect.aspx?target=AUTH&trm=post&targetqs=trm%3dget");
    assert_eq!(both.token_return(), TokenReturn::Get);
    assert_eq!(read("/redirect.aspx?target=AUTH&targetqs=trm%3dPOST").token_return(), TokenReturn::Post);
}

#[test]
fn a_sign_out_names_its_token() {
    let request = read(
        "/redirect.aspx?target=APPSIGNOUT&targetqs=appid%3d20000000-2000-2000-2000-200000000000%26credToken%3dab-c_%253d%253d%26cred_token%3dx",
    );
    assert_eq!(request.credential_token().as_deref(), Some("ab-c_=="));
}

#[test]
fn a_query_without_any_escape_still_names_its_parameters() {
    let request = read(
        "/redirect.aspx?target=AUTH&targetqs=?appid=20000000-2000-2000-2000-200000000000&ismra=true&actionqs=%2fhome",
    );
    assert!(request.multi_record());
    assert_eq!(request.actionqs(), Some(&b"/home"[..]));
}

#[test]
fn the_value_to_echo_keeps_its_bytes_even_if_they_are_no_text() {
    let request = read("/redirect.aspx?target=AUTH&targetqs=actionqs%3d%25e9%2500%2526%252b");
    assert_eq!(request.actionqs(), Some(&[0xe9, 0x00, b'&', b'+'][..]));
}

#[test]
fn the_value_to_echo_has_a_longest_length() {
    let ask = |length: usize| {
        RedirectRequest::parse(&format!("target=AUTH&targetqs=actionqs%3d{}", "x".repeat(length)), None)
    };
    assert!(ask(LONGEST_ACTIONQS).is_ok());
    assert_eq!(ask(LONGEST_ACTIONQS + 1).unwrap_err(), RedirectError::ActionQsTooLong);
    assert_eq!(ask(LONGEST_QUERY).unwrap_err(), RedirectError::QueryTooLong);
}

#[test]
fn several_applications_are_a_matter_of_appauth_only() {
    let two = "appid%3d20000000-2000-2000-2000-200000000000%2c30000000-3000-3000-3000-300000000000";
    let ask = |target: &str| read(&format!("/redirect.aspx?target={target}&targetqs={two}")).app_ids();
    assert_eq!(ask("APPAUTH").map(|ids| ids.len()), Some(2));
    assert_eq!(ask("AUTH"), None);
}

#[test]
fn an_application_that_is_no_id_is_none() {
    assert_eq!(read("/redirect.aspx?target=AUTH&targetqs=appid%3dnobody").app_ids(), None);
    assert_eq!(read("/redirect.aspx?target=AUTH").app_ids(), None);
}

#[test]
fn a_record_is_absent_known_or_malformed() {
    let ask =
        |inner: &str| read(&format!("/redirect.aspx?target=APPAUTH&targetqs={inner}")).external_record();
    assert_eq!(ask(""), ExternalRecord::Absent);
    assert_eq!(ask("extrecordid%3dnine"), ExternalRecord::Malformed);
    assert_eq!(ask(&format!("ExtRecordID%3d{APP}")), ExternalRecord::Id(app().unwrap()));
}

#[test]
fn the_app_details_accept_the_documentations_misspelling() {
    let request = read(&format!("/redirect.aspx?target=SHAREDAPPDETAILS&targetqs=sappid%3d{APP}"));
    assert_eq!(request.app_id(), app());
}

#[test]
fn a_culture_is_a_name_or_a_number() {
    assert_eq!(
        read("/redirect.aspx?target=AUTH&targetqs=culture%3dsv-SE").culture().as_deref(),
        Some("sv-SE")
    );
    assert_eq!(read("/redirect.aspx?target=AUTH&targetqs=lcid%3d1053").culture().as_deref(), Some("1053"));
}

#[test]
fn a_forwarded_query_cannot_carry_an_answer_of_ours() {
    let request = read(
        "/redirect.aspx?target=APPREDIRECT&targetqs=appid%3d1%26target%3dHome%26targetqs%3dwctoken%253dx%2526a%253d1%2526InstanceId%253d9",
    );
    let (target, query) = request.forwarded();
    assert_eq!(target.as_deref(), Some("Home"));
    assert_eq!(query.iter().collect::<Vec<_>>(), [("a", &b"1"[..])]);
}

#[test]
fn a_post_brings_suggestions_beside_its_query() {
    let request = RedirectRequest::parse(
        "target=CREATEACCOUNT&targetqs=appid%3d20000000-2000-2000-2000-200000000000",
        Some(b"CreateAccountAndRecord=True&Account.FirstName=Anna+Maria&Account.Email=anna%40example.org"),
    )
    .unwrap();
    assert!(request.suggestions.flag("createaccountandrecord"));
    assert_eq!(request.suggestions.text("Account.FirstName").as_deref(), Some("Anna Maria"));
    assert_eq!(request.params.text("Account.FirstName"), None);
}

#[test]
fn a_target_that_is_missing_or_unknown_is_an_error() {
    let ask = |query: &str| RedirectRequest::parse(query, None).unwrap_err();
    assert_eq!(ask(""), RedirectError::NoTarget);
    assert_eq!(ask("target=&targetqs=x"), RedirectError::NoTarget);
    assert_eq!(ask("target=Nowhere"), RedirectError::UnknownTarget("Nowhere".into()));
}
