//! Pickup codes: 20 letters of 13, in five groups (connectivity.md 3.2).

use crate::keys::Purpose;
use crate::{Domain, Env};

/// No vowel, so that no word comes of it, and no digit.
const ALPHABET: &[u8; 13] = b"FGHJKMNQRVXYZ";
const LENGTH: usize = 20;
const GROUP: usize = 4;

/// A new code, as it is shown: some 74 random bits.
pub(super) fn mint(env: &Env) -> String {
    let mut code = String::with_capacity(LENGTH + LENGTH / GROUP);
    let mut letters = 0;
    while letters < LENGTH {
        for byte in env.bytes::<32>() {
            // The largest multiple of 13 below 256: what lies above would favour some letters.
            let letter = (byte < 247).then(|| ALPHABET.get(usize::from(byte % 13))).flatten();
            let Some(letter) = letter.filter(|_| letters < LENGTH) else { continue };
            if letters > 0 && letters % GROUP == 0 {
                code.push('-');
            }
            code.push(char::from(*letter));
            letters += 1;
        }
    }
    code
}

/// A code as a person types it: in any case, with or without hyphens and spaces, and with letters that look
/// alike. `None` for what is no code of ours.
pub(super) fn canonical(typed: &str) -> Option<String> {
    let mut code = String::with_capacity(LENGTH);
    for c in typed.chars().filter(|c| !c.is_whitespace() && !is_dash(*c)) {
        let letter = match c.to_ascii_uppercase() {
            // What handwriting and poor prints make of the letters that there are.
            'U' | 'W' => 'V',
            '2' => 'Z',
            'O' | '0' => 'Q',
            'P' => 'R',
            letter => letter,
        };
        if !letter.is_ascii() || !ALPHABET.contains(&(letter as u8)) || code.len() == LENGTH {
            return None;
        }
        code.push(letter);
    }
    (code.len() == LENGTH).then_some(code)
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '_' | '.' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Under which a code is found. It is keyed: a database alone does not tell which codes there are.
pub(super) fn hash(domain: &Domain, canonical: &str) -> [u8; 32] {
    domain.keys.mac(Purpose::PickupCode, &[b"code", canonical.as_bytes()])
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn codes_are_twenty_of_thirteen_letters_in_five_groups() {
        let env = Env::system();
        let codes: HashSet<_> = (0..200).map(|_| mint(&env)).collect();
        assert_eq!(codes.len(), 200);
        let mut letters = HashSet::new();
        for code in &codes {
            let groups: Vec<_> = code.split('-').collect();
            assert_eq!(groups.len(), 5, "{code}");
            assert!(groups.iter().all(|group| group.len() == 4), "{code}");
            letters.extend(code.bytes().filter(|b| *b != b'-'));
        }
        assert_eq!(letters, ALPHABET.iter().copied().collect());
    }

    #[test]
    fn a_code_is_known_as_people_type_it() {
        let code = Some("JKYZQNMNVHRXZGNRGZNH".to_owned());
        for typed in [
            "JKYZ-QNMN-VHRX-ZGNR-GZNH",
            "jkyz qnmn vhrx zgnr gznh",
            " jkyzqnmnvhrxzgnrgznh\n",
            "JKYZ\u{2013}ONMN\u{2013}UHRX\u{2013}2GNR\u{2013}GZNH",
        ] {
            assert_eq!(canonical(typed), code, "{typed}");
        }
    }

    #[test]
    fn what_cannot_be_a_code_is_none() {
        for typed in
            ["", "JKYZ", "JKYZ-QNMN-VHRX-ZGNR-GZNHX", "JKYZ-QNMN-VHRX-ZGNR-GZNA", "JKYZ-QNMN-VHRX-ZGNR-GZNÄ"]
        {
            assert_eq!(canonical(typed), None, "{typed}");
        }
    }
}
