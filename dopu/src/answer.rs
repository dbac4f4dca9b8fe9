//! The answer as the key is made of it.

use zeroize::Zeroizing;

/// The answer in lower case, as .NET's invariant culture has it, and not trimmed (connectivity.md 5.1).
///
/// That culture maps character by character: a sigma at the end of a word becomes the usual one, where
/// `str::to_lowercase` writes the final form. The one character whose lower case is two, the capital I
/// with a dot, it leaves as it is.
pub fn lowered(answer: &str) -> Zeroizing<String> {
    // Room for what grows, so that no copy of the answer stays behind where the text was moved from.
    let mut text = Zeroizing::new(String::with_capacity(2 * answer.len()));
    text.extend(answer.chars().map(|c| {
        let mut lower = c.to_lowercase();
        match (lower.next(), lower.next()) {
            (Some(single), None) => single,
            _ => c,
        }
    }));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_lowered_one_by_one_in_every_alphabet() {
        assert_eq!(*lowered("Seeds the PARAKEET"), "seeds the parakeet");
        assert_eq!(*lowered("ÄÖÜ Straße ЖУК"), "äöü straße жук");
        assert_eq!(*lowered("ΟΔΟΣ"), "οδοσ", "no final sigma");
        assert_eq!(*lowered("I İ ı"), "i İ ı", "no culture's i");
        assert_eq!(*lowered("ẞ Ⱥ"), "ß ⱥ");
    }

    #[test]
    fn spaces_and_marks_stay() {
        assert_eq!(*lowered("  two\twords! \n"), "  two\twords! \n");
        assert_eq!(*lowered("E\u{301}"), "e\u{301}", "nothing is composed");
    }
}
