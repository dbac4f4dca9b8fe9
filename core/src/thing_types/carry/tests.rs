use super::*;
use crate::thing_types::catalogue::read as read_types;

/// The version of a family.
fn version(family: &str, sequence: u32) -> TypeId {
    let is = |t: &&ThingType| t.family_name == Some(family) && t.sequence == sequence;
    catalogue().types.iter().find(is).unwrap().id
}

fn carried(family: &str, from: u32, to: u32, data: &str) -> Result<Carried, String> {
    carry(version(family, from), version(family, to), data).map_err(|why| why.to_string())
}

/// The data in the other version, and what was lost, joined by commas.
#[track_caller]
fn becomes(family: &str, from: u32, to: u32, data: &str, expected: &str, lost: &str) {
    let found = carried(family, from, to, data).unwrap();
    assert_eq!(found.data_xml, expected);
    assert_eq!(found.lost.join(", "), lost);
}

/// The same in both versions, with nothing lost on the way there.
#[track_caller]
fn both_ways(family: &str, older: &str, newer: &str, lost_on_the_way_back: &str) {
    becomes(family, 1, 2, older, newer, "");
    becomes(family, 2, 1, newer, older, lost_on_the_way_back);
}

const WHEN: &str = "<when><date><y>2024</y><m>3</m><d>9</d></date><time><h>8</h><m>30</m></time></when>";
const APPROXIMATE: &str = "<when><structured><date><y>2024</y><m>3</m><d>9</d></date><time><h>8</h><m>30</m></time></structured></when>";

#[test]
fn words_become_codes_and_words_again() {
    both_ways(
        "basic-demographic",
        "<basic><gender>f</gender><country>DE</country><city>Ulm</city><state>Bayern &amp; so</state></basic>",
        "<basic><gender>f</gender><country><text>DE</text><code><value>DE</value><family>iso</family><type>iso3166</type></code></country>\
         <city>Ulm</city><state><text>Bayern &amp; so</text></state></basic>",
        "country/text, country/code/family",
    );
    let named = "<basic><country><text>Germany</text></country></basic>";
    becomes("basic-demographic", 2, 1, named, "<basic/>", "country");
}

#[test]
fn cholesterol_is_reckoned_and_comes_back_to_the_milligram() {
    let day = "<when><y>2024</y><m>3</m><d>9</d></when>";
    let display = |mg: &str| format!("<display units=\"mg/dL\">{mg}</display>");
    both_ways(
        "cholesterol",
        &format!(
            "<cholesterol-profile>{day}<ldl>130</ldl><triglyceride>151</triglyceride></cholesterol-profile>"
        ),
        &format!(
            "<cholesterol-profile><when><date><y>2024</y><m>3</m><d>9</d></date></when>\
             <ldl><mmolPerL>3.3618</mmolPerL>{}</ldl><triglyceride><mmolPerL>1.70479</mmolPerL>{}</triglyceride></cholesterol-profile>",
            display("130"),
            display("151"),
        ),
        "ldl/mmolPerL, triglyceride/mmolPerL",
    );
    for mg in 1..600 {
        let mmol = carried(
            "cholesterol",
            1,
            2,
            &format!(
                "<cholesterol-profile>{day}<hdl>{mg}</hdl><triglyceride>{mg}</triglyceride></cholesterol-profile>"
            ),
        );
        let plain = mmol.unwrap().data_xml.replace(&display(&mg.to_string()), "");
        assert!(!plain.contains("display"));
        let back = carried("cholesterol", 2, 1, &plain).unwrap().data_xml;
        assert!(
            back.contains(&format!("<hdl>{mg}</hdl><triglyceride>{mg}</triglyceride>")),
            "{plain}: {back}"
        );
    }
}

#[test]
fn a_time_of_day_that_a_day_has_no_room_for_is_lost() {
    let data = format!(
        "<cholesterol-profile>{WHEN}<ldl><mmolPerL>2.6</mmolPerL><display units=\"mmol/L\">2.6</display></ldl></cholesterol-profile>"
    );
    let expected =
        "<cholesterol-profile><when><y>2024</y><m>3</m><d>9</d></when><ldl>101</ldl></cholesterol-profile>";
    becomes("cholesterol", 2, 1, &data, expected, "when/time, ldl/display");
}

#[test]
fn hba1c_is_a_fraction_or_millimoles_per_mole() {
    both_ways(
        "hba1c",
        &format!("<HbA1C>{WHEN}<value>0.07</value><device-id>x</device-id></HbA1C>"),
        &format!(
            "<HbA1C>{WHEN}<value><mmol-per-mol>53.00565</mmol-per-mol><display units=\"%\">7</display></value><device-id>x</device-id></HbA1C>"
        ),
        "value/mmol-per-mol",
    );
    let measured = format!("<HbA1C>{WHEN}<value><mmol-per-mol>53.00565</mmol-per-mol></value></HbA1C>");
    becomes("hba1c", 2, 1, &measured, &format!("<HbA1C>{WHEN}<value>0.07</value></HbA1C>"), "");
    let absurd = measured.replace("53.00565", "2000");
    assert_eq!(carried("hba1c", 2, 1, &absurd).unwrap_err(), "version 1 of HbA1C needs value");
}

#[test]
fn a_place_becomes_an_organization_there() {
    let address = |more: &str| {
        format!("{more}<street>Weg 1</street><city>Ulm</city><postcode>89073</postcode><country>DE</country>")
    };
    let older = format!(
        "<encounter>{WHEN}<type>visit</type><id>7</id><location>{}</location></encounter>",
        address("<description>Praxis</description>")
    );
    let newer = format!(
        "<encounter>{WHEN}<type><text>visit</text></type><facility><name>Praxis</name><contact><address>{}</address></contact></facility></encounter>",
        address("<description>Praxis</description>"),
    );
    becomes("encounter", 1, 2, &older, &newer, "id");
    becomes("encounter", 2, 1, &newer, &older.replace("<id>7</id>", ""), "facility/name");
    let plain = newer.replace("<description>Praxis</description>", "");
    becomes("encounter", 2, 1, &plain, &older.replace("<id>7</id>", ""), "");
    let reason = format!("<encounter>{WHEN}<reason>cough</reason></encounter>");
    becomes("encounter", 2, 1, &reason, &format!("<encounter>{WHEN}<type>cough</type></encounter>"), "");
}

#[test]
fn a_family_history_goes_by_the_version_between() {
    let older = "<family-history><condition><text>gout</text></condition><relationship><text>Father</text></relationship>\
                 <age-of-onset>50</age-of-onset><date-of-birth><y>1920</y></date-of-birth><is-recurring>1</is-recurring></family-history>";
    let newest = "<family-history><condition><name><text>gout</text></name><onset-date><y>1970</y></onset-date>\
                  <occurrence><text>Intermittent: Comes and goes</text><code><value>intermittent</value><type>condition-occurrence</type></code></occurrence></condition>\
                  <relative><relationship><text>Father</text></relationship><date-of-birth><y>1920</y></date-of-birth></relative></family-history>";
    becomes("family-history", 1, 3, older, newest, "");
    let back = carried("family-history", 3, 1, newest).unwrap();
    assert!(back.data_xml.contains("<age-of-onset>50</age-of-onset>"), "{}", back.data_xml);
    let two =
        newest.replace("</condition>", "</condition><condition><name><text>flu</text></name></condition>");
    assert_eq!(carried("family-history", 3, 2, &two).unwrap().lost, ["condition"]);
    let none = "<family-history><relative><relationship><text>Aunt</text></relationship></relative></family-history>";
    let why = carried("family-history", 3, 1, none).unwrap_err();
    assert_eq!(why, "version 2 of Family history needs condition");
}

#[test]
fn an_immunization_without_a_date_says_so_in_words() {
    let newer = "<immunization><name><text>MMR</text></name><manufacturer><text>Acme</text></manufacturer></immunization>";
    let older = "<immunization><name><text>MMR</text></name><administration-date><descriptive>-</descriptive></administration-date>\
                 <manufacturer>Acme</manufacturer></immunization>";
    becomes("immunization", 2, 1, newer, older, "");
}

#[test]
fn ranges_of_groups_in_groups_get_words() {
    let result = |range: &str| {
        format!(
            "<results><value><measurement><display>5</display></measurement><ranges><type><text>normal</text></type>{range}</ranges></value></results>"
        )
    };
    let whole = |range: &str| {
        format!(
            "<lab-test-results><lab-group><group-name><text>a</text></group-name><sub-groups><group-name><text>b</text></group-name>{}</sub-groups></lab-group></lab-test-results>",
            result(range)
        )
    };
    let ends = "<minimum-range>3</minimum-range><maximum-range>6.5</maximum-range>";
    let older = whole(&format!("<range>{ends}</range>"));
    let newer = whole(&format!("<text><text>3 - 6.5</text></text><value>{ends}</value>"));
    becomes("lab-results", 1, 2, &older, &newer, "");
    let lost = "lab-group/sub-groups/results/value/ranges/text";
    becomes("lab-results", 2, 1, &newer, &older, lost);
    let open = newer.replace("<minimum-range>3</minimum-range>", "");
    assert!(!carried("lab-results", 2, 1, &open).unwrap().data_xml.contains("ranges"));
}

#[test]
fn a_physician_moves_from_the_series_to_the_study_and_to_each_series() {
    let person =
        |name: &str| format!("<referring-physician><name><full>{name}</full></name></referring-physician>");
    let series = |when: &str, more: &str| {
        format!("<series>{when}<images><image-blob-name>i</image-blob-name></images>{more}</series>")
    };
    let at = WHEN.replace("when>", "acquisition-datetime>");
    let older = |a: &str, b: &str| {
        format!("<medical-image-study>{WHEN}{}{}</medical-image-study>", series(&at, a), series(&at, b))
    };
    let newer = format!(
        "<medical-image-study>{WHEN}{}{}{}</medical-image-study>",
        series(&at, ""),
        series("", ""),
        person("Dr A")
    );
    becomes("medical-image-study", 2, 1, &newer, &older(&person("Dr A"), &person("Dr A")), "");
    let dated = newer.replace("<series><images>", &format!("<series>{at}<images>"));
    let lost = "series/referring-physician";
    becomes("medical-image-study", 1, 2, &older(&person("Dr A"), &person("Dr B")), &dated, lost);
}

#[test]
fn a_medication_keeps_its_numbers_and_words() {
    both_ways(
        "medication",
        "<medication><name>Aspirin</name><is-prescribed>false</is-prescribed><indication>pain</indication>\
         <dose-value><description>one tablet</description><exact-dose>1</exact-dose></dose-value><dose-unit><text>tablet</text></dose-unit>\
         <strength-value>10</strength-value><strength-unit><text>mg/ml</text></strength-unit><frequency>daily</frequency></medication>",
        "<medication><name><text>Aspirin</text></name>\
         <dose><display>one tablet</display><structured><value>1</value><units><text>tablet</text></units></structured></dose>\
         <strength><display>10 mg/ml</display><structured><value>10</value><units><text>mg/ml</text></units></structured></strength>\
         <frequency><display>daily</display></frequency><indication><text>pain</text></indication>\
         <prescribed><text>Over the Counter (OTC)</text><code><value>OTC</value><type>medication-prescribed</type></code></prescribed></medication>",
        "strength/display, prescribed/text",
    );
}

#[test]
fn a_strength_is_never_rounded_but_carried_in_words() {
    let newer = |strength: &str| {
        format!("<medication><name><text>x</text></name><strength>{strength}</strength></medication>")
    };
    let older = |words: &str| {
        format!("<medication><name>x</name><strength-unit><text>{words}</text></strength-unit></medication>")
    };
    let half =
        "<display>2.5 mg</display><structured><value>2.5</value><units><text>mg</text></units></structured>";
    becomes("medication", 2, 1, &newer(half), &older("2.5 mg"), "strength/structured");
    both_ways("medication", &older("10 mg/ml"), &newer("<display>10 mg/ml</display>"), "");
    let two = format!(
        "<display>5 mg / 2 mg</display>{0}{0}",
        "<structured><value>5</value><units><text>mg</text></units></structured>"
    );
    becomes("medication", 2, 1, &newer(&two), &older("5 mg / 2 mg"), "strength/structured");
}

#[test]
fn a_prescription_stands_by_itself_with_nobody_named() {
    let older = "<medication><name>x</name><date-prescribed><descriptive>May</descriptive></date-prescribed><refills>2</refills><days-supply>0</days-supply>\
                 <prescription-duration><start-date><descriptive>May</descriptive></start-date><end-date><structured><date><y>2024</y><m>6</m><d>1</d></date></structured></end-date></prescription-duration>\
                 <substitution-permitted>true</substitution-permitted></medication>";
    let newer = "<medication><name><text>x</text></name><prescription><prescribed-by><name><full>-</full></name></prescribed-by>\
                 <date-prescribed><descriptive>May</descriptive></date-prescribed>\
                 <substitution><text>Substitution permitted</text><code><value>SP</value><type>medication-substitution</type></code></substitution><refills>2</refills>\
                 <prescription-expiration><y>2024</y><m>6</m><d>1</d></prescription-expiration></prescription></medication>";
    becomes("medication", 1, 2, older, newer, "days-supply, prescription-duration/start-date");
    let back = older.replace("<days-supply>0</days-supply>", "");
    becomes("medication", 2, 1, newer, &back, "prescription/prescribed-by, prescription/substitution/text");
}

#[test]
fn a_range_of_a_dose_is_said_in_words() {
    let older = |dose: &str| {
        format!(
            "<medication><name>x</name><dose-value>{dose}</dose-value><dose-unit><text>mg</text></dose-unit></medication>"
        )
    };
    for (dose, words) in [
        ("<min-dose>1</min-dose><max-dose>2</max-dose>", "1 - 2 mg"),
        ("<min-dose>1</min-dose>", "≥ 1 mg"),
        ("<max-dose>2</max-dose>", "≤ 2 mg"),
    ] {
        let newer = format!(
            "<medication><name><text>x</text></name><dose><display>{words}</display></dose></medication>"
        );
        becomes("medication", 1, 2, &older(dose), &newer, "");
    }
}

#[test]
fn what_wants_a_day_is_refused_without_one() {
    let older = format!("<procedure>{WHEN}<title><text>x</text></title></procedure>");
    let newer = format!("<procedure>{APPROXIMATE}<name><text>x</text></name></procedure>");
    both_ways("procedure", &older, &newer, "");
    for when in [
        "<when><descriptive>May</descriptive></when>",
        "",
        "<when><structured><date><y>2024</y><m>5</m></date></structured></when>",
    ] {
        let why = carried("procedure", 2, 1, &newer.replace(APPROXIMATE, when)).unwrap_err();
        assert_eq!(why, "version 1 of Procedure needs when");
    }
    let why = carried("procedure", 1, 2, &format!("<procedure>{WHEN}</procedure>")).unwrap_err();
    assert_eq!(why, "version 2 of Procedure needs name");
}

#[test]
fn a_session_becomes_details_and_its_laps_segments() {
    let session = |mode: &str, more: &str| {
        format!("<{mode}<minutes>30</minutes><peak-heartrate>171</peak-heartrate>{more}</")
    };
    let older = format!(
        "<aerobic-session>{WHEN}{}session><lap-session><name>one</name><seconds-into-session>90</seconds-into-session>{}lap-session></lap-session></aerobic-session>",
        session("session><mode><text>run</text></mode>", "<left-right-balance>0.5</left-right-balance>"),
        session("lap-session>", "<peak-speed><meters-per-second>4.2</meters-per-second></peak-speed>"),
    );
    let detail = |name: &str, value: &str, unit: &str| {
        format!(
            "<detail><name><value>{name}</value><type>exercise-detail-names</type></name><value><value>{value}</value><units><text>{unit}</text></units></value></detail>"
        )
    };
    let newer = format!(
        "<exercise>{APPROXIMATE}<activity><text>run</text></activity><duration>30</duration>{}{}\
         <segment><activity><text>run</text></activity><title>one</title><duration>30</duration><offset>1.5</offset>{}{}</segment></exercise>",
        detail("MaximumHeartrate_BPM", "171", "BPM"),
        detail("LeftRightBalance_percent", "50", "Percent"),
        detail("MaximumHeartrate_BPM", "171", "BPM"),
        detail("MaximumSpeed_m-per-s", "4.2", "m-per-s"),
    );
    becomes("exercise", 1, 2, &older, &newer, "");
    let back = carried("exercise", 2, 1, &newer).unwrap();
    let named =
        older.replace("<lap-session><minutes>", "<lap-session><mode><text>run</text></mode><minutes>");
    assert_eq!(back.data_xml, named);
}

#[test]
fn the_lung_test_at_home_keeps_its_flags() {
    let older = format!(
        "<spirometer>{WHEN}<fev1><liters-per-second>3.1</liters-per-second></fev1><warning>w</warning><problem>p</problem></spirometer>"
    );
    let newer = format!(
        "<peak-flow>{APPROXIMATE}<fev1><liters>3.1</liters></fev1><measurement-flags><text>w</text></measurement-flags><measurement-flags><text>p</text></measurement-flags></peak-flow>"
    );
    becomes("peak-flow", 1, 2, &older, &newer, "");
    becomes("peak-flow", 2, 1, &newer, &older.replace("problem>", "warning>"), "");
}

#[test]
fn what_stands_beside_the_data_comes_along_byte_for_byte() {
    let common = " <common ><note>a &#233; b</note><extension source='s'><x:y xmlns:x='urn:x' a='1'/></extension></common>\n";
    let data = format!(
        "<!-- b --><procedure xmlns:i='http://www.w3.org/2001/XMLSchema-instance'>{WHEN}<title i:nil='false'><text>a\r\n<![CDATA[<b>]]>&#13;</text></title></procedure>{common}"
    );
    let found = carried("procedure", 1, 2, &data).unwrap();
    assert!(found.data_xml.ends_with(common), "{}", found.data_xml);
    assert!(found.data_xml.contains("<name><text>a\n&lt;b&gt;&#13;</text></name>"), "{}", found.data_xml);
    assert!(found.lost.is_empty());
}

#[test]
fn only_versions_of_a_type_and_only_what_is_sound_can_be_carried() {
    let weight = carry(crate::thing_types::WEIGHT, version("procedure", 2), "<weight/>");
    assert_eq!(weight, Err(CannotCarry::NotVersions));
    for unsound in ["<procedure/>", "<procedure", "", "<common/>", "<encounter/>"] {
        let refused = carry(version("procedure", 2), version("procedure", 1), unsound);
        assert!(matches!(refused, Err(CannotCarry::Unsound(_))), "{unsound}: {refused:?}");
    }
    let same = carry(version("procedure", 2), version("procedure", 2), "<anything");
    assert_eq!(same.unwrap().data_xml, "<anything");
}

/// The error of a file about two versions: `x(a:string b?:int c*:coded)` and `x(a:coded d?:string)`.
fn refused(text: &str) -> String {
    let base = ("base.types", "coded = (text:string code?:string)\n");
    let id = |n| format!("3d34d87e-7fc1-4153-800f-00000000000{n}");
    let file = |n, link: String, body: &str| -> &'static str {
        let text = format!(
            "thing {} \"X\"\n  root x\n  xsd x.xsd  ns urn:x\n  family f v{n}  {link}\nbody\n{body}",
            id(n)
        );
        Box::leak(text.into_boxed_str())
    };
    let one = file(1, format!("next {}", id(2)), "  a : string\n  b? : int\n  c* : coded\n");
    let two = file(2, format!("prev {}", id(1)), "  a : coded\n  d? : string\n");
    let types = read_types(&[base], &[("one.thing", one), ("two.thing", two)]).unwrap();
    let text: &'static str = Box::leak(text.to_owned().into_boxed_str());
    read(&types, &[("f.carry", text)]).map_or_else(|e| e.to_string(), |_| String::new())
}

const BACK: &str = "\nv2 to v1\n  a = a/text\n  lost a/code, d\n";

#[test]
fn every_element_is_carried_or_named_as_lost() {
    let with = |lines: &str| refused(&format!("carry f\n\nv1 to v2\n{lines}{BACK}"));
    assert_eq!(with("  a/text = a\n  lost b, c\n"), "");
    assert_eq!(
        with("  a/text = a\n  lost c\n"),
        "f.carry, line 3: expected a line that carries or loses b, found none"
    );
    assert!(with("  a/text = a\n  d = c/text\n  lost b\n").contains("carries or loses c/code"));
    assert!(with("  a/text = a\n  d = c/text\n  lost b, c/code\n").is_empty());
    assert!(with("  a/text = a\n  d = b\n  lost b, c\n").contains("expected what is not carried, found b"));
}

#[test]
fn paths_lead_somewhere_and_texts_fit() {
    let with = |line: &str| refused(&format!("carry f\n\nv1 to v2\n  {line}\n  lost b, c\n{BACK}"));
    for (line, wanted) in [
        ("a/texts = a", "a path that the type has, found a/texts"),
        ("a/text = e", "a path that the type has, found e"),
        ("a/text = a@n", "a path that the type has, found a@n"),
        ("a = a", "a place for the same"),
        ("a/text = a times 2", "a text that may fit"),
        ("a/text = \"{e}\"", "a path that the type has, found e"),
        ("a = \"words\"", "words that fit"),
        ("a/text = c[text", "expected ="),
        ("a/text = c[only]/text[code=1]", "a path that the type has"),
        ("a[only]/text = a", "what can be made"),
        ("a/text a", "expected ="),
        ("a/text = a times", "a number"),
        ("with a a/text = a", "a colon"),
        ("a/text = a b", "the end of the line"),
    ] {
        let why = with(line);
        assert!(why.contains(wanted) && why.contains("line 4"), "{line}: {why}");
    }
}

#[test]
fn a_family_has_each_direction_once() {
    let there = "\nv1 to v2\n  a/text = a\n  lost b, c\n";
    assert_eq!(refused(&format!("carry f\n{there}{BACK}")), "");
    assert!(refused(&format!("carry f\n{there}")).contains("two.thing, line 1: expected a .carry file"));
    assert!(refused(&format!("carry f\n{there}{there}{BACK}")).contains("each direction once"));
    assert!(refused(&format!("carry g\n{there}{BACK}")).contains("a version of g, found v1"));
    assert!(refused("carry f\n\nv1 to v3\n").contains("a version of f, found v3"));
    assert!(refused("carry f\n\nv1 to v1\n").contains("neighbours"));
    assert!(refused("carry f\n  a = a\n").contains("v<number> to v<number>"));
    assert!(
        refused(&format!("carry f\n{there}  part y to z\n    a = a\n{BACK}"))
            .contains("of which one becomes the other, found y")
    );
}
