//! The website as a browser meets it, before a platform that is told what to answer.

mod platform;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use tower::ServiceExt;

use platform::Platform;

const FORM: &str = "application/x-www-form-urlencoded";

/// A browser that keeps one cookie.
struct Browser {
    site: Router,
    cookie: Option<String>,
}

struct Page {
    status: StatusCode,
    location: String,
    policy: String,
    html: String,
}

impl Browser {
    async fn get(&mut self, path: &str) -> Page {
        let cookie = self.cookie.clone();
        self.send(Request::get(path), cookie, "").await
    }

    async fn post(&mut self, path: &str, form: &str) -> Page {
        let cookie = self.cookie.clone();
        self.send(Request::post(path).header(header::CONTENT_TYPE, FORM), cookie, form).await
    }

    /// As browsers send a form that another site posts: without the cookie.
    async fn post_from_elsewhere(&mut self, path: &str, form: &str) -> Page {
        self.send(Request::post(path).header(header::CONTENT_TYPE, FORM), None, form).await
    }

    async fn send(
        &mut self,
        request: axum::http::request::Builder,
        cookie: Option<String>,
        body: &str,
    ) -> Page {
        let request = cookie.into_iter().fold(request, |r, cookie| r.header(header::COOKIE, cookie));
        let request = request.body(Body::from(body.to_owned())).unwrap();
        let response = self.site.clone().oneshot(request).await.unwrap();
        let text =
            |name| response.headers().get(name).map(|v| v.to_str().unwrap().to_owned()).unwrap_or_default();
        let (location, policy) = (text(header::LOCATION), text(header::CONTENT_SECURITY_POLICY));
        let set_cookie = text(header::SET_COOKIE);
        if let Some((pair, rest)) = set_cookie.split_once(';') {
            assert!(rest.contains("HttpOnly") && rest.contains("SameSite=Lax"), "{rest}");
            self.cookie = (!rest.contains("Max-Age=0")).then(|| pair.to_owned());
        }
        let status = response.status();
        let html = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        Page { status, location, policy, html: String::from_utf8(html.to_vec()).unwrap() }
    }

    /// Sets out for the Shell and gives the state that goes along.
    async fn set_out(&mut self) -> String {
        let there = self.get("/diary/connect").await.location;
        assert!(
            there.starts_with("https://shell.example/redirect.aspx?target=AUTH&targetqs=appid%3D"),
            "{there}"
        );
        assert!(there.ends_with("%26trm%3Dpost"), "{there}");
        let (_, rest) = there.split_once("actionqs%3D").unwrap();
        rest.split_once('%').unwrap().0.to_owned()
    }

    async fn connect(&mut self) {
        let state = self.set_out().await;
        let back = format!("/diary/return?target=AppAuthSuccess&instanceid=1&actionqs={state}");
        let next = self.post_from_elsewhere(&back, "wctoken=TOKEN%3d").await;
        assert_eq!(next.status, StatusCode::SEE_OTHER);
        assert_eq!(self.get(&next.location).await.location, "/diary/");
    }
}

/// The hidden key of the forms on a page.
fn key_of(page: &Page) -> String {
    let (_, rest) = page.html.split_once("name=\"key\" value=\"").unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

#[tokio::test]
async fn a_stranger_is_invited_and_nothing_is_asked_of_the_platform() {
    let (platform, mut browser) = Platform::open();
    let page = browser.get("/diary/").await;
    assert!(page.html.contains("<a class=\"button\" href=\"/diary/connect\">Connect my record</a>"));
    assert!(!page.html.contains("<script") && !page.html.contains("style=\""));
    assert_eq!(
        page.policy,
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self' https://shell.example; \
         frame-ancestors 'none'; base-uri 'none'"
    );
    assert!(platform.asked().is_empty());
    assert_eq!(browser.get("/diary").await.location, "/diary/");
}

#[tokio::test]
async fn who_comes_back_with_a_posted_token_sees_the_diary() {
    let (_platform, mut browser) = Platform::open();
    browser.connect().await;
    let page = browser.get("/diary/").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.html.contains("Ada &lt;3’s diary"), "{}", page.html);
    assert!(page.html.contains("70.5 <small>kg</small>"));
    assert!(page.html.contains("0.7 kg less than 10 Jan at 07:30"));
    assert!(page.html.contains("<polyline"));
    assert!(!page.html.contains("TOKEN"), "a token has no place on a page");
}

#[tokio::test]
async fn a_token_in_the_address_works_as_well() {
    let (_platform, mut browser) = Platform::open();
    let state = browser.set_out().await;
    let back = format!("/diary/return?target=AppAuthSuccess&instanceid=1&actionqs={state}&wctoken=TOKEN%3d");
    let next = browser.get(&back).await.location;
    browser.get(&next).await;
    assert!(browser.get("/diary/").await.html.contains("70.5"));
}

#[tokio::test]
async fn a_token_goes_only_to_the_browser_that_set_out_for_it() {
    let (_platform, mut browser) = Platform::open();
    let mut other = Browser { site: browser.site.clone(), cookie: None };
    other.set_out().await;
    let state = browser.set_out().await;
    let back = format!("/diary/return?target=AppAuthSuccess&actionqs={state}");
    let next = other.post_from_elsewhere(&back, "wctoken=TOKEN%3d").await.location;
    assert_eq!(other.get(&next).await.location, "/diary/?said=lost");
    assert!(other.get("/diary/").await.html.contains("Connect my record"));
    let unasked = "/diary/return?target=AppAuthSuccess&actionqs=0123456789abcdef0123456789abcdef";
    assert_eq!(other.post_from_elsewhere(unasked, "wctoken=TOKEN%3d").await.location, "/diary/?said=lost");
}

#[tokio::test]
async fn the_cookie_of_before_is_worth_nothing_afterwards() {
    let (_platform, mut browser) = Platform::open();
    browser.set_out().await;
    let before = browser.cookie.clone();
    browser.connect().await;
    assert_ne!(browser.cookie, before);
    browser.cookie = before;
    assert!(browser.get("/diary/").await.html.contains("Connect my record"));
}

#[tokio::test]
async fn a_weight_is_added_with_a_comma_or_a_point() {
    let (platform, mut browser) = Platform::open();
    browser.connect().await;
    let key = key_of(&browser.get("/diary/").await);
    let form = format!("key={key}&kg=71%2C25&when=2026-01-15T08%3A00");
    assert_eq!(browser.post("/diary/weights", &form).await.location, "/diary/?said=added");
    let put = platform.asked().pop().unwrap();
    assert!(put.contains("<method>PutThings</method>") && put.contains("<kg>71.25</kg>"), "{put}");
    assert!(put.contains("<d>15</d></date><time><h>8</h><m>0</m></time>"), "{put}");
}

#[tokio::test]
async fn what_is_no_weight_comes_back_with_a_word_on_it() {
    let (platform, mut browser) = Platform::open();
    browser.connect().await;
    let key = key_of(&browser.get("/diary/").await);
    for form in [
        format!("key={key}&kg=%22%3Elots&when=2026-01-15T08:00"),
        format!("key={key}&kg=70&when=2036-01-15T08:00"),
        format!("key={key}&kg=70&when=soon"),
        "key=&kg=70&when=2026-01-15T08:00".to_owned(),
    ] {
        let page = browser.post("/diary/weights", &form).await;
        assert!(page.html.contains("role=\"alert\""), "{form}");
        assert!(!page.html.contains("\">lots"), "what was typed stays text");
    }
    assert!(!platform.asked().iter().any(|body| body.contains("PutThings")));
}

#[tokio::test]
async fn a_dead_token_and_a_withdrawn_permission_are_told_kindly() {
    for (code, sentence) in
        [(7, "You were signed out after a while"), (11, "no permission to see your weights")]
    {
        let (platform, mut browser) = Platform::open();
        browser.connect().await;
        platform.refuse(code);
        let page = browser.get("/diary/").await;
        assert!(page.html.contains(sentence) && page.html.contains("Connect my record"), "{}", page.html);
        assert_eq!((page.status, browser.cookie.as_deref()), (StatusCode::OK, None));
    }
}

#[tokio::test]
async fn trouble_at_the_platform_keeps_the_person_signed_in() {
    let (platform, mut browser) = Platform::open();
    browser.connect().await;
    platform.refuse(1);
    let page = browser.get("/diary/").await;
    assert!(page.html.contains("Nothing is lost") && page.html.contains("Keepwell answered 1 FAILED."));
    assert!(browser.cookie.is_some());
}

#[tokio::test]
async fn signing_out_ends_the_visit_and_the_token() {
    let (_platform, mut browser) = Platform::open();
    browser.connect().await;
    let key = key_of(&browser.get("/diary/").await);
    assert_eq!(browser.post("/diary/sign-out", "key=guessed").await.location, "/diary/");
    let there = browser.post("/diary/sign-out", &format!("key={key}")).await.location;
    assert!(there.contains("target=APPSIGNOUT") && there.ends_with("credtoken%3DTOKEN%253D"), "{there}");
    assert_eq!(browser.cookie, None);
    let back = browser.get("/diary/return?target=SignOut&instanceid=1").await.location;
    assert!(browser.get(&back).await.html.contains("You are signed out."));
}

#[tokio::test]
async fn a_refusal_at_the_shell_is_fine_and_the_documents_are_for_everybody() {
    let (_platform, mut browser) = Platform::open();
    let back = browser.get("/diary/return?target=AppAuthReject&instanceid=1").await.location;
    assert!(browser.get(&back).await.html.contains("Nothing was shared"));
    assert!(browser.get("/diary/return?target=Privacy").await.html.contains("<h1>Privacy</h1>"));
    assert!(browser.get("/diary/return?target=ServiceAgreement").await.html.contains("<h1>Terms</h1>"));
    assert!(!browser.get("/diary/?said=%3Cb%3E").await.html.contains("<b>"));
}

/// A text that would be markup, an attribute or a script wherever it is not escaped.
const HOSTILE: &str = "k1k<xss onload=x>\"onfocus=\"x' onfocus='x<script>alert(1)</script>";

fn assert_inert(page: &Page) {
    for bad in ["<xss", "<script", "\"onfocus", "'onfocus", "' onfocus", "\" onfocus"] {
        assert!(!page.html.contains(bad), "{bad} in {}", page.html);
    }
}

#[tokio::test]
async fn nothing_that_the_platform_or_a_browser_says_runs_on_a_page() {
    let (platform, mut browser) = Platform::open();
    let typed: String = form_urlencoded::byte_serialize(HOSTILE.as_bytes()).collect();
    for path in [
        "/diary/?said=",
        "/diary/return?target=",
        "/diary/return?target=Privacy&actionqs=",
        "/diary/continue?state=",
    ] {
        assert_inert(&browser.get(&format!("{path}{typed}")).await);
    }
    browser.connect().await;
    platform.call_the_record(HOSTILE);
    let page = browser.get("/diary/").await;
    assert_inert(&page);
    assert_eq!(page.html.matches("k1k&lt;xss").count(), 2, "in the title and on the page: {}", page.html);
    let key = key_of(&page);
    for form in [
        format!("key={key}&kg={typed}&when=2026-01-15T08:00"),
        format!("key={key}&kg=70&when={typed}"),
        format!("key={typed}&kg={typed}&when={typed}"),
    ] {
        let page = browser.post("/diary/weights", &form).await;
        assert_inert(&page);
        assert!(page.html.contains("k1k&lt;xss"), "what was typed is shown again: {}", page.html);
    }
}
