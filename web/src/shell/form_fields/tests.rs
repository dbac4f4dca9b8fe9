//! How large the forms of all types become in a page.

use askama::Template;
use keepwell_core::thing_types::{self, ThingType};
use keepwell_core::vocabularies::Shelf;

use super::*;
use crate::forms::{Lists, form_for};
use crate::shell::item_words;

/// What is around the fields in a page.
const AROUND: usize = 8_000;
const LARGEST: usize = 100_000;

fn form(shelf: &Shelf, kind: &'static ThingType, t: &Texts) -> Option<Form> {
    let label = |unit: &str| item_words::unit_label(unit, t);
    let lists =
        Lists { shelf, culture: t.lang(), units: t.units(), unit_label: &label, unit_written: &label };
    form_for(kind, &lists)
}

fn page(form: &Form, t: &Texts) -> String {
    let (first, more) = fields(form, &Values::new(), &Wrongs::new(), &Asked::default(), t);
    let rendered = first.iter().chain(&more).map(|field| field.render().unwrap());
    rendered.collect::<Vec<_>>().join("\n")
}

/// The fields of which the page offers one more.
fn offered(html: &str) -> Vec<&str> {
    let buttons = html.split("name=\"add-row\" value=\"").skip(1);
    buttons.filter_map(|rest| rest.split('"').next()).collect()
}

#[tokio::test]
async fn no_form_becomes_larger_than_a_page_may_be_whatever_is_asked_for() {
    let world = keepwell_testkit::World::on(keepwell_testkit::TestEngine::Sqlite).await.expect("a world");
    let shelf = keepwell_core::vocabularies::shelf(&world.domain).await.expect("a shelf");
    let mut largest = (0, String::new());
    for lang in ["en", "ar"] {
        let t = Texts::in_language_for_tests(lang);
        for kind in thing_types::all() {
            let Some(mut form) = form(&shelf, kind, &t) else { continue };
            for round in 0.. {
                let html = page(&form, &t);
                let size = html.len() + AROUND;
                assert!(size < LARGEST, "{} in {lang} after {round}: {size} bytes", kind.root);
                largest = largest.max((size, format!("{} in {lang}", kind.root)));
                // All that are offered at once: the page grows in few steps, and to its end.
                let asked = offered(&html);
                let grown = asked.iter().fold(form.clone(), |form, of| form.with_row_of(of));
                if grown.inputs().len() == form.inputs().len() {
                    assert!(asked.is_empty(), "{}: {asked:?} is offered and does nothing", kind.root);
                    break;
                }
                form = grown;
            }
        }
    }
    println!("the largest: {largest:?}");
}
