//! What an application is, as its registration describes it.

use std::net::IpAddr;

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use super::{Document, Logo, Multilingual, Rule, methods};
use crate::ids::AppId;

/// An application as its registration describes it (connectivity.md 7.2). Only `id` and `name` must be
/// there; what was registered before a field came to be reads as if it had not been said.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Application {
    /// The id on the wire.
    pub id: AppId,
    /// Whether it stands for itself, for others, or for one of these.
    pub kind: Kind,
    /// What it is called, at most 255 characters in each language.
    pub name: Multilingual,
    /// What it does, in a sentence or two.
    pub description: Multilingual,
    /// Why it asks at all. Rules say it better; masters still have to give it.
    pub auth_reason: Multilingual,
    /// Where people and documents are found, shown on the consent page.
    pub home: Option<String>,
    /// Where the browser returns to; none for applications without a website.
    pub action_url: Option<String>,
    /// What it may ask to do while the person uses it.
    pub online: Vec<Rule>,
    /// What it may ask to do while the person is away.
    pub offline: Vec<Rule>,
    /// Which methods it may call, by name or by group ([`methods`]).
    pub methods: Vec<String>,
    /// How long a person may stay signed in to it, seconds; none when it does not offer that.
    pub stay_signed_in_seconds: Option<u32>,
    /// Its privacy statement: an address or a text.
    pub privacy: Option<Document>,
    /// Its terms of use: an address or a text.
    pub terms: Option<Document>,
    /// What a person reads when Patient Connect or a pick-up went well.
    pub success_message: Option<Document>,
    /// Where people reach who runs it, as they dial it.
    #[serde(default)]
    pub telephone: Option<String>,
    /// A picture for the consent page.
    pub large_logo: Option<Logo>,
    /// A picture for lists.
    pub small_logo: Option<Logo>,
    /// The domain that its letters come from.
    pub domain_name: Option<String>,
    /// Marks such as `hippa` (spelled so) and `clinicaltrial`; others are kept.
    pub attributes: Vec<String>,
    /// Only persons who were admitted may authorize it.
    pub restrict_users: bool,
    /// From where it may call; empty for anywhere.
    pub ip_prefixes: Vec<IpNet>,
    /// Countries whose records it may be used with; empty for all.
    pub locations: Vec<Location>,
    /// Instances that it may be used on, by id; empty for all.
    pub instances: Vec<String>,
    /// Restricted vocabularies that it may use.
    pub vocabularies: Vec<Vocabulary>,
    /// The name of the organization behind it.
    pub organization: Multilingual,
    /// What it said about taking data out in bulk, which is not offered: it only comes back.
    pub bulk_extraction: Option<BulkExtraction>,
    /// Whether old messages are refused (wire.md 7); some old clients tell a wrong time.
    #[serde(default = "yes")]
    pub check_message_age: bool,
    /// Whether `redirect` may name another return address on the loopback, on a development server.
    pub redirect_override: bool,
}

fn yes() -> bool {
    true
}

/// Whether an application stands for itself (connectivity.md 7.1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// For itself.
    #[default]
    Web,
    /// It makes applications below itself, which may call these methods at most.
    Master {
        /// Methods and groups.
        child_methods: Vec<String>,
    },
    /// It was made by this one.
    Child {
        /// Its master.
        master: AppId,
    },
    /// For phones and tablets: it never calls itself, only its installations do (SODA).
    Mobile,
    /// An installation on a device, made by a person from an application for phones and tablets. It is that
    /// application in all but its id.
    Device {
        /// What is installed.
        master: AppId,
        /// What the person knows the device by.
        name: String,
    },
}

/// A place where a record's subject may live.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Location {
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// A part of it; none for all.
    pub state_province: Option<String>,
}

/// A vocabulary, or a whole family.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vocabulary {
    /// Its family.
    pub family: String,
    /// Its name; none means all of the family.
    pub name: Option<String>,
}

impl Vocabulary {
    /// Whether it is the vocabulary of this family and name, or all of the family.
    #[must_use]
    pub fn covers(&self, family: &str, name: &str) -> bool {
        self.family == family && self.name.as_deref().is_none_or(|own| own == name)
    }
}

/// What an application said about taking data out in bulk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkExtraction {
    /// That it takes part.
    pub onboarded: bool,
    /// That the person has to agree.
    pub permission_required: bool,
}

impl Application {
    /// Whether it may call the method (methods.md 2.8). An installation may always ask who it is: an
    /// older desktop client sees by that whether it was let in, and any refusal but 6 ends it
    /// (shell.md 11).
    #[must_use]
    pub fn may_call(&self, method: &str) -> bool {
        methods::allow(&self.methods, method) || (self.device().is_some() && method == "GetApplicationInfo")
    }

    /// The application that made it.
    #[must_use]
    pub fn master(&self) -> Option<AppId> {
        match self.kind {
            Kind::Child { master } | Kind::Device { master, .. } => Some(master),
            Kind::Web | Kind::Master { .. } | Kind::Mobile => None,
        }
    }

    /// What the device is called, if this is an installation on one.
    #[must_use]
    pub fn device(&self) -> Option<&str> {
        match &self.kind {
            Kind::Device { name, .. } => Some(name),
            _ => None,
        }
    }

    /// What is installed, if this is an installation on a device; else the application itself: whose
    /// pictures, documents and admissions count.
    #[must_use]
    pub fn as_registered(&self) -> AppId {
        match self.kind {
            Kind::Device { master, .. } => master,
            _ => self.id,
        }
    }

    /// An installation of this application on a device: all that it says and asks for today, for use while
    /// the person is away (connectivity.md 6.1).
    #[must_use]
    pub fn on_device(&self, id: AppId, name: &str) -> Self {
        let kind = Kind::Device { master: self.id, name: name.to_owned() };
        Self { id, kind, online: Vec::new(), stay_signed_in_seconds: None, ..self.clone() }
    }

    /// Whether it may call from this address. One that is not known is refused where prefixes are set.
    #[must_use]
    pub fn may_call_from(&self, address: Option<IpAddr>) -> bool {
        // An IPv4 client may be seen by its IPv6 form.
        let address = address.map(|address| address.to_canonical());
        self.ip_prefixes.is_empty()
            || address.is_some_and(|address| self.ip_prefixes.iter().any(|net| net.contains(&address)))
    }

    /// Whether it may be used with a record whose subject lives there; one of whom nothing is known lives
    /// everywhere.
    #[must_use]
    pub fn supports(&self, country: &str) -> bool {
        let here = |l: &Location| l.state_province.is_none() && l.country.eq_ignore_ascii_case(country);
        self.locations.is_empty() || country.is_empty() || self.locations.iter().any(here)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_application_calls_from_its_prefixes_only() {
        let nets = ["10.1.0.0/16", "2001:db8::/32"].map(|net| net.parse().expect("a prefix"));
        let app = Application { ip_prefixes: nets.to_vec(), ..Application::default() };
        for (address, may) in
            [("10.1.2.3", true), ("::ffff:10.1.2.3", true), ("2001:db8::1", true), ("10.2.0.1", false)]
        {
            assert_eq!(app.may_call_from(address.parse().ok()), may, "{address}");
        }
        assert!(!app.may_call_from(None));
        assert!(Application::default().may_call_from(None));
    }

    #[test]
    fn an_installation_is_its_application_without_online_rules() {
        let rule = Rule { name: "w".to_owned(), ..Rule::default() };
        let app = Application {
            id: AppId(uuid::Uuid::from_u128(1)),
            name: "Steps".into(),
            online: vec![rule.clone()],
            offline: vec![rule.clone()],
            ..Application::default()
        };
        let device = app.on_device(AppId(uuid::Uuid::from_u128(2)), "Ada\u{2019}s phone");
        assert_eq!((device.online.len(), &device.offline, device.name.plain()), (0, &vec![rule], "Steps"));
        assert_eq!((device.master(), device.as_registered()), (Some(app.id), app.id));
        assert_eq!((device.device(), app.device()), (Some("Ada\u{2019}s phone"), None));
    }

    #[test]
    fn what_was_registered_before_reads_as_it_was() {
        let before = r#"{"id":"6f5e4d3c-2b1a-4098-8765-43210fedcba9","name":"Steps","description":"",
            "home":null,"action_url":null,"online":[],"offline":[],"methods":["basic"],
            "stay_signed_in_seconds":null,"privacy":"https://a.example/p","terms":null,
            "check_message_age":true,"redirect_override":false}"#;
        let app: Application = serde_json::from_str(before).expect("a document");
        assert_eq!((app.name.plain(), app.kind), ("Steps", Kind::Web));
        let unsaid: Application = serde_json::from_str("{}").expect("a document");
        assert!(unsaid.check_message_age, "what is not said is the safe side");
        assert_eq!(app.privacy.map(|p| p.text.plain().to_owned()).as_deref(), Some("https://a.example/p"));
    }
}
