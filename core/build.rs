//! Embeds what comes with the program as files: the catalogue of thing types and the vocabularies.
//! Adding a type or a vocabulary is adding its file.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out =
        PathBuf::from(env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo names no OUT_DIR"))?);
    let types = root.join("src/thing_types/catalogue");
    let mut text = String::new();
    for (name, extension) in [("THINGS", "thing"), ("TYPES", "types"), ("CARRIES", "carry")] {
        text += &constant(name, &list(&types, extension)?);
    }
    fs::write(out.join("catalogue_files.rs"), text)?;
    fs::write(out.join("vocabularies.rs"), list(&root.join("src/vocabularies/builtin"), "txt")?)
}

fn constant(name: &str, list: &str) -> String {
    format!("pub(crate) const {name}: &[(&str, &str)] = &{list};\n")
}

/// A list with the name and the text of each file of a kind, in the order of their names.
fn list(folder: &Path, extension: &str) -> io::Result<String> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == extension) {
            files.push(path);
        }
    }
    files.sort();
    let mut text = String::from("[\n");
    for path in files {
        println!("cargo::rerun-if-changed={}", path.display());
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let _ = writeln!(text, "    ({name:?}, include_str!({:?})),", path.display().to_string());
    }
    Ok(text + "]\n")
}
