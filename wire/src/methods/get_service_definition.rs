//! GetServiceDefinition 1 and 2 (methods.md 5.1, wire.md 5.2).

use roxmltree::Node;

use crate::answer;
use crate::error::InfoError;
use crate::shapes::Instance;
use crate::time::UtcMicros;
use crate::xml::{self, Sequence, XmlWriter};

/// Which parts to tell, if anything changed.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Request {
    /// If nothing changed since, the answer is empty; compared by whole seconds.
    pub updated_date: Option<UtcMicros>,
    /// The parts (version 2); none means all.
    pub sections: Vec<Section>,
}

/// A part of the definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// The endpoint and its configuration.
    Platform,
    /// The Shell.
    Shell,
    /// The instances.
    Topology,
    /// The methods and their schemas.
    XmlOverHttpMethods,
    /// The meaningful-use feature.
    MeaningfulUse,
}

impl Request {
    /// Whether a part was asked for.
    pub fn wants(&self, section: Section) -> bool {
        self.sections.is_empty() || self.sections.contains(&section)
    }
}

/// The definition; parts that were not asked for are `None` or empty.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ServiceDefinition {
    /// The endpoint.
    pub platform: Option<Platform>,
    /// The Shell.
    pub shell: Option<Shell>,
    /// The methods.
    pub xml_methods: Vec<XmlMethod>,
    /// URLs of schemas that methods share.
    pub common_schemas: Vec<String>,
    /// The instances (version 2).
    pub instances: Option<Instances>,
    /// The meaningful-use feature (version 2).
    pub meaningful_use: Option<MeaningfulUse>,
    /// When any of this last changed. One client fails without it.
    pub updated_date: UtcMicros,
}

/// The endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Platform {
    /// The URL of the XML interface.
    pub url: String,
    /// Four numbers with dots.
    pub version: String,
    /// Names and values; a name occurs once and a value is not empty.
    pub configuration: Vec<(String, String)>,
}

/// The Shell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shell {
    /// Its root.
    pub url: String,
    /// Its redirect page.
    pub redirect_url: String,
    /// The targets of that page.
    pub redirect_tokens: Vec<RedirectToken>,
}

/// A target of the redirect page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedirectToken {
    /// Its name.
    pub token: String,
    /// What it is for.
    pub description: String,
    /// The parameters it takes, comma-separated.
    pub querystring_parameters: String,
}

/// A method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlMethod {
    /// Its name.
    pub name: String,
    /// Its versions.
    pub versions: Vec<XmlMethodVersion>,
}

/// A version of a method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlMethodVersion {
    /// The number.
    pub number: u32,
    /// Where its request schema is.
    pub request_schema_url: Option<String>,
    /// Where its response schema is. One client fails without it.
    pub response_schema_url: Option<String>,
}

/// The instances; the current one is among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instances {
    /// The id of the one that answers.
    pub current_instance_id: String,
    /// All of them.
    pub instances: Vec<Instance>,
}

/// The meaningful-use feature.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct MeaningfulUse {
    /// Whether it is on.
    pub enabled: bool,
    /// Names and values; a name occurs once and a value is not empty.
    pub configuration: Vec<(String, String)>,
}

/// Reads `info` of version 1 or 2.
pub fn parse(version: u32, info: Node<'_, '_>) -> Result<Request, InfoError> {
    let mut fields = Sequence::of(info)?;
    let updated_date = match fields.optional("updated-date") {
        Some(node) if !xml::text(node)?.is_empty() => Some(xml::utc(node)?),
        _ => None,
    };
    let mut sections = Vec::new();
    if let Some(node) = fields.optional("response-sections").filter(|_| version >= 2) {
        let mut list = Sequence::of(node)?;
        for node in list.repeated("section") {
            sections.push(match &*xml::text(node)? {
                "platform" => Section::Platform,
                "shell" => Section::Shell,
                "topology" => Section::Topology,
                "xml-over-http-methods" => Section::XmlOverHttpMethods,
                "meaningful-use" => Section::MeaningfulUse,
                other => return Err(InfoError::invalid(format!("section has an unknown value {other:?}"))),
            });
        }
        list.end()?;
    }
    fields.end()?;
    Ok(Request { updated_date, sections })
}

/// Writes the answer of version 1 or 2; `None` says that nothing changed.
pub fn answer(version: u32, definition: Option<&ServiceDefinition>) -> String {
    let suffix = if version >= 2 { "GetServiceDefinition2" } else { "GetServiceDefinition" };
    answer::success(suffix, |out| {
        if let Some(definition) = definition {
            definition.write(version, out);
        }
    })
}

impl ServiceDefinition {
    fn write(&self, version: u32, out: &mut XmlWriter) {
        if let Some(platform) = &self.platform {
            out.open("platform").element("url", &platform.url).element("version", &platform.version);
            configuration(&platform.configuration, out);
            out.close();
        }
        if let Some(shell) = &self.shell {
            out.open("shell").element("url", &shell.url).element("redirect-url", &shell.redirect_url);
            for target in &shell.redirect_tokens {
                out.open("redirect-token").element("token", &target.token);
                out.element("description", &target.description);
                out.element("querystring-parameters", &target.querystring_parameters).close();
            }
            out.close();
        }
        for method in &self.xml_methods {
            out.open("xml-method").element("name", &method.name);
            for version in &method.versions {
                out.open("version").attr("number", version.number);
                out.element_if("request-schema-url", version.request_schema_url.as_ref());
                out.element_if("response-schema-url", version.response_schema_url.as_ref()).close();
            }
            out.close();
        }
        for url in &self.common_schemas {
            out.element("common-schema", url);
        }
        if version >= 2 {
            if let Some(topology) = &self.instances {
                out.open("instances").attr("current-instance-id", &topology.current_instance_id);
                for instance in &topology.instances {
                    out.open("instance");
                    instance.write(out);
                    out.close();
                }
                out.close();
            }
            if let Some(meaningful_use) = &self.meaningful_use {
                out.open("meaningful-use").element("enabled", meaningful_use.enabled);
                configuration(&meaningful_use.configuration, out);
                out.close();
            }
        }
        out.element("updated-date", self.updated_date);
    }
}

fn configuration(entries: &[(String, String)], out: &mut XmlWriter) {
    for (key, value) in entries {
        out.open("configuration").attr("key", key).text(value).close();
    }
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    #[test]
    fn no_sections_mean_all_and_an_unknown_one_is_refused() {
        let read = |xml: &str| parse(2, Document::parse(xml).unwrap().root_element());
        assert!(read("<info />").unwrap().wants(Section::Shell));
        let one =
            read("<info><response-sections><section>topology</section></response-sections></info>").unwrap();
        assert!(one.wants(Section::Topology) && !one.wants(Section::Shell));
        assert!(read("<info><response-sections><section>all</section></response-sections></info>").is_err());
    }

    #[test]
    fn nothing_changed_is_an_empty_info_and_all_else_has_its_date() {
        assert!(answer(2, None).ends_with("GetServiceDefinition2\"/></response>"));
        let instance = Instance {
            id: "1".into(),
            name: "One".into(),
            description: "The one".into(),
            platform_url: "https://h/platform/wildcat.ashx".into(),
            shell_url: "https://h/".into(),
        };
        let definition = ServiceDefinition {
            instances: Some(Instances { current_instance_id: "1".into(), instances: vec![instance] }),
            ..ServiceDefinition::default()
        };
        assert!(answer(2, Some(&definition)).ends_with(
            "<instances current-instance-id=\"1\"><instance><id>1</id><name>One</name>\
             <description>The one</description><platform-url>https://h/platform/wildcat.ashx</platform-url>\
             <shell-url>https://h/</shell-url></instance></instances>\
             <updated-date>1970-01-01T00:00:00Z</updated-date></wc:info></response>"
        ));
        assert!(!answer(1, Some(&definition)).contains("instances"));
    }

    #[test]
    fn everything_is_written_in_the_order_of_the_schema() {
        let entry = |key: &str| vec![(key.to_owned(), "1".to_owned())];
        let definition = ServiceDefinition {
            platform: Some(Platform {
                url: "u".into(),
                version: "1.0.0.0".into(),
                configuration: entry("k"),
            }),
            shell: Some(Shell {
                url: "s".into(),
                redirect_url: "r".into(),
                redirect_tokens: vec![RedirectToken {
                    token: "AUTH".into(),
                    description: "d".into(),
                    querystring_parameters: String::new(),
                }],
            }),
            xml_methods: vec![XmlMethod {
                name: "GetThings".into(),
                versions: vec![XmlMethodVersion {
                    number: 3,
                    request_schema_url: Some("q".into()),
                    response_schema_url: Some("a".into()),
                }],
            }],
            common_schemas: vec!["c".into()],
            instances: None,
            meaningful_use: Some(MeaningfulUse { enabled: true, configuration: entry("m") }),
            updated_date: UtcMicros(0),
        };
        let first = "<platform><url>u</url><version>1.0.0.0</version><configuration key=\"k\">1</configuration>\
                     </platform><shell><url>s</url><redirect-url>r</redirect-url><redirect-token>\
                     <token>AUTH</token><description>d</description><querystring-parameters/>\
                     </redirect-token></shell><xml-method><name>GetThings</name><version number=\"3\">\
                     <request-schema-url>q</request-schema-url><response-schema-url>a</response-schema-url>\
                     </version></xml-method><common-schema>c</common-schema>";
        let second = "<meaningful-use><enabled>true</enabled><configuration key=\"m\">1</configuration>\
                      </meaningful-use>";
        let last = "<updated-date>1970-01-01T00:00:00Z</updated-date></wc:info></response>";
        assert!(answer(1, Some(&definition)).ends_with(&format!("Definition\">{first}{last}")));
        assert!(answer(2, Some(&definition)).ends_with(&format!("Definition2\">{first}{second}{last}")));
    }
}
