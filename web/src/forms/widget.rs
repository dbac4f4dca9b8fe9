//! One field: what it shows of an element, and the element that comes of what was entered.

use keepwell_core::thing_types::{Primitive, Simple};
use keepwell_core::vocabularies::FAMILY;
use roxmltree::Node;

use super::text::{element, escaped};
use super::{Code, Field, Values, Widget, Wrong, dates, given};
use crate::components::Trouble;
use crate::units::{self, Scale};

pub fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| child.is_element() && child.tag_name().name() == name)
}

/// The text of an element that has nothing else in it.
pub fn plain_text(node: Node<'_, '_>) -> Option<String> {
    let only_text = !node.children().any(|child| child.is_element()) && node.attributes().len() == 0;
    only_text.then(|| node.children().filter_map(|child| child.text()).collect::<String>().trim().to_owned())
}

/// What the field shows of its element; none if it has more than the field can show.
pub fn read(field: &Field, node: Node<'_, '_>) -> Option<Vec<(String, String)>> {
    let one = |text: String| Some(vec![(field.name.clone(), text)]);
    match &field.widget {
        Widget::Line { .. } => one(plain_text(node)?),
        Widget::Choice(options) => {
            let text = plain_text(node)?;
            one(options.iter().any(|(value, _)| *value == text).then_some(text)?)
        }
        Widget::Number { scale, .. } => one(shown(&plain_text(node)?, scale.as_ref())?),
        Widget::Measure { inner, scale, .. } => {
            let fixed = plain_text(child(node, inner)?)?;
            let known = |child: Node<'_, '_>| [*inner, "display"].contains(&child.tag_name().name());
            if !node.children().filter(Node::is_element).all(known) {
                return None;
            }
            let display = child(node, "display");
            let typed = display.filter(|display| {
                let unit = display.attribute("units").unwrap_or_default();
                scale.as_ref().is_some_and(|scale| units::is_same(scale, unit))
                    && display.attribute("text").is_none()
            });
            match typed.and_then(|typed| typed.text()) {
                Some(typed) if typed.trim().parse::<f64>().is_ok() => one(typed.trim().to_owned()),
                _ => one(shown(&fixed, scale.as_ref())?),
            }
        }
        Widget::Flag => one(match plain_text(node)?.as_str() {
            "true" | "1" => "true".to_owned(),
            "false" | "0" => "false".to_owned(),
            _ => return None,
        }),
        Widget::Date(dating) => {
            let parts = dates::read(node, *dating)?;
            Some(dates::PARTS.iter().map(|part| format!("{}{part}", field.name)).zip(parts).collect())
        }
        Widget::Time => one(dates::clock(node)?),
        Widget::Coded { .. } => one(plain_text(child(node, "text")?)?),
        Widget::Code { codes } => {
            let part = |name: &str| child(node, name).and_then(plain_text).unwrap_or_default();
            let known = |code: &&Code| code.value == part("value") && code.list == part("type");
            let own_family = ["", FAMILY];
            let same_family =
                |code: &&Code| code.family == part("family") || own_family.contains(&&*part("family"));
            one(codes.iter().filter(known).find(same_family)?.text.clone())
        }
        Widget::Amount => one(plain_text(child(node, "display")?)?),
        Widget::Group { .. } | Widget::Rows { .. } | Widget::Groups(_) => None,
    }
}

fn shown(text: &str, scale: Option<&Scale>) -> Option<String> {
    match scale {
        None => Some(text.to_owned()),
        Some(scale) => {
            text.parse().ok().filter(|number: &f64| number.is_finite()).map(|number| scale.text(number))
        }
    }
}

/// The element for what was entered; none for nothing. `before` is the element that it replaces, and the
/// text in which that stands.
pub fn write(
    field: &Field,
    values: &Values,
    before: Option<(Node<'_, '_>, &str)>,
) -> Result<Option<String>, Wrong> {
    let (name, text) = (field.element, given(values, &field.name));
    if let Widget::Date(dating) = field.widget {
        return dates::write(name, &field.name, dating, values, before);
    }
    if text.is_empty() {
        return Ok(None);
    }
    Ok(Some(match &field.widget {
        Widget::Line { simple, .. } => {
            fits(simple, text)?;
            element(name, text)
        }
        Widget::Choice(options) => {
            if !options.iter().any(|(value, _)| value == text) {
                return Err(Wrong::Plain(Trouble::NotChosen));
            }
            element(name, text)
        }
        Widget::Number { simple, scale, .. } => element(name, &number(text, simple, scale.as_ref())?.0),
        Widget::Measure { inner, simple, scale, written, .. } => {
            let (kept, typed) = number(text, simple, scale.as_ref())?;
            let fixed = element(inner, &kept);
            format!("<{name}>{fixed}<display units=\"{}\">{typed}</display></{name}>", escaped(written))
        }
        Widget::Flag => match text {
            "true" | "false" => element(name, text),
            _ => return Err(Wrong::Plain(Trouble::NotChosen)),
        },
        Widget::Time => dates::time(name, text)?,
        Widget::Coded { codes, .. } => coded(name, text, codes),
        Widget::Code { codes } => {
            let code = codes.iter().find(|code| code.text == text);
            format!("<{name}>{}</{name}>", parts(code.ok_or(Wrong::Plain(Trouble::NotChosen))?))
        }
        Widget::Amount => format!("<{name}>{}</{name}>", element("display", text)),
        Widget::Date(_) | Widget::Group { .. } | Widget::Rows { .. } | Widget::Groups(_) => return Ok(None),
    }))
}

fn fits(simple: &Simple, text: &str) -> Result<(), Wrong> {
    let facets = &simple.facets;
    let length = text.chars().count();
    if facets.max_length.is_some_and(|most| length > most) {
        return Err(Wrong::Plain(Trouble::TooLong));
    }
    let too_short = facets.min_length.is_some_and(|least| length < least);
    if too_short || !facets.patterns.iter().all(|pattern| pattern.fits(text)) {
        return Err(Wrong::NotFitting);
    }
    Ok(())
}

/// A number as it is kept, and as it was typed.
fn number(text: &str, simple: &Simple, scale: Option<&Scale>) -> Result<(String, String), Wrong> {
    // Half the world writes a comma.
    let typed = text.replace(',', ".");
    let number: f64 = typed.parse().map_err(|_| Wrong::NotANumber)?;
    // What `parse` takes beside what people write: inf, nan, 1e9.
    let plain = typed.bytes().all(|byte| byte.is_ascii_digit() || b".-+".contains(&byte));
    if !number.is_finite() || !plain || typed.len() > 20 {
        return Err(Wrong::NotANumber);
    }
    let kept = scale.map_or(number, |scale| scale.kept(number));
    let shown = |bound: f64| units::plain(scale.map_or(bound, |scale| scale.shown(bound)), 2);
    let facets = &simple.facets;
    if let Some(bound) =
        facets.min.filter(|bound| kept < bound.value || (bound.exclusive && kept <= bound.value))
    {
        return Err(Wrong::TooSmall(shown(bound.value)));
    }
    if let Some(bound) =
        facets.max.filter(|bound| kept > bound.value || (bound.exclusive && kept >= bound.value))
    {
        return Err(Wrong::TooLarge(shown(bound.value)));
    }
    if let Primitive::Integer { min, max, .. } = simple.primitive {
        let whole: i128 = typed.trim_start_matches('+').parse().map_err(|_| Wrong::NotWhole)?;
        if scale.is_none() {
            return match whole {
                whole if whole < min => Err(Wrong::TooSmall(min.to_string())),
                whole if whole > max => Err(Wrong::TooLarge(max.to_string())),
                whole => Ok((whole.to_string(), typed)),
            };
        }
        return Ok((kept.round().to_string(), typed));
    }
    Ok((kept.to_string(), typed))
}

fn coded(name: &str, text: &str, codes: &[Code]) -> String {
    let code = codes.iter().find(|code| code.text.eq_ignore_ascii_case(text));
    let code = code.map(|code| format!("<code>{}</code>", parts(code))).unwrap_or_default();
    format!("<{name}>{}{code}</{name}>", element("text", text))
}

fn parts(code: &Code) -> String {
    [("value", &code.value), ("family", &code.family), ("type", &code.list), ("version", &code.version)]
        .map(|(name, text)| element(name, text))
        .concat()
}
