//! Flights: what an operation asks of the store in one hop.

use std::any::Any;
use std::fmt;
use std::marker::PhantomData;

use crate::answers::{Answers, Collect, collected};
use crate::{FromRow, Outage, Query, Statement, Value};

/// Where a statement's rows are found in the [`Answers`].
pub struct Slot<R> {
    pub(crate) index: usize,
    row: PhantomData<fn() -> R>,
}

impl<R> Clone for Slot<R> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<R> Copy for Slot<R> {}

impl<R> Slot<R> {
    fn new(index: usize) -> Self {
        Self { index, row: PhantomData }
    }
}

/// What a statement must achieve; the first that does not hold refuses the whole flight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expect {
    /// Exactly so many rows affected.
    Affected(u64),
    /// At least one row answered.
    Row,
    /// No conflict on this named unique index.
    NoConflict(&'static str),
}

/// A statement as an engine sees it.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) sql: &'static str,
    pub(crate) params: Vec<Value>,
    pub(crate) expects: Vec<Expect>,
    /// Of a statement that answers rows (a `Query`, and no `Statement`): makes what takes them.
    pub(crate) rows: Option<fn() -> Box<dyn Collect>>,
}

/// Statements answered from one snapshot in one hop.
#[derive(Clone, Debug, Default)]
pub struct ReadFlight {
    pub(crate) steps: Vec<Step>,
    pub(crate) is_short: bool,
}

impl ReadFlight {
    /// An empty flight.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Says that few rows are read, each found by an index. SQLite reads them on the thread that asks.
    #[must_use]
    pub fn short(self) -> Self {
        Self { is_short: true, ..self }
    }

    /// Adds a query; its rows are found under the slot.
    pub fn ask<R: FromRow>(&mut self, query: &Query<R>, params: Vec<Value>) -> Slot<R> {
        self.steps.push(Step { sql: query.sql, params, expects: Vec::new(), rows: Some(collected::<R>) });
        Slot::new(self.steps.len() - 1)
    }
}

/// The last statements of a write flight: they rest on rows that the flight itself has read.
///
/// They are made when all others have achieved what they must, and made again when the flight has to be run again.
/// What they find must be as it was read: the flight has changed that row, so that nobody else does until the commit.
/// They expect nothing, and a conflict is a fault.
pub trait Ending: Any + Send + Sync {
    /// The statements, given what the flight has read.
    ///
    /// # Errors
    /// `Outage` where a row is not there.
    fn statements(&self, answers: &mut Answers) -> Result<Vec<(Statement, Vec<Value>)>, Outage>;
}

impl fmt::Debug for dyn Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ending")
    }
}

/// What an engine has to do for a write flight.
#[derive(Debug, Default)]
pub(crate) struct Work {
    pub(crate) steps: Vec<Step>,
    pub(crate) endings: Vec<Box<dyn Ending>>,
    pub(crate) is_patient: bool,
}

impl Work {
    /// The steps of the endings.
    pub(crate) fn last_steps(&self, answers: &mut Answers) -> Result<Vec<Step>, Outage> {
        let mut steps = Vec::new();
        for ending in &self.endings {
            let made = ending.statements(answers)?;
            steps.extend(made.into_iter().map(|(statement, params)| Step::plain(statement, params)));
        }
        admissible(&steps)?;
        Ok(steps)
    }
}

impl Step {
    fn plain(statement: Statement, params: Vec<Value>) -> Self {
        Self { sql: statement.0, params, expects: Vec::new(), rows: None }
    }
}

/// PostgreSQL holds no text with a NUL; SQLite would, so it is refused before either sees it.
pub(crate) fn admissible(steps: &[Step]) -> Result<(), Outage> {
    let has_nul = |text: &String| text.contains('\0');
    let refused = steps.iter().flat_map(|step| &step.params).any(|value| match value {
        Value::Text(text) => has_nul(text),
        Value::Texts(list) => list.iter().any(has_nul),
        _ => false,
    });
    if refused {
        return Err(Outage::Unavailable("a text with a NUL cannot be stored".to_owned()));
    }
    Ok(())
}

/// Statements that all hold or none does. `E` is the noun's error for an expectation that fails.
#[derive(Debug)]
pub struct WriteFlight<E> {
    pub(crate) work: Work,
    pub(crate) errors: Vec<Vec<E>>,
}

impl<E> Default for WriteFlight<E> {
    fn default() -> Self {
        Self { work: Work::default(), errors: Vec::new() }
    }
}

impl<E> WriteFlight<E> {
    /// An empty flight.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Says that nobody waits for it. Others go first, and where cores are scarce it leaves them to others.
    #[must_use]
    pub fn patient(mut self) -> Self {
        self.work.is_patient = true;
        self
    }

    /// Adds statements that rest on what the flight has read.
    pub fn end_with(&mut self, ending: impl Ending) {
        self.work.endings.push(Box::new(ending));
    }

    /// The ending of this type that is so, if the flight has one.
    pub fn ending<T: Ending>(&mut self, is_so: impl Fn(&T) -> bool) -> Option<&mut T> {
        self.work
            .endings
            .iter_mut()
            .filter_map(|ending| (&mut **ending as &mut dyn Any).downcast_mut::<T>())
            .find(|ending| is_so(ending))
    }

    /// Adds a statement; say what it must achieve on the answer.
    pub fn run(&mut self, statement: Statement, params: Vec<Value>) -> Pending<'_, (), E> {
        self.push(statement.0, params, None)
    }

    /// Adds a query (a write with `RETURNING`, or a read within the flight).
    pub fn ask<R: FromRow>(&mut self, query: &Query<R>, params: Vec<Value>) -> Pending<'_, R, E> {
        self.push(query.sql, params, Some(collected::<R>))
    }

    /// The same flight with its errors as another noun's.
    pub fn map_err<F>(self, map: impl Fn(E) -> F) -> WriteFlight<F> {
        let errors = self.errors.into_iter().map(|step| step.into_iter().map(&map).collect()).collect();
        WriteFlight { work: self.work, errors }
    }

    fn push<R>(
        &mut self,
        sql: &'static str,
        params: Vec<Value>,
        rows: Option<fn() -> Box<dyn Collect>>,
    ) -> Pending<'_, R, E> {
        self.work.steps.push(Step { sql, params, expects: Vec::new(), rows });
        self.errors.push(Vec::new());
        Pending { index: self.work.steps.len() - 1, flight: self, row: PhantomData }
    }
}

/// A statement just added to a write flight: what must it achieve?
pub struct Pending<'f, R, E> {
    flight: &'f mut WriteFlight<E>,
    index: usize,
    row: PhantomData<fn() -> R>,
}

impl<R, E> Pending<'_, R, E> {
    fn expect(self, expect: Expect, error: E) -> Self {
        if let (Some(step), Some(errors)) =
            (self.flight.work.steps.get_mut(self.index), self.flight.errors.get_mut(self.index))
        {
            step.expects.push(expect);
            errors.push(error);
        }
        self
    }

    /// It must affect exactly so many rows, or the flight is refused with `error`.
    pub fn affects(self, rows: u64, error: E) -> Self {
        self.expect(Expect::Affected(rows), error)
    }

    /// It must answer a row, or the flight is refused with `error`.
    pub fn or(self, error: E) -> Self {
        self.expect(Expect::Row, error)
    }

    /// It must not conflict on this named unique index, or the flight is refused with `error`.
    pub fn unique(self, index: &'static str, error: E) -> Self {
        self.expect(Expect::NoConflict(index), error)
    }

    /// Where its rows are found.
    #[must_use]
    pub fn slot(self) -> Slot<R> {
        Slot::new(self.index)
    }
}
