//! The order of an answer by a property of a type (things.md 4.3).

use std::cmp::Ordering;

use roxmltree::Node;

use crate::ids::TypeId;
use crate::thing_types::{self, OrderProperty, Particle, Step, ThingType};
use crate::vocabularies::fold;

/// Why there is no such order.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OrderError {
    /// No type has this id.
    #[error("order-by: no thing type has the id {0}")]
    UnknownType(TypeId),
    /// The type has no such property.
    #[error("order-by: {kind} has no property {name:?}; it has {known}")]
    UnknownProperty {
        /// The name of the type.
        kind: &'static str,
        /// What was asked for.
        name: String,
        /// What there is.
        known: String,
    },
    /// The type has no properties.
    #[error("order-by: {0} has no property to be ordered by")]
    NotSortable(&'static str),
}

/// An order by a property of a type, in whatever version things of that type are kept.
///
/// Values are read from the data when they are asked for, within what one query may cost (`scan`). An
/// index of values, kept on every write, would take room for each of some two hundred properties and could
/// not stay beside data that is sealed; what is ordered most, the effective date, has its index already.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    type_id: TypeId,
    descending: bool,
    /// For each version of the type that has the property.
    properties: Vec<(TypeId, &'static OrderProperty)>,
    by_date: bool,
}

impl Order {
    /// The order by this property of this version of a type. Names are compared without case, as clients
    /// write `When` for `when`.
    ///
    /// # Errors
    /// `OrderError` saying what there is instead.
    pub fn new(type_id: TypeId, name: &str, descending: bool) -> Result<Self, OrderError> {
        let kind = thing_types::find(type_id).ok_or(OrderError::UnknownType(type_id))?;
        if kind.order.is_empty() {
            return Err(OrderError::NotSortable(kind.name));
        }
        let Some(property) = property(kind, name) else {
            let known: Vec<_> = kind.order.iter().map(|p| p.name).collect();
            let name: String = name.chars().take(40).collect();
            return Err(OrderError::UnknownProperty { kind: kind.name, name, known: known.join(", ") });
        };
        let versions: Vec<_> =
            thing_types::family(type_id).iter().filter_map(|id| thing_types::find(*id)).collect();
        let by_date = versions.iter().all(|version| is_always_the_date(version, property.name));
        let properties =
            versions.iter().filter_map(|v| self::property(v, property.name).map(|p| (v.id, p))).collect();
        Ok(Self { type_id, descending, properties, by_date })
    }

    /// The type whose things it orders.
    #[must_use]
    pub fn type_id(&self) -> TypeId {
        self.type_id
    }

    /// Upwards by the effective date, which the store can do; downwards is how things come anyway.
    pub(super) fn is_oldest_first(&self) -> bool {
        self.by_date && !self.descending
    }

    /// Whether it needs values from the data.
    pub(super) fn looks_inside(&self) -> bool {
        !self.by_date
    }

    /// The value of a thing, by its type's version and the root element of its data.
    pub(super) fn value(&self, type_id: TypeId, root: Node<'_, '_>) -> Value {
        match self.properties.iter().find(|(id, _)| *id == type_id) {
            Some((_, property)) => value(property, root),
            None => Value::Missing,
        }
    }

    /// How two values stand to each other in this order.
    pub(super) fn compare(&self, a: &Value, b: &Value) -> Ordering {
        if self.descending { b.compare(a) } else { a.compare(b) }
    }
}

/// A value to be ordered by.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// None; the lowest of all.
    Missing,
    /// Year, month, day, hour, minute, second and the fraction: wall clock.
    Date([i64; 7]),
    /// In the unit that all versions share.
    Number(f64),
    /// Without case and accents, and as it stands.
    Text(String, String),
}

impl Value {
    fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Date(a), Self::Date(b)) => a.cmp(b),
            (Self::Number(a), Self::Number(b)) => a.total_cmp(b),
            (Self::Text(a, x), Self::Text(b, y)) => a.cmp(b).then_with(|| x.cmp(y)),
            (a, b) => a.rank().cmp(&b.rank()),
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Missing => 0,
            Self::Date(_) => 1,
            Self::Number(_) => 2,
            Self::Text(..) => 3,
        }
    }
}

fn property(kind: &'static ThingType, name: &str) -> Option<&'static OrderProperty> {
    kind.order.iter().find(|p| p.name.eq_ignore_ascii_case(name.trim()))
}

/// Whether the property of this name is the effective date, and every thing has one that is exact.
fn is_always_the_date(kind: &'static ThingType, name: &str) -> bool {
    let Some(property) = property(kind, name) else { return false };
    let is_exact = |particle: &Particle| match particle {
        Particle::Field(field) => {
            property.path.steps == [Step::Child(field.name)]
                && field.occurs.min == 1
                && matches!(field.kind.type_name(), Some("date" | "date-time"))
        }
        Particle::Choice(_) | Particle::Anything(_) => false,
    };
    kind.effective_date == Some(property.path.text) && kind.structure.particles().iter().any(is_exact)
}

fn value(property: &OrderProperty, root: Node<'_, '_>) -> Value {
    let Some(node) = property.path.find(root) else { return Value::Missing };
    let text = || match property.path.steps.last() {
        Some(Step::Attribute(name)) => node.attribute(*name).unwrap_or_default().trim().to_owned(),
        _ => text_of(node),
    };
    match property.kind {
        "date-time" | "date" => date(node),
        "int" | "double" => number(&text(), property.conversion),
        _ => match text() {
            text if text.is_empty() => Value::Missing,
            text => Value::Text(fold(&text), text),
        },
    }
}

fn text_of(node: Node<'_, '_>) -> String {
    let text: String = node.children().filter(Node::is_text).filter_map(|n| n.text()).collect();
    text.trim().to_owned()
}

/// A number in the unit that all versions share (`order-by-properties/property/conversion`).
fn number(text: &str, conversion: Option<(&str, &str)>) -> Value {
    let part = |text: &str| text.parse::<f64>().ok();
    let Some(number) = part(text).filter(|n| !n.is_nan()) else { return Value::Missing };
    match conversion.and_then(|(m, b)| Some((part(m)?, part(b)?))) {
        Some((multiplier, offset)) => Value::Number(number * multiplier + offset),
        None => Value::Number(number),
    }
}

/// Any of the structures of a date, or a date in one text; a zone is dropped, as everywhere in things
/// (methods.md 2.5). One that is only described in words is none.
fn date(node: Node<'_, '_>) -> Value {
    let node = child(node, "structured").unwrap_or(node);
    let day = child(node, "date").unwrap_or(node);
    let field = |of: Option<Node<'_, '_>>, name: &str| of.and_then(|n| text_of(child(n, name)?).parse().ok());
    if let Some(year) = field(Some(day), "y") {
        let time = child(node, "time");
        let [month, day] = ["m", "d"].map(|name| field(Some(day), name).unwrap_or(1));
        let [h, m, s, f] = ["h", "m", "s", "f"].map(|name| field(time, name).unwrap_or(0));
        return Value::Date([year, month, day, h, m, s, f * 1_000]);
    }
    let text = text_of(node);
    match text.trim_end_matches('Z').parse::<jiff::civil::DateTime>() {
        Ok(at) => Value::Date([
            at.year().into(),
            at.month().into(),
            at.day().into(),
            at.hour().into(),
            at.minute().into(),
            at.second().into(),
            i64::from(at.subsec_nanosecond()) / 1_000,
        ]),
        Err(_) => Value::Missing,
    }
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|n| n.is_element() && n.tag_name().name() == name)
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;
    use crate::thing_types::WEIGHT;

    fn of_date(xml: &str) -> Value {
        date(Document::parse(&format!("<when>{xml}</when>")).unwrap().root_element())
    }

    #[test]
    fn every_structure_of_a_date_is_compared_as_wall_clock() {
        let day = "<date><y>2026</y><m>6</m><d>1</d></date>";
        let time = "<time><h>7</h><m>30</m></time>";
        let expected = Value::Date([2026, 6, 1, 7, 30, 0, 0]);
        for xml in [
            &format!("{day}{time}"),
            &format!("<structured>{day}{time}<tz><text>x</text></tz></structured>"),
            " 2026-06-01T07:30:00Z ",
            "2026-06-01T07:30:00-08:00",
            "2026-06-01T07:30:00.000",
        ] {
            assert_eq!(of_date(xml), expected, "{xml}");
        }
        assert_eq!(of_date("<y>2026</y>"), Value::Date([2026, 1, 1, 0, 0, 0, 0]));
        assert_eq!(of_date("2026-06-01"), Value::Date([2026, 6, 1, 0, 0, 0, 0]));
        for xml in ["<descriptive>last summer</descriptive>", "", "soon", "<y>x</y>"] {
            assert_eq!(of_date(xml), Value::Missing, "{xml}");
        }
    }

    #[test]
    fn what_is_missing_is_lowest_and_texts_are_compared_without_case_and_accents() {
        let text = |text: &str| Value::Text(fold(text), text.to_owned());
        let order = |descending| Order::new(WEIGHT, "value", descending).unwrap();
        for (low, high) in [
            (Value::Missing, Value::Number(f64::NEG_INFINITY)),
            (Value::Number(9.5), Value::Number(10.0)),
            (Value::Missing, text("a")),
            (text("Eclair"), text("école")),
            (text("Zoë"), text("zu")),
        ] {
            assert_eq!(order(false).compare(&low, &high), Ordering::Less, "{low:?}");
            assert_eq!(order(true).compare(&low, &high), Ordering::Greater, "{low:?}");
        }
        assert_eq!(number("NaN", None), Value::Missing);
        assert_eq!(number("x", None), Value::Missing);
        assert_eq!(number("0.07", Some(("1092.9", "-23.5"))), Value::Number(0.07 * 1092.9 - 23.5));
    }

    #[test]
    fn the_store_orders_by_the_date_only_where_every_thing_has_an_exact_one() {
        let order = |root: &str, name: &str| {
            let kind = thing_types::by_name(root).unwrap();
            Order::new(kind.id, name, false).unwrap().looks_inside()
        };
        assert!(!order("weight", " When "));
        assert!(order("weight", "value"));
        assert!(order("allergy", "first-observed"), "it may be missing");
        assert!(order("procedure", "when"), "it may be missing, or in words");
    }
}
