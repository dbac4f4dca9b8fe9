//! Numbers in the units that their reader chose. A type keeps a quantity in one fixed unit; a scale leads from
//! there to what is read, and back from what is typed.

use keepwell_core::persons::{Concentration, Length, Mass, Temperature, Units};

/// From a fixed unit to the one that is read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    factor: f64,
    offset: f64,
    /// As people write it.
    pub label: &'static str,
    /// In UCUM.
    pub code: &'static str,
    /// Digits after the point that are worth reading.
    pub digits: usize,
}

impl Scale {
    const fn times(factor: f64, label: &'static str, digits: usize) -> Self {
        Self { factor, offset: 0.0, label, code: label, digits }
    }

    const fn coded(self, code: &'static str) -> Self {
        Self { code, ..self }
    }

    /// What is read for a quantity in the fixed unit.
    #[must_use]
    pub fn shown(&self, quantity: f64) -> f64 {
        quantity * self.factor + self.offset
    }

    /// The quantity in the fixed unit for what was typed.
    #[must_use]
    pub fn kept(&self, shown: f64) -> f64 {
        let kept = (shown - self.offset) / self.factor;
        // Twelve digits are more than anyone measures, and fewer than a division leaves.
        format!("{kept:.12}").parse().unwrap_or(kept)
    }

    /// What is read, without noughts at the end.
    #[must_use]
    pub fn text(&self, quantity: f64) -> String {
        plain(self.shown(quantity), self.digits)
    }
}

/// A number with so many digits after the point at most.
#[must_use]
pub fn plain(number: f64, digits: usize) -> String {
    let text = format!("{number:.digits$}");
    let text = match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    };
    if text == "-0" { "0".to_owned() } else { text }
}

/// The scale for a quantity in this unit (UCUM) in an element of things with this root, where people choose
/// between units; none where all read the same.
#[must_use]
pub fn scale(units: &Units, root: &str, element: &str, unit: &str) -> Option<Scale> {
    Some(match (unit, root) {
        ("kg", "weight" | "weight-goal" | "body-composition" | "pregnancy") => match units.mass {
            Mass::Kilograms => Scale::times(1.0, "kg", 1),
            Mass::Pounds => Scale::times(1.0 / 0.453_592_37, "lb", 1).coded("[lb_av]"),
        },
        ("kg", "dietary-intake" | "dietary-intake-daily" | "meal-definition") => Scale::times(1000.0, "g", 1),
        ("m", "height" | "body-dimension" | "pregnancy") => match units.length {
            Length::Metric => Scale::times(100.0, "cm", 1),
            Length::Imperial => Scale::times(1.0 / 0.0254, "in", 1).coded("[in_i]"),
        },
        ("m", "exercise" | "aerobic-session") if element == "distance" => match units.length {
            Length::Metric => Scale::times(0.001, "km", 2),
            Length::Imperial => Scale::times(1.0 / 1609.344, "mi", 2).coded("[mi_i]"),
        },
        ("mmol/L", "blood-glucose" | "cholesterol-profile") => match units.concentration {
            Concentration::Millimoles => Scale::times(1.0, "mmol/L", 2),
            Concentration::Milligrams => Scale::times(molar(root, element), "mg/dL", 0),
        },
        ("mg/dL", "cholesterol-profile") => match units.concentration {
            Concentration::Millimoles => Scale::times(1.0 / molar(root, element), "mmol/L", 2),
            Concentration::Milligrams => Scale::times(1.0, "mg/dL", 0),
        },
        ("Cel", _) => match units.temperature {
            Temperature::Celsius => Scale::times(1.0, "°C", 1).coded("Cel"),
            Temperature::Fahrenheit => Scale { offset: 32.0, ..Scale::times(1.8, "°F", 1).coded("[degF]") },
        },
        _ => return None,
    })
}

/// A unit that nobody chooses as people write it in English, from UCUM; nothing for a plain count.
#[must_use]
pub fn sign(unit: &str) -> &str {
    match unit {
        "Cel" => "°C",
        "mm[Hg]" => "mmHg",
        "[iU]" => "IU",
        "N.m" => "N·m",
        "s/(100.m)" => "s/100 m",
        "1" | "{stated}" => "",
        other => other,
    }
}

/// A share of one, in per cent.
pub const PERCENT: Scale = Scale::times(100.0, "%", 1);
/// Minutes, in hours.
pub const HOURS: Scale = Scale::times(1.0 / 60.0, "h", 1);

/// How many mg/dL one mmol/L is.
fn molar(root: &str, element: &str) -> f64 {
    match (root, element) {
        ("blood-glucose", _) => 18.0156,
        (_, "triglyceride") => 88.57,
        _ => 38.67,
    }
}

/// Whether a unit that somebody typed is the one of the scale.
#[must_use]
pub fn is_same(scale: &Scale, typed: &str) -> bool {
    let typed = typed.trim().to_lowercase();
    let typed = match typed.as_str() {
        "lbs" | "pound" | "pounds" => "lb",
        "kilogram" | "kilograms" | "kgs" => "kg",
        "inch" | "inches" => "in",
        "kilometers" | "kilometres" => "km",
        "mile" | "miles" => "mi",
        other => other,
    };
    typed == scale.label.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn american() -> Units {
        Units::usual_in("US")
    }

    #[test]
    fn a_quantity_is_read_in_the_readers_unit_and_typed_back_as_it_was() {
        for (root, element, unit, kept, text, label) in [
            ("weight", "value", "kg", 70.306_817_61, "155", "lb"),
            ("height", "value", "m", 1.778, "70", "in"),
            ("blood-glucose", "value", "mmol/L", 5.5, "99", "mg/dL"),
            ("cholesterol-profile", "ldl", "mmol/L", 3.0, "116", "mg/dL"),
            ("cholesterol-profile", "triglyceride", "mmol/L", 1.0, "89", "mg/dL"),
            ("vital-signs", "temperature", "Cel", 37.0, "98.6", "°F"),
            ("exercise", "distance", "m", 5000.0, "3.11", "mi"),
        ] {
            let scale = scale(&american(), root, element, unit).unwrap();
            assert_eq!((scale.text(kept).as_str(), scale.label), (text, label), "{root}/{element}");
            assert!((scale.kept(scale.shown(kept)) - kept).abs() < 1e-9, "{root}/{element}");
        }
        let metric = scale(&Units::default(), "weight", "value", "kg").unwrap();
        assert_eq!((metric.text(70.306_817_61).as_str(), metric.kept(71.5)), ("70.3", 71.5));
    }

    #[test]
    fn where_all_read_the_same_there_is_nothing_to_choose() {
        assert_eq!(scale(&american(), "blood-pressure", "systolic", "mm[Hg]"), None);
        let protein = scale(&american(), "dietary-intake", "protein", "kg").unwrap();
        assert_eq!(protein.label, "g", "nobody eats in pounds");
    }

    #[test]
    fn a_unit_is_known_however_it_was_written() {
        let pounds = scale(&american(), "weight", "value", "kg").unwrap();
        for typed in ["lb", "lbs", " Pounds "] {
            assert!(is_same(&pounds, typed), "{typed}");
        }
        assert!(!is_same(&pounds, "kg"));
    }
}
