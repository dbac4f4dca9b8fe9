//! The phone that is played, against the platform itself.

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use async_trait::async_trait;
use keepwell_core::applications::{self, Application};
use keepwell_core::env::{HOUR, HandClock};
use keepwell_core::ids::{AppId, PersonId, RecordId};
use keepwell_core::installations;
use keepwell_platform::{Platform, Settings};
use keepwell_testkit::{START, World, on_both_engines};
use tempfile::TempDir;

use super::*;

/// The platform, behind a network that fails as often as it is told, and a server that is started anew.
struct Network {
    platform: Mutex<Platform>,
    lost: AtomicU32,
    /// What arrives although no answer comes back.
    lost_answers: AtomicU32,
}

#[async_trait]
impl Transport for Network {
    async fn post(&self, _url: &str, body: String) -> Result<String, Error> {
        let is_down = |count: &AtomicU32| {
            count.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok()
        };
        if is_down(&self.lost) {
            return Err(Error::transport("the network is lost"));
        }
        let platform = self.platform.lock().expect("a platform").clone();
        let answer = platform.answer(None, None, body.as_bytes()).await;
        if is_down(&self.lost_answers) {
            return Err(Error::transport("the answer is lost"));
        }
        Ok(answer)
    }
}

struct House {
    world: World,
    network: Arc<Network>,
    phone: Phone,
    master: Arc<Application>,
    ada: PersonId,
    record: RecordId,
    folder: TempDir,
}

fn settings() -> Settings {
    Settings::at("http://localhost:8470", START)
}

impl House {
    async fn of(world: World) -> Self {
        let master = world.mobile_app().await;
        let (ada, record) = world.person("Ada").await;
        let network = Arc::new(Network {
            platform: Mutex::new(Platform::new(world.domain.clone(), settings())),
            lost: AtomicU32::new(0),
            lost_answers: AtomicU32::new(0),
        });
        let hands: Arc<HandClock> = world.clock.clone();
        let clock = Clock::new(move || {
            jiff::Timestamp::from_microsecond(keepwell_core::env::Clock::now(hands.as_ref())).expect("a time")
        });
        let phone = Phone { transport: Arc::clone(&network) as _, clock, pause: Duration::ZERO };
        let folder = tempfile::tempdir().expect("a folder");
        Self { world, network, phone, master, ada, record, folder }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("phone.json")
    }

    async fn begin(&self, app: AppId) -> anyhow::Result<DeviceSetup> {
        let config = DeviceConfig {
            platform_url: settings().platform_url,
            shell_url: settings().shell_url,
            master_app_id: app.0,
            instance_name: "Ada\u{2019}s phone".to_owned(),
        };
        self.phone.begin(config, &self.file()).await
    }

    /// Ada opens the address and allows what it asks.
    async fn let_in(&self, setup: &DeviceSetup) -> AppId {
        let address = setup.shell_url().to_string();
        let query = address.split("targetqs=").nth(1).expect("a query");
        let inner: String = form_urlencoded::parse(format!("q={query}").as_bytes())
            .map(|(_, value)| value.into_owned())
            .collect();
        let token = form_urlencoded::parse(inner.as_bytes())
            .find(|(name, _)| name == "appCreationToken")
            .map(|(_, token)| token.into_owned())
            .expect("a token");
        let offered = installations::open(&self.world.domain, &self.master, &token, "phone").await;
        let offered = offered.expect("a good token");
        self.world.let_in(&offered, self.ada, self.record).await.expect("let in");
        offered.app.id
    }

    /// A phone that works.
    async fn ready(&self) -> AppId {
        let setup = self.begin(self.master.id).await.expect("an identity");
        let id = self.let_in(&setup).await;
        self.phone.wait(&self.file()).await.expect("let in");
        id
    }

    async fn kilograms(&self) -> anyhow::Result<Vec<f64>> {
        let things = self.phone.weights(&self.file()).await?;
        things.iter().map(|thing| Ok(thing.weight()?.kg)).collect()
    }

    async fn weigh(&self, kg: f64) -> anyhow::Result<()> {
        self.phone.weigh(&self.file(), kg, jiff::civil::date(2026, 6, 1).at(7, 0, 0, 0)).await
    }
}

on_both_engines!(a_phone_is_let_in_and_works_for_as_long_as_it_may, |world: World| async move {
    let house = House::of(world).await;
    let setup = house.begin(house.master.id).await.expect("an identity");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(house.file()).expect("a file").permissions().mode();
        assert_eq!(mode & 0o077, 0, "nobody else reads the secret");
    }
    let early = house.weigh(1.0).await.expect_err("nobody has let it in").to_string();
    assert!(early.contains("nobody has let this device in") && early.contains("/redirect.aspx"), "{early}");
    let id = house.let_in(&setup).await;
    house.network.lost.store(3, Ordering::SeqCst);
    house.phone.wait(&house.file()).await.expect("it waits for a lost network");

    house.weigh(70.5).await.expect("written");
    assert_eq!(house.kilograms().await.expect("read"), [70.5]);
    // The server is started anew, with the same database.
    let again = Platform::new(house.world.another_process().await, settings());
    *house.network.platform.lock().expect("a platform") = again;
    assert_eq!(house.kilograms().await.expect("read"), [70.5]);
    house.world.clock.advance(5 * HOUR);
    house.weigh(70.1).await.expect("the session that ended is no matter");
    house.network.lost.store(2, Ordering::SeqCst);
    assert_eq!(house.kilograms().await.expect("nor a network that is lost").len(), 2);
    house.network.lost.store(1000, Ordering::SeqCst);
    let lost = format!("{:#}", house.kilograms().await.expect_err("no network"));
    assert!(lost.contains("nothing is lost"), "{lost}");
    house.network.lost.store(0, Ordering::SeqCst);

    house.world.revoke(id, house.ada, house.record).await;
    let stopped = format!("{:#}", house.kilograms().await.expect_err("stopped"));
    assert!(stopped.contains("allow it again at") && stopped.contains("target=APPAUTH"), "{stopped}");
    let child = applications::find(&house.world.domain, id).await.expect("asked").expect("there").application;
    house.world.allow(&child, house.ada, house.record).await;
    assert_eq!(house.kilograms().await.expect("allowed again").len(), 2);
    installations::cut_off(&house.world.domain, house.ada, &[id]).await.expect("cut off");
    let cut = format!("{:#}", house.kilograms().await.expect_err("cut off"));
    assert!(cut.contains("was cut off") && cut.contains("keepwell device new"), "{cut}");
});

on_both_engines!(a_weight_whose_answer_is_lost_is_there_once, |world: World| async move {
    let house = House::of(world).await;
    house.ready().await;
    assert!(house.kilograms().await.expect("read").is_empty());
    house.network.lost_answers.store(2, Ordering::SeqCst);
    house.weigh(70.5).await.expect("written");
    assert_eq!(house.kilograms().await.expect("read"), [70.5]);
});

on_both_engines!(a_phone_that_is_forgotten_gives_its_record_up, |world: World| async move {
    let house = House::of(world).await;
    let id = house.ready().await;
    house.phone.forget(&house.file()).await.expect("forgotten");
    assert!(!house.file().exists());
    let child = applications::find(&house.world.domain, id).await.expect("asked").expect("there").application;
    let allowed = keepwell_core::authorizations::records_of(&house.world.domain, &child, house.ada).await;
    assert!(allowed.expect("asked").is_empty());
});

on_both_engines!(an_identity_is_asked_for_once_and_of_the_right_application, |world: World| async move {
    let house = House::of(world).await;
    let web = house.world.weight_app().await;
    let refused = format!("{:#}", house.begin(web.app.id).await.expect_err("not for devices"));
    assert!(refused.contains("does not offer this application to devices"), "{refused}");
    house.begin(house.master.id).await.expect("an identity");
    let twice = house.begin(house.master.id).await.expect_err("the file is there").to_string();
    assert!(twice.contains("there already"), "{twice}");
});
