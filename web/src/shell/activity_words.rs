//! What an entry of the log says, in one sentence.

use std::collections::BTreeMap;

use keepwell_core::audit::{Action, Logged};
use keepwell_core::authorizations::Avenue;
use keepwell_core::ids::TypeId;
use serde_json::Value;

use super::words;
use crate::attachments::readable;
use crate::locale::{Key, Texts};

/// Kinds that are named; more are counted.
const NAMED: usize = 4;

/// How many items of which kinds.
#[derive(Default)]
struct Items {
    count: u32,
    kinds: Vec<TypeId>,
}

impl Items {
    fn add(&mut self, count: u64, kind: Option<TypeId>) {
        self.count = self.count.saturating_add(u32::try_from(count).unwrap_or(u32::MAX));
        self.kinds.extend(kind);
    }

    /// "3 items: weight and blood pressure".
    fn said(&self, t: &Texts) -> String {
        let items = t.say_count("activity-items", self.count);
        match kinds(&self.kinds, t) {
            None => items,
            Some(kinds) => t.say_two("activity-items-of", "items", items, "kinds", kinds),
        }
    }
}

/// The names of the kinds, each once.
fn kinds(kinds: &[TypeId], t: &Texts) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for kind in kinds {
        let name = words::kind(*kind, t);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let more = names.len().saturating_sub(NAMED);
    if more > 0 {
        names.truncate(NAMED);
        names.push(t.say_count("activity-more-kinds", u32::try_from(more).unwrap_or(u32::MAX)));
    }
    (!names.is_empty()).then(|| t.list(&names))
}

/// What was done. `app` is the app that it was done with, or about.
pub fn what(entry: &Logged, app: Option<String>, t: &Texts) -> String {
    let body: Option<Value> = entry.body.as_deref().and_then(|body| serde_json::from_str(body).ok());
    let Some(action) = Action::from_name(&entry.action) else { return t.say("did-something") };
    let app = app.unwrap_or_else(|| t.say("writer-app-gone"));
    let body = body.unwrap_or_default();
    match action {
        Action::CreateRecord => t.say("did-create-record"),
        Action::RenameRecord => t.say("did-rename-record"),
        Action::CreateRecordAuthorization => t.say_with("did-allow", "app", app),
        Action::UpdateRecordAuthorization => t.say_with("did-allow-otherwise", "app", app),
        Action::RemoveRecordAuthorization => t.say_with("did-stop", "app", app),
        Action::SetRecordState => match body["state"].as_str() {
            Some("active") => t.say("did-open"),
            Some("read-only") => t.say("did-read-only"),
            _ => t.say("did-close"),
        },
        Action::ReadPeople => t.say("did-read-people"),
        Action::ReadPermissions => t.say("did-read-permissions"),
        Action::ReadAlternateIds => t.say("did-read-alternate-ids"),
        Action::SendMessage => t.say("did-message"),
        Action::ReadThings => read(&body, t),
        Action::ReadBlob => {
            let name = readable(body["attachment"].as_str().unwrap_or_default());
            match name.is_empty() {
                true => t.say("did-open-attachment"),
                false => t.say_with("did-open-attachment-named", "name", name),
            }
        }
        Action::PutThings => put(&body, t),
        Action::PickUpPackage => t.say_with("did-pick-up", "items", each(&body, t)),
        Action::RemoveThings => t.say_with("did-remove", "items", each(&body, t)),
        Action::RestoreThings => t.say_with("did-restore", "items", each(&body, t)),
        Action::ReadOperations => t.say("did-read-changes"),
        Action::Refused if entry.avenue == Avenue::Shell.name() => t.say("did-try"),
        Action::Refused => t.say("did-knock"),
        Action::RefusedStranger => t.say("did-knock-as-stranger"),
        Action::ExportRecord => t.say("did-copy-record"),
        Action::ExportActivity => t.say("did-copy-log"),
        Action::CloseAccount => t.say("did-close-account"),
        Action::KeepAccount => t.say("did-keep-account"),
        Action::LeaveRecord => t.say("did-leave-record"),
        Action::CloseRecord => t.say("did-close-record"),
        Action::KeepRecord => t.say("did-keep-record"),
    }
}

fn type_of(value: &Value) -> Option<TypeId> {
    value.as_str()?.parse::<uuid::Uuid>().ok().map(TypeId)
}

/// A look: by an application in groups, or of a page here.
fn read(body: &Value, t: &Texts) -> String {
    if body.get("kinds").is_some() {
        return t.say("did-read-contents");
    }
    if body.get("removed").is_some() {
        return t.say("did-read-removed");
    }
    let mut items = Items::default();
    if body.get("thing").is_some() {
        items.add(1, type_of(&body["type"]));
        return t.say_with("did-read", "items", items.said(t));
    }
    let groups = match body {
        Value::Array(groups) => groups.as_slice(),
        one => std::slice::from_ref(one),
    };
    let mut asked = Vec::new();
    for group in groups {
        let count = |name: &str| group[name].as_u64().unwrap_or_default();
        items.add(count("full") + count("keys"), None);
        asked.extend(group["types"].as_array().into_iter().flatten().filter_map(type_of));
        match group["found"].as_array() {
            Some(found) => items.kinds.extend(found.iter().filter_map(|pair| type_of(&pair[0]))),
            // An older entry says only what was asked for.
            None => items.kinds.clone_from(&asked),
        }
    }
    if items.count > 0 {
        return t.say_with("did-read", "items", items.said(t));
    }
    match kinds(&asked, t) {
        None => t.say("did-read-nothing"),
        Some(kinds) => t.say_with("did-read-nothing-of", "kinds", kinds),
    }
}

/// What was added and what was changed.
fn put(body: &Value, t: &Texts) -> String {
    let mut done: BTreeMap<bool, Items> = BTreeMap::new();
    for thing in body.as_array().into_iter().flatten() {
        let is_new = thing["new"].as_bool().unwrap_or(true);
        done.entry(is_new).or_default().add(1, type_of(&thing["type"]));
    }
    let said = |is_new, key: Key| done.get(&is_new).map(|items| t.say_with(key, "items", items.said(t)));
    let parts: Vec<String> =
        [said(true, Key("did-add")), said(false, Key("did-change"))].into_iter().flatten().collect();
    match parts.is_empty() {
        true => t.say_with("did-add", "items", Items::default().said(t)),
        false => parts.join(" "),
    }
}

/// A list of things, each with its type.
fn each(body: &Value, t: &Texts) -> String {
    let mut items = Items::default();
    for thing in body.as_array().into_iter().flatten() {
        items.add(1, type_of(&thing["type"]));
    }
    items.said(t)
}

#[cfg(test)]
mod tests {
    use keepwell_core::ids::PersonId;

    use super::*;

    const WEIGHT: &str = "3d34d87e-7fc1-4153-800f-f56592cb0d17";

    fn said(action: &str, body: &str) -> String {
        let entry = Logged {
            id: uuid::Uuid::nil(),
            sequence: None,
            at: 0,
            person: PersonId::default(),
            app: None,
            action: action.to_owned(),
            avenue: "Online".to_owned(),
            body: Some(body.to_owned()),
        };
        what(&entry, Some("Weights".to_owned()), &Texts::for_samples())
    }

    #[test]
    fn an_entry_says_kinds_and_numbers_in_plain_words() {
        for (action, body, sentence) in [
            (
                "GetThings",
                format!(r#"[{{"types":[],"full":2,"keys":1,"found":[["{WEIGHT}",3]]}}]"#),
                "Read 3 items: weight.",
            ),
            ("GetThings", format!(r#"[{{"types":["{WEIGHT}"],"full":1,"keys":0}}]"#), "Read 1 item: weight."),
            (
                "GetThings",
                format!(r#"[{{"types":["{WEIGHT}"],"full":0,"keys":0,"found":[]}}]"#),
                "Looked for weight and found nothing.",
            ),
            ("GetThings", r#"{"kinds":4}"#.to_owned(), "Looked at what the record holds."),
            (
                "PutThings",
                format!(r#"[{{"type":"{WEIGHT}","new":true}},{{"type":"{WEIGHT}","new":false}}]"#),
                "Added 1 item: weight. Changed 1 item: weight.",
            ),
            ("RemoveThings", r#"[{"thing":"x"}]"#.to_owned(), "Removed 1 item."),
            ("Refused", "{}".to_owned(), "Tried to get in and was refused."),
            (
                "RefusedStranger",
                "{}".to_owned(),
                "Tried to open it and was refused. Nothing of it was shown.",
            ),
            ("Never heard of", "{}".to_owned(), "Did something that has no words yet."),
        ] {
            assert_eq!(said(action, &body), sentence, "{action} {body}");
        }
    }

    #[test]
    fn a_body_that_is_erased_or_damaged_still_has_a_sentence() {
        for action in Action::ALL {
            for body in ["", "{", "[]", "7", "\"x\"", "[[[]]]", "[{\"full\":-1,\"found\":[1]}]", "null"] {
                assert!(!said(action.name(), body).is_empty());
            }
        }
    }
}
