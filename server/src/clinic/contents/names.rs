//! Names of files where people read them: nothing in one acts on a terminal, or makes a name look like
//! another.

use std::path::Path;

/// Characters of a name in a record, at most.
const LONGEST: usize = 255;

/// A path as it is said.
pub fn shown(path: &Path) -> String {
    clean(&path.to_string_lossy())
}

/// The last part of a path, as the name of a file in a record.
pub fn file_name(path: &Path) -> String {
    let name = clean(&path.file_name().unwrap_or_default().to_string_lossy());
    match name.trim() {
        "" => "file".to_owned(),
        name => name.chars().take(LONGEST).collect(),
    }
}

/// The text without what acts on where it is written, or is in no XML document.
pub fn clean(text: &str) -> String {
    text.chars().filter(|c| !is_hidden(*c)).collect()
}

/// Characters that are not seen, and those that turn the direction of what follows.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_stays_out_of_names() {
        for (path, name) in [
            ("folder/scan.pdf", "scan.pdf"),
            ("bill\u{202e}fdp.exe", "billfdp.exe"),
            ("two\nlines\r.pdf", "twolines.pdf"),
            ("\u{1b}[31mred.png", "[31mred.png"),
            ("Überweisung מכתב.pdf", "Überweisung מכתב.pdf"),
            ("\u{200b}\n", "file"),
        ] {
            assert_eq!(file_name(Path::new(path)), name);
        }
        assert_eq!(file_name(Path::new(&"ä".repeat(300))).chars().count(), 255);
        assert_eq!(shown(Path::new("a\n/b\u{202e}")), "a/b");
    }
}
