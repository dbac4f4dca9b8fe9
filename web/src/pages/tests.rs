//! Rules that hold for every page in every state.

use super::*;

fn pages() -> Vec<Sample> {
    gallery().unwrap()
}

#[test]
fn every_template_of_a_page_has_a_sample() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates");
    let templates = std::fs::read_dir(folder).unwrap().filter_map(|entry| {
        let name = entry.unwrap().file_name().into_string().unwrap();
        Some(name.strip_suffix(".html").filter(|name| *name != "base")?.replace('_', "-"))
    });
    let pages = pages();
    let is_played = |name: &String| pages.iter().any(|page| page.name.starts_with(&format!("{name}--")));
    let missing: Vec<_> = templates.filter(|name| !is_played(name)).collect();
    assert!(missing.is_empty(), "no sample in pages::gallery for {missing:?}");
}

#[test]
fn every_file_of_a_page_is_one_of_the_pages() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/pages");
    let list = include_str!("../pages.rs");
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let name = name.trim_end_matches(".rs");
        assert!(list.contains(&format!("mod {name};")), "{name}");
    }
}

/// The values of this attribute in a page.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let mark = format!(" {attribute}=\"");
    html.split(&mark[..]).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_page_has_a_language_a_title_one_heading_and_a_way_past_the_header() {
    for page in pages() {
        assert!(page.html.contains("<html lang=\"en\" dir=\"ltr\">"), "{}", page.name);
        assert!(!page.html.contains("<title> ·"), "{}", page.name);
        assert_eq!(page.html.matches("<h1").count(), 1, "{}", page.name);
        assert!(page.html.contains("href=\"#main\"") && page.html.contains("id=\"main\""), "{}", page.name);
    }
}

#[test]
fn every_form_of_ours_carries_the_csrf_token() {
    for page in pages().iter().filter(|page| !page.name.starts_with("token-form")) {
        let forms = page.html.matches("<form method=\"post\"").count();
        assert_eq!(page.html.matches("name=\"csrf\" value=\"sample-csrf\"").count(), forms, "{}", page.name);
        // A form that only looks something up changes nothing, and needs no token.
        let lookups = page.html.matches(" method=\"get\" ").count();
        assert_eq!(page.html.matches("<form").count(), forms + lookups, "{}", page.name);
    }
}

#[test]
fn the_form_that_leaves_for_an_application_does_not_carry_the_csrf_token() {
    for page in pages().iter().filter(|page| page.name.starts_with("token-form")) {
        assert!(!page.html.contains("csrf"), "{}", page.name);
    }
}

#[test]
fn no_page_has_style_or_script_of_its_own() {
    for page in pages() {
        for inline in [" style=", "<style", "<script>", " onclick=", " onload=", "javascript:"] {
            assert!(!page.html.contains(inline), "{} has {inline}", page.name);
        }
    }
}

#[test]
fn no_address_on_a_page_looks_like_the_end_of_a_visit() {
    for page in pages().iter().filter(|page| !page.name.starts_with("token-form")) {
        for address in
            [values(&page.html, "href"), values(&page.html, "action"), values(&page.html, "src")].concat()
        {
            assert!(!address.to_lowercase().contains("complete"), "{}: {address}", page.name);
            assert!(!address.contains("AppAuthSuccess"), "{}: {address}", page.name);
        }
    }
}

#[test]
fn every_field_has_a_label_and_no_id_stands_twice() {
    for page in pages() {
        let mut ids = values(&page.html, "id");
        let count = ids.len();
        for label in values(&page.html, "for") {
            assert!(ids.contains(&label), "{}: {label}", page.name);
        }
        for described in values(&page.html, "aria-describedby").iter().flat_map(|ids| ids.split(' ')) {
            assert!(ids.contains(&described), "{}: {described}", page.name);
        }
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "{}", page.name);
    }
}

#[test]
fn no_page_shows_the_key_of_a_text_that_is_missing_or_a_protocol_word() {
    for page in pages() {
        let words =
            page.html.split('>').filter_map(|part| part.split('<').next()).collect::<Vec<_>>().join(" ");
        for word in [
            "wctoken",
            "DOPU",
            "AppAuth",
            "actionqs",
            "permission",
            "{ $",
            "consent-",
            "sign-in-",
            "trouble-",
        ] {
            assert!(!words.contains(word), "{} says {word}", page.name);
        }
    }
}

#[test]
fn the_two_buttons_of_a_decision_are_of_one_kind() {
    for page in pages().iter().filter(|page| page.html.contains("class=\"pair\"")) {
        let pair = page.html.split("class=\"pair\">").nth(1).unwrap().split("</div>").next().unwrap();
        assert!(!pair.contains("class="), "{}", page.name);
    }
}

#[test]
fn nobody_agrees_by_pressing_enter_in_a_choice() {
    for page in pages().iter().filter(|page| page.name.starts_with("consent")) {
        let form = page.html.split("<form ").nth(1).unwrap();
        assert!(
            form.split("<button").nth(1).unwrap().starts_with(" name=\"decision\" value=\"\""),
            "{}",
            page.name
        );
    }
}

#[test]
fn nothing_optional_is_on_unless_the_person_turned_it_on() {
    let choice = pages().into_iter().find(|page| page.name == "consent--choice").unwrap();
    assert!(choice.html.contains("value=\"online:sleep\">"));
    assert!(choice.html.contains("value=\"offline:allergies\" checked>"));
}

#[test]
fn a_record_that_cannot_be_chosen_is_shown_with_its_reason() {
    let choice = pages().into_iter().find(|page| page.name == "consent--choice").unwrap();
    let closed = choice.html.split("value=\"r3\"").nth(1).unwrap().split("</label>").next().unwrap();
    assert!(closed.contains(" disabled") && closed.contains("You may not share enough"));
}

#[test]
fn a_name_cannot_bring_markup() {
    let mut consent = consent::samples().remove(0).1;
    consent.app.name = "<script>alert(1)</script>".into();
    consent.abilities[0].reason = Some("\"><img src=x>".into());
    let html = consent.render().unwrap();
    assert!(!html.contains("<script>") && !html.contains("<img src=x"));
}
