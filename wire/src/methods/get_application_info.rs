//! GetApplicationInfo 1 and 2 (methods.md 12.3).

use roxmltree::Node;
use uuid::Uuid;

use crate::answer;
use crate::error::InfoError;
use crate::shapes::application::{
    self, BulkExtractionSettings, Content, Organization, PersistentTokens, SupportedInstances,
    SupportedLocations, VocabularyAuthorization,
};
use crate::shapes::{AuthRule, Localized, auth, localized};
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

/// An application, in the order of the schema.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
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
    pub client_service_token: Option<Uuid>,
    pub large_logo: Option<Content>,
    pub small_logo: Option<Content>,
    pub persistent_tokens: Option<PersistentTokens>,
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
    /// Written only if the next is not empty either: one client takes either list as a sign of the other.
    pub vocabulary_authorizations: Vec<VocabularyAuthorization>,
    pub child_vocabulary_authorizations_ceiling: Vec<VocabularyAuthorization>,
    /// Comma-separated.
    pub methods: Option<String>,
    pub supported_record_locations: Option<SupportedLocations>,
    pub supported_instances: Option<SupportedInstances>,
    pub meaningful_use_sources: Vec<String>,
    pub meaningful_use_sources_ceiling: Vec<String>,
    pub organization: Option<Organization>,
    pub bulk_extraction_settings: Option<BulkExtractionSettings>,
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
        localized::write(out, "name", &self.names);
        out.element("app-auth-required", self.app_auth_required);
        out.element("restrict-app-users", self.restrict_app_users);
        out.element("is-published", self.is_published);
        out.element_if("action-url", self.action_url.as_ref());
        localized::write(out, "description", &self.descriptions);
        localized::write(out, "auth-reason", &self.auth_reasons);
        out.element_if("domain-name", self.domain_name.as_ref());
        out.element_if("client-service-token", self.client_service_token);
        for (name, logo) in [("large-logo", &self.large_logo), ("small-logo", &self.small_logo)] {
            if let Some(logo) = logo {
                logo.write_logo(name, out);
            }
        }
        if let Some(tokens) = self.persistent_tokens {
            tokens.write(out);
        }
        auth::write(out, "person-online-base-auth-xml", &self.online_rules);
        if let Some(offline) = &self.offline_rules {
            auth::write(out, "person-offline-base-auth-xml", offline);
        }
        for (name, statement) in [
            ("privacy-statement", &self.privacy_statement),
            ("terms-of-use", &self.terms_of_use),
            ("dtc-success-message", &self.dtc_success_message),
        ] {
            if let Some(statement) = statement {
                statement.write_statement(name, out);
            }
        }
        application::write_attributes(&self.app_attributes, out);
        out.element("app-type", if self.is_soda { "Soda" } else { "Web" });
        out.element_if("master-app-id", self.master_app_id);
        localized::write(out, "master-app-name", self.master_app_name.as_slice());
        out.element_if("created-date", self.created_date);
        out.element_if("updated-date", self.updated_date);
        out.element_if("valid-ip-prefixes", self.valid_ip_prefixes.as_ref());
        let (own, ceiling) = (&self.vocabulary_authorizations, &self.child_vocabulary_authorizations_ceiling);
        if !own.is_empty() && !ceiling.is_empty() {
            application::write_authorizations("vocabulary-authorizations", own, out);
            application::write_authorizations("child-vocabulary-authorizations-ceiling", ceiling, out);
        }
        out.element_if("methods", self.methods.as_ref());
        if let Some(places) = &self.supported_record_locations {
            places.write(out);
        }
        if let Some(instances) = &self.supported_instances {
            instances.write(out);
        }
        application::write_sources("meaningful-use-sources", &self.meaningful_use_sources, out);
        let ceiling = &self.meaningful_use_sources_ceiling;
        application::write_sources("meaningful-use-sources-ceiling", ceiling, out);
        if let Some(organization) = &self.organization {
            organization.write(out);
        }
        if let Some(settings) = self.bulk_extraction_settings {
            settings.write(out);
        }
        out.close();
    }
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;
    use crate::shapes::{AuthSet, Location, Permission};

    #[test]
    fn the_flag_and_the_child_are_read_in_this_order() {
        let read = |xml: &str| parse(Document::parse(xml).unwrap().root_element());
        let id = Uuid::from_u128(1);
        let both = format!("<info><all-languages>1</all-languages><child-app-id>{id}</child-app-id></info>");
        assert_eq!(read(&both), Ok(Request { all_languages: true, child_app_id: Some(id) }));
        assert_eq!(read("<info/>"), Ok(Request::default()));
        let turned = format!("<info><child-app-id>{id}</child-app-id><all-languages/></info>");
        assert_eq!(read(&turned).unwrap_err().message, "info has no place for all-languages here");
    }

    #[test]
    fn the_smallest_application_has_what_clients_read_without_looking() {
        let small = Application { names: vec![Localized::plain("A")], ..Application::default() };
        assert_eq!(
            answer(&small),
            "<response><status><code>0</code></status>\
             <wc:info xmlns:wc=\"urn:com.microsoft.wc.methods.response.GetApplicationInfo\"><application>\
             <id>00000000-0000-0000-0000-000000000000</id><name>A</name>\
             <app-auth-required>false</app-auth-required><restrict-app-users>false</restrict-app-users>\
             <is-published>false</is-published><person-online-base-auth-xml><auth><rules/></auth>\
             </person-online-base-auth-xml><app-type>Web</app-type></application></wc:info></response>"
        );
    }

    fn rich() -> Application {
        let text = |text: &str| {
            vec![Localized::plain(text), Localized { lang: Some("de".into()), text: "x".into() }]
        };
        let vocabulary = |name: Option<&str>| VocabularyAuthorization {
            family: "wc".into(),
            name: name.map(str::to_owned),
        };
        let said = || Some(Content::plain("Hi", "text/plain"));
        let rule = AuthRule {
            name: Some("vitals".into()),
            is_optional: true,
            reasons: vec![Localized::plain("Because")],
            display_flags: Some(3),
            permissions: vec![Permission::Read],
            targets: vec![AuthSet::of_types(vec![Uuid::from_u128(2)])],
            exceptions: Vec::new(),
        };
        Application {
            id: Uuid::from_u128(1),
            names: text("App"),
            app_auth_required: true,
            restrict_app_users: true,
            is_published: true,
            action_url: Some("https://a.example/".into()),
            descriptions: text("What"),
            auth_reasons: text("Why"),
            domain_name: Some("a.example".into()),
            client_service_token: Some(Uuid::from_u128(3)),
            large_logo: Some(Content::plain([1, 2, 3], "image/png")),
            small_logo: Some(Content::plain([1, 2, 3], "image/png")),
            persistent_tokens: Some(PersistentTokens { enabled: true, ttl_seconds: Some(60) }),
            online_rules: vec![rule],
            offline_rules: Some(Vec::new()),
            privacy_statement: said(),
            terms_of_use: said(),
            dtc_success_message: said(),
            app_attributes: vec!["hippa".into()],
            is_soda: true,
            master_app_id: Some(Uuid::from_u128(4)),
            master_app_name: Some(Localized::plain("Master")),
            created_date: Some(UtcMicros(0)),
            updated_date: Some(UtcMicros(1_500_000)),
            valid_ip_prefixes: Some("10.0.0.0/8".into()),
            vocabulary_authorizations: vec![vocabulary(Some("v"))],
            child_vocabulary_authorizations_ceiling: vec![vocabulary(None)],
            methods: Some("GetThings,PutThings".into()),
            supported_record_locations: Some(SupportedLocations {
                locations: vec![Location { country: "NL".into(), state_province: None }],
                all: true,
            }),
            supported_instances: Some(SupportedInstances { instance_ids: vec!["1".into()], all: true }),
            meaningful_use_sources: vec!["s".into()],
            meaningful_use_sources_ceiling: vec!["t".into()],
            organization: Some(Organization { names: vec![Localized::plain("O")] }),
            bulk_extraction_settings: Some(BulkExtractionSettings {
                is_onboarded: true,
                is_permission_required: false,
            }),
        }
    }

    #[test]
    fn everything_is_written_in_the_order_of_the_schema() {
        let rules = "<auth><rules><rule is-optional=\"true\" name=\"vitals\"><reason>Because</reason>\
                     <display-flags>3</display-flags><permission>Read</permission><target-set>\
                     <type-id>00000000-0000-0000-0000-000000000002</type-id></target-set></rule></rules></auth>";
        let logo = "<logo>AQID</logo><content-type>image/png</content-type>";
        let said = "<statement>SGk=</statement><content-type>text/plain</content-type>";
        let expected = format!(
            "<application><id>00000000-0000-0000-0000-000000000001</id><name>App</name>\
             <name xml:lang=\"de\">x</name><app-auth-required>true</app-auth-required>\
             <restrict-app-users>true</restrict-app-users><is-published>true</is-published>\
             <action-url>https://a.example/</action-url><description>What</description>\
             <description xml:lang=\"de\">x</description><auth-reason>Why</auth-reason>\
             <auth-reason xml:lang=\"de\">x</auth-reason><domain-name>a.example</domain-name>\
             <client-service-token>00000000-0000-0000-0000-000000000003</client-service-token>\
             <large-logo>{logo}</large-logo><small-logo>{logo}</small-logo>\
             <persistent-tokens><enabled>true</enabled><token-ttl-seconds>60</token-ttl-seconds>\
             </persistent-tokens><person-online-base-auth-xml>{rules}</person-online-base-auth-xml>\
             <person-offline-base-auth-xml><auth><rules/></auth></person-offline-base-auth-xml>\
             <privacy-statement>{said}</privacy-statement><terms-of-use>{said}</terms-of-use>\
             <dtc-success-message>{said}</dtc-success-message>\
             <app-attributes><app-attribute>hippa</app-attribute></app-attributes><app-type>Soda</app-type>\
             <master-app-id>00000000-0000-0000-0000-000000000004</master-app-id>\
             <master-app-name>Master</master-app-name><created-date>1970-01-01T00:00:00Z</created-date>\
             <updated-date>1970-01-01T00:00:01.5Z</updated-date>\
             <valid-ip-prefixes>10.0.0.0/8</valid-ip-prefixes>\
             <vocabulary-authorizations><vocabulary-authorization><family>wc</family><name>v</name>\
             </vocabulary-authorization></vocabulary-authorizations>\
             <child-vocabulary-authorizations-ceiling><vocabulary-authorization><family>wc</family>\
             </vocabulary-authorization></child-vocabulary-authorizations-ceiling>\
             <methods>GetThings,PutThings</methods><supported-record-locations><location>\
             <country>NL</country></location><all-locations>true</all-locations></supported-record-locations>\
             <supported-instances support-all-instances=\"true\"><instance-id>1</instance-id>\
             </supported-instances><meaningful-use-sources><source>s</source></meaningful-use-sources>\
             <meaningful-use-sources-ceiling><source>t</source></meaningful-use-sources-ceiling>\
             <organizations><organization><name>O</name></organization></organizations>\
             <bulk-extraction-settings><is-onboarded>true</is-onboarded>\
             <is-permission-required>false</is-permission-required></bulk-extraction-settings></application>"
        );
        let written = answer(&rich());
        let start = written.find("<application>").unwrap();
        assert_eq!(written[start..].strip_suffix("</wc:info></response>"), Some(&*expected));
    }

    #[test]
    fn both_lists_of_vocabularies_are_written_or_neither() {
        for alone in [
            Application { vocabulary_authorizations: Vec::new(), ..rich() },
            Application { child_vocabulary_authorizations_ceiling: Vec::new(), ..rich() },
        ] {
            assert!(!answer(&alone).contains("vocabulary-authorization"));
        }
    }
}
