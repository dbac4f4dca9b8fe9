//! The file by which an application is registered (TOML); docs/CONNECTING.md shows one.

use ipnet::IpNet;
use serde::Deserialize;

use super::{
    Application, Document, Kind, Location, Logo, Multilingual, Permission, Permissions, Rule, Types,
    Vocabulary, methods, rules,
};
use crate::Env;
use crate::ids::{AppId, TypeId};
use crate::thing_types;

/// How long a person may stay signed in to an application at most, seconds: a year.
pub const LONGEST_STAY: u32 = 365 * 86_400;

/// What is wrong with an application file.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// Not TOML, or a field we do not know, or of the wrong kind.
    #[error("{0}")]
    Toml(#[from] toml::de::Error),
    /// A field's value cannot be used.
    #[error("{field}: {problem}")]
    Field {
        /// Which field.
        field: String,
        /// What is wrong with it, and what would be right.
        problem: String,
    },
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct File {
    id: Option<AppId>,
    name: Multilingual,
    #[serde(default)]
    description: Multilingual,
    home: Option<String>,
    action_url: Option<String>,
    #[serde(default)]
    online: Vec<RuleLine>,
    #[serde(default)]
    offline: Vec<RuleLine>,
    #[serde(default = "basic")]
    methods: Vec<String>,
    /// That it is a master, and which methods its children may have at most.
    child_methods: Option<Vec<String>>,
    /// That it is for phones and tablets, each with a secret of its own.
    #[serde(default)]
    mobile: bool,
    stay_signed_in_days: Option<u32>,
    privacy: Option<Document>,
    terms: Option<Document>,
    success_message: Option<Document>,
    telephone: Option<String>,
    large_logo: Option<Logo>,
    small_logo: Option<Logo>,
    domain_name: Option<String>,
    #[serde(default)]
    attributes: Vec<String>,
    #[serde(default)]
    restrict_users: bool,
    #[serde(default)]
    ip_prefixes: Vec<IpNet>,
    /// ISO 3166-1 alpha-2 codes.
    #[serde(default)]
    countries: Vec<String>,
    /// Restricted vocabularies, as `FAMILY` or `FAMILY/NAME`.
    #[serde(default)]
    vocabularies: Vec<String>,
    #[serde(default = "yes")]
    check_message_age: bool,
    #[serde(default)]
    redirect_override: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct RuleLine {
    name: String,
    why: Multilingual,
    permissions: Vec<Permission>,
    /// Ids or root element names; `["*"]` for everything.
    types: Vec<String>,
    #[serde(default)]
    except: Vec<String>,
    #[serde(default)]
    optional: bool,
    #[serde(default = "yes")]
    show_first_time: bool,
}

fn basic() -> Vec<String> {
    vec!["basic".to_owned()]
}

fn yes() -> bool {
    true
}

fn field(field: impl Into<String>, problem: impl Into<String>) -> FileError {
    FileError::Field { field: field.into(), problem: problem.into() }
}

impl Application {
    /// Reads an application file; one without an id gets a new one.
    ///
    /// # Errors
    /// `FileError` naming the field.
    pub fn from_file(text: &str, env: &Env) -> Result<Self, FileError> {
        let file: File = toml::from_str(text)?;
        if file.name.is_empty() || file.name.all().any(|(_, name)| name.chars().count() > 255) {
            return Err(field("name", "an application needs a name of 1 to 255 characters"));
        }
        for (name, address) in [("action-url", &file.action_url), ("home", &file.home)] {
            if let Some(address) = address
                && !is_web_address(address)
            {
                return Err(field(name, format!("{address:?} is not an http or https address")));
            }
        }
        let lists = [("methods", Some(&file.methods)), ("child-methods", file.child_methods.as_ref())];
        for (list, names) in lists {
            if let Some(name) = names.into_iter().flatten().find(|name| methods::named(name).is_none()) {
                return Err(field(list, format!("{name:?} is neither a method nor a group of methods")));
            }
        }
        if file.mobile {
            must_be_mobile(&file)?;
        }
        let place = |country: String| Location { country, state_province: None };
        Ok(Self {
            id: file.id.unwrap_or_else(|| AppId(env.uuid())),
            kind: match file.child_methods {
                _ if file.mobile => Kind::Mobile,
                Some(child_methods) => Kind::Master { child_methods },
                None => Kind::Web,
            },
            name: file.name,
            description: file.description,
            home: file.home,
            action_url: file.action_url,
            online: rules("online", file.online)?,
            offline: rules("offline", file.offline)?,
            methods: file.methods,
            stay_signed_in_seconds: file
                .stay_signed_in_days
                .map(|days| days.saturating_mul(86_400).min(LONGEST_STAY)),
            privacy: file.privacy,
            terms: file.terms,
            success_message: file.success_message,
            telephone: file.telephone,
            large_logo: file.large_logo,
            small_logo: file.small_logo,
            domain_name: file.domain_name,
            attributes: file.attributes,
            restrict_users: file.restrict_users,
            ip_prefixes: file.ip_prefixes,
            locations: file.countries.into_iter().map(place).collect(),
            vocabularies: file.vocabularies.iter().map(|text| vocabulary(text)).collect::<Result<_, _>>()?,
            check_message_age: file.check_message_age,
            redirect_override: file.redirect_override,
            ..Self::default()
        })
    }
}

/// What an application for phones and tablets cannot have (connectivity.md 3.1, 6.1).
fn must_be_mobile(file: &File) -> Result<(), FileError> {
    if !file.online.is_empty() {
        return Err(field("online", "an application for devices (mobile) has offline rules only"));
    }
    if file.offline.is_empty() {
        return Err(field("offline", "an application for devices (mobile) needs at least one offline rule"));
    }
    if file.child_methods.is_some() {
        return Err(field("child-methods", "an application for devices (mobile) is no master of practices"));
    }
    let never = ["AddApplication", "UpdateApplication", "CreateConnectRequest", "CreateConnectPackage"];
    match never.iter().find(|method| methods::allow(&file.methods, method)) {
        Some(method) => {
            Err(field("methods", format!("an application for devices (mobile) cannot call {method}")))
        }
        None => Ok(()),
    }
}

pub(super) fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|r| !r.is_empty() && !r.starts_with('/'))
        && !text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '#')
}

fn vocabulary(text: &str) -> Result<Vocabulary, FileError> {
    let (family, name) = match text.split_once('/') {
        Some((family, name)) => (family, Some(name)),
        None => (text, None),
    };
    if family.trim().is_empty() || name.is_some_and(|name| name.trim().is_empty()) {
        let problem = format!("{text:?} is neither a FAMILY nor a FAMILY/NAME");
        return Err(field("vocabularies", problem));
    }
    Ok(Vocabulary { family: family.to_owned(), name: name.map(str::to_owned) })
}

fn rules(set: &str, lines: Vec<RuleLine>) -> Result<Vec<Rule>, FileError> {
    let rules = lines.into_iter().map(|line| rule(set, line)).collect::<Result<Vec<_>, _>>()?;
    rules::sound(&rules).map_err(|problem| field(set, problem))?;
    Ok(rules)
}

fn rule(set: &str, line: RuleLine) -> Result<Rule, FileError> {
    let at = format!("{set} rule {:?}", line.name);
    if line.why.is_empty() {
        return Err(field(at, "why says in 1 to 1024 characters what the application needs this for"));
    }
    if line.permissions.is_empty() {
        return Err(field(at, "permissions names at least one of read, create, update, delete"));
    }
    let types = if line.types.iter().any(|t| t == "*") {
        Types::All
    } else if line.types.is_empty() {
        return Err(field(at, "types names at least one thing type, or \"*\" for all"));
    } else {
        Types::Only(types(&at, &line.types)?)
    };
    Ok(Rule {
        except: self::types(&at, &line.except)?,
        name: line.name,
        why: line.why,
        permissions: Permissions::of(&line.permissions),
        types,
        optional: line.optional,
        show_first_time: line.show_first_time,
        ..Rule::default()
    })
}

fn types(at: &str, names: &[String]) -> Result<Vec<TypeId>, FileError> {
    names
        .iter()
        .map(|name| {
            thing_types::by_name(name).map(|t| t.id).ok_or_else(|| {
                field(at, format!("{name:?} is no thing type, neither an id nor a root element"))
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
        name = "Steps"
        action-url = "http://localhost:9000/return"
        [[online]]
        name = "weight"
        why = "To draw your weight"
        permissions = ["read", "create"]
        types = ["weight"]
    "#;

    #[test]
    fn a_file_describes_an_application() {
        let app = Application::from_file(GOOD, &Env::system()).expect("a good file");
        assert_eq!(app.online.len(), 1);
        assert_eq!(app.online[0].types, Types::Only(vec![thing_types::WEIGHT]));
        assert!(app.may_call("GetThings"));
    }

    #[test]
    fn an_application_for_devices_has_offline_rules_only() {
        let read = |file: &str| Application::from_file(file, &Env::system());
        let good =
            GOOD.replace("[[online]]", "mobile = true\n[[offline]]").replacen("mobile = true\n", "", 1);
        let good = format!("mobile = true\n{good}");
        assert_eq!(read(&good).expect("a good file").kind, Kind::Mobile);
        for (bad, says) in [
            (format!("mobile = true\n{GOOD}"), "online"),
            (good.replace("[[offline]]", "[[nothing]]"), "nothing"),
            (format!("child-methods = [\"basic\"]\n{good}"), "child-methods"),
            (format!("methods = [\"basic\", \"connect\"]\n{good}"), "methods"),
        ] {
            assert!(read(&bad).expect_err(says).to_string().contains(says), "{bad}");
        }
    }

    #[test]
    fn vocabularies_are_named_one_by_one_or_by_family() {
        let with = |list: &str| {
            let file = GOOD.replacen("action-url", &format!("vocabularies = {list}\naction-url"), 1);
            Application::from_file(&file, &Env::system())
        };
        let app = with("[\"own\", \"icd/icd9cm\"]").expect("a good file");
        let may = |family, name| app.vocabularies.iter().any(|v| v.covers(family, name));
        assert!(may("own", "colours") && may("icd", "icd9cm") && !may("icd", "icd10"));
        assert!(with("[\"icd/\"]").expect_err("no name").to_string().contains("vocabularies"));
    }

    #[test]
    fn what_is_wrong_with_a_file_is_named() {
        for (from, to, says) in [
            ("\"weight\"]", "\"wheight\"]", "wheight"),
            ("http://localhost:9000/return", "javascript:alert(1)", "action-url"),
            ("why = ", "whi = ", "whi"),
            ("[\"read\", \"create\"]", "[]", "permissions"),
            ("name = \"Steps\"", "name = \"\"", "name"),
        ] {
            let error =
                Application::from_file(&GOOD.replace(from, to), &Env::system()).expect_err(to).to_string();
            assert!(error.contains(says), "{error}");
        }
    }
}
