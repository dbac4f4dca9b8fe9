//! What AddApplication and UpdateApplication say of an application (methods.md 12.1, 12.2).

use roxmltree::Node;

use super::{BulkExtractionSettings, Content, Organization, PersistentTokens, SupportedInstances};
use super::{SupportedLocations, VocabularyAuthorization, parts, public_key};
use crate::error::InfoError;
use crate::shapes::{AuthRule, Localized, auth, localized};
use crate::xml::{self, Sequence, is_blank};

/// A configuration, element by element. `None` says that the element is not there: an update keeps what
/// was. A list that is there has at least one entry, but for rules and methods.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
#[allow(missing_docs, reason = "the fields are the elements of the schema, by their own names")]
pub struct ApplicationConfiguration {
    pub names: Option<Vec<Localized>>,
    /// Certificates in DER, not looked into yet.
    pub public_keys: Option<Vec<Vec<u8>>>,
    pub online_rules: Option<Vec<AuthRule>>,
    pub offline_rules: Option<Vec<AuthRule>>,
    /// Names of methods and groups, none of them blank. AddApplication 1 does not heed them.
    pub methods: Option<Vec<String>>,
    pub action_url: Option<String>,
    pub descriptions: Option<Vec<Localized>>,
    pub auth_reasons: Option<Vec<Localized>>,
    pub domain_name: Option<String>,
    pub large_logo: Option<Content>,
    pub small_logo: Option<Content>,
    pub persistent_tokens: Option<PersistentTokens>,
    /// Not heeded.
    pub app_type: Option<String>,
    pub privacy_statement: Option<Content>,
    pub terms_of_use: Option<Content>,
    /// Not heeded.
    pub app_auth_required: Option<bool>,
    pub restrict_app_users: Option<bool>,
    /// Not heeded.
    pub is_published: Option<bool>,
    pub dtc_success_message: Option<Content>,
    pub app_attributes: Option<Vec<String>>,
    /// Comma-separated, not looked into yet.
    pub valid_ip_prefixes: Option<String>,
    pub vocabulary_authorizations: Option<Vec<VocabularyAuthorization>>,
    pub supported_record_locations: Option<SupportedLocations>,
    pub supported_instances: Option<SupportedInstances>,
    pub meaningful_use_sources: Option<Vec<String>>,
    pub organization: Option<Organization>,
    pub bulk_extraction_settings: Option<BulkExtractionSettings>,
}

impl ApplicationConfiguration {
    /// Reads the elements of a new application, which are all of `info`. Names, public keys, offline
    /// rules, descriptions, reasons and the large logo are there.
    pub fn read_new(fields: Sequence<'_, '_>) -> Result<Self, InfoError> {
        Reader { fields, new: true }.read()
    }

    /// Reads the elements of an update, which are the last of `info`. Any may be left out.
    pub fn read_update(fields: Sequence<'_, '_>) -> Result<Self, InfoError> {
        Reader { fields, new: false }.read()
    }
}

struct Reader<'a, 'i> {
    fields: Sequence<'a, 'i>,
    new: bool,
}

impl<'a, 'i> Reader<'a, 'i> {
    /// The one place that knows the order.
    fn read(mut self) -> Result<ApplicationConfiguration, InfoError> {
        let configuration = ApplicationConfiguration {
            names: self.texts("name", |node| xml::up_to(255, node))?,
            public_keys: self.needed("public-keys")?.map(public_key::read_all).transpose()?,
            online_rules: self.optional("person-online-base-auth", auth::read)?,
            offline_rules: self.needed("person-offline-base-auth")?.map(auth::read).transpose()?,
            methods: self.optional("methods", methods)?,
            action_url: self.optional("action-url", xml::filled)?,
            descriptions: self.texts("description", xml::filled)?,
            auth_reasons: self.texts("auth-reason", xml::filled)?,
            domain_name: self.optional("domain-name", |node| xml::up_to(255, node))?,
            large_logo: self.needed("large-logo")?.map(Content::read_large_logo).transpose()?,
            small_logo: self.optional("small-logo", Content::read_small_logo)?,
            persistent_tokens: self.optional("persistent-tokens", PersistentTokens::read)?,
            app_type: self.optional("app-type", xml::filled)?,
            privacy_statement: self.optional("privacy-statement", Content::read_statement)?,
            terms_of_use: self.optional("terms-of-use", Content::read_statement)?,
            app_auth_required: self.optional("app-auth-required", xml::boolean)?,
            restrict_app_users: self.optional("restrict-app-users", xml::boolean)?,
            is_published: self.optional("is-published", xml::boolean)?,
            dtc_success_message: self.optional("dtc-success-message", Content::read_statement)?,
            app_attributes: self.optional("app-attributes", parts::read_attributes)?,
            valid_ip_prefixes: self.optional("valid-ip-prefixes", |node| xml::words_up_to(255, node))?,
            vocabulary_authorizations: self
                .optional("vocabulary-authorizations", parts::read_authorizations)?,
            supported_record_locations: self
                .optional("supported-record-locations", SupportedLocations::read)?,
            supported_instances: self.optional("supported-instances", SupportedInstances::read)?,
            meaningful_use_sources: self.optional("meaningful-use-sources", parts::read_sources)?,
            organization: self.optional("organizations", Organization::read)?,
            bulk_extraction_settings: self
                .optional("bulk-extraction-settings", BulkExtractionSettings::read)?,
        };
        self.fields.end()?;
        Ok(configuration)
    }

    fn optional<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(Node<'a, 'i>) -> Result<T, InfoError>,
    ) -> Result<Option<T>, InfoError> {
        self.fields.optional(name).map(read).transpose()
    }

    /// An element that a new application has.
    fn needed(&mut self, name: &str) -> Result<Option<Node<'a, 'i>>, InfoError> {
        if self.new { self.fields.required(name).map(Some) } else { Ok(self.fields.optional(name)) }
    }

    /// Localized texts, of which a new application has some.
    fn texts(
        &mut self,
        name: &str,
        text: impl Fn(Node<'_, '_>) -> Result<String, InfoError>,
    ) -> Result<Option<Vec<Localized>>, InfoError> {
        let mut nodes: Vec<_> = self.needed(name)?.into_iter().collect();
        nodes.extend(self.fields.repeated(name));
        if nodes.is_empty() { Ok(None) } else { localized::read(nodes, text).map(Some) }
    }
}

fn methods(node: Node<'_, '_>) -> Result<Vec<String>, InfoError> {
    let text = xml::filled(node)?;
    Ok(text.split(',').filter(|name| !is_blank(name)).map(|name| name.trim().to_owned()).collect())
}
