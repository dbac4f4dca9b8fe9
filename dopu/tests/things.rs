//! The plaintext of a package is cut into things, byte for byte.

use keepwell_dopu::{NotXml, split_things};

const ONE: &str = "<thing><type-id>3d34d87e-7fc1-4153-800f-f56592cb0d17</type-id></thing>";
const TWO: &str =
    "<thing a='1'>\r\n <x:y xmlns:x=\"urn:x\">&lt;Gänse &amp; <![CDATA[</thing>]]></x:y><thing/></thing >";

fn split(text: &str) -> Result<Vec<&str>, NotXml> {
    split_things(text.as_bytes())
}

#[test]
fn things_come_out_as_they_went_in() {
    assert_eq!(split(ONE), Ok(vec![ONE]));
    assert_eq!(split(&[ONE, TWO, "<thing/>"].concat()), Ok(vec![ONE, TWO, "<thing/>"]));
    assert_eq!(split(""), Ok(vec![]));
}

#[test]
fn space_and_comments_between_things_are_passed_over() {
    let text = format!("\r\n{ONE}\t<!-- <thing/> -->\n {TWO}\n");
    assert_eq!(split(&text), Ok(vec![ONE, TWO]));
}

#[test]
fn a_declaration_in_front_is_forgiven() {
    for front in ["<?xml version=\"1.0\" encoding=\"utf-8\"?>\n", "\u{feff}", "\u{feff}<?xml version='1.0'?>"]
    {
        assert_eq!(split(&[front, ONE].concat()), Ok(vec![ONE]), "{front:?}");
    }
    for text in [format!("{ONE}<?xml version='1.0'?>"), format!(" <?xml version='1.0'?>{ONE}")] {
        assert_eq!(split(&text), Err(NotXml), "{text}");
    }
    assert_eq!(split("<?xml version='1.0'"), Err(NotXml));
}

#[test]
fn anything_else_between_things_is_refused() {
    for other in
        ["text", "&amp;", "<item/>", "<t:thing xmlns:t='urn:t'/>", "<thing xmlns='urn:t'/>", "<?go now?>"]
    {
        assert_eq!(split(&[ONE, other].concat()), Err(NotXml), "{other}");
        assert_eq!(split(&[other, ONE].concat()), Err(NotXml), "{other}");
    }
    assert_eq!(split(&format!("<things>{ONE}</things>")), Err(NotXml));
}

#[test]
fn what_is_not_well_formed_is_refused() {
    for text in [
        "<thing>",
        "</thing>",
        "<thing></Thing>",
        "<thing a=1/>",
        "<thing a='1' a='2'/>",
        "<thing>&nbsp;</thing>",
        "<thing><x:y/></thing>",
        "<thing>\u{0}</thing>",
        "<thing/><!-- ",
        "<thing/><![CDATA[",
        "<",
    ] {
        assert_eq!(split(text), Err(NotXml), "{text}");
    }
    assert_eq!(split_things(b"<thing>\xff</thing>"), Err(NotXml));
}

#[test]
fn the_wrapper_around_the_sequence_cannot_be_left() {
    for text in [
        "<thing/></things><things><thing/>",
        "<thing/></things>",
        "</things><things>",
        "<thing/></things><!--",
        "<things><thing/>",
    ] {
        assert_eq!(split(text), Err(NotXml), "{text}");
    }
}

#[test]
fn a_document_type_is_refused_wherever_it_stands() {
    let doctype = "<!DOCTYPE thing [<!ENTITY a 'aaaa'>]>";
    for text in [
        format!("{doctype}<thing>&a;</thing>"),
        format!("<?xml version='1.0'?>{doctype}<thing/>"),
        format!("<thing>{doctype}</thing>"),
        format!("<thing/>{doctype}"),
    ] {
        assert_eq!(split(&text), Err(NotXml), "{text}");
    }
}

/// Each of these would cost the parser much time or memory, some of them hours.
#[test]
fn markup_without_measure_is_refused_before_it_is_parsed() {
    let attributes: String = (0..200_000).map(|n| format!(" a{n}=''")).collect();
    assert_eq!(split(&format!("<thing{attributes}/>")), Err(NotXml));
    let quoted: String = (0..200_000).map(|n| format!(" a{n}='>'")).collect();
    assert_eq!(split(&format!("<thing{quoted}/>")), Err(NotXml));
    let nested: String = (0..200_000).map(|n| format!("<a xmlns:a{n}='u'>")).collect();
    assert_eq!(split(&format!("<thing>{nested}</thing>")), Err(NotXml));
    let nested_a_little: String = (0..129).map(|n| format!("<a xmlns:a{n}='u'>")).collect();
    let closed = "</a>".repeat(129);
    assert_eq!(split(&format!("<thing>{nested_a_little}{closed}</thing>")), Err(NotXml));
    assert_eq!(split(&"<thing/>".repeat(500_001)), Err(NotXml));
    assert_eq!(split(&"<".repeat(10_000_000)), Err(NotXml));
}

#[test]
fn a_large_package_of_usual_things_is_taken() {
    let text = TWO.repeat(5_000);
    assert_eq!(split(&text).map(|things| things.len()), Ok(5_000));
    let beside = "<thing xmlns:x='urn:x' x:a='&lt;'/><thing xmlns:y='urn:y'></thing>";
    assert_eq!(split(&beside.repeat(500)).map(|things| things.len()), Ok(1_000));
    let attached = format!("<thing>{}</thing>", "QUJD=\"'".repeat(500_000));
    assert_eq!(split(&attached).map(|things| things.len()), Ok(1));
}
