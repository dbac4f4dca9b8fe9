//! The head of a file: what a thing type is, beside its structure.

use uuid::Uuid;

use super::error::{NotationError, Source};
use super::lines::Line;

/// The head, as it is written. Paths are read when the structure is known.
#[derive(Clone, Debug, Default)]
pub(crate) struct Header {
    pub(crate) id: Uuid,
    pub(crate) name: &'static str,
    pub(crate) root: &'static str,
    pub(crate) root_namespace: Option<&'static str>,
    pub(crate) xsd: &'static str,
    pub(crate) namespace: &'static str,
    pub(crate) family: Option<&'static str>,
    pub(crate) version: u32,
    pub(crate) prev: Option<Uuid>,
    pub(crate) next: Option<Uuid>,
    pub(crate) props: Vec<&'static str>,
    pub(crate) eff: Option<At<&'static str>>,
    pub(crate) end: Option<At<&'static str>>,
    pub(crate) title: At<&'static str>,
    pub(crate) measures: Vec<At<MeasureLine>>,
    pub(crate) order: Vec<At<OrderLine>>,
    pub(crate) fhir: Option<&'static str>,
}

/// Something, with its line.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct At<T> {
    pub(crate) line: usize,
    pub(crate) value: T,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct MeasureLine {
    pub(crate) label: &'static str,
    pub(crate) path: &'static str,
    pub(crate) unit: &'static str,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct OrderLine {
    pub(crate) name: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) path: &'static str,
    pub(crate) conversion: Option<(&'static str, &'static str)>,
}

const PROPS: [&str; 7] =
    ["immutable", "singleton", "noreadonly", "blobs", "uncreatable", "deprecated", "opaque"];

/// Reads the lines of a head.
pub(super) fn header(source: Source, lines: &[Line]) -> Result<Header, NotationError> {
    let mut header = Header { version: 1, ..Header::default() };
    let Some((first, others)) = lines.split_first() else {
        return Err(source.error(1, "thing <id> \"<name>\"", ""));
    };
    let mut words = Words { source, line: *first, rest: first.text };
    if words.next("thing")? != "thing" || first.level != 0 {
        return Err(source.error(first.number, "thing <id> \"<name>\"", first.text));
    }
    header.id = words.id()?;
    header.name = words.next("the name in quotes")?;
    words.end()?;
    for line in others {
        if line.level == 0 {
            return Err(source.error(line.number, "a line of the head, body or local", line.text));
        }
        let mut words = Words { source, line: *line, rest: line.text };
        while !words.rest.is_empty() {
            key(&mut header, &mut words)?;
        }
    }
    if header.root.is_empty() && !header.props.contains(&"opaque") {
        return Err(source.error(first.number, "a root", ""));
    }
    Ok(header)
}

fn key(header: &mut Header, words: &mut Words) -> Result<(), NotationError> {
    let at = words.line.number;
    match words.next("a key")? {
        "root" => {
            header.root = words.next("the name of the root")?;
            if words.take("in") {
                header.root_namespace = Some(words.next("a namespace")?);
            }
        }
        "xsd" => header.xsd = words.next("the name of a file")?,
        "ns" => header.namespace = words.next("a namespace")?,
        "family" => {
            header.family = Some(words.next("a family")?);
            let version = words.next("v<number>")?;
            let number = version.strip_prefix('v').and_then(|n| n.parse().ok());
            header.version = number.ok_or_else(|| words.source.error(at, "v<number>", version))?;
        }
        "prev" => header.prev = Some(words.id()?),
        "next" => header.next = Some(words.id()?),
        "props" => {
            while !words.rest.is_empty() {
                let prop = words.next("a property")?;
                if !PROPS.contains(&prop) {
                    return Err(words.source.error(at, format!("one of {}", PROPS.join(", ")), prop));
                }
                header.props.push(prop);
            }
        }
        "eff" => {
            let path = words.next("a path or created")?;
            header.eff = (path != "created").then_some(At { line: at, value: path });
            if words.take("else") && words.next("created")? != "created" {
                return Err(words.source.error(at, "else created", words.line.text));
            }
        }
        "end" => header.end = Some(At { line: at, value: words.next("a path")? }),
        "title" => header.title = At { line: at, value: unquoted(words.all()) },
        "fhir" => header.fhir = Some(words.all()),
        "measure" => {
            let (label, path) = (words.next("a label")?, words.next("a path")?);
            header
                .measures
                .push(At { line: at, value: MeasureLine { label, path, unit: words.next("a unit")? } });
        }
        "order" => {
            let text = words.all();
            let error = || words.source.error(at, "name : type = path [*m+b]", text);
            order(text, at, &mut header.order).ok_or_else(error)?;
        }
        other => return Err(words.source.error(at, "a key of the head", other)),
    }
    Ok(())
}

/// One or more properties of a line.
fn order(text: &'static str, line: usize, found: &mut Vec<At<OrderLine>>) -> Option<()> {
    let mut rest = text;
    while !rest.is_empty() {
        let (name, after) = rest.split_once(':')?;
        let (kind, after) = after.split_once('=')?;
        let after = after.trim_start();
        let (path, after) = after.split_at(after.find([' ', '*']).unwrap_or(after.len()));
        let after = after.trim_start();
        let (conversion, after) = match after.strip_prefix('*') {
            Some(after) => {
                let (linear, after) = after.split_at(after.find(' ').unwrap_or(after.len()));
                (Some(linear_conversion(linear)?), after.trim_start())
            }
            None => (None, after),
        };
        let line_of = OrderLine { name: name.trim(), kind: kind.trim(), path, conversion };
        if [line_of.name, line_of.kind, path].iter().any(|t| t.is_empty() || t.contains(' ')) {
            return None;
        }
        found.push(At { line, value: line_of });
        rest = after;
    }
    (!found.is_empty()).then_some(())
}

/// `m`, `m+b` or `m-b`.
fn linear_conversion(text: &'static str) -> Option<(&'static str, &'static str)> {
    let signs = text.char_indices().skip(1).filter(|(_, c)| matches!(c, '+' | '-'));
    // A sign after an e belongs to the exponent.
    let split = signs.map(|(at, _)| at).find(|at| !text.get(..*at).is_some_and(|b| b.ends_with(['e', 'E'])));
    let (m, b) = split.map_or((text, "0"), |at| text.split_at(at));
    let b = b.strip_prefix('+').unwrap_or(b);
    (m.parse::<f64>().is_ok() && b.parse::<f64>().is_ok()).then_some((m, b))
}

fn unquoted(text: &'static str) -> &'static str {
    text.strip_prefix('"').and_then(|t| t.strip_suffix('"')).unwrap_or(text)
}

/// The words of a line; a quoted text is one.
struct Words {
    source: Source,
    line: Line,
    rest: &'static str,
}

impl Words {
    fn next(&mut self, expected: &str) -> Result<&'static str, NotationError> {
        let error = |found: &str| self.source.error(self.line.number, expected, found);
        let (word, rest) = match self.rest.strip_prefix('"') {
            Some(inside) => inside.split_once('"').ok_or_else(|| error(self.rest))?,
            None => self.rest.split_at(self.rest.find(' ').unwrap_or(self.rest.len())),
        };
        if word.is_empty() {
            return Err(error(""));
        }
        self.rest = rest.trim_start();
        Ok(word)
    }

    fn take(&mut self, word: &str) -> bool {
        match self.rest.strip_prefix(word) {
            Some(rest) if rest.is_empty() || rest.starts_with(' ') => {
                self.rest = rest.trim_start();
                true
            }
            _ => false,
        }
    }

    fn id(&mut self) -> Result<Uuid, NotationError> {
        let word = self.next("an id")?;
        word.parse().map_err(|_| self.source.error(self.line.number, "an id", word))
    }

    fn all(&mut self) -> &'static str {
        std::mem::take(&mut self.rest)
    }

    fn end(&self) -> Result<(), NotationError> {
        if self.rest.is_empty() {
            return Ok(());
        }
        Err(self.source.error(self.line.number, "the end of the line", self.rest))
    }
}
