//! The fields of a form for a thing, as a page shows them.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use crate::components::Choice;
use crate::forms::{Code, Field, Form, Values, Widget, Wrong, Wrongs, gone_input};
use crate::labels;
use crate::locale::{Key, Texts};
use crate::pages::write_item::{DateWords, FormField, Group, Groups, Input, Offered};

/// So many optional fields stand with those that must be filled in; the rest is folded.
const OPTIONAL: usize = 5;

/// What was asked for just now without anything being kept: the names of fields that stand several times.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// It was asked for one more.
    pub more_of: String,
    /// One of these was taken away.
    pub less_of: String,
}

/// The fields of a page: those that everybody fills in, and those that some do.
pub fn fields(
    form: &Form,
    values: &Values,
    wrongs: &Wrongs,
    asked: &Asked,
    t: &Texts,
) -> (Vec<FormField>, Vec<FormField>) {
    let see =
        Seen { root: form.kind.root, values, wrongs, asked, room: form.room(), lists: RefCell::default(), t };
    let (mut first, mut more) = (Vec::new(), Vec::new());
    let mut optional = 0;
    for field in &form.fields {
        let is_group = matches!(field.widget, Widget::Group { .. } | Widget::Rows { .. });
        optional += usize::from(!field.required && !is_group);
        let has_room = !is_group && optional <= OPTIONAL;
        if field.required || has_room { &mut first } else { &mut more }.push(see.field(field, true));
    }
    more.push(FormField {
        optional: Some(t.say("write-optional")),
        ..see.blank("common.note", &t.say("write-note"), Input::Area { value: see.given("common.note") })
    });
    (first, more)
}

struct Seen<'s> {
    root: &'static str,
    values: &'s Values,
    wrongs: &'s Wrongs,
    asked: &'s Asked,
    /// How much more fits into the page.
    room: usize,
    /// The lists of words that stand in the page, with their ids.
    lists: RefCell<HashMap<Arc<[Code]>, String>>,
    t: &'s Texts,
}

impl Seen<'_> {
    fn given(&self, name: &str) -> String {
        self.values.get(name).cloned().unwrap_or_default()
    }

    fn blank(&self, name: &str, label: &str, input: Input) -> FormField {
        let t = self.t;
        FormField {
            name: name.to_owned(),
            label: label.to_owned(),
            unit: None,
            optional: None,
            required: false,
            hint: None,
            error: self.wrongs.get(name).map(|wrong| said(wrong, t)),
            new: false,
            input,
            words_of: DateWords {
                day: t.say("date-day"),
                month: t.say("date-month"),
                year: t.say("date-year"),
                time: t.say("date-time"),
                words: t.say("date-words"),
            },
        }
    }

    /// `needed`: what is around it must be filled in.
    fn field(&self, field: &Field, needed: bool) -> FormField {
        let (unit, hint) = match &field.widget {
            Widget::Number { unit, .. } | Widget::Measure { unit, .. } => {
                (Some(labels::unit(unit, self.t).into_owned()).filter(|unit| !unit.is_empty()), None)
            }
            Widget::Date(dating) if !dating.needs_day() => (None, Some(self.t.say("date-as-far"))),
            Widget::Coded { closed: false, codes } if !codes.is_empty() => {
                (None, Some(self.t.say("write-offered")))
            }
            Widget::Rows { rows, .. } if rows.len() > 1 => (None, Some(self.hint_of_rows(field))),
            _ => (None, None),
        };
        let optional = (!field.required && !matches!(field.widget, Widget::Group { .. } | Widget::Groups(_)))
            .then(|| self.t.say("write-optional"));
        let required = field.required && needed;
        let input = self.input(field, required);
        let label = labels::label(&field.label, self.root, self.t).0;
        FormField { unit, hint, optional, required, ..self.blank(&field.name, &label, input) }
    }

    /// The rows of a field: the first is called as the field is, the others have their number.
    fn rows(&self, field: &Field, rows: &[Field], required: bool) -> Input {
        let label = labels::label(&field.label, self.root, self.t).0;
        let is_new = |nth: usize| field.name == self.asked.more_of && nth + 1 == rows.len();
        let row = |(nth, row): (usize, &Field)| {
            let shown = FormField { new: is_new(nth), ..self.field(row, false) };
            match nth {
                0 => FormField { required, optional: shown.optional.filter(|_| !field.required), ..shown },
                nth => FormField {
                    label: self.t.say_two("write-row", "label", &label, "number", nth + 1),
                    ..shown
                },
            }
        };
        Input::Rows {
            add: field.may_grow(self.room).then(|| self.t.say_with("write-add-row", "label", &label)),
            rows: rows.iter().enumerate().map(row).collect(),
        }
    }

    fn hint_of_rows(&self, field: &Field) -> String {
        let hint = self.t.say("write-rows");
        match field.may_grow(self.room) {
            true => hint,
            false => format!("{hint} {}", self.t.say("write-full")),
        }
    }

    /// What one of several is called: "Result", where all of them are "Results".
    fn called(&self, field: &Field) -> String {
        let one = self.t.say_if_known(format!("write-one-{}", field.element()));
        one.unwrap_or_else(|| labels::label(&field.label, self.root, self.t).0.into_owned())
    }

    /// Groups of fields, each with its number among those that are there.
    fn groups(&self, field: &Field, groups: &crate::forms::Groups, required: bool) -> Groups {
        let (t, label, count) = (self.t, self.called(field), groups.count());
        let gone = groups.all.iter().filter(|one| one.gone).map(|one| gone_input(&one.field.name));
        let may_grow = field.may_grow(self.room);
        let mut all = Vec::new();
        for (nth, one) in groups.alive().enumerate() {
            let inside = match &one.field.widget {
                Widget::Group { fields, .. } => &fields[..],
                _ => &[],
            };
            let needed = required && one.field.required;
            let mut fields: Vec<_> = inside.iter().map(|inside| self.field(inside, needed)).collect();
            if field.name == self.asked.more_of && nth + 1 == groups.alive().count() {
                FormField::begin_with_first(&mut fields);
            }
            all.push(Group {
                name: one.field.name.clone(),
                legend: match count {
                    1 => label.clone(),
                    count => t.say_all(
                        "write-group",
                        &[("label", &label), ("number", &(nth + 1)), ("count", &count)],
                    ),
                },
                fields,
                more: one.more.then(|| t.say("write-group-more")),
                remove: (!required || count > 1).then(|| t.say("write-remove-row")),
            });
        }
        let unseen = u32::try_from(groups.unseen()).unwrap_or(u32::MAX);
        let hint = match unseen {
            0 => (!may_grow).then(|| t.say("write-full")),
            unseen => Some(t.say_count("write-rest", unseen)),
        };
        let add = if all.is_empty() { Key("write-add-first") } else { Key("write-add-row") };
        Groups {
            add: may_grow.then(|| t.say_with(add, "label", &label)),
            taken: (field.name == self.asked.less_of).then(|| t.say_with("write-taken", "label", &label)),
            hint,
            gone: gone.collect(),
            all,
        }
    }

    /// Words that are offered; a list that many fields share stands in the page once.
    fn offered(&self, field: &Field, codes: &Arc<[Code]>) -> Option<Offered> {
        if codes.is_empty() {
            return None;
        }
        let mut lists = self.lists.borrow_mut();
        if let Some(list) = lists.get(codes) {
            return Some(Offered { list: list.clone(), words: Vec::new() });
        }
        let list = format!("{}-list", field.name);
        lists.insert(codes.clone(), list.clone());
        Some(Offered { list, words: codes.iter().map(|code| code.text.clone()).collect() })
    }

    fn input(&self, field: &Field, required: bool) -> Input {
        let value = self.given(&field.name);
        match &field.widget {
            Widget::Line { long: true, .. } => Input::Area { value },
            Widget::Line { .. } | Widget::Amount => Input::Line { value, numeric: false, options: None },
            Widget::Number { .. } | Widget::Measure { .. } => {
                Input::Line { value, numeric: true, options: None }
            }
            Widget::Choice(options) => {
                // Words of a vocabulary are in the reader's language already.
                let label = |(kept, label): &(String, String)| match kept == label {
                    true => (kept.clone(), labels::value(label, self.t).into_owned()),
                    false => (kept.clone(), label.clone()),
                };
                Input::Select { choices: choices(options.iter().map(label), &value) }
            }
            Widget::Flag => {
                let answers = [("true", "field-yes"), ("false", "field-no")];
                Input::Select {
                    choices: choices(
                        answers.into_iter().map(|(value, key)| (value.to_owned(), self.t.say(key))),
                        &value,
                    ),
                }
            }
            Widget::Time => Input::Clock { value },
            Widget::Coded { codes, closed: false } => {
                Input::Line { value, numeric: false, options: self.offered(field, codes) }
            }
            Widget::Coded { codes, closed: true } | Widget::Code { codes } => {
                let words = codes.iter().map(|code| (code.text.clone(), code.text.clone()));
                Input::Select { choices: choices(words, &value) }
            }
            Widget::Date(dating) => {
                let part = |part: &str| self.given(&format!("{}{part}", field.name));
                let month = |number: usize| (number.to_string(), self.t.month_name(number));
                Input::Date {
                    day: part("_d"),
                    months: choices((1..=12).map(month), &part("_m")),
                    year: part("_y"),
                    time: dating.has_time().then(|| part("_t")),
                    words: (*dating == crate::forms::Dating::ApproxOrWords).then(|| part("_w")),
                }
            }
            Widget::Rows { rows, .. } => self.rows(field, rows, required),
            Widget::Groups(groups) => Input::Groups(self.groups(field, groups, required)),
            Widget::Group { fields, .. } => {
                Input::Group { fields: fields.iter().map(|inside| self.field(inside, required)).collect() }
            }
        }
    }
}

/// Choices, with what is chosen also where it is none of them.
fn choices(options: impl Iterator<Item = (String, String)>, value: &str) -> Vec<Choice> {
    let mut choices: Vec<Choice> =
        options.map(|(each, label)| Choice { chosen: each == value, value: each, label }).collect();
    if !value.is_empty() && !choices.iter().any(|choice| choice.chosen) {
        choices.push(Choice { value: value.to_owned(), label: value.to_owned(), chosen: true });
    }
    choices
}

/// What is wrong, in words.
fn said(wrong: &Wrong, t: &Texts) -> String {
    match wrong {
        Wrong::Plain(trouble) => t.say(trouble.key()),
        Wrong::NotANumber => t.say("wrong-number"),
        Wrong::NotWhole => t.say("wrong-whole"),
        Wrong::TooSmall(least) => t.say_with("wrong-small", "least", least),
        Wrong::TooLarge(most) => t.say_with("wrong-large", "most", most),
        Wrong::NotADay => t.say("wrong-day"),
        Wrong::NotATime => t.say("wrong-time"),
        Wrong::NotFitting => t.say("wrong-fitting"),
    }
}

#[cfg(test)]
mod tests;
