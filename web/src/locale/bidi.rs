//! Words of the other writing direction within a text: a Latin name in an Arabic sentence, and the other way
//! round. Unicode's isolates keep what surrounds them in order (UAX #9); they are put only where the
//! directions differ, so that most texts have none.

use std::borrow::Cow;

use super::Direction;

/// Begins a stretch whose direction is that of its first letter (FSI).
const BEGIN: char = '\u{2068}';
/// Ends it (PDI).
const END: char = '\u{2069}';

/// The text, isolated if it has letters that are written the other way than the text around it. What it brings
/// along to turn the direction of writing ends with it.
pub fn isolated(text: &str, around: Direction) -> Cow<'_, str> {
    if text.chars().any(turns) {
        return Cow::Owned(isolate(&closed(text), around).into_owned());
    }
    isolate(text, around)
}

/// Whether a character turns what follows it, or ends that: embeddings, overrides and isolates.
fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..=END)
}

/// The text without embeddings and overrides, which nobody needs beside isolates, and with as many ends of isolates
/// as there are beginnings.
fn closed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut depth = 0usize;
    for c in text.chars() {
        match c {
            '\u{202a}'..='\u{202e}' => continue,
            '\u{2066}'..='\u{2068}' => depth += 1,
            END if depth == 0 => continue,
            END => depth -= 1,
            _ => {}
        }
        out.push(c);
    }
    out.extend(std::iter::repeat_n(END, depth));
    out
}

fn isolate(text: &str, around: Direction) -> Cow<'_, str> {
    let mut depth = 0u32;
    for c in text.chars() {
        match c {
            // LRI, RLI and FSI.
            '\u{2066}'..='\u{2068}' => depth += 1,
            END => depth = depth.saturating_sub(1),
            c if depth == 0 && direction(c).is_some_and(|direction| direction != around) => {
                return Cow::Owned(format!("{BEGIN}{text}{END}"));
            }
            _ => {}
        }
    }
    Cow::Borrowed(text)
}

/// Which way a letter is written; digits and punctuation follow what is around them.
fn direction(c: char) -> Option<Direction> {
    match c {
        // Hebrew, Arabic and the scripts beside them, but not Arabic digits and punctuation.
        '\u{0590}'..='\u{05ff}'
        | '\u{0620}'..='\u{065f}'
        | '\u{066e}'..='\u{06ef}'
        | '\u{06fa}'..='\u{08ff}'
        | '\u{fb1d}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefc}'
        | '\u{10800}'..='\u{10fff}'
        | '\u{1e800}'..='\u{1efff}' => Some(Direction::RightToLeft),
        c if c.is_alphabetic() => Some(Direction::LeftToRight),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Direction::{LeftToRight, RightToLeft};

    #[test]
    fn a_name_in_its_own_direction_is_left_as_it_is() {
        assert_eq!(isolated("Anna", LeftToRight), "Anna");
        assert_eq!(isolated("أمل", RightToLeft), "أمل");
        assert_eq!(isolated("120/80", RightToLeft), "120/80");
        assert_eq!(isolated("(12:30)", LeftToRight), "(12:30)");
    }

    #[test]
    fn a_name_of_the_other_direction_is_isolated() {
        assert_eq!(isolated("Anna", RightToLeft), "\u{2068}Anna\u{2069}");
        assert_eq!(isolated("أمل", LeftToRight), "\u{2068}أمل\u{2069}");
        assert_eq!(isolated("71.5 kg", RightToLeft), "\u{2068}71.5 kg\u{2069}");
    }

    #[test]
    fn what_is_isolated_already_is_not_isolated_again() {
        let once = isolated("Anna", RightToLeft).into_owned();
        assert_eq!(isolated(&once, RightToLeft), once);
        let row = format!("{once}، {once}");
        assert_eq!(isolated(&row, RightToLeft), row);
        assert_ne!(isolated(&format!("{once} Berg"), RightToLeft), format!("{once} Berg"));
    }

    #[test]
    fn what_turns_the_direction_ends_with_the_text_that_brought_it() {
        for (evil, said) in [
            ("Fit\u{202e}", "Fit"),
            ("\u{202d}Fit\u{202c}", "Fit"),
            ("\u{2069}\u{2069}Fit", "Fit"),
            ("\u{2067}Fit", "\u{2067}Fit\u{2069}"),
            ("\u{2066}a\u{2067}b\u{2069}", "\u{2066}a\u{2067}b\u{2069}\u{2069}"),
        ] {
            assert_eq!(isolated(evil, LeftToRight), said, "{evil:?}");
        }
        assert_eq!(isolated("\u{202e}Fit\u{2069}", RightToLeft), "\u{2068}Fit\u{2069}");
    }
}
