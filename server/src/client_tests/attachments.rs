//! Attachments by the client library and by the command line, over sockets, with connections that break.

use std::io::Cursor;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use keepwell_client::transport::Http;
use keepwell_client::{BlobError, BlobFormat, NewBlob};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::*;
use crate::cli::FileCommand;
use crate::files;
use crate::link::{ClientOptions, LinkOptions};

pub(super) const ALL: usize = usize::MAX;

/// The platform at an address of its own.
pub(super) async fn serve(world: &World) -> String {
    serve_breaking(world, Vec::new()).await
}

/// The platform at an address of its own, and another before it, where it says that blobs are streamed and
/// where connections break: each of these after so many bytes up or down, all later ones never.
pub(super) async fn serve_breaking(world: &World, breaks: Vec<(usize, usize)>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let behind = listener.local_addr().expect("an address");
    let front = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let streamed_at = format!("http://{}", front.local_addr().expect("an address"));
    let platform = Platform::new(world.domain.clone(), Settings::at(&streamed_at, keepwell_testkit::START));
    let router =
        keepwell_platform::router(platform).merge(keepwell_platform::streaming::router(world.domain.clone()));
    tokio::spawn(async move { axum::serve(listener, router).await });
    tokio::spawn(async move {
        let mut breaks = breaks.into_iter();
        while let Ok((client, _)) = front.accept().await {
            let (up, down) = breaks.next().unwrap_or((ALL, ALL));
            tokio::spawn(carry(client, behind, up, down));
        }
    });
    format!("http://{behind}")
}

/// Carries bytes both ways until one way has carried what it may.
async fn carry(mut client: TcpStream, behind: SocketAddr, up: usize, down: usize) {
    let mut server = TcpStream::connect(behind).await.expect("the platform");
    let (mut from_client, mut to_client) = client.split();
    let (mut from_server, mut to_server) = server.split();
    let up = async {
        let mut left = u64::try_from(up).unwrap_or(u64::MAX);
        let mut buffer = vec![0; 64 * 1024];
        while let Ok(n) = from_client.read(&mut buffer).await {
            left = left.saturating_sub(n as u64);
            if n == 0 || left == 0 || to_server.write_all(&buffer[..n]).await.is_err() {
                break;
            }
        }
    };
    let down = async {
        let mut left = u64::try_from(down).unwrap_or(u64::MAX);
        let mut buffer = vec![0; 64 * 1024];
        while let Ok(n) = from_server.read(&mut buffer).await {
            left = left.saturating_sub(n as u64);
            if n == 0 || left == 0 || to_client.write_all(&buffer[..n]).await.is_err() {
                break;
            }
        }
    };
    tokio::select! { () = up => {}, () = down => {} }
}

/// A client that waits for nothing between two tries.
pub(super) fn hasty(world: &World, app: &ActingApp, origin: &str) -> Client {
    let config = Config {
        platform_url: format!("{origin}{}", keepwell_platform::PATH),
        app_id: app.app.id.0,
        key_pem: app.key.pem(),
        thumbprint: Thumbprint::from_hex(&app.key.certificate().thumbprint).expect("a thumbprint"),
    };
    let hands: Arc<HandClock> = world.clock.clone();
    let clock = Clock::new(move || {
        jiff::Timestamp::from_microsecond(keepwell_core::env::Clock::now(hands.as_ref())).expect("a time")
    });
    let clock = clock.pausing(|_: Duration| tokio::task::yield_now());
    Client::with(config, Arc::new(Http::new().expect("a transport")), clock).expect("a client")
}

pub(super) fn noise(length: u32) -> Vec<u8> {
    (0..length).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect()
}

on_both_engines!(what_breaks_on_the_way_up_and_down_goes_on_and_arrives_whole, |world: World| async move {
    let (app, _, _, token) = set_up(&world).await;
    let breaks =
        vec![(5_000_000, ALL), (3_000_000, ALL), (200, ALL), (4_000_000, ALL), (ALL, 9_000_000), (ALL, 800)];
    let origin = serve_breaking(&world, breaks).await;
    let client = hasty(&world, &app, &origin);
    let caller = client.online(&token);
    let record = caller.record(caller.person_info().await.expect("a person").record().expect("a record").id);
    let bytes = noise(20 << 20);
    let uploaded = record.upload(&mut Cursor::new(&bytes), |_| {}).await.expect("uploaded");
    let empty = record.upload(&mut Cursor::new(b""), |_| {}).await.expect("uploaded");
    let thing = || NewThing::weight(70.0, jiff::civil::date(2026, 5, 1).at(7, 30, 0, 0));
    let blobs = |thing: NewThing| {
        thing
            .with_blob(NewBlob::uploaded("scan", "image/png", uploaded.clone()))
            .with_blob(NewBlob::uploaded("empty", "text/plain", empty.clone()))
    };
    record.put_things(&[blobs(thing())]).await.expect("put");
    let query = Query::of_type(WEIGHT).with_blobs(BlobFormat::Streamed);
    let found = record.get_things(&query).await.expect("found").things.remove(0);
    let mut back = Vec::new();
    record.download(found.blob("scan").expect("it"), &mut back, |_| {}).await.expect("downloaded");
    assert!(back == bytes);
    let mut nothing = Vec::new();
    record.download(found.blob("empty").expect("it"), &mut nothing, |_| {}).await.expect("downloaded");
    assert!(nothing.is_empty());
    let again = record.put_things(&[blobs(thing())]).await.expect_err("each is an attachment once");
    assert_eq!(again.status(), Some(Status::BLOB_TOKEN_COMMITTED));
});

on_both_engines!(a_full_server_says_so_and_the_upload_goes_on_later, |world: World| async move {
    let (app, _, _, token) = set_up(&world).await;
    let origin = serve(&world).await;
    let client = hasty(&world, &app, &origin);
    let caller = client.online(&token);
    let record = caller.record(caller.person_info().await.expect("a person").record().expect("a record").id);
    let bytes = noise(10 << 20);
    let mut upload = record.begin_upload(bytes.len() as u64).await.expect("begun");
    // As often as the client may ask.
    for _ in 0..20 {
        world.faults.next_put_is_full();
    }
    let refused = record.send_upload(&mut upload, &mut Cursor::new(&bytes), |_| {}).await.expect_err("full");
    assert!(matches!(refused, Error::Blob(BlobError::NoRoom(_))), "{refused}");
    world.faults.there_is_room();
    let uploaded = record.send_upload(&mut upload, &mut Cursor::new(&bytes), |_| {}).await.expect("uploaded");
    assert_eq!(uploaded.length, bytes.len() as u64);
});

on_both_engines!(the_command_line_puts_a_file_into_a_record_and_fetches_it, |world: World| async move {
    let rule =
        "[[offline]]\nname = \"f\"\nwhy = \"f\"\npermissions = [\"read\", \"create\"]\ntypes = [\"file\"]\n";
    let app = world.app(&format!("name = \"Desk\"\n{rule}")).await;
    let (ada, record) = world.person("Ada").await;
    world.allow(&app.app, ada, record).await;
    // The command's clock is the machine's.
    world.clock.set(keepwell_core::Env::system().now());
    let origin = serve(&world).await;
    let folder = tempfile::tempdir().expect("a folder");
    let link = client_file(folder.path(), &app, &origin);
    let (file, back) = (folder.path().join("a & <b>.bin"), folder.path().join("back"));
    let bytes = noise(3 << 20);
    std::fs::write(&file, &bytes).expect("written");
    let put = FileCommand::Put { files: vec![file.clone()], link: link.clone() };
    files::run(put).await.expect("put");
    files::run(FileCommand::List { link: link.clone() }).await.expect("listed");
    let client = hasty(&world, &app, &origin);
    let mut people = client.people(PeopleQuery::default());
    let person = people.next().await.expect("asked").expect("Ada");
    let caller = client.offline(person.id);
    let query = Query::of_type(uuid::uuid!("bd0403c5-4ae2-4b0e-a8db-1888678e4528"));
    let things = caller.record(person.records[0].id).all_things(&query).await.expect("things");
    assert_eq!(things.len(), 1);
    assert!(things[0].data_xml.as_ref().expect("data").contains("a &amp; &lt;b&gt;.bin"));
    let get = |to: &Path| FileCommand::Get {
        id: things[0].key.id,
        name: None,
        to: Some(to.into()),
        link: link.clone(),
    };
    files::run(get(&back)).await.expect("fetched");
    assert!(std::fs::read(&back).expect("read") == bytes);
    let refused = files::run(get(&back)).await.expect_err("it is there");
    assert!(refused.to_string().contains("is there already"), "{refused}");
    let left: Vec<_> =
        std::fs::read_dir(folder.path()).expect("read").map(|e| e.expect("one").file_name()).collect();
    assert_eq!(left.len(), 5, "nothing is left beside the files: {left:?}");
});

pub(super) fn client_file(folder: &Path, app: &ActingApp, origin: &str) -> LinkOptions {
    let platform = format!("{origin}{}", keepwell_platform::PATH);
    let text = format!(
        "platform = \"{platform}\"\napp-id = \"{}\"\nkey = \"key.pem\"\ncertificate = \"cert.der\"\n\
         shell = \"https://records.example.org\"\nname = \"Larkfield Clinic\"\n",
        app.app.id
    );
    let client = folder.join("client.toml");
    std::fs::write(&client, text).expect("written");
    std::fs::write(folder.join("key.pem"), app.key.pem()).expect("written");
    std::fs::write(folder.join("cert.der"), app.key.certificate().der).expect("written");
    LinkOptions { client: ClientOptions { client }, person: None, record: None }
}
