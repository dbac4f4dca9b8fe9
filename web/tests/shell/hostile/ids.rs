//! Ids of somebody else's things, and ids of nothing.

use std::collections::BTreeSet;

use http::Method;
use keepwell_core::thing_types;
use keepwell_testkit::{World, on_both_engines};

use super::house::{Answer, House, Resident, address, ask, assert_same, fields, filled, form};
use super::routes::{OPEN, Route, all};

const NOBODYS: &str = "0d5b3f2a-91c7-4e6d-8a40-77f1c2b3d4e5";
const MALFORMED: [&str; 7] = [
    "nonsense",
    "%00",
    "..%2f..%2fetc",
    "%27%20OR%201=1--",
    "-1",
    "00000000-0000-0000-0000-000000000000",
    "%F0%9F%92%89",
];

/// Names in addresses that belong to a person. The others are the same for everybody.
fn owned(route: &Route) -> Vec<&'static str> {
    let names = route.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let open = OPEN.contains(&route.path);
    let all: Vec<_> = names.filter(|name| !["kind", "which", "index"].contains(name)).collect();
    if open { Vec::new() } else { all }
}

/// Ada's address with one of its ids changed.
fn with(route: &Route, of: &Resident, name: &str, id: &str) -> String {
    let own = address(route, of);
    let own: Vec<_> = own.split('/').collect();
    let at: Vec<_> = route.path.split('/').collect();
    let mut values =
        at.iter().zip(own).filter(|(part, _)| part.starts_with('{')).map(|(_, value)| value.to_owned());
    let mut value = |part: &str| {
        let own = values.next().expect("a value");
        if part == name { id.to_owned() } else { own }
    };
    let cell = std::cell::RefCell::new(&mut value);
    filled(route.path, |part| (cell.borrow_mut())(part))
}

/// The value of this name in an address of this person.
fn value(route: &Route, of: &Resident, name: &str) -> String {
    let own = address(route, of);
    let mut both = route.path.split('/').zip(own.split('/'));
    both.find(|(part, _)| part.trim_matches(['{', '}']) == name && part.starts_with('{'))
        .expect("a value")
        .1
        .to_owned()
}

/// What the browser is told, without what differs by the address that was asked for.
fn told(answer: &Answer, id: &str) -> (u16, String, String) {
    let plain = |text: &str| text.replace(id, "ID");
    (answer.status.as_u16(), plain(answer.says("location")), plain(&answer.text()))
}

on_both_engines!(another_persons_id_is_answered_like_one_that_is_nobodys, |world: World| async move {
    let house = House::of(world).await;
    let mut browser = house.browser_of(&house.ada).await;
    let csrf = house.csrf(&browser);
    let bobs: BTreeSet<String> =
        [house.bob.record.to_string(), house.bob.item.id.to_string(), house.bob.person.to_string()].into();
    let before = house.snapshot().await;
    for route in all() {
        for name in owned(&route) {
            let theirs = value(&route, &house.bob, name);
            for (is_asked, method) in [(route.answers_get, Method::GET), (route.answers_post, Method::POST)] {
                if !is_asked {
                    continue;
                }
                let body = match method {
                    Method::POST => {
                        let mut all = fields(&route, &house.ada);
                        all.push(("csrf", csrf.clone()));
                        form(&all.iter().map(|(name, value)| (*name, value.as_str())).collect::<Vec<_>>())
                    }
                    _ => Vec::new(),
                };
                let nobodys =
                    ask(&mut browser, method.clone(), &with(&route, &house.ada, name, NOBODYS), &body).await;
                let place = with(&route, &house.ada, name, &theirs);
                let answer = ask(&mut browser, method.clone(), &place, &body).await;
                assert_eq!(told(&answer, &theirs), told(&nobodys, NOBODYS), "{method} {place}");
                if method == Method::GET {
                    assert_eq!(answer.status, 404, "{place}: {}", answer.text());
                    assert!(!bobs.iter().any(|id| *id != theirs && answer.text().contains(id)), "{place}");
                }
                for malformed in MALFORMED {
                    let place = with(&route, &house.ada, name, malformed);
                    let answer = ask(&mut browser, method.clone(), &place, &body).await;
                    assert!(
                        [404, 303].contains(&answer.status.as_u16()),
                        "{method} {place}: {}",
                        answer.status
                    );
                    assert!(!answer.is_broken(), "{method} {place}");
                }
                // All of it somebody else's.
                let place = address(&route, &house.bob);
                let answer = ask(&mut browser, method.clone(), &place, &body).await;
                assert!([404, 303].contains(&answer.status.as_u16()), "{method} {place}: {}", answer.status);
            }
        }
        assert_same(
            &before,
            &house.snapshot().await,
            &["audit_entry", "audit_head", "audit_refusal"],
            route.path,
        );
    }
    // Nothing was read of Bob's record either: his log says that somebody was refused, and is else as it was.
    let after = house.snapshot().await;
    let record = format!("{:?}", house.bob.record.0.as_bytes());
    let of_bob = |rows: &[String]| {
        let his = rows.iter().filter(|row| row.contains(&record) && !row.contains("RefusedStranger"));
        his.cloned().collect::<Vec<_>>()
    };
    assert!(!of_bob(&before["audit_entry"]).is_empty());
    assert_eq!(of_bob(&before["audit_entry"]), of_bob(&after["audit_entry"]));
});

on_both_engines!(ids_in_forms_and_queries_lead_to_nothing_of_another, |world: World| async move {
    let house = House::of(world).await;
    let mut browser = house.browser_of(&house.ada).await;
    let csrf = house.csrf(&browser);
    let record = format!("/records/{}", house.ada.record);
    let before = house.snapshot().await;
    // Bob's version for Ada's removed item, and other fields that name something.
    let restore = format!("{record}/items/{}", house.ada.removed);
    for (place, name, id) in [
        (&*restore, "version", house.bob.item.stamp.to_string()),
        ("/notices", "notice", house.bob.person.to_string()),
        ("/sessions/end", "session", house.bob.person.to_string()),
        ("/password/new", "token", house.bob.person.to_string()),
        ("/confirm", "token", house.bob.person.to_string()),
    ] {
        for id in [&*id, NOBODYS, "nonsense"] {
            let answer = ask(&mut browser, Method::POST, place, &form(&[("csrf", &csrf), (name, id)])).await;
            assert!(!answer.is_broken(), "{place} with {id}: {}", answer.text());
        }
    }
    for query in [
        format!("/activity?after={NOBODYS}"),
        format!("/activity?who=person-{}", house.bob.person),
        format!("/activity/csv?who=app-{}", house.bob.app),
        format!("/timeline?kind={NOBODYS}&after={NOBODYS}"),
        format!("/removed?after={NOBODYS}"),
        format!("/items/of/{}?after={NOBODYS}", thing_types::WEIGHT),
        "/activity?from=-999999999-01-01&until=999999999-12-31".to_owned(),
        "/activity?from=9999-12-31&until=9999-12-31".to_owned(),
        "/timeline?after=99999999999999999999-nonsense".to_owned(),
        "/timeline?after=-9223372036854775808-0".to_owned(),
    ] {
        let answer = ask(&mut browser, Method::GET, &format!("{record}{query}"), b"").await;
        assert_eq!(answer.status, 200, "{query}: {}", answer.text());
        assert!(!answer.is_broken(), "{query}");
        assert!(!answer.text().contains(&house.bob.record.to_string()), "{query}");
    }
    assert_same(&before, &house.snapshot().await, &["audit_entry", "audit_head"], "forms with ids");
});
