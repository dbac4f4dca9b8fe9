//! `keepwell vocabulary …`

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Subcommand;
use keepwell_core::Domain;
use keepwell_core::vocabularies::{
    self, FAMILY, Key, Mode, Origin, Sheet, Vocabulary, Wanted, code_system, shelf,
};

use crate::config::Config;
use crate::serve::open;

/// What to do with vocabularies. A NAME is `[FAMILY/]NAME[@VERSION]`; the family is wc if none is said.
#[derive(Debug, Subcommand)]
pub enum VocabularyCommand {
    /// Load a vocabulary from a file: our own format (docs/VOCABULARIES.md), or FHIR R4 CodeSystem in JSON.
    /// One with the same family, name and version is replaced.
    ///
    /// Example: keepwell vocabulary load icd10.json --family icd --restricted
    Load {
        /// The file.
        file: PathBuf,
        /// Only applications with an authorization for it may use it.
        #[arg(long)]
        restricted: bool,
        /// The family, instead of what the file says.
        #[arg(long, value_name = "FAMILY")]
        family: Option<String>,
        /// The name, instead of what the file says.
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
    },
    /// List all vocabularies.
    ///
    /// Example: keepwell vocabulary list
    List,
    /// Look for items of a vocabulary.
    ///
    /// Example: keepwell vocabulary search medication-routes mouth --mode contains
    Search {
        /// The vocabulary.
        name: String,
        /// What its items say.
        text: String,
        /// How the text is compared.
        #[arg(long, value_enum, default_value_t = SearchMode::Prefix)]
        mode: SearchMode,
    },
    /// Remove a vocabulary that was loaded.
    ///
    /// Example: keepwell vocabulary remove icd/icd10@2019
    Remove {
        /// The vocabulary.
        name: String,
    },
}

/// How a text is compared with items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum SearchMode {
    /// Items that begin with it.
    Prefix,
    /// Items that contain it.
    Contains,
    /// Items that have all its words.
    FullText,
}

/// What a search shows.
const SHOWN: usize = 50;

/// Carries out the command. The server may be running: it holds at the next request, on every process.
pub async fn run(config: &Config, command: VocabularyCommand) -> anyhow::Result<()> {
    let (domain, _) = open(config, true).await?;
    match command {
        VocabularyCommand::Load { file, restricted, family, name } => {
            let mut sheet = read_file(&file, family, name)?;
            sheet.restricted |= restricted;
            load(&domain, &sheet).await
        }
        VocabularyCommand::List => list(&domain).await,
        VocabularyCommand::Search { name, text, mode } => search(&domain, &name, &text, mode).await,
        VocabularyCommand::Remove { name } => remove(&domain, &name).await,
    }
}

fn read_file(file: &Path, family: Option<String>, name: Option<String>) -> anyhow::Result<Sheet> {
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut sheet = read(&bytes).with_context(|| format!("{}", file.display()))?;
    let key = &mut sheet.key;
    key.family = family.unwrap_or_else(|| key.family.clone());
    key.name = name.unwrap_or_else(|| key.name.clone());
    match vocabularies::check_key(key) {
        Ok(()) => Ok(sheet),
        Err(why) => bail!("the vocabulary cannot be called {key}: {why}"),
    }
}

/// Reads our own format, or a CodeSystem in JSON.
fn read(bytes: &[u8]) -> anyhow::Result<Sheet> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = before.iter().filter(|b| **b == b'\n').count() + 1;
        let start = before.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        let column = String::from_utf8_lossy(before.get(start..).unwrap_or_default()).chars().count() + 1;
        anyhow::anyhow!("line {line}, column {column}: this is not UTF-8")
    })?;
    match text.trim_start_matches('\u{feff}').trim_start().starts_with('{') {
        true => Ok(code_system::parse(text.trim_start_matches('\u{feff}'))?),
        false => Ok(vocabularies::parse(text)?),
    }
}

async fn load(domain: &Domain, sheet: &Sheet) -> anyhow::Result<()> {
    vocabularies::load(domain, sheet).await?;
    let shelf = shelf(domain).await?;
    let key = &sheet.key;
    let wanted = Wanted { name: &key.name, family: Some(&key.family), version: Some(&key.version) };
    let found = shelf.find(&wanted).context("the vocabulary went away again")?;
    println!("{key} is loaded, {} items, in {}.", found.len(), languages(found));
    if found.restricted {
        println!("Only applications with an authorization for it may use it.");
    }
    Ok(())
}

fn languages(vocabulary: &Vocabulary) -> String {
    vocabulary.languages().collect::<Vec<_>>().join(", ")
}

async fn list(domain: &Domain) -> anyhow::Result<()> {
    let mut text = String::new();
    for vocabulary in shelf(domain).await?.all() {
        let origin = match vocabulary.origin {
            Origin::BuiltIn => "built in",
            Origin::Loaded => "loaded",
        };
        let restricted = if vocabulary.restricted { ", restricted" } else { "" };
        let (key, count) = (vocabulary.key.to_string(), vocabulary.len());
        writeln!(
            text,
            "{key:50}  {count:7}  {origin}{restricted}  {}  {}",
            languages(vocabulary),
            vocabulary.description
        )?;
    }
    print(&text)
}

/// Prints what may be long; whoever has read enough, such as `head`, goes away.
pub fn print(text: &str) -> anyhow::Result<()> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

async fn search(domain: &Domain, name: &str, text: &str, mode: SearchMode) -> anyhow::Result<()> {
    let mode = match mode {
        SearchMode::Prefix => Mode::Prefix,
        SearchMode::Contains => Mode::Contains,
        SearchMode::FullText => Mode::FullText,
    };
    let shelf = shelf(domain).await?;
    let vocabulary = shelf.find(&wanted(name)).with_context(|| unknown(name))?;
    let page = vocabulary.read("").search(text, mode, SHOWN);
    let mut found = String::new();
    for item in &page.items {
        writeln!(found, "{:20}  {}", item.code, item.display)?;
    }
    match (page.items.is_empty(), page.truncated) {
        (true, _) => writeln!(found, "Nothing in {} matches.", vocabulary.key)?,
        (false, true) => writeln!(found, "… and more; these are the first {SHOWN}.")?,
        (false, false) => {}
    }
    print(&found)
}

async fn remove(domain: &Domain, name: &str) -> anyhow::Result<()> {
    let shelf = shelf(domain).await?;
    let wanted = wanted(name);
    let is_meant = |v: &&Vocabulary| {
        v.key.name == wanted.name
            && v.key.family == wanted.family.unwrap_or(FAMILY)
            && wanted.version.is_none_or(|version| v.key.version == version)
    };
    let meant: Vec<&Vocabulary> = shelf.all().filter(is_meant).collect();
    let loaded: Vec<&Key> = meant.iter().filter(|v| v.origin == Origin::Loaded).map(|v| &v.key).collect();
    match (meant.as_slice(), loaded.as_slice()) {
        ([], _) => bail!(unknown(name)),
        (_, []) => bail!("{name} comes with the program and cannot be removed"),
        (_, [key]) => {
            vocabularies::remove(domain, key).await?;
            println!("{key} is removed.");
            Ok(())
        }
        (_, several) => {
            let names: Vec<_> = several.iter().map(ToString::to_string).collect();
            bail!("several versions are loaded; name one of them: {}", names.join(", "))
        }
    }
}

fn unknown(name: &str) -> String {
    format!("there is no vocabulary {name}; see: keepwell vocabulary list")
}

/// Reads `[FAMILY/]NAME[@VERSION]`.
fn wanted(text: &str) -> Wanted<'_> {
    let (family, rest) = match text.split_once('/') {
        Some((family, rest)) => (Some(family), rest),
        None => (None, text),
    };
    match rest.rsplit_once('@') {
        Some((name, version)) => Wanted { name, family, version: Some(version) },
        None => Wanted { name: rest, family, version: None },
    }
}

#[cfg(test)]
mod tests {
    use keepwell_testkit::{World, on_both_engines};

    use super::*;

    const COLOURS: &str = "name: colours\nfamily: own\nversion: 1\n\nr\tRed\nb\tBlue\n";

    #[test]
    fn a_name_may_say_its_family_and_its_version() {
        let read = |text| {
            let wanted = wanted(text);
            (wanted.family, wanted.name, wanted.version)
        };
        assert_eq!(read("states"), (None, "states", None));
        assert_eq!(read("icd/icd9cm@1.0"), (Some("icd"), "icd9cm", Some("1.0")));
    }

    #[test]
    fn a_bad_file_is_told_with_line_and_column() {
        let folder = tempfile::tempdir().expect("a folder");
        let refusal = |bytes: &[u8]| {
            let file = folder.path().join("colours.txt");
            std::fs::write(&file, bytes).expect("written");
            let error = read_file(&file, None, None).expect_err("refused");
            format!("{error:#}")
        };
        assert!(refusal(b"name: a\nversion 1\n").contains("colours.txt: line 2, column 1: the header"));
        assert!(refusal(b"name: a\nb: \xff").ends_with("colours.txt: line 2, column 4: this is not UTF-8"));
        assert!(refusal(b"{\"resourceType\": \"CodeSystem\",\n}").contains("line 2 column 1"));
        let absent = read_file(&folder.path().join("none.txt"), None, None).expect_err("refused");
        assert!(absent.to_string().starts_with("cannot read"));
    }

    #[test]
    fn a_file_may_be_called_otherwise() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("colours.json");
        let json = r#"{"resourceType":"CodeSystem","name":"C","version":"3","concept":[{"code":"a"}]}"#;
        std::fs::write(&file, json).expect("written");
        let key = |family: Option<&str>, name: Option<&str>| {
            read_file(&file, family.map(str::to_owned), name.map(str::to_owned)).map(|s| s.key.to_string())
        };
        assert_eq!(key(None, None).expect("read"), "fhir/C@3");
        assert_eq!(key(Some("own"), Some("colours")).expect("read"), "own/colours@3");
        assert!(key(Some(" "), None).is_err());
    }

    on_both_engines!(
        what_was_loaded_can_be_removed_and_what_came_with_the_program_not,
        |world: World| async move {
            let domain = &world.domain;
            let mut sheet = read(COLOURS.as_bytes()).expect("a file");
            load(domain, &sheet).await.expect("loaded");
            search(domain, "own/colours", "r", SearchMode::Prefix).await.expect("searched");
            list(domain).await.expect("listed");
            sheet.key.version = "2".to_owned();
            load(domain, &sheet).await.expect("loaded");
            let refusal = async |name: &str| remove(domain, name).await.expect_err("refused").to_string();
            assert!(refusal("own/colours").await.ends_with("own/colours@1, own/colours@2"));
            remove(domain, "own/colours@2").await.expect("removed");
            remove(domain, "own/colours").await.expect("removed");
            assert!(refusal("own/colours").await.starts_with("there is no vocabulary own/colours"));
            assert!(refusal("states").await.contains("comes with the program"));
        }
    );
}
