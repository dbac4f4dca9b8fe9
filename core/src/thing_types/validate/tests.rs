use roxmltree::Document;

use super::*;
use crate::thing_types;

fn of(root: &str, xml: &str) -> Result<(), String> {
    let kind = thing_types::by_name(root).expect("a type");
    validate_data(kind, xml).map_err(|e| e.to_string())
}

fn weight(inside: &str) -> Result<(), String> {
    of("weight", &format!("<weight>{inside}</weight>"))
}

fn refused(inside: &str) -> String {
    weight(inside).unwrap_err()
}

const WHEN: &str = "<when><date><y>2024</y><m>2</m><d>29</d></date></when>";

fn value(inside: &str) -> String {
    format!("{WHEN}<value>{inside}</value>")
}

#[test]
fn what_the_type_says_is_accepted() {
    assert_eq!(weight(&value("<kg>70.5</kg>")), Ok(()));
    let all = "\n <kg> 7<!-- x -->0 </kg><display units='lb' text='155 lb'>155</display>";
    assert_eq!(weight(&value(all)), Ok(()));
    assert_eq!(of("weight", &format!("<weight>{}</weight><common/>", value("<kg>1</kg>"))), Ok(()));
}

#[test]
fn a_developer_learns_what_is_missing_or_too_much() {
    assert_eq!(
        refused(&value("<pounds>70</pounds>")),
        "weight/value needs kg (a number of kilograms, 0 or more); found pounds"
    );
    assert_eq!(
        refused(&value("<kg>-1</kg>")),
        "weight/value/kg needs a number of kilograms, 0 or more; found \"-1\""
    );
    assert_eq!(
        refused(&value("")),
        "weight/value needs kg (a number of kilograms, 0 or more); found nothing"
    );
    assert_eq!(
        refused(&value("<kg>1</kg><kg>1</kg>")),
        "weight/value needs display (a number) or no further element; found kg once more"
    );
    assert_eq!(
        refused("<value><kg>1</kg></value>"),
        "weight needs when (with date, time?, tz?); found value"
    );
    assert_eq!(
        refused(&format!("{}x", value("<kg>1</kg>"))),
        "weight needs elements only, and no text between them; found \"x\""
    );
    assert_eq!(
        refused(&value("<kg>1</kg><display>1</display>")),
        "weight/value/display needs the attribute units (text); found none"
    );
    assert_eq!(refused(&value("<kg unit='x'>1</kg>")), "weight/value/kg needs no attributes; found unit");
    assert_eq!(
        refused(&value("<kg xmlns='urn:x'>1</kg>")),
        "weight/value needs kg (a number of kilograms, 0 or more); found kg in the namespace urn:x"
    );
    let far = "<when><date><y>2024</y><m>13</m><d>1</d></date></when>";
    assert_eq!(refused(far), "weight/when/date/m needs a whole number, 1 to 12; found \"13\"");
}

#[test]
fn a_choice_is_one_of_its_alternatives() {
    let onset = |inside: &str| {
        let name = "<name><text>Asthma</text></name>";
        of("condition", &format!("<condition>{name}<onset-date>{inside}</onset-date></condition>"))
    };
    assert_eq!(onset("<descriptive>as a child</descriptive>"), Ok(()));
    assert_eq!(onset("<structured><date><y>1980</y></date></structured>"), Ok(()));
    let error = onset("").unwrap_err();
    assert_eq!(
        error,
        "condition/onset-date needs structured (with date, time?, tz?) or descriptive (text); found nothing"
    );
    assert!(onset("<descriptive>a</descriptive><descriptive>b</descriptive>").is_err());
}

#[test]
fn a_type_that_contains_itself_is_bounded() {
    let deep = |levels: usize| {
        let open = "<lab-group><group-name><text>g</text></group-name>";
        let inner = format!(
            "{}{}",
            "<sub-groups><group-name><text>g</text></group-name>".repeat(levels),
            "</sub-groups>".repeat(levels)
        );
        of("lab-test-results", &format!("<lab-test-results>{open}{inner}</lab-group></lab-test-results>"))
    };
    assert_eq!(deep(3), Ok(()));
    assert!(deep(70).unwrap_err().contains("at most 64 levels"));
}

#[test]
fn common_has_its_own_order_and_extensions_hold_anything() {
    let common = |inside: &str| {
        let xml = format!("<common>{inside}</common>");
        validate_common(Document::parse(&xml).unwrap().root_element()).map_err(|e| e.to_string())
    };
    let id = "3d34d87e-7fc1-4153-800f-f56592cb0d17";
    let full = format!(
        "<source>s</source><note>n</note><tags/><extension source='a' ver='1'><x xmlns='urn:x'>t</x></extension>\
         <extension source='b'/><related-thing><thing-id>{id}</thing-id><version-stamp>{id}</version-stamp>\
         <relationship-type>r</relationship-type></related-thing><related-thing><client-thing-id>c\
         </client-thing-id></related-thing><related-thing/><client-thing-id/>"
    );
    assert_eq!(common(&full), Ok(()));
    assert_eq!(common(""), Ok(()));
    assert!(
        common("<note>n</note><source>s</source>").unwrap_err().ends_with("found source out of its place")
    );
    assert!(common("<extension/>").unwrap_err().contains("the attribute source"));
    assert!(
        common("<related-thing><thing-id>x</thing-id></related-thing>").unwrap_err().contains("thing-id")
    );
}

#[test]
fn a_document_of_others_is_only_known_by_its_root() {
    let kind = thing_types::by_name("ContinuityOfCareRecord").expect("a type");
    let check = |xml| validate_data(kind, xml).map_err(|e| e.to_string());
    assert_eq!(
        check("<ContinuityOfCareRecord xmlns='urn:astm-org:CCR'><any/>x</ContinuityOfCareRecord>"),
        Ok(())
    );
    assert_eq!(
        check("<ContinuityOfCareRecord/>").unwrap_err(),
        "ContinuityOfCareRecord needs to be ContinuityOfCareRecord in the namespace urn:astm-org:CCR; \
         found ContinuityOfCareRecord"
    );
}

#[test]
fn what_is_not_xml_is_said_so() {
    assert!(weight("<when>").unwrap_err().starts_with("data-xml needs well-formed XML; found "));
}
