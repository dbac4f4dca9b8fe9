//! Names of files, made of names that somebody else chose.

use std::fmt::Write;

use super::Kind;

/// The most bytes of a file's name: every file system takes so many.
const LONGEST: usize = 160;
/// The most letters of an ending that is taken for one.
const ENDING: usize = 8;

/// A name as it can stand on a page: without what controls how text is read, in one line. Empty if nothing
/// is left.
pub fn readable(name: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let plain: String = plain.chars().filter(|c| !is_unseen(*c)).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name under which a file can be kept anywhere and leads to no other folder, with an ending that fits
/// what it is if it has none. `otherwise` is what it is called if nothing is left of its name.
pub fn file_name(name: &str, otherwise: &str, kind: Kind, is_gzip: bool) -> String {
    let safe: String = readable(name).chars().map(|c| if is_reserved(c) { '-' } else { c }).collect();
    let idle = |c: char| matches!(c, '.' | ' ' | '-');
    let safe = safe.trim_matches(idle);
    let safe = match safe {
        "" => otherwise.to_owned(),
        safe if is_device(safe) => format!("{otherwise} {safe}"),
        safe => safe.to_owned(),
    };
    let safe = safe.as_str();
    let (stem, own) = match ending(safe) {
        Some(own) => (&safe[..safe.len() - own.len() - 1], own.to_owned()),
        None => (safe, kind.ending.to_owned()),
    };
    let mut ends = String::new();
    if !own.is_empty() {
        let _ = write!(ends, ".{own}");
    }
    if is_gzip && !own.eq_ignore_ascii_case("gz") {
        ends.push_str(".gz");
    }
    let most = stem.floor_char_boundary(LONGEST - ends.len());
    format!("{}{ends}", stem[..most].trim_end_matches(idle))
}

/// Whether Windows takes the name for a device, whatever it ends in.
fn is_device(name: &str) -> bool {
    let first = name.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let has_number =
        |rest: &str| matches!(rest, "0" | "¹" | "²" | "³") || matches!(rest.as_bytes(), [b'1'..=b'9']);
    matches!(first.as_str(), "con" | "prn" | "aux" | "nul" | "conin$" | "conout$")
        || ["com", "lpt"].iter().any(|device| first.strip_prefix(device).is_some_and(has_number))
}

/// The header that has a browser keep a file under this name; `how` is `attachment` or `inline`.
pub fn header(how: &str, file_name: &str) -> String {
    let mut said = format!("{how}; filename*=UTF-8''");
    for byte in file_name.bytes() {
        match byte.is_ascii_alphanumeric() || b".-_".contains(&byte) {
            true => said.push(char::from(byte)),
            false => {
                let _ = write!(said, "%{byte:02X}");
            }
        }
    }
    said
}

/// What a name ends in, if it looks like the ending of a file's name.
fn ending(name: &str) -> Option<&str> {
    let (stem, ending) = name.rsplit_once('.')?;
    let is_one = (1..=ENDING).contains(&ending.len())
        && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && ending.bytes().any(|byte| byte.is_ascii_alphabetic());
    (is_one && !stem.is_empty()).then_some(ending)
}

/// What some system takes for a part of a path, or does not take at all.
fn is_reserved(c: char) -> bool {
    matches!(
        c,
        '/' | '\\'
            | ':'
            | '*'
            | '?'
            | '"'
            | '<'
            | '>'
            | '|'
            | '\u{2215}'
            | '\u{2044}'
            | '\u{ff0f}'
            | '\u{ff3c}'
    )
}

/// What is not seen and changes how the rest is read: control characters, those for the direction of
/// writing, of no width, and those that only tag or annotate.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffd}' | '\u{e0000}'..='\u{e0fff}'
            | '\u{e000}'..='\u{f8ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> String {
        file_name(name, "attachment", Kind::of(Some(b"\x89PNG\r\n\x1a\n")), false)
    }

    #[test]
    fn a_name_keeps_what_people_read_in_it() {
        assert_eq!(named("Röntgen, linkes Knie.png"), "Röntgen, linkes Knie.png");
        assert_eq!(named("scan"), "scan.png");
        assert_eq!(named("71.5 kg"), "71.5 kg.png", "no ending of a file");
        assert_eq!(named("v1.2"), "v1.2.png");
        assert_eq!(named("photo.JPEG"), "photo.JPEG", "an ending of its own stays");
        assert_eq!(named("李.png"), "李.png");
    }

    #[test]
    fn a_name_leads_nowhere_and_hides_nothing() {
        for (name, safe) in [
            ("", "attachment.png"),
            ("..", "attachment.png"),
            (".", "attachment.png"),
            ("/", "attachment.png"),
            ("\u{202e}\u{200b}", "attachment.png"),
            ("../../etc/passwd", "etc-passwd.png"),
            ("..\\..\\a.png", "a.png"),
            ("C:\\x.png", "C--x.png"),
            (".htaccess", "htaccess.png"),
            ("a\r\nSet-Cookie: x.png", "a Set-Cookie- x.png"),
            ("a\u{202e}gnp.exe", "agnp.exe"),
            ("a\0b.png", "ab.png"),
            ("a.png. . ", "a.png"),
            ("\u{2066}a\u{2069}\u{61c}.png", "a.png"),
            ("a\u{ff0f}b", "a-b.png"),
            ("CON", "attachment CON.png"),
            ("nul.txt", "attachment nul.txt"),
            ("com1.tar.gz", "attachment com1.tar.gz"),
            ("console.png", "console.png"),
        ] {
            assert_eq!(named(name), safe, "{name:?}");
        }
    }

    #[test]
    fn a_long_name_is_cut_before_its_ending_and_between_letters() {
        let long = named(&format!("{}.pdf", "ä".repeat(400)));
        assert!(long.len() <= LONGEST && long.ends_with("ä.pdf"), "{long}");
        let long = named(&format!("a.{}", "b".repeat(400)));
        assert!(long.len() <= LONGEST && long.ends_with("b.png"), "{long}");
    }

    #[test]
    fn what_is_compressed_says_so_in_its_name() {
        let gzip = Kind::of(Some(b"\x1f\x8b\x08"));
        for (name, safe) in [
            ("notes.txt", "notes.txt.gz"),
            ("notes.txt.gz", "notes.txt.gz"),
            ("notes.GZ", "notes.GZ"),
            ("notes", "notes.gz"),
            ("", "attachment.gz"),
        ] {
            assert_eq!(file_name(name, "attachment", gzip, true), safe);
        }
    }

    #[test]
    fn a_header_carries_every_letter_and_nothing_else() {
        assert_eq!(header("attachment", "a b.png"), "attachment; filename*=UTF-8''a%20b.png");
        assert_eq!(header("inline", "ä\"';%.pdf"), "inline; filename*=UTF-8''%C3%A4%22%27%3B%25.pdf");
    }
}
