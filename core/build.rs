//! Embeds the catalogue of thing types: every file of `src/thing_types/catalogue` comes along by itself.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let folder = root.join("src/thing_types/catalogue");
    println!("cargo::rerun-if-changed={}", folder.display());
    let text = list("THINGS", &folder, "thing")? + &list("TYPES", &folder, "types")?;
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("catalogue_files.rs"), text)
}

/// A constant with the name and the text of each file of a kind, in the order of their names.
fn list(constant: &str, folder: &Path, extension: &str) -> io::Result<String> {
    let mut files = Vec::new();
    if folder.is_dir() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|e| e == extension) {
                files.push(path);
            }
        }
    }
    files.sort();
    let mut text = format!("pub(crate) const {constant}: &[(&str, &str)] = &[\n");
    for path in files {
        println!("cargo::rerun-if-changed={}", path.display());
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let _ = writeln!(text, "    ({name:?}, include_str!({:?})),", path.display().to_string());
    }
    Ok(text + "];\n")
}
