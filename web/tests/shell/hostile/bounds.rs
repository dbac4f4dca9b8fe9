//! Requests that are larger or odder than any browser's.

use axum::body::Body;
use http::{Method, Request, header};
use keepwell_testkit::{World, on_both_engines};

use super::house::{House, address, ask, fields, form};
use super::routes::all;

on_both_engines!(no_form_is_too_large_too_long_or_too_odd, |world: World| async move {
    let house = House::of(world).await;
    let huge = "x".repeat(70_000);
    let many: Vec<_> = (0..6_000).map(|number| (format!("f{number}"), "1")).collect();
    let many: Vec<_> = many.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    for route in all().into_iter().filter(|route| route.answers_post) {
        let mut browser = house.browser_of(&house.ada).await;
        let csrf = house.csrf(&browser);
        let place = address(&route, &house.ada);
        let all = fields(&route, &house.ada);
        let filled = |value: &dyn Fn(&str) -> String| {
            let all = all
                .iter()
                .map(|(name, own)| (*name, if *name == "decision" { own.clone() } else { value(own) }));
            let mut all: Vec<_> = all.collect();
            all.push(("csrf", csrf.clone()));
            form(&all.iter().map(|(name, value)| (*name, value.as_str())).collect::<Vec<_>>())
        };
        let bytes = |tail: &[u8]| [format!("csrf={csrf}&").as_bytes(), tail].concat();
        let bodies = [
            ("huge", form(&[("csrf", &csrf), ("name", &huge)])),
            ("of many fields", [form(&[("csrf", &csrf)]), b"&".to_vec(), form(&many)].concat()),
            ("of repeated fields", form(&[("csrf", &*csrf); 50])),
            ("with a second token", form(&[("csrf", &csrf), ("csrf", "x"), ("decision", "x"), ("decision", "y")])),
            ("of NULs", filled(&|_| "\0".to_owned())),
            ("with NULs in it", filled(&|own| format!("{own}\0"))),
            ("of long texts", filled(&|_| "é".repeat(1_000))),
            ("of characters that no database takes alone", filled(&|_| "\u{fffe}\u{10ffff}\u{1}\u{7f}".to_owned())),
            ("of bytes that are no UTF-8", bytes(b"name=\xff\xfe&email=%ff%fe&decision=%c3&password=\xc3\x28&code=%ff&answer=%ff&again=%ff&record=%ff&version=%ff&session=%ff&notice=%ff&token=%ff")),
            ("with broken escapes", bytes(b"name=%&email=%2&decision=%zz&&&===&=")),
            ("empty", Vec::new()),
        ];
        for (what, body) in bodies {
            // Signing out is what some forms do.
            browser.cookie = browser.cookie.or(house.browser_of(&house.ada).await.cookie);
            let answer = ask(&mut browser, Method::POST, &place, &body).await;
            assert!(!answer.is_broken(), "{place} with a form {what}: {}", answer.text());
        }
        let request = Request::post(&place).header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
        let request = request
            .body(Body::from("--x\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\nx\r\n--x--"));
        let answer = browser.request(request.unwrap()).await;
        assert!(!answer.status().is_server_error(), "{place} with a form in parts");
    }
});

on_both_engines!(no_address_or_header_breaks_a_page, |world: World| async move {
    let house = House::of(world).await;
    let mut browser = house.browser_of(&house.ada).await;
    let long = "a".repeat(60_000);
    let queries = [
        format!("?next={}", &long[..8_000]),
        "?next=%00&visit=%00&token=%00&pickup=%00&packageid=%00&q=%00&kind=%00&after=%00&from=%00&who=%00&page=%00&range=%00".to_owned(),
        "?next=%ff&visit=%ff&token=%ff&pickup=%ff&packageid=%ff&q=%ff&kind=%ff&after=%ff&from=%ff&who=%ff&page=%ff&range=%ff".to_owned(),
        "?page=18446744073709551616&after=18446744073709551616&from=18446744073709551615&range=99999999999".to_owned(),
        "?page=-1&after=-1&from=-1&range=-1".to_owned(),
        format!("?{}", "q=1&".repeat(2_000)),
        "?%&=&&;%zz".to_owned(),
    ];
    for route in all().into_iter().filter(|route| route.answers_get) {
        for query in &queries {
            let place = format!("{}{query}", address(&route, &house.ada));
            let answer = ask(&mut browser, Method::GET, &place, b"").await;
            assert!(!answer.is_broken(), "{}: {}", &place[..place.len().min(200)], answer.text());
        }
    }
    for place in
        [format!("/{long}"), format!("/{}", "a/".repeat(30_000)), "/records/%ff/items/%00".to_owned()]
    {
        let answer = ask(&mut browser, Method::GET, &place, b"").await;
        assert_eq!(answer.status, 404, "{}", answer.text());
    }
    let own = browser.cookie.clone().unwrap();
    let many = (0..500).map(|number| format!("c{number}=x; ")).collect::<String>();
    for cookies in [
        format!("__Host-keepwell={own}; __Host-keepwell=evil"),
        format!("keepwell={own}"),
        format!("{many}__Host-keepwell={own}"),
        format!("__Host-keepwell={}", "x".repeat(60_000)),
        "__Host-keepwell=\"; =; ;;; a=\u{e9}".to_owned(),
        "__Host-keepwell=%00; __Host-keepwell-package=%00".to_owned(),
    ] {
        let request = Request::get("/")
            .header(header::USER_AGENT, "\u{e9}\u{202e}<script>")
            .header(header::ACCEPT_LANGUAGE, "\u{e9},,;q=x,xx-yy-zz;q=9");
        let mut bare = house.site.browser();
        let request = request.header(header::COOKIE, cookies.as_bytes()).body(Body::empty()).unwrap();
        let response = bare.request(request).await;
        assert!([200, 303].contains(&response.status().as_u16()), "{cookies}");
    }
    for language in ["en;q=0.5,<script>", "\u{e9}", &"en,".repeat(5_000), "../../etc/passwd"] {
        let request = Request::get("/sign-in").header(header::ACCEPT_LANGUAGE, language.as_bytes());
        let response = house.site.browser().request(request.body(Body::empty()).unwrap()).await;
        assert_eq!(response.status(), 200, "{language}");
    }
});
