//! An application with a session, and a person who allowed it something.

use keepwell_core::authorizations::{person_pseudonym, record_pseudonym};
use keepwell_core::ids::{PersonId, PersonPseudonym, RecordId, RecordPseudonym};
use keepwell_core::sessions::user_token;
use keepwell_platform::{Platform, Settings};
use keepwell_testkit::{ActingApp, Reply, Session, World, weight_xml};

pub struct Desk {
    pub world: World,
    pub platform: Platform,
    pub app: ActingApp,
    pub session: Session,
    pub ada: PersonId,
    pub record: RecordId,
    pub wctoken: String,
}

/// How a request says whom it is for.
#[derive(Clone, Copy, Debug)]
pub enum As {
    Nobody,
    Online,
    Offline,
}

impl Desk {
    /// Ada has allowed the application everything with weights.
    pub async fn of(world: World) -> Self {
        let app = world.weight_app().await;
        Self::with(world, app).await
    }

    pub async fn with(world: World, app: ActingApp) -> Self {
        let (ada, record) = world.person("Ada").await;
        world.allow(&app.app, ada, record).await;
        Self::for_person(world, app, ada, record).await
    }

    /// The same for somebody who has allowed the application already.
    pub async fn for_person(world: World, app: ActingApp, ada: PersonId, record: RecordId) -> Self {
        let settings = Settings::at("http://localhost:8470", keepwell_testkit::START);
        let platform = Platform::new(world.domain.clone(), settings);
        let request = app.session_request(world.domain.env.now());
        let reply = Reply::of(platform.answer(None, None, request.as_bytes()).await);
        assert_eq!(reply.code, 0, "{}", reply.text);
        let session = app.session(&reply);
        let wctoken = user_token::give(&world.domain, app.app.id, ada, false, None).await.unwrap();
        Self { world, platform, app, session, ada, record, wctoken }
    }

    pub fn now(&self) -> i64 {
        self.world.domain.env.now()
    }

    pub fn person(&self) -> PersonPseudonym {
        person_pseudonym(&self.world.domain, self.app.app.id, self.ada)
    }

    pub fn record(&self) -> RecordPseudonym {
        record_pseudonym(&self.world.domain, self.app.app.id, self.ada, self.record)
    }

    pub async fn send(&self, request: &str) -> Reply {
        Reply::of(self.platform.answer(None, None, request.as_bytes()).await)
    }

    /// A signed request about Ada's record.
    pub fn request(&self, method: &str, version: u32, info: &str, how: As) -> String {
        let ask = self.session.ask(method, version, info, self.now()).record(self.record());
        match how {
            As::Nobody => ask,
            As::Online => ask.online(&self.wctoken),
            As::Offline => ask.offline(self.person()),
        }
        .text()
    }

    pub async fn call(&self, method: &str, version: u32, info: &str, how: As) -> Reply {
        self.send(&self.request(method, version, info, how)).await
    }

    /// The same, which must succeed.
    pub async fn good(&self, method: &str, version: u32, info: &str, how: As) -> Reply {
        let reply = self.call(method, version, info, how).await;
        assert_eq!(reply.code, 0, "{method} {version}: {}", reply.text);
        reply
    }
}

pub const WEIGHT: &str = "3d34d87e-7fc1-4153-800f-f56592cb0d17";

pub fn put_weight(kg: f64, day: u32) -> String {
    let data = weight_xml(kg, day);
    format!("<info><thing><type-id>{WEIGHT}</type-id><data-xml>{data}</data-xml></thing></info>")
}

pub fn get_weights() -> String {
    get(&format!("<filter><type-id>{WEIGHT}</type-id></filter>"), "")
}

pub fn get(which: &str, attributes: &str) -> String {
    format!(
        "<info><group name=\"w\"{attributes}>{which}<format><section>core</section><section>audits</section>\
         <section>effectivepermissions</section><section>tags</section><xml/></format></group></info>"
    )
}
