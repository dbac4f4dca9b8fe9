//! From a body to an answer: parse, authenticate, authorize, call, respond.
//!
//! The order of the checks is that of methods.md 2.7, and the first that fails is answered. Nothing
//! of the header but method and token is believed before its HMAC holds.

use std::net::IpAddr;

use keepwell_core::applications::{self, Application, State};
use keepwell_core::authorizations::Caller;
use keepwell_core::ids::{AppId, PersonPseudonym, RecordId, RecordPseudonym};
use keepwell_core::sessions::identity::{Identity, Named, NamedPerson, forget, identify, recall};
use keepwell_core::{Domain, audit, installations, maintenance, tokens};
use keepwell_wire::envelope::{Credential, Envelope, Header, RequestText};
use keepwell_wire::integrity::HmacAlgorithm;
use keepwell_wire::status::Status;
use keepwell_wire::time::UtcMicros;
use secrecy::ExposeSecret;

use crate::call::Call;
use crate::certificates::Certificates;
use crate::refusal::Refusal;
use crate::settings::Settings;
use crate::table::{self, Effect, Method, Who};

/// A message is never good for longer than this, whatever it says of itself (wire.md 7).
const MAX_TTL_SECONDS: u32 = 50 * 3600;
/// What two clocks may differ.
const SKEW_SECONDS: u32 = 15 * 60;

/// Answers a body that has been decoded. The answer is always a whole response document.
pub(crate) async fn dispatch(at: &Place<'_>, body: &[u8]) -> String {
    let most = at.settings.response_bytes;
    let answer = respond(at, body).await.and_then(|answer| match answer.len() > most {
        true => Err(Refusal::too_long(most)),
        false => Ok(answer),
    });
    match answer {
        Ok(answer) => answer,
        Err(refusal) => {
            tracing::info!(status = ?refusal.status, "refused");
            refusal.answer()
        }
    }
}

async fn respond(at: &Place<'_>, body: &[u8]) -> Result<String, Refusal> {
    let broken = |e: keepwell_wire::envelope::EnvelopeError| Refusal::new(e.status(), e.to_string());
    let text = RequestText::check(body, &at.settings.limits).map_err(broken)?;
    let document = text.parse().map_err(broken)?;
    let envelope = Envelope::read(&document).map_err(broken)?;
    let header = &envelope.header;
    let method = table::find(&header.method, header.method_version).ok_or_else(|| {
        let message = format!("{} version {} is not offered", header.method, header.method_version);
        Refusal::new(Status::BAD_METHOD, message)
    })?;
    let call = match &header.credential {
        Credential::App(id) => anonymous(at, &envelope, method, AppId(*id)).await?,
        Credential::Session { auth_token, .. } => {
            if let Some(answer) = as_remembered(at, &envelope, method).await {
                return answer;
            }
            authenticated(at, &envelope, method, auth_token).await?
        }
    };
    run(method, &call).await
}

async fn run(method: &Method, call: &Call<'_>) -> Result<String, Refusal> {
    if call.header.final_xsl.is_some() {
        return Err(Refusal::new(Status::INVALID_TRANSFORM, "final-xsl is not offered"));
    }
    let answer = (method.run)(call).await;
    if let (Err(refusal), Some(caller), Some(record)) = (&answer, &call.caller, call.record)
        && refusal.denied
    {
        note_refusal(call.domain, caller, record).await;
    }
    answer
}

/// The person finds in the record's log that somebody knocked.
async fn note_refusal(domain: &Domain, caller: &Caller, record: RecordId) {
    if let Err(error) = audit::refused(domain, caller, record).await {
        tracing::warn!(%error, "a refusal left no entry in the audit log");
    }
}

/// Answers a caller who came lately without looking up again who it is: the signature is checked here,
/// and whether the rest still holds is read in the same flight as the data. `None` when nothing is
/// remembered, or it no longer holds; then everything is looked up, in the order of the checks.
async fn as_remembered(
    at: &Place<'_>,
    envelope: &Envelope<'_, '_>,
    method: &Method,
) -> Option<Result<String, Refusal>> {
    let header = &envelope.header;
    let named = named(header);
    let known = if method.who == Who::Record { recall(at.domain, &named) } else { None }?;
    let algorithm = HmacAlgorithm::from_name(&known.key.algorithm)?;
    envelope.verify(algorithm, known.key.secret.expose_secret()).ok()?;
    check_age(&known.app, header, at.domain.env.now()).ok()?;
    check_place(at, &known.app).ok()?;
    note_use(at, &known.app).await;
    check_method(at, &known.app, method).await.ok()?;
    let caller = Some(known.caller.clone());
    let call = Call { caller, record: Some(known.record), ..call(at, envelope, Some(known.app.clone())) };
    match run(method, &call).await {
        Err(refusal) if refusal.stale => {
            forget(at.domain, &named);
            None
        }
        answer => Some(answer),
    }
}

/// Where a call is answered, and from where it comes.
pub(crate) struct Place<'c> {
    pub(crate) domain: &'c Domain,
    pub(crate) settings: &'c Settings,
    pub(crate) certificates: &'c Certificates,
    /// The client's address, if the server knows it.
    pub(crate) address: Option<IpAddr>,
}

async fn anonymous<'c>(
    at: &Place<'c>,
    envelope: &'c Envelope<'c, 'c>,
    method: &Method,
    id: AppId,
) -> Result<Call<'c>, Refusal> {
    let registered = applications::find(at.domain, id).await?;
    let revision = registered.as_ref().map_or(0, |r| r.revision);
    let app = registered.filter(|r| r.state == State::Active).map(|r| r.application);
    // Anyone may ask where this server is; whoever wants a session must be known.
    if app.is_none() && method.name != "GetServiceDefinition" {
        return Err(unknown_app());
    }
    envelope.verify_anonymous().map_err(|e| Refusal::new(e.status(), e.to_string()))?;
    if let Some(app) = &app {
        check_place(at, app)?;
    }
    if method.who != Who::Anonymous {
        return Err(Refusal::new(Status::ACCESS_DENIED, "this method needs a session"));
    }
    check_maintenance(at, method).await?;
    Ok(Call { revision, ..call(at, envelope, app) })
}

async fn authenticated<'c>(
    at: &Place<'c>,
    envelope: &'c Envelope<'c, 'c>,
    method: &Method,
    auth_token: &str,
) -> Result<Call<'c>, Refusal> {
    let header = &envelope.header;
    if !tokens::is_well_formed(auth_token) {
        return Err(Refusal::new(
            Status::INVALID_TOKEN,
            "auth-token could never have been a session of ours",
        ));
    }
    let identity = identify(at.domain, &named(header)).await?;
    let Some(session) = &identity.session else {
        return Err(Refusal::new(
            Status::AUTHENTICATED_SESSION_TOKEN_EXPIRED,
            "the session has ended; create a new one and send the request again",
        ));
    };
    let algorithm = HmacAlgorithm::from_name(&session.key.algorithm)
        .ok_or_else(|| Refusal::new(Status::FAILED, "the session cannot be used"))?;
    envelope
        .verify(algorithm, session.key.secret.expose_secret())
        .map_err(|e| Refusal::new(e.status(), e.to_string()))?;
    check_age(&session.app, header, at.domain.env.now())?;
    if session.state != State::Active {
        return Err(unknown_app());
    }
    check_place(at, &session.app)?;
    note_use(at, &session.app).await;
    check_method(at, &session.app, method).await?;
    let mut call = call(at, envelope, Some(session.app.clone()));
    if needs_person(method, header) {
        let caller = person(header, &identity, &session.app)?;
        let known = identity.record.filter(|(_, person)| *person == caller.person_id());
        call.record = known.map(|(record, _)| record);
        if method.who == Who::Record {
            // It knows the record for another person.
            if let (None, Some((others, _))) = (known, identity.record) {
                note_refusal(at.domain, &caller, others).await;
            }
            check_record(header, call.record.is_some())?;
        }
        call.caller = Some(caller);
    }
    Ok(call)
}

fn call<'c>(
    at: &Place<'c>,
    envelope: &'c Envelope<'c, 'c>,
    app: Option<std::sync::Arc<Application>>,
) -> Call<'c> {
    Call {
        domain: at.domain,
        settings: at.settings,
        certificates: at.certificates,
        header: &envelope.header,
        info: envelope.info(),
        address: at.address,
        revision: 0,
        app,
        caller: None,
        record: None,
    }
}

fn named(header: &Header) -> Named<'_> {
    let Credential::Session { auth_token, user_auth_token, offline_person_id } = &header.credential else {
        return Named::default();
    };
    Named {
        auth_token,
        user_token: user_auth_token.as_deref(),
        offline_person: offline_person_id.map(PersonPseudonym),
        record: header.record_id.map(RecordPseudonym),
    }
}

fn unknown_app() -> Refusal {
    Refusal::new(Status::INVALID_APP, "the application is not known here, or not active")
}

/// From where the application may call (connectivity.md 7.2).
fn check_place(at: &Place<'_>, app: &Application) -> Result<(), Refusal> {
    match app.may_call_from(at.address) {
        true => Ok(()),
        false => {
            Err(Refusal::new(Status::INVALID_APP, "this application may not call from this network address"))
        }
    }
}

/// Keeps in mind that a device is in use, and where. The call does not hang on it.
async fn note_use(at: &Place<'_>, app: &Application) {
    if app.device().is_some()
        && let Err(error) = installations::used(at.domain, app.id, at.address).await
    {
        tracing::warn!(app = %app.id, %error, "the use of a device was not noted");
    }
}

/// Whether the application may call the method, and now.
async fn check_method(at: &Place<'_>, app: &Application, method: &Method) -> Result<(), Refusal> {
    if !app.may_call(method.name) {
        let message = format!("this application may not call {}", method.name);
        return Err(Refusal::new(Status::ACCESS_DENIED, message));
    }
    check_maintenance(at, method).await
}

async fn check_maintenance(at: &Place<'_>, method: &Method) -> Result<(), Refusal> {
    if method.effect != Effect::Writes {
        return Ok(());
    }
    match maintenance::current(at.domain).await? {
        None => Ok(()),
        Some(now) => {
            let message =
                format!("in maintenance everything can be read and nothing changed. {}", now.message);
            Err(Refusal::new(Status::MAINTENANCE_MODE_ACCESS_DENIED, message.trim_end()))
        }
    }
}

fn needs_person(method: &Method, header: &Header) -> bool {
    let names_one = matches!(
        &header.credential,
        Credential::Session { user_auth_token, offline_person_id, .. }
            if user_auth_token.is_some() || offline_person_id.is_some()
    );
    match method.who {
        Who::Anonymous | Who::Application => false,
        Who::ApplicationOrPerson => names_one,
        Who::Person | Who::Record => true,
    }
}

fn check_age(app: &Application, header: &Header, now: i64) -> Result<(), Refusal> {
    let old = header.msg_time.is_expired(UtcMicros(now), header.msg_ttl, MAX_TTL_SECONDS, SKEW_SECONDS);
    if app.check_message_age && old {
        return Err(Refusal::new(
            Status::REQUEST_TIMED_OUT,
            "the message is older than its msg-ttl allows; is the clock right?",
        ));
    }
    Ok(())
}

/// The person: with a token when there is one, else by the offline id (wire.md 2.2).
fn person(
    header: &Header,
    identity: &Identity,
    app: &std::sync::Arc<Application>,
) -> Result<Caller, Refusal> {
    let Credential::Session { user_auth_token, offline_person_id, .. } = &header.credential else {
        return Err(Refusal::new(Status::INVALID_PERSON, "this method needs a person"));
    };
    let (found, online): (Option<NamedPerson>, bool) = match (user_auth_token, offline_person_id) {
        (Some(token), _) => {
            if !tokens::is_well_formed(token) {
                let message = "user-auth-token could never have been a token of ours";
                return Err(Refusal::new(Status::INVALID_TOKEN, message));
            }
            if identity.online.is_none() {
                return Err(Refusal::new(
                    Status::CREDENTIAL_TOKEN_EXPIRED,
                    "the person's sign-in to this application has ended",
                ));
            }
            (identity.online, true)
        }
        (None, Some(_)) => (identity.offline, false),
        (None, None) => {
            let message = "this method needs a user-auth-token or an offline-person-id";
            return Err(Refusal::new(Status::INVALID_PERSON, message));
        }
    };
    match found {
        Some(person) if person.active => Ok(Caller::application(app.clone(), person.id, online)),
        Some(_) => Err(Refusal::new(Status::INVALID_PERSON_STATE, "the account of this person is suspended")),
        None => Err(Refusal::new(Status::INVALID_PERSON, "this application knows no such person")),
    }
}

fn check_record(header: &Header, is_known: bool) -> Result<(), Refusal> {
    match (header.record_id, is_known) {
        (None, _) => Err(Refusal::new(Status::INVALID_RECORD, "this method needs a record-id in the header")),
        (Some(_), false) => {
            Err(Refusal::new(Status::INVALID_RECORD, "this application knows no such record"))
        }
        (Some(_), true) => Ok(()),
    }
}
