//! Two people with all that the Shell shows, and every name and text of it hostile.

use axum::body::{Body, Bytes, to_bytes};
use http::{HeaderMap, Method, Request, StatusCode, header};
use keepwell_core::credentials::passkeys;
use keepwell_core::ids::{AppId, PersonId, RecordId, ThingId};
use keepwell_core::persons;
use keepwell_core::sessions::shell as sign_ins;
use keepwell_core::things::{self, BlobSource, PutBlob, PutThing, ThingKey};
use keepwell_core::{authorizations::Caller, thing_types};
use keepwell_testkit::{ActingApp, PasskeyDevice, Snapshot, World, weight};
use uuid::Uuid;

use super::markup::{mark, quoted};
use super::routes::Route;
use crate::browser::{Browser, ORIGIN, Site};

/// A person with everything.
pub struct Resident {
    pub person: PersonId,
    pub record: RecordId,
    /// A weight with an attachment.
    pub item: ThingKey,
    /// One that was removed.
    pub removed: ThingId,
    /// An application that may use the record.
    pub app: AppId,
    /// A phone that was let in.
    pub phone: AppId,
    /// What that phone's application is.
    pub master: AppId,
    /// One of their passkeys.
    pub passkey: Uuid,
}

/// The house.
pub struct House {
    pub world: World,
    pub site: Site,
    pub ada: Resident,
    pub bob: Resident,
}

/// An answer, whole.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    pub fn says(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap_or("not ASCII"))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Whether the form's token was not taken.
    pub fn is_form_refused(&self) -> bool {
        self.text().contains("This page lay open too long") || self.status.is_client_error()
    }

    /// Whether something broke on our side.
    pub fn is_broken(&self) -> bool {
        self.status.is_server_error() || self.text().contains("Something broke on our side")
    }
}

impl House {
    pub async fn of(world: World) -> Self {
        let site = Site::of(&world);
        let ada = settle(&world, "Ada").await;
        let bob = settle(&world, "Bob").await;
        world.clock.advance(1_000_000);
        world.domain.settle().await;
        Self { world, site, ada, bob }
    }

    /// A browser in which the person is signed in.
    pub async fn browser_of(&self, resident: &Resident) -> Browser {
        let mut browser = self.site.browser();
        let secret = sign_ins::begin(
            &self.world.domain,
            resident.person,
            "Firefox/1 Linux",
            sign_ins::Proof::Password,
        )
        .await;
        browser.cookie = Some(secret.expect("a sign-in"));
        browser
    }

    /// The token of the browser's forms.
    pub fn csrf(&self, browser: &Browser) -> String {
        sign_ins::csrf(&self.world.domain, browser.cookie.as_deref().expect("a cookie"))
    }

    pub async fn snapshot(&self) -> Snapshot {
        self.site.settle().await;
        self.world.snapshot().await
    }
}

/// Nothing changed but what is left out: whoever is let in to look leaves an entry of it.
pub fn assert_same(before: &Snapshot, after: &Snapshot, left_out: &[&str], why: &str) {
    for (table, rows) in before.iter().filter(|(table, _)| !left_out.contains(*table)) {
        assert_eq!(rows, &after[table], "{table}: {why}");
    }
}

/// The address of a route for this person.
pub fn address(route: &Route, of: &Resident) -> String {
    let value = |name: &str| match (name, route.path) {
        ("record", _) => of.record.to_string(),
        ("item", _) => of.item.id.to_string(),
        ("version", _) => of.item.stamp.to_string(),
        ("passkey", _) => of.passkey.to_string(),
        ("index", _) => "0".to_owned(),
        ("kind", _) => thing_types::WEIGHT.to_string(),
        ("which", _) => "privacy".to_owned(),
        ("app", "/devices/{app}") => of.phone.to_string(),
        ("app", "/devices/all/{app}") => of.master.to_string(),
        ("app", _) => of.app.to_string(),
        (other, path) => panic!("the hostile tests do not know what {{{other}}} is in {path}"),
    };
    filled(route.path, value)
}

/// A path with these values for its names.
pub fn filled(path: &str, value: impl Fn(&str) -> String) -> String {
    let segments = path.split('/').map(|segment| {
        match segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            Some(name) => value(name),
            None => segment.to_owned(),
        }
    });
    segments.collect::<Vec<_>>().join("/")
}

/// One request, as it is.
pub async fn ask(browser: &mut Browser, method: Method, address: &str, body: &[u8]) -> Answer {
    ask_from(browser, method, address, body, "same-origin").await
}

/// The same from a page of such a site.
pub async fn ask_from(
    browser: &mut Browser,
    method: Method,
    address: &str,
    body: &[u8],
    site: &str,
) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri(address)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", site)
        .body(Body::from(body.to_vec()))
        .unwrap();
    let (parts, body) = browser.request(request).await.into_parts();
    let body = to_bytes(body, 64 << 20).await.expect("a whole body");
    Answer { status: parts.status, headers: parts.headers, body }
}

/// A form as it travels.
pub fn form(fields: &[(&str, &str)]) -> Vec<u8> {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish().into_bytes()
}

/// All fields of all forms, filled in so that as much as possible would happen.
pub fn fields(route: &Route, of: &Resident) -> Vec<(&'static str, String)> {
    let decision = match route.path {
        "/consent" => "allow",
        "/connect/package" => "take",
        path if path.ends_with("/stop") => "stop",
        path if path.ends_with("/remove") || path.ends_with("/picture") => "remove",
        path if path.ends_with("/close") => "close",
        "/account/keep" => "keep",
        path if path.starts_with("/devices") => "cut",
        _ => "save",
    };
    let own = |text: &str| text.to_owned();
    vec![
        ("decision", own(decision)),
        ("email", own("ada@example.org")),
        ("password", own(World::PASSWORD)),
        ("current", own(World::PASSWORD)),
        ("again", own(World::PASSWORD)),
        ("name", own("Mallory")),
        ("about", own("yourself")),
        ("birth_year", own("1980")),
        ("country", own("US")),
        ("agreed", own("true")),
        ("code", own("JKYZ-QNMN-VHRX-ZGNR-GZNH")),
        ("answer", own("parakeet")),
        ("token", own("nonsense")),
        ("record", of.record.to_string()),
        ("version", of.item.stamp.to_string()),
        ("session", own("00000000-0000-4000-8000-000000000009")),
        ("notice", own("00000000-0000-4000-8000-000000000009")),
        ("weight", own("lb")),
        ("when_y", own("2026")),
        ("when_m", own("6")),
        ("when_d", own("1")),
        ("when_t", own("07:30")),
        ("value", own("71.5")),
    ]
}

async fn settle(world: &World, name: &str) -> Resident {
    let (person, record) = world.person(name).await;
    let app = application(world).await;
    world.allow(&app.app, person, record).await;
    let by_app = world.online(&app, person);
    let domain = &world.domain;
    let attached = PutThing { blobs: vec![attachment()], ..weight(71.5, 1) };
    let put = things::put(domain, &by_app, record, &[attached, weight(72.5, 2)]).await.expect("put");
    let her = Caller::person(person);
    things::remove(domain, &her, record, &[(put[1].id, Some(put[1].stamp))]).await.expect("removed");
    let master = world.mobile_app_from(&format!("name = {}\n", quoted(&mark(14)))).await.id;
    let phone = world.phone(master, &mark(15), person, record).await.id;
    let passkey = passkey(world, person).await;
    Resident { person, record, item: put[0], removed: put[1].id, app: app.app.id, phone, master, passkey }
}

/// A passkey with a hostile name.
async fn passkey(world: &World, id: PersonId) -> Uuid {
    let domain = &world.domain;
    let person = persons::find(domain, id).await.expect("asked").expect("known");
    let site = passkeys::Site::at(ORIGIN, "Keepwell").expect("a site");
    let options = passkeys::begin_adding(domain, &site, "here", &person).await.expect("begun");
    let made = PasskeyDevice::at(ORIGIN).create(&options);
    let name: String = mark(40).chars().take(passkeys::LONGEST_NAME).collect();
    passkeys::add(domain, &site, "here", id, &made, &name, None).await.expect("added");
    passkeys::of_person(domain, id).await.expect("asked")[0].id
}

fn attachment() -> PutBlob {
    PutBlob {
        name: format!("{}\r\nset-cookie: a=b", mark(12)),
        content_type: "text/html".to_owned(),
        hash: None,
        length: None,
        source: BlobSource::Inline(Bytes::from(format!("<script>{}</script>", mark(13)))),
        legacy_encoding: None,
        encoding: None,
    }
}

/// An application that says something hostile wherever it can say something.
async fn application(world: &World) -> ActingApp {
    let rule = |set: &str, number| {
        format!(
            "[[{set}]]\nname = \"weight\"\nwhy = {}\n\
             permissions = [\"read\", \"create\", \"update\", \"delete\"]\ntypes = [\"*\"]\n",
            quoted(&mark(number))
        )
    };
    let said = |number| quoted(&mark(number));
    let head = format!(
        "name = {}\ndescription = {}\naction-url = \"https://weights.example/return\"\n\
         privacy = {}\nterms = {{ content-type = \"text/html\", text = {} }}\n\
         success-message = {}\ntelephone = {}\nmethods = [\"basic\", \"connect\"]\n",
        said(1),
        said(2),
        said(3),
        said(4),
        said(5),
        said(6)
    );
    world.app(&format!("{head}{}{}", rule("online", 7), rule("offline", 8))).await
}
