//! The pages: a file each, with what it shows, its template and sample contexts.
//!
//! A page is data. Handlers fill it in, `render` writes it, `security_headers` sends it. The samples
//! render every page in every state, for the gallery and for the tests below.

pub mod abilities;
pub mod account;
pub mod activity;
pub mod app_details;
pub mod app_history;
pub mod apps;
pub mod attachments;
pub mod change_email;
pub mod choose_kind;
pub mod choose_password;
pub mod close_account;
pub mod close_record;
pub mod closed;
pub mod confirm;
pub mod confirmed;
pub mod connect;
pub mod connect_end;
pub mod connect_question;
pub mod consent;
pub mod contents;
pub mod copy;
pub mod create_record;
pub mod cut_off;
pub mod devices;
pub mod document;
pub mod email_link;
pub mod fields;
pub mod finished;
pub mod forgot_password;
pub mod help;
pub mod home;
pub mod item;
pub mod items;
pub mod keep_account;
pub mod leaving;
pub mod link_sent;
pub mod optional_rules;
pub mod overview;
pub mod passkey;
pub mod passkey_button;
pub mod passkeys;
pub mod pick_up;
pub mod portrait;
pub mod prove;
pub mod record_settings;
pub mod recovery_codes;
pub mod remove_item;
pub mod removed_items;
pub mod search;
pub mod second_step;
pub mod sessions;
pub mod sign_in;
pub mod sign_in_code;
pub mod sign_up;
pub mod signed_out;
pub mod stop_app;
pub mod stopped;
pub mod timeline;
pub mod token_form;
pub mod trouble;
pub mod units;
pub mod write_item;

use askama::Template;
use askama::filters::HtmlSafe;
use uuid::Uuid;

use crate::components::{Badge, Notice, initials};
use crate::locale::{Key, Texts};

/// What surrounds every page.
#[derive(Clone)]
pub struct Frame {
    /// The reader's language and clock.
    pub t: Texts,
    /// The token of every form on the page.
    pub csrf: String,
    /// The name of the person, where the page offers the way round the Shell. On the pages of a visit that
    /// an application began it is none: there is one thing to do.
    pub signed_in: Option<String>,
    /// Whose record the page is about.
    pub whose: Option<Badge>,
    /// Where to switch to another record.
    pub switch_to: Option<String>,
    /// The way round that record.
    pub round: Option<RecordRound>,
    /// What to say above the page.
    pub notice: Option<Notice>,
    /// The page's own address, to come back to in another language; none where that would lead nowhere.
    pub here: Option<String>,
}

impl Frame {
    /// A page with nothing around it.
    pub fn new(t: Texts, csrf: impl Into<String>) -> Self {
        Self {
            t,
            csrf: csrf.into(),
            signed_in: None,
            whose: None,
            switch_to: None,
            round: None,
            notice: None,
            here: None,
        }
    }

    /// At this address, which can be had in another language.
    pub fn at(self, here: Option<String>) -> Self {
        Self { here, ..self }
    }

    /// With the way round the Shell.
    pub fn signed_in(self, name: impl Into<String>) -> Self {
        Self { signed_in: Some(name.into()), ..self }
    }

    /// About this record.
    pub fn about(self, badge: Badge, switch_to: impl Into<String>) -> Self {
        Self { whose: Some(badge), switch_to: Some(switch_to.into()), ..self }
    }

    /// With the way round the record.
    pub fn round(self, round: RecordRound) -> Self {
        Self { round: Some(round), ..self }
    }

    /// On this page of the record.
    pub fn here(mut self, page: Key) -> Self {
        if let Some(round) = &mut self.round {
            round.here = Some(page);
        }
        self
    }

    /// With a banner.
    pub fn saying(self, notice: Notice) -> Self {
        Self { notice: Some(notice), ..self }
    }

    fn sample() -> Self {
        Self::new(Texts::for_samples(), "sample-csrf").at(Some("/sample".to_owned()))
    }

    fn sample_signed_in() -> Self {
        Self::sample().signed_in("Anna Lindqvist")
    }

    fn sample_record() -> Self {
        Self::sample_signed_in().about(sample_anna(), "/").round(RecordRound::sample())
    }
}

/// The way round one record.
#[derive(Clone, Debug)]
pub struct RecordRound {
    /// Its pages: what each is called, and where it is.
    pub pages: Vec<(Key, String)>,
    /// The page that one is on.
    pub here: Option<Key>,
}

impl RecordRound {
    /// The pages of the record whose own page is here.
    pub fn of(record_at: &str) -> Self {
        let page = |key, rest: &str| (key, format!("{record_at}{rest}"));
        let pages = vec![
            page(Key("round-overview"), ""),
            page(Key("round-timeline"), "/timeline"),
            page(Key("round-kinds"), "/items"),
            page(Key("round-search"), "/search"),
            page(Key("round-apps"), "/apps"),
        ];
        Self { pages, here: None }
    }

    fn is_here(&self, page: impl AsRef<str>) -> bool {
        self.here.is_some_and(|here| here.0 == page.as_ref())
    }

    fn sample() -> Self {
        Self::of("/records/1")
    }
}

/// An application, as a person meets it.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/app.html")]
pub struct App {
    /// Its name in the reader's language.
    pub name: String,
    /// The address of its logo on this server.
    pub logo: Option<String>,
    /// The host that it proved to own.
    pub home: Option<String>,
}

impl HtmlSafe for App {}

impl App {
    fn initials(&self) -> String {
        initials(&self.name)
    }

    fn sample() -> Self {
        Self { name: "Northside Clinic".into(), logo: None, home: Some("northside.example".into()) }
    }
}

/// A page in one state.
pub struct Sample {
    /// The page and the state, fit for a file name.
    pub name: String,
    /// The markup.
    pub html: String,
    /// The texts that the page lacks in the language that is played, told with the first of its states.
    pub lacking: Vec<String>,
}

/// Every page in every state.
pub fn gallery() -> Result<Vec<Sample>, askama::Error> {
    let mut gallery = Vec::new();
    let mut add = |page: &str, samples: Vec<(&str, Result<String, askama::Error>)>| {
        let mut lacking = crate::locale::lacking().into_iter().collect();
        for (state, html) in samples {
            let lacking = std::mem::take(&mut lacking);
            gallery.push(Sample { name: format!("{page}--{state}"), html: html?, lacking });
        }
        Ok::<_, askama::Error>(())
    };
    add("sign-in", render(sign_in::samples()))?;
    add("sign-in-code", render(sign_in_code::samples()))?;
    add("sign-up", render(sign_up::samples()))?;
    add("forgot-password", render(forgot_password::samples()))?;
    add("link-sent", render(link_sent::samples()))?;
    add("choose-password", render(choose_password::samples()))?;
    add("confirm", render(confirm::samples()))?;
    add("confirmed", render(confirmed::samples()))?;
    add("consent", render(consent::samples()))?;
    add("connect", render(connect::samples()))?;
    add("connect-question", render(connect_question::samples()))?;
    add("pick-up", render(pick_up::samples()))?;
    add("connect-end", render(connect_end::samples()))?;
    add("create-record", render(create_record::samples()))?;
    add("token-form", render(token_form::samples()))?;
    add("finished", render(finished::samples()))?;
    add("signed-out", render(signed_out::samples()))?;
    add("trouble", render(trouble::samples()))?;
    add("home", render(home::samples()))?;
    add("apps", render(apps::samples()))?;
    add("app-details", render(app_details::samples()))?;
    add("stop-app", render(stop_app::samples()))?;
    add("stopped", render(stopped::samples()))?;
    add("devices", render(devices::samples()))?;
    add("cut-off", render(cut_off::samples()))?;
    add("sessions", render(sessions::samples()))?;
    add("account", render(account::samples()))?;
    add("passkeys", render(passkeys::samples()))?;
    add("passkey", render(passkey::samples()))?;
    add("change-email", render(change_email::samples()))?;
    add("email-link", render(email_link::samples()))?;
    add("close-account", render(close_account::samples()))?;
    add("closed", render(closed::samples()))?;
    add("keep-account", render(keep_account::samples()))?;
    add("close-record", render(close_record::samples()))?;
    add("leaving", render(leaving::samples()))?;
    add("app-history", render(app_history::samples()))?;
    add("optional-rules", render(optional_rules::samples()))?;
    add("second-step", render(second_step::samples()))?;
    add("recovery-codes", render(recovery_codes::samples()))?;
    add("prove", render(prove::samples()))?;
    add("portrait", render(portrait::samples()))?;
    add("overview", render(overview::samples()))?;
    add("timeline", render(timeline::samples()))?;
    add("choose-kind", render(choose_kind::samples()))?;
    add("write-item", render(write_item::samples()))?;
    add("search", render(search::samples()))?;
    add("record-settings", render(record_settings::samples()))?;
    add("help", render(help::samples()))?;
    add("units", render(units::samples()))?;
    add("contents", render(contents::samples()))?;
    add("items", render(items::samples()))?;
    add("item", render(item::samples()))?;
    add("remove-item", render(remove_item::samples()))?;
    add("removed-items", render(removed_items::samples()))?;
    add("activity", render(activity::samples()))?;
    add("copy", render(copy::samples()))?;
    add("document", render(document::samples()))?;
    Ok(gallery)
}

fn render<T: Template>(samples: Vec<(&str, T)>) -> Vec<(&str, Result<String, askama::Error>)> {
    samples.into_iter().map(|(state, page)| (state, page.render())).collect()
}

fn sample_anna() -> Badge {
    Badge::new("Anna Lindqvist", Uuid::from_u128(1))
}

fn sample_elin() -> Badge {
    Badge::new("Elin Lindqvist", Uuid::from_u128(4))
}

fn sample_karl() -> Badge {
    Badge::new("Karl Berg", Uuid::from_u128(6))
}

fn sample_ago(minutes: i64) -> jiff::Timestamp {
    let then = crate::locale::samples_now().as_second() - minutes * 60;
    jiff::Timestamp::from_second(then).unwrap_or_default()
}

#[cfg(test)]
mod tests;
