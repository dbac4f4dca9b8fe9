//! What stands several times in a thing: a row each, named by its number, from 1.

use super::{Field, Form, Values, Widget};

/// The most rows of a form.
pub const MOST: usize = 50;

/// The name of a row: elements have no names that begin with a digit.
pub fn name(of: &str, number: usize) -> String {
    format!("{of}.{number}")
}

impl Field {
    /// Another row after those that are there, unless there may be no more.
    pub(super) fn with_row(mut self) -> Self {
        self.add_row(usize::MAX);
        self
    }

    fn next_row(&self) -> Option<Self> {
        let Widget::Rows { rows, most } = &self.widget else { return None };
        let first = rows.first().filter(|_| rows.len() < *most)?.clone();
        Some(Self { name: name(&self.name, rows.len() + 1), ..first })
    }

    /// Whether there may be one more row or group in a form with so much room.
    #[must_use]
    pub fn may_grow(&self, room: usize) -> bool {
        match &self.widget {
            Widget::Groups(groups) => groups.may_grow(room),
            _ => self.next_row().is_some_and(|row| row.weight() <= room),
        }
    }

    /// Another row or group, if there may be one and there is room.
    fn add_row(&mut self, room: usize) {
        if !self.may_grow(room) {
            return;
        }
        let row = self.next_row();
        match (&mut self.widget, row) {
            (Widget::Rows { rows, .. }, Some(row)) => rows.push(row),
            (Widget::Groups(groups), _) => {
                let next = groups.next();
                groups.all.push(next);
            }
            _ => {}
        }
    }

    /// With as many rows and groups as were sent, as far as there is room.
    pub(super) fn grow(&mut self, sent: &Values, room: &mut usize) {
        match &mut self.widget {
            Widget::Group { fields, .. } => fields.iter_mut().for_each(|field| field.grow(sent, room)),
            Widget::Groups(groups) => groups.grow(sent, room),
            Widget::Rows { .. } => {
                while let Some(row) = self.next_row() {
                    let is_sent = row.inputs().iter().any(|input| sent.contains_key(input));
                    if !is_sent || row.weight() > *room {
                        break;
                    }
                    self.add_row(*room);
                    *room -= row.weight();
                }
            }
            _ => {}
        }
    }

    fn add_row_of(&mut self, name: &str, room: usize) {
        if self.name == name {
            self.add_row(room);
            return;
        }
        match &mut self.widget {
            Widget::Group { fields, .. } => fields.iter_mut().for_each(|field| field.add_row_of(name, room)),
            Widget::Groups(groups) => groups.all.iter_mut().for_each(|one| one.field.add_row_of(name, room)),
            _ => {}
        }
    }
}

impl Form {
    /// The form with the rows that were sent.
    #[must_use]
    pub fn grown(mut self, sent: &Values) -> Self {
        // What was taken away makes room, wherever in the form it was.
        self.fields.iter_mut().for_each(|field| field.mark_gone(sent));
        let mut room = self.room();
        self.fields.iter_mut().for_each(|field| field.grow(sent, &mut room));
        self
    }

    /// The form with another row of the field with this name, if there is room.
    #[must_use]
    pub fn with_row_of(mut self, name: &str) -> Self {
        let room = self.room();
        self.fields.iter_mut().for_each(|field| field.add_row_of(name, room));
        self
    }

    /// How many fields of the whole form this one has not.
    #[must_use]
    pub fn lacks(&self, whole: &Self) -> usize {
        lacking(&self.fields, &whole.fields)
    }
}

/// A field that stands several times counts once; what a group of it lacks is said in the group.
fn lacking(own: &[Field], whole: &[Field]) -> usize {
    let of = |field: &Field| match (own.iter().find(|known| known.name == field.name), &field.widget) {
        (None, Widget::Rows { .. } | Widget::Groups(_)) => 1,
        (None, _) => field.inputs().len(),
        (Some(Field { widget: Widget::Group { fields: own, .. }, .. }), Widget::Group { fields, .. }) => {
            lacking(own, fields)
        }
        (Some(_), _) => 0,
    };
    whole.iter().map(of).sum()
}
