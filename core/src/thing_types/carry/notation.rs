//! The files that say how versions of a family are written as each other.
//!
//! ```text
//! carry immunization
//!
//! v1 to v2
//!   manufacturer/text = manufacturer
//!
//! v2 to v1
//!   without administration-date: administration-date/descriptive = "-"
//!   manufacturer = manufacturer/text
//!   lost manufacturer/code
//! ```
//!
//! A line is `where it goes = where it stands`, from the root or, after `part A to B`, from an element of
//! type A for one of type B; a path that begins with a slash begins at the root even so, and `.` is the
//! element itself. What has the same name and structure in both versions is carried without a line, and
//! what is not carried is named as `lost`.
//!
//! - `a ?? b` is the first that is there and fits; `"words"` are words, `"{a}[ {b}]"` as in a title.
//! - `a times 2 plus 1`, `minus`, `over`, `rounded` reckon from left to right; `a (x=y)` says x as y.
//! - `code[type=iso3166]` is one of which that holds, and where it goes one that is made so; `a[only]` is
//!   there only if it has no like beside it.
//! - `with a: …` holds only where `a` stands in what is made, and for each such; `without a: …` where none
//!   does. No line changes what stands already.

use super::super::notation::{Line, NotationError, Source, lines};

/// A file, read.
#[derive(Debug)]
pub(super) struct File {
    pub(super) family: &'static str,
    pub(super) directions: Vec<Direction>,
}

/// From one version to a neighbour.
#[derive(Debug)]
pub(super) struct Direction {
    pub(super) line: usize,
    pub(super) from: u32,
    pub(super) to: u32,
    /// The first is that of the root.
    pub(super) sections: Vec<Section>,
}

/// The rules for an element of one of some types that becomes one of others; no types for the root.
#[derive(Debug, Default)]
pub(super) struct Section {
    pub(super) line: usize,
    pub(super) from: Vec<&'static str>,
    pub(super) to: Vec<&'static str>,
    pub(super) rules: Vec<Rule>,
    pub(super) lost: Vec<Place>,
}

/// Where something goes, and what.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) condition: Option<Condition>,
    pub(super) target: Place,
    pub(super) values: Vec<Value>,
}

/// What must stand, or not, in what is made.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    pub(super) stands: bool,
    pub(super) place: Place,
}

/// A path; without steps it is the element itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    pub(super) line: usize,
    pub(super) absolute: bool,
    pub(super) steps: Vec<Step>,
    pub(super) attribute: Option<&'static str>,
}

/// A step of a path.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) name: &'static str,
    pub(super) tests: Vec<Test>,
}

/// What holds of an element of a path.
#[derive(Clone, Debug)]
pub(super) enum Test {
    /// It has no like beside it.
    Only,
    /// This text stands there.
    Is { names: Vec<&'static str>, attribute: Option<&'static str>, value: &'static str },
}

/// What goes there.
#[derive(Clone, Debug)]
pub(super) enum Value {
    /// These words.
    Words(&'static str),
    /// A pattern of words and values.
    Pattern(&'static str),
    /// What stands at a place.
    Of { place: Place, changes: Vec<Change>, says: Vec<(&'static str, &'static str)> },
}

/// A step of reckoning.
#[derive(Clone, Debug)]
pub(super) enum Change {
    Times(f64),
    Over(f64),
    Plus(Term),
    Minus(Term),
    Rounded,
}

/// A number, as it is or at a place.
#[derive(Clone, Debug)]
pub(super) enum Term {
    Number(f64),
    At(Place),
}

/// Reads a file.
pub(super) fn read(source: Source, text: &'static str) -> Result<File, NotationError> {
    let lines = lines(source, text)?;
    let mut reader = Reader { source, lines: &lines, next: 0, line: 1, rest: "" };
    if !reader.advance() || !reader.word("carry") {
        return Err(reader.wanted("carry <family>"));
    }
    let mut file = File { family: reader.name()?, directions: Vec::new() };
    reader.end()?;
    while let Some(line) = reader.peek() {
        match (line.level, file.directions.last_mut()) {
            (0, _) => file.directions.push(reader.direction()?),
            (_, None) => return Err(source.error(line.number, "v<number> to v<number>", line.text)),
            (level, Some(direction)) => reader.line(level, direction)?,
        }
    }
    Ok(file)
}

struct Reader<'a> {
    source: Source,
    lines: &'a [Line],
    next: usize,
    line: usize,
    /// What is left of the line.
    rest: &'static str,
}

impl Reader<'_> {
    fn peek(&self) -> Option<Line> {
        self.lines.get(self.next).copied()
    }

    fn advance(&mut self) -> bool {
        let Some(line) = self.peek() else { return false };
        (self.line, self.rest) = (line.number, line.text);
        self.next += 1;
        true
    }

    fn wanted(&self, expected: &str) -> NotationError {
        self.source.error(self.line, expected, self.rest)
    }

    fn end(&self) -> Result<(), NotationError> {
        if self.rest.is_empty() { Ok(()) } else { Err(self.wanted("the end of the line")) }
    }

    /// Takes this text and the spaces after it.
    fn take(&mut self, text: &str) -> bool {
        let after = self.rest.strip_prefix(text).map(str::trim_start);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    /// Takes this text if a space or the end follows it.
    fn word(&mut self, word: &str) -> bool {
        let whole = |after: &str| after.is_empty() || after.starts_with([' ', '"', '(']);
        self.rest.strip_prefix(word).is_some_and(whole) && self.take(word)
    }

    /// Takes up to the first of these, or to the end.
    fn until(&mut self, ends: impl Fn(char) -> bool) -> &'static str {
        let (text, rest) = self.rest.split_at(self.rest.find(ends).unwrap_or(self.rest.len()));
        self.rest = rest;
        text
    }

    fn name(&mut self) -> Result<&'static str, NotationError> {
        let name = match self.rest.strip_prefix('*') {
            Some(rest) => {
                self.rest = rest;
                "*"
            }
            None => self.until(|c| !(c.is_alphanumeric() || matches!(c, '-' | '_'))),
        };
        if name.is_empty() { Err(self.wanted("a name")) } else { Ok(name) }
    }

    /// A quoted text, or what reaches to one of these.
    fn text(&mut self, ends: impl Fn(char) -> bool) -> Result<&'static str, NotationError> {
        let Some(inside) = self.rest.strip_prefix('"') else { return Ok(self.until(ends).trim_end()) };
        let (text, rest) = inside.split_once('"').ok_or_else(|| self.wanted("a closing quote"))?;
        self.rest = rest.trim_start();
        Ok(text)
    }

    fn direction(&mut self) -> Result<Direction, NotationError> {
        self.advance();
        let from = self.version()?;
        if !self.word("to") {
            return Err(self.wanted("to v<number>"));
        }
        let to = self.version()?;
        self.end()?;
        let root = Section { line: self.line, ..Section::default() };
        Ok(Direction { line: self.line, from, to, sections: vec![root] })
    }

    fn version(&mut self) -> Result<u32, NotationError> {
        let wanted = self.wanted("v<number>");
        let number = self.until(|c| c == ' ').strip_prefix('v').and_then(|n| n.parse().ok());
        self.rest = self.rest.trim_start();
        number.ok_or(wanted)
    }

    /// A line below a direction.
    fn line(&mut self, level: usize, direction: &mut Direction) -> Result<(), NotationError> {
        self.advance();
        if level == 1 && self.word("part") {
            let from = self.names()?;
            if !self.word("to") {
                return Err(self.wanted("to <type>"));
            }
            let section = Section { line: self.line, from, to: self.names()?, ..Section::default() };
            direction.sections.push(section);
            return self.end();
        }
        let parts = direction.sections.len() - 1;
        // Level 1 is the root's, and level 2 that of the last part.
        let section = match level {
            1 if parts == 0 => direction.sections.first_mut(),
            2 if parts > 0 => direction.sections.last_mut(),
            _ => None,
        };
        let Some(section) = section else {
            return Err(self.wanted("the rules of the root before any part, and those of a part below it"));
        };
        if self.rest.starts_with("lost ") && !self.rest.starts_with("lost =") {
            self.take("lost");
            loop {
                section.lost.push(self.place()?);
                if !self.take(",") {
                    return self.end();
                }
            }
        }
        section.rules.push(self.rule()?);
        self.end()
    }

    fn names(&mut self) -> Result<Vec<&'static str>, NotationError> {
        let mut names = Vec::new();
        loop {
            names.push(self.name()?);
            self.rest = self.rest.trim_start();
            if !self.take(",") {
                return Ok(names);
            }
        }
    }

    fn rule(&mut self) -> Result<Rule, NotationError> {
        let stands = ["with ", "without "].into_iter().find(|word| self.take(word));
        let condition = match stands {
            None => None,
            Some(word) => {
                let place = self.place()?;
                if !self.take(":") {
                    return Err(self.wanted("a colon"));
                }
                Some(Condition { stands: word == "with ", place })
            }
        };
        let target = self.place()?;
        if !self.take("=") {
            return Err(self.wanted("="));
        }
        if self.rest.is_empty() {
            self.advance();
        }
        let mut values = vec![self.value()?];
        loop {
            let goes_on = self.rest.is_empty() && self.peek().is_some_and(|line| line.text.starts_with("??"));
            if goes_on {
                self.advance();
            }
            if !self.take("??") {
                return Ok(Rule { condition, target, values });
            }
            values.push(self.value()?);
        }
    }

    fn place(&mut self) -> Result<Place, NotationError> {
        let mut place = Place { line: self.line, absolute: self.take("/"), ..Place::default() };
        if !place.absolute && self.word(".") {
            return Ok(place);
        }
        loop {
            let name = self.name()?;
            let tests = if self.take("[") { self.tests()? } else { Vec::new() };
            place.steps.push(Step { name, tests });
            match self.rest.strip_prefix('/') {
                Some(rest) => self.rest = rest,
                None => break,
            }
        }
        if self.take("@") {
            place.attribute = Some(self.name()?);
        }
        self.rest = self.rest.trim_start();
        Ok(place)
    }

    /// What stands in brackets.
    fn tests(&mut self) -> Result<Vec<Test>, NotationError> {
        let mut tests = Vec::new();
        loop {
            if self.rest.starts_with("only") && !self.rest.starts_with("only=") {
                self.take("only");
                tests.push(Test::Only);
            } else {
                let (mut names, mut attribute) = (Vec::new(), None);
                if !self.rest.starts_with('@') {
                    names.push(self.name()?);
                    while let Some(rest) = self.rest.strip_prefix('/') {
                        self.rest = rest;
                        names.push(self.name()?);
                    }
                }
                if self.take("@") {
                    attribute = Some(self.name()?);
                }
                if !self.take("=") {
                    return Err(self.wanted("="));
                }
                let value = self.text(|c| matches!(c, ',' | ']'))?;
                tests.push(Test::Is { names, attribute, value });
            }
            if let Some(rest) = self.rest.strip_prefix(']') {
                self.rest = rest;
                return Ok(tests);
            }
            if !self.take(",") {
                return Err(self.wanted("] or a comma"));
            }
        }
    }

    fn value(&mut self) -> Result<Value, NotationError> {
        if self.rest.starts_with('"') {
            let text = self.text(|_| true)?;
            return Ok(if text.contains('{') { Value::Pattern(text) } else { Value::Words(text) });
        }
        let place = self.place()?;
        let mut changes = Vec::new();
        loop {
            if self.word("times") {
                changes.push(Change::Times(self.number()?));
            } else if self.word("over") {
                changes.push(Change::Over(self.number()?));
            } else if self.word("plus") {
                changes.push(Change::Plus(self.term()?));
            } else if self.word("minus") {
                changes.push(Change::Minus(self.term()?));
            } else if self.word("rounded") {
                changes.push(Change::Rounded);
            } else {
                break;
            }
        }
        let mut says = Vec::new();
        if self.take("(") {
            while !self.take(")") {
                let word = self.name()?;
                if !self.take("=") {
                    return Err(self.wanted("="));
                }
                says.push((word, self.text(|c| matches!(c, ' ' | ')'))?));
                self.rest = self.rest.trim_start();
            }
        }
        Ok(Value::Of { place, changes, says })
    }

    fn number(&mut self) -> Result<f64, NotationError> {
        let wanted = self.wanted("a number other than nought");
        let number = self.until(|c| c == ' ').parse().ok().filter(|n: &f64| n.is_normal());
        self.rest = self.rest.trim_start();
        number.ok_or(wanted)
    }

    fn term(&mut self) -> Result<Term, NotationError> {
        let number = self.rest.starts_with(|c: char| c.is_ascii_digit());
        Ok(if number { Term::Number(self.number()?) } else { Term::At(self.place()?) })
    }
}
