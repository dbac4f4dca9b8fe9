//! Answers that are made: words that people can read, say and type.

use diceware_wordlists::EFF_SHORT_WORDLIST_1;
use keepwell_core::Env;

/// Four words of 1296: some 41 bits, against three tries.
const WORDS: usize = 4;

/// Words with spaces between them.
pub fn words() -> String {
    let env = Env::system();
    let mut words = Vec::with_capacity(WORDS);
    while words.len() < WORDS {
        let number = usize::from(u16::from_be_bytes(env.bytes()) & 0x7ff);
        // 2048 numbers for 1296 words: the others are drawn again, so that no word is more likely.
        if let Some(word) = EFF_SHORT_WORDLIST_1.get(number) {
            words.push(*word);
        }
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn answers_are_four_plain_words_and_differ() {
        let all: HashSet<String> = (0..200).map(|_| words()).collect();
        assert_eq!(all.len(), 200);
        for answer in &all {
            assert_eq!(answer.split(' ').count(), WORDS, "{answer}");
            assert!(answer.chars().all(|c| c.is_ascii_lowercase() || c == ' ' || c == '-'), "{answer}");
        }
    }
}
