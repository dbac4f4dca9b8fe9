//! `<auth><rules>…`: what an application may do with things, or what a person may with a record
//! (connectivity.md 8.3).

use std::collections::HashSet;

use roxmltree::Node;
use uuid::Uuid;

use crate::error::InfoError;
use crate::shapes::{Localized, Permission, localized, permission};
use crate::time::LocalMicros;
use crate::xml::{self, Sequence, XmlWriter};

/// A rule.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct AuthRule {
    /// A name that is unique among the rules of a set.
    pub name: Option<String>,
    /// Whether the person may refuse it.
    pub is_optional: bool,
    /// Why the application asks.
    pub reasons: Vec<Localized>,
    /// How the Shell shows it (connectivity.md 8.4).
    pub display_flags: Option<u32>,
    /// At least one, each once; `All` is read as the four and never written.
    pub permissions: Vec<Permission>,
    /// What it is about; none means everything.
    pub targets: Vec<AuthSet>,
    /// What it is not about after all.
    pub exceptions: Vec<AuthSet>,
}

/// Things by their effective date and type, as far as either is said.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct AuthSet {
    /// The dates.
    pub date_ranges: Vec<DateRange>,
    /// The types.
    pub type_ids: Vec<Uuid>,
}

/// A span of wall-clock time, each end of which may be open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct DateRange {
    /// Its beginning.
    pub min: Option<LocalMicros>,
    /// Its end.
    pub max: Option<LocalMicros>,
}

/// Reads an element that holds `auth`; without `auth` or `rules` in it there are no rules. What that
/// means depends on who says it, and is none of the wire's business.
pub fn read(auth_xml: Node<'_, '_>) -> Result<Vec<AuthRule>, InfoError> {
    let Some(auth) = only(auth_xml, "auth")? else { return Ok(Vec::new()) };
    let Some(rules) = only(auth, "rules")? else { return Ok(Vec::new()) };
    let mut list = Sequence::of(rules)?;
    let read = list.repeated("rule").into_iter().map(AuthRule::read).collect::<Result<Vec<_>, _>>()?;
    list.end()?;
    let mut names = HashSet::new();
    for name in read.iter().filter_map(|rule| rule.name.as_deref()) {
        if !names.insert(name) {
            return Err(InfoError::invalid(format!("two rules have the name {name:?}")));
        }
    }
    Ok(read)
}

/// Writes rules in an element of the given name.
pub fn write(out: &mut XmlWriter, name: &'static str, rules: &[AuthRule]) {
    out.open(name).open("auth").open("rules");
    rules.iter().for_each(|rule| rule.write(out));
    out.close().close().close();
}

fn only<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Result<Option<Node<'a, 'i>>, InfoError> {
    let mut fields = Sequence::of(node)?;
    let inner = fields.optional(name);
    fields.end()?;
    Ok(inner)
}

impl AuthRule {
    fn read(rule: Node<'_, '_>) -> Result<Self, InfoError> {
        let flag = |name| xml::attribute(rule, name).map_or(Ok(false), |text| xml::parse_boolean(name, text));
        let is_optional = flag("is-optional")?;
        // It marks rules that Shells of old added to others; nothing here does.
        let _ = flag("is-incr")?;
        let name = xml::attribute(rule, "name").map(str::to_owned);
        if name.as_ref().is_some_and(|name| !(1..=16).contains(&name.chars().count())) {
            return Err(InfoError::invalid("the name of a rule has not 1 to 16 characters"));
        }
        let mut fields = Sequence::of(rule)?;
        let reasons = localized::read(fields.repeated("reason"), |node| xml::up_to(1024, node))?;
        let display_flags = fields.optional("display-flags").map(xml::number).transpose()?;
        let mut nodes = vec![fields.required("permission")?];
        nodes.extend(fields.repeated("permission"));
        let permissions = permissions(&nodes)?;
        let sets = |nodes: Vec<_>| nodes.into_iter().map(AuthSet::read).collect::<Result<Vec<_>, _>>();
        let targets = sets(fields.repeated("target-set"))?;
        let exceptions = sets(fields.repeated("exception-set"))?;
        fields.end()?;
        Ok(AuthRule { name, is_optional, reasons, display_flags, permissions, targets, exceptions })
    }

    fn write(&self, out: &mut XmlWriter) {
        out.open("rule").attr_if("is-optional", self.is_optional.then_some(true));
        out.attr_if("name", self.name.as_ref());
        localized::write(out, "reason", &self.reasons);
        out.element_if("display-flags", self.display_flags);
        permission::write_all(out, &self.permissions);
        self.targets.iter().for_each(|set| set.write("target-set", out));
        self.exceptions.iter().for_each(|set| set.write("exception-set", out));
        out.close();
    }
}

fn permissions(nodes: &[Node<'_, '_>]) -> Result<Vec<Permission>, InfoError> {
    if nodes.len() > 5 {
        return Err(InfoError::invalid("rule has more than 5 elements permission"));
    }
    let mut permissions = Vec::new();
    for node in nodes {
        let text = xml::text(*node)?;
        let named = match &*text {
            "All" => Permission::ALL.to_vec(),
            name => match Permission::from_name(name) {
                Some(permission) => vec![permission],
                None => {
                    return Err(InfoError::invalid(format!("permission has an unknown value {name:?}")));
                }
            },
        };
        for permission in named {
            if !permissions.contains(&permission) {
                permissions.push(permission);
            }
        }
    }
    Ok(permissions)
}

impl AuthSet {
    /// Things of these types at any time.
    pub fn of_types(type_ids: Vec<Uuid>) -> Self {
        AuthSet { date_ranges: Vec::new(), type_ids }
    }

    fn read(set: Node<'_, '_>) -> Result<Self, InfoError> {
        let mut fields = Sequence::of(set)?;
        let date_ranges = fields.repeated("date-range").into_iter().map(DateRange::read);
        let date_ranges = date_ranges.collect::<Result<_, _>>()?;
        let type_ids = fields.repeated("type-id").into_iter().map(xml::guid).collect::<Result<_, _>>()?;
        fields.end()?;
        Ok(AuthSet { date_ranges, type_ids })
    }

    fn write(&self, name: &'static str, out: &mut XmlWriter) {
        out.open(name);
        for range in &self.date_ranges {
            out.open("date-range")
                .element_if("date-min", range.min)
                .element_if("date-max", range.max)
                .close();
        }
        self.type_ids.iter().for_each(|id| {
            out.element("type-id", id);
        });
        out.close();
    }
}

impl DateRange {
    fn read(node: Node<'_, '_>) -> Result<Self, InfoError> {
        let mut fields = Sequence::of(node)?;
        let min = fields.optional("date-min").map(xml::local).transpose()?;
        let max = fields.optional("date-max").map(xml::local).transpose()?;
        fields.end()?;
        Ok(DateRange { min, max })
    }
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;
    use crate::status::Status;

    const RICH: &str = "<a><auth><rules><rule is-optional=\"true\" name=\"vitals\">\
        <reason>Because</reason><reason xml:lang=\"de\">Darum</reason><display-flags>3</display-flags>\
        <permission>Read</permission><permission>Create</permission>\
        <target-set><date-range><date-min>2017-01-01T00:00:00</date-min></date-range><date-range/>\
        <type-id>00000000-0000-0000-0000-000000000001</type-id>\
        <type-id>00000000-0000-0000-0000-000000000002</type-id></target-set><target-set/>\
        <exception-set><date-range><date-max>2018-01-01T00:00:00</date-max></date-range></exception-set>\
        </rule><rule><permission>Delete</permission></rule></rules></auth></a>";

    fn read_text(xml: &str) -> Result<Vec<AuthRule>, InfoError> {
        read(Document::parse(xml).unwrap().root_element())
    }

    fn rule(attributes: &str, inside: &str) -> Result<AuthRule, String> {
        let xml = format!("<a><auth><rules><rule {attributes}>{inside}</rule></rules></auth></a>");
        let rules = read_text(&xml).map_err(|e| {
            assert_eq!(e.status, Status::INVALID_XML);
            e.message
        })?;
        Ok(rules.into_iter().next().unwrap())
    }

    #[test]
    fn what_is_read_is_written_as_it_was() {
        let rules = read_text(RICH).unwrap();
        assert_eq!(rules[0].targets.len(), 2);
        assert_eq!(rules[0].targets[0].type_ids.len(), 2);
        let mut out = XmlWriter::new();
        write(&mut out, "a", &rules);
        assert_eq!(out.finish(), RICH);
    }

    #[test]
    fn rules_may_be_missing_at_every_level_and_are_written_as_an_empty_list() {
        for none in ["<a/>", "<a><auth/></a>", "<a><auth><rules/></auth></a>"] {
            assert_eq!(read_text(none), Ok(Vec::new()), "{none}");
        }
        let mut out = XmlWriter::new();
        write(&mut out, "a", &[]);
        assert_eq!(out.finish(), "<a><auth><rules/></auth></a>");
        assert_eq!(read_text("<a><rules/></a>").unwrap_err().message, "a has no place for rules here");
    }

    #[test]
    fn all_stands_for_the_four_and_each_counts_once() {
        let all = rule("", "<permission>Delete</permission><permission> All </permission>").unwrap();
        use Permission::{Create, Delete, Read, Update};
        assert_eq!(all.permissions, [Delete, Read, Update, Create]);
        let unknown = rule("", "<permission>read</permission>");
        assert_eq!(unknown, Err("permission has an unknown value \"read\"".to_owned()));
        assert_eq!(rule("", ""), Err("rule needs permission".to_owned()));
        let six = "<permission>Read</permission>".repeat(6);
        assert_eq!(rule("", &six), Err("rule has more than 5 elements permission".to_owned()));
    }

    #[test]
    fn a_name_is_short_and_comes_once() {
        let read = "<permission>Read</permission>";
        let wrong = Err("the name of a rule has not 1 to 16 characters".to_owned());
        assert_eq!(rule("name=''", read), wrong);
        assert_eq!(rule(&format!("name='{}'", "a".repeat(17)), read), wrong);
        assert!(rule(&format!("name='{}' is-incr='true'", "é".repeat(16)), read).is_ok());
        let one = format!("<rule name='a'>{read}</rule>");
        let two = read_text(&format!("<a><auth><rules>{one}{one}</rules></auth></a>"));
        assert_eq!(two.unwrap_err().message, "two rules have the name \"a\"");
    }

    #[test]
    fn what_is_out_of_order_or_of_the_wrong_kind_is_refused() {
        let read = "<permission>Read</permission>";
        let refused = |attributes, inside: &str| rule(attributes, inside).unwrap_err();
        assert_eq!(
            refused("", &format!("{read}<display-flags>1</display-flags>")),
            "rule has no place for display-flags here"
        );
        assert_eq!(
            refused("", &format!("{read}<exception-set/><target-set/>")),
            "rule has no place for target-set here"
        );
        assert_eq!(
            refused("", &format!("<display-flags>-1</display-flags>{read}")),
            "display-flags is not a valid number: \"-1\""
        );
        assert_eq!(
            refused("", &format!("{read}<target-set><type-id>x</type-id></target-set>")),
            "type-id is not a GUID: \"x\""
        );
        assert_eq!(refused("is-optional='maybe'", read), "is-optional is neither true nor false: \"maybe\"");
        let long = format!("<reason>{}</reason>{read}", "a".repeat(1025));
        assert_eq!(refused("", &long), "reason is longer than 1024 characters");
    }
}
