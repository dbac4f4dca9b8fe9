//! Whether an expression finds anything in the data of a thing.

use roxmltree::Node;

use super::{Condition, Operand, Operator, Step, Test, XPath, XPathError};

/// A node that a step may end at.
#[derive(Clone, Copy)]
enum Found<'a, 'i> {
    Element(Node<'a, 'i>),
    Value(&'a str),
}

impl XPath {
    /// Whether it finds anything below `data-xml`. What it looks at is taken off the budget, which begins
    /// at [`super::BUDGET`].
    ///
    /// # Errors
    /// `XPathError::Budget` when nothing is left of it.
    pub fn finds(&self, data_xml: Node<'_, '_>, budget: &mut u32) -> Result<bool, XPathError> {
        any(&self.steps, Found::Element(data_xml), budget, &mut |_, _| Ok(true))
    }
}

type Visit<'v, 'a, 'i> = &'v mut dyn FnMut(Found<'a, 'i>, &mut u32) -> Result<bool, XPathError>;

/// Whether the visitor agrees with any of the nodes that the steps lead to.
fn any<'a, 'i>(
    steps: &[Step],
    from: Found<'a, 'i>,
    budget: &mut u32,
    agree: Visit<'_, 'a, 'i>,
) -> Result<bool, XPathError> {
    let Some((step, rest)) = steps.split_first() else { return agree(from, budget) };
    let Found::Element(node) = from else { return Ok(false) };
    match &step.test {
        Test::Attribute(name) => {
            spend_on(node.attributes().len(), budget)?;
            let value = node.attributes().find(|a| a.name() == name).map(|a| a.value());
            let Some(found) = value.map(Found::Value) else { return Ok(false) };
            Ok(holds(&step.conditions, found, budget)? && any(rest, found, budget, agree)?)
        }
        Test::Text => {
            for child in node.children() {
                spend(budget)?;
                let Some(found) = child.text().filter(|_| child.is_text()).map(Found::Value) else {
                    continue;
                };
                if holds(&step.conditions, found, budget)? && any(rest, found, budget, agree)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        Test::Element(_) | Test::Qualified(_) => {
            for child in node.children() {
                spend(budget)?;
                if !child.is_element() || !fits(&step.test, child) {
                    continue;
                }
                let found = Found::Element(child);
                if holds(&step.conditions, found, budget)? && any(rest, found, budget, agree)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
    }
}

fn spend(budget: &mut u32) -> Result<(), XPathError> {
    *budget = budget.checked_sub(1).ok_or(XPathError::Budget)?;
    Ok(())
}

/// The string value of a node: all the text within, as XPath has it. It costs as much as there is of it, or
/// many comparisons with a long one would cost nothing.
fn text(found: Found<'_, '_>, budget: &mut u32) -> Result<String, XPathError> {
    let mut text = String::new();
    match found {
        Found::Value(value) => text.push_str(value),
        Found::Element(node) => {
            for inner in node.descendants() {
                spend(budget)?;
                text.push_str(inner.text().filter(|_| inner.is_text()).unwrap_or_default());
            }
        }
    }
    spend_on(text.len(), budget)?;
    Ok(text)
}

fn spend_on(bytes: usize, budget: &mut u32) -> Result<(), XPathError> {
    let cost = u32::try_from(bytes / 16 + 1).unwrap_or(u32::MAX);
    *budget = budget.checked_sub(cost).ok_or(XPathError::Budget)?;
    Ok(())
}

fn fits(test: &Test, node: Node<'_, '_>) -> bool {
    let name = node.tag_name();
    match test {
        Test::Element(local) => name.name() == local && name.namespace().is_none_or(str::is_empty),
        Test::Qualified(local) => name.name() == local,
        Test::Attribute(_) | Test::Text => false,
    }
}

fn holds(conditions: &[Condition], at: Found<'_, '_>, budget: &mut u32) -> Result<bool, XPathError> {
    for condition in conditions {
        if !condition.holds(at, budget)? {
            return Ok(false);
        }
    }
    Ok(true)
}

impl Condition {
    fn holds(&self, at: Found<'_, '_>, budget: &mut u32) -> Result<bool, XPathError> {
        match self {
            Self::And(all) => holds(all, at, budget),
            Self::Or(either) => {
                for condition in either {
                    if condition.holds(at, budget)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Self::Not(inside) => Ok(!inside.holds(at, budget)?),
            Self::Exists(Operand::Path(steps)) => any(steps, at, budget, &mut |_, _| Ok(true)),
            Self::Exists(Operand::Text(text)) => Ok(!text.is_empty()),
            // A number alone is a place among its siblings, which is not offered; it finds nothing.
            Self::Exists(Operand::Number(_)) => Ok(false),
            Self::Compare(left, operator, right) => left.compare(*operator, right, at, budget),
            Self::Contains(whole, part) => of_texts(whole, part, at, budget, |a, b| a.contains(b)),
            Self::StartsWith(whole, part) => of_texts(whole, part, at, budget, |a, b| a.starts_with(b)),
        }
    }
}

fn of_texts(
    first: &Operand,
    second: &Operand,
    at: Found<'_, '_>,
    budget: &mut u32,
    agree: impl Fn(&str, &str) -> bool,
) -> Result<bool, XPathError> {
    let (a, b) = (first.first_text(at, budget)?, second.first_text(at, budget)?);
    Ok(agree(&a, &b))
}

impl Operand {
    /// Its text; of several nodes that of the first.
    fn first_text(&self, at: Found<'_, '_>, budget: &mut u32) -> Result<String, XPathError> {
        match self {
            Self::Text(text) => Ok(text.clone()),
            Self::Number(number) => Ok(number.to_string()),
            Self::Path(steps) => {
                let mut first = String::new();
                any(steps, at, budget, &mut |found, budget| {
                    first = text(found, budget)?;
                    Ok(true)
                })?;
                Ok(first)
            }
        }
    }

    /// Whether any of its nodes compares so with any of the other's.
    fn compare(
        &self,
        operator: Operator,
        other: &Self,
        at: Found<'_, '_>,
        budget: &mut u32,
    ) -> Result<bool, XPathError> {
        let is_number = matches!(self, Self::Number(_)) || matches!(other, Self::Number(_));
        self.any_value(at, budget, &mut |left, budget| {
            other.any_value(at, budget, &mut |right, budget| {
                spend_on(left.len() + right.len(), budget)?;
                Ok(operator.holds(left, right, is_number))
            })
        })
    }

    fn any_value(
        &self,
        at: Found<'_, '_>,
        budget: &mut u32,
        agree: &mut dyn FnMut(&str, &mut u32) -> Result<bool, XPathError>,
    ) -> Result<bool, XPathError> {
        match self {
            Self::Text(text) => agree(text, budget),
            Self::Number(number) => agree(&number.to_string(), budget),
            Self::Path(steps) => any(steps, at, budget, &mut |found, budget| {
                let text = text(found, budget)?;
                agree(&text, budget)
            }),
        }
    }
}

impl Operator {
    fn holds(self, left: &str, right: &str, is_number: bool) -> bool {
        // What is no number compares with nothing (XPath 1.0, 3.4).
        let number = |text: &str| text.trim().parse::<f64>().unwrap_or(f64::NAN);
        if !is_number && matches!(self, Self::Equal | Self::Unequal) {
            return (left == right) == (self == Self::Equal);
        }
        let (a, b) = (number(left), number(right));
        match self {
            Self::Equal => a == b,
            Self::Unequal => a != b,
            Self::Less => a < b,
            Self::LessOrEqual => a <= b,
            Self::Greater => a > b,
            Self::GreaterOrEqual => a >= b,
        }
    }
}
