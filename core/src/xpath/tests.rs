use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use roxmltree::Document;

use super::*;

const DATA: &str = "<data-xml><medication><name><text>Aspirin</text><code><value>161</value><type>ndc</type></code>\
    <code><value>1191</value><type>RxNorm</type></code></name><dose units=\"mg\">500</dose></medication>\
    <common><tags>a,b</tags></common></data-xml>";

fn finds(expression: &str) -> Result<bool, XPathError> {
    let document = Document::parse(DATA).unwrap();
    XPath::parse(expression)?.finds(document.root_element(), &mut { BUDGET })
}

#[test]
fn paths_with_conditions_find_what_is_there() {
    for (rest, expected) in [
        ("medication", true),
        ("medication/name/text", true),
        ("medication/name/text[. = \"Aspirin\"]", true),
        ("medication/name/text[.='Ibuprofen']", false),
        ("medication/dose[. > 499]", true),
        ("medication/dose[. > 500]", false),
        ("medication/dose[. >= 500 and @units = 'mg']", true),
        ("medication/dose[@units = 'g']", false),
        ("medication/dose/@units", true),
        ("medication/dose/text()[. = 500.0]", true),
        ("medication/name/code[type = 'RxNorm']/value[. = 1191]", true),
        ("medication/name/code[type = 'RxNorm']/value[. = 161]", false),
        ("medication/name/code[type = 'RxNorm' or type = 'ndc']/value[. < 200]", true),
        ("medication[not(name/code/type = 'snomed')]", true),
        ("medication[name/text and not(strength)]", true),
        ("medication[starts-with(name/text, 'Asp') and contains(name/text, 'pir')]", true),
        ("medication[(name/text = 'x' or dose) and name]", true),
        ("common/tags[contains(., 'b')]", true),
        ("medication/dose[. = 'five hundred']", false),
        ("medication/name/text[. > 5]", false),
        ("medication/name/text[. != 5]", true),
    ] {
        assert_eq!(finds(&format!("/thing/data-xml/{rest}")), Ok(expected), "{rest}");
    }
}

#[test]
fn what_may_go_anywhere_or_is_no_path_is_refused_and_named() {
    for (expression, says) in [
        ("/thing/data-xml//kg", "//"),
        ("//weight", "//"),
        ("/thing/data-xml/*", "*"),
        ("/thing/data-xml/descendant::kg", "axis"),
        ("/thing/data-xml/weight/descendant-or-self::kg", "axis"),
        ("/thing/data-xml", "begins with"),
        ("/weight", "begins with"),
        ("", "begins with"),
        ("/thing/data-xml/weight[count(value) > 1]", "count"),
        ("/thing/data-xml/weight[sum(value) > 1]", "sum"),
        ("/thing/data-xml/weight[", "in the middle"),
        ("/thing/data-xml/weight[. = 'x]", "in the middle"),
        ("/thing/data-xml/weight/", "in the middle"),
        ("/thing/data-xml/weight]", "]"),
        ("/thing/data-xml/weight[. = 1]]", "]"),
        ("/thing/data-xml/@a/b", "/"),
        ("/thing/data-xml/weight | /thing/data-xml/height", "|"),
        ("/thing/data-xml/weight[. = 1.2.3]", "1.2.3"),
        ("/thing/data-xml/weight[document('file:///etc/passwd')]", "document"),
    ] {
        let refused = XPath::parse(expression).expect_err(expression).to_string();
        assert!(refused.contains(says), "{expression}: {refused}");
    }
}

#[test]
fn long_and_deep_expressions_are_refused() {
    let deep = format!("/thing/data-xml/a{}{}", "[not(a".repeat(200), ")]".repeat(200));
    assert_eq!(XPath::parse(&deep), Err(XPathError::TooMuch));
    let long = format!("/thing/data-xml{}", "/a".repeat(65));
    assert_eq!(XPath::parse(&long), Err(XPathError::TooMuch));
    assert_eq!(XPath::parse(&"x".repeat(LONGEST + 1)), Err(XPathError::TooMuch));
}

#[test]
fn a_hostile_expression_costs_its_budget_and_no_more() {
    let many = format!("<data-xml><r>{}</r></data-xml>", "<a><b>1</b></a>".repeat(2000));
    let document = Document::parse(&many).unwrap();
    // Each of two thousand is compared with each of two thousand.
    let expression = "/thing/data-xml/r[a/b[. = 2] or not(a[b = 2]) and a/b > a/b and a/b < a/b]";
    let quadratic = "/thing/data-xml/r[a/b < a/b]";
    for expression in [expression, quadratic] {
        let found = XPath::parse(expression).unwrap().finds(document.root_element(), &mut { BUDGET });
        assert_eq!(found, Err(XPathError::Budget), "{expression}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(20_260_601), failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn no_text_does_harm(text in "[/a-z@:.\\[\\]()='\"<>!0-9 \\-*,é]{0,60}") {
        let document = Document::parse(DATA).unwrap();
        if let Ok(path) = XPath::parse(&format!("/thing/data-xml/{text}")) {
            let _ = path.finds(document.root_element(), &mut { BUDGET });
        }
        let _ = XPath::parse(&text);
    }
}
