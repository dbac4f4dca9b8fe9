use keepwell_core::thing_types;
use keepwell_core::things::{Data, PutThing};

/// The data-xml of a weight taken at 07:30 on a day of June 2026; from 31 on it is July.
#[must_use]
pub fn weight_xml(kg: f64, day: u32) -> String {
    let (month, day) = if day > 30 { (7, day - 30) } else { (6, day) };
    format!(
        "<weight><when><date><y>2026</y><m>{month}</m><d>{day}</d></date><time><h>7</h><m>30</m></time></when>\
         <value><kg>{kg}</kg></value></weight><common/>"
    )
}

/// The same as the domain takes it.
#[must_use]
pub fn weight_data(kg: f64, day: u32) -> Data {
    // 2026-06-01T07:30:00, wall clock.
    let first = 1_780_299_000_000_000;
    Data {
        xml: weight_xml(kg, day),
        root: "weight".to_owned(),
        eff_date: Some(first + i64::from(day - 1) * 86_400_000_000),
        ..Data::default()
    }
}

/// A new weight.
#[must_use]
pub fn weight(kg: f64, day: u32) -> PutThing {
    PutThing { type_id: Some(thing_types::WEIGHT), data: Some(weight_data(kg, day)), ..PutThing::default() }
}
