//! The units in which a person reads numbers: their own choice, or what is usual where they live. They are
//! what the Shell keeps about the person for itself, like any application.

use keepwell_store::ReadFlight;

use super::{FIND, Person};
use crate::app_settings::{self, SettingsError};
use crate::ids::PersonId;
use crate::{Domain, Outage, applications};

/// How weight is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mass {
    /// In kilograms.
    #[default]
    Kilograms,
    /// In pounds.
    Pounds,
}

/// How height and distance are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Length {
    /// In centimetres and kilometres.
    #[default]
    Metric,
    /// In inches and miles.
    Imperial,
}

/// How blood sugar and cholesterol are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Concentration {
    /// In mmol/L.
    #[default]
    Millimoles,
    /// In mg/dL.
    Milligrams,
}

/// How temperature is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Temperature {
    /// In degrees Celsius.
    #[default]
    Celsius,
    /// In degrees Fahrenheit.
    Fahrenheit,
}

/// All of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Units {
    /// Weight.
    pub mass: Mass,
    /// Height and distance.
    pub length: Length,
    /// Blood sugar and cholesterol.
    pub concentration: Concentration,
    /// Temperature.
    pub temperature: Temperature,
}

/// Where laboratories mostly tell blood sugar in mg/dL.
const MILLIGRAMS: [&str; 20] = [
    "AR", "AT", "BE", "BR", "CO", "DE", "EG", "ES", "FR", "GR", "IL", "IN", "IT", "JP", "KR", "MX", "PL",
    "PT", "TR", "US",
];

impl Units {
    /// What is usual in a country (ISO 3166).
    #[must_use]
    pub fn usual_in(country: &str) -> Self {
        let concentration = match MILLIGRAMS.contains(&country) {
            true => Concentration::Milligrams,
            false => Concentration::Millimoles,
        };
        match country {
            "US" => Self {
                mass: Mass::Pounds,
                length: Length::Imperial,
                concentration,
                temperature: Temperature::Fahrenheit,
            },
            _ => Self { concentration, ..Self::default() },
        }
    }

    /// As it is kept: the UCUM codes of the four.
    #[must_use]
    pub fn to_text(self) -> String {
        let mass = if self.mass == Mass::Pounds { "[lb_av]" } else { "kg" };
        let length = if self.length == Length::Imperial { "[in_i]" } else { "cm" };
        let milligrams = self.concentration == Concentration::Milligrams;
        let concentration = if milligrams { "mg/dL" } else { "mmol/L" };
        let temperature = if self.temperature == Temperature::Fahrenheit { "[degF]" } else { "Cel" };
        format!("units: {mass} {length} {concentration} {temperature}")
    }

    /// What was kept; what is not said is as in `usual`.
    #[must_use]
    pub fn read(text: &str, usual: Self) -> Self {
        let mut units = usual;
        for word in text.split_whitespace() {
            match word {
                "kg" => units.mass = Mass::Kilograms,
                "[lb_av]" => units.mass = Mass::Pounds,
                "cm" => units.length = Length::Metric,
                "[in_i]" => units.length = Length::Imperial,
                "mmol/L" => units.concentration = Concentration::Millimoles,
                "mg/dL" => units.concentration = Concentration::Milligrams,
                "Cel" => units.temperature = Temperature::Celsius,
                "[degF]" => units.temperature = Temperature::Fahrenheit,
                _ => {}
            }
        }
        units
    }
}

/// The person and the units in which they read numbers, if there is such a person.
///
/// # Errors
/// `Outage` when the store cannot answer.
pub async fn find_with_units(domain: &Domain, id: PersonId) -> Result<Option<(Person, Units)>, Outage> {
    let mut flight = ReadFlight::new();
    let person = flight.ask(&FIND, keepwell_store::params![id]);
    let chosen = app_settings::ask(&mut flight, applications::SHELL, id);
    let mut answers = domain.store.read(flight).await?;
    let Some(person) = answers.first(person)?.map(Person::from) else { return Ok(None) };
    let usual = Units::usual_in(&person.country);
    let units = answers.first(chosen)?.map_or(usual, |(text,)| Units::read(&text, usual));
    Ok(Some((person, units)))
}

/// Keeps the units that a person chose.
///
/// # Errors
/// `Outage` when the store cannot do it.
pub async fn set_units(domain: &Domain, id: PersonId, units: Units) -> Result<(), Outage> {
    match app_settings::set(domain, applications::SHELL, id, Some(&units.to_text())).await {
        Err(SettingsError::Outage(outage)) => Err(outage),
        // Four words are never too long.
        Ok(()) | Err(SettingsError::TooLong) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_survives_being_kept() {
        for units in [Units::usual_in("US"), Units::usual_in("SE"), Units::usual_in("DE")] {
            assert_eq!(Units::read(&units.to_text(), Units::default()), units);
        }
    }

    #[test]
    fn who_chose_nothing_reads_what_is_usual_at_home() {
        assert_eq!(Units::usual_in("GB"), Units::default());
        let german = Units::usual_in("DE");
        assert_eq!((german.mass, german.concentration), (Mass::Kilograms, Concentration::Milligrams));
        assert_eq!(Units::read("nonsense", german), german);
    }
}
