//! Groups of fields that stand several times in a thing. Each has its number, from 1, which goes before the names
//! of the fields in it: `address.2.city`.
//!
//! A number belongs to one group of the thing for as long as the form is open. So a group that the thing has and
//! that is taken away leaves its number empty and a mark; those after one that the thing has not move up.

use super::{Field, Form, Values, Widget, rows};

/// The most groups of one sort in a form.
pub const MOST: usize = 20;

/// Fields that belong together, several times.
#[derive(Clone, Debug)]
pub struct Groups {
    /// Those in the form, each at the place of its number: first those of the thing.
    pub all: Vec<One>,
    /// What one more is like, under the name of all of them.
    pub(super) blank: Box<Field>,
    /// The most that there may be.
    pub most: usize,
    /// How many the thing has. Those that the form has no room for come after those in it.
    pub stored: usize,
}

/// One of them.
#[derive(Clone, Debug)]
pub struct One {
    /// Its fields, as a [`Widget::Group`].
    pub field: Field,
    /// It was taken away.
    pub gone: bool,
    /// There is more in it than its fields show.
    pub more: bool,
}

/// The name of the input that says that a group was taken away. No element begins with a digit, so no field has
/// such a name.
#[must_use]
pub fn gone_input(group: &str) -> String {
    format!("{group}_gone")
}

/// Whether an input says that a group was taken away.
#[must_use]
pub fn is_mark(input: &str) -> bool {
    input.ends_with("_gone")
}

impl Groups {
    /// None yet, or an empty one to begin with.
    pub(super) fn of(blank: &Field, most: Option<u32>, begun: bool) -> Self {
        let most = most.and_then(|most| usize::try_from(most).ok()).unwrap_or(MOST).min(MOST);
        let mut groups = Self { all: Vec::new(), blank: Box::new(blank.clone()), most, stored: 0 };
        if begun {
            let mut one = groups.next();
            one.field.required = blank.required;
            groups.all.push(one);
        }
        groups
    }

    /// Those that were not taken away.
    pub fn alive(&self) -> impl Iterator<Item = &One> {
        self.all.iter().filter(|one| !one.gone)
    }

    /// How many there would be in the thing, if none stayed empty.
    #[must_use]
    pub fn count(&self) -> usize {
        self.alive().count() + self.unseen()
    }

    /// How many the thing has that the form has no room for.
    #[must_use]
    pub fn unseen(&self) -> usize {
        self.stored.saturating_sub(self.all.len())
    }

    /// Whether there may be one more in a form with so much room.
    #[must_use]
    pub fn may_grow(&self, room: usize) -> bool {
        self.unseen() == 0
            && self.count() < self.most
            && self.all.len() < 2 * MOST
            && self.next_weight() <= room
    }

    pub(super) fn inputs(&self) -> Vec<String> {
        let of = |one: &One| match one.gone {
            true => vec![gone_input(&one.field.name)],
            false => one.field.inputs(),
        };
        self.all.iter().flat_map(of).collect()
    }

    /// The one after those that are there, empty.
    pub(super) fn next(&self) -> One {
        let name = rows::name(&self.blank.name, self.all.len() + 1);
        let field = Field { required: false, ..self.blank.moved(&self.blank.name, &name) };
        One { field, gone: false, more: false }
    }

    fn moved(&self, from: &str, to: &str) -> Self {
        let all = self.all.iter().map(|one| One {
            field: one.field.moved(from, to),
            gone: one.gone,
            more: one.more,
        });
        Self { all: all.collect(), blank: Box::new(self.blank.moved(from, to)), ..*self }
    }

    /// With those that were sent, as far as there is room.
    pub(super) fn grow(&mut self, sent: &Values, room: &mut usize) {
        while self.may_grow(*room) && is_sent(sent, &rows::name(&self.blank.name, self.all.len() + 1)) {
            *room -= self.next_weight();
            self.all.push(self.next());
        }
        self.all.iter_mut().filter(|one| !one.gone).for_each(|one| one.field.grow(sent, room));
    }
}

impl Field {
    /// The same under another name.
    pub(super) fn moved(&self, from: &str, to: &str) -> Self {
        let inside = |fields: &[Self]| fields.iter().map(|field| field.moved(from, to)).collect();
        let widget = match &self.widget {
            Widget::Group { fields, order } => Widget::Group { fields: inside(fields), order: order.clone() },
            Widget::Rows { rows, most } => Widget::Rows { rows: inside(rows), most: *most },
            Widget::Groups(groups) => Widget::Groups(groups.moved(from, to)),
            other => other.clone(),
        };
        let name =
            self.name.strip_prefix(from).map_or_else(|| self.name.clone(), |rest| format!("{to}{rest}"));
        Self { name, widget, label: self.label.clone(), ..*self }
    }

    /// Marks the groups that were taken away: of those that the thing has, for others leave nothing.
    pub(super) fn mark_gone(&mut self, sent: &Values) {
        match &mut self.widget {
            Widget::Group { fields, .. } => fields.iter_mut().for_each(|field| field.mark_gone(sent)),
            Widget::Groups(groups) => {
                for one in groups.all.iter_mut().take(groups.stored) {
                    one.gone = sent.get(&gone_input(&one.field.name)).is_some_and(|mark| mark == "true");
                    one.field.mark_gone(sent);
                }
            }
            _ => {}
        }
    }

    /// Whether a group in it was taken away.
    pub(super) fn has_gone(&self) -> bool {
        match &self.widget {
            Widget::Group { fields, .. } => fields.iter().any(Self::has_gone),
            Widget::Groups(groups) => groups.all.iter().any(|one| one.gone || one.field.has_gone()),
            _ => false,
        }
    }

    /// The groups of which this is the name of one, and its number.
    fn groups_of(&self, one: &str) -> Option<(&Groups, usize)> {
        match &self.widget {
            Widget::Group { fields, .. } => fields.iter().find_map(|field| field.groups_of(one)),
            Widget::Groups(groups) => {
                let place = groups.all.iter().position(|known| !known.gone && known.field.name == one);
                place
                    .map(|place| (groups, place + 1))
                    .or_else(|| groups.alive().find_map(|known| known.field.groups_of(one)))
            }
            _ => None,
        }
    }
}

impl Form {
    /// What was sent, without the group of this name; and of which groups it was one. Nothing changes where the
    /// form has no such group.
    pub fn take_away(&self, one: &str, sent: &mut Values) -> Option<String> {
        let (groups, number) = self.fields.iter().find_map(|field| field.groups_of(one))?;
        let of = &groups.blank.name;
        for input in inputs_within(sent, one) {
            sent.remove(&input);
        }
        if number <= groups.stored {
            sent.insert(gone_input(one), "true".to_owned());
            return Some(of.clone());
        }
        for number in number + 1..=groups.all.len() {
            let (from, to) = (rows::name(of, number), rows::name(of, number - 1));
            for input in inputs_within(sent, &from) {
                if let Some(value) = sent.remove(&input) {
                    sent.insert(format!("{to}{}", &input[from.len()..]), value);
                }
            }
        }
        Some(of.clone())
    }
}

/// Whether any field of a group of this name was sent.
fn is_sent(sent: &Values, group: &str) -> bool {
    let begin = format!("{group}.");
    sent.range(begin.clone()..).next().is_some_and(|(input, _)| input.starts_with(&begin))
}

fn inputs_within(sent: &Values, group: &str) -> Vec<String> {
    let begin = format!("{group}.");
    sent.range(begin.clone()..)
        .map(|(input, _)| input)
        .take_while(|input| input.starts_with(&begin))
        .cloned()
        .collect()
}
