//! The part of XPath by which an application picks things (things.md 4.5): an absolute path of child steps
//! with conditions, asked whether it finds anything.
//!
//! An expression is hostile input. It is short, its conditions nest a few levels, and evaluating it has a
//! budget of nodes; whoever exceeds it is told so, and the server goes on.

mod evaluate;
mod lexer;
mod parse;
#[cfg(test)]
mod tests;

pub use parse::XPathError;

/// Bytes of an expression.
pub const LONGEST: usize = 2048;
/// Nodes that the expressions of one query may look at, in all documents together.
pub const BUDGET: u32 = 500_000;

/// An expression that was read and found to be one that is offered.
#[derive(Clone, Debug, PartialEq)]
pub struct XPath {
    steps: Vec<Step>,
}

/// One step down.
#[derive(Clone, Debug, PartialEq)]
struct Step {
    test: Test,
    conditions: Vec<Condition>,
}

#[derive(Clone, Debug, PartialEq)]
enum Test {
    /// Child elements of this local name, in no namespace.
    Element(String),
    /// Child elements of this local name, in any namespace: `p:name`. What the prefix stands for cannot be
    /// said in a request.
    Qualified(String),
    /// An attribute.
    Attribute(String),
    /// The text within.
    Text,
}

#[derive(Clone, Debug, PartialEq)]
enum Condition {
    And(Vec<Condition>),
    Or(Vec<Condition>),
    Not(Box<Condition>),
    /// Whether the operand finds anything, or is true.
    Exists(Operand),
    Compare(Operand, Operator, Operand),
    Contains(Operand, Operand),
    StartsWith(Operand, Operand),
}

#[derive(Clone, Debug, PartialEq)]
enum Operand {
    /// Nodes, from where the condition stands; no steps is the node itself.
    Path(Vec<Step>),
    Text(String),
    Number(f64),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
