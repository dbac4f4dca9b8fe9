//! Codes that people copy by hand.

use crate::Env;

/// Nothing that is taken for something else: no I, L, O, U. Five bits each.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A new code of so many random characters.
pub(super) fn mint<const LENGTH: usize>(env: &Env) -> String {
    let letter = |byte: u8| char::from(ALPHABET[usize::from(byte % 32)]);
    env.bytes::<LENGTH>().into_iter().map(letter).collect()
}

/// A code as it was meant: people type it in either case, with spaces or hyphens, and take O for 0. Digits of
/// Arabic and Persian keyboards are digits.
pub(super) fn fold(typed: &str) -> String {
    let plain = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').map(digit);
    plain
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        })
        .collect()
}

fn digit(c: char) -> char {
    let zero = match c {
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6f0}'..='\u{6f9}' => 0x6f0,
        _ => return c,
    };
    char::from_digit(u32::from(c) - zero, 10).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_known_as_people_type_it() {
        assert_eq!(fold("01ab-c def"), fold("OLABCDEF"));
        assert_ne!(fold("01ABCDEF"), fold("01ABCDEG"));
        assert_eq!(fold("١٢٣ ۴۵۶"), "123456");
    }

    #[test]
    fn a_new_code_is_read_as_it_is() {
        let code = mint::<20>(&Env::system());
        assert_eq!((code.len(), fold(&code)), (20, code));
    }
}
