//! Script in every text that somebody can write, on every page and in every file that shows it.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use http::Method;
use keepwell_core::authorizations::Caller;
use keepwell_core::connections::{self, NewRequest};
use keepwell_core::maintenance;
use keepwell_core::packages::{self, NewPackage};
use keepwell_core::thing_types::{self, ThingType};
use keepwell_core::things::{self, PutThing, data_by_hand};
use keepwell_testkit::{SealedPackage, World, on_both_engines, weight_xml};
use roxmltree::Document;

use super::house::{Answer, House, address, ask, ask_from, form};
use super::markup::{assert_inert, mark, shows};
use super::routes::all;
use crate::browser::{Browser, redirect};

/// What stands in things.
const IN_THINGS: usize = 20;

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// An example of a type with the mark in every text and attribute that takes it.
fn marked(kind: &ThingType) -> String {
    let is_valid = |xml: &str| thing_types::validate_data(kind, xml).is_ok();
    let mut xml: String = thing_types::example(kind).lines().map(str::trim_start).collect();
    if !is_valid(&xml) {
        return xml;
    }
    let places = |xml: &str| -> Vec<std::ops::Range<usize>> {
        let wrapped = format!("<x>{xml}</x>");
        let document = Document::parse(&wrapped).expect("an example");
        let nodes = document.descendants();
        let in_node = nodes.flat_map(|node| {
            let text = Some(node.range())
                .filter(|_| node.is_text() && node.text().is_some_and(|t| !t.trim().is_empty()));
            text.into_iter().chain(node.attributes().map(|attribute| attribute.range_value()))
        });
        in_node.map(|range| range.start - 3..range.end - 3).collect()
    };
    // From the end, so that the places before it stay where they are.
    let mut known = places(&xml);
    known.sort_by_key(|range| std::cmp::Reverse(range.start));
    for range in known {
        let mut changed = xml.clone();
        changed.replace_range(range, &escaped(&mark(IN_THINGS)));
        if is_valid(&changed) {
            xml = changed;
        }
    }
    xml
}

/// Looks at a page, and notes whose text stands on it.
struct Reader {
    seen: BTreeSet<usize>,
}

impl Reader {
    fn look(&mut self, answer: &Answer, place: &str) {
        assert!(!answer.is_broken(), "{place}: {}", answer.text());
        if answer.says("content-type").starts_with("text/html")
            && !answer.says("content-security-policy").contains("sandbox")
        {
            let html = answer.text();
            assert_inert(&html, place);
            self.seen.extend((1..100).filter(|number| shows(&html, *number)));
        }
    }

    async fn get(&mut self, browser: &mut Browser, place: &str) -> Answer {
        let answer = ask(browser, Method::GET, place, b"").await;
        self.look(&answer, place);
        answer
    }

    async fn post(
        &mut self,
        browser: &mut Browser,
        house: &House,
        place: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let csrf = house.csrf(browser);
        let mut all = vec![("csrf", &*csrf)];
        all.extend_from_slice(fields);
        let answer = ask(browser, Method::POST, place, &form(&all)).await;
        self.look(&answer, place);
        answer
    }

    /// Goes where a redirect leads.
    async fn follow(&mut self, browser: &mut Browser, place: &str) -> (String, Answer) {
        let mut at = place.to_owned();
        loop {
            let answer = self.get(browser, &at).await;
            match answer.says("location") {
                to if to.starts_with('/') => at = to.to_owned(),
                _ => return (at, answer),
            }
        }
    }
}

on_both_engines!(no_text_that_somebody_wrote_runs_on_any_page, |world: World| async move {
    let house = House::of(world).await;
    let domain = &house.world.domain;
    let mut browser = house.browser_of(&house.ada).await;
    let mut reader = Reader { seen: BTreeSet::new() };
    let rename = format!("/records/{}/settings", house.ada.record);
    let name = [("name", mark(10)), ("about", "yourself".to_owned()), ("decision", "save".to_owned())];
    let name: Vec<_> = name.iter().map(|(field, value)| (*field, value.as_str())).collect();
    reader.post(&mut browser, &house, &rename, &name).await;
    for route in all().into_iter().filter(|route| route.answers_get) {
        let place = address(&route, &house.ada);
        reader.get(&mut browser, &place).await;
        let removed = place.replace(&house.ada.item.id.to_string(), &house.ada.removed.to_string());
        reader.get(&mut browser, &removed).await;
        if route.answers_post {
            for decision in ["", "keep"] {
                reader
                    .post(
                        &mut browser,
                        &house,
                        &place,
                        &[
                            ("decision", decision),
                            ("name", &mark(11)),
                            ("value", "x"),
                            ("common.note", &mark(23)),
                            ("version", &house.ada.item.stamp.to_string()),
                        ],
                    )
                    .await;
            }
            browser = house.browser_of(&house.ada).await;
        }
    }
    for document in ["privacy", "terms", "success", "logo"] {
        reader.get(&mut browser, &format!("/documents/{}/{document}", house.ada.app)).await;
    }
    // What an application asks, and what it suggests.
    let mut stranger = house.site.browser();
    let target = |target: &str, more: &str| redirect(target, &format!("appid={}{more}", house.bob.app));
    let texts = [16, 19, 28, 29].map(mark);
    let suggested = form(&[
        ("CreateRecord", "True"),
        ("Account.FirstName", &texts[0]),
        ("Record.FirstName", &texts[1]),
        ("Account.Email", &texts[2]),
        ("Account.BirthDate", &texts[3]),
        ("Account.CountryCode", &texts[3]),
        ("Record.Relationship", &texts[3]),
    ]);
    for (name, browser) in [("CREATEACCOUNT", &mut stranger), ("CREATERECORD", &mut browser)] {
        let place = target(name, "&culture=%3Cxss%3E");
        let began = ask_from(browser, Method::POST, &place, &suggested, "cross-site").await;
        reader.follow(browser, began.says("location")).await;
    }
    let (at, _) = reader.follow(&mut stranger, &target("AUTH", "")).await;
    reader.post(&mut stranger, &house, &at, &[("email", &mark(17)), ("password", "x")]).await;
    reader.follow(&mut browser, &target("APPAUTH", "")).await;
    let query: String = form_urlencoded::byte_serialize(mark(18).as_bytes()).collect();
    reader.get(&mut browser, &format!("/records/{}/search?q={query}", house.ada.record)).await;
    // A person who calls themselves so.
    let mut eves = house.site.browser();
    eves.get("/sign-up").await;
    let eve = [
        ("name", &*mark(9)),
        ("email", "eve@example.org"),
        ("password", "quiet garden spoons"),
        ("birth_year", "1980"),
        ("country", "US"),
        ("agreed", "true"),
    ];
    let page = eves.get("/sign-up").await;
    let made = eves.fill(&page, &eve).await;
    assert_eq!((made.address.as_str(), made.status.as_u16()), ("/", 200), "{}", made.html);
    for place in ["/", "/account", "/sessions", "/apps"] {
        reader.get(&mut eves, place).await;
    }
    // What a clinic asks, and what it left.
    let app = keepwell_core::applications::find(domain, house.ada.app).await.unwrap().unwrap().application;
    let new = NewRequest {
        friendly_name: mark(24),
        question: mark(25),
        answer: "parakeet seeds".to_owned(),
        external_id: mark(26),
    };
    let code = connections::request(domain, &app, &new).await.expect("a code");
    let found = reader.post(&mut browser, &house, "/connect", &[("code", &code)]).await;
    let (question, _) = reader.follow(&mut browser, found.says("location")).await;
    let answered = reader.post(&mut browser, &house, &question, &[("answer", "parakeet seeds")]).await;
    let (consent, _) = reader.follow(&mut browser, answered.says("location")).await;
    reader.post(&mut browser, &house, &consent, &[("decision", "not-now")]).await;
    let thing = format!(
        "<thing><type-id>{}</type-id><data-xml>{}</data-xml></thing>",
        thing_types::by_name("allergy").unwrap().id,
        marked(thing_types::by_name("allergy").unwrap())
    );
    let weight = format!(
        "<thing><type-id>{}</type-id><data-xml>{}</data-xml></thing>",
        thing_types::WEIGHT,
        weight_xml(70.0, 1)
    );
    let sealed = SealedPackage::new("tundra kettle", &[&thing, &weight]);
    let new = NewPackage {
        code: None,
        friendly_name: mark(21),
        question: mark(22),
        external_id: mark(27),
        parameters: sealed.parameters,
        any_length: false,
        cipher_text: sealed.cipher_text,
        uploads: Vec::new(),
    };
    let code = packages::create(domain, &app, &new).await.expect("a package");
    let found = reader.post(&mut browser, &house, "/connect", &[("code", &code)]).await;
    let (question, _) = reader.follow(&mut browser, found.says("location")).await;
    let answered = reader.post(&mut browser, &house, &question, &[("answer", "tundra kettle")]).await;
    let (package, _) = reader.follow(&mut browser, answered.says("location")).await;
    let record = house.ada.record.to_string();
    let taken =
        reader.post(&mut browser, &house, &package, &[("decision", "take"), ("record", &record)]).await;
    assert_eq!(taken.status, 200, "{}", taken.text());
    let missing: Vec<_> =
        [1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 25, 28]
            .into_iter()
            .filter(|number| !reader.seen.contains(number))
            .collect();
    assert!(missing.is_empty(), "what was written under {missing:?} was seen on no page");
});

on_both_engines!(nothing_in_a_thing_of_any_type_runs, |world: World| async move {
    let house = House::of(world).await;
    let domain = &house.world.domain;
    let mut browser = house.browser_of(&house.ada).await;
    let mut reader = Reader { seen: BTreeSet::new() };
    let her = Caller::person(house.ada.person);
    let mut many = 0;
    for kind in thing_types::all() {
        let thing = PutThing {
            type_id: Some(kind.id),
            data: Some(data_by_hand(kind, marked(kind))),
            tags: Some(mark(IN_THINGS)),
            ..PutThing::default()
        };
        // Some are written by programs only, and one of some others is there at most.
        let Ok(keys) = things::put(domain, &her, house.ada.record, &[thing]).await else { continue };
        many += 1;
        let record = format!("/records/{}", house.ada.record);
        for rest in ["", "/edit", "/remove"] {
            reader.get(&mut browser, &format!("{record}/items/{}{rest}", keys[0].id)).await;
        }
        reader.get(&mut browser, &format!("{record}/items/of/{}", kind.id)).await;
    }
    assert!(many > 60, "{many} types could be written");
    let record = format!("/records/{}", house.ada.record);
    for rest in ["", "/timeline", "/items", "/removed", "/search?q=xss", "/activity"] {
        reader.get(&mut browser, &format!("{record}{rest}")).await;
    }
    assert!(reader.seen.contains(&IN_THINGS));
});

on_both_engines!(what_the_operator_says_of_maintenance_runs_on_no_page, |world: World| async move {
    let house = House::of(world).await;
    let mut browser = house.browser_of(&house.ada).await;
    let mut reader = Reader { seen: BTreeSet::new() };
    maintenance::begin(&house.world.domain, &mark(50)).await.expect("begun");
    for route in all() {
        let place = address(&route, &house.ada);
        if route.answers_get {
            reader.get(&mut browser, &place).await;
        }
        // To sign out is possible in maintenance.
        if route.answers_post && !place.contains("sign-out") && !place.contains("sessions") {
            let answer = reader.post(&mut browser, &house, &place, &[("name", "x")]).await;
            assert!(!answer.text().contains("k50k<"), "{place}");
        }
    }
    let rename = format!("/records/{}/settings", house.ada.record);
    let refused = reader.post(&mut browser, &house, &rename, &[("name", "x"), ("decision", "save")]).await;
    assert!(refused.text().contains("We are looking after this server"), "{}", refused.text());
});

/// The fields of each line of a table, as a program for tables reads them.
fn cells(csv: &str) -> Vec<String> {
    let mut cells = Vec::new();
    let mut rest = csv.trim_start_matches('\u{feff}');
    while let Some(quoted) = rest.strip_prefix('"') {
        let mut cell = String::new();
        rest = quoted;
        loop {
            let (part, more) = rest.split_once('"').expect("the end of a field");
            cell.push_str(part);
            match more.strip_prefix('"') {
                Some(more) => {
                    cell.push('"');
                    rest = more;
                }
                None => {
                    rest = more.trim_start_matches(',').trim_start_matches("\r\n");
                    break;
                }
            }
        }
        cells.push(cell);
    }
    assert!(rest.is_empty(), "{rest} is in no field");
    cells
}

on_both_engines!(
    files_that_a_person_takes_along_hold_no_formula_no_script_and_no_header,
    |world: World| async move {
        let house = House::of(world).await;
        let domain = &house.world.domain;
        // Names that are formulas.
        for name in
            ["=cmd|' /C calc'!A1", "+1+1", "-2+3", "@SUM(1)", " =1", "\u{200b}=1", "\u{ff1d}1", "a;=1"]
        {
            let file = format!(
                "name = {name:?}\n[[offline]]\nname = \"w\"\nwhy = \"w\"\npermissions = [\"read\"]\ntypes = [\"*\"]\n"
            );
            let app = house
                .world
                .app(&file.replace("\\u{200b}", "\u{200b}").replace("\\u{ff1d}", "\u{ff1d}"))
                .await;
            house.world.allow(&app.app, house.ada.person, house.ada.record).await;
            let caller = house.world.offline(&app, house.ada.person);
            things::get(domain, &caller, house.ada.record, &[things::Group::default()]).await.expect("read");
        }
        domain.settle().await;
        let mut browser = house.browser_of(&house.ada).await;
        let record = format!("/records/{}", house.ada.record);
        let rename = [
            ("csrf", house.csrf(&browser)),
            ("name", "x\r\nset-cookie: a=b\u{202e}/../y".to_owned()),
            ("about", "yourself".to_owned()),
            ("decision", "save".to_owned()),
        ];
        let rename: Vec<_> = rename.iter().map(|(name, value)| (*name, value.as_str())).collect();
        ask(&mut browser, Method::POST, &format!("{record}/settings"), &form(&rename)).await;

        let csv = ask(&mut browser, Method::GET, &format!("{record}/activity/csv"), b"").await;
        assert_eq!(csv.says("content-type"), "text/csv; charset=utf-8");
        let all = cells(&csv.text());
        assert!(all.len() > 40 && all.iter().any(|cell| cell.contains("=cmd|")), "{all:?}");
        for cell in all.iter().flat_map(|cell| cell.split(';')) {
            let first = cell.trim_start().chars().next();
            assert!(first.is_none_or(|c| !"=+-@|%\u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}".contains(c)), "{cell:?}");
        }
        let json = ask(&mut browser, Method::GET, &format!("{record}/activity/json"), b"").await;
        assert_eq!(
            (json.says("content-type"), json.says("x-content-type-options")),
            ("application/json", "nosniff")
        );
        let read: serde_json::Value = serde_json::from_slice(&json.body).expect("JSON");
        assert!(read.as_array().is_some_and(|entries| !entries.is_empty()));

        let csrf = house.csrf(&browser);
        let zip = ask(&mut browser, Method::POST, &format!("{record}/copy"), &form(&[("csrf", &csrf)])).await;
        let attachment =
            format!("{record}/items/{}/versions/{}/attachments/0", house.ada.item.id, house.ada.item.stamp);
        let attachment = ask(&mut browser, Method::GET, &attachment, b"").await;
        assert!(String::from_utf8_lossy(&attachment.body).contains("<script>"), "its bytes are as they were");
        for file in [&csv, &json, &zip, &attachment] {
            let said = file.says("content-disposition");
            assert!(said.starts_with("attachment; filename*=UTF-8''"), "{said}");
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"; =*'-._%".contains(&byte);
            assert!(said.bytes().all(plain), "{said}");
            assert!(!said.contains("%2F") && !said.contains("%0D") && !said.contains("%E2%80%AE"), "{said}");
            assert!(file.says("content-security-policy").starts_with("sandbox"), "{said}");
            assert_eq!(file.says("set-cookie"), "");
        }
        let mut files = zip::ZipArchive::new(Cursor::new(zip.body.to_vec())).expect("a zip");
        let mut pages = 0;
        for index in 0..files.len() {
            let mut file = files.by_index(index).expect("a file");
            let name = file.name().expect("UTF-8").into_owned();
            assert!(
                file.enclosed_name().is_some() && !name.contains(['\r', '\n', '\\', '\u{202e}']),
                "{name:?}"
            );
            if name.ends_with(".html") && !name.contains('/') {
                let mut html = String::new();
                file.read_to_string(&mut html).expect("UTF-8");
                assert_inert(&html, &name);
                assert!(html.contains("default-src 'none'"), "{name} runs nothing");
                pages += 1;
            }
        }
        assert!(pages > 0, "there is a page to read");
    }
);

on_both_engines!(an_attachment_is_never_a_page_whatever_it_says_it_is, |world: World| async move {
    use keepwell_core::things::{BlobSource, PutBlob};
    let house = House::of(world).await;
    let mut browser = house.browser_of(&house.ada).await;
    let her = Caller::person(house.ada.person);
    let script =
        b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"><script>alert(1)</script></svg>";
    let claims = [
        ("text/html", &b"<script>alert(1)</script>"[..]),
        ("image/svg+xml", &script[..]),
        ("application/xhtml+xml", &script[..]),
        ("text/xml", &script[..]),
        ("application/pdf", &script[..]),
        ("image/png", &b"GIF89a<script>alert(1)</script>"[..]),
        ("text/html\r\nx: y", &b"\x89PNG\r\n\x1a\n<script>alert(1)</script>"[..]),
        ("multipart/x-mixed-replace", &b"--x\r\n\r\n<script>"[..]),
    ];
    for (content_type, bytes) in claims {
        let blob = PutBlob {
            name: "x.html".to_owned(),
            content_type: content_type.to_owned(),
            hash: None,
            length: None,
            source: BlobSource::Inline(bytes.to_vec().into()),
            legacy_encoding: None,
            encoding: None,
        };
        let thing = PutThing { blobs: vec![blob], ..keepwell_testkit::weight(70.0, 3) };
        let Ok(put) = things::put(&house.world.domain, &her, house.ada.record, &[thing]).await else {
            continue;
        };
        let at = format!(
            "/records/{}/items/{}/versions/{}/attachments/0",
            house.ada.record, put[0].id, put[0].stamp
        );
        for place in [at.clone(), format!("{at}/view")] {
            let answer = ask(&mut browser, Method::GET, &place, b"").await;
            if answer.status == 404 {
                continue;
            }
            let kind = answer.says("content-type");
            let shown = [
                "application/octet-stream",
                "image/png",
                "image/jpeg",
                "image/gif",
                "image/webp",
                "application/pdf",
            ];
            assert!(shown.contains(&kind), "{content_type} is given as {kind}");
            assert!(answer.says("content-security-policy").starts_with("sandbox; default-src 'none'"));
            assert_eq!(answer.says("x-content-type-options"), "nosniff");
        }
    }
});
