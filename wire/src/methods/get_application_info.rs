//! GetApplicationInfo 1 and 2 (methods.md 12.3).

use roxmltree::Node;
use uuid::Uuid;

use crate::answer;
use crate::error::InfoError;
use crate::shapes::Permission;
use crate::time::UtcMicros;
use crate::xml::{self, Sequence, XmlWriter};

/// Which application, in how many languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Request {
    /// Every localized value instead of the best.
    pub all_languages: bool,
    /// A child of the caller instead of the caller.
    pub child_app_id: Option<Uuid>,
}

/// A text in a language; without one it is the default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Localized {
    /// The language.
    pub lang: Option<String>,
    /// The text; not empty.
    pub text: String,
}

/// A logo or a statement: Base64 in one or more languages, of one content type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// The Base64 texts.
    pub values: Vec<Localized>,
    /// The content type.
    pub content_type: String,
}

/// A rule of what an application may do with things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthRule {
    /// A name that is unique among the application's rules.
    pub name: Option<String>,
    /// Whether the person may refuse it.
    pub is_optional: bool,
    /// Why the application asks.
    pub reasons: Vec<Localized>,
    /// How the Shell shows it.
    pub display_flags: Option<u32>,
    /// At least one.
    pub permissions: Vec<Permission>,
    /// The types; none means all.
    pub type_ids: Vec<Uuid>,
}

/// An application. Parts that the platform does not offer are not here.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are the elements of the schema, by their own names")]
pub struct Application {
    pub id: Uuid,
    /// At least one.
    pub names: Vec<Localized>,
    pub app_auth_required: bool,
    pub restrict_app_users: bool,
    pub is_published: bool,
    pub action_url: Option<String>,
    pub descriptions: Vec<Localized>,
    pub auth_reasons: Vec<Localized>,
    pub domain_name: Option<String>,
    pub large_logo: Option<Content>,
    pub small_logo: Option<Content>,
    /// Whether there are tokens that last, and for how many seconds.
    pub persistent_tokens: Option<(bool, Option<u64>)>,
    pub online_rules: Vec<AuthRule>,
    pub offline_rules: Option<Vec<AuthRule>>,
    pub privacy_statement: Option<Content>,
    pub terms_of_use: Option<Content>,
    pub dtc_success_message: Option<Content>,
    pub app_attributes: Vec<String>,
    /// Whether it is installed on devices, each installation with an id of its own.
    pub is_soda: bool,
    pub master_app_id: Option<Uuid>,
    pub master_app_name: Option<Localized>,
    pub created_date: Option<UtcMicros>,
    pub updated_date: Option<UtcMicros>,
    pub valid_ip_prefixes: Option<String>,
    /// Comma-separated.
    pub methods: Option<String>,
}

/// Reads `info` of either version.
pub fn parse(info: Node<'_, '_>) -> Result<Request, InfoError> {
    let mut fields = Sequence::of(info)?;
    let all_languages = fields.optional("all-languages").map_or(Ok(false), xml::boolean)?;
    let child_app_id = fields.optional("child-app-id").map(xml::guid).transpose()?;
    fields.end()?;
    Ok(Request { all_languages, child_app_id })
}

/// Writes the answer, the same for both versions.
pub fn answer(application: &Application) -> String {
    answer::success("GetApplicationInfo", |out| application.write(out))
}

impl Application {
    fn write(&self, out: &mut XmlWriter) {
        out.open("application").element("id", self.id);
        localized(out, "name", &self.names);
        out.element("app-auth-required", self.app_auth_required);
        out.element("restrict-app-users", self.restrict_app_users);
        out.element("is-published", self.is_published);
        out.element_if("action-url", self.action_url.as_ref());
        localized(out, "description", &self.descriptions);
        localized(out, "auth-reason", &self.auth_reasons);
        out.element_if("domain-name", self.domain_name.as_ref());
        content(out, "large-logo", "logo", self.large_logo.as_ref());
        content(out, "small-logo", "logo", self.small_logo.as_ref());
        if let Some((enabled, seconds)) = self.persistent_tokens {
            out.open("persistent-tokens").element("enabled", enabled);
            out.element_if("token-ttl-seconds", seconds).close();
        }
        rules(out, "person-online-base-auth-xml", &self.online_rules);
        if let Some(offline) = &self.offline_rules {
            rules(out, "person-offline-base-auth-xml", offline);
        }
        content(out, "privacy-statement", "statement", self.privacy_statement.as_ref());
        content(out, "terms-of-use", "statement", self.terms_of_use.as_ref());
        content(out, "dtc-success-message", "statement", self.dtc_success_message.as_ref());
        if !self.app_attributes.is_empty() {
            out.open("app-attributes");
            self.app_attributes.iter().for_each(|text| {
                out.element("app-attribute", text);
            });
            out.close();
        }
        out.element("app-type", if self.is_soda { "Soda" } else { "Web" });
        out.element_if("master-app-id", self.master_app_id);
        localized(out, "master-app-name", self.master_app_name.as_slice());
        out.element_if("created-date", self.created_date);
        out.element_if("updated-date", self.updated_date);
        out.element_if("valid-ip-prefixes", self.valid_ip_prefixes.as_ref());
        out.element_if("methods", self.methods.as_ref());
        out.close();
    }
}

fn localized(out: &mut XmlWriter, name: &'static str, values: &[Localized]) {
    for value in values {
        out.open(name).attr_if("xml:lang", value.lang.as_ref()).text(&value.text).close();
    }
}

fn content(out: &mut XmlWriter, name: &'static str, item: &'static str, content: Option<&Content>) {
    if let Some(content) = content {
        out.open(name);
        localized(out, item, &content.values);
        out.element("content-type", &content.content_type).close();
    }
}

fn rules(out: &mut XmlWriter, name: &'static str, rules: &[AuthRule]) {
    out.open(name).open("auth").open("rules");
    for rule in rules {
        out.open("rule").attr_if("is-optional", rule.is_optional.then_some(true));
        out.attr_if("name", rule.name.as_ref());
        localized(out, "reason", &rule.reasons);
        out.element_if("display-flags", rule.display_flags);
        rule.permissions.iter().for_each(|permission| {
            out.element("permission", permission.name());
        });
        if !rule.type_ids.is_empty() {
            out.open("target-set");
            rule.type_ids.iter().for_each(|id| {
                out.element("type-id", id);
            });
            out.close();
        }
        out.close();
    }
    out.close().close().close();
}
