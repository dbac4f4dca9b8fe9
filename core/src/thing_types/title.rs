//! One line that says what a thing is: `{systolic}/{diastolic} mmHg[, pulse {pulse}]`.

use roxmltree::Node;

use super::path::Path;
use super::structure::Structure;

/// The pattern of such a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Title {
    /// Its parts in order.
    pub parts: Vec<Part>,
}

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
}

impl Title {
    /// Reads one. The error says what was expected, and what stands there.
    pub(super) fn read(text: &'static str, structure: &Structure) -> Result<Self, (String, String)> {
        let mut rest = text;
        let title = parts(&mut rest, structure, false)?;
        if rest.is_empty() { Ok(title) } else { Err(("no ] without its [".to_owned(), rest.to_owned())) }
    }

    /// The line for some data. `shown` says how the element at a path reads, for dates and numbers; where
    /// it answers nothing, the text of the element or attribute stands as it is. Empty if nothing is there.
    #[must_use]
    pub fn line(&self, root: Node<'_, '_>, shown: &dyn Fn(&Path, Node<'_, '_>) -> Option<String>) -> String {
        self.try_line(root, shown, false).unwrap_or_default().trim().to_owned()
    }

    /// The line, and the nodes whose texts are in it; none if something that is not in brackets is not there.
    pub(super) fn whole_line<'a, 'i>(
        &self,
        root: Node<'a, 'i>,
    ) -> Option<(String, Vec<(Node<'a, 'i>, &Path)>)> {
        let mut used = Vec::new();
        let line = self.try_line(root, &|_, _| None, true)?.trim().to_owned();
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
                        if let Term::Path(path) = term {
                            each(path);
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
        strict: bool,
    ) -> Option<String> {
        let text = |path: &Path| -> Option<String> {
            let node = path.find(root)?;
            let text = shown(path, node).or_else(|| path.text_in(root).map(str::to_owned))?;
            (!text.is_empty()).then_some(text)
        };
        let mut line = String::new();
        for part in &self.parts {
            match part {
                Part::Words(words) => line.push_str(words),
                Part::Optional(inner) => {
                    line.push_str(&inner.try_line(root, shown, true).unwrap_or_default());
                }
                Part::Value(alternatives) => {
                    let value = alternatives.iter().find_map(|terms| {
                        terms
                            .iter()
                            .map(|term| match term {
                                Term::Words(words) => Some((*words).to_owned()),
                                Term::Path(path) => text(path),
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
    let path = Path::points(text, structure);
    path.map(Term::Path).ok_or_else(|| ("a path that the type has".to_owned(), text.to_owned()))
}
