//! Vocabularies are loaded whole or not at all, are seen on every process at once, and stay restricted.

use keepwell_core::Domain;
use keepwell_core::applications::{Application, Vocabulary};
use keepwell_core::vocabularies::{
    self, Key, Mode, Origin, Sheet, Shelf, VocabularyError, Wanted, load, parse, remove, shelf,
};
use keepwell_testkit::{World, on_both_engines};

fn sheet(name: &str, version: &str, items: &str) -> Sheet {
    parse(&format!("name: {name}\nfamily: own\nversion: {version}\ndescription: Mine\n\n{items}")).unwrap()
}

fn own(name: &str) -> Wanted<'_> {
    Wanted { name, family: Some("own"), version: None }
}

fn display(shelf: &Shelf, name: &str, code: &str) -> Option<String> {
    shelf.find(&own(name))?.read("en").display(code).map(str::to_owned)
}

on_both_engines!(a_vocabulary_that_is_loaded_is_read_and_searched, |world: World| async move {
    let domain = &world.domain;
    let before = shelf(domain).await.unwrap();
    assert_eq!(display(&before, "colours", "r"), None);
    let text = "r\tRed\trd\t<rgb v=\"f00\"/>\nb\tBlue\n[de]\nr\tRot\n";
    load(domain, &sheet("colours", "1", text)).await.unwrap();
    let now = shelf(domain).await.unwrap();
    let colours = now.find(&own("colours")).unwrap();
    assert_eq!(
        (colours.len(), colours.origin, colours.languages().collect::<Vec<_>>().join(" ")),
        (2, Origin::Loaded, "en de".to_owned())
    );
    let red = colours.read("de").after(Some("b"), 5).unwrap().items[0];
    assert_eq!(
        (red.code, red.display, red.abbreviation, red.info_xml),
        ("r", "Rot", None, Some("<rgb v=\"f00\"/>"))
    );
    assert_eq!(colours.read("en").search("bl", Mode::Prefix, 5).items[0].code, "b");
    assert_eq!(display(&before, "colours", "r"), None, "what was in hand does not change");
});

on_both_engines!(another_load_replaces_the_same_version_and_adds_a_newer_one, |world: World| async move {
    let domain = &world.domain;
    load(domain, &sheet("colours", "9", "r\tRed\nb\tBlue\n")).await.unwrap();
    load(domain, &sheet("colours", "9", "r\tCrimson\n")).await.unwrap();
    let first = shelf(domain).await.unwrap();
    assert_eq!(
        (display(&first, "colours", "r").as_deref(), display(&first, "colours", "b")),
        (Some("Crimson"), None)
    );
    load(domain, &sheet("colours", "10", "r\tScarlet\n")).await.unwrap();
    let both = shelf(domain).await.unwrap();
    assert_eq!(display(&both, "colours", "r").as_deref(), Some("Scarlet"), "the newest, as people count");
    let older = both.find(&Wanted { version: Some("9"), ..own("colours") }).unwrap();
    assert_eq!(older.read("en").display("r"), Some("Crimson"));
    remove(domain, &Key { family: "own".into(), name: "colours".into(), version: "10".into() })
        .await
        .unwrap();
    assert_eq!(display(&shelf(domain).await.unwrap(), "colours", "r").as_deref(), Some("Crimson"));
});

on_both_engines!(a_loaded_vocabulary_hides_the_programs_own_until_it_is_removed, |world: World| async move {
    let domain = &world.domain;
    let key = Key { family: "wc".into(), name: "gender-types".into(), version: "1".into() };
    let said = async || vocabularies::display(domain, "wc", "gender-types", "male", "fr-CA").await.unwrap();
    assert_eq!(said().await.as_deref(), Some("male"));
    let mut french = sheet("gender-types", "1", "male\tmasculin\n");
    (french.key, french.languages) = (key.clone(), vec!["fr".into()]);
    load(domain, &french).await.unwrap();
    assert_eq!(said().await.as_deref(), Some("masculin"));
    remove(domain, &key).await.unwrap();
    assert_eq!(said().await.as_deref(), Some("male"));
    assert!(
        matches!(remove(domain, &key).await, Err(VocabularyError::Unknown(_))),
        "it is the program's own"
    );
});

on_both_engines!(more_rows_than_a_flight_holds_go_in_whole, |world: World| async move {
    use std::fmt::Write as _;
    let mut items = String::new();
    (0..1_203).for_each(|n| writeln!(items, "{n:04}\tItem {n}").unwrap());
    load(&world.domain, &sheet("many", "1", &items)).await.unwrap();
    let now = shelf(&world.domain).await.unwrap();
    let many = now.find(&own("many")).unwrap();
    assert_eq!((many.len(), many.read("en").display("1202")), (1_203, Some("Item 1202")));
});

on_both_engines!(another_process_sees_a_load_at_its_next_request, |world: World| async move {
    let other: Domain = world.another_process().await;
    assert_eq!(display(&shelf(&other).await.unwrap(), "colours", "r"), None);
    load(&world.domain, &sheet("colours", "1", "r\tRed\n")).await.unwrap();
    assert_eq!(display(&shelf(&other).await.unwrap(), "colours", "r").as_deref(), Some("Red"));
});

on_both_engines!(loads_at_the_same_time_leave_one_of_them_whole, |world: World| async move {
    let domain = &world.domain;
    let (one, two) = (sheet("colours", "1", "r\tRed\na\tOne\n"), sheet("colours", "1", "r\tRot\nb\tTwo\n"));
    let (first, second) = tokio::join!(load(domain, &one), load(domain, &two));
    assert!(first.is_ok() && second.is_ok());
    let now = shelf(domain).await.unwrap();
    assert_eq!(now.all().filter(|v| v.key.name == "colours").count(), 1);
    let colours = now.find(&own("colours")).unwrap().read("en");
    let codes: Vec<_> = colours.after(None, 9).unwrap().items.iter().map(|i| (i.code, i.display)).collect();
    assert!(codes == [("a", "One"), ("r", "Red")] || codes == [("b", "Two"), ("r", "Rot")], "{codes:?}");
});

on_both_engines!(a_restricted_vocabulary_is_for_those_with_an_authorization, |world: World| async move {
    let domain = &world.domain;
    let restricted = Sheet { restricted: true, ..sheet("secret", "1", "r\tRed\n") };
    load(domain, &restricted).await.unwrap();
    let now = shelf(domain).await.unwrap();
    let with = |family: &str, name: Option<&str>| {
        let vocabulary = Vocabulary { family: family.to_owned(), name: name.map(str::to_owned) };
        Application { vocabularies: vec![vocabulary], ..Application::default() }
    };
    for (app, may) in [
        (Application::default(), false),
        (with("own", None), true),
        (with("own", Some("secret")), true),
        (with("own", Some("other")), false),
        (with("iso", None), false),
    ] {
        let found = now.find_for(&app, &own("secret"));
        assert_eq!(found.is_ok(), may);
        assert!(may || matches!(found, Err(VocabularyError::Denied(_))));
        assert_eq!(now.of_app(&app).any(|v| v.key.name == "secret"), may);
        assert_eq!(!now.search(&app, "secret", Mode::Prefix, 9).is_empty(), may);
    }
    assert!(matches!(now.find_for(&Application::default(), &own("none")), Err(VocabularyError::Unknown(_))));
});
