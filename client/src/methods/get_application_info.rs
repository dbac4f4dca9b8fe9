//! GetApplicationInfo 2 (methods.md 12.3): what the server has registered about the application.

use keepwell_wire::shapes::Permission;
use keepwell_wire::xml;
use roxmltree::Node;
use uuid::Uuid;

use super::call as new_call;
use crate::answer::{child, children, permissions, required, text};
use crate::line::Who;
use crate::{Client, Error};

/// An application, as it is registered. Texts are in the language of the client.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApplicationInfo {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// What it is.
    pub description: Option<String>,
    /// Why it asks for what it asks for.
    pub auth_reason: Option<String>,
    /// Where the Shell sends people back to.
    pub action_url: Option<String>,
    /// Whether it is installed on devices.
    pub is_device: bool,
    /// The application that this one is an installation of.
    pub master_app_id: Option<Uuid>,
    /// What it asks for while a person is present.
    pub online_rules: Vec<Rule>,
    /// What it asks for otherwise.
    pub offline_rules: Vec<Rule>,
    /// The methods that it may call, if the server says so.
    pub methods: Vec<String>,
}

/// What an application asks to be allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// Its name.
    pub name: Option<String>,
    /// Whether a person may refuse it and still use the application.
    pub is_optional: bool,
    /// Why the application asks.
    pub reason: Option<String>,
    /// What it wants to do.
    pub permissions: Vec<Permission>,
    /// With which types; none means all.
    pub type_ids: Vec<Uuid>,
}

impl Client {
    /// What the server has registered about the application.
    pub async fn application_info(&self) -> Result<ApplicationInfo, Error> {
        self.ask(&Who::Application, &new_call("GetApplicationInfo", 2, |_| {}), read).await
    }
}

fn read(info: Node<'_, '_>) -> Result<ApplicationInfo, Error> {
    let app = required(info, "application")?;
    let optional = |name| child(app, name).map(text).transpose();
    let methods = optional("methods")?.unwrap_or_default();
    Ok(ApplicationInfo {
        id: xml::guid(required(app, "id")?)?,
        name: text(required(app, "name")?)?,
        description: optional("description")?,
        auth_reason: optional("auth-reason")?,
        action_url: optional("action-url")?,
        is_device: optional("app-type")?.is_some_and(|name| name.eq_ignore_ascii_case("Soda")),
        master_app_id: child(app, "master-app-id").map(xml::guid).transpose()?,
        online_rules: rules(child(app, "person-online-base-auth-xml"))?,
        offline_rules: rules(child(app, "person-offline-base-auth-xml"))?,
        methods: methods.split(',').map(str::trim).filter(|m| !m.is_empty()).map(str::to_owned).collect(),
    })
}

fn rules(auth: Option<Node<'_, '_>>) -> Result<Vec<Rule>, Error> {
    let rules = auth.and_then(|node| child(node, "auth")).and_then(|node| child(node, "rules"));
    rules.iter().flat_map(|rules| children(*rules, "rule")).map(rule).collect()
}

fn rule(node: Node<'_, '_>) -> Result<Rule, Error> {
    let types = child(node, "target-set");
    Ok(Rule {
        name: node.attribute("name").map(str::to_owned),
        is_optional: node.attribute("is-optional").is_some_and(|v| v == "true" || v == "1"),
        reason: child(node, "reason").map(text).transpose()?,
        permissions: permissions(Some(node))?,
        type_ids: types
            .iter()
            .flat_map(|set| children(*set, "type-id"))
            .map(|id| Ok(xml::guid(id)?))
            .collect::<Result<_, Error>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With parts that nobody asked for, and in no order.
    const DIARY: &str = "<response><status><code>0</code></status><wc:info xmlns:wc=\"urn:x\"><application>\
        <app-type>Soda</app-type><id>00000000-0000-0000-0000-000000000007</id><name xml:lang=\"en\">Diary</name>\
        <name xml:lang=\"nl\">Dagboek</name><description>A diary</description><new>1</new>\
        <person-online-base-auth-xml><auth><rules/></auth></person-online-base-auth-xml>\
        <person-offline-base-auth-xml><auth><rules><rule is-optional=\"true\" name=\"weight\">\
        <reason xml:lang=\"en\">To draw a line</reason><display-flags>1</display-flags>\
        <permission>Read</permission><permission>All</permission><target-set>\
        <type-id>00000000-0000-0000-0000-000000000003</type-id></target-set></rule></rules></auth>\
        </person-offline-base-auth-xml><master-app-id>00000000-0000-0000-0000-000000000008</master-app-id>\
        <methods>GetThings, PutThings</methods></application></wc:info></response>";

    #[test]
    fn an_application_is_read_with_its_rules() {
        let read = crate::answer::read("GetApplicationInfo", DIARY, read).unwrap();
        assert_eq!((read.id, &*read.name, read.is_device), (Uuid::from_u128(7), "Diary", true));
        assert_eq!((read.description.as_deref(), read.action_url), (Some("A diary"), None));
        assert_eq!((read.master_app_id, read.online_rules), (Some(Uuid::from_u128(8)), Vec::new()));
        assert_eq!(read.methods, ["GetThings", "PutThings"]);
        let rule = &read.offline_rules[0];
        assert_eq!((rule.name.as_deref(), rule.is_optional), (Some("weight"), true));
        assert_eq!(rule.reason.as_deref(), Some("To draw a line"));
        assert_eq!((rule.permissions.len(), &*rule.type_ids), (4, &[Uuid::from_u128(3)][..]));
    }
}
