//! AddApplication 1 and 2 (methods.md 12.1): a master makes a child.

use roxmltree::Node;
use uuid::Uuid;

use crate::answer;
use crate::error::InfoError;
use crate::shapes::application::ApplicationConfiguration;
use crate::xml::Sequence;

/// Reads `info` of either version. Names, public keys, offline rules, descriptions, reasons and the large
/// logo are there.
pub fn parse(info: Node<'_, '_>) -> Result<ApplicationConfiguration, InfoError> {
    ApplicationConfiguration::read_new(Sequence::of(info)?)
}

/// Writes the answer, the same for both versions.
pub fn answer(app_id: Uuid) -> String {
    answer::success("AddApplication", |out| {
        out.element("id", app_id);
    })
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;
    use crate::shapes::application::{
        BulkExtractionSettings, Content, LocalizedBytes, Organization, PersistentTokens, SupportedInstances,
        SupportedLocations, VocabularyAuthorization,
    };
    use crate::shapes::{AuthRule, Localized, Location, Permission};
    use crate::status::Status;

    const LOGO: &str = "<large-logo><logo>AQID</logo><content-type>image/png</content-type></large-logo>";

    /// The elements that must be there, in order.
    fn needed() -> [String; 6] {
        [
            "<name>App</name>".to_owned(),
            format!("<public-keys><public-key>{}</public-key></public-keys>", "0f".repeat(256)),
            "<person-offline-base-auth/>".to_owned(),
            "<description>What</description>".to_owned(),
            "<auth-reason>Why</auth-reason>".to_owned(),
            LOGO.to_owned(),
        ]
    }

    fn read(inside: &str) -> Result<ApplicationConfiguration, InfoError> {
        let xml = format!("<info>{inside}</info>");
        parse(Document::parse(&xml).unwrap().root_element())
    }

    fn plain(text: &str) -> Option<Vec<Localized>> {
        Some(vec![Localized::plain(text)])
    }

    fn smallest() -> ApplicationConfiguration {
        ApplicationConfiguration {
            names: plain("App"),
            public_keys: Some(vec![vec![0x0f; 256]]),
            offline_rules: Some(Vec::new()),
            descriptions: plain("What"),
            auth_reasons: plain("Why"),
            large_logo: Some(Content::plain([1, 2, 3], "image/png")),
            ..ApplicationConfiguration::default()
        }
    }

    #[test]
    fn the_elements_that_must_be_there_are_enough_and_each_is_missed() {
        assert_eq!(read(&needed().concat()), Ok(smallest()));
        let names =
            ["name", "public-keys", "person-offline-base-auth", "description", "auth-reason", "large-logo"];
        for (at, name) in names.into_iter().enumerate() {
            let mut elements = needed();
            elements[at].clear();
            let error = read(&elements.concat()).unwrap_err();
            assert!(error.message.starts_with(&format!("info needs {name}")), "{}", error.message);
            assert_eq!(error.status, Status::INVALID_XML);
        }
    }

    #[test]
    fn everything_of_the_schema_is_read() {
        let [name, keys, offline, what, why, logo] = needed();
        let statement = |name: &str| {
            format!("<{name}><statement>SGk=</statement><content-type>text/plain</content-type></{name}>")
        };
        let everything = format!(
            "{name}<name xml:lang='de'>Anwendung</name>{keys}<person-online-base-auth><auth><rules>\
             <rule name='a'><permission>Read</permission></rule></rules></auth></person-online-base-auth>\
             {offline}<methods> GetThings,PutThings , </methods><action-url>https://a.example/</action-url>\
             {what}{why}<domain-name>a.example</domain-name>{logo}\
             <small-logo><logo xml:lang='de'>BAUG</logo><content-type>image/gif</content-type></small-logo>\
             <persistent-tokens><enabled>true</enabled><token-ttl-seconds>60</token-ttl-seconds>\
             </persistent-tokens><app-type>Web</app-type>{}{}<app-auth-required>true</app-auth-required>\
             <restrict-app-users>1</restrict-app-users><is-published>false</is-published>{}\
             <app-attributes><app-attribute>hippa</app-attribute></app-attributes>\
             <valid-ip-prefixes>10.0.0.0/8,192.0.2.0/24</valid-ip-prefixes>\
             <vocabulary-authorizations><vocabulary-authorization><family>f</family></vocabulary-authorization>\
             <vocabulary-authorization><family>f</family><name>n</name></vocabulary-authorization>\
             </vocabulary-authorizations><supported-record-locations><location><country>NL</country></location>\
             </supported-record-locations><supported-instances support-all-instances='true'/>\
             <meaningful-use-sources><source>s</source></meaningful-use-sources>\
             <organizations><organization><name>O</name></organization></organizations>\
             <bulk-extraction-settings><is-onboarded>true</is-onboarded>\
             <is-permission-required>false</is-permission-required></bulk-extraction-settings>",
            statement("privacy-statement"),
            statement("terms-of-use"),
            statement("dtc-success-message"),
        );
        let said = Content::plain("Hi", "text/plain");
        let german = LocalizedBytes { lang: Some("de".into()), bytes: vec![4, 5, 6] };
        let vocabulary = |name: Option<&str>| VocabularyAuthorization {
            family: "f".into(),
            name: name.map(str::to_owned),
        };
        let expected = ApplicationConfiguration {
            names: Some(vec![
                Localized::plain("App"),
                Localized { lang: Some("de".into()), text: "Anwendung".into() },
            ]),
            online_rules: Some(vec![AuthRule {
                name: Some("a".into()),
                permissions: vec![Permission::Read],
                ..AuthRule::default()
            }]),
            methods: Some(vec!["GetThings".into(), "PutThings".into()]),
            action_url: Some("https://a.example/".into()),
            domain_name: Some("a.example".into()),
            small_logo: Some(Content { values: vec![german], content_type: "image/gif".into() }),
            persistent_tokens: Some(PersistentTokens { enabled: true, ttl_seconds: Some(60) }),
            app_type: Some("Web".into()),
            privacy_statement: Some(said.clone()),
            terms_of_use: Some(said.clone()),
            app_auth_required: Some(true),
            restrict_app_users: Some(true),
            is_published: Some(false),
            dtc_success_message: Some(said),
            app_attributes: Some(vec!["hippa".into()]),
            valid_ip_prefixes: Some("10.0.0.0/8,192.0.2.0/24".into()),
            vocabulary_authorizations: Some(vec![vocabulary(None), vocabulary(Some("n"))]),
            supported_record_locations: Some(SupportedLocations {
                locations: vec![Location { country: "NL".into(), state_province: None }],
                all: false,
            }),
            supported_instances: Some(SupportedInstances { instance_ids: Vec::new(), all: true }),
            meaningful_use_sources: Some(vec!["s".into()]),
            organization: Some(Organization { names: vec![Localized::plain("O")] }),
            bulk_extraction_settings: Some(BulkExtractionSettings {
                is_onboarded: true,
                is_permission_required: false,
            }),
            ..smallest()
        };
        assert_eq!(read(&everything), Ok(expected));
    }

    #[test]
    fn a_bad_key_has_a_status_of_its_own() {
        let bad = needed().concat().replace("0f", "0g");
        assert_eq!(read(&bad).unwrap_err().status, Status::INVALID_PUBLIC_KEY);
    }

    #[test]
    fn what_the_schema_bounds_is_bounded_and_the_order_is_its_own() {
        let refused = |find: &str, put: &str| {
            let error = read(&needed().concat().replace(find, put)).unwrap_err();
            assert_eq!(error.status, Status::INVALID_XML);
            error.message
        };
        assert_eq!(refused("App", &"a".repeat(256)), "name is longer than 255 characters");
        assert_eq!(refused("What", ""), "description is empty");
        assert_eq!(
            refused("<name>App</name>", "<name>A</name><name>B</name>"),
            "name comes twice in no language"
        );
        assert_eq!(refused("AQID", "AQ=="), "logo of large-logo has not 3 to 163840 bytes");
        let early = format!("<domain-name>d</domain-name>{LOGO}<action-url>u</action-url>");
        assert_eq!(refused(LOGO, &early), "info has no place for action-url here");
        let blank = format!("{LOGO}<valid-ip-prefixes> </valid-ip-prefixes>");
        assert_eq!(refused(LOGO, &blank), "valid-ip-prefixes is blank");
    }

    #[test]
    fn the_answer_is_the_id() {
        assert_eq!(
            answer(Uuid::from_u128(1)),
            "<response><status><code>0</code></status>\
             <wc:info xmlns:wc=\"urn:com.microsoft.wc.methods.response.AddApplication\">\
             <id>00000000-0000-0000-0000-000000000001</id></wc:info></response>"
        );
    }
}
