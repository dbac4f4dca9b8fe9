use keepwell_core::persons::Units;
use keepwell_core::thing_types::{self, by_name, validate_data};
use keepwell_core::vocabularies::built_in;

use super::*;

async fn with_form<T>(root: &str, units: Units, see: impl FnOnce(Form) -> T) -> Option<T> {
    let world = keepwell_testkit::World::on(keepwell_testkit::TestEngine::Sqlite).await.expect("a world");
    let shelf = keepwell_core::vocabularies::shelf(&world.domain).await.expect("a shelf");
    let unit = |unit: &str| unit.to_owned();
    let lists = Lists { shelf: &shelf, culture: "en", units: &units, unit_label: &unit, unit_written: &unit };
    form_for(by_name(root)?, &lists).map(see)
}

fn values(pairs: &[(&str, &str)]) -> Values {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[tokio::test]
async fn a_weight_is_entered_in_pounds_and_kept_in_kilograms() {
    let entered =
        values(&[("when_y", "2026"), ("when_m", "6"), ("when_d", "1"), ("when_t", "7:30"), ("value", "155")]);
    let xml =
        with_form("weight", Units::usual_in("US"), |form| make(&form, &entered, "a").unwrap()).await.unwrap();
    assert_eq!(
        xml,
        "<weight><when><date><y>2026</y><m>6</m><d>1</d></date><time><h>7</h><m>30</m></time></when><value>\
         <kg>70.30681735</kg><display units=\"lb\">155</display></value></weight><common><client-thing-id>a\
         </client-thing-id></common>"
    );
    assert_eq!(validate_data(by_name("weight").unwrap(), &xml), Ok(()));
}

#[tokio::test]
async fn what_is_wrong_is_told_field_by_field() {
    let entered = values(&[
        ("when_y", "2026"),
        ("when_m", "2"),
        ("when_d", "30"),
        ("systolic", "12.5"),
        ("diastolic", "-1"),
    ]);
    let wrongs =
        with_form("blood-pressure", Units::default(), |form| make(&form, &entered, "a").unwrap_err())
            .await
            .unwrap();
    assert_eq!(wrongs.get("when"), Some(&Wrong::NotADay));
    assert_eq!(wrongs.get("systolic"), Some(&Wrong::NotWhole));
    assert_eq!(wrongs.get("diastolic"), Some(&Wrong::TooSmall("0".into())));
    let nothing =
        with_form("blood-pressure", Units::default(), |form| make(&form, &Values::new(), "a").unwrap_err())
            .await;
    assert_eq!(nothing.unwrap().len(), 3, "when, systolic, diastolic");
}

/// An allergy with everything that a form cannot hold.
const RICH: &str = "<allergy xmlns:x=\"urn:x\">\n  <name><text>Penicillin</text><code><value>1</value><type>t</type></code></name>\
    <!-- kept --><first-observed><structured><date><y>1980</y><m>5</m></date><tz><text>CET</text></tz></structured></first-observed>\
    <treatment-provider><name><full>Dr &amp; Berg</full></name><contact><phone><number>1</number></phone></contact></treatment-provider>\
    </allergy><common><source>x</source><extension source=\"app\"><any a=\"1\">&#65;</any></extension><client-thing-id>7</client-thing-id></common>";

#[tokio::test]
async fn a_form_that_changes_nothing_changes_not_a_byte() {
    let kept = with_form("allergy", Units::default(), |form| {
        let (form, values) = values_of(&form, RICH).unwrap();
        edit(&form, RICH, &values).unwrap()
    });
    assert_eq!(kept.await.unwrap(), RICH);
}

#[tokio::test]
async fn only_what_was_changed_is_written() {
    let changed = with_form("allergy", Units::default(), |form| {
        let (form, mut values) = values_of(&form, RICH).unwrap();
        assert_eq!((values["name"].as_str(), values["first-observed_y"].as_str()), ("Penicillin", "1980"));
        values.extend(super::tests::values(&[
            ("reaction", "Hives & <b>"),
            ("first-observed_d", "17"),
            ("common.note", "Ask again"),
            ("treatment-provider.organization", "Northside"),
        ]));
        edit(&form, RICH, &values).unwrap()
    });
    let wanted = RICH
        .replace(
            "</name><!-- kept -->",
            "</name><!-- kept --><reaction><text>Hives &amp; &lt;b&gt;</text></reaction>",
        )
        .replace("<m>5</m>", "<m>5</m><d>17</d>")
        .replace("</name><contact>", "</name><organization>Northside</organization><contact>")
        .replace("</source>", "</source><note>Ask again</note>");
    let changed = changed.await.unwrap();
    assert_eq!(changed, wanted);
    assert_eq!(validate_data(by_name("allergy").unwrap(), &changed), Ok(()));
}

#[tokio::test]
async fn another_name_takes_the_code_of_the_old_one_along() {
    let changed = with_form("allergy", Units::default(), |form| {
        let (form, mut values) = values_of(&form, RICH).unwrap();
        values.insert("name".into(), "Pollen".into());
        edit(&form, RICH, &values).unwrap()
    });
    let changed = changed.await.unwrap();
    assert!(changed.contains("<name><text>Pollen</text></name><!-- kept -->"), "{changed}");
}

#[tokio::test]
async fn words_of_a_list_get_their_code() {
    let list = built_in("wc", "condition-occurrence").unwrap();
    let item = list.read("en").after(None, 1).unwrap().items[0];
    let entered = values(&[("name", "Asthma"), ("status", item.display)]);
    let xml =
        with_form("condition", Units::default(), |form| make(&form, &entered, "a").unwrap()).await.unwrap();
    assert!(xml.contains(&format!("<code><value>{}</value><family>wc</family>", item.code)), "{xml}");
}

#[tokio::test]
async fn a_group_that_is_emptied_goes_unless_more_is_in_it() {
    let plain = "<allergy><name><text>a</text></name><treatment-provider><name><full>Dr</full></name></treatment-provider></allergy><common/>";
    for (xml, gone) in [(plain, true), (RICH, false)] {
        let result = with_form("allergy", Units::default(), |form| {
            let (form, mut values) = values_of(&form, xml).unwrap();
            values.insert("treatment-provider.name.full".into(), String::new());
            edit(&form, xml, &values)
        });
        match result.await.unwrap() {
            Ok(changed) => assert!(gone && !changed.contains("provider"), "{changed}"),
            Err(wrongs) => assert!(!gone && wrongs.contains_key("treatment-provider.name.full")),
        }
    }
}

#[tokio::test]
async fn what_the_form_writes_of_the_catalogues_own_examples_is_valid_and_loses_nothing() {
    let world = keepwell_testkit::World::on(keepwell_testkit::TestEngine::Sqlite).await.expect("a world");
    let shelf = keepwell_core::vocabularies::shelf(&world.domain).await.expect("a shelf");
    let units = Units::usual_in("US");
    let unit = |unit: &str| unit.to_owned();
    let lists = Lists { shelf: &shelf, culture: "en", units: &units, unit_label: &unit, unit_written: &unit };
    let mut held = 0;
    for kind in thing_types::all() {
        let Some(form) = form_for(kind, &lists) else { continue };
        held += 1;
        let example = thing_types::example(kind);
        let Some((form, mut values)) = values_of(&form, &example) else { continue };
        assert_eq!(edit(&form, &example, &values).unwrap(), example, "{}", kind.root);
        values.insert("common.note".into(), "New".into());
        let noted = edit(&form, &example, &values).unwrap();
        assert_eq!(validate_data(kind, &noted), Ok(()), "{}", kind.root);
        assert!(noted.contains("<note>New</note>"), "{}: {noted}", kind.root);
    }
    assert!(held > 50, "{held}");
    for root in [
        "weight",
        "height",
        "blood-pressure",
        "blood-glucose",
        "medication",
        "allergy",
        "condition",
        "immunization",
        "exercise",
        "sleep-am",
        "cholesterol-profile",
    ] {
        assert!(form_for(by_name(root).unwrap(), &lists).is_some(), "{root}");
    }
}

/// An evening with two cups of coffee.
const EVENING: &str = "<sleep-pm><when><date><y>2026</y><m>6</m><d>1</d></date></when>\
    <caffeine><h>8</h><m>0</m></caffeine><!-- kept --><caffeine><h>13</h><m>30</m><s>5</s></caffeine>\
    <sleepiness>2</sleepiness></sleep-pm><common/>";

#[tokio::test]
async fn what_stands_several_times_has_a_row_each() {
    with_form("sleep-pm", Units::default(), |form| {
        let (form, values) = values_of(&form, EVENING).unwrap();
        let shown = ["caffeine.1", "caffeine.2"].map(|row| values[row].as_str());
        assert_eq!(shown, ["08:00", "13:30"]);
        assert_eq!(edit(&form, EVENING, &values).unwrap(), EVENING, "what is not touched stays");
        assert!(form.inputs().contains(&"alcohol.1".to_owned()), "nothing yet, and room for one");
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_row_is_changed_taken_away_and_added_without_touching_the_others() {
    with_form("sleep-pm", Units::default(), |form| {
        let (form, mut entered) = values_of(&form, EVENING).unwrap();
        entered.extend(values(&[("caffeine.1", ""), ("caffeine.3", "16:15"), ("alcohol.1", "20:00")]));
        let form = form.grown(&entered);
        let changed = edit(&form, EVENING, &entered).unwrap();
        let wanted = EVENING.replace("<caffeine><h>8</h><m>0</m></caffeine>", "").replace(
            "<sleepiness>",
            "<caffeine><h>16</h><m>15</m></caffeine><alcohol><h>20</h><m>0</m></alcohol><sleepiness>",
        );
        assert_eq!(changed, wanted);
        assert_eq!(validate_data(form.kind, &changed), Ok(()));
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn something_new_has_as_many_rows_as_were_filled_in() {
    with_form("sleep-pm", Units::default(), |form| {
        let entered = values(&[
            ("when_y", "2026"),
            ("when_m", "6"),
            ("when_d", "1"),
            ("sleepiness", "2"),
            ("caffeine.1", "8:00"),
            ("caffeine.2", ""),
            ("caffeine.3", "13:30"),
        ]);
        let form = form.with_row_of("caffeine").with_row_of("caffeine").with_row_of("alcohol");
        let made = make(&form, &entered, "a").unwrap();
        assert_eq!(made.matches("<caffeine>").count(), 2, "{made}");
        assert_eq!(validate_data(form.kind, &made), Ok(()));
        let wrong = values(&[("caffeine.3", "25:00")]);
        assert_eq!(make(&form, &wrong, "a").unwrap_err().get("caffeine.3"), Some(&Wrong::NotATime));
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn rows_end_at_a_bound_whatever_is_sent() {
    with_form("sleep-pm", Units::default(), |form| {
        let sent: Values = (1..1_000).map(|row| (rows::name("caffeine", row), String::new())).collect();
        let form = form.grown(&sent);
        let rows = form.inputs().iter().filter(|input| input.starts_with("caffeine.")).count();
        assert_eq!(rows, rows::MOST);
    })
    .await
    .unwrap();
}
