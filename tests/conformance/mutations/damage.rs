//! Damage to a piece of XML.

use std::ops::Range;

use keepwell_wire::roxmltree::Document;

use crate::dice::Dice;
use crate::nasty::{self, NAMES};

/// The piece with one to three things done to it. What is no XML any more is refused by the parser, at
/// once and always alike, so that mostly it stays XML.
pub fn damage(piece: &str, dice: &mut Dice) -> String {
    let may_break = dice.below(6) == 0;
    let mut damaged = piece.to_owned();
    for _ in 0..=[0, 0, 1, 2][dice.below(4)] {
        let element = if dice.below(10) == 0 { None } else { in_element(&damaged, dice) };
        let next = element.unwrap_or_else(|| in_bytes(&damaged, dice));
        if may_break || Document::parse(&next).is_ok() {
            damaged = next;
        }
    }
    if damaged == piece { in_element(piece, dice).unwrap_or(damaged) } else { damaged }
}

/// An element: where it stands, and where what is inside.
struct Place {
    whole: Range<usize>,
    inside: Option<Range<usize>>,
    name: String,
    is_leaf: bool,
    siblings: Vec<Range<usize>>,
}

fn places(piece: &str) -> Option<Vec<Place>> {
    let document = Document::parse(piece).ok()?;
    let elements = document.descendants().filter(|node| node.is_element());
    let place = |node: keepwell_wire::roxmltree::Node<'_, '_>| {
        let inside = match (node.first_child(), node.last_child()) {
            (Some(first), Some(last)) => Some(first.range().start..last.range().end),
            _ => None,
        };
        let next = node.next_siblings().skip(1).filter(|sibling| sibling.is_element());
        Place {
            whole: node.range(),
            inside,
            name: node.tag_name().name().to_owned(),
            is_leaf: !node.children().any(|child| child.is_element()),
            siblings: next.map(|sibling| sibling.range()).collect(),
        }
    };
    Some(elements.map(place).collect())
}

fn in_element(piece: &str, dice: &mut Dice) -> Option<String> {
    let places = places(piece)?;
    let leaves: Vec<&Place> = places.iter().filter(|place| place.is_leaf).collect();
    // What a method makes of a text is deeper inside than what it makes of its elements.
    if dice.below(2) == 0 && !leaves.is_empty() {
        let leaf = leaves[dice.below(leaves.len())];
        return Some(in_text(piece, leaf, dice));
    }
    let place = dice.pick(&places);
    let whole = &piece[place.whole.clone()];
    let replace = |range: Range<usize>, with: &str| {
        format!(
            "{}{with}{}",
            piece.get(..range.start).unwrap_or_default(),
            piece.get(range.end..).unwrap_or_default()
        )
    };
    Some(match dice.below(16) {
        0 => replace(place.whole.clone(), ""),
        1 => replace(place.whole.clone(), &whole.repeat(2 + dice.below(3))),
        2 if !place.siblings.is_empty() => {
            let other = dice.pick(&place.siblings);
            let between = &piece[place.whole.end..other.start];
            replace(place.whole.start..other.end, &format!("{}{between}{whole}", &piece[other.clone()]))
        }
        3 => {
            let name = *dice.pick(NAMES);
            replace(place.whole.clone(), &renamed(whole, &place.name, name))
        }
        4 => {
            let name = dice.pick(NAMES);
            replace(place.whole.clone(), &format!("<{name}>{whole}</{name}>"))
        }
        5 => {
            let depth = 1 + dice.below(80);
            let (open, close) = (format!("<{}>", place.name), format!("</{}>", place.name));
            replace(place.whole.clone(), &format!("{}{whole}{}", open.repeat(depth), close.repeat(depth)))
        }
        6 => replace(place.whole.clone(), &attributed(whole, place, dice)),
        7 => replace(place.whole.clone(), &without_attribute(whole)),
        8 => {
            let stranger = format!("<{0}>{1}</{0}>", dice.pick(NAMES), nasty::text(dice));
            replace(place.whole.start..place.whole.start, &stranger)
        }
        9 => replace(place.whole.end..place.whole.end, &nasty::text(dice)),
        _ => match &place.inside {
            Some(inside) => replace(inside.clone(), &nasty::text(dice)),
            None => replace(place.whole.clone(), &format!("<{0}>{1}</{0}>", place.name, nasty::text(dice))),
        },
    })
}

/// Another text in an element that holds no other: a nasty one, or the same a little bent.
fn in_text(piece: &str, place: &Place, dice: &mut Dice) -> String {
    let Some(inside) = &place.inside else {
        let filled = format!("<{0}>{1}</{0}>", place.name, nasty::text(dice));
        return format!("{}{filled}{}", &piece[..place.whole.start], &piece[place.whole.end..]);
    };
    let text = &piece[inside.clone()];
    let bent = match dice.below(9) {
        0 => text.to_uppercase(),
        1 => format!(" \n{text}\t"),
        2 => text
            .chars()
            .map(|c| if c.is_ascii_digit() { *dice.pick(&['0', '1', '9', c]) } else { c })
            .collect(),
        3 => text.chars().rev().collect(),
        4 => format!("{text}{text}"),
        5 => format!("-{text}"),
        6 => format!("<![CDATA[{text}]]><!---->"),
        _ => nasty::text(dice),
    };
    format!("{}{bent}{}", &piece[..inside.start], &piece[inside.end..])
}

fn renamed(whole: &str, from: &str, to: &str) -> String {
    let started = whole.replacen(&format!("<{from}"), &format!("<{to}"), 1);
    match started.strip_suffix(&format!("</{from}>")) {
        Some(start) => format!("{start}</{to}>"),
        None => started,
    }
}

/// With an attribute or a namespace more, or with all the same attribute values replaced.
fn attributed(whole: &str, place: &Place, dice: &mut Dice) -> String {
    let name = &place.name;
    let value = nasty::text(dice).replace(['<', '"'], "");
    let attribute = match dice.below(7) {
        0 => format!(" xmlns=\"{value}\""),
        1 => " xmlns:wc=\"urn:com.microsoft.wc.methods.response.GetThings\"".to_owned(),
        2 => format!(" xml:lang=\"{value}\""),
        3 => (0..130).map(|at| format!(" a{at}=\"\"")).collect(),
        4 => " xmlns=\"urn:other\"".to_owned(),
        5 => return with_values(whole, &value),
        _ => format!(" {}=\"{value}\"", dice.pick(&["name", "max", "max-full", "version-stamp", "x", "x:y"])),
    };
    whole.replacen(&format!("<{name}"), &format!("<{name}{attribute}"), 1)
}

/// The first attribute's value replaced.
fn with_values(whole: &str, value: &str) -> String {
    let mut parts: Vec<&str> = whole.splitn(3, '"').collect();
    if parts.len() == 3 {
        parts[1] = value;
    }
    parts.join("\"")
}

/// The first attribute left out.
fn without_attribute(whole: &str) -> String {
    let Some(at) = whole.find(' ').filter(|at| whole[..*at].starts_with('<')) else {
        return whole.to_owned();
    };
    let end = whole[at..].match_indices('"').nth(1).map(|(quote, _)| at + quote + 1);
    end.map_or_else(|| whole.to_owned(), |end| format!("{}{}", &whole[..at], &whole[end..]))
}

/// Characters dropped, doubled, replaced or put in; the text stays UTF-8.
fn in_bytes(piece: &str, dice: &mut Dice) -> String {
    let mut characters: Vec<char> = piece.chars().collect();
    if characters.is_empty() {
        return nasty::text(dice);
    }
    let at = dice.below(characters.len());
    let end = (at + 1 + dice.below(12)).min(characters.len());
    match dice.below(6) {
        0 => drop(characters.drain(at..end)),
        1 => {
            let again: Vec<char> = characters[at..end].to_vec();
            characters.splice(at..at, again);
        }
        2 => characters.truncate(at),
        3 => {
            let more: Vec<char> = nasty::text(dice).chars().collect();
            characters.splice(at..at, more);
        }
        4 => characters[at] = *dice.pick(&['<', '>', '&', '"', '\u{0}', '\u{ffff}', ' ', '/', ';', 'é']),
        _ => characters.swap(at, end - 1),
    }
    characters.into_iter().collect()
}
