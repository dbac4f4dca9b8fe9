//! The heart of it: which record, and what an application may do with it.

use askama::Template;
use jiff::Timestamp;

use super::abilities::{Ability, May, When, sample_abilities};
use super::{App, Frame, sample_ago, sample_anna, sample_elin, sample_karl};
use crate::components::{Badge, Trouble};
use crate::locale::{Key, Markup};

/// Why a record cannot be chosen.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Closed {
    /// The person's own rights are less than what the application must have.
    YourRights,
    /// The application does not serve where the record's person lives.
    Location,
}

impl Closed {
    fn key(self) -> Key {
        match self {
            Self::YourRights => Key("consent-closed-rights"),
            Self::Location => Key("consent-closed-location"),
        }
    }
}

/// A record to choose.
#[derive(Clone, Debug)]
pub struct RecordOption {
    /// What the form sends as `record`.
    pub value: String,
    /// Whose it is.
    pub badge: Badge,
    /// Whether it is chosen to begin with.
    pub chosen: bool,
    /// The application may use it already.
    pub connected: bool,
    /// It cannot be chosen, because.
    pub closed: Option<Closed>,
    /// Something that the record's place obliges us to say, in the reader's language.
    pub warning: Option<String>,
}

impl RecordOption {
    /// A record that may be chosen.
    pub fn open(value: impl Into<String>, badge: Badge) -> Self {
        Self { value: value.into(), badge, chosen: false, connected: false, closed: None, warning: None }
    }
}

/// Something that the person may turn on.
#[derive(Clone, Debug)]
pub struct OptionalAbility {
    /// What the form sends as `optional` if it is on.
    pub value: String,
    /// Whether it was turned on before. Nothing else turns it on.
    pub on: bool,
    /// What it is.
    pub ability: Ability,
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "consent.html")]
pub struct Consent {
    /// Around the page.
    pub frame: Frame,
    /// Where the form goes: `record` (once or more), `optional` (any number), `decision` = `allow` | `not-now`.
    /// An empty decision is the Enter key in a choice: show the page again with what was chosen.
    pub post_to: String,
    /// Who asks.
    pub app: App,
    /// What it says about itself.
    pub description: Option<String>,
    /// Since when it is known here.
    pub known_since: Option<Timestamp>,
    /// The device that the app runs on.
    pub device: Option<String>,
    /// That device asks to be let in.
    pub from_device: bool,
    /// The request came by a code, not from something that the person just did.
    pub by_code: bool,
    /// What who gave the code calls the record that they mean.
    pub meant: Option<String>,
    /// The records, at least one.
    pub records: Vec<RecordOption>,
    /// Several may be chosen.
    pub several: bool,
    /// What is wrong with the choice.
    pub record_trouble: Option<Trouble>,
    /// Where to make another record.
    pub new_record_to: Option<String>,
    /// What it must be able to do. On a page that asks again: what is new in it.
    pub abilities: Vec<Ability>,
    /// What it may do already; with anything here, the page asks again.
    pub already: Vec<Ability>,
    /// What the person may turn on.
    pub optional: Vec<OptionalAbility>,
    /// What it may do beside readings: know who the person is, write letters.
    pub beside: Vec<Key>,
    /// Its privacy statement.
    pub privacy_to: Option<String>,
    /// Its terms of use.
    pub terms_to: Option<String>,
}

impl Consent {
    fn asks_again(&self) -> bool {
        !self.already.is_empty()
    }

    /// The only record there is, if it can be chosen.
    fn only(&self) -> Option<&RecordOption> {
        match self.records.as_slice() {
            [only] if only.closed.is_none() => Some(only),
            _ => None,
        }
    }

    fn can_allow(&self) -> bool {
        self.records.iter().any(|record| record.closed.is_none())
    }

    fn question(&self) -> String {
        let t = &self.frame.t;
        let app = &self.app.name;
        match (self.asks_again(), self.only()) {
            (true, Some(only)) => {
                t.say_two("consent-question-again-one", "app", app, "name", &only.badge.name)
            }
            (true, None) => t.say_with("consent-question-again", "app", app),
            (false, Some(only)) => t.say_two("consent-question-one", "app", app, "name", &only.badge.name),
            (false, None) => t.say_with("consent-question", "app", app),
        }
    }

    fn when(&self) -> When {
        When::of(self.abilities.iter().chain(&self.already).chain(self.optional.iter().map(|o| &o.ability)))
    }

    fn says_when(&self) -> bool {
        self.when() == When::SomeAway
    }

    /// "Everything else" would be a strange thing to say after everything.
    fn reaches_everything(&self) -> bool {
        self.abilities.iter().chain(&self.already).any(|ability| ability.what.is_empty())
    }

    fn known(&self) -> Option<Markup> {
        self.known_since.as_ref().map(|since| self.frame.t.month(since))
    }
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, Consent)> {
    let one = Consent {
        frame: Frame::sample(),
        post_to: "/consent".into(),
        app: App::sample(),
        description: Some("Heart care in the north of town, with nurses you can reach every day.".into()),
        known_since: Some(sample_ago(60 * 24 * 700)),
        device: None,
        from_device: false,
        by_code: false,
        meant: None,
        records: vec![RecordOption { chosen: true, ..RecordOption::open("r1", sample_anna()) }],
        several: false,
        record_trouble: None,
        new_record_to: None,
        abilities: sample_abilities(),
        already: Vec::new(),
        optional: Vec::new(),
        beside: vec![Key("beside-knows-people")],
        privacy_to: Some("https://northside.example/privacy".into()),
        terms_to: Some("https://northside.example/terms".into()),
    };
    let with_you = |may: May, what: &str, reason: &str, new: bool| Ability {
        may: vec![may],
        what: vec![what.into()],
        reason: Some(reason.into()),
        away: false,
        new,
    };
    let optional = vec![
        OptionalAbility {
            value: "online:sleep".into(),
            on: false,
            ability: with_you(
                May::Read,
                "sleep",
                "To see whether your nights affect your blood pressure.",
                false,
            ),
        },
        OptionalAbility {
            value: "offline:allergies".into(),
            on: true,
            ability: Ability {
                away: true,
                ..with_you(May::Read, "allergies", "To warn before a prescription.", false)
            },
        },
    ];
    let records = vec![
        RecordOption { chosen: true, ..RecordOption::open("r1", sample_anna()) },
        RecordOption::open("r2", sample_elin()),
        RecordOption { closed: Some(Closed::YourRights), ..RecordOption::open("r3", sample_karl()) },
    ];
    let choice = Consent {
        records: records.clone(),
        optional: optional.clone(),
        new_record_to: Some("/records/new".into()),
        ..one.clone()
    };
    let mut several = Consent { several: true, record_trouble: Some(Trouble::NotChosen), ..choice.clone() };
    several.records[0].chosen = false;
    several.records[1].connected = true;
    several.records[2].closed = Some(Closed::Location);
    let again = Consent {
        abilities: vec![with_you(
            May::Read,
            "heart rate",
            "Our nurses now look at your pulse as well.",
            true,
        )],
        already: sample_abilities(),
        description: None,
        ..one.clone()
    };
    let beside = vec![Key("beside-knows-people"), Key("beside-writes-in-your-name")];
    let meant = Some("Anna L.".into());
    let mut by_code = Consent { by_code: true, meant, beside, ..one.clone() };
    by_code.records[0].warning =
        Some(one.frame.t.say_two("consent-name-differs", "app", &one.app.name, "name", "Anna Lindqvist"));
    let device = Consent {
        app: App { name: "Steps & Stairs".into(), logo: None, home: None },
        device: Some("Anna’s phone".into()),
        from_device: true,
        description: None,
        privacy_to: None,
        terms_to: None,
        abilities: vec![Ability {
            may: vec![May::Read, May::Add, May::Change, May::Delete],
            what: Vec::new(),
            reason: None,
            away: true,
            new: false,
        }],
        ..one.clone()
    };
    let closed = Consent {
        records: vec![RecordOption {
            closed: Some(Closed::YourRights),
            ..RecordOption::open("r3", sample_karl())
        }],
        ..one.clone()
    };
    vec![
        ("one-record", one),
        ("choice", choice),
        ("several", several),
        ("again", again),
        ("by-code", by_code),
        ("on-a-device", device),
        ("none-possible", closed),
    ]
}
