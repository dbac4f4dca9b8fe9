//! Make a record: for oneself, or for someone one looks after.

use askama::Template;

use super::{App, Frame};
use crate::components::{Field, Trouble};
use crate::locale::Key;

/// Who the record is about, seen from the person who makes it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum About {
    /// The person's own.
    Yourself,
    /// A daughter or son.
    Child,
    /// A mother or father.
    Parent,
    /// A husband, wife or partner.
    Partner,
    /// Another relative.
    Relative,
    /// Anyone else.
    Other,
}

/// All of them, in the order of the page.
pub const ABOUT: [About; 6] =
    [About::Yourself, About::Child, About::Parent, About::Partner, About::Relative, About::Other];

impl About {
    /// What the form sends as `about`.
    pub fn value(self) -> &'static str {
        match self {
            Self::Yourself => "yourself",
            Self::Child => "child",
            Self::Parent => "parent",
            Self::Partner => "partner",
            Self::Relative => "relative",
            Self::Other => "other",
        }
    }

    /// What a form sent.
    pub fn parse(value: &str) -> Option<Self> {
        ABOUT.into_iter().find(|about| about.value() == value)
    }

    /// The relationship's number on the wire.
    pub fn relationship(self) -> i32 {
        match self {
            Self::Yourself => 1,
            Self::Other => 2,
            Self::Partner => 3,
            Self::Child => 5,
            Self::Parent => 8,
            Self::Relative => 10,
        }
    }

    /// What it is called.
    pub fn key(self) -> Key {
        match self {
            Self::Yourself => Key("about-yourself"),
            Self::Child => Key("about-child"),
            Self::Parent => Key("about-parent"),
            Self::Partner => Key("about-partner"),
            Self::Relative => Key("about-relative"),
            Self::Other => Key("about-other"),
        }
    }
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "create_record.html")]
pub struct CreateRecord {
    /// Around the page.
    pub frame: Frame,
    /// Where the form goes: `about`, `name`.
    pub post_to: String,
    /// Who sent the person.
    pub app: Option<App>,
    /// What was chosen.
    pub about: Option<About>,
    /// What is wrong with the choice.
    pub about_trouble: Option<Trouble>,
    /// The name that was entered.
    pub name: String,
    /// What is wrong with the name.
    pub name_trouble: Option<Trouble>,
    /// Where to go without making one.
    pub back_to: String,
}

impl CreateRecord {
    fn name_field(&self) -> Field {
        let t = &self.frame.t;
        Field::text("name", t.say("create-record-name"), &self.name)
            .filled_as("off")
            .longest(100)
            .hint(t.say("create-record-name-hint"))
            .error(t, self.name_trouble)
    }

    fn is_chosen(&self, about: &About) -> bool {
        self.about == Some(*about)
    }
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, CreateRecord)> {
    let plain = CreateRecord {
        frame: Frame::sample_signed_in(),
        post_to: "/records/new".into(),
        app: None,
        about: None,
        about_trouble: None,
        name: String::new(),
        name_trouble: None,
        back_to: "/".into(),
    };
    let trouble = CreateRecord {
        frame: Frame::sample(),
        app: Some(App::sample()),
        about_trouble: Some(Trouble::NotChosen),
        name_trouble: Some(Trouble::Missing),
        back_to: "/consent".into(),
        ..plain.clone()
    };
    vec![("plain", plain), ("troubles", trouble)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_reads_back_from_the_form() {
        for about in ABOUT {
            assert_eq!(About::parse(about.value()), Some(about));
        }
        assert_eq!(About::parse("pet rock"), None);
    }
}
