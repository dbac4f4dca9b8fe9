//! The Shell at work: a file a page or step, which reads the domain, fills in the page and acts on its form.
//!
//! Every request passes [`guest::receive`]: it finds out who is there, and turns a [`fault::Fault`] into a
//! page. Every form passes [`form::Posted`], which no handler can get without the form's csrf token.

mod account;
mod activity;
mod activity_files;
mod activity_words;
mod app_details;
mod app_history;
mod apps;
mod asking;
mod attachments;
mod beside;
mod change_email;
mod choose_password;
mod close_account;
mod close_record;
mod closure_letters;
mod confirm;
mod connect;
mod connect_end;
mod connect_letter;
mod connect_question;
mod consent;
mod contents;
mod copy;
mod copy_contents;
mod create_record;
mod denials;
mod device;
mod device_letter;
mod devices;
mod documents;
mod edit_record;
mod email_links;
mod end_page;
mod errands;
mod fault;
mod forgot_password;
mod form;
mod form_fields;
mod guest;
mod help;
mod home;
mod item;
mod item_words;
mod items;
mod keep_account;
mod language;
mod leaving;
mod letter_names;
mod measures;
mod new_sign_in;
mod notices;
mod onward;
mod optional_rules;
mod overview;
mod passkeys;
mod passkeys_button;
mod passkeys_one;
mod passkeys_sign_in;
mod passkeys_sign_up;
mod pick_up;
mod portrait;
mod prove;
mod query;
mod record_settings;
mod records;
mod redirector;
mod remove_item;
mod removed_items;
mod search;
mod second_step;
mod second_step_code;
mod security_letters;
mod sessions;
mod sign_in;
mod sign_out;
mod sign_up;
mod step;
mod step_up;
mod stop_app;
mod timeline;
mod unit_choice;
mod visit;
mod way_back;
mod words;
mod write_item;
mod writers;

use std::net::IpAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use keepwell_core::Domain;
use keepwell_core::credentials::passkeys::Site;
use keepwell_core::erasure::Event;
use keepwell_core::letters::Letter;
use keepwell_core::persons::Person;
use keepwell_core::things::PutThing;
pub use security_letters::second_step_off_by_operator;
use tokio::sync::Semaphore;

use crate::brand::Brand;
use crate::cookies::Transport;
use crate::redirect::action_url::Environment;
use crate::{assets, paths};

/// How the Shell is set up.
#[derive(Clone, Debug)]
pub struct ShellSettings {
    /// Where browsers reach it: scheme, host and port, without a slash at the end.
    pub origin: String,
    /// Whether cookies are for TLS only. False only on someone's desk.
    pub secure_cookies: bool,
    /// Whether real people come here.
    pub environment: Environment,
    /// The id of this instance, which the service definition lists too.
    pub instance_id: String,
    /// The language for people who ask for none that we speak.
    pub default_locale: Option<String>,
    /// What the server calls itself on pages and in letters.
    pub product_name: String,
    /// What its hosts put on its pages.
    pub brand: Option<Arc<Brand>>,
    /// The time zone in which pages tell the time.
    pub zone: TimeZone,
    /// Whether an account can be opened only with a code (methods.md 13.3).
    pub sign_up_by_code: bool,
}

impl ShellSettings {
    /// A production Shell at this origin, with a single instance.
    pub fn at(origin: impl Into<String>) -> Self {
        let origin = origin.into();
        Self {
            origin: origin.trim_end_matches('/').to_owned(),
            secure_cookies: true,
            environment: Environment::Production,
            instance_id: "1".to_owned(),
            default_locale: None,
            product_name: "Keepwell".to_owned(),
            brand: None,
            zone: TimeZone::UTC,
            sign_up_by_code: false,
        }
    }
}

/// Where a browser is, put into a request by the server that accepted it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

/// Reads a thing that was left for a person; what is wrong with it is for the log. The Shell itself knows no
/// thing's XML (docs/ARCHITECTURE.md).
pub type ReadThing = fn(&Domain, &str) -> Result<PutThing, String>;

/// The Shell; cheap to clone.
#[derive(Clone)]
pub struct Shell {
    domain: Domain,
    settings: Arc<ShellSettings>,
    read_thing: ReadThing,
    beside: beside::Beside,
    /// What passkeys belong to; none where the server is reached by a number only.
    passkeys: Option<Arc<Site>>,
    /// Room for copies of records that are made now.
    copies: Arc<Semaphore>,
    /// Room for refusals that are noted now.
    denials: Arc<Semaphore>,
}

impl Shell {
    /// A Shell over this domain.
    pub fn new(domain: Domain, settings: ShellSettings, read_thing: ReadThing) -> Self {
        let passkeys = Site::at(&settings.origin, &settings.product_name).map(Arc::new);
        Self {
            domain,
            settings: Arc::new(settings),
            read_thing,
            beside: beside::Beside::default(),
            passkeys,
            copies: Arc::new(Semaphore::new(copy::AT_ONCE)),
            denials: Arc::new(Semaphore::new(denials::AT_ONCE)),
        }
    }

    /// Waits until what pages left to be done so far is done: letters are in the outbox, refusals are noted.
    pub async fn settle(&self) {
        self.beside.settle().await;
    }

    /// What a person is told about their account being erased, in their language.
    pub fn letter_about_erasure(&self, person: &Person, event: &Event) -> Letter {
        closure_letters::about(self, person, event)
    }

    fn transport(&self) -> Transport {
        if self.settings.secure_cookies { Transport::Secure } else { Transport::Plain }
    }

    fn now(&self) -> Timestamp {
        moment(self.domain.env.now())
    }
}

/// The domain's time as a moment.
fn moment(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or_default()
}

/// All pages. Lay [`paths::forgive`] around the router that this is merged into, not inside.
pub fn router(shell: Shell) -> Router {
    let visits = Router::new()
        .route(paths::REDIRECTOR, get(redirector::arrive).post(redirector::arrive_by_post))
        .route(paths::VISIT, get(redirector::go_on))
        .route(paths::SIGN_IN, get(sign_in::show).post(sign_in::submit))
        .route(paths::SIGN_IN_CODE, get(second_step_code::show).post(second_step_code::submit))
        .route(paths::SIGN_UP, get(sign_up::show).post(sign_up::submit))
        .route(paths::PASSKEY_SIGN_IN, get(sign_in::show).post(passkeys_sign_in::submit))
        .route(paths::BEGIN_PASSKEY_SIGN_IN, post(passkeys_sign_in::begin))
        .route(paths::PASSKEY_SIGN_UP, get(sign_up::show).post(passkeys_sign_up::submit))
        .route(paths::BEGIN_PASSKEY_SIGN_UP, post(passkeys_sign_up::begin))
        .route(paths::CONSENT, get(consent::show).post(consent::submit))
        .route(paths::CREATE_RECORD, get(create_record::show).post(create_record::submit))
        .route(paths::END_PAGE, get(end_page::show))
        .route(paths::PATIENT_WELCOME, get(connect::older_link))
        .route(paths::CONNECT, get(connect::show).post(connect::submit))
        .route(paths::CONNECT_QUESTION, get(connect_question::show).post(connect_question::submit))
        .route(paths::PICK_UP, get(pick_up::show).post(pick_up::submit))
        .route(paths::EDIT_RECORD, get(edit_record::show).post(edit_record::submit))
        .route(paths::HELP_PAGE, get(help::show))
        .route(paths::HELP, get(help::show));
    let home = Router::new()
        .route(paths::HOME, get(home::show))
        .route(paths::NOTICES, post(notices::dismiss))
        .route(paths::SIGN_OUT, post(sign_out::submit))
        .route(paths::FORGOT_PASSWORD, get(forgot_password::show).post(forgot_password::submit))
        .route(paths::NEW_PASSWORD, get(choose_password::show).post(choose_password::submit))
        .route(paths::CONFIRM_EMAIL, get(confirm::show).post(confirm::submit))
        .route(paths::SEND_CONFIRMATION, post(confirm::send_again))
        .route(paths::APPS, get(apps::of_all_records))
        .route(paths::APP_HISTORY, get(app_history::show))
        .route("/records/{record}/apps", get(apps::of_one_record))
        .route("/records/{record}/apps/{app}", get(app_details::show))
        .route("/records/{record}/apps/{app}/stop", get(stop_app::show).post(stop_app::submit))
        .route("/records/{record}/apps/{app}/change", get(optional_rules::show).post(optional_rules::submit))
        .route("/records/{record}/close", get(close_record::show).post(close_record::submit))
        .route("/records/{record}", get(overview::show))
        .route("/records/{record}/timeline", get(timeline::show))
        .route("/records/{record}/add", get(write_item::choose))
        .route("/records/{record}/add/{kind}", get(write_item::show_new).post(write_item::submit_new))
        .route(
            "/records/{record}/items/{item}/edit",
            get(write_item::show_edit).post(write_item::submit_edit),
        )
        .route("/records/{record}/search", get(search::show))
        .route("/records/{record}/settings", get(record_settings::show).post(record_settings::submit))
        .route("/records/{record}/picture", get(portrait::picture))
        .route(
            "/records/{record}/settings/picture",
            get(portrait::show).post(portrait::submit).layer(DefaultBodyLimit::max(form::LARGEST_WITH_FILE)),
        )
        .route(paths::UNITS, get(unit_choice::show).post(unit_choice::submit))
        .route("/records/{record}/readings", get(timeline::older_address))
        .route("/records/{record}/items", get(contents::show))
        .route("/records/{record}/items/of/{kind}", get(items::show))
        .route("/records/{record}/items/{item}", get(item::show).post(item::bring_back))
        .route("/records/{record}/items/{item}/versions/{version}", get(item::show_version))
        .route(
            "/records/{record}/items/{item}/versions/{version}/attachments/{index}",
            get(attachments::keep),
        )
        .route(
            "/records/{record}/items/{item}/versions/{version}/attachments/{index}/view",
            get(attachments::see),
        )
        .route("/records/{record}/items/{item}/remove", get(remove_item::show).post(remove_item::submit))
        .route("/records/{record}/removed", get(removed_items::show))
        .route(paths::DEVICES, get(devices::show))
        .route("/devices/{app}", get(devices::ask_one).post(devices::cut_one))
        .route("/devices/all/{app}", get(devices::ask_all).post(devices::cut_all))
        .route("/records/{record}/copy", get(copy::show).post(copy::submit))
        .route("/records/{record}/activity", get(activity::show))
        .route("/records/{record}/activity/csv", get(activity_files::csv))
        .route("/records/{record}/activity/json", get(activity_files::json))
        .route(paths::SESSIONS, get(sessions::show))
        .route(paths::END_SESSION, post(sessions::end_one))
        .route(paths::END_ALL_SESSIONS, post(sessions::end_all))
        .route(paths::PASSKEYS, get(passkeys::show).post(passkeys::submit))
        .route(paths::BEGIN_PASSKEY, post(passkeys::begin))
        .route("/account/passkeys/{passkey}", get(passkeys_one::show).post(passkeys_one::rename))
        .route("/account/passkeys/{passkey}/remove", post(passkeys_one::remove))
        .route(paths::ACCOUNT, get(account::show))
        .route(paths::LANGUAGE, post(language::submit))
        .route(paths::CHANGE_EMAIL, get(change_email::show).post(change_email::submit))
        .route(paths::DROP_EMAIL, post(change_email::drop_it))
        .route(paths::TAKE_EMAIL, get(email_links::show_new).post(email_links::take))
        .route(paths::UNDO_EMAIL, get(email_links::show_undo).post(email_links::undo))
        .route(paths::CLOSE_ACCOUNT, get(close_account::show).post(close_account::submit))
        .route(paths::KEEP_ACCOUNT, post(keep_account::submit))
        .route(paths::LEAVING, get(leaving::show).post(leaving::submit))
        .route(paths::SECOND_STEP, get(second_step::show).post(second_step::submit))
        .route(paths::PROVE, get(prove::show).post(prove::submit))
        .route(paths::PRIVACY, get(documents::privacy))
        .route(paths::TERMS, get(documents::terms))
        .route("/documents/{app}/{which}", get(documents::of_an_app));
    let brand = shell.settings.brand.as_ref().map(|brand| brand.router()).unwrap_or_default();
    visits
        .merge(home)
        .method_not_allowed_fallback(fault::nothing_here)
        .fallback(fault::nothing_here)
        .layer(from_fn_with_state(shell.clone(), guest::receive))
        .with_state(shell)
        .merge(assets::router())
        .merge(brand)
}
