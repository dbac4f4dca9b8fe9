//! docs/TYPES.md says what the catalogue says, or the test fails.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use keepwell_core::thing_types::{self, Measure, OrderProperty, ThingType};

const FROM: &str = "<!-- from here on written by the test -->\n";
const WRITE: &str = "KEEPWELL_WRITE_TYPES";

#[test]
fn the_document_lists_every_type_with_its_example() {
    let place = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/TYPES.md");
    let text = fs::read_to_string(&place).unwrap();
    let (before, _) = text.split_once(FROM).expect("the marker");
    let found = format!("{before}{FROM}{}", body());
    if std::env::var_os(WRITE).is_some() {
        fs::write(&place, &found).unwrap();
        return;
    }
    let how = format!("{WRITE}=1 cargo test -p keepwell-core the_document_lists_every_type");
    assert!(text == found, "docs/TYPES.md differs from the catalogue; `{how}` writes it anew");
}

fn body() -> String {
    let mut types: Vec<_> = thing_types::all().iter().collect();
    types.sort_by_key(|kind| (kind.name, kind.sequence));
    let mut out = String::from("| type | root element | id |\n|---|---|---|\n");
    for kind in &types {
        let (title, anchor) = (title(kind), anchor(&title(kind)));
        writeln!(out, "| [{title}](#{anchor}) | `{}` | `{}` |", kind.root, kind.id).unwrap();
    }
    types.into_iter().for_each(|kind| section(&mut out, kind));
    out
}

fn title(kind: &ThingType) -> String {
    match kind.family_name {
        Some(_) => format!("{} (version {})", kind.name, kind.sequence),
        None => kind.name.to_owned(),
    }
}

fn anchor(title: &str) -> String {
    let kept = title
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .collect::<String>();
    kept.replace(' ', "-")
}

fn section(out: &mut String, kind: &ThingType) {
    let mut fact = |name: &str, value: String| {
        if !value.is_empty() {
            writeln!(out, "- {name}: {value}").unwrap();
        }
    };
    let mut rules = Vec::new();
    for (holds, rule) in [
        (kind.singleton, "a record holds at most one"),
        (kind.immutable, "it cannot be changed"),
        (kind.uncreatable, "no application can create one"),
        (!kind.allow_readonly, "it cannot be read-only"),
        (kind.deprecated, "there is something better for new data"),
        (kind.opaque, "others define the document: it is kept as it is, unseen"),
    ] {
        if holds {
            rules.push(rule);
        }
    }
    let head = format!("\n## {}\n\n", title(kind));
    fact("Id", format!("`{}`", kind.id));
    fact("Described in", format!("[{0}](../core/src/thing_types/catalogue/{0})", kind.file));
    fact("Rules", rules.join("; "));
    fact("Effective date", kind.effective_date.map_or("when it was created".to_owned(), code));
    fact("End date", kind.end_date.map_or(String::new(), code));
    fact("Charts show", kind.measures.iter().map(measure).collect::<Vec<_>>().join(", "));
    fact("Ordered by", kind.order.iter().map(order).collect::<Vec<_>>().join(", "));
    fact("FHIR", kind.fhir.map_or(String::new(), code));
    let at = out.rfind("- Id:").unwrap();
    out.insert_str(at, &head);
    let example = thing_types::example(kind);
    if !example.is_empty() {
        writeln!(out, "\n```xml\n{}\n```", example.trim_end()).unwrap();
    }
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

fn measure(measure: &Measure) -> String {
    format!("{} ({})", measure.label, measure.unit)
}

fn order(property: &OrderProperty) -> String {
    code(property.name)
}
