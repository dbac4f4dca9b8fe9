//! Documents with one change each.

use crate::generate::{Chance, texts};
use crate::tree::Element;

/// A change to one element, or to its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Nothing,
    Drop,
    Double,
    Rename,
    ToTheFront,
    ToTheEnd,
    Text(String),
    Empty,
    StrayText,
    StrayElement,
    StrayAttribute,
    Foreign,
    Commented,
    DropAttribute,
    AttributeText(String),
}

/// How many other texts each text is tried with.
const TEXTS: usize = 8;

/// The changes that a document offers, by the place of the element.
pub fn changes(document: &Element, chance: &mut Chance) -> Vec<(usize, Change)> {
    let texts = texts();
    let mut found = Vec::new();
    let mut copy = document.clone();
    for place in 0..document.count() {
        let Some(element) = copy.at(place) else { continue };
        found.extend(
            [Change::Rename, Change::Empty, Change::StrayElement, Change::StrayAttribute].map(|c| (place, c)),
        );
        if place > 0 {
            let moves = [Change::Drop, Change::Double, Change::ToTheFront, Change::ToTheEnd, Change::Foreign];
            found.extend(moves.map(|c| (place, c)));
        }
        if element.children.is_empty() {
            found.push((place, Change::Commented));
            found.extend((0..TEXTS).map(|_| (place, Change::Text(chance.one(&texts).clone()))));
        } else {
            found.push((place, Change::StrayText));
        }
        if !element.attributes.is_empty() {
            found.push((place, Change::DropAttribute));
            found.push((place, Change::AttributeText(chance.one(&texts).clone())));
        }
    }
    found
}

/// The document with a change; `None` if there is nothing to change.
pub fn changed(document: &Element, place: usize, change: &Change) -> Option<Element> {
    let mut document = document.clone();
    match change {
        Change::Nothing => {}
        Change::Drop | Change::Double | Change::ToTheFront | Change::ToTheEnd => {
            let (parent, index) = document.parent_of(place)?;
            let child = parent.children.get(index)?.clone();
            match change {
                Change::Double => parent.children.insert(index, child),
                Change::Drop => drop(parent.children.remove(index)),
                Change::ToTheFront => {
                    parent.children.remove(index);
                    parent.children.insert(0, child);
                }
                _ => {
                    parent.children.remove(index);
                    parent.children.push(child);
                }
            }
        }
        _ => inside(document.at(place)?, change),
    }
    Some(document)
}

fn inside(element: &mut Element, change: &Change) {
    match change {
        Change::Rename => element.name.push('x'),
        Change::Text(text) => text.clone_into(&mut element.text),
        Change::Empty => {
            element.text.clear();
            element.children.clear();
        }
        Change::StrayText => " stray ".clone_into(&mut element.text),
        Change::StrayElement => {
            element.children.push(Element { name: "stray".to_owned(), ..Element::default() });
        }
        Change::StrayAttribute => element.attributes.push(("stray".to_owned(), "1".to_owned())),
        Change::Foreign => element.foreign = true,
        Change::Commented => element.commented = true,
        Change::DropAttribute => drop(element.attributes.pop()),
        Change::AttributeText(text) => {
            if let Some((_, value)) = element.attributes.first_mut() {
                value.clone_from(text);
            }
        }
        _ => {}
    }
}
