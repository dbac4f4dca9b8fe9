//! GetPersonInfo, GetAuthorizedPeople, GetAuthorizedRecords, QueryPermissions, GetApplicationInfo.

use keepwell_testkit::{World, on_both_engines};

use crate::desk::{As, Desk, WEIGHT};

on_both_engines!(a_person_is_described_as_the_application_may_see_them, |world: World| async move {
    let desk = Desk::of(world).await;
    let info = desk.good("GetPersonInfo", 1, "<info/>", As::Online).await;
    assert_eq!(info.value("person-id"), Some(desk.person().to_string()));
    assert_eq!(info.value("selected-record-id"), Some(desk.record().to_string()));
    assert_eq!(info.attribute("record", "id"), Some(desk.record().to_string()));
    for attribute in ["date-created", "date-updated", "record-app-auth-created-date", "auth-expires"] {
        assert!(info.attribute("record", attribute).is_some_and(|v| v.ends_with('Z')), "{attribute}");
    }
    assert_eq!(info.attribute("record", "app-record-auth-action").as_deref(), Some("NoActionRequired"));
    assert!(!info.text.contains("more-records"));
    assert!(!info.text.contains(&desk.ada.to_string()), "no id from inside is shown");
    assert!(!info.text.contains(&desk.record.to_string()));
});

on_both_engines!(effective_permissions_are_told_one_by_one, |world: World| async move {
    let desk = Desk::of(world).await;
    let ask = "<info><effective-record-permissions>true</effective-record-permissions></info>";
    let info = desk.good("GetPersonInfo", 1, ask, As::Online).await;
    assert_eq!(info.count("thing-type-permission"), 1);
    let query = format!(
        "<info><thing-type-id>{WEIGHT}</thing-type-id>\
         <thing-type-id>40750a6a-89b2-455c-bd8d-b420a4cb500b</thing-type-id></info>"
    );
    let permissions = desk.good("QueryPermissions", 1, &query, As::Online).await;
    assert_eq!(permissions.count("thing-type-permission"), 1, "a type without any is left out");
    assert_eq!(permissions.count("permission"), 8, "four online, four offline");
    assert!(!permissions.text.contains(">All<"));
    assert_eq!(permissions.count("other-settings"), 1);
});

on_both_engines!(
    records_are_told_in_the_order_of_the_request_and_unknown_ones_left_out,
    |world: World| async move {
        let desk = Desk::of(world).await;
        let bogus = "00000000-0000-4000-8000-000000000009";
        let ask = format!("<info><id>{bogus}</id><id>{}</id><id>{0}</id></info>", desk.record());
        let ask = ask.replacen("{0}", &desk.record().to_string(), 1);
        let records = desk.good("GetAuthorizedRecords", 1, &ask, As::Online).await;
        assert_eq!(records.count("record"), 1);
    }
);

on_both_engines!(more_results_follows_the_last_person, |world: World| async move {
    let desk = Desk::of(world).await;
    for name in ["Bob", "Cleo"] {
        let (person, record) = desk.world.person(name).await;
        desk.world.allow(&desk.app.app, person, record).await;
    }
    let ask = |inside: &str| format!("<info><parameters>{inside}</parameters></info>");
    let page = ask("<num-results>2</num-results>");
    let first = desk.good("GetAuthorizedPeople", 1, &page, As::Nobody).await;
    assert_eq!(first.count("person-info"), 2);
    assert!(first.text.contains("</person-info><more-results>true</more-results>"));
    let last = first.text.rsplit("<person-id>").next().unwrap()[..36].to_owned();
    let next = ask(&format!("<person-id-cursor>{last}</person-id-cursor><num-results>2</num-results>"));
    let second = desk.good("GetAuthorizedPeople", 1, &next, As::Nobody).await;
    assert_eq!(second.count("person-info"), 1);
    assert_eq!(second.value("more-results").as_deref(), Some("false"));
    let none = ask("<authorizations-created-since>2100-01-01T00:00:00Z</authorizations-created-since>");
    assert_eq!(desk.good("GetAuthorizedPeople", 1, &none, As::Nobody).await.count("person-info"), 0);
});

on_both_engines!(an_application_gives_up_a_record, |world: World| async move {
    let desk = Desk::of(world).await;
    let gone = desk.good("RemoveApplicationRecordAuthorization", 1, "<info/>", As::Online).await;
    assert_eq!(gone.text, "<response><status><code>0</code></status></response>");
    let again = desk.call("RemoveApplicationRecordAuthorization", 1, "<info/>", As::Online).await;
    assert_eq!(again.code, 11);
});

on_both_engines!(an_application_learns_how_it_is_registered, |world: World| async move {
    let desk = Desk::of(world).await;
    for version in [1, 2] {
        let info = desk.good("GetApplicationInfo", version, "<info/>", As::Nobody).await;
        assert_eq!(info.value("id"), Some(desk.app.app.id.to_string()));
        assert_eq!(info.count("person-online-base-auth-xml"), 1);
        assert_eq!(info.value("restrict-app-users").as_deref(), Some("false"));
        assert!(info.text.contains("response.GetApplicationInfo\""));
    }
});

on_both_engines!(of_many_records_the_selected_one_is_always_among_those_told, |world: World| async move {
    use keepwell_core::records::{NewRecord, Relationship, create};
    let desk = Desk::of(world).await;
    for number in 1..=26 {
        let new = NewRecord {
            name: format!("Child {number}"),
            relationship: Relationship::Child,
            country: "US".to_owned(),
        };
        let record = create(&desk.world.domain, desk.ada, new).await.unwrap();
        // The one allowed last is the selected one, and the last by age.
        desk.world.allow(&desk.app.app, desk.ada, record).await;
    }
    let info = desk.good("GetPersonInfo", 1, "<info/>", As::Online).await;
    assert_eq!(info.count("record"), 25);
    assert_eq!(info.value("more-records").as_deref(), Some("true"));
    assert_eq!(info.attribute("record", "id"), info.value("selected-record-id"));
});

on_both_engines!(an_application_without_a_description_tells_of_none, |world: World| async move {
    let desk = Desk::of(world).await;
    assert!(desk.app.app.description.is_empty());
    let info = desk.good("GetApplicationInfo", 2, "<info/>", As::Nobody).await;
    assert_eq!(info.count("description"), 0);
});
