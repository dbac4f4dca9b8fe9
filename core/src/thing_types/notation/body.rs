//! Fields, groups and choices.

use super::super::simple::{Bound, Facets, Pattern};
use super::super::structure::{Hints, Occurs};
use super::error::{NotationError, Source};
use super::hints::hints;
use super::tokens::Token;

/// A part of a group, as it is written.
#[derive(Clone, Debug)]
pub(super) enum Item {
    Field(Named),
    Attribute(Named),
    Choice { optional: bool, alternatives: Vec<Vec<Item>> },
    Anything(Occurs),
}

/// A name with what it holds.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) line: usize,
    pub(super) name: &'static str,
    pub(super) occurs: Occurs,
    pub(super) holds: Holds,
    pub(super) hints: Hints,
}

/// What something holds: a named type with facets, a group, or, for text with attributes, both.
#[derive(Clone, Debug, Default)]
pub(super) struct Holds {
    pub(super) base: Option<&'static str>,
    pub(super) facets: Facets,
    pub(super) group: Option<Vec<Item>>,
}

/// How deep groups may nest.
const DEPTH: usize = 16;

/// Reads tokens one after the other.
pub(super) struct Reader<'a> {
    source: Source,
    tokens: &'a [(usize, Token)],
    at: usize,
    depth: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(source: Source, tokens: &'a [(usize, Token)]) -> Self {
        Self { source, tokens, at: 0, depth: 0 }
    }

    fn peek(&self) -> Option<Token> {
        self.tokens.get(self.at).map(|(_, token)| *token)
    }

    fn peek_second(&self) -> Option<Token> {
        self.tokens.get(self.at + 1).map(|(_, token)| *token)
    }

    fn line(&self) -> usize {
        self.tokens.get(self.at).or(self.tokens.last()).map_or(1, |(line, _)| *line)
    }

    fn take(&mut self, token: Token) -> bool {
        let is = self.peek() == Some(token);
        self.at += usize::from(is);
        is
    }

    fn skip_breaks(&mut self) {
        while self.take(Token::Break) {}
    }

    fn wanted(&self, expected: &str) -> NotationError {
        let found = self.peek().map_or("the end of the file".to_owned(), Token::shown);
        self.source.error(self.line(), expected, found)
    }

    fn word(&mut self, expected: &str) -> Result<&'static str, NotationError> {
        match self.peek() {
            Some(Token::Word(word)) => {
                self.at += 1;
                Ok(word)
            }
            _ => Err(self.wanted(expected)),
        }
    }

    fn sign(&mut self, sign: char) -> Result<(), NotationError> {
        if self.take(Token::Sign(sign)) { Ok(()) } else { Err(self.wanted(&format!("{sign:?}"))) }
    }

    /// `name = type` lines to the end of the file.
    pub(super) fn definitions(&mut self) -> Result<Vec<Named>, NotationError> {
        let mut found = Vec::new();
        loop {
            self.skip_breaks();
            if self.peek().is_none() {
                return Ok(found);
            }
            let line = self.line();
            let name = self.word("the name of a type")?;
            self.sign('=')?;
            let (holds, hints) = self.holds()?;
            if !self.take(Token::Break) {
                return Err(self.wanted("the end of the line"));
            }
            found.push(Named { line, name, occurs: Occurs::ONE, holds, hints });
        }
    }

    /// The fields of a body, to the end of the tokens.
    pub(super) fn body(&mut self) -> Result<Vec<Item>, NotationError> {
        let items = self.items()?;
        if self.peek().is_some() { Err(self.wanted("a field")) } else { Ok(items) }
    }

    /// Items up to a closing parenthesis or the end.
    fn items(&mut self) -> Result<Vec<Item>, NotationError> {
        let mut items = Vec::new();
        let mut line_start = true;
        loop {
            match self.peek() {
                None | Some(Token::Sign(')')) => return Ok(items),
                Some(Token::Break) => {
                    self.at += 1;
                    line_start = true;
                }
                // A bar within a line: what stood before it is the first alternative.
                Some(Token::Sign('|')) if !line_start => {
                    let first = std::mem::take(&mut items);
                    items.push(self.choice(Some(first))?);
                }
                Some(Token::Sign('|')) => items.push(self.choice(None)?),
                _ => {
                    self.item(&mut items)?;
                    line_start = false;
                }
            }
        }
    }

    /// Alternatives, each after a bar.
    fn choice(&mut self, first: Option<Vec<Item>>) -> Result<Item, NotationError> {
        let mut optional = false;
        let mut alternatives: Vec<_> = first.into_iter().collect();
        loop {
            let before = self.at;
            self.skip_breaks();
            if !self.take(Token::Sign('|')) {
                self.at = before;
                break;
            }
            if alternatives.is_empty() && self.take(Token::Sign('?')) {
                optional = true;
            }
            let mut alternative = Vec::new();
            while !matches!(self.peek(), None | Some(Token::Break | Token::Sign('|' | ')'))) {
                self.item(&mut alternative)?;
            }
            if alternative.is_empty() {
                return Err(self.wanted("a field after the bar"));
            }
            alternatives.push(alternative);
        }
        Ok(Item::Choice { optional, alternatives })
    }

    /// A field, an attribute, a nested group, or `any*`. Names before one colon share what follows it.
    fn item(&mut self, items: &mut Vec<Item>) -> Result<(), NotationError> {
        if self.peek() == Some(Token::Sign('(')) {
            items.extend(self.group()?);
            return Ok(());
        }
        let mut names = Vec::new();
        loop {
            let line = self.line();
            let attribute = self.take(Token::Sign('@'));
            let name = self.word("the name of a field")?;
            let occurs = self.occurs()?;
            if name == "any" && !attribute && self.peek() != Some(Token::Sign(':')) && names.is_empty() {
                items.push(Item::Anything(occurs));
                return Ok(());
            }
            names.push((line, attribute, name, occurs));
            if self.take(Token::Sign(':')) {
                break;
            }
            if !matches!(self.peek(), Some(Token::Word(_) | Token::Sign('@'))) {
                return Err(self.wanted("a colon and a type"));
            }
        }
        let (holds, hints) = self.holds()?;
        for (line, attribute, name, occurs) in names {
            let named = Named { line, name, occurs, holds: holds.clone(), hints: hints.clone() };
            items.push(if attribute { Item::Attribute(named) } else { Item::Field(named) });
        }
        Ok(())
    }

    fn group(&mut self) -> Result<Vec<Item>, NotationError> {
        self.sign('(')?;
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(self.wanted("less nesting"));
        }
        let items = self.items()?;
        self.depth -= 1;
        self.sign(')')?;
        Ok(items)
    }

    fn occurs(&mut self) -> Result<Occurs, NotationError> {
        let occurs = match self.peek() {
            Some(Token::Sign('?')) => Occurs::OPTIONAL,
            Some(Token::Sign('*')) => Occurs { min: 0, max: None },
            Some(Token::Sign('+')) => Occurs { min: 1, max: None },
            Some(Token::Count(text)) => count(text).ok_or_else(|| self.wanted("{least,most}"))?,
            _ => return Ok(Occurs::ONE),
        };
        self.at += 1;
        Ok(occurs)
    }

    /// A type with its facets, a group, or both, and the hints.
    fn holds(&mut self) -> Result<(Holds, Hints), NotationError> {
        let mut holds = Holds::default();
        if let Some(Token::Word(_)) = self.peek() {
            holds.base = Some(self.type_name()?);
            while self.facet(&mut holds.facets)? {}
        }
        let line = self.line();
        if self.peek() == Some(Token::Sign('(')) {
            // Hints may stand behind either parenthesis.
            if let Some(Token::Hints(text)) = self.peek_second() {
                let hints = hints(self.source, line, text)?;
                self.at += 1;
                let (source, depth) = (self.source, self.depth);
                let mut inner = Reader { source, tokens: self.tokens, at: self.at + 1, depth: depth + 1 };
                if inner.depth > DEPTH {
                    return Err(self.wanted("less nesting"));
                }
                holds.group = Some(inner.items()?);
                inner.sign(')')?;
                self.at = inner.at;
                return Ok((holds, hints));
            }
            holds.group = Some(self.group()?);
        }
        if holds.base.is_none() && holds.group.is_none() {
            return Err(self.wanted("a type"));
        }
        let line = self.line();
        let hints = match self.peek() {
            Some(Token::Hints(text)) => {
                self.at += 1;
                hints(self.source, line, text)?
            }
            _ => Hints::default(),
        };
        Ok((holds, hints))
    }

    /// A word; the kinds of XML Schema whose names ours have taken are `xs:date` and `xs:time`.
    fn type_name(&mut self) -> Result<&'static str, NotationError> {
        let name = self.word("a type")?;
        if name != "xs" || !self.take(Token::Sign(':')) {
            return Ok(name);
        }
        match self.word("a type of XML Schema")? {
            "date" => Ok("xs:date"),
            "time" => Ok("xs:time"),
            other => Ok(other),
        }
    }

    /// One facet, if one follows.
    fn facet(&mut self, facets: &mut Facets) -> Result<bool, NotationError> {
        match self.peek() {
            Some(Token::Quoted(value)) => {
                self.at += 1;
                facets.values.push(value);
                while self.take(Token::Sign('/')) {
                    let Some(Token::Quoted(value)) = self.peek() else {
                        return Err(self.wanted("a value in quotes"));
                    };
                    self.at += 1;
                    facets.values.push(value);
                }
            }
            Some(Token::Range(text)) => {
                (facets.min, facets.max) = range(text).ok_or_else(|| self.wanted("[least..most]"))?;
                self.at += 1;
            }
            Some(Token::Sign('~')) => {
                self.at += 1;
                let Some(Token::Quoted(text)) = self.peek() else {
                    return Err(self.wanted("a pattern in quotes"));
                };
                let pattern = Pattern::new(text).ok_or_else(|| self.wanted("a regular expression"))?;
                self.at += 1;
                facets.patterns.push(pattern);
            }
            Some(Token::Sign(sign @ ('<' | '>'))) => {
                self.at += 1;
                let exclusive = !self.take(Token::Sign('='));
                let text = self.word("a number")?;
                let value = text.parse().map_err(|_| self.source.error(self.line(), "a number", text))?;
                let bound = Some(Bound { text, value, exclusive });
                if sign == '<' { facets.max = bound } else { facets.min = bound }
            }
            Some(Token::Sign('=')) => {
                self.at += 1;
                facets.default = Some(match self.peek() {
                    Some(Token::Quoted(text) | Token::Word(text)) => text,
                    _ => return Err(self.wanted("a value")),
                });
                self.at += 1;
            }
            Some(Token::Word("len")) => {
                let Some(Token::Range(text)) = self.peek_second() else { return Ok(false) };
                self.at += 1;
                (facets.min_length, facets.max_length) =
                    lengths(text).ok_or_else(|| self.wanted("[least..most]"))?;
                self.at += 1;
            }
            Some(Token::Word("nonblank")) if !self.second_names_a_field() => {
                self.at += 1;
                facets.nonblank = true;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Whether the word that follows is the name of a field.
    fn second_names_a_field(&self) -> bool {
        matches!(self.peek_second(), Some(Token::Sign(':' | '?' | '*' | '+') | Token::Count(_)))
    }
}

/// `2,5` or `2,`.
fn count(text: &str) -> Option<Occurs> {
    let (min, max) = text.split_once(',')?;
    let max = if max.trim().is_empty() { None } else { Some(max.trim().parse().ok()?) };
    let min = min.trim().parse().ok()?;
    max.is_none_or(|max| max >= min).then_some(Occurs { min, max })
}

fn range(text: &'static str) -> Option<(Option<Bound>, Option<Bound>)> {
    let (min, max) = text.split_once("..")?;
    let bound = |text: &'static str| match text.trim() {
        "" => Some(None),
        text => Some(Some(Bound { text, value: text.parse().ok()?, exclusive: false })),
    };
    Some((bound(min)?, bound(max)?))
}

fn lengths(text: &str) -> Option<(Option<usize>, Option<usize>)> {
    let (min, max) = text.split_once("..")?;
    let bound = |text: &str| match text.trim() {
        "" => Some(None),
        text => Some(Some(text.parse().ok()?)),
    };
    Some((bound(min)?, bound(max)?))
}
