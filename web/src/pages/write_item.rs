//! Write something down, or change it.

use askama::Template;
use askama::filters::HtmlSafe;

use super::Frame;
use crate::components::Choice;
use crate::locale::{Key, Markup};

/// What is entered in a field.
#[derive(Clone, Debug)]
pub enum Input {
    /// A line.
    Line {
        /// What stands in it.
        value: String,
        /// A number.
        numeric: bool,
        /// Words that are offered.
        options: Option<Offered>,
    },
    /// Several lines.
    Area {
        /// What stands in them.
        value: String,
    },
    /// One of several, or none.
    Select {
        /// The several.
        choices: Vec<Choice>,
    },
    /// A time of day.
    Clock {
        /// `07:30`.
        value: String,
    },
    /// A date in its parts.
    Date {
        /// The day.
        day: String,
        /// The months.
        months: Vec<Choice>,
        /// The year.
        year: String,
        /// The time, where one is asked for.
        time: Option<String>,
        /// The date in words, where that will do.
        words: Option<String>,
    },
    /// Fields that belong together.
    Group {
        /// The fields.
        fields: Vec<FormField>,
    },
    /// The same several times.
    Rows {
        /// Each.
        rows: Vec<FormField>,
        /// What the button says that shows the form with one more, while there may be one.
        add: Option<String>,
    },
    /// Fields that belong together, several times.
    Groups(Groups),
}

/// Words that are offered for a field.
#[derive(Clone, Debug)]
pub struct Offered {
    /// The list's id in the page.
    pub list: String,
    /// The words; none where a field before this one has brought the same list.
    pub words: Vec<String>,
}

/// Groups of fields, each with its name and the button that takes it away.
#[derive(Clone, Debug, Default)]
pub struct Groups {
    /// Those that are there.
    pub all: Vec<Group>,
    /// The inputs that say which were taken away.
    pub gone: Vec<String>,
    /// That one was taken away just now.
    pub taken: Option<String>,
    /// What else is to be said: that no more fit in, or how many are not shown.
    pub hint: Option<String>,
    /// What the button says that shows the form with one more, while there may be one.
    pub add: Option<String>,
}

/// One of several groups.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its name in the form.
    pub name: String,
    /// "Address 1 of 2".
    pub legend: String,
    /// Its fields.
    pub fields: Vec<FormField>,
    /// That there is more in it.
    pub more: Option<String>,
    /// What the button says that takes it away, unless one must stay.
    pub remove: Option<String>,
}

/// What the parts of a date are called.
#[derive(Clone, Debug, Default)]
pub struct DateWords {
    /// "Day".
    pub day: String,
    /// "Month".
    pub month: String,
    /// "Year".
    pub year: String,
    /// "Time".
    pub time: String,
    /// "Or in words".
    pub words: String,
}

/// A field.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/form_field.html")]
pub struct FormField {
    /// Its name in the form.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// The unit of its number.
    pub unit: Option<String>,
    /// That it may stay empty, where that is to be said.
    pub optional: Option<String>,
    /// It must be filled in.
    pub required: bool,
    /// A line of help.
    pub hint: Option<String>,
    /// What is wrong.
    pub error: Option<String>,
    /// It was asked for just now.
    pub new: bool,
    /// What is entered.
    pub input: Input,
    /// What the parts of a date are called.
    pub words_of: DateWords,
}

impl HtmlSafe for FormField {}

impl FormField {
    /// What ties help and error to the input, and says whether it may stay empty.
    fn tied(&self) -> Markup {
        let required = if self.required { " aria-required=\"true\"" } else { "" };
        let new = if self.new { " autofocus" } else { "" };
        let invalid = if self.error.is_some() { " aria-invalid=\"true\"" } else { "" };
        let parts = [self.hint.as_ref().map(|_| "hint"), self.error.as_ref().map(|_| "error")];
        let ids: Vec<String> =
            parts.into_iter().flatten().map(|part| format!("{}-{part}", self.name)).collect();
        let described =
            if ids.is_empty() { String::new() } else { format!(" aria-describedby=\"{}\"", ids.join(" ")) };
        // Names are those of the catalogue: letters, digits, points and dashes.
        Markup::of(format!("{required}{invalid}{described}{new}"))
    }

    /// The fields in it.
    fn inside(&self) -> Vec<&Self> {
        match &self.input {
            Input::Group { fields } | Input::Rows { rows: fields, .. } => fields.iter().collect(),
            Input::Groups(groups) => groups.all.iter().flat_map(|group| &group.fields).collect(),
            _ => Vec::new(),
        }
    }

    /// Whether anything in it is wrong or new, so that it is to be seen.
    pub fn is_looked_for(&self) -> bool {
        let taken = matches!(&self.input, Input::Groups(groups) if groups.taken.is_some());
        self.error.is_some() || self.new || taken || self.inside().into_iter().any(Self::is_looked_for)
    }

    /// Whether a button in it asks for one more, or takes one away.
    fn may_grow(&self) -> bool {
        match &self.input {
            Input::Rows { add, .. } => add.is_some(),
            Input::Groups(_) => true,
            _ => self.inside().into_iter().any(Self::may_grow),
        }
    }

    /// Makes the first of these fields in which something is entered the one to begin with; whether there is one.
    pub fn begin_with_first(fields: &mut [Self]) -> bool {
        fields.iter_mut().any(|field| match &mut field.input {
            Input::Group { fields } | Input::Rows { rows: fields, .. } => Self::begin_with_first(fields),
            Input::Groups(groups) => {
                groups.all.iter_mut().any(|group| Self::begin_with_first(&mut group.fields))
            }
            _ => {
                field.new = true;
                true
            }
        })
    }
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "write_item.html")]
pub struct WriteItem {
    /// Around the page, with whose record.
    pub frame: Frame,
    /// What kind it is.
    pub kind: String,
    /// The name on the record.
    pub record_name: String,
    /// What is changed, in a line; none for something new.
    pub line: Option<String>,
    /// What everybody fills in.
    pub fields: Vec<FormField>,
    /// What some fill in.
    pub more: Vec<FormField>,
    /// That is open.
    pub more_open: bool,
    /// What goes along unseen.
    pub hidden: Vec<(&'static str, String)>,
    /// Something is wrong with a field.
    pub trouble: bool,
    /// Why it was not kept, if for another reason.
    pub refused: Option<Key>,
    /// What was entered for a version that is no longer the newest.
    pub entered: Vec<(String, String)>,
    /// How many fields this form cannot hold, which stay as they are.
    pub kept: u32,
    /// Where the form goes.
    pub post_to: String,
    /// Back to where it is seen.
    pub back_to: String,
}

impl WriteItem {
    /// Whether a button stands before the one that keeps what was entered.
    fn may_grow(&self) -> bool {
        self.fields.iter().chain(&self.more).any(FormField::may_grow)
    }

    fn heading(&self) -> String {
        match &self.line {
            Some(line) => self.frame.t.say_with("write-change", "what", line),
            None => self.kind.clone(),
        }
    }
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, WriteItem)> {
    let words_of = DateWords {
        day: "Day".into(),
        month: "Month".into(),
        year: "Year".into(),
        time: "Time".into(),
        words: "Or in words".into(),
    };
    let field = |name: &str, label: &str, input| FormField {
        name: name.into(),
        label: label.into(),
        unit: None,
        optional: None,
        required: true,
        hint: None,
        error: None,
        new: false,
        input,
        words_of: words_of.clone(),
    };
    let month =
        |value: &str, label: &str, chosen| Choice { value: value.into(), label: label.into(), chosen };
    let line = |value: &str, numeric| Input::Line { value: value.into(), numeric, options: None };
    let date = Input::Date {
        day: "17".into(),
        months: vec![month("5", "May", true), month("6", "June", false)],
        year: "2026".into(),
        time: Some("07:30".into()),
        words: Some(String::new()),
    };
    let person = vec![field("by.name", "Name", line("Dr Holm", false))];
    let clock = |value: &str| Input::Clock { value: value.into() };
    let cups = Input::Rows {
        rows: vec![
            field("caffeine.1", "Caffeine at", clock("08:00")),
            field("caffeine.2", "Caffeine at (2)", clock("")),
        ],
        add: Some("Add another: Caffeine at".into()),
    };
    let choice = Input::Select { choices: vec![month("a", "Fasting", true)] };
    let words = Offered { list: "reaction-list".into(), words: vec!["Hives".into(), "Rash".into()] };
    let offered = Input::Line { value: String::new(), numeric: false, options: Some(words) };
    let address = |number: u8| Group {
        name: format!("address.{number}"),
        legend: format!("Address {number} of 2"),
        fields: vec![field(&format!("address.{number}.city"), "City", line("Uppsala", false))],
        more: (number == 1).then(|| "There is more in it.".into()),
        remove: Some("Remove this one".into()),
    };
    let addresses = Input::Groups(Groups {
        all: vec![address(1), address(2)],
        gone: vec!["address.3_gone".into()],
        taken: Some("Address: taken away.".into()),
        hint: None,
        add: Some("Add another: Address".into()),
    });
    let full = Groups { hint: Some("No more fit into this form.".into()), ..Groups::default() };
    let optional =
        |field: FormField| FormField { optional: Some("if you like".into()), required: false, ..field };
    let fresh = WriteItem {
        frame: Frame::sample_record(),
        kind: "Weight".into(),
        record_name: "Anna Lindqvist".into(),
        line: None,
        fields: vec![
            field("when", "When", date),
            FormField { unit: Some("kg".into()), ..field("value", "Weight", line("71.5", true)) },
            optional(field("context", "Taken", choice)),
            optional(field("reaction", "Reaction", offered)),
        ],
        more: vec![
            field("note", "Note", Input::Area { value: "After a run".into() }),
            field("bed-time", "Bed time", clock("22:30")),
            field("caffeine", "Caffeine at", cups),
            field("by", "Given by", Input::Group { fields: person }),
            field("address", "Address", addresses),
            field("phone", "Phone", Input::Groups(full)),
        ],
        more_open: false,
        hidden: vec![("once", "1".into())],
        trouble: false,
        refused: None,
        entered: Vec::new(),
        kept: 0,
        post_to: "/records/1/add/1".into(),
        back_to: "/records/1/items/of/1".into(),
    };
    let mut wrong = WriteItem { trouble: true, more_open: true, ..fresh.clone() };
    for field in &mut wrong.fields {
        field.error = Some("There is no such day.".into());
    }
    let conflict = WriteItem {
        line: Some("71.5 kg".into()),
        entered: vec![("Weight".into(), "72".into())],
        kept: 2,
        refused: Some(Key("write-refused")),
        ..fresh.clone()
    };
    vec![("new", fresh), ("wrong", wrong), ("conflict", conflict)]
}
