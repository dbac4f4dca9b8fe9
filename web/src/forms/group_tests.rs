//! Groups that stand several times, for every type of the catalogue.

use keepwell_core::persons::Units;
use keepwell_core::thing_types::{self, ThingType, by_name, validate_data};

use super::widget::write;
use super::*;

async fn with_forms<T>(see: impl FnOnce(&dyn Fn(&'static ThingType) -> Option<Form>) -> T) -> T {
    let world = keepwell_testkit::World::on(keepwell_testkit::TestEngine::Sqlite).await.expect("a world");
    let shelf = keepwell_core::vocabularies::shelf(&world.domain).await.expect("a shelf");
    let unit = |unit: &str| unit.to_owned();
    let units = Units::usual_in("US");
    let lists = Lists { shelf: &shelf, culture: "en", units: &units, unit_label: &unit, unit_written: &unit };
    see(&|kind| form_for(kind, &lists))
}

/// Of every sort of groups in these fields the names of those around it and its own, each in its first.
fn sorts(fields: &[Field], around: &[String]) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for field in fields {
        match &field.widget {
            Widget::Group { fields, .. } => found.extend(sorts(fields, around)),
            Widget::Groups(groups) => {
                let path = [around, std::slice::from_ref(&field.name)].concat();
                let first = groups.blank.moved(&field.name, &rows::name(&field.name, 1));
                if let Widget::Group { fields, .. } = &first.widget {
                    found.extend(sorts(fields, &path));
                }
                found.push(path);
            }
            _ => {}
        }
    }
    found
}

fn groups_named<'f>(fields: &'f [Field], name: &str) -> Option<&'f Groups> {
    fields.iter().find_map(|field| match &field.widget {
        Widget::Groups(groups) if field.name == name => Some(groups),
        Widget::Group { fields, .. } => groups_named(fields, name),
        Widget::Groups(groups) => {
            groups.all.iter().find_map(|one| groups_named(std::slice::from_ref(&one.field), name))
        }
        _ => None,
    })
}

fn with_so_many(mut form: Form, name: &str, count: usize) -> Form {
    while groups_named(&form.fields, name).expect("groups").all.len() < count {
        let before = form.inputs().len();
        form = form.with_row_of(name);
        assert!(form.inputs().len() > before, "{}: no room for {count} of {name}", form.kind.root);
    }
    form
}

/// Something for every input.
fn filled(fields: &[Field], values: &mut Values) {
    for field in fields {
        match &field.widget {
            Widget::Group { fields, .. } | Widget::Rows { rows: fields, .. } => filled(fields, values),
            Widget::Groups(groups) => {
                groups.alive().for_each(|one| filled(std::slice::from_ref(&one.field), values));
            }
            Widget::Date(dating) => {
                for (part, text) in [("_y", "2020"), ("_m", "5"), ("_d", "17")] {
                    values.insert(format!("{}{part}", field.name), text.to_owned());
                }
                if dating.has_time() {
                    values.insert(format!("{}_t", field.name), "07:30".to_owned());
                }
            }
            widget => {
                let offered = match widget {
                    Widget::Choice(options) => options[0].0.clone(),
                    Widget::Code { codes } => codes[0].text.clone(),
                    Widget::Flag => "true".to_owned(),
                    Widget::Time => "07:30".to_owned(),
                    _ => format!("Words of {}", field.name),
                };
                let others = ["1", "1000", "50", "W", "US", "3d34d87e-7fc1-4153-800f-f56592cb0d17"];
                let mut all = [offered].into_iter().chain(others.map(str::to_owned));
                let fits = |text: &String| {
                    let values = Values::from([(field.name.clone(), text.clone())]);
                    matches!(write(field, &values, None), Ok(Some(_)))
                };
                let text = all.find(fits).unwrap_or_else(|| panic!("nothing fits {}", field.name));
                values.insert(field.name.clone(), text);
            }
        }
    }
}

fn entered(values: &Values) -> Vec<(&String, &String)> {
    values.iter().filter(|(_, value)| !value.is_empty()).collect()
}

#[tokio::test]
async fn two_of_every_group_of_every_type_are_entered_kept_and_shown_again() {
    with_forms(|form_of| {
        let mut sorts_seen = 0;
        for kind in thing_types::all() {
            let Some(form) = form_of(kind) else { continue };
            for path in sorts(&form.fields, &[]) {
                sorts_seen += 1;
                let (of, around) = path.split_last().expect("a name");
                let grown = around.iter().fold(form.clone(), |form, name| with_so_many(form, name, 1));
                let grown = with_so_many(grown, of, 2);
                let mut values = Values::new();
                filled(&grown.fields, &mut values);
                let sent = form.clone().grown(&values);
                assert_eq!(sent.inputs(), grown.inputs(), "{of}");
                let made = make(&sent, &values, "a").unwrap_or_else(|wrong| panic!("{of}: {wrong:?}"));
                assert_eq!(validate_data(kind, &made), Ok(()), "{of}: {made}");
                let (again, shown) = values_of(&form, &made).expect("shown");
                assert_eq!(entered(&shown), entered(&values), "{}: {of}", kind.root);
                assert_eq!(edit(&again, &made, &shown).unwrap(), made, "{of}");
                let groups = groups_named(&again.fields, of).unwrap();
                assert_eq!((groups.stored, groups.all.iter().filter(|one| one.more).count()), (2, 0), "{of}");
            }
        }
        assert!(sorts_seen > 40, "{sorts_seen}");
    })
    .await;
}

#[tokio::test]
async fn each_of_two_is_changed_alone_and_taken_away_alone() {
    with_forms(|form_of| {
        for kind in thing_types::all() {
            let Some(form) = form_of(kind) else { continue };
            for path in sorts(&form.fields, &[]).into_iter().filter(|path| path.len() == 1) {
                let grown = with_so_many(form.clone(), &path[0], 2);
                let mut values = Values::new();
                filled(&grown.fields, &mut values);
                let made = make(&grown, &values, "a").unwrap();
                let (again, shown) = values_of(&form, &made).unwrap();
                for number in [1, 2] {
                    let one = rows::name(&path[0], number);
                    let mut sent = shown.clone();
                    assert_eq!(again.take_away(&one, &mut sent).as_ref(), Some(&path[0]));
                    let changed = edit(&again.clone().grown(&sent), &made, &sent).unwrap();
                    assert_eq!(validate_data(kind, &changed), Ok(()), "{one}");
                    let (_, left) = values_of(&form, &changed).unwrap();
                    assert_eq!(entered(&left).len(), entered(&sent).len() - 1, "{one}: all but the mark");
                    assert!(changed.len() < made.len());
                }
            }
        }
    })
    .await;
}

/// A way to reach somebody, as an application wrote it.
const REACHED: &str = "<contact><contact>\n  <address><street>1 Larkfield Lane</street><city>Larkfield</city>\
    <postcode>98052</postcode><country>US</country></address><!-- kept -->\n  <address x=\"1\"><description>Work</description>\
    <street>2 High Street</street><street>Floor 3</street><city>Uppsala</city><postcode>75310</postcode><country>SE</country>\
    </address><phone><number>1</number><any>2</any></phone><email><address>a@larkfield.example</address></email>\n</contact></contact><common/>";

fn only(pairs: &[(&str, &str)]) -> Values {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[tokio::test]
async fn what_a_group_does_not_show_stays_and_is_named() {
    with_forms(|form_of| {
        let whole = form_of(by_name("contact").unwrap()).unwrap();
        let (form, mut values) = values_of(&whole, REACHED).unwrap();
        assert_eq!(edit(&form, REACHED, &values).unwrap(), REACHED);
        let more = |name: &str| {
            groups_named(&form.fields, name).unwrap().all.iter().map(|one| one.more).collect::<Vec<_>>()
        };
        assert_eq!((more("contact.address"), more("contact.phone")), (vec![false, true], vec![true]));
        values.extend(only(&[("contact.address.2.city", "Lund"), ("contact.phone.1.number", "")]));
        let wrongs = edit(&form, REACHED, &values).unwrap_err();
        assert_eq!(wrongs.keys().collect::<Vec<_>>(), ["contact.phone.1.number"], "it is not empty");
        values.insert("contact.phone.1.number".into(), "22".into());
        let wanted = REACHED.replace("Uppsala", "Lund").replace("<number>1<", "<number>22<");
        assert_eq!(edit(&form, REACHED, &values).unwrap(), wanted);
    })
    .await;
}

#[tokio::test]
async fn one_is_taken_away_another_added_and_the_rest_stays_byte_for_byte() {
    with_forms(|form_of| {
        let whole = form_of(by_name("contact").unwrap()).unwrap();
        let (form, mut sent) = values_of(&whole, REACHED).unwrap();
        form.take_away("contact.address.1", &mut sent);
        sent.extend(only(&[
            ("contact.address.3.street.1", "3 New Road"),
            ("contact.address.3.city", "Oslo"),
            ("contact.address.3.postcode", "0150"),
            ("contact.address.3.country", "NO"),
        ]));
        let form = form.grown(&sent);
        let changed = edit(&form, REACHED, &sent).unwrap();
        let (first, rest) = REACHED.split_once("<address>").unwrap();
        let wanted = [first, rest.split_once("</address>").unwrap().1].concat().replace(
            "</address><phone>",
            "</address><address><street>3 New Road</street><city>Oslo</city><postcode>0150</postcode>\
             <country>NO</country></address><phone>",
        );
        assert_eq!(changed, wanted);
        // What is wrong is said of the group in which it is.
        sent.insert("contact.address.3.city".into(), String::new());
        let wrongs = edit(&form, REACHED, &sent).unwrap_err();
        assert_eq!(wrongs.keys().collect::<Vec<_>>(), ["contact.address.3.city"]);
    })
    .await;
}

#[tokio::test]
async fn those_after_a_new_one_that_is_taken_away_move_up_with_all_that_is_in_them() {
    with_forms(|form_of| {
        let form = form_of(by_name("contact").unwrap()).unwrap();
        let mut sent = only(&[
            ("contact.address.1.city", "One"),
            ("contact.address.2.city", "Two"),
            ("contact.address.3.city", "Three"),
            ("contact.address.3.street.1", "A"),
            ("contact.address.3.street.2", "B"),
        ]);
        let grown = form.clone().grown(&sent);
        assert_eq!(grown.take_away("contact.address.2", &mut sent), Some("contact.address".to_owned()));
        assert_eq!(grown.take_away("contact.address.9", &mut sent.clone()), None);
        assert_eq!(grown.take_away("contact.address", &mut sent.clone()), None);
        let wanted = only(&[
            ("contact.address.1.city", "One"),
            ("contact.address.2.city", "Three"),
            ("contact.address.2.street.1", "A"),
            ("contact.address.2.street.2", "B"),
        ]);
        assert_eq!(sent, wanted);
        assert_eq!(groups_named(&form.grown(&sent).fields, "contact.address").unwrap().all.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn one_must_stay_where_the_type_wants_one() {
    with_forms(|form_of| {
        let form = form_of(by_name("lab-test-results").unwrap()).unwrap();
        assert!(make(&form, &Values::new(), "a").unwrap_err().contains_key("lab-group.1.group-name"));
        let xml = "<lab-test-results><lab-group><group-name><text>Iron</text></group-name></lab-group></lab-test-results><common/>";
        let (form, mut sent) = values_of(&form, xml).unwrap();
        form.take_away("lab-group.1", &mut sent);
        let wrongs = edit(&form.clone().grown(&sent), xml, &sent).unwrap_err();
        assert_eq!(wrongs.get("lab-group"), Some(&Wrong::Plain(Trouble::Missing)));
        sent.insert("lab-group.2.group-name".into(), "Blood count".into());
        let changed = edit(&form.grown(&sent), xml, &sent).unwrap();
        assert_eq!(changed, xml.replace("Iron", "Blood count"));
    })
    .await;
}

#[tokio::test]
async fn results_are_asked_for_before_the_laboratory_and_written_where_they_belong() {
    with_forms(|form_of| {
        let kind = by_name("lab-test-results").unwrap();
        let form = form_of(kind).unwrap();
        let form = ["results", "sub-groups"]
            .iter()
            .fold(form, |form, of| with_so_many(form, &format!("lab-group.1.{of}"), 1));
        let Widget::Group { fields, .. } =
            &groups_named(&form.fields, "lab-group").unwrap().all[0].field.widget
        else {
            panic!("no group")
        };
        let asked: Vec<_> = fields.iter().map(|field| field.element).collect();
        assert_eq!(asked, ["group-name", "status", "results", "laboratory-name", "sub-groups"]);
        let mut values = Values::new();
        filled(&form.fields, &mut values);
        let made = make(&form, &values, "a").unwrap();
        assert_eq!(validate_data(kind, &made), Ok(()), "{made}");
    })
    .await;
}

#[tokio::test]
async fn a_thing_with_more_groups_than_fit_keeps_those_that_are_not_shown() {
    with_forms(|form_of| {
        let form = form_of(by_name("vital-signs").unwrap()).unwrap();
        let one =
            |n: usize| format!("<vital-signs-results><title><text>T{n}</text></title></vital-signs-results>");
        let all: String = (1..=300).map(one).collect();
        let xml = format!(
            "<vital-signs><when><date><y>2026</y><m>6</m><d>1</d></date></when>{all}</vital-signs><common/>"
        );
        let (form, mut values) = values_of(&form, &xml).unwrap();
        let groups = groups_named(&form.fields, "vital-signs-results").unwrap();
        let shown = groups.all.len();
        assert!((10..=groups::MOST).contains(&shown), "{shown}");
        assert_eq!((groups.count(), groups.unseen()), (300, 300 - shown));
        assert!(!groups.may_grow(usize::MAX));
        assert_eq!(edit(&form, &xml, &values).unwrap(), xml);
        values.insert("vital-signs-results.2.title".into(), "Puls".into());
        form.take_away("vital-signs-results.1", &mut values);
        let changed = edit(&form.grown(&values), &xml, &values).unwrap();
        assert_eq!(changed, xml.replace(&one(1), "").replace(">T2<", ">Puls<"));
    })
    .await;
}

#[tokio::test]
async fn what_is_added_for_what_was_taken_away_is_still_there_when_the_form_is_sent() {
    with_forms(|form_of| {
        let whole = form_of(by_name("contact").unwrap()).unwrap();
        let phones = "<phone><number>1</number></phone>".repeat(20);
        let xml = format!("<contact><contact>{phones}</contact></contact><common/>");
        let (form, mut sent) = values_of(&whole, &xml).unwrap();
        for number in 11..=20 {
            form.take_away(&format!("contact.phone.{number}"), &mut sent);
        }
        // As many addresses, which stand before the phones, as there is room for.
        let mut grown = form.clone().grown(&sent);
        while grown.fields.iter().any(|field| groups_may_grow(field, "contact.address", grown.room())) {
            grown = grown.with_row_of("contact.address");
        }
        let addresses = |form: &Form| groups_named(&form.fields, "contact.address").unwrap().all.len();
        assert!(addresses(&grown) > addresses(&form) + 5, "{}", addresses(&grown));
        sent.extend(grown.inputs().into_iter().map(|input| {
            let mark = if is_mark(&input) { "true" } else { "" };
            (input, mark.to_owned())
        }));
        assert_eq!(form.grown(&sent).inputs(), grown.inputs());
    })
    .await;
}

fn groups_may_grow(field: &Field, name: &str, room: usize) -> bool {
    groups_named(std::slice::from_ref(field), name).is_some_and(|groups| groups.may_grow(room))
}

#[tokio::test]
async fn odd_numbers_of_groups_make_no_more_than_a_form_holds() {
    with_forms(|form_of| {
        for kind in thing_types::all() {
            let Some(form) = form_of(kind) else { continue };
            for path in sorts(&form.fields, &[]) {
                let of = path.last().unwrap().clone();
                let sent: Values = ["-1", "0", "00", "01", "3", "100000", "18446744073709551616", "", "x"]
                    .iter()
                    .flat_map(|number| {
                        [
                            format!("{of}.{number}.name"),
                            format!("{of}.{number}_gone"),
                            format!("{of}.{number}"),
                        ]
                    })
                    .map(|name| (name, "true".to_owned()))
                    .collect();
                let around = path[..path.len() - 1].iter();
                let begun = around.fold(form.clone(), |form, name| with_so_many(form, name, 1));
                assert_eq!(form.clone().grown(&sent).inputs(), begun.inputs(), "{of}");
                // In a row without end, each with as many in it.
                let first = in_a_row(&of, 1_000);
                let grown = form.clone().grown(&first);
                assert!(grown.room() < room::MOST && grown.inputs().len() < 2_000, "{of}");
                assert!(groups_named(&grown.fields, &path[0]).unwrap().all.len() <= groups::MOST);
            }
        }
    })
    .await;
}

/// Inputs of so many groups in each group of the name.
fn in_a_row(of: &str, count: usize) -> Values {
    let parts: Vec<&str> = of.split(".1.").collect();
    let mut values = Values::new();
    for number in 1..=count {
        for upto in 1..=parts.len() {
            for place in 0..upto {
                let name: Vec<String> = parts[..upto]
                    .iter()
                    .enumerate()
                    .map(|(nth, part)| format!("{part}.{}", if nth == place { number } else { 1 }))
                    .collect();
                values.insert(format!("{}.x", name.join(".")), String::new());
            }
        }
    }
    values
}
