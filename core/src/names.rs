//! Names that people and programs choose: for a person, a record, a device, a passkey. They stand in sentences, in
//! lists and in the heads of letters, so each is one line, and what is seen of it is what it is.

/// The name on one line, without what controls how text is read: ends of lines, other control characters, what
/// turns the direction of writing, and what has no width. The joiners of Persian, of Indic scripts and of emoji
/// stay. Empty if nothing is left that can be seen.
#[must_use]
pub fn one_line(name: &str) -> String {
    let words = name.split(|c: char| c.is_whitespace() || c.is_control() || is_unseen(c));
    let seen = words.filter(|word| word.chars().any(|c| !is_joiner(c)));
    seen.collect::<Vec<_>>().join(" ")
}

/// The same, cut to so many characters.
#[must_use]
pub fn short(name: &str, longest: usize) -> String {
    one_line(name).chars().take(longest).collect::<String>().trim_end().to_owned()
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// What turns the direction of a line, or is there without being seen.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_of_what_can_be_seen() {
        for (given, kept) in [
            ("  Ada\u{2019}s\r\n phone\t", "Ada\u{2019}s phone"),
            ("phone\u{202e}enohp", "phone enohp"),
            ("a\u{2028}b\u{85}c\0d", "a b c d"),
            (" \u{200b} \u{200d}", ""),
            ("أمل\u{200f}", "أمل"),
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
            ("👩\u{200d}⚕\u{fe0f}", "👩\u{200d}⚕\u{fe0f}"),
        ] {
            assert_eq!(one_line(given), kept, "{given:?}");
        }
        assert_eq!(short(&"é".repeat(300), 100).chars().count(), 100);
        assert_eq!(short("ab cd", 3), "ab");
    }
}
