//! A reader of Arabic: what the catalogue calls things is said in Arabic, and what is kept is as ever.

use keepwell_core::authorizations::Caller;
use keepwell_core::credentials::{SignUp, sign_up};
use keepwell_core::persons::{self, NewPerson};
use keepwell_core::thing_types;
use keepwell_core::things::{self, Group};
use keepwell_testkit::{World, on_both_engines, weight};

use crate::browser::Site;
use crate::record::Home;

/// At home with somebody who reads Arabic.
async fn home(world: World) -> Home {
    let person = NewPerson {
        name: "Amal".into(),
        email: "amal@example.org".into(),
        language: "ar".into(),
        country: "EG".into(),
    };
    let command = SignUp { person, password: World::PASSWORD.into(), code: None };
    let (ada, record) = sign_up(&world.domain, command).await.expect("an account");
    persons::set_email_validated(&world.domain, ada).await.expect("confirmed");
    let mut browser = Site::of(&world).browser();
    browser.sign_in_at_home("Amal").await;
    Home { world, ada, record, browser }
}

const PRESSURE: &str = "<when><date><y>2026</y><m>6</m><d>1</d></date></when><systolic>128</systolic>\
    <diastolic>82</diastolic><pulse>60</pulse><irregular-heartbeat>false</irregular-heartbeat>";

on_both_engines!(kinds_fields_and_lines_are_said_in_the_readers_language, |world: World| async move {
    let mut home = home(world).await;
    let key = home.put("blood-pressure", PRESSURE).await;
    let item = home.get(&format!("/items/{}", key.id)).await;
    for said in [
        "<dt>الانقباضي</dt>",
        "<dt>النبض</dt>",
        "<dt>عدم انتظام ضربات القلب</dt>",
        "\u{2066}128/82 mmHg\u{2069}، النبض 60",
    ] {
        assert!(item.html.contains(said), "{said}: {}", item.html);
    }
    assert!(home.get("/items").await.html.contains(">ضغط الدم</a>"));
    home.put_all(&[weight(71.5, 1), weight(72.0, 2)]).await;
    let weights = home.get(&format!("/items/of/{}", thing_types::WEIGHT)).await;
    assert!(weights.html.contains("الوزن (كغ)"), "{}", weights.html);
    let inhaler = "<drug><text>Salbutamol</text></drug><purpose>Rescue</purpose><start-date><structured><date>\
                   <y>2026</y></date></structured></start-date>";
    let key = home.put("asthma-inhaler", inhaler).await;
    let item = home.get(&format!("/items/{}", key.id)).await;
    assert!(item.html.contains("<dt>الغرض</dt><dd><bdi>إسعافي</bdi></dd>"), "{}", item.html);
    assert!(item.html.contains("<bdi>Salbutamol</bdi>"), "what was written stays as it was");
});

on_both_engines!(words_that_pages_show_are_found_in_the_readers_language, |world: World| async move {
    let mut home = home(world).await;
    let key = home.put("blood-pressure", PRESSURE).await;
    home.put_all(&[weight(71.5, 1)]).await;
    for words in ["ضغط", "النبض"] {
        let asked: String = form_urlencoded::byte_serialize(words.as_bytes()).collect();
        let found = home.get(&format!("/search?q={asked}")).await;
        assert!(found.html.contains(&format!("/items/{}", key.id)), "{words}: {}", found.html);
        assert_eq!(found.html.matches("/items/").count(), 1, "{words}");
    }
});

on_both_engines!(a_form_speaks_arabic_and_keeps_what_other_programs_read, |world: World| async move {
    let mut home = home(world).await;
    let form = home.get(&format!("/add/{}", thing_types::WEIGHT)).await;
    assert!(form.html.contains("القيمة (") && form.html.contains("كغ"), "{}", form.html);
    let fields = [("when_y", "2026"), ("when_m", "6"), ("when_d", "1"), ("value", "71.5")];
    let saved = home.browser.fill(&form, &fields).await;
    assert!(saved.title().contains("71.5 كغ"), "{}", saved.html);
    assert!(!saved.html.contains("71.5 kg)"), "what was typed was typed in this unit");
    let asked = [Group::default()];
    let (found, _) =
        things::get(&home.world.domain, &Caller::person(home.ada), home.record, &asked).await.unwrap();
    let kept = &found[0].full[0].data_xml;
    assert!(kept.contains("<display units=\"kg\">71.5</display>"), "{kept}");
});

on_both_engines!(groups_of_fields_are_numbered_in_the_readers_language, |world: World| async move {
    let mut home = home(world).await;
    let kind = thing_types::by_name("contact").unwrap().id;
    let form = home.get(&format!("/add/{kind}")).await;
    let sent = [("contact.address.1.city", ""), ("add-row", "contact.address")];
    let two = home.browser.fill(&form, &sent).await;
    for said in ["<legend>العنوان 2 من 2</legend>", "إضافة آخر: العنوان", "إزالة هذا"]
    {
        assert!(two.html.contains(said), "{said}: {}", two.html);
    }
});
