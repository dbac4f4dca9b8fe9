//! One item: what it says, where it comes from, its versions, and how it is written.

use askama::Template;
use jiff::Timestamp;

use super::attachments::AttachmentRow;
use super::fields::Fields;
use super::{Frame, sample_ago};
use crate::components::{Notice, Tone};
use crate::locale::Key;

/// How the version that is shown stands.
#[derive(Clone, Debug)]
pub enum Standing {
    /// It is in the record now.
    Here {
        /// Where to remove it, for those who may.
        remove_to: Option<String>,
    },
    /// It was removed.
    Removed {
        /// Where the form goes that brings it back.
        post_to: String,
        /// The version that was looked at.
        version: String,
    },
    /// There is a newer one.
    Former {
        /// The newer one.
        current_to: String,
    },
}

/// Who wrote, when and how.
#[derive(Clone, Debug)]
pub struct Written {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// How.
    pub how: String,
}

/// A version.
#[derive(Clone, Debug)]
pub struct VersionRow {
    /// What it did: "Changed".
    pub change: Key,
    /// Whose it is.
    pub by: Written,
    /// The newest.
    pub current: bool,
    /// The one on the page.
    pub shown: bool,
    /// Where it is shown.
    pub to: String,
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "item.html")]
pub struct Item {
    /// Around the page, with whose record.
    pub frame: Frame,
    /// What it says, in one line.
    pub line: String,
    /// What kind it is.
    pub kind: String,
    /// Its date: wall clock, microseconds.
    pub when: i64,
    /// Its end: wall clock, microseconds.
    pub until: Option<i64>,
    /// Its fields.
    pub fields: Fields,
    /// Only so many fields are shown.
    pub cut: Option<usize>,
    /// Where it is changed by hand, if that can be.
    pub edit_to: Option<String>,
    /// It is a document that others define.
    pub document: bool,
    /// Its attachments.
    pub attachments: Vec<AttachmentRow>,
    /// Where the page is with more of them.
    pub attachments_more: Option<String>,
    /// Its tags.
    pub tags: String,
    /// No app ever sees it.
    pub personal: bool,
    /// Whether it is there.
    pub standing: Standing,
    /// How it came to be.
    pub created: Written,
    /// How the version came to be that is shown.
    pub updated: Written,
    /// All versions, the newest first.
    pub versions: Vec<VersionRow>,
    /// There are older ones.
    pub more: bool,
    /// How it is written.
    pub xml: String,
    /// That is not all of it.
    pub xml_cut: bool,
    /// Its number, for support.
    pub item: String,
    /// The version's number.
    pub version: String,
    /// The items of its kind.
    pub back_to: String,
    /// What else was removed.
    pub removed_to: Option<String>,
}

impl Item {
    fn names_itself(&self) -> bool {
        self.line == self.kind
    }

    fn is_changed(&self) -> bool {
        self.created.at != self.updated.at
    }
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, Item)> {
    let by =
        |ago: i64, who: &str, how: &str| Written { at: sample_ago(ago), who: who.into(), how: how.into() };
    let row = |change, by: &Written| VersionRow {
        change,
        by: by.clone(),
        current: false,
        shown: false,
        to: "/records/1/items/1/versions/1".into(),
    };
    let first = by(60 * 24 * 400, "Northside Clinic", "on its own, while nobody used it");
    let second = by(60 * 26, "Steps & Stairs, for Karl Berg", "while it was in use");
    let full = Item {
        frame: Frame::sample_record(),
        line: "Penicillin: Hives".into(),
        kind: "Allergies".into(),
        when: sample_ago(60 * 24 * 400).as_microsecond(),
        until: None,
        fields: Fields::sample(),
        cut: None,
        edit_to: Some("/records/1/items/1/edit".into()),
        document: false,
        attachments: Vec::new(),
        attachments_more: None,
        tags: "home".into(),
        personal: false,
        standing: Standing::Here { remove_to: Some("/records/1/items/1/remove".into()) },
        created: first.clone(),
        updated: second.clone(),
        versions: vec![
            VersionRow { current: true, shown: true, ..row(Key("version-changed"), &second) },
            row(Key("version-added"), &first),
        ],
        more: false,
        xml: "<allergy><name><text>Penicillin</text></name></allergy><common/>".into(),
        xml_cut: false,
        item: "0197f3e2-7c55-4d0b-8d5e-7f0a3f6f2b11".into(),
        version: "e4b7d0a3-50f1-4a8e-9c37-1f6b2d8a5c90".into(),
        back_to: "/records/1/items/of/1".into(),
        removed_to: None,
    };
    let removal = by(60, "You", "here");
    let mut removed = full.clone();
    removed.frame =
        removed.frame.clone().saying(Notice::with(Tone::Done, removed.frame.t.say("item-notice-removed")));
    removed.standing = Standing::Removed { post_to: "/records/1/items/1".into(), version: "1".into() };
    removed.removed_to = Some("/records/1/removed".into());
    removed.versions[0] = row(Key("version-changed"), &second);
    let gone = VersionRow { current: true, shown: true, ..row(Key("version-removed"), &removal) };
    removed.versions.insert(0, gone);
    removed.updated = removal;
    let mut former = full.clone();
    former.standing = Standing::Former { current_to: "/records/1/items/1".into() };
    (former.versions[0].shown, former.versions[1].shown) = (false, true);
    former.updated = first;
    former.personal = true;
    let document = Item {
        line: "Summary of care (CCR)".into(),
        kind: "Summaries of care".into(),
        fields: Fields::default(),
        document: true,
        attachments: AttachmentRow::samples(),
        attachments_more: Some("/records/1/items/1/versions/1?from=50#attachments".into()),
        xml_cut: true,
        more: true,
        tags: String::new(),
        ..full.clone()
    };
    vec![("here", full), ("removed", removed), ("former", former), ("document", document)]
}
