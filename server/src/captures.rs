//! What real clients sent, byte for byte over a socket: each request passes transport, parsing, hash,
//! HMAC and RSA. Sessions are seeded from the keys that were recorded with them.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use keepwell_core::applications::{self, Application, Certificate};
use keepwell_core::ids::AppId;
use keepwell_core::sessions::{self, SessionKey};
use keepwell_testkit::{Reply, World, on_both_engines};
use secrecy::SecretSlice;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::cli::Cli;
use crate::{listen, serve};

/// 2026-11-24T10:32:00Z, when the last of them was recorded; microseconds.
const RECORDED: i64 = 1_795_516_320_000_000;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../wire/vectors/captures")
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).expect("a file")).expect("JSON")
}

async fn register(world: &World, id: &str) -> AppId {
    register_by(world, &format!("id = \"{id}\"\nname = \"Captured\"\n")).await
}

async fn register_by(world: &World, file: &str) -> AppId {
    let app = Application::from_file(file, &world.domain.env).expect("a file");
    let certificate =
        std::fs::read(folder().join("keys/application-certificate.pem")).expect("a certificate");
    let certificate = Certificate::read(&certificate).expect("a certificate");
    applications::add(&world.domain, &app, &[certificate]).await.expect("registered");
    app.id
}

async fn server(world: &World) -> SocketAddr {
    use clap::Parser as _;
    let cli = Cli::parse_from(["keepwell", "serve", "--address", "127.0.0.1:0"]);
    let config = cli.options.resolve("unused").expect("a configuration");
    let listener = listen::bind(config.address).await.expect("a socket");
    let address = listener.local_addr().expect("an address");
    let router = serve::faces(&config, &world.domain).await.expect("faces").0;
    tokio::spawn(listen::serve(listener, router, None, Vec::new(), std::future::pending()));
    address
}

/// The application that a plain request for a session names.
fn named_app(request: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(request).ok()?;
    let header = text.split_once("<method>CreateAuthenticatedSessionToken</method>")?.1;
    Some(header.split_once("<app-id>")?.1.split_once('<')?.0.to_owned())
}

/// Sends the bytes as they are and reads the answer's body.
async fn send(address: SocketAddr, request: &[u8]) -> (u16, String) {
    let mut stream = TcpStream::connect(address).await.expect("connected");
    stream.write_all(request).await.expect("sent");
    let mut answer = Vec::new();
    loop {
        let mut part = [0; 8192];
        let length = stream.read(&mut part).await.expect("an answer");
        answer.extend_from_slice(&part[..length]);
        let text = String::from_utf8_lossy(&answer);
        if length == 0 || text.trim_end().ends_with("</response>") || text.trim_end().ends_with("</html>") {
            break;
        }
    }
    let text = String::from_utf8(answer).expect("text");
    let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
    let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).expect("a status");
    (status, body.to_owned())
}

on_both_engines!(what_real_clients_sent_passes_every_check_before_the_method, |world: World| async move {
    world.clock.set(RECORDED);
    let ids = json(&folder().join("keys/ids.json"));
    let id = |name: &str| ids[name].as_str().expect("an id").to_owned();
    let app = register(&world, &id("app_id")).await;
    let master = id("soda_master_app_id");
    register_by(
        &world,
        &format!(
            "id = \"{master}\"\nname = \"Captured on devices\"\nmobile = true\n[[offline]]\nname = \"w\"\n\
             why = \"w\"\npermissions = [\"read\"]\ntypes = [\"weight\"]\n"
        ),
    )
    .await;
    let address = server(&world).await;
    let mut count = 0;
    for client in std::fs::read_dir(folder()).expect("the captures").map(|f| f.expect("a folder").path()) {
        if !client.join("index.json").exists() {
            continue;
        }
        let index = json(&client.join("index.json"));
        for soda in index["soda-applications"].as_array().expect("a list") {
            let child = register(&world, soda["child-app-id"].as_str().expect("an id")).await;
            let secret = soda["shared-secret-base64"].as_str().expect("a secret");
            let secret = BASE64_STANDARD.decode(secret).expect("Base64");
            applications::set_secret(&world.domain, child, &SecretSlice::from(secret)).await.expect("kept");
        }
        for request in index["requests"].as_array().expect("a list") {
            count += 1;
            let file = request["file"].as_str().expect("a file");
            let bytes = std::fs::read(client.join(file)).expect("a request");
            let token = request["session-token"].as_str();
            if let Some(token) = token {
                let session =
                    index["sessions"].as_array().expect("a list").iter().find(|s| s["token"] == token);
                let secret = session.expect("a session")["shared-secret-base64"].as_str().expect("a secret");
                let key = SessionKey {
                    secret: SecretSlice::from(BASE64_STANDARD.decode(secret).expect("Base64")),
                    algorithm: request["hmac"].as_str().expect("an HMAC").to_owned(),
                };
                // Which of the two applications it was does not show in a session's request.
                sessions::keep(&world.domain, app, &key, token).await.expect("kept");
            }
            if let Some(other) = named_app(&bytes) {
                // One test of an SDK speaks for a second application.
                let id = AppId(other.parse().expect("an id"));
                if applications::find(&world.domain, id).await.expect("asked").is_none() {
                    register(&world, &other).await;
                }
            }
            let (status, body) = send(address, &bytes).await;
            let reply = Reply::of(body);
            let what = format!("{}/{file}: {}", client.file_name().unwrap_or_default().display(), reply.text);
            assert_eq!(status, 200, "{what}");
            let name = request["method"].as_str().expect("a method");
            let offered = keepwell_platform::METHODS.iter().any(|m| m.name == name);
            match (offered, name) {
                (false, _) => assert_eq!(reply.code, 5, "{what}"),
                // The vocabularies that were asked for come with the program.
                (
                    true,
                    "CreateAuthenticatedSessionToken"
                    | "GetServiceDefinition"
                    | "GetAuthorizedPeople"
                    | "GetThingType"
                    | "GetVocabulary"
                    | "SearchVocabulary",
                ) => {
                    assert_eq!(reply.code, 0, "{what}");
                }
                // One test of an SDK asks for an application that is not for devices.
                (true, "NewApplicationCreationInfo") => {
                    let is_master = String::from_utf8_lossy(&bytes).contains(&master);
                    let is_plain = request["body-encoding"] == "plain";
                    assert!(reply.code == 0 || (is_plain && !is_master && reply.code == 6), "{what}");
                }
                // They are not among what an ordinary application may call.
                (
                    true,
                    "UpdateApplication"
                    | "AllocatePackageId"
                    | "BeginPutConnectPackageBlob"
                    | "CreateConnectPackage"
                    | "CreateConnectRequest"
                    | "DeletePendingConnectPackage"
                    | "UpdateExternalId"
                    | "GetAuthorizedConnectRequests"
                    | "DeletePendingConnectRequest",
                ) => assert_eq!(reply.code, 11, "{what}"),
                // Nobody has allowed these applications anything here: the door is what refuses.
                (true, _) => assert!(matches!(reply.code, 0 | 7 | 9 | 10), "{what}"),
            }
        }
    }
    assert_eq!(count, 205);
});
