//! The question that belongs to a pickup code.

use askama::Template;

use super::{App, Frame};
use crate::components::Field;

/// What is wrong with an answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum AnswerTrouble {
    /// Nothing was typed. It is no try.
    Missing,
    /// It is not the answer.
    Wrong,
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "connect_question.html")]
pub struct ConnectQuestion {
    /// Around the page.
    pub frame: Frame,
    /// Where the form goes: `answer`.
    pub post_to: String,
    /// Who asks.
    pub app: App,
    /// The question, in the clinic's own words.
    pub question: String,
    /// Answers that are left.
    pub left: u32,
    /// What is wrong with the last one.
    pub trouble: Option<AnswerTrouble>,
}

impl ConnectQuestion {
    /// The field does, with what is wrong.
    fn says_what_is_left(&self) -> bool {
        self.trouble == Some(AnswerTrouble::Wrong)
    }

    fn answer_field(&self) -> Field {
        let t = &self.frame.t;
        let wrong = self.trouble.map(|trouble| match trouble {
            AnswerTrouble::Missing => t.say("trouble-missing"),
            AnswerTrouble::Wrong => t.say_count("connect-wrong", self.left),
        });
        Field::text("answer", t.say("connect-answer"), "")
            .filled_as("off")
            .hint(t.say("connect-answer-hint"))
            .wrong(wrong)
    }
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, ConnectQuestion)> {
    let plain = ConnectQuestion {
        frame: Frame::sample(),
        post_to: "/connect/question".into(),
        app: App::sample(),
        question: "What do you feed the parakeet?".into(),
        left: 3,
        trouble: None,
    };
    let wrong = ConnectQuestion { left: 1, trouble: Some(AnswerTrouble::Wrong), ..plain.clone() };
    let missing = ConnectQuestion { trouble: Some(AnswerTrouble::Missing), ..plain.clone() };
    vec![("plain", plain), ("wrong", wrong), ("missing", missing)]
}
