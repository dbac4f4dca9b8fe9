//! An installation from its first call to its last, with a server that verifies every signature.

use std::sync::Arc;

use keepwell_wire::answer;
use keepwell_wire::envelope::Credential;
use keepwell_wire::methods::{get_authorized_people, get_person_info, get_service_definition, get_things};
use keepwell_wire::shapes::Instance;
use keepwell_wire::status::Status;
use uuid::Uuid;

use crate::test_server::{DEVICE, DEVICE_SECRET, TestServer, clock, person};
use crate::things::WEIGHT;
use crate::{DeviceClient, DeviceConfig, DeviceCredential, DeviceSetup, Error, Query};

const MASTER: Uuid = Uuid::from_u128(77);
const HOME: &str = "https://platform.example/platform/wildcat.ashx";
const ABROAD: &str = "https://platform.eu.example/platform/wildcat.ashx";

fn creation_info() -> String {
    answer::success("NewApplicationCreationInfo", |out| {
        out.element("app-token", "ASAA-token")
            .element("shared-secret", DEVICE_SECRET)
            .element("app-id", DEVICE);
    })
}

fn instances(platform_url: &str) -> String {
    let instance = |id: &str, platform_url: &str| Instance {
        id: id.into(),
        name: id.into(),
        description: id.into(),
        platform_url: platform_url.into(),
        shell_url: "https://shell.eu.example/".into(),
    };
    let instances = get_service_definition::Instances {
        current_instance_id: "1".into(),
        instances: vec![instance("1", HOME), instance("EU", platform_url)],
    };
    let definition = get_service_definition::ServiceDefinition {
        instances: Some(instances),
        ..get_service_definition::ServiceDefinition::default()
    };
    get_service_definition::answer(2, Some(&definition))
}

fn ada(records: &[u128]) -> String {
    get_authorized_people::answer(&[person(9, records)], false)
}

async fn begin(server: &Arc<TestServer>) -> DeviceSetup {
    let config = DeviceConfig {
        platform_url: HOME.into(),
        shell_url: "https://shell.example/".into(),
        master_app_id: MASTER,
        instance_name: "Ada's phone".into(),
    };
    DeviceSetup::begin_with(config, Arc::clone(server) as _, clock()).await.unwrap()
}

async fn finish(server: &Arc<TestServer>) -> Result<DeviceClient, Error> {
    begin(server).await.finish_with("eu", Arc::clone(server) as _, clock()).await
}

#[tokio::test]
async fn an_installation_is_set_up_where_its_person_lives() {
    let server = TestServer::answering([creation_info(), instances(ABROAD), ada(&[7, 8])]);
    let device = finish(&server).await.unwrap();
    let credential = device.credential();
    assert_eq!((credential.app_id(), credential.instance_id()), (DEVICE, "EU"));
    assert_eq!((credential.person_id(), credential.record_id()), (Uuid::from_u128(9), Uuid::from_u128(8)));
    assert_eq!((credential.platform_url(), credential.shell_url()), (ABROAD, "https://shell.eu.example/"));
    assert_eq!(server.urls(), [HOME, HOME, ABROAD, ABROAD]);
    let asked = server.asked();
    assert_eq!(asked[0], ("NewApplicationCreationInfo".into(), Credential::App(MASTER), None));
    assert_eq!(asked[2], ("CreateAuthenticatedSessionToken".into(), Credential::App(DEVICE), None));
}

#[tokio::test]
async fn what_was_kept_works_another_day() {
    let server = TestServer::answering([
        creation_info(),
        instances(ABROAD),
        ada(&[8]),
        get_things::answer(3, &[Default::default()]),
    ]);
    let kept = serde_json::to_string(finish(&server).await.unwrap().credential()).unwrap();
    let credential: DeviceCredential = serde_json::from_str(&kept).unwrap();
    let device = DeviceClient::with(credential, Arc::clone(&server) as _, clock()).unwrap();
    device.record().get_things(&Query::of_type(WEIGHT)).await.unwrap();
    let session = Credential::Session {
        auth_token: "session-2".into(),
        user_auth_token: None,
        offline_person_id: Some(Uuid::from_u128(9)),
    };
    assert_eq!(server.asked()[5], ("GetThings".into(), session, Some(Uuid::from_u128(8))));
}

#[tokio::test]
async fn a_setup_outlives_the_program_while_the_person_is_in_the_shell() {
    let server = TestServer::answering([creation_info()]);
    let setup = begin(&server).await;
    let kept = serde_json::to_string(&setup).unwrap();
    assert_eq!(serde_json::from_str::<DeviceSetup>(&kept).unwrap(), setup);
    assert_eq!(
        setup.shell_url().to_string(),
        "https://shell.example/redirect.aspx?target=CREATEAPPLICATION&targetqs=\
         appid%3D00000000-0000-0000-0000-00000000004d%26appCreationToken%3DASAA-token\
         %26instanceName%3DAda%2527s%2520phone%26ismra%3Dfalse%26mobile%3Dtrue%26aib%3Dtrue"
    );
    assert!(setup.end("https://shell.example/sign-in").is_none());
    assert!(
        setup.end("https://shell.example/application/complete?target=AppAuthSuccess&instanceid=1").is_some()
    );
}

#[tokio::test]
async fn the_secret_and_the_token_never_get_into_a_log() {
    let server = TestServer::answering([creation_info(), creation_info(), instances(ABROAD), ada(&[8])]);
    let setup = begin(&server).await;
    let device = finish(&server).await.unwrap();
    let shown = format!("{setup:?} {:?} {device:?} {:?}", setup.shell_url(), device.credential());
    assert!(shown.contains("[secret]"), "{shown}");
    assert!(!shown.contains("IkraCfab") && !shown.contains("ASAA"), "{shown}");
}

#[tokio::test]
async fn when_nobody_allowed_it_after_all_that_is_said() {
    let nobody = get_authorized_people::answer(&[], false);
    let server = TestServer::answering([creation_info(), instances(ABROAD), nobody]);
    assert!(matches!(finish(&server).await, Err(Error::NotAllowed { .. })));
    let server = TestServer::answering([creation_info(), instances(ABROAD)]);
    server.refuse_sessions(Status::INVALID_APP);
    assert!(matches!(finish(&server).await, Err(Error::UnknownApplication { .. })));
}

#[tokio::test]
async fn a_device_that_cannot_watch_the_browser_asks_until_it_is_let_in() {
    let server = TestServer::answering([creation_info(), instances(ABROAD), instances(ABROAD), ada(&[8])]);
    let setup = begin(&server).await;
    server.refuse_sessions(Status::INVALID_APP);
    assert!(setup.try_finish_with(Arc::clone(&server) as _, clock()).await.unwrap().is_none());
    server.accept_sessions();
    let device = setup.try_finish_with(Arc::clone(&server) as _, clock()).await.unwrap();
    assert_eq!(device.unwrap().credential().record_id(), Uuid::from_u128(8));
}

#[tokio::test]
async fn an_instance_that_is_unknown_or_unprotected_is_not_followed() {
    for topology in [instances("http://platform.eu.example/"), get_service_definition::answer(2, None)] {
        let server = TestServer::answering([creation_info(), topology]);
        assert!(matches!(finish(&server).await, Err(Error::Malformed(_))));
    }
}

#[tokio::test]
async fn an_identity_without_a_secret_is_refused_before_a_person_is_bothered() {
    let empty = answer::success("NewApplicationCreationInfo", |out| {
        out.element("app-id", DEVICE).element("shared-secret", "").element("app-token", "t");
    });
    let server = TestServer::answering([empty]);
    let config = DeviceConfig {
        platform_url: HOME.into(),
        shell_url: "https://shell.example/".into(),
        master_app_id: MASTER,
        instance_name: String::new(),
    };
    let begun = DeviceSetup::begin_with(config, server as _, clock()).await;
    assert!(matches!(begun, Err(Error::Malformed(_))));
}

#[tokio::test]
async fn a_person_may_choose_another_record_and_leave_in_the_end() {
    let gone = answer::success_without_info;
    let refused = answer::error(Status::FAILED, "", None);
    let here = get_person_info::answer(&person(9, &[7, 8]));
    let server = TestServer::answering([
        creation_info(),
        instances(ABROAD),
        ada(&[8]),
        ada(&[8, 7]),
        here,
        refused,
        gone(),
    ]);
    let mut device = finish(&server).await.unwrap();
    let url = device.authorize_url().to_string();
    assert!(url.starts_with("https://shell.eu.example/redirect.aspx?target=APPAUTH&"), "{url}");
    assert!(url.contains(&DEVICE.to_string()), "the installation's id, not the master's: {url}");
    assert_eq!(device.refresh().await.unwrap().record_id(), Uuid::from_u128(7));
    let outcome = device.sign_out().await;
    assert_eq!(outcome.unwrap_err().status(), Some(Status::FAILED), "told, though the next was tried");
    let removed: Vec<_> =
        server.asked()[6..].iter().map(|(method, _, record)| (method.clone(), *record)).collect();
    let remove = |id| ("RemoveApplicationRecordAuthorization".to_owned(), Some(Uuid::from_u128(id)));
    assert_eq!(removed, [remove(7), remove(8)]);
}
