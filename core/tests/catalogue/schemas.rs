//! Schemas in a folder, and what `xmllint` says by them.

use std::collections::HashMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use keepwell_core::thing_types::{self, xsd};

/// What an imported schema declares that is not among the public ones, as far as it is referred to.
const XML: &str = r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
  targetNamespace="http://www.w3.org/XML/1998/namespace"><xs:attribute name="lang" type="xs:language"/></xs:schema>"#;

/// Whether there is a tool to ask; said aloud if not.
pub fn has_tool() -> bool {
    let there = Command::new("xmllint").arg("--version").stderr(Stdio::null()).status().is_ok();
    if !there {
        let _ = writeln!(std::io::stderr(), "SKIPPED comparison with schemas: no xmllint");
    }
    there
}

/// The public schemas beside the project; `None`, said aloud, when they are not there.
pub fn public() -> Option<tempfile::TempDir> {
    let from = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/reference/xsd");
    if !from.is_dir() {
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED comparison with the public schemas: none beside the project"
        );
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    for file in fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), folder.path().join(file.file_name())).unwrap();
    }
    fs::write(folder.path().join("xml.xsd"), XML).unwrap();
    // A name with a space at its end is one without to XML Schema, but not to every tool.
    let genetic = folder.path().join("genetic-snp-results.xsd");
    let text = fs::read_to_string(&genetic).unwrap();
    fs::write(genetic, text.replace("dbSNP-build \"", "dbSNP-build\"")).unwrap();
    Some(folder)
}

/// The schemas that we write ourselves.
pub fn ours() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for shared in xsd::Shared::ALL {
        fs::write(folder.path().join(shared.file_name()), xsd::of_shared(shared)).unwrap();
    }
    for kind in thing_types::all().iter().filter(|k| !k.opaque) {
        fs::write(folder.path().join(kind.xsd), xsd::of_type(kind)).unwrap();
    }
    folder
}

/// What a schema says of each of the documents.
pub fn verdicts(schema: &Path, documents: &[String]) -> Vec<Result<(), String>> {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new("xmllint");
    command.args(["--noout", "--nonet", "--huge", "--schema"]).arg(schema).current_dir(&folder);
    for (index, text) in documents.iter().enumerate() {
        let name = format!("{index}.xml");
        fs::write(folder.path().join(&name), text).unwrap();
        command.arg(name);
    }
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let mut verdicts: HashMap<&str, Result<(), String>> = HashMap::new();
    let mut reasons: HashMap<&str, &str> = HashMap::new();
    for line in said.lines() {
        if let Some(name) = line.strip_suffix(".xml validates") {
            verdicts.insert(name, Ok(()));
        } else if let Some(name) = line.strip_suffix(".xml fails to validate") {
            let reason = reasons.get(name).copied().unwrap_or_default();
            verdicts.insert(name, Err(reason.to_owned()));
        } else if let Some((name, reason)) = line.split_once(".xml:") {
            reasons.entry(name).or_insert(reason);
        }
    }
    let first: String = said.chars().take(600).collect();
    let mut verdict = |index: usize| verdicts.remove(index.to_string().as_str());
    let missing = || panic!("{}: {first}", schema.display());
    (0..documents.len()).map(|index| verdict(index).unwrap_or_else(missing)).collect()
}
