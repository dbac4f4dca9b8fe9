//! All routes of the Shell, as the router's source has them.

/// The routers.
const ROUTER: &str = include_str!("../../../src/shell.rs");
/// The addresses that they name.
const PATHS: &str = include_str!("../../../src/paths.rs");

/// Where an answer to a GET is for anybody, signed in or not. All others lead to the sign-in page.
pub const OPEN: [&str; 26] = [
    "/redirect.aspx",
    "/visit",
    "/sign-in",
    "/sign-up",
    "/sign-in/code",
    "/sign-in/passkey",
    "/sign-up/passkey",
    "/consent",
    "/application/complete",
    "/patientwelcome.aspx",
    "/connect",
    "/connect/question",
    "/connect/package",
    "/records/edit",
    "/help",
    "/help.aspx",
    "/password/forgot",
    "/confirm",
    "/email/new",
    "/email/undo",
    "/privacy",
    "/terms",
    "/documents/{app}/{which}",
    // An older address of another page, which asks.
    "/records/{record}/readings",
    // They answer with a page of trouble where there is nothing to show.
    "/password/new",
    "/records/new",
];

/// An address that the router knows.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// With the names of what varies, as axum writes them.
    pub path: &'static str,
    pub answers_get: bool,
    pub answers_post: bool,
}

/// All of them.
pub fn all() -> Vec<Route> {
    let router = ROUTER.split("pub fn router(").nth(1).expect("the router");
    // What could bring routes past this list.
    for other in [".nest(", "route_service(", "any(", "put(", "delete(", "patch(", "on("] {
        assert!(!router.contains(other), "the list of routes does not know {other}");
    }
    let merged: Vec<_> =
        router.split(".merge(").skip(1).map(|rest| rest.split(')').next().unwrap()).collect();
    assert_eq!(
        merged,
        ["home", "assets::router(", "brand"],
        "the list of routes does not know what is merged"
    );
    let routes: Vec<_> = router.split(".route(").skip(1).map(route).collect();
    assert!(routes.len() > 50, "the router was read");
    routes
}

fn route(written: &'static str) -> Route {
    let (address, methods) = written.split_once(',').expect("an address and its methods");
    let address = address.trim();
    let path = match address.strip_prefix("paths::") {
        Some(name) => constant(name),
        None => address.trim_matches('"'),
    };
    assert!(path.starts_with('/'), "{address} is no address");
    let has = |method: &str| {
        methods.match_indices(method).any(|(at, _)| !methods[..at].ends_with(char::is_alphanumeric))
    };
    let route = Route { path, answers_get: has("get("), answers_post: has("post(") };
    assert!(route.answers_get || route.answers_post, "{path} answers nothing");
    route
}

fn constant(name: &str) -> &'static str {
    let value = PATHS.split(&format!("pub const {name}: &str = \"")).nth(1);
    value.unwrap_or_else(|| panic!("no path {name}")).split('"').next().unwrap()
}

#[test]
fn the_routers_source_is_read_whole() {
    let routes = all();
    let has = |path: &str| routes.iter().find(|route| route.path == path).expect(path);
    assert!(has("/").answers_get && !has("/").answers_post);
    assert!(has("/sign-out").answers_post && !has("/sign-out").answers_get);
    let item = has("/records/{record}/items/{item}");
    assert!(item.answers_get && item.answers_post);
    let edit = has("/records/{record}/items/{item}/edit");
    assert!(edit.answers_get && edit.answers_post);
    for open in OPEN {
        assert!(has(open).answers_get, "{open}");
    }
}
