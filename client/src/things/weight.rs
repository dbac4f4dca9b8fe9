//! The weight.

use jiff::civil::DateTime;
use keepwell_wire::things::effective_date;
use keepwell_wire::xml::{self, XmlWriter};
use roxmltree::Document;
use uuid::{Uuid, uuid};

use super::date_time;
use crate::Error;
use crate::answer::{child, required, text};

/// The type of a weight.
pub const WEIGHT: Uuid = uuid!("3d34d87e-7fc1-4153-800f-f56592cb0d17");

/// Somebody's weight at a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Weight {
    /// Kilograms.
    pub kg: f64,
    /// When, by the person's clock. A date without a time is midnight.
    pub when: DateTime,
    /// The value as the person entered it, if that was in another unit.
    pub display: Option<Display>,
}

/// A value in the unit that a person chose.
#[derive(Clone, Debug, PartialEq)]
pub struct Display {
    /// The value.
    pub value: f64,
    /// The unit, such as `lb`.
    pub units: String,
}

impl Weight {
    /// A weight in kilograms.
    pub fn new(kg: f64, when: DateTime) -> Self {
        Weight { kg, when, display: None }
    }

    /// The same weight, with the value as the person entered it.
    #[must_use]
    pub fn displayed_as(mut self, value: f64, units: impl Into<String>) -> Self {
        self.display = Some(Display { value, units: units.into() });
        self
    }

    /// The inside of a weight's `data-xml`.
    pub fn to_data_xml(&self) -> String {
        let mut out = XmlWriter::new();
        out.open("weight");
        date_time::write(&mut out, "when", self.when);
        out.open("value").element("kg", self.kg);
        if let Some(display) = &self.display {
            out.open("display").attr("units", &display.units).text(display.value).close();
        }
        out.finish()
    }

    /// Reads the inside of a weight's `data-xml`.
    pub fn read(data_xml: &str) -> Result<Self, Error> {
        let whole = format!("<data-xml>{data_xml}</data-xml>");
        let document = Document::parse(&whole)
            .map_err(|e| Error::Malformed(format!("data-xml is not well-formed: {e}")))?;
        let weight = required(document.root_element(), "weight")?;
        let when = effective_date(weight, "when")?.and_then(date_time::civil);
        let value = required(weight, "value")?;
        let display = match child(value, "display") {
            Some(node) => Some(Display {
                value: xml::number(node)?,
                units: node.attribute("units").unwrap_or_default().to_owned(),
            }),
            None => None,
        };
        Ok(Weight {
            kg: kilograms(&text(required(value, "kg")?)?)?,
            when: when.ok_or_else(|| Error::Malformed("a weight without a date".to_owned()))?,
            display,
        })
    }
}

/// XML knows NaN and infinity as numbers; a weight is neither, nor is it negative.
fn kilograms(text: &str) -> Result<f64, Error> {
    let kg = text.parse().ok().filter(|kg: &f64| kg.is_finite() && *kg >= 0.0);
    kg.ok_or_else(|| Error::Malformed("kg is not a weight".to_owned()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_weight_is_written_as_the_type_has_it() {
        let weight = Weight::new(70.5, date(2026, 1, 5).at(7, 30, 0, 0)).displayed_as(155.4, "lb");
        assert_eq!(
            weight.to_data_xml(),
            "<weight><when><date><y>2026</y><m>1</m><d>5</d></date><time><h>7</h><m>30</m></time></when>\
             <value><kg>70.5</kg><display units=\"lb\">155.4</display></value></weight>"
        );
        assert_eq!(Weight::read(&weight.to_data_xml()).unwrap(), weight);
        let exact = Weight::new(70.0, date(2026, 1, 5).at(7, 30, 5, 250_000_000));
        assert_eq!(Weight::read(&exact.to_data_xml()).unwrap(), exact);
    }

    #[test]
    fn a_weight_that_others_wrote_is_read() {
        let data = "\n <weight><when><date><y>2030</y><m>3</m><d>4</d></date><tz><text>UTC</text></tz></when>\
                    <value> <kg> 7.05e1 </kg></value></weight>\n<common><note>x</note></common>";
        assert_eq!(Weight::read(data).unwrap(), Weight::new(70.5, date(2030, 3, 4).at(0, 0, 0, 0)));
    }

    #[test]
    fn what_is_no_weight_is_refused() {
        let when = "<when><date><y>2030</y><m>3</m><d>4</d></date></when>";
        for data in [
            "".to_owned(),
            "<height/>".to_owned(),
            format!("<weight>{when}<value><kg>NaN</kg></value></weight>"),
            format!("<weight>{when}<value><kg>-1</kg></value></weight>"),
            "<weight><when/><value><kg>1</kg></value></weight>".to_owned(),
            "<weight>".to_owned(),
        ] {
            assert!(matches!(Weight::read(&data), Err(Error::Malformed(_))), "{data}");
        }
    }
}
