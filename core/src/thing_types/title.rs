//! One line that says what a thing is: `{systolic}/{diastolic} mmHg[, pulse {pulse}]`.
//!
//! In braces stands what there is at a path, or of several, with `??` between, the first that is there; each
//! may be of parts with `+` between: paths, and words in quotes. A path with `%` after it leads to a fraction
//! that is said in percent. What stands in brackets is only said if all of it is there. A line has no dates,
//! as they stand beside it, and no number without its unit.

use std::borrow::Cow;

use roxmltree::Node;

use super::path::{Path, Step};
use super::structure::Structure;

/// The pattern of such a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Title {
    /// Its parts in order.
    pub parts: Vec<Part>,
}

/// How words of a title read: as they are, or in another language.
pub type SayWords<'s> = dyn Fn(&'static str) -> Cow<'static, str> + 's;

/// A part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// These words.
    Words(&'static str),
    /// The first of several that is there; each is several texts, one after the other.
    Value(Vec<Vec<Term>>),
    /// Only if something is there for every value in it.
    Optional(Title),
}

/// A text of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    /// These words.
    Words(&'static str),
    /// What stands at a path.
    Path(Path),
    /// The fraction at a path, in percent.
    Percent(Path),
}

impl Title {
    /// Reads one. The error says what was expected, and what stands there.
    pub(super) fn read(text: &'static str, structure: &Structure) -> Result<Self, (String, String)> {
        let mut rest = text;
        let title = parts(&mut rest, structure, false)?;
        if rest.is_empty() { Ok(title) } else { Err(("no ] without its [".to_owned(), rest.to_owned())) }
    }

    /// The line for some data. `shown` says how the element at a path reads, for dates and numbers; where
    /// it answers nothing, the text of the element or attribute stands as it is, and what was typed of a
    /// measure with its unit. `words` says the title's own words. Empty if nothing is there: then the name of
    /// the type says what it is.
    #[must_use]
    pub fn line(
        &self,
        root: Node<'_, '_>,
        shown: &dyn Fn(&Path, Node<'_, '_>) -> Option<String>,
        words: &SayWords<'_>,
    ) -> String {
        self.try_line(root, shown, words, false, true).unwrap_or_default().trim().to_owned()
    }

    /// The line, and the nodes whose texts are in it; none if something that is not in brackets is not there.
    pub(super) fn whole_line<'a, 'i>(
        &self,
        root: Node<'a, 'i>,
    ) -> Option<(String, Vec<(Node<'a, 'i>, &Path)>)> {
        let mut used = Vec::new();
        let line =
            self.try_line(root, &|_, _| None, &|words| Cow::Borrowed(words), true, true)?.trim().to_owned();
        self.paths(&mut |path| used.extend(path.find(root).map(|node| (node, path))));
        (!line.is_empty()).then_some((line, used))
    }

    /// Every path in it.
    pub(super) fn paths<'t>(&'t self, each: &mut dyn FnMut(&'t Path)) {
        for part in &self.parts {
            match part {
                Part::Words(_) => {}
                Part::Optional(inner) => inner.paths(each),
                Part::Value(alternatives) => {
                    for term in alternatives.iter().flatten() {
                        if let Term::Path(path) | Term::Percent(path) = term {
                            each(path);
                        }
                    }
                }
            }
        }
    }

    /// Every word in it that is not data.
    pub(super) fn own_words(&self, each: &mut dyn FnMut(&'static str)) {
        for part in &self.parts {
            match part {
                Part::Words(words) => each(words),
                Part::Optional(inner) => inner.own_words(each),
                Part::Value(alternatives) => {
                    for term in alternatives.iter().flatten() {
                        if let Term::Words(words) = term {
                            each(words);
                        }
                    }
                }
            }
        }
    }

    fn try_line(
        &self,
        root: Node<'_, '_>,
        shown: &dyn Fn(&Path, Node<'_, '_>) -> Option<String>,
        say: &SayWords<'_>,
        strict: bool,
        begins: bool,
    ) -> Option<String> {
        let text = |path: &Path, percent: bool| -> Option<String> {
            let node = path.find(root).or_else(|| path.around(root))?;
            let plain = || {
                let text = path.text_in(root)?;
                if percent { in_percent(text) } else { Some(with_unit(node, path, text)) }
            };
            shown(path, node).or_else(plain).filter(|text| !text.is_empty())
        };
        let mut line = String::new();
        for part in &self.parts {
            let begins = begins && line.is_empty();
            match part {
                // What would part it from something before parts it from nothing.
                Part::Words(words) if begins => {
                    line.push_str(&say(words.trim_start_matches([' ', ',', ':'])));
                }
                Part::Words(words) => line.push_str(&say(words)),
                Part::Optional(inner) => {
                    line.push_str(&inner.try_line(root, shown, say, true, begins).unwrap_or_default());
                }
                Part::Value(alternatives) => {
                    let value = alternatives.iter().find_map(|terms| {
                        terms
                            .iter()
                            .map(|term| match term {
                                Term::Words(words) => Some(say(words).into_owned()),
                                Term::Path(path) => text(path, false),
                                Term::Percent(path) => text(path, true),
                            })
                            .collect::<Option<String>>()
                    });
                    match value {
                        Some(value) => line.push_str(&value),
                        None if strict => return None,
                        None => {}
                    }
                }
            }
        }
        Some(line)
    }
}

fn parts(rest: &mut &'static str, structure: &Structure, inside: bool) -> Result<Title, (String, String)> {
    let mut title = Title::default();
    loop {
        let end = rest.find(['{', '[', ']']).unwrap_or(rest.len());
        let (words, after) = rest.split_at(end);
        if !words.is_empty() {
            title.parts.push(Part::Words(words));
        }
        let Some(sign) = after.chars().next() else {
            *rest = "";
            return if inside { Err(("a closing ]".to_owned(), String::new())) } else { Ok(title) };
        };
        *rest = after.get(1..).unwrap_or_default();
        match sign {
            '{' => {
                let (value, after) =
                    rest.split_once('}').ok_or_else(|| ("a closing }".to_owned(), (*rest).to_owned()))?;
                *rest = after;
                title.parts.push(Part::Value(alternatives(value, structure)?));
            }
            '[' => title.parts.push(Part::Optional(parts(rest, structure, true)?)),
            _ if inside => return Ok(title),
            _ => return Err(("no ] without its [".to_owned(), after.to_owned())),
        }
    }
}

fn alternatives(value: &'static str, structure: &Structure) -> Result<Vec<Vec<Term>>, (String, String)> {
    value
        .split("??")
        .map(|terms| terms.split('+').map(|term| read_term(term.trim(), structure)).collect())
        .collect()
}

fn read_term(text: &'static str, structure: &Structure) -> Result<Term, (String, String)> {
    if let Some(words) = text.strip_prefix('"').and_then(|t| t.strip_suffix('"')) {
        return Ok(Term::Words(words));
    }
    let (text, term): (_, fn(Path) -> Term) = match text.strip_suffix('%') {
        Some(text) => (text, Term::Percent),
        None => (text, Term::Path),
    };
    let path = Path::points(text, structure);
    path.map(term).ok_or_else(|| ("a path that the type has".to_owned(), text.to_owned()))
}

/// What was typed of a measure: its words, or its number and unit.
fn with_unit(node: Node<'_, '_>, path: &Path, text: &str) -> String {
    let unit = node.attribute("units").filter(|_| matches!(path.steps.last(), Some(Step::Child(_))));
    match (unit, node.attribute("text").map(str::trim).filter(|words| !words.is_empty())) {
        (None, _) => text.to_owned(),
        (Some(_), Some(words)) => words.to_owned(),
        (Some(unit), None) => format!("{text} {unit}").trim().to_owned(),
    }
}

/// A fraction as a number of percent, with as many digits as are sure.
fn in_percent(text: &str) -> Option<String> {
    let percent = text.parse::<f64>().ok().filter(|n| n.is_finite())? * 100.0;
    let sure: f64 = format!("{percent:.14e}").parse().ok()?;
    Some(format!("{sure} %"))
}
