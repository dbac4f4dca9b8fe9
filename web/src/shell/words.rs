//! What applications, rules and types are called on pages.

use keepwell_core::applications::{Application, Permission, Rule, Types};
use keepwell_core::ids::TypeId;
use keepwell_core::thing_types;

use crate::labels;
use crate::locale::{Key, Texts};
use crate::pages::App;
use crate::pages::abilities::{Ability, May};
use crate::redirect::action_url::{ActionUrl, Environment};

/// An application, as a person meets it: with the host at which it is registered.
pub fn app(app: &Application, t: &Texts) -> App {
    let host = |address: &String| {
        ActionUrl::parse(address, Environment::Development).ok().map(|address| address.host().to_owned())
    };
    let home = app.home.as_ref().or(app.action_url.as_ref()).and_then(host);
    let logo = app.large_logo.as_ref().map(|_| format!("/documents/{}/logo", app.as_registered()));
    App { name: app.name.best(t.lang()).to_owned(), logo, home }
}

/// What a device is called, also when it did not say.
pub fn device(name: &str, t: &Texts) -> String {
    if name.is_empty() { t.say("device-unnamed") } else { name.to_owned() }
}

/// What an application may do for which no rule asks: it follows from the methods that it may call.
pub fn beside(app: &Application) -> Vec<Key> {
    let may = |method: &str| app.may_call(method);
    let knows = match may("GetPeopleForRecord") {
        true => Key("beside-knows-people"),
        false => Key("beside-knows"),
    };
    let writes = if may("SendInsecureMessage") {
        Some(Key("beside-writes-in-your-name"))
    } else {
        may("SendInsecureMessageFromApplication").then_some(Key("beside-writes-to-you"))
    };
    [Some(knows), writes].into_iter().flatten().collect()
}

/// A rule as a line of a page.
pub fn ability(rule: &Rule, away: bool, t: &Texts) -> Ability {
    let may = rule.permissions.iter().map(|permission| match permission {
        Permission::Read => May::Read,
        Permission::Create => May::Add,
        Permission::Update => May::Change,
        Permission::Delete => May::Delete,
    });
    Ability {
        may: may.collect(),
        what: kinds(rule, t),
        reason: Some(rule.why.best(t.lang()).trim().to_owned()).filter(|why| !why.is_empty()),
        away,
        new: false,
    }
}

/// What a rule is about. Empty means everything in the record.
fn kinds(rule: &Rule, t: &Texts) -> Vec<String> {
    let is_excepted = |id: &TypeId| rule.except.iter().any(|except| thing_types::are_related(*except, *id));
    match &rule.types {
        Types::All if rule.except.is_empty() => Vec::new(),
        Types::All => {
            vec![t.say_with("ability-everything-but", "types", t.list(&names(&rule.except, t)))]
        }
        Types::Only(types) => {
            let types: Vec<TypeId> = types.iter().filter(|id| !is_excepted(id)).copied().collect();
            match types.is_empty() {
                // All its types are taken out again; an empty list would say the opposite.
                true => vec![t.say("ability-nothing")],
                false => names(&types, t),
            }
        }
    }
}

fn names(types: &[TypeId], t: &Texts) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for id in types {
        let name = kind(*id, t);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// A type within a sentence: "blood pressure".
pub fn kind(id: TypeId, t: &Texts) -> String {
    let Some(known) = thing_types::find(id) else { return t.say("type-unknown") };
    t.say_if_known(format!("type-{}", known.root)).unwrap_or_else(|| labels::kind(known, t).to_lowercase())
}

/// A type by itself: "Blood pressure".
pub fn kind_alone(id: TypeId, t: &Texts) -> String {
    let name = kind(id, t);
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Without the lines that say for "while you use it" what another says for "also when you are away".
pub fn merged(abilities: Vec<Ability>) -> Vec<Ability> {
    let is_within = |ability: &Ability| {
        let away = Ability { away: true, ..ability.clone() };
        !ability.away && abilities.contains(&away)
    };
    abilities.iter().filter(|ability| !is_within(ability)).cloned().collect()
}
