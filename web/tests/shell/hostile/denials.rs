//! Whoever is refused at a record leaves an entry in its log, whichever of its addresses they opened.

use http::Method;
use keepwell_core::audit::{self, Deed, Filter, Logged, REFUSED_EVERY, STRANGER};
use keepwell_core::authorizations::{self, Caller};
use keepwell_testkit::{World, on_both_engines};

use super::house::{Answer, House, Resident, address, ask, fields, form};
use super::routes::{OPEN, Route, all};

/// Every address of a record that answers, with how it is asked.
fn of_a_record() -> Vec<(Route, Method)> {
    let about =
        all().into_iter().filter(|route| route.path.contains("{record}") && !OPEN.contains(&route.path));
    let both = |route: Route| {
        [(route.answers_get, Method::GET), (route.answers_post, Method::POST)]
            .into_iter()
            .filter_map(move |(is_asked, method)| is_asked.then_some((route, method)))
    };
    about.flat_map(both).collect()
}

/// Ada, who has just signed in, asks for this with a form of hers.
async fn asked(house: &House, route: &Route, method: &Method, place: &str) -> Answer {
    let mut browser = house.browser_of(&house.ada).await;
    let mut all = fields(route, &house.bob);
    all.push(("csrf", house.csrf(&browser)));
    let body = match *method {
        Method::POST => form(&all.iter().map(|(name, value)| (*name, value.as_str())).collect::<Vec<_>>()),
        _ => Vec::new(),
    };
    let answer = ask(&mut browser, method.clone(), place, &body).await;
    house.site.settle().await;
    house.world.domain.settle().await;
    house.world.clock.advance(REFUSED_EVERY);
    answer
}

/// What Bob reads of those who were refused.
async fn refused(house: &House) -> Vec<Logged> {
    let Resident { person, record, .. } = house.bob;
    let access = authorizations::open(&house.world.domain, &Caller::person(person), record).await.unwrap();
    let filter = Filter { deed: Some(Deed::Refused), ..Filter::default() };
    audit::activity(&house.world.domain, &access, &filter, None, 1_000).await.unwrap().entries
}

on_both_engines!(
    a_stranger_who_opens_any_address_of_a_record_leaves_an_entry_in_its_log,
    |world: World| async move {
        let house = House::of(world).await;
        let all = of_a_record();
        assert!(all.len() > 30, "{}", all.len());
        for (number, (route, method)) in all.iter().enumerate() {
            let place = address(route, &house.bob);
            let answer = asked(&house, route, method, &place).await;
            assert_eq!(answer.status, 404, "{method} {place}: {}", answer.text());
            let found = refused(&house).await;
            assert_eq!(found.len(), number + 1, "{method} {place}");
            let entry = &found[0];
            assert_eq!((entry.person, entry.avenue.as_str()), (STRANGER, "Shell"), "{place}");
            assert_eq!(entry.action, "RefusedStranger", "{place}");
        }
    }
);

on_both_engines!(an_address_of_nobodys_record_leaves_an_entry_nowhere, |world: World| async move {
    let house = House::of(world).await;
    let before = house.snapshot().await;
    for (route, method) in of_a_record() {
        let place = address(&route, &house.bob);
        let nowhere = place.replace(&house.bob.record.to_string(), "0d5b3f2a-91c7-4e6d-8a40-77f1c2b3d4e5");
        let answer = asked(&house, &route, &method, &nowhere).await;
        assert_eq!(answer.status, 404, "{method} {nowhere}");
        // Nor does who is not signed in.
        let mut nobody = house.site.browser();
        let answer = ask(&mut nobody, method.clone(), &place, b"").await;
        assert_ne!(answer.status, 404, "{method} {place}");
    }
    house.site.settle().await;
    let after = house.snapshot().await;
    for table in ["audit_entry", "audit_head", "audit_refusal"] {
        assert_eq!(before[table], after[table]);
    }
});

on_both_engines!(
    who_may_look_and_is_refused_more_leaves_an_entry_with_their_name,
    |world: World| async move {
        let house = House::of(world).await;
        house.world.lets_look(house.bob.record, house.ada.person).await;
        let mut noted = Vec::new();
        for (route, method) in of_a_record() {
            let before = refused(&house).await.len();
            let place = address(&route, &house.bob);
            let answer = asked(&house, &route, &method, &place).await;
            let found = refused(&house).await;
            // An app that is no app of hers is nothing, and a file that is no picture is only kept.
            let is_nothing = route.path.contains("{app}") || route.path.ends_with("/view");
            let is_refused = answer.status == 404 && !is_nothing;
            assert_eq!(found.len() - before, usize::from(is_refused), "{method} {place}: {}", answer.text());
            if is_refused {
                assert_eq!((found[0].person, &*found[0].action), (house.ada.person, "Refused"), "{place}");
                noted.push((method, route.path));
            }
        }
        for (method, path) in [
            (Method::POST, "/records/{record}/copy"),
            (Method::GET, "/records/{record}/removed"),
            (Method::GET, "/records/{record}/add/{kind}"),
            (Method::POST, "/records/{record}/items/{item}/edit"),
            (Method::POST, "/records/{record}/items/{item}/remove"),
            (Method::GET, "/records/{record}/settings/picture"),
            (Method::POST, "/records/{record}/close"),
        ] {
            assert!(noted.contains(&(method.clone(), path)), "{method} {path}");
        }
    }
);
