//! A browser: it keeps cookies, follows redirects within the Shell, and fills in the forms that it sees.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use http::{Request, Response, StatusCode, header};
use keepwell_core::Domain;
use keepwell_core::erasure::Event;
use keepwell_core::letters::{self, Letter, MailError, Mailer, Outgoing};
use keepwell_core::persons::Person;
use keepwell_testkit::World;
use keepwell_web::redirect::action_url::Environment;
use keepwell_web::{ClientAddress, Shell, ShellSettings, paths, router};
use tower::util::MapRequestLayer;
use tower::{Layer, ServiceExt};
use uuid::Uuid;

pub const ORIGIN: &str = "https://shell.example";

/// Keeps letters for the test to read.
#[derive(Default)]
pub struct Letters(Mutex<Vec<(Uuid, Letter)>>);

impl Mailer for Letters {
    fn send<'a>(&'a self, outgoing: &'a Outgoing) -> BoxFuture<'a, Result<String, MailError>> {
        self.0.lock().unwrap().push((outgoing.id, outgoing.letter.clone()));
        async { Ok(String::new()) }.boxed()
    }
}

/// A server, and what it sent.
#[derive(Clone)]
pub struct Site {
    router: Router,
    shell: Shell,
    domain: Domain,
    letters: Arc<Letters>,
}

impl Site {
    pub fn of(world: &World) -> Self {
        Self::in_environment(world, Environment::Production)
    }

    pub fn in_environment(world: &World, environment: Environment) -> Self {
        Self::with(world, ShellSettings { environment, ..ShellSettings::at(ORIGIN) })
    }

    pub fn with(world: &World, settings: ShellSettings) -> Self {
        let domain = world.domain.clone();
        let shell = Shell::new(domain.clone(), settings, keepwell_platform::packaged_thing);
        Self { router: router(shell.clone()), shell, domain, letters: Arc::default() }
    }

    /// Waits for what pages left to be done.
    pub async fn settle(&self) {
        self.shell.settle().await;
    }

    /// The letters so far. Several leave at once; those that left now stand in the order in which they were written.
    pub async fn letters(&self) -> Vec<Letter> {
        self.settle().await;
        let before = self.letters.0.lock().unwrap().len();
        letters::deliver(&self.domain, self.letters.as_ref()).await.unwrap();
        let mut letters = self.letters.0.lock().unwrap();
        letters[before..].sort_by_key(|(id, _)| *id);
        letters.iter().map(|(_, letter)| letter.clone()).collect()
    }

    /// What a person is told of their account's end, which no browser asks for.
    pub fn letter_about(&self, person: &Person, event: &Event) -> Letter {
        self.shell.letter_about_erasure(person, event)
    }

    pub fn browser(&self) -> Browser {
        Browser { site: self.clone(), cookie: None, others: BTreeMap::new(), agent: "", address: None }
    }
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Page {
    /// The address that was asked for last.
    pub address: String,
    pub status: StatusCode,
    /// Where the browser was sent, when that is another site.
    pub left_for: Option<String>,
    pub headers: http::HeaderMap,
    pub html: String,
}

/// One person's browser.
#[derive(Clone)]
pub struct Browser {
    site: Site,
    pub cookie: Option<String>,
    /// Those beside it.
    others: BTreeMap<String, String>,
    /// What it calls itself.
    pub agent: &'static str,
    /// Where it is.
    pub address: Option<IpAddr>,
}

impl Browser {
    /// One request, no redirect followed.
    pub async fn request(&mut self, mut request: Request<Body>) -> Response<Body> {
        let session = self.cookie.iter().map(|cookie| format!("__Host-keepwell={cookie}"));
        let others = self.others.iter().map(|(name, value)| format!("{name}={value}"));
        let all: Vec<_> = session.chain(others).collect();
        if !all.is_empty() {
            request.headers_mut().insert(header::COOKIE, all.join("; ").parse().unwrap());
        }
        if !self.agent.is_empty() {
            request.headers_mut().insert(header::USER_AGENT, self.agent.parse().unwrap());
        }
        if let Some(address) = self.address {
            request.extensions_mut().insert(ClientAddress(address));
        }
        let service = MapRequestLayer::new(paths::forgive::<Body>).layer(self.site.router.clone());
        let response = service.oneshot(request).await.unwrap();
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let (name, value) = cookie.to_str().unwrap().split_once('=').unwrap();
            let value = value.split(';').next().unwrap();
            match (name, value) {
                ("__Host-keepwell", value) => {
                    self.cookie = Some(value.to_owned()).filter(|value| !value.is_empty());
                }
                (name, "") => self.drop_cookie(name),
                (name, value) => drop(self.others.insert(name.to_owned(), value.to_owned())),
            }
        }
        response
    }

    /// Waits for what its pages left to be done.
    pub async fn settle(&self) {
        self.site.settle().await;
    }

    /// Whether it has a cookie beside that of the session.
    pub fn has_cookie(&self, name: &str) -> bool {
        self.others.contains_key(name)
    }

    /// Loses it.
    pub fn drop_cookie(&mut self, name: &str) {
        self.others.remove(name);
    }

    /// Follows an answer to where it leads.
    async fn follow(&mut self, mut address: String, mut response: Response<Body>) -> Page {
        let mut left_for = None;
        for _ in 0..10 {
            assert!(
                !response.status().is_client_error() || response.status() == StatusCode::NOT_FOUND,
                "{} for {address}",
                response.status()
            );
            if response.status() != StatusCode::SEE_OTHER {
                break;
            }
            let to = response.headers()[header::LOCATION].to_str().unwrap().to_owned();
            if let Some(rest) = to.strip_prefix(ORIGIN) {
                address = rest.to_owned();
            } else if to.starts_with('/') && !to.starts_with("//") {
                address = to;
            } else {
                left_for = Some(to);
                break;
            }
            response = self.request(Request::get(&address).body(Body::empty()).unwrap()).await;
        }
        let (parts, body) = response.into_parts();
        let html = String::from_utf8(to_bytes(body, 1 << 20).await.unwrap().to_vec()).unwrap();
        Page { address, status: parts.status, left_for, headers: parts.headers, html }
    }

    pub async fn get(&mut self, address: &str) -> Page {
        let response = self.request(Request::get(address).body(Body::empty()).unwrap()).await;
        self.follow(address.to_owned(), response).await
    }

    /// A form as it is, without what a page would add.
    pub async fn post(&mut self, address: &str, fields: &[(&str, &str)]) -> Page {
        self.post_from(address, fields, "same-origin").await
    }

    /// A form on a page of such a site.
    pub async fn post_from(&mut self, address: &str, fields: &[(&str, &str)], site: &str) -> Page {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Request::post(address)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", site)
            .body(Body::from(body))
            .unwrap();
        let response = self.request(request).await;
        self.follow(address.to_owned(), response).await
    }

    /// Fills in the last form on a page, hidden fields included, and sends it.
    pub async fn fill(&mut self, page: &Page, fields: &[(&str, &str)]) -> Page {
        let form = page.form();
        let mut all: Vec<(&str, &str)> = form.hidden.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        all.extend_from_slice(fields);
        self.post(&form.action, &all).await
    }

    /// Signs in on the page where it is asked for.
    pub async fn sign_in(&mut self, page: &Page, name: &str) -> Page {
        assert!(page.html.contains("name=\"password\""), "no sign-in at {}: {}", page.address, page.html);
        let email = format!("{}@example.org", name.to_lowercase());
        self.fill(page, &[("email", &email), ("password", World::PASSWORD)]).await
    }

    /// Signs in at the front door.
    pub async fn sign_in_at_home(&mut self, name: &str) -> Page {
        let page = self.get("/").await;
        self.sign_in(&page, name).await
    }
}

/// The form that a page is about.
pub struct Form {
    pub action: String,
    pub hidden: Vec<(String, String)>,
}

impl Page {
    /// The page without its foot, whose form chooses a language.
    pub fn main(&self) -> &str {
        self.html.split("<footer").next().unwrap()
    }

    /// The last form on the page.
    pub fn form(&self) -> Form {
        let page = self.main();
        let form = page.rsplit("<form method=\"post\" action=\"").next().unwrap();
        assert_ne!(form, page, "no form at {}: {}", self.address, self.html);
        let action = unescape(form.split('"').next().unwrap());
        let inputs = form.split("<input type=\"hidden\" name=\"").skip(1);
        let hidden = inputs.map(|input| {
            let value = input.split("value=\"").nth(1).unwrap().split('"').next().unwrap();
            (input.split('"').next().unwrap().to_owned(), unescape(value))
        });
        Form { action, hidden: hidden.collect() }
    }

    /// The values of the choices of this name.
    pub fn choices(&self, name: &str) -> Vec<String> {
        let mark = format!("name=\"{name}\" value=\"");
        self.html.split(&mark[..]).skip(1).map(|rest| unescape(rest.split('"').next().unwrap())).collect()
    }

    /// The first link to this page, with whatever it carries along.
    pub fn link_to(&self, path: &str) -> String {
        let mut links = self.html.split(" href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let is_it = |link: &&str| link.split('?').next() == Some(path);
        unescape(links.find(is_it).unwrap_or_else(|| panic!("no link to {path}: {}", self.html)))
    }

    /// Where an application finds itself called.
    pub fn left_for(&self) -> &str {
        self.left_for.as_deref().unwrap_or_else(|| panic!("still at {}: {}", self.address, self.html))
    }

    /// A parameter of that address, decoded.
    pub fn returned(&self, name: &str) -> Option<String> {
        let query = self.left_for().split_once('?')?.1;
        form_urlencoded::parse(query.as_bytes()).find(|(known, _)| known == name).map(|(_, v)| v.into_owned())
    }

    pub fn title(&self) -> &str {
        self.html.split("<title>").nth(1).unwrap().split(" · ").next().unwrap()
    }
}

fn unescape(text: &str) -> String {
    text.replace("&#38;", "&")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
}

/// An address by which an application sends a person.
pub fn redirect(target: &str, inner: &str) -> String {
    let inner: String = form_urlencoded::byte_serialize(inner.as_bytes()).collect();
    format!("/redirect.aspx?target={target}&targetqs={inner}")
}
