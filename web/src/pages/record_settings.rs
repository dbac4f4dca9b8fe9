//! What a person calls a record, and who it is about.

use askama::Template;

use super::create_record::{ABOUT, About};
use super::{App, Frame};
use crate::components::{Field, Trouble};

/// The page.
#[derive(Clone, Template)]
#[template(path = "record_settings.html")]
pub struct RecordSettings {
    /// Around the page, with whose record.
    pub frame: Frame,
    /// The app that sent the person, if one did.
    pub app: Option<App>,
    /// Who the record is about.
    pub about: Option<About>,
    /// The name on it.
    pub name: String,
    /// What is wrong with the name.
    pub name_trouble: Option<Trouble>,
    /// Where the form goes.
    pub post_to: String,
    /// Where to have the record erased, for who may.
    pub close_to: Option<String>,
    /// Where a picture is chosen, for who may.
    pub picture_to: Option<String>,
}

impl RecordSettings {
    fn name_field(&self) -> Field {
        let t = &self.frame.t;
        Field::text("name", t.say("create-record-name"), &self.name)
            .hint(t.say("settings-name-hint"))
            .longest(100)
            .error(t, self.name_trouble)
    }

    fn is_chosen(&self, about: impl std::borrow::Borrow<About>) -> bool {
        self.about == Some(*about.borrow())
    }
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, RecordSettings)> {
    let full = RecordSettings {
        frame: Frame::sample_record(),
        app: None,
        about: Some(About::Yourself),
        name: "Anna Lindqvist".into(),
        name_trouble: None,
        post_to: "/records/1/settings".into(),
        close_to: Some("/records/1/close".into()),
        picture_to: Some("/records/1/settings/picture".into()),
    };
    let wrong = RecordSettings { name: String::new(), name_trouble: Some(Trouble::Missing), ..full.clone() };
    let by_app =
        RecordSettings { app: Some(App::sample()), close_to: None, picture_to: None, ..full.clone() };
    vec![("filled", full), ("wrong", wrong), ("for-an-app", by_app)]
}
