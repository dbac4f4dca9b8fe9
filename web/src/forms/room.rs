//! How much of a page a form takes. A page has at most 100 KB, so what stands several times has a bound.

use std::collections::BTreeSet;

use super::{Code, Field, Form, Groups, Widget};

/// What all fields of a page may weigh together. Weights are some bytes too high, so this leaves room for what is around
/// the fields, for what is typed into them and for what is said of errors.
pub(super) const MOST: usize = 100_000;

impl Field {
    /// About how many bytes of a page it takes when it is empty, in the language that needs most. What lists of
    /// words take is not counted: they stand in a page once.
    pub(super) fn weight(&self) -> usize {
        let name = self.name.len();
        let label = 2 * self.label.len();
        let line = 220 + 3 * name + label;
        match &self.widget {
            Widget::Line { .. } | Widget::Amount | Widget::Time => line,
            Widget::Number { .. } | Widget::Measure { .. } => line + 40,
            Widget::Flag => line + 110,
            Widget::Choice(options) => {
                line + options.iter().map(|(value, text)| value.len() + 2 * text.len() + 40).sum::<usize>()
            }
            Widget::Coded { closed: true, codes } | Widget::Code { codes } => {
                line + codes.iter().map(|code| 2 * code.text.len() + 40).sum::<usize>()
            }
            Widget::Coded { closed: false, codes } if codes.is_empty() => line,
            Widget::Coded { .. } => line + 220 + 3 * name,
            Widget::Date(dating) => {
                let time = if dating.has_time() { 140 + 3 * name } else { 0 };
                let words = if *dating == super::Dating::ApproxOrWords { 190 + 3 * name } else { 0 };
                1_650 + 10 * name + label + time + words
            }
            Widget::Group { fields, .. } => 80 + label + fields.iter().map(Self::weight).sum::<usize>(),
            Widget::Rows { rows, .. } => 130 + name + label + rows.iter().map(Self::weight).sum::<usize>(),
            Widget::Groups(groups) => {
                let each = groups.alive().map(|one| around_one(&one.field) + one.field.weight());
                150 + 2 * name + label + each.sum::<usize>()
            }
        }
    }

    /// The lists of words in it and in what can be added to it.
    fn lists<'f>(&'f self, found: &mut BTreeSet<Vec<&'f str>>) {
        match &self.widget {
            Widget::Coded { closed: false, codes } => {
                found.insert(codes.iter().map(|code: &Code| code.text.as_str()).collect());
            }
            Widget::Group { fields, .. } => fields.iter().for_each(|field| field.lists(found)),
            Widget::Rows { rows, .. } => rows.iter().for_each(|row| row.lists(found)),
            Widget::Groups(groups) => groups.blank.lists(found),
            _ => {}
        }
    }
}

/// What stands around the fields of one of several groups: its name, and the button that takes it away.
fn around_one(field: &Field) -> usize {
    300 + 4 * field.name.len() + 4 * field.label.len()
}

impl Groups {
    /// What one more takes.
    pub(super) fn next_weight(&self) -> usize {
        around_one(&self.blank) + self.blank.weight()
    }
}

impl Form {
    /// How much more fits into the form.
    #[must_use]
    pub fn room(&self) -> usize {
        let mut lists = BTreeSet::new();
        self.fields.iter().for_each(|field| field.lists(&mut lists));
        let words = lists.iter().flatten().map(|word| 2 * word.len() + 28).sum::<usize>();
        let fields = self.fields.iter().map(Field::weight).sum::<usize>();
        MOST.saturating_sub(words + fields)
    }
}
