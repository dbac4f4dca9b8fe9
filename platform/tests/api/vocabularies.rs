//! GetVocabulary and SearchVocabulary.

use keepwell_core::vocabularies::{self, MOST_ITEMS, MOST_RESULTS, Sheet, load};
use keepwell_testkit::{Reply, World, on_both_engines};

use crate::desk::{As, Desk};

const COLOURS: &str = "name: colours\nfamily: own\nversion: 1\ndescription: What the eye sees\n\n\
                       b\tBlue\tbl\t<rgb v=\"00f\"/>\nr\tRed\ng\tGreen like grass\n[de]\nr\tRot\nb\tBlau\n";

fn colours(version: &str) -> Sheet {
    let mut sheet = vocabularies::parse(COLOURS).unwrap();
    sheet.key.version = version.to_owned();
    sheet
}

fn key(inside: &str) -> String {
    format!("<vocabulary-key>{inside}</vocabulary-key>")
}

fn own(name: &str) -> String {
    key(&format!("<name>{name}</name><family>own</family>"))
}

fn info(keys: &str, fixed: bool) -> String {
    format!(
        "<info><vocabulary-parameters>{keys}<fixed-culture>{fixed}</fixed-culture></vocabulary-parameters></info>"
    )
}

fn search_info(key: &str, mode: &str, text: &str, most: &str) -> String {
    format!(
        "<info>{key}<text-search-parameters><search-string search-mode=\"{mode}\">{text}</search-string>{most}\
         </text-search-parameters></info>"
    )
}

async fn get(desk: &Desk, keys: &str) -> Reply {
    desk.call("GetVocabulary", 2, &info(keys, false), As::Nobody).await
}

async fn search(desk: &Desk, key: &str, mode: &str, text: &str) -> Reply {
    desk.call("SearchVocabulary", 1, &search_info(key, mode, text, ""), As::Nobody).await
}

/// The texts of all elements of this name.
fn all(reply: &Reply, name: &str) -> Vec<String> {
    assert_eq!(reply.code, 0, "{}", reply.text);
    let document = keepwell_wire::roxmltree::Document::parse(&reply.text).unwrap();
    let found = document.descendants().filter(|n| n.tag_name().name() == name);
    found.map(|n| n.text().unwrap_or_default().to_owned()).collect()
}

on_both_engines!(without_keys_all_vocabularies_are_listed, |world: World| async move {
    let desk = Desk::of(world).await;
    for version in [1, 2] {
        let list = desk.good("GetVocabulary", version, "<info/>", As::Nobody).await;
        let count = list.count("vocabulary-key");
        assert_eq!(count, vocabularies::names().count());
        for name in ["name", "family", "version", "description"] {
            assert_eq!(list.count(name), count, "{name}");
        }
        assert_eq!(list.count("code-item"), 0);
        assert_eq!(list.text.matches("xml:lang=\"en\"").count(), count);
    }
});

on_both_engines!(vocabularies_come_in_the_order_asked_with_items_by_code, |world: World| async move {
    let desk = Desk::of(world).await;
    let keys = [
        key("<name>months</name>"),
        key("<name>iso639-1</name><family>iso</family><version>1.0</version>"),
        key("<name>blood-types</name><family>wc</family>"),
    ];
    let reply = get(&desk, &keys.concat()).await;
    assert_eq!(all(&reply, "name"), ["months", "iso639-1", "blood-types"]);
    assert_eq!(all(&reply, "family"), ["wc", "iso", "wc"]);
    assert_eq!(all(&reply, "is-vocab-truncated"), ["false"; 3]);
    let codes = all(&reply, "code-value");
    assert_eq!(codes[..4], ["1", "10", "11", "12"]);
    assert_eq!(codes[codes.len() - 8..], ["A+", "A-", "AB+", "AB-", "B+", "B-", "O+", "O-"]);
    assert_eq!(reply.value("abbreviation-text").as_deref(), Some("Jan"));
});

on_both_engines!(without_a_version_the_newest_is_meant, |world: World| async move {
    let desk = Desk::of(world).await;
    let routes = |version: &str| key(&format!("<name>medication-routes</name>{version}"));
    assert_eq!(all(&get(&desk, &routes("")).await, "version"), ["2"]);
    assert_eq!(all(&get(&desk, &routes("<version>1</version>")).await, "version"), ["1"]);
    for version in ["9", "10"] {
        load(&desk.world.domain, &colours(version)).await.unwrap();
        assert_eq!(all(&get(&desk, &own("colours")).await, "version"), [version], "seen at once");
    }
});

on_both_engines!(the_header_says_the_language_and_may_insist_on_it, |world: World| async move {
    let desk = Desk::of(world).await;
    load(&desk.world.domain, &colours("1")).await.unwrap();
    let ask = async |language: &str, country: &str, fixed: bool| {
        let info = info(&own("colours"), fixed);
        let ask = desk.session.ask("GetVocabulary", 2, info, desk.now()).culture(language, country);
        let reply = desk.send(&ask.text()).await;
        let language = reply.text.split_once("xml:lang=\"").unwrap().1.split('"').next().unwrap().to_owned();
        (language, all(&reply, "display-text").join("|"))
    };
    let pair = |language: &str, text: &str| (language.to_owned(), text.to_owned());
    assert_eq!(ask("de", "CH", false).await, pair("de", "Blau|Green like grass|Rot"));
    assert_eq!(ask("de", "CH", true).await, pair("de", "Blau|Green like grass|Rot"));
    assert_eq!(ask("en", "GB", true).await, pair("en", "Blue|Green like grass|Red"));
    assert_eq!(ask("fr", "FR", false).await, pair("en", "Blue|Green like grass|Red"));
    assert_eq!(ask("fr", "FR", true).await, pair("en", "||"), "items come with empty texts");
});

on_both_engines!(a_long_vocabulary_goes_on_strictly_behind_the_last_code, |world: World| async move {
    let desk = Desk::of(world).await;
    let long = "<name>iso3166-2</name><family>iso</family>";
    let first = get(&desk, &key(long)).await;
    assert_eq!(all(&first, "is-vocab-truncated"), ["true"]);
    let mut codes = all(&first, "code-value");
    assert_eq!(codes.len(), MOST_ITEMS);
    let on = key(&format!("{long}<version>1.0</version><code-value>{}</code-value>", codes[MOST_ITEMS - 1]));
    let rest = get(&desk, &on).await;
    assert_eq!(all(&rest, "is-vocab-truncated"), ["false"]);
    codes.extend(all(&rest, "code-value"));
    assert!(codes.is_sorted_by(|a, b| a < b) && codes.len() > MOST_ITEMS);
    let months = |code: &str| key(&format!("<name>months</name><code-value>{code}</code-value>"));
    assert_eq!(all(&get(&desk, &months("8")).await, "code-value"), ["9"]);
    assert_eq!(all(&get(&desk, &months("9")).await, "code-value"), [""; 0]);
    assert_eq!(get(&desk, &months("13")).await.code, 78);
});

on_both_engines!(what_is_not_there_is_55, |world: World| async move {
    let desk = Desk::of(world).await;
    for unknown in [
        key("<name>none</name>"),
        key("<name>iso3166</name>"),
        key("<name>months</name><version>2</version>"),
        format!("{}{}", key("<name>months</name>"), key("<name>none</name>")),
    ] {
        assert_eq!(get(&desk, &unknown).await.code, 55, "{unknown}");
    }
    assert_eq!(search(&desk, &key("<name>none</name>"), "Prefix", "a").await.code, 55);
});

on_both_engines!(no_more_is_put_together_than_an_answer_may_hold, |world: World| async move {
    let desk = Desk::of(world).await;
    let long = key("<name>iso3166-2</name><family>iso</family>");
    assert_eq!(get(&desk, &long.repeat(8)).await.code, 0);
    assert_eq!(get(&desk, &long.repeat(9)).await.code, 71);
});

on_both_engines!(a_restricted_vocabulary_needs_an_authorization, |world: World| async move {
    let mut sheet = colours("1");
    sheet.restricted = true;
    load(&world.domain, &sheet).await.unwrap();
    let desk = Desk::of(world).await;
    let answers = async || {
        let listed = desk.good("GetVocabulary", 1, "<info/>", As::Nobody).await;
        let found = search(&desk, "", "Contains", "eye").await;
        [
            get(&desk, &own("colours")).await.code,
            search(&desk, &own("colours"), "Prefix", "r").await.code,
            u16::from(all(&listed, "name").iter().any(|name| name == "colours")),
            u16::from(found.count("vocabulary-key") > 0),
        ]
    };
    assert_eq!(answers().await, [130, 130, 0, 0]);
    let mut app = (*desk.app.app).clone();
    app.vocabularies = vec![keepwell_core::applications::Vocabulary { family: "own".to_owned(), name: None }];
    keepwell_core::applications::replace(&desk.world.domain, &app).await.unwrap();
    assert_eq!(answers().await, [0, 0, 1, 1]);
});

on_both_engines!(items_are_found_by_beginning_part_or_words, |world: World| async move {
    let desk = Desk::of(world).await;
    load(&desk.world.domain, &colours("1")).await.unwrap();
    for (mode, text, expected) in [
        ("Prefix", "r", &["r"][..]),
        ("Prefix", "BL", &["b"]),
        ("Prefix", "grass", &[]),
        ("Contains", "GRA", &["g"]),
        ("FullText", "grass green", &["g"]),
        ("FullText", "gras", &[]),
    ] {
        let reply = search(&desk, &own("colours"), mode, text).await;
        assert_eq!(all(&reply, "code-value"), expected, "{mode} {text}");
        assert_eq!(reply.count("code-set-result"), 1, "also when nothing is found");
        assert_eq!(
            (all(&reply, "family"), all(&reply, "version")),
            (vec!["own".to_owned()], vec!["1".to_owned()])
        );
    }
    let by_default = search_info(&own("colours"), "Prefix", "g", "").replace(" search-mode=\"Prefix\"", "");
    let reply = desk.good("SearchVocabulary", 1, &by_default, As::Nobody).await;
    assert_eq!(all(&reply, "code-value"), ["g"]);
    assert!(reply.text.contains("<display-text>Green like grass</display-text>"));
    let blue = search(&desk, &own("colours"), "Prefix", "blue").await;
    assert!(blue.text.contains("<info-xml><rgb v=\"00f\"/></info-xml>"));
    assert_eq!(search(&desk, &own("colours"), "Fuzzy", "g").await.code, 3);
    let german = search_info(&own("colours"), "Prefix", "ro", "");
    let ask = desk.session.ask("SearchVocabulary", 1, german, desk.now()).culture("de", "");
    assert_eq!(all(&desk.send(&ask.text()).await, "display-text"), ["Rot"]);
});

on_both_engines!(a_search_finds_no_more_than_was_wanted_or_is_allowed, |world: World| async move {
    let desk = Desk::of(world).await;
    let regions = key("<name>iso3166-2</name><family>iso</family>");
    for (most, expected) in [
        ("<max-results>2</max-results>", 2),
        ("", MOST_RESULTS),
        ("<max-results>99999</max-results>", MOST_RESULTS),
    ] {
        let info = search_info(&regions, "Contains", "a", most);
        let reply = desk.good("SearchVocabulary", 1, &info, As::Nobody).await;
        assert_eq!(reply.count("code-item"), expected);
        assert_eq!(reply.value("is-vocab-truncated").as_deref(), Some("true"));
    }
    let few = search_info(&key("<name>months</name>"), "Prefix", "ju", "<max-results>2</max-results>");
    let reply = desk.good("SearchVocabulary", 1, &few, As::Nobody).await;
    assert_eq!(all(&reply, "display-text"), ["July", "June"]);
    assert_eq!(reply.value("is-vocab-truncated").as_deref(), Some("false"));
    let none = search_info(&regions, "Prefix", "a", "<max-results>0</max-results>");
    assert_eq!(desk.call("SearchVocabulary", 1, &none, As::Nobody).await.code, 3);
});

on_both_engines!(without_a_key_the_vocabularies_themselves_are_searched, |world: World| async move {
    let desk = Desk::of(world).await;
    let by_name = search(&desk, "", "Prefix", "medication-r").await;
    assert_eq!(all(&by_name, "name"), ["medication-routes"; 2]);
    assert_eq!(all(&by_name, "version"), ["1", "2"]);
    assert_eq!(all(&search(&desk, "", "Contains", "ISO 4217").await, "name"), ["iso4217"]);
    assert_eq!(all(&search(&desk, "", "FullText", "weight units").await, "name"), ["weight-units"]);
    let diseases = search(&desk, "", "Prefix", "International Classification of Diseases").await;
    assert_eq!(all(&diseases, "name"), ["icd9cm-reactions"], "what a client's own test looks for");
    let none = search(&desk, "", "Prefix", "Nobody calls one so").await;
    assert!(none.text.ends_with("SearchVocabulary\"/></response>"), "{}", none.text);
    let two = search_info("", "Prefix", "a", "<max-results>2</max-results>");
    assert_eq!(desk.good("SearchVocabulary", 1, &two, As::Nobody).await.count("vocabulary-key"), 2);
});

on_both_engines!(the_limits_that_the_service_tells_are_those_it_keeps, |world: World| async move {
    let desk = Desk::of(world).await;
    let all = desk.good("GetServiceDefinition", 2, "<info/>", As::Nobody).await;
    for (name, value) in [("maxVocabularyItems", MOST_ITEMS), ("MaxResultsVocabularyRetrieval", MOST_RESULTS)]
    {
        assert!(all.text.contains(&format!("key=\"{name}\">{value}<")), "{name}");
    }
});
