//! Texts as they are compared: without case, accents and superfluous white space.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The text as searches compare it; it holds no line break.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        if word.is_ascii() {
            out.extend(word.chars().map(|c| c.to_ascii_lowercase()));
        } else {
            out.extend(word.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase));
        }
    }
    out
}

/// The words of a folded text.
pub(super) fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_spaces_do_not_count() {
        assert_eq!(fold("  Ménière's\t DISEASE\n"), "meniere's disease");
        assert_eq!(fold("Åland"), "aland");
        assert_eq!(fold("ΑΘΉΝΑ"), "αθηνα");
        assert_eq!(
            words("meniere's disease (left)").collect::<Vec<_>>(),
            ["meniere", "s", "disease", "left"]
        );
    }
}
