//! From the words of an expression to its parts.

use super::lexer::{Token, words};
use super::{Condition, LONGEST, Operand, Step, Test, XPath};

/// How deep conditions may nest.
const DEEPEST: usize = 8;
/// Steps and comparisons of one expression.
const MOST: usize = 64;

/// Why an expression is not one that is offered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum XPathError {
    /// It does not begin with `/thing/data-xml`.
    #[error("an xpath begins with /thing/data-xml and names an element below")]
    Beginning,
    /// A step that may go anywhere.
    #[error("{0} is not allowed in an xpath; name each step from one element to the next")]
    Wildcard(&'static str),
    /// Something that does not belong where it is.
    #[error("{0:?} has no place here in an xpath")]
    Unexpected(String),
    /// It ends too early.
    #[error("the xpath ends in the middle: a quote, a bracket or a step is missing")]
    Open,
    /// A function that is not offered.
    #[error("the function {0} is not offered in an xpath; not, contains and starts-with are")]
    Function(String),
    /// Too long, too deep or too much of it.
    #[error("the xpath is too long or too deeply nested")]
    TooMuch,
    /// It looked at more nodes than it may.
    #[error("the xpath looks at too much of the data; make its steps more exact")]
    Budget,
}

impl XPath {
    /// Reads an expression.
    ///
    /// # Errors
    /// `XPathError` saying what is not offered in it.
    pub fn parse(text: &str) -> Result<Self, XPathError> {
        if text.len() > LONGEST {
            return Err(XPathError::TooMuch);
        }
        let words = words(text)?;
        let mut parser = Parser { words: &words, at: 0, parts: 0 };
        for name in ["thing", "data-xml"] {
            let is = parser.take(&Token::Slash) && parser.take(&Token::Name(name.to_owned()));
            if !is {
                return Err(XPathError::Beginning);
            }
        }
        if !parser.take(&Token::Slash) {
            return Err(XPathError::Beginning);
        }
        let steps = parser.path(0)?;
        match parser.peek() {
            None => Ok(Self { steps }),
            Some(word) => Err(XPathError::Unexpected(say(word))),
        }
    }
}

struct Parser<'w> {
    words: &'w [Token],
    at: usize,
    parts: usize,
}

impl<'w> Parser<'w> {
    fn peek(&self) -> Option<&'w Token> {
        self.words.get(self.at)
    }

    fn next(&mut self) -> Result<&'w Token, XPathError> {
        let word = self.words.get(self.at).ok_or(XPathError::Open)?;
        self.at += 1;
        Ok(word)
    }

    fn take(&mut self, word: &Token) -> bool {
        let is = self.peek() == Some(word);
        self.at += usize::from(is);
        is
    }

    fn must(&mut self, word: &Token) -> Result<(), XPathError> {
        match self.next()? {
            found if found == word => Ok(()),
            found => Err(XPathError::Unexpected(say(found))),
        }
    }

    fn count(&mut self, depth: usize) -> Result<(), XPathError> {
        self.parts += 1;
        if self.parts > MOST || depth > DEEPEST { Err(XPathError::TooMuch) } else { Ok(()) }
    }

    /// Steps, of which the first has been led in by its slash, if it needs one.
    fn path(&mut self, depth: usize) -> Result<Vec<Step>, XPathError> {
        let mut steps = Vec::new();
        loop {
            self.count(depth)?;
            let test = self.test()?;
            let is_last = matches!(test, Test::Attribute(_) | Test::Text);
            let mut conditions = Vec::new();
            while self.take(&Token::OpenCondition) {
                conditions.push(self.condition(depth + 1)?);
                self.must(&Token::CloseCondition)?;
            }
            steps.push(Step { test, conditions });
            if !self.take(&Token::Slash) {
                return Ok(steps);
            }
            if is_last {
                return Err(XPathError::Unexpected("/".to_owned()));
            }
        }
    }

    fn test(&mut self) -> Result<Test, XPathError> {
        match self.next()? {
            Token::At => match self.next()? {
                Token::Name(name) => Ok(Test::Attribute(local(name).to_owned())),
                other => Err(XPathError::Unexpected(say(other))),
            },
            Token::Name(name) if name.contains("::") => Err(XPathError::Wildcard("an axis (::)")),
            Token::Name(name) if name == "text" && self.peek() == Some(&Token::Open) => {
                self.must(&Token::Open)?;
                self.must(&Token::Close)?;
                Ok(Test::Text)
            }
            Token::Name(name) if self.peek() == Some(&Token::Open) => Err(XPathError::Function(name.clone())),
            Token::Name(name) if name.contains(':') => Ok(Test::Qualified(local(name).to_owned())),
            Token::Name(name) => Ok(Test::Element(name.clone())),
            other => Err(XPathError::Unexpected(say(other))),
        }
    }

    fn condition(&mut self, depth: usize) -> Result<Condition, XPathError> {
        let mut either = vec![self.all(depth)?];
        while self.word("or") {
            either.push(self.all(depth)?);
        }
        Ok(if either.len() == 1 { either.remove(0) } else { Condition::Or(either) })
    }

    fn all(&mut self, depth: usize) -> Result<Condition, XPathError> {
        let mut all = vec![self.one(depth)?];
        while self.word("and") {
            all.push(self.one(depth)?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Condition::And(all) })
    }

    fn word(&mut self, word: &str) -> bool {
        let is = matches!(self.peek(), Some(Token::Name(name)) if name == word);
        self.at += usize::from(is);
        is
    }

    fn one(&mut self, depth: usize) -> Result<Condition, XPathError> {
        self.count(depth)?;
        if self.take(&Token::Open) {
            let inside = self.condition(depth + 1)?;
            self.must(&Token::Close)?;
            return Ok(inside);
        }
        if let (Some(Token::Name(name)), Some(Token::Open)) = (self.peek(), self.words.get(self.at + 1)) {
            match name.as_str() {
                "not" => {
                    self.at += 2;
                    let inside = self.condition(depth + 1)?;
                    self.must(&Token::Close)?;
                    return Ok(Condition::Not(Box::new(inside)));
                }
                "contains" => return self.of_two(depth, Condition::Contains),
                "starts-with" => return self.of_two(depth, Condition::StartsWith),
                _ => {}
            }
        }
        let left = self.operand(depth)?;
        let Some(Token::Operator(operator)) = self.peek() else { return Ok(Condition::Exists(left)) };
        self.at += 1;
        Ok(Condition::Compare(left, *operator, self.operand(depth)?))
    }

    fn of_two(
        &mut self,
        depth: usize,
        make: impl Fn(Operand, Operand) -> Condition,
    ) -> Result<Condition, XPathError> {
        self.at += 2;
        let first = self.operand(depth)?;
        self.must(&Token::Comma)?;
        let second = self.operand(depth)?;
        self.must(&Token::Close)?;
        Ok(make(first, second))
    }

    fn operand(&mut self, depth: usize) -> Result<Operand, XPathError> {
        match self.peek() {
            Some(Token::Text(text)) => {
                self.at += 1;
                Ok(Operand::Text(text.clone()))
            }
            Some(Token::Number(number)) => {
                self.at += 1;
                Ok(Operand::Number(*number))
            }
            Some(Token::Dot) => {
                self.at += 1;
                let steps = if self.take(&Token::Slash) { self.path(depth + 1)? } else { Vec::new() };
                Ok(Operand::Path(steps))
            }
            Some(Token::Name(_) | Token::At) => self.path(depth + 1).map(Operand::Path),
            Some(other) => Err(XPathError::Unexpected(say(other))),
            None => Err(XPathError::Open),
        }
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn say(word: &Token) -> String {
    match word {
        Token::Slash => "/".to_owned(),
        Token::Open => "(".to_owned(),
        Token::Close => ")".to_owned(),
        Token::OpenCondition => "[".to_owned(),
        Token::CloseCondition => "]".to_owned(),
        Token::Comma => ",".to_owned(),
        Token::At => "@".to_owned(),
        Token::Dot => ".".to_owned(),
        Token::Name(text) | Token::Text(text) => text.clone(),
        Token::Number(number) => number.to_string(),
        Token::Operator(_) => "a comparison".to_owned(),
    }
}
