//! What stands several times in a thing: a row each, named by its number, from 1.

use super::{Field, Form, Widget};

/// The most rows of a form.
pub const MOST: usize = 50;

/// The name of a row: elements have no names that begin with a digit.
pub fn name(of: &str, number: usize) -> String {
    format!("{of}.{number}")
}

impl Field {
    /// Another row after those that are there, unless there may be no more.
    pub(super) fn with_row(mut self) -> Self {
        let before = self.name.clone();
        if let Widget::Rows { rows, most } = &mut self.widget
            && rows.len() < *most
            && let Some(first) = rows.first().cloned()
        {
            rows.push(Self { name: name(&before, rows.len() + 1), ..first });
        }
        self
    }

    /// With as many rows as `is_given` knows inputs of.
    fn grown(mut self, is_given: &dyn Fn(&str) -> bool) -> Self {
        match &mut self.widget {
            Widget::Group { fields, .. } => {
                *fields = std::mem::take(fields).into_iter().map(|field| field.grown(is_given)).collect();
                self
            }
            Widget::Rows { .. } => loop {
                let more = self.clone().with_row();
                let (before, after) = (self.inputs(), more.inputs());
                let is_new = |input: &String| !before.contains(input) && is_given(input);
                if !after.iter().any(is_new) {
                    return self;
                }
                self = more;
            },
            _ => self,
        }
    }

    fn with_row_of(self, name: &str) -> Self {
        if self.name == name {
            return self.with_row();
        }
        match self.widget {
            Widget::Group { fields, order } => {
                let fields = fields.into_iter().map(|field| field.with_row_of(name)).collect();
                Self { widget: Widget::Group { fields, order }, ..self }
            }
            _ => self,
        }
    }
}

impl Form {
    /// The form with the rows that were sent.
    #[must_use]
    pub fn grown(self, is_given: &dyn Fn(&str) -> bool) -> Self {
        let fields = self.fields.into_iter().map(|field| field.grown(is_given)).collect();
        Self { fields, ..self }
    }

    /// The form with another row of the field with this name.
    #[must_use]
    pub fn with_row_of(self, name: &str) -> Self {
        let fields = self.fields.into_iter().map(|field| field.with_row_of(name)).collect();
        Self { fields, ..self }
    }

    /// How many inputs of the whole form this one has not.
    #[must_use]
    pub fn lacks(&self, whole: &Self) -> usize {
        let own = self.inputs();
        whole.inputs().iter().filter(|input| !own.contains(input)).count()
    }
}
