//! The numbers of things, in the reader's units: as columns of a table, and as lines of plots.

use keepwell_core::thing_types::{self, Measure, Step, Target, ThingType};
use keepwell_core::things::Thing;
use roxmltree::Document;

use super::item_words::unit_label;
use crate::labels;
use crate::locale::Texts;
use crate::plot::{Line, Plot, thin};
use crate::units::{self, Scale};

/// The most columns of a table, and lines of all plots.
const COLUMNS: usize = 4;
/// Points of a line.
const POINTS: usize = 150;

/// One number of things of a kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// What the catalogue calls it.
    label: &'static str,
    /// What the reader calls it.
    pub name: String,
    /// Its unit as the reader reads it; empty for a plain number.
    pub unit: String,
    scale: Option<Scale>,
}

impl Column {
    fn of(kind: &ThingType, measure: &Measure, t: &Texts) -> Option<Self> {
        let (unit, scale) = reading(kind, measure, t)?;
        let name = labels::label(measure.label, kind.root, t).0.into_owned();
        Some(Self { label: measure.label, name, unit, scale })
    }

    /// What stands above it.
    pub fn heading(&self) -> String {
        if self.unit.is_empty() { self.name.clone() } else { format!("{} ({})", self.name, self.unit) }
    }

    fn digits(&self) -> usize {
        self.scale.map_or(2, |scale| scale.digits)
    }

    /// A number as it is written.
    pub fn text(&self, number: f64) -> String {
        units::plain(number, self.digits())
    }
}

/// The unit in which the reader reads a measure, and what leads there; none for a measure of which each thing
/// states the unit itself, as that cannot stand above a column.
fn reading(kind: &ThingType, measure: &Measure, t: &Texts) -> Option<(String, Option<Scale>)> {
    if measure.unit.contains('{') {
        return None;
    }
    let scale = scale(kind, measure, t);
    let unit =
        scale.map_or_else(|| unit_label(measure.unit, t), |scale| labels::unit(scale.label, t).into_owned());
    Some((unit, scale))
}

fn scale(kind: &ThingType, measure: &Measure, t: &Texts) -> Option<Scale> {
    if let Some(Target::Field(field)) = measure.path.target(&kind.structure) {
        let base = field.kind.text().and_then(|simple| simple.base);
        if field.kind.type_name() == Some("percentage")
            || base.is_some_and(|base| base.name() == "percentage")
        {
            return Some(units::PERCENT);
        }
    }
    let names: Vec<&str> = measure
        .path
        .steps
        .iter()
        .filter_map(|step| match step {
            Step::Child(name) => Some(*name),
            Step::Attribute(_) => None,
        })
        .collect();
    if names == ["sleep-minutes"] {
        return Some(units::HOURS);
    }
    // The element of a measure stands before that of its unit.
    let element = names.iter().rev().nth(1).or(names.last())?;
    units::scale(t.units(), kind.root, element, measure.unit)
}

/// The columns of a kind.
pub fn columns(kind: &ThingType, t: &Texts) -> Vec<Column> {
    kind.measures.iter().filter_map(|measure| Column::of(kind, measure, t)).take(COLUMNS).collect()
}

/// The numbers of a thing, one for each column; of a thing of another version those that it has too.
pub fn numbers(thing: &Thing, columns: &[Column], t: &Texts) -> Vec<Option<f64>> {
    read(thing, columns, t).unwrap_or_else(|| vec![None; columns.len()])
}

fn read(thing: &Thing, columns: &[Column], t: &Texts) -> Option<Vec<Option<f64>>> {
    let kind = thing_types::find(thing.type_id)?;
    let wrapped = format!("<data-xml>{}</data-xml>", thing.data_xml);
    let document = Document::parse(&wrapped).ok()?;
    let root = document.root_element().children().find(|node| node.tag_name().name() == kind.root)?;
    let number = |column: &Column| {
        let measure = kind.measures.iter().find(|measure| measure.label == column.label)?;
        let (_, scale) = reading(kind, measure, t).filter(|(unit, _)| *unit == column.unit)?;
        let number: f64 =
            measure.path.text_in(root)?.parse().ok().filter(|number: &f64| number.is_finite())?;
        Some(scale.map_or(number, |scale| scale.shown(number)))
    };
    Some(columns.iter().map(number).collect())
}

/// Whether a thing is about the person: a meter that is tried with a control solution is not.
pub fn is_about_the_person(thing: &Thing) -> bool {
    !thing.data_xml.contains("<is-control-test>true</") && !thing.data_xml.contains("<is-control-test>1</")
}

/// Numbers of a kind over time, to be drawn.
pub struct Drawn {
    /// The plots, one for each unit.
    pub plots: Vec<Plot>,
    /// Points stand for several numbers.
    pub means: bool,
}

/// The plots of numbers that were read, the newest first. Numbers of one unit stand in one plot.
pub fn plots(
    kind: &ThingType,
    columns: &[Column],
    read: &[(i64, Vec<Option<f64>>)],
    span: (i64, i64),
    t: &Texts,
) -> Drawn {
    let mut drawn = Drawn { plots: Vec::new(), means: false };
    for (nth, column) in columns.iter().enumerate() {
        let points =
            read.iter().rev().filter_map(|(at, numbers)| Some((*at, numbers.get(nth).copied().flatten()?)));
        let points: Vec<(i64, f64)> = points.filter(|(at, _)| (span.0..=span.1).contains(at)).collect();
        let bars = matches!(kind.root, "exercise" | "aerobic-session");
        // Exercise adds up and is no mean of itself: all of it is drawn.
        let (points, means) = thin(&points, span, if bars { 400 } else { POINTS });
        if points.is_empty() {
            continue;
        }
        drawn.means |= means;
        let line = Line { label: column.name.clone(), points };
        match drawn.plots.iter_mut().find(|plot| plot.unit == column.unit && !bars) {
            Some(plot) => plot.lines.push(line),
            None => drawn.plots.push(Plot {
                id: (drawn.plots.len() + 1).to_string(),
                title: String::new(),
                unit: column.unit.clone(),
                digits: column.digits(),
                lines: vec![line],
                span,
                bars,
            }),
        }
    }
    for plot in &mut drawn.plots {
        let names: Vec<&str> = plot.lines.iter().map(|line| line.label.as_str()).collect();
        plot.title = t.list(&names);
    }
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;
    use keepwell_core::persons::Units;

    fn columns_of(root: &str, units: Units) -> Vec<String> {
        let t = Texts::for_samples().reading_in(units);
        let kind = thing_types::by_name(root).unwrap();
        columns(kind, &t).iter().map(Column::heading).collect()
    }

    #[test]
    fn columns_stand_in_the_readers_units() {
        let american = Units::usual_in("US");
        assert_eq!(columns_of("weight", Units::default()), ["Weight (kg)"]);
        assert_eq!(columns_of("weight", american), ["Weight (lb)"]);
        assert_eq!(
            columns_of("blood-pressure", american),
            ["Systolic (mmHg)", "Diastolic (mmHg)", "Pulse (per minute)"]
        );
        assert_eq!(columns_of("blood-glucose", american), ["Blood glucose (mg/dL)"]);
        assert_eq!(columns_of("exercise", Units::default()), ["Distance (km)", "Duration (min)"]);
        assert_eq!(columns_of("blood-oxygen-saturation", american), ["Oxygen saturation (%)"]);
        assert_eq!(columns_of("sleep-am", american)[0], "Asleep (h)");
        assert!(columns_of("allergy", american).is_empty());
    }

    #[test]
    fn every_column_of_the_catalogue_has_a_name_and_a_unit_that_people_write() {
        let t = Texts::for_samples();
        for kind in thing_types::all() {
            for column in columns(kind, &t) {
                let heading = column.heading();
                assert!(!heading.contains('[') && !heading.contains('{'), "{}: {heading}", kind.root);
            }
        }
    }
}
