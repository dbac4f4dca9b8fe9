//! Forms for things, which the catalogue drives: what can be entered, how it is read from a thing, and how it
//! is written into one. Pure.
//!
//! A form holds what it can show and leaves everything else alone: an element is written only where what was
//! entered differs from what was shown, and all other bytes of the thing stay as they were. What belongs to a
//! value goes with it: who enters another name for an allergy no longer means the code of the old one.

mod dates;
mod groups;
mod room;
mod rows;
mod shape;
mod splice;
mod text;
mod widget;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use keepwell_core::thing_types::{Simple, ThingType};

pub use groups::{Groups, One, gone_input, is_mark};
pub use shape::{Lists, form_for};
pub use splice::{edit, make, values_of};

use crate::components::Trouble;
use crate::units::Scale;

/// What was entered, by the names of inputs.
pub type Values = BTreeMap<String, String>;

/// What is wrong with it, by the names of fields.
pub type Wrongs = HashMap<String, Wrong>;

/// What is wrong with one field.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Wrong {
    /// As with any form.
    Plain(Trouble),
    /// Not a number.
    NotANumber,
    /// A number with a fraction where none may be.
    NotWhole,
    /// Less than this.
    TooSmall(String),
    /// More than this.
    TooLarge(String),
    /// No such day.
    NotADay,
    /// No such time.
    NotATime,
    /// The text is not as it has to be.
    NotFitting,
}

/// A form for things of one kind.
#[derive(Clone, Debug)]
pub struct Form {
    /// The kind.
    pub kind: &'static ThingType,
    /// What can be entered.
    pub fields: Vec<Field>,
    /// The names of all elements of the root, in their order.
    order: Vec<&'static str>,
}

/// One field of a form.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name, unlike any other's in the form.
    pub name: String,
    /// What it is called in English.
    pub label: String,
    /// It must be filled in where what is around it is.
    pub required: bool,
    /// What is entered.
    pub widget: Widget,
    /// The element that it is.
    element: &'static str,
}

/// What is entered in a field.
#[derive(Clone, Debug)]
pub enum Widget {
    /// Text.
    Line {
        /// What narrows it.
        simple: &'static Simple,
        /// It may have several lines.
        long: bool,
    },
    /// One of these: what is written, and what people read.
    Choice(Vec<(String, String)>),
    /// A number.
    Number {
        /// What narrows it, in the unit in which it is kept.
        simple: &'static Simple,
        /// From there to the unit in which it is entered.
        scale: Option<Scale>,
        /// That unit.
        unit: String,
    },
    /// A quantity, kept in a fixed unit beside what was typed.
    Measure {
        /// The element of the fixed unit.
        inner: &'static str,
        /// What narrows it there.
        simple: &'static Simple,
        /// To the unit in which it is entered.
        scale: Option<Scale>,
        /// That unit.
        unit: String,
        /// The same as it stands in a thing.
        written: String,
    },
    /// Yes or no.
    Flag,
    /// A date.
    Date(Dating),
    /// A time of day.
    Time,
    /// Words, for which there may be a code.
    Coded {
        /// Words that have one.
        codes: Arc<[Code]>,
        /// Nothing else is meant to be entered.
        closed: bool,
    },
    /// One of a list, kept as its code alone.
    Code {
        /// The list.
        codes: Arc<[Code]>,
    },
    /// Words for an amount.
    Amount,
    /// Fields that belong together.
    Group {
        /// The fields.
        fields: Vec<Field>,
        /// The names of all elements in it, in their order.
        order: Vec<&'static str>,
    },
    /// The same several times. A row that is left empty is none.
    Rows {
        /// At least one; each may stay empty.
        rows: Vec<Field>,
        /// The most that there may be.
        most: usize,
    },
    /// Fields that belong together, several times.
    Groups(Groups),
}

/// How a date is kept.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Dating {
    /// A day.
    Day,
    /// A year, with a month and a day if they are known.
    Approx,
    /// A day, with a time if it is known.
    DayAndTime,
    /// The same, but less may be known of the day.
    ApproxAndTime,
    /// The same, or words.
    ApproxOrWords,
}

/// Words with their code.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Code {
    /// What people read.
    pub text: String,
    value: String,
    family: String,
    list: String,
    version: String,
}

impl Field {
    /// The names of its inputs, those of fields in it included.
    #[must_use]
    pub fn inputs(&self) -> Vec<String> {
        match &self.widget {
            Widget::Date(_) => dates::PARTS.iter().map(|part| format!("{}{part}", self.name)).collect(),
            Widget::Group { fields, .. } => fields.iter().flat_map(Self::inputs).collect(),
            Widget::Rows { rows, .. } => rows.iter().flat_map(Self::inputs).collect(),
            Widget::Groups(groups) => groups.inputs(),
            _ => vec![self.name.clone()],
        }
    }

    /// The name of the element that it is.
    #[must_use]
    pub fn element(&self) -> &'static str {
        self.element
    }

    /// The input at which is said what is wrong with all of it.
    fn said_at(&self) -> String {
        match &self.widget {
            Widget::Rows { rows, .. } => rows.first().map_or(&self.name, |row| &row.name).clone(),
            _ => self.name.clone(),
        }
    }

    fn is_blank(&self, values: &Values) -> bool {
        match &self.widget {
            Widget::Group { fields, .. } => fields.iter().all(|field| field.is_blank(values)),
            // What was taken away is nothing that was entered.
            Widget::Groups(groups) => groups.alive().all(|one| one.field.is_blank(values)),
            _ => self.inputs().iter().all(|input| given(values, input).is_empty()),
        }
    }
}

impl Form {
    /// The names of all inputs.
    #[must_use]
    pub fn inputs(&self) -> Vec<String> {
        self.fields.iter().flat_map(Field::inputs).collect()
    }
}

fn given<'v>(values: &'v Values, name: &str) -> &'v str {
    values.get(name).map_or("", |value| value.trim())
}

#[cfg(test)]
mod group_tests;
#[cfg(test)]
mod tests;
