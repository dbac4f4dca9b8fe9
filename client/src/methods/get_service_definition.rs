//! GetServiceDefinition 2 (methods.md 5.1): where the server is and what it offers. It needs no session.

use keepwell_wire::shapes::Instance;
use roxmltree::Node;
use uuid::Uuid;

use super::call as new_call;
use crate::answer::{child, children, instance, required, text};
use crate::line::{Call, Line};
use crate::{Client, Error};

/// What a server says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServiceDefinition {
    /// The address of the XML interface.
    pub platform_url: Option<String>,
    /// The version of the platform.
    pub platform_version: Option<String>,
    /// Limits and other settings, by name.
    pub configuration: Vec<(String, String)>,
    /// The root of the Shell.
    pub shell_url: Option<String>,
    /// The page of the Shell that applications send people to.
    pub redirect_url: Option<String>,
    /// The methods it offers.
    pub methods: Vec<String>,
    /// The instance that answered; the Shell names one when it sends a person back.
    pub current_instance_id: Option<String>,
    /// All instances.
    pub instances: Vec<Instance>,
}

/// A part of the definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ServiceSection {
    /// The address of the XML interface, its version and its configuration.
    Platform,
    /// The addresses of the Shell.
    Shell,
    /// The instances.
    Topology,
    /// The methods.
    Methods,
}

impl ServiceSection {
    fn name(self) -> &'static str {
        match self {
            ServiceSection::Platform => "platform",
            ServiceSection::Shell => "shell",
            ServiceSection::Topology => "topology",
            ServiceSection::Methods => "xml-over-http-methods",
        }
    }
}

impl Client {
    /// What the server says about itself.
    pub async fn service_definition(&self) -> Result<ServiceDefinition, Error> {
        self.service_definition_of(&[]).await
    }

    /// Only these parts of what the server says about itself; none means all.
    pub async fn service_definition_of(
        &self,
        sections: &[ServiceSection],
    ) -> Result<ServiceDefinition, Error> {
        self.anonymous(&call(sections), read).await
    }
}

/// The instances, as a device asks for them that has no session yet.
pub(crate) async fn topology(line: &Line, app_id: Uuid) -> Result<ServiceDefinition, Error> {
    line.anonymous(app_id, &call(&[ServiceSection::Topology]), read).await
}

fn call(sections: &[ServiceSection]) -> Call {
    new_call("GetServiceDefinition", 2, |out| {
        if sections.is_empty() {
            return;
        }
        out.open("response-sections");
        for section in sections {
            out.element("section", section.name());
        }
        out.close();
    })
}

fn read(info: Node<'_, '_>) -> Result<ServiceDefinition, Error> {
    let (platform, shell) = (child(info, "platform"), child(info, "shell"));
    let inside = |node: Option<Node<'_, '_>>, name| node.and_then(|n| child(n, name)).map(text).transpose();
    let mut definition = ServiceDefinition {
        platform_url: inside(platform, "url")?,
        platform_version: inside(platform, "version")?,
        shell_url: inside(shell, "url")?,
        redirect_url: inside(shell, "redirect-url")?,
        ..ServiceDefinition::default()
    };
    for setting in platform.iter().flat_map(|node| children(*node, "configuration")) {
        let key = setting.attribute("key").unwrap_or_default().to_owned();
        definition.configuration.push((key, text(setting)?));
    }
    for method in children(info, "xml-method") {
        definition.methods.push(text(required(method, "name")?)?);
    }
    if let Some(topology) = child(info, "instances") {
        definition.current_instance_id = topology.attribute("current-instance-id").map(str::to_owned);
        definition.instances = children(topology, "instance").map(instance).collect::<Result<_, Error>>()?;
    }
    Ok(definition)
}

#[cfg(test)]
mod tests {
    use keepwell_wire::methods::get_service_definition as server;

    use super::*;

    #[test]
    fn the_server_reads_which_parts_are_asked_for() {
        assert_eq!(call(&[]).info, "<info/>");
        let info = call(&[ServiceSection::Topology, ServiceSection::Methods]).info;
        let document = roxmltree::Document::parse(&info).unwrap();
        assert!(server::parse(2, document.root_element()).is_ok(), "{info}");
    }

    #[test]
    fn a_definition_comes_back_as_the_server_wrote_it() {
        let instance = Instance {
            id: "1".into(),
            name: "One".into(),
            description: "The one".into(),
            platform_url: "https://h/platform/wildcat.ashx".into(),
            shell_url: "https://h/".into(),
        };
        let method = server::XmlMethod { name: "GetThings".into(), versions: Vec::new() };
        let written = server::ServiceDefinition {
            platform: Some(server::Platform {
                url: "https://h/platform/wildcat.ashx".into(),
                version: "1.0.0.0".into(),
                configuration: vec![("maxFullThingResultsPerGroup".into(), "240".into())],
            }),
            xml_methods: vec![method],
            instances: Some(server::Instances {
                current_instance_id: "1".into(),
                instances: vec![instance.clone()],
            }),
            ..server::ServiceDefinition::default()
        };
        let definition =
            crate::answer::read("GetServiceDefinition", &server::answer(2, Some(&written)), read).unwrap();
        assert_eq!(definition.platform_url.as_deref(), Some("https://h/platform/wildcat.ashx"));
        assert_eq!(definition.configuration, [("maxFullThingResultsPerGroup".into(), "240".into())]);
        assert_eq!(
            (definition.instances, definition.methods),
            (vec![instance], vec!["GetThings".to_owned()])
        );
        assert_eq!((definition.current_instance_id.as_deref(), definition.shell_url), (Some("1"), None));
    }
}
