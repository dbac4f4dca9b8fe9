//! The table in docs/CONFORMANCE.md is what the test found, or the test fails.

use std::fs;
use std::path::PathBuf;

const FROM: &str = "<!-- from here on written by the test -->\n";
const TO: &str = "<!-- to here -->\n";
const HEAD: &str = "| method | version | requests sent | request | answer |\n|---|---|---|---|---|\n";
const WRITE: &str = "KEEPWELL_WRITE_CONFORMANCE";

/// Compares the document with these lines, or writes them where the variable is set.
pub fn hold(lines: &[String]) {
    let place = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/CONFORMANCE.md");
    let text = fs::read_to_string(&place).unwrap();
    let (before, rest) = text.split_once(FROM).expect("the first marker");
    let (_, after) = rest.split_once(TO).expect("the second marker");
    let found = format!("{before}{FROM}{HEAD}{}\n{TO}{after}", lines.join("\n"));
    if std::env::var_os(WRITE).is_some() {
        fs::write(&place, &found).unwrap();
        return;
    }
    let how = format!("{WRITE}=1 cargo test -p keepwell-conformance every_answer");
    assert!(text == found, "docs/CONFORMANCE.md differs from what was found; `{how}` writes it anew");
}
