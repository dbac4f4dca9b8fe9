//! How it ended with a pickup code.

use askama::Template;

use super::{App, Frame, sample_anna};
use crate::components::Badge;
use crate::locale::Key;

/// What an application says when all went well.
#[derive(Clone, Debug)]
pub enum Message {
    /// In its own words, a paragraph each.
    Text(Vec<String>),
    /// At this address.
    At(String),
}

/// How it ended.
#[derive(Clone, Debug)]
pub enum CodeEnd {
    /// The record is connected.
    Connected {
        /// Which.
        record: Badge,
        /// What the application says to that.
        message: Option<Message>,
        /// Where the application is stopped.
        apps_to: String,
    },
    /// What was left is in the record.
    PickedUp {
        /// Which.
        record: Badge,
        /// What the application says to that.
        message: Option<Message>,
        /// The record's items.
        items_to: String,
    },
    /// The person said not now.
    NotNow,
    /// The request went away while the person was at it.
    Gone,
    /// It cannot be done for this person or record.
    Failed,
    /// Its time is over.
    Expired,
    /// Too many wrong answers.
    Locked,
    /// Somebody else used it.
    Used,
    /// Somebody took it already; that goes once.
    Taken,
    /// What was left is nothing that a record can have.
    Damaged,
    /// The record did not take what was left.
    Refused,
    /// What belongs to the code has not come yet.
    NotReady,
}

impl CodeEnd {
    fn title(&self) -> Key {
        match self {
            Self::Connected { .. } => Key("connect-done-title"),
            Self::PickedUp { .. } => Key("pickup-done-title"),
            Self::Taken => Key("pickup-taken-title"),
            Self::Damaged => Key("pickup-damaged-title"),
            Self::Refused => Key("pickup-refused-title"),
            Self::NotNow => Key("connect-not-now-title"),
            Self::Gone => Key("connect-gone-title"),
            Self::Failed => Key("connect-failed-title"),
            Self::Expired => Key("connect-expired-title"),
            Self::Locked => Key("connect-locked-title"),
            Self::Used => Key("connect-used-title"),
            Self::NotReady => Key("connect-not-ready-title"),
        }
    }

    fn text(&self) -> Key {
        match self {
            Self::Connected { .. } => Key("connect-done"),
            Self::PickedUp { .. } => Key("pickup-done"),
            Self::Taken => Key("pickup-taken"),
            Self::Damaged => Key("pickup-damaged"),
            Self::Refused => Key("pickup-refused"),
            Self::NotNow => Key("connect-not-now"),
            Self::Gone => Key("connect-gone"),
            Self::Failed => Key("connect-failed"),
            Self::Expired => Key("connect-expired"),
            Self::Locked => Key("connect-locked"),
            Self::Used => Key("connect-used"),
            Self::NotReady => Key("connect-not-ready"),
        }
    }
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "connect_end.html")]
pub struct ConnectEnd {
    /// Around the page.
    pub frame: Frame,
    /// Who asked.
    pub app: App,
    /// How they are reached, as people dial it.
    pub telephone: Option<String>,
    /// How it ended.
    pub end: CodeEnd,
}

impl ConnectEnd {
    /// The address that dials it.
    fn dialled(&self) -> Option<String> {
        let digits: String =
            self.telephone.as_ref()?.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        (!digits.is_empty()).then(|| format!("tel:{digits}"))
    }

    fn title(&self) -> String {
        self.frame.t.say_with(self.end.title(), "app", &self.app.name)
    }
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, ConnectEnd)> {
    let page = |end| ConnectEnd {
        frame: Frame::sample(),
        app: App::sample(),
        telephone: Some("+46 60 123 45".into()),
        end,
    };
    let connected = |message| {
        page(CodeEnd::Connected { record: sample_anna(), message, apps_to: "/records/1/apps".into() })
    };
    let picked_up = |message| {
        page(CodeEnd::PickedUp { record: sample_anna(), message, items_to: "/records/1/items".into() })
    };
    let words = vec!["Welcome to Northside Clinic.".into(), "A nurse will call you this week.".into()];
    vec![
        ("connected", connected(None)),
        ("connected-with-words", connected(Some(Message::Text(words)))),
        ("connected-with-link", connected(Some(Message::At("https://northside.example/hello".into())))),
        ("picked-up", picked_up(None)),
        (
            "picked-up-with-words",
            picked_up(Some(Message::Text(vec!["Please call us if anything is unclear.".into()]))),
        ),
        ("taken", page(CodeEnd::Taken)),
        ("damaged", page(CodeEnd::Damaged)),
        ("refused", page(CodeEnd::Refused)),
        ("not-now", page(CodeEnd::NotNow)),
        ("gone", page(CodeEnd::Gone)),
        ("failed", page(CodeEnd::Failed)),
        ("expired", page(CodeEnd::Expired)),
        ("locked", page(CodeEnd::Locked)),
        ("used", page(CodeEnd::Used)),
        ("not-ready", page(CodeEnd::NotReady)),
    ]
}
