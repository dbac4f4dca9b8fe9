//! Names that somebody else chose, as letters say them. A letter is read where we have no say: programs for mail
//! make links of what looks like an address, and a reader trusts what the server writes.

use crate::attachments::readable;

/// The most characters of a name; the rest of a subject needs room too.
const LONGEST: usize = 100;

/// The name on one line, not too long, with nothing in it that is not seen, and with a gap where a program would
/// make a link of it: "evil. example".
pub fn name(text: &str) -> String {
    let line = readable(text);
    let mut kept: String = line.chars().take(LONGEST).collect();
    if line.chars().count() > LONGEST {
        kept.push('…');
    }
    let mut said = String::with_capacity(kept.len());
    let mut rest = kept.chars().peekable();
    while let Some(c) = rest.next() {
        said.push(c);
        if rest.peek().is_some_and(|next| joins(c, *next)) {
            said.push(' ');
        }
    }
    said
}

/// Whether the two make an address of what stands around them: a dot before a name, `://`, an at sign.
fn joins(c: char, next: char) -> bool {
    match c {
        '.' | '\u{3002}' | '\u{ff0e}' | '\u{ff61}' => next.is_alphabetic(),
        ':' => next == '/',
        '@' => next.is_alphanumeric(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_program_for_mail_makes_a_link_of_a_name() {
        for (given, said) in [
            ("Larkfield & Sons, 71.5 kg", "Larkfield & Sons, 71.5 kg"),
            ("J. R. Ewing Jr.", "J. R. Ewing Jr."),
            ("https://evil.example/x", "https: //evil. example/x"),
            ("www.evil.example", "www. evil. example"),
            ("mail eve@evil\u{3002}example", "mail eve@ evil\u{3002} example"),
            ("аррlе.example", "аррlе. example"),
        ] {
            assert_eq!(name(given), said);
        }
    }

    #[test]
    fn a_name_breaks_no_line_and_leaves_room_beside_it() {
        assert_eq!(name("Fit\r\n\r\nYour account is closed\u{202e}"), "Fit Your account is closed");
        let long = name(&"ä".repeat(255));
        assert!(long.chars().count() == 101 && long.ends_with('…'));
    }
}
