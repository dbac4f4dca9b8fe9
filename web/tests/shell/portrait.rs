//! The picture of whom a record is about.

use axum::body::{Body, to_bytes};
use http::{Request, StatusCode, header};
use keepwell_core::authorizations::Caller;
use keepwell_core::thing_types::PERSONAL_IMAGE;
use keepwell_core::things::{self, BlobSource, Criteria, Group, PutBlob, PutThing, Thing};
use keepwell_testkit::{World, on_both_engines};

use crate::browser::{Browser, Page, Site};
use crate::record::{Home, thing};

/// Two pixels by two, one colour.
const GIF: &[u8] =
    b"GIF89a\x02\0\x02\0\x80\0\0\xff\0\0\0\0\0!\xf9\x04\0\0\0\0\0,\0\0\0\0\x02\0\x02\0\0\x02\x02\x84Q\0;";
const NOTHING: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";

/// What came back of a form with a file.
struct Answer {
    status: StatusCode,
    sent_to: Option<String>,
    html: String,
}

async fn send(browser: &mut Browser, to: &str, fields: &[(&str, &str)], file: Option<&[u8]>) -> Answer {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(
            format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
        );
    }
    if let Some(file) = file {
        let head = "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"me.gif\"\r\n\r\n";
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(file);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--edge--\r\n");
    let request = Request::post(to)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body))
        .unwrap();
    let response = browser.request(request).await;
    let said = |name: &http::HeaderName| response.headers().get(name).map(|v| v.to_str().unwrap().to_owned());
    let (status, sent_to) = (response.status(), said(&header::LOCATION));
    let html = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    Answer { status, sent_to, html: String::from_utf8_lossy(&html).into_owned() }
}

/// Sends a file with the form of a page.
async fn choose(home: &mut Home, file: Option<&[u8]>) -> Answer {
    let page = home.get("/settings/picture").await;
    let to = page.form().action;
    let csrf = csrf(&page);
    send(&mut home.browser, &to, &[("csrf", &csrf), ("decision", "keep")], file).await
}

fn csrf(page: &Page) -> String {
    page.form().hidden.into_iter().find(|(name, _)| name == "csrf").expect("a token").1
}

async fn stored(home: &Home) -> Vec<Thing> {
    let criteria = Criteria { types: Some(vec![PERSONAL_IMAGE]), ..Criteria::default() };
    let asked = [Group { criteria, ..Group::default() }];
    let caller = Caller::person(home.ada);
    let (found, _) = things::get(&home.world.domain, &caller, home.record, &asked).await.expect("read");
    found.into_iter().flat_map(|group| group.full).collect()
}

on_both_engines!(a_person_chooses_changes_and_removes_a_picture, |world: World| async move {
    let mut home = Home::of(world).await;
    let image = format!("/records/{}/picture", home.record);
    assert_eq!(home.browser.get(&image).await.html, NOTHING);
    assert!(home.get("").await.html.contains(&format!("<img src=\"{image}\" alt=\"\"")));
    assert!(home.get("/settings").await.html.contains("/settings/picture"));

    let chosen = choose(&mut home, Some(GIF)).await;
    assert_eq!(chosen.sent_to, Some(format!("/records/{}", home.record)), "{}", chosen.html);
    let picture = home.browser.request(Request::get(&image).body(Body::empty()).unwrap()).await;
    assert_eq!(picture.headers()["content-type"], "image/jpeg");
    assert!(picture.headers()["content-security-policy"].to_str().unwrap().starts_with("sandbox"));
    assert_eq!(picture.headers()["cache-control"], "private, no-store");
    let jpeg = to_bytes(picture.into_body(), usize::MAX).await.unwrap();
    assert!(jpeg.starts_with(b"\xff\xd8\xff") && jpeg.len() < 20_000);
    let first = stored(&home).await;
    assert_eq!(first.len(), 1);

    choose(&mut home, Some(GIF)).await;
    let second = stored(&home).await;
    assert!(
        second.len() == 1 && second[0].key.id == first[0].key.id && second[0].key.stamp != first[0].key.stamp
    );

    let page = home.get("/settings/picture").await;
    assert!(page.html.contains("Remove the picture"));
    let (to, csrf) = (page.form().action, csrf(&page));
    send(&mut home.browser, &to, &[("csrf", &csrf), ("decision", "remove")], None).await;
    assert!(stored(&home).await.is_empty());
    assert_eq!(home.browser.get(&image).await.html, NOTHING);
});

on_both_engines!(what_is_no_picture_changes_nothing, |world: World| async move {
    let mut home = Home::of(world).await;
    let refused =
        choose(&mut home, Some(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")).await;
    assert!(refused.html.contains("We cannot read this file as a picture"), "{}", refused.html);
    assert!(choose(&mut home, None).await.html.contains("Choose a picture first."));
    assert!(choose(&mut home, Some(b"")).await.html.contains("Choose a picture first."));
    let long = vec![0; 16_100_000];
    let refused = choose(&mut home, Some(&long)).await;
    assert!(refused.html.contains("This picture is too large"), "{} {}", refused.status, refused.html);
    assert!(stored(&home).await.is_empty());
});

on_both_engines!(a_picture_form_needs_its_token_before_the_file, |world: World| async move {
    let mut home = Home::of(world).await;
    let to = format!("/records/{}/settings/picture", home.record);
    for fields in [&[][..], &[("csrf", "guessed"), ("decision", "keep")]] {
        let refused = send(&mut home.browser, &to, fields, Some(GIF)).await;
        assert!(refused.html.contains("This page lay open too long"), "{}", refused.html);
    }
    let mut stranger = Site::of(&home.world).browser();
    let refused = send(&mut stranger, &to, &[], Some(GIF)).await;
    assert!(refused.status.is_redirection() || refused.html.contains("Sign in"), "{}", refused.html);
    assert!(stored(&home).await.is_empty());
});

on_both_engines!(nobody_sees_or_changes_the_picture_of_another, |world: World| async move {
    let mut home = Home::of(world).await;
    choose(&mut home, Some(GIF)).await;
    home.world.person("Bob").await;
    let mut bob = Site::of(&home.world).browser();
    bob.sign_in_at_home("Bob").await;
    let image = format!("/records/{}/picture", home.record);
    let form = format!("/records/{}/settings/picture", home.record);
    for address in [&image, &form] {
        let page = bob.get(address).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{address}");
    }
    let units = bob.get("/account/units").await;
    let refused = send(&mut bob, &form, &[("csrf", &csrf(&units)), ("decision", "remove")], None).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    assert_eq!(stored(&home).await.len(), 1);
});

on_both_engines!(what_an_application_calls_a_picture_is_shown_only_if_it_is_one, |world: World| async move {
    let mut home = Home::of(world).await;
    let script = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    let blob = PutBlob {
        name: String::new(),
        content_type: "image/png".into(),
        hash: None,
        length: None,
        source: BlobSource::Inline(script.to_vec().into()),
        legacy_encoding: None,
        encoding: None,
    };
    home.put_all(&[PutThing { blobs: vec![blob], ..thing("personal-image", "") }]).await;
    let image = format!("/records/{}/picture", home.record);
    assert_eq!(home.browser.get(&image).await.html, NOTHING);
});
