//! `keepwell type …`: what the kinds of things are, for developers.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context as _, bail};
use keepwell_core::thing_types::{self, Invalid, ThingType, xsd};
use keepwell_wire::roxmltree::{Document, Node};

use crate::cli::TypeCommand;
use crate::vocabularies::print;

/// Carries out the command. Nothing is needed but the program itself.
pub fn run(command: TypeCommand) -> anyhow::Result<()> {
    match command {
        TypeCommand::List => print(&list()?),
        TypeCommand::Show { name, xsd: true, .. } => print(&xsd::of_type(find(&name)?)),
        TypeCommand::Show { name, example: true, .. } => print(&thing_types::example(find(&name)?)),
        TypeCommand::Show { name, .. } => print(&show(find(&name)?)?),
        TypeCommand::Check { file, name } => check(&file, name.as_deref()),
    }
}

fn find(name: &str) -> anyhow::Result<&'static ThingType> {
    thing_types::by_name(name)
        .with_context(|| format!("there is no thing type {name}; see: keepwell type list"))
}

fn list() -> anyhow::Result<String> {
    let mut types: Vec<_> = thing_types::all().iter().collect();
    types.sort_by_key(|kind| (kind.name, kind.sequence));
    let mut text = String::new();
    for kind in types {
        let version = kind.family_name.map_or(String::new(), |_| format!("version {}", kind.sequence));
        let line = format!("{}  {:36}  {:44}  {version}", kind.id, kind.root, kind.name);
        writeln!(text, "{}", line.trim_end())?;
    }
    Ok(text)
}

fn show(kind: &ThingType) -> anyhow::Result<String> {
    let mut text = String::new();
    writeln!(text, "{}", thing_types::source(kind).trim_end())?;
    let others = thing_types::family(kind.id).iter().filter(|id| **id != kind.id);
    for other in others.filter_map(|id| thing_types::find(*id)) {
        writeln!(text, "\n# also version {}: keepwell type show {}", other.sequence, other.id)?;
    }
    let example = thing_types::example(kind);
    if !example.is_empty() {
        writeln!(text, "\n# An example, as it stands inside data-xml\n\n{}", example.trim_end())?;
    }
    Ok(text)
}

/// Says for each thing in the file whether its data is valid. Fails if one is not.
fn check(file: &Path, name: Option<&str>) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut wrong = 0;
    let found = judge(&text, name.map(find).transpose()?)?;
    for (what, verdict) in &found {
        match verdict {
            Ok(()) => println!("{what}: valid"),
            Err(why) => println!("{what}: {why}"),
        }
        wrong += usize::from(verdict.is_err());
    }
    match wrong {
        0 => Ok(()),
        _ => bail!("{}: {wrong} of {} not valid", file.display(), found.len()),
    }
}

type Verdict = (String, Result<(), Invalid>);

/// Judges each thing of a text: a request, things, a data-xml, or just what stands in one.
fn judge(text: &str, kind: Option<&'static ThingType>) -> anyhow::Result<Vec<Verdict>> {
    // Without an element around them, data and common are two; a declaration at the start cannot be wrapped.
    let whole = Document::parse(text);
    let wrapped = format!("<data-xml>{text}</data-xml>");
    let document = match whole {
        Ok(document) => document,
        Err(why) => Document::parse(&wrapped).map_err(|_| why)?,
    };
    let root = document.root_element();
    let things: Vec<_> = root.descendants().filter(|n| n.has_tag_name("data-xml")).collect();
    if !things.is_empty() {
        return things.into_iter().map(|data| judge_data(data, kind)).collect();
    }
    Ok(vec![judge_root(root, kind)?])
}

fn judge_data(data: Node<'_, '_>, kind: Option<&'static ThingType>) -> anyhow::Result<Verdict> {
    let mut elements = data.children().filter(Node::is_element);
    let root = elements.next().context("a data-xml is empty")?;
    let sent = data.parent().and_then(|thing| thing.children().find(|n| n.has_tag_name("type-id")));
    let sent = sent.and_then(|id| id.text()).map(|id| find(id.trim())).transpose()?;
    let (what, verdict) = judge_root(root, kind.or(sent))?;
    Ok((what, verdict.and_then(|()| elements.try_for_each(thing_types::validate_common))))
}

/// By the type, or by the newest of those with this root that it fits.
fn judge_root(root: Node<'_, '_>, kind: Option<&'static ThingType>) -> anyhow::Result<Verdict> {
    let name = root.tag_name().name();
    let mut kinds: Vec<_> = match kind {
        Some(kind) => vec![kind],
        None => thing_types::all().iter().filter(|t| t.root == name).collect(),
    };
    kinds.sort_by_key(|kind| std::cmp::Reverse(kind.sequence));
    let newest = kinds.first().with_context(|| format!("no thing type has the root {name}"))?;
    let fits = kinds.iter().find(|kind| thing_types::validate(kind, root).is_ok());
    let verdict = thing_types::validate(fits.unwrap_or(newest), root);
    Ok((fits.unwrap_or(newest).version_name(), verdict))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str =
        "<weight><when><date><y>2026</y><m>5</m><d>1</d></date></when><value><kg>70</kg></value></weight>";

    fn verdicts(text: &str) -> Vec<(String, Option<String>)> {
        let found = judge(text, None).expect("judged");
        found.into_iter().map(|(what, verdict)| (what, verdict.err().map(|e| e.to_string()))).collect()
    }

    #[test]
    fn data_is_found_alone_in_a_thing_and_in_a_request() {
        let id = thing_types::WEIGHT;
        let thing = format!("<thing><type-id>{id}</type-id><data-xml>{GOOD}<common/></data-xml></thing>");
        let twice = format!("<info>{thing}{thing}</info>");
        let valid = ("Weight".to_owned(), None);
        for text in [GOOD, &format!("{GOOD}<common/>"), &format!("<?xml version=\"1.0\"?>{GOOD}"), &thing] {
            assert_eq!(verdicts(text), std::slice::from_ref(&valid), "{text}");
        }
        assert_eq!(verdicts(&twice), [valid.clone(), valid]);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let bad = GOOD.replace("<kg>70</kg>", "<kg>heavy</kg>");
        let why = verdicts(&bad).remove(0).1.expect("refused");
        assert!(why.contains("weight/value/kg") && why.contains("heavy"), "{why}");
        assert!(judge("<horoscope/>", None).is_err());
        assert!(judge("<weight>", None).is_err());
        assert!(judge("<data-xml/>", None).is_err());
    }

    #[test]
    fn of_versions_with_one_root_the_newest_that_fits_is_taken() {
        for kind in thing_types::all().iter().filter(|kind| kind.root == "cholesterol-profile") {
            assert_eq!(verdicts(&thing_types::example(kind)), [(kind.version_name(), None)]);
        }
    }

    #[test]
    fn every_type_can_be_listed_and_shown() {
        let list = list().expect("a list");
        assert_eq!(list.lines().count(), thing_types::all().len());
        for kind in thing_types::all() {
            let shown = show(kind).expect("shown");
            assert!(shown.contains(&kind.id.to_string()), "{shown}");
        }
        assert!(find("horoscope").is_err());
    }
}
