//! The units in which a person reads numbers.

use askama::Template;
use keepwell_core::persons::{Concentration, Length, Mass, Temperature, Units};

use super::Frame;
use crate::components::Choice;
use crate::labels;
use crate::locale::{Key, Texts};

/// One question of the page.
#[derive(Clone, Debug)]
pub struct Question {
    /// Its name in the form.
    pub name: &'static str,
    /// What is asked.
    pub asks: Key,
    /// The two answers.
    pub choices: Vec<Choice>,
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "units.html")]
pub struct UnitsPage {
    /// Around the page.
    pub frame: Frame,
    /// The questions.
    pub questions: Vec<Question>,
    /// Where the form goes.
    pub post_to: String,
}

impl UnitsPage {
    /// The page for someone who reads numbers in these units.
    pub fn of(frame: Frame, units: &Units, post_to: String) -> Self {
        let t = &frame.t;
        let one = |name,
                   asks,
                   [(first, first_key), (second, second_key)]: [(&str, Key); 2],
                   second_chosen: bool| {
            let choice = |value: &str, key, chosen| Choice { value: value.into(), label: t.say(key), chosen };
            let choices =
                vec![choice(first, first_key, !second_chosen), choice(second, second_key, second_chosen)];
            Question { name, asks, choices }
        };
        let questions = vec![
            one(
                "mass",
                Key("units-mass"),
                [("kg", Key("units-kilograms")), ("[lb_av]", Key("units-pounds"))],
                units.mass == Mass::Pounds,
            ),
            one(
                "length",
                Key("units-length"),
                [("cm", Key("units-metric")), ("[in_i]", Key("units-imperial"))],
                units.length == Length::Imperial,
            ),
            one(
                "concentration",
                Key("units-concentration"),
                [("mmol/L", Key("units-millimoles")), ("mg/dL", Key("units-milligrams"))],
                units.concentration == Concentration::Milligrams,
            ),
            one(
                "temperature",
                Key("units-temperature"),
                [("Cel", Key("units-celsius")), ("[degF]", Key("units-fahrenheit"))],
                units.temperature == Temperature::Fahrenheit,
            ),
        ];
        Self { questions, post_to, frame }
    }
}

/// How the person reads numbers, in a line: "kg, cm, mmol/L, °C".
pub fn in_a_line(units: &Units, t: &Texts) -> String {
    let mass = if units.mass == Mass::Pounds { "lb" } else { "kg" };
    let length = if units.length == Length::Imperial { "in" } else { "cm" };
    let milligrams = units.concentration == Concentration::Milligrams;
    let concentration = if milligrams { "mg/dL" } else { "mmol/L" };
    let temperature = if units.temperature == Temperature::Fahrenheit { "°F" } else { "°C" };
    t.list(&[mass, length, concentration, temperature].map(|unit| labels::unit(unit, t)))
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, UnitsPage)> {
    let frame = Frame::sample_signed_in();
    vec![("chosen", UnitsPage::of(frame, &Units::usual_in("US"), "/account/units".into()))]
}
