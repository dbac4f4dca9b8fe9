use std::borrow::Cow;

use super::*;

#[test]
fn every_file_of_the_catalogue_is_read() {
    if let Err(error) = check() {
        unreachable!("{error}");
    }
    assert!(all().len() > 100, "{} types", all().len());
}

#[test]
fn versions_of_a_type_are_one_family() {
    let encounter: Vec<_> = all().iter().filter(|t| t.root == "encounter").collect();
    assert_eq!(encounter.len(), 2);
    assert!(are_related(encounter[0].id, encounter[1].id));
    assert!(!are_related(encounter[0].id, WEIGHT));
}

#[test]
fn a_weight_is_dated_by_its_when() {
    assert_eq!(find(WEIGHT).and_then(|t| t.effective_date), Some("when"));
    assert_eq!(by_name("weight").map(|t| t.id), Some(WEIGHT));
}

const BASE: (&str, &str) = ("base.types", "date-time = (date:string)\n");

/// The error of a catalogue of one or two files.
fn refused(files: &[&str]) -> String {
    let files: Vec<(&'static str, &'static str)> =
        files.iter().map(|text| ("x.thing", &*Box::leak(text.to_string().into_boxed_str()))).collect();
    catalogue::read(&[BASE], &files).unwrap_err().to_string()
}

fn file(id: u32, head: &str, body: &str) -> String {
    format!(
        "thing 3d34d87e-7fc1-4153-800f-0000000000{id:02} \"X\"\n  root x\n  xsd x.xsd  ns urn:x\n{head}body\n{body}"
    )
}

#[test]
fn a_path_that_leads_nowhere_is_found() {
    let body = "  when : date-time\n  a : double\n";
    for head in ["  eff then\n", "  eff a\n", "  end when/then\n", "  order a:int=a\n", "  order a:int=x/b\n"]
    {
        assert!(refused(&[&file(1, head, body)]).contains("path"), "{head}");
    }
    for head in ["  title \"{b}\"\n", "  title \"[{a}\"\n", "  measure \"A\" when kg\n"] {
        assert!(refused(&[&file(1, head, body)]).starts_with("x.thing, line 4"), "{head}");
    }
    let good =
        file(1, "  eff when\n  order a:double=x/a *2+1\n  title \"{a}\"\n  measure \"A\" a kg\n", body);
    let good: &'static str = Box::leak(good.into_boxed_str());
    assert!(catalogue::read(&[BASE], &[("x.thing", good)]).is_ok());
}

#[test]
fn what_could_be_read_in_two_ways_is_found() {
    for body in [
        "  a? : int\n  a : int\n",
        "  a* : int\n  b? : int\n  a? : int\n",
        "  | a : int\n  | ( a : int b : int )\n",
        "  | a : int\n  | b? : int\n  b : int\n",
        "  a : (b? : int any*)\n",
        "  a : ( @b:string @b:string )\n",
    ] {
        assert!(refused(&[&file(1, "", body)]).contains("each"), "{body}");
    }
}

#[test]
fn families_are_closed_and_ids_unique() {
    let id = |n| format!("3d34d87e-7fc1-4153-800f-0000000000{n:02}");
    let body = "  a : int\n";
    let versions = |one: &str, two: &str| refused(&[&file(1, one, body), &file(2, two, body)]);
    let next = format!("  family f v1  next {}\n", id(2));
    assert!(versions(&next, "  family f v2\n").contains("next of the same family"));
    assert!(versions(&next, &format!("  family g v2  prev {}\n", id(1))).contains("same family"));
    assert!(versions("  family f v1\n", "  family f v1\n").contains("version"));
    assert!(refused(&[&file(1, "", body), &file(1, "", body)]).contains("an id that is not taken"));
}

/// How some data is said.
fn said(name: &str, data: &str) -> String {
    let (name, version) = name.split_once(' ').unwrap_or((name, "1"));
    let kind = all().iter().find(|t| t.root == name && t.sequence.to_string() == version).unwrap();
    let document = roxmltree::Document::parse(data).unwrap();
    kind.title.line(document.root_element(), &|_, _| None, &|words| Cow::Borrowed(words))
}

#[test]
fn a_thing_is_said_in_one_line() {
    let display = |more: &str| {
        format!("<weight><when/><value><kg>70</kg><display units='lb'{more}>155</display></value></weight>")
    };
    for (name, data, line) in [
        ("weight", display(""), "155 lb"),
        ("weight", display(" text='155 pounds'"), "155 pounds"),
        ("weight", "<weight><value><kg>70</kg></value></weight>".to_owned(), "70 kg"),
        ("HbA1C", "<HbA1C><value>0.07</value></HbA1C>".to_owned(), "HbA1c 7 %"),
        (
            "cholesterol-profile",
            "<cholesterol-profile><hdl>50</hdl></cholesterol-profile>".to_owned(),
            "HDL 50 mg/dL",
        ),
        ("cholesterol-profile", "<cholesterol-profile/>".to_owned(), ""),
        ("basic 2", "<basic><city>Ulm</city></basic>".to_owned(), "Ulm"),
        (
            "procedure",
            "<procedure><anatomic-location><text>knee</text></anatomic-location></procedure>".to_owned(),
            "knee",
        ),
        (
            "medication",
            "<medication><name>x</name><strength-unit><text>2.5 mg</text></strength-unit></medication>"
                .to_owned(),
            "x 2.5 mg",
        ),
    ] {
        assert_eq!(said(name, &data), line, "{data}");
    }
}

#[test]
fn every_type_is_said_in_words_without_loose_ends() {
    for kind in all().iter().filter(|kind| !kind.root.is_empty()) {
        let example = format!("<data>{}</data>", example(kind));
        let document = roxmltree::Document::parse(&example).unwrap();
        let root = document.root_element().first_element_child().unwrap();
        let line = kind.title.line(root, &|_, _| None, &|words| Cow::Borrowed(words));
        let tidy = |line: &str| {
            let loose = [' ', ',', ':', '/'];
            line == line.trim_matches(loose)
                && !line.contains("  ")
                && !line.contains(" ,")
                && !line.contains(": ,")
        };
        assert!(tidy(&line), "{}: {line:?} of {example}", kind.name);
        let empty = roxmltree::Document::parse("<x/>").unwrap();
        let nothing = kind.title.line(empty.root_element(), &|_, _| None, &|words| Cow::Borrowed(words));
        let units = ["mg/dL", "mmHg", "kg", "min", "%"];
        // What must be there is missed by no title.
        let optional = kind.structure.fields().iter().all(|f| f.occurs.min == 0);
        assert!(
            !optional || (tidy(&nothing) && !units.iter().any(|u| nothing.contains(u))),
            "{}: {nothing:?}",
            kind.name
        );
    }
}

#[test]
fn no_line_repeats_the_date_that_stands_beside_it() {
    for kind in all() {
        let mut dates = Vec::new();
        kind.title.paths(&mut |path| {
            if Some(path.text) == kind.effective_date || Some(path.text) == kind.end_date {
                dates.push(path.text);
            }
        });
        assert!(dates.is_empty(), "{}: {dates:?}", kind.name);
    }
}

#[test]
fn the_example_of_every_type_is_valid() {
    let wrong: Vec<_> = all()
        .iter()
        .filter_map(|kind| {
            validate_data(kind, &example(kind)).err().map(|why| format!("{}: {why}", kind.name))
        })
        .collect();
    assert_eq!(wrong, Vec::<String>::new());
}
