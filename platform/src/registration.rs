//! An application's registration, from the shapes of the wire and back (methods.md 12).

use keepwell_core::applications::{
    Application, BulkExtraction, Certificate, Document, LONGEST_STAY, Location, Logo, Multilingual, PICTURES,
    Permissions, Rule, Types, Vocabulary, methods,
};
use keepwell_core::ids::TypeId;
use keepwell_core::thing_types;
use keepwell_wire::integrity::{decode_base64, encode_base64};
use keepwell_wire::shapes::application::{ApplicationConfiguration, Content, LocalizedBytes};
use keepwell_wire::shapes::{AuthRule, AuthSet, Localized};
use keepwell_wire::status::Status;

use crate::present;
use crate::refusal::Refusal;

/// What may be asked to change: read and found good before anything is changed.
pub(crate) struct Changes {
    wanted: ApplicationConfiguration,
    online: Option<Vec<Rule>>,
    offline: Option<Vec<Rule>>,
    prefixes: Option<Vec<ipnet::IpNet>>,
    privacy: Option<Document>,
    terms: Option<Document>,
    success: Option<Document>,
    large_logo: Option<Logo>,
    small_logo: Option<Logo>,
    /// The certificates, where there are new ones.
    pub(crate) certificates: Option<Vec<Certificate>>,
}

impl Changes {
    /// Reads what the wire could not judge: types, certificates, addresses, kinds of content.
    pub(crate) fn read(wanted: ApplicationConfiguration) -> Result<Self, Refusal> {
        if wanted.meaningful_use_sources.as_ref().is_some_and(|sources| !sources.is_empty()) {
            let message = "meaningful-use reports are not offered here, so there are no sources for them";
            return Err(Refusal::new(Status::APP_NOT_ENABLED_FOR_MEANINGFUL_USE, message));
        }
        let certificates = wanted.public_keys.as_ref().map(|keys| {
            let read = keys.iter().map(|der| Certificate::read(der));
            read.collect::<Result<Vec<_>, _>>()
                .map_err(|e| Refusal::new(Status::INVALID_PUBLIC_KEY, e.to_string()))
        });
        Ok(Self {
            online: wanted.online_rules.as_deref().map(rules).transpose()?,
            offline: wanted.offline_rules.as_deref().map(rules).transpose()?,
            prefixes: wanted.valid_ip_prefixes.as_deref().map(prefixes).transpose()?,
            privacy: wanted.privacy_statement.as_ref().map(statement).transpose()?,
            terms: wanted.terms_of_use.as_ref().map(statement).transpose()?,
            success: wanted.dtc_success_message.as_ref().map(statement).transpose()?,
            large_logo: wanted.large_logo.as_ref().map(logo).transpose()?,
            small_logo: wanted.small_logo.as_ref().map(logo).transpose()?,
            certificates: certificates.transpose()?,
            wanted,
        })
    }

    /// Makes the changes. What was not said stays (methods.md 12.2).
    pub(crate) fn apply(self, app: &mut Application) {
        let wanted = self.wanted;
        set(&mut app.name, wanted.names.map(multilingual));
        set(&mut app.description, wanted.descriptions.map(multilingual));
        set(&mut app.auth_reason, wanted.auth_reasons.map(multilingual));
        set(&mut app.online, self.online);
        set(&mut app.offline, self.offline);
        set(&mut app.methods, wanted.methods);
        set_some(&mut app.action_url, wanted.action_url);
        set_some(&mut app.domain_name, wanted.domain_name);
        set_some(&mut app.large_logo, self.large_logo);
        set_some(&mut app.small_logo, self.small_logo);
        set_some(&mut app.privacy, self.privacy);
        set_some(&mut app.terms, self.terms);
        set_some(&mut app.success_message, self.success);
        if let Some(stay) = wanted.persistent_tokens {
            let seconds = stay.ttl_seconds.and_then(|seconds| u32::try_from(seconds).ok());
            app.stay_signed_in_seconds =
                stay.enabled.then(|| seconds.map_or(LONGEST_STAY, |s| s.min(LONGEST_STAY)));
        }
        set(&mut app.restrict_users, wanted.restrict_app_users);
        set(&mut app.attributes, wanted.app_attributes);
        set(&mut app.ip_prefixes, self.prefixes);
        let vocabulary = |v: Vec<keepwell_wire::shapes::application::VocabularyAuthorization>| {
            v.into_iter().map(|v| Vocabulary { family: v.family, name: v.name }).collect()
        };
        set(&mut app.vocabularies, wanted.vocabulary_authorizations.map(vocabulary));
        let place = |l: keepwell_wire::shapes::Location| Location {
            country: l.country,
            state_province: l.state_province,
        };
        let places = wanted.supported_record_locations.map(|supported| match supported.all {
            true => Vec::new(),
            false => supported.locations.into_iter().map(place).collect(),
        });
        set(&mut app.locations, places);
        let instances = wanted.supported_instances.map(|i| if i.all { Vec::new() } else { i.instance_ids });
        set(&mut app.instances, instances);
        set(&mut app.organization, wanted.organization.map(|o| multilingual(o.names)));
        let bulk = wanted.bulk_extraction_settings.map(|bulk| BulkExtraction {
            onboarded: bulk.is_onboarded,
            permission_required: bulk.is_permission_required,
        });
        set_some(&mut app.bulk_extraction, bulk);
    }
}

fn set<T>(field: &mut T, wanted: Option<T>) {
    if let Some(wanted) = wanted {
        *field = wanted;
    }
}

fn set_some<T>(field: &mut Option<T>, wanted: Option<T>) {
    if wanted.is_some() {
        *field = wanted;
    }
}

fn multilingual(values: Vec<Localized>) -> Multilingual {
    values.into_iter().map(|value| (value.lang, value.text)).collect()
}

fn prefixes(list: &str) -> Result<Vec<ipnet::IpNet>, Refusal> {
    let bad = |text: &str| {
        let message = format!("valid-ip-prefixes: {text:?} is no prefix such as 192.0.2.0/24");
        Refusal::new(Status::INVALID_XML, message)
    };
    methods::split(list)
        .iter()
        .map(|text| match text.contains('/') {
            true => text.parse().map_err(|_| bad(text)),
            false => text.parse::<std::net::IpAddr>().map(ipnet::IpNet::from).map_err(|_| bad(text)),
        })
        .collect()
}

fn statement(content: &Content) -> Result<Document, Refusal> {
    let kind = content.content_type.trim().to_ascii_lowercase();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !["text/plain", "text/html"].contains(&kind) {
        let message = format!("a statement is text/plain or text/html, not {kind:?}");
        return Err(Refusal::new(Status::INVALID_XML, message));
    }
    let text = |value: &LocalizedBytes| match std::str::from_utf8(&value.bytes) {
        Ok(text) => Ok((value.lang.clone(), text.to_owned())),
        Err(_) => Err(Refusal::new(Status::INVALID_XML, "a statement is not UTF-8")),
    };
    let text = content.values.iter().map(text).collect::<Result<_, _>>()?;
    Ok(Document { content_type: kind.to_owned(), text })
}

fn logo(content: &Content) -> Result<Logo, Refusal> {
    let kind = content.content_type.trim().to_ascii_lowercase();
    if !PICTURES.contains(&kind.as_str()) {
        let message = format!("a logo is one of {}, not {kind:?}", PICTURES.join(", "));
        return Err(Refusal::new(Status::INVALID_XML, message));
    }
    let base64 = content.values.iter().map(|v| (v.lang.clone(), encode_base64(&v.bytes))).collect();
    Ok(Logo { content_type: kind, base64 })
}

fn rules(rules: &[AuthRule]) -> Result<Vec<Rule>, Refusal> {
    rules.iter().enumerate().map(|(at, rule)| self::rule(at, rule)).collect()
}

/// How the Shell shows an optional rule (connectivity.md 8.4).
const SHOW_FIRST_TIME: u32 = 1;
const CHECKED_FIRST_TIME: u32 = 2;
const CHECKED_BY_DEFAULT: u32 = 4;

fn rule(at: usize, rule: &AuthRule) -> Result<Rule, Refusal> {
    let name = rule.name.clone().unwrap_or_else(|| format!("rule{}", at + 1));
    let sets = rule.targets.iter().chain(&rule.exceptions);
    if sets.clone().any(|set| !set.date_ranges.is_empty()) {
        let message = format!("rule {name:?}: rules by date are not offered; leave out date-range");
        return Err(Refusal::new(Status::INVALID_APPAUTH, message));
    }
    if let Some(unknown) =
        sets.flat_map(|set| &set.type_ids).find(|id| thing_types::find(TypeId(**id)).is_none())
    {
        let message = format!("rule {name:?}: {unknown} is no thing type");
        return Err(Refusal::new(Status::INVALID_APPAUTH, message));
    }
    let ids = |sets: &[AuthSet]| sets.iter().flat_map(|set| &set.type_ids).map(|id| TypeId(*id)).collect();
    // No target set, or one that says nothing, is everything.
    let all = rule.targets.iter().all(|set| set.type_ids.is_empty());
    if rule.exceptions.iter().any(|set| set.type_ids.is_empty()) {
        let message = format!("rule {name:?}: an exception-set names the types that it takes out");
        return Err(Refusal::new(Status::INVALID_APPAUTH, message));
    }
    let flags = rule.display_flags.unwrap_or(SHOW_FIRST_TIME);
    let permissions: Vec<_> = rule.permissions.iter().map(|p| present::permission_of(*p)).collect();
    Ok(Rule {
        name,
        why: multilingual(rule.reasons.clone()),
        permissions: Permissions::of(&permissions),
        types: if all { Types::All } else { Types::Only(ids(&rule.targets)) },
        except: ids(&rule.exceptions),
        optional: rule.is_optional,
        show_first_time: flags & SHOW_FIRST_TIME != 0,
        checked_first_time: flags & CHECKED_FIRST_TIME != 0,
        checked_by_default: flags & CHECKED_BY_DEFAULT != 0,
    })
}

/// A rule as it is told.
pub(crate) fn auth_rule(rule: &Rule, values: impl Fn(&Multilingual) -> Vec<Localized>) -> AuthRule {
    let flag = |set: bool, bit: u32| if set { bit } else { 0 };
    let set =
        |ids: &[TypeId]| AuthSet { date_ranges: Vec::new(), type_ids: ids.iter().map(|id| id.0).collect() };
    let listed = |ids: &[TypeId]| if ids.is_empty() { Vec::new() } else { vec![set(ids)] };
    AuthRule {
        name: Some(rule.name.clone()),
        is_optional: rule.optional,
        reasons: values(&rule.why),
        display_flags: rule.optional.then(|| {
            flag(rule.show_first_time, SHOW_FIRST_TIME)
                | flag(rule.checked_first_time, CHECKED_FIRST_TIME)
                | flag(rule.checked_by_default, CHECKED_BY_DEFAULT)
        }),
        permissions: rule.permissions.iter().map(present::permission).collect(),
        targets: match &rule.types {
            Types::All => Vec::new(),
            Types::Only(types) => listed(types),
        },
        exceptions: listed(&rule.except),
    }
}

/// In which language an application's texts are told.
pub(crate) enum Tongue {
    /// In each, with its name.
    Every,
    /// In the one that fits this culture best.
    Of(String),
}

impl Tongue {
    /// The culture of the reader, as far as one is known.
    pub(crate) fn culture(&self) -> &str {
        match self {
            Self::Every => "",
            Self::Of(culture) => culture,
        }
    }

    /// A text. Clients index into the text of each element, so that an empty one is left out.
    pub(crate) fn values(&self, text: &Multilingual) -> Vec<Localized> {
        let values: Vec<_> = match self {
            Self::Every => text
                .all()
                .map(|(lang, text)| Localized { lang: lang.map(str::to_owned), text: text.to_owned() })
                .collect(),
            Self::Of(culture) => vec![Localized::plain(text.best(culture))],
        };
        values.into_iter().filter(|value| !value.text.is_empty()).collect()
    }

    /// A statement.
    pub(crate) fn statement(&self, document: &Document) -> Content {
        let values = self.values(&document.text).into_iter();
        let bytes = |value: Localized| LocalizedBytes { lang: value.lang, bytes: value.text.into_bytes() };
        Content { values: values.map(bytes).collect(), content_type: document.content_type.clone() }
    }

    /// A picture.
    pub(crate) fn picture(&self, logo: &Logo) -> Content {
        let values = self.values(&logo.base64).into_iter();
        let bytes = |value: Localized| LocalizedBytes {
            lang: value.lang,
            bytes: decode_base64(&value.text).unwrap_or_default(),
        };
        Content { values: values.map(bytes).collect(), content_type: logo.content_type.clone() }
    }
}
