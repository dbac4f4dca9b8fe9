//! What an application may do, in a person's words.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::locale::{Key, Texts};

/// One thing that may be done with readings.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum May {
    /// See them.
    Read,
    /// Put in new ones.
    Add,
    /// Change those that are there.
    Change,
    /// Remove those that are there.
    Delete,
}

impl May {
    fn key(self) -> Key {
        match self {
            Self::Read => Key("may-read"),
            Self::Add => Key("may-add"),
            Self::Change => Key("may-change"),
            Self::Delete => Key("may-delete"),
        }
    }
}

/// One line of what an application may do: a rule of it, in plain words.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Ability {
    /// What may be done.
    pub may: Vec<May>,
    /// With which kinds of reading, named as within a sentence. None means everything in the record.
    pub what: Vec<String>,
    /// The application's own reason.
    pub reason: Option<String>,
    /// Also while the person is away.
    pub away: bool,
    /// Not yet agreed to, among things that are.
    pub new: bool,
}

impl Ability {
    /// The line as markup. Where lines differ in when they hold, each says so.
    pub fn row(&self, t: &Texts, say_when: bool) -> AbilityRow {
        AbilityRow {
            verbs: self.verbs(t),
            types: self.types(t),
            reason: self.reason.clone(),
            tag: self.new.then(|| t.say("ability-new")),
            note: self.note(t, say_when),
        }
    }

    /// "Read and add".
    pub fn verbs(&self, t: &Texts) -> String {
        let mut may = self.may.clone();
        may.sort_unstable();
        may.dedup();
        let verbs: Vec<String> = may.into_iter().map(|may| t.say(may.key())).collect();
        let verbs = t.list(&verbs);
        let mut letters = verbs.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }

    /// "weight and blood pressure".
    pub fn types(&self, t: &Texts) -> String {
        if self.what.is_empty() { t.say("ability-everything") } else { t.list(&self.what) }
    }

    /// When this line holds, where that has to be said.
    pub fn note(&self, t: &Texts, say_when: bool) -> Option<String> {
        say_when.then(|| t.say(if self.away { Key("ability-away") } else { Key("ability-with-you") }))
    }
}

/// A line of what an application may do, written.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/ability.html")]
pub struct AbilityRow {
    verbs: String,
    types: String,
    reason: Option<String>,
    tag: Option<String>,
    note: Option<String>,
}

impl HtmlSafe for AbilityRow {}

/// When an application may do what it may.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum When {
    /// Only while the person uses it.
    WithYou,
    /// Also while the person is away.
    Away,
    /// Some of it also while the person is away.
    SomeAway,
}

impl When {
    /// What all these lines come to.
    pub fn of<'a>(abilities: impl IntoIterator<Item = &'a Ability>) -> Self {
        let (mut with_you, mut away) = (false, false);
        for ability in abilities {
            away |= ability.away;
            with_you |= !ability.away;
        }
        match (with_you, away) {
            (true, true) => Self::SomeAway,
            (false, true) => Self::Away,
            _ => Self::WithYou,
        }
    }

    /// The sentence, which names the application as `$app`.
    pub fn key(self) -> Key {
        match self {
            Self::WithYou => Key("when-with-you"),
            Self::Away => Key("when-away"),
            Self::SomeAway => Key("when-some-away"),
        }
    }
}

pub(super) fn sample_abilities() -> Vec<Ability> {
    vec![
        Ability {
            may: vec![May::Read],
            what: vec!["weight".into(), "blood pressure".into()],
            reason: Some("So your nurse can follow your heart between visits.".into()),
            away: true,
            new: false,
        },
        Ability {
            may: vec![May::Add],
            what: vec!["exercise".into()],
            reason: Some("To keep the walks that you log with us in one place.".into()),
            away: true,
            new: false,
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ability(may: &[May], what: &[&str], away: bool) -> Ability {
        let what = what.iter().map(ToString::to_string).collect();
        Ability { may: may.to_vec(), what, reason: None, away, new: false }
    }

    #[test]
    fn verbs_come_in_one_order_with_a_capital() {
        let t = Texts::for_samples();
        assert_eq!(ability(&[May::Add, May::Read, May::Add], &[], false).verbs(&t), "Read and add");
        assert_eq!(
            ability(&[May::Delete, May::Change, May::Add, May::Read], &[], false).verbs(&t),
            "Read, add, change and delete"
        );
    }

    #[test]
    fn a_rule_without_kinds_says_everything() {
        let t = Texts::for_samples();
        assert_eq!(ability(&[May::Read], &[], false).types(&t), "everything in the record");
    }

    #[test]
    fn when_is_the_sum_of_the_lines() {
        let with_you = ability(&[May::Read], &[], false);
        let away = ability(&[May::Read], &[], true);
        assert_eq!(When::of([&with_you]), When::WithYou);
        assert_eq!(When::of([&away]), When::Away);
        assert_eq!(When::of([&with_you, &away]), When::SomeAway);
        assert_eq!(When::of([]), When::WithYou);
    }
}
