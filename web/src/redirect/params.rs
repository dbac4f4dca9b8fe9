//! Query strings as twenty years of clients write them.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// Parameters in the order of arrival; names without regard to case, values as the bytes they were.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Params(Vec<(String, Vec<u8>)>);

impl Params {
    /// Reads a query string (or a form body), decoding each name and value once. A leading `?` or `&`
    /// is not part of it.
    pub fn parse(query: &[u8]) -> Self {
        let query = query.strip_prefix(b"?").unwrap_or(query);
        let pairs = query.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = match pair.iter().position(|byte| *byte == b'=') {
                Some(at) => (&pair[..at], &pair[at + 1..]),
                None => (pair, &b""[..]),
            };
            (String::from_utf8_lossy(&decode(name)).trim().to_owned(), decode(value))
        });
        Self(pairs.collect())
    }

    /// The first value of this name, as bytes.
    pub fn bytes(&self, name: &str) -> Option<&[u8]> {
        self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_slice())
    }

    /// The first value of this name as text, without blanks around it; none if it is empty.
    pub fn text(&self, name: &str) -> Option<String> {
        let value = String::from_utf8_lossy(self.bytes(name)?);
        Some(value.trim().to_owned()).filter(|value| !value.is_empty())
    }

    /// The first value of this name as base64: a `+` that was not escaped arrives as a blank.
    pub fn base64(&self, name: &str) -> Option<String> {
        self.text(name).map(|value| value.replace(' ', "+"))
    }

    /// Whether this name says true. Absent, or anything else, is false.
    pub fn flag(&self, name: &str) -> bool {
        self.text(name).is_some_and(|value| value.eq_ignore_ascii_case("true") || value == "1")
    }

    /// The values of `NAME1`, `NAME2`, … up to the first number that is missing.
    pub fn numbered(&self, name: &str) -> Vec<String> {
        (1..=MOST_NUMBERED).map_while(|number| self.text(&format!("{name}{number}"))).collect()
    }

    /// Takes what `other` has and this has not.
    pub fn or(mut self, other: Self) -> Self {
        let missing: Vec<_> = other.0.into_iter().filter(|(name, _)| self.bytes(name).is_none()).collect();
        self.0.extend(missing);
        self
    }

    /// Without these names.
    pub fn without(mut self, names: &[&str]) -> Self {
        self.0.retain(|(name, _)| !names.iter().any(|gone| gone.eq_ignore_ascii_case(name)));
        self
    }

    /// Names and values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_slice()))
    }
}

/// A rule set has a few rules; a query with thousands of them is not an application's.
const MOST_NUMBERED: usize = 64;

/// Decodes `+`, `%XX` and `%uXXXX` (UTF-16 units, from the classic .NET encoder). What is no escape stays.
pub fn decode(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut units: Vec<u16> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        if let Some(unit) = unicode_escape(&text[at..]) {
            units.push(unit);
            at += 6;
            continue;
        }
        // A pair of surrogates is two escapes in a row, so units are written out together.
        write_units(&mut units, &mut out);
        match text[at] {
            b'+' => out.push(b' '),
            b'%' => match hex(text.get(at + 1..at + 3)) {
                Some(byte) => {
                    out.push(byte as u8);
                    at += 2;
                }
                None => out.push(b'%'),
            },
            byte => out.push(byte),
        }
        at += 1;
    }
    write_units(&mut units, &mut out);
    out
}

fn unicode_escape(text: &[u8]) -> Option<u16> {
    (text[0] == b'%' && matches!(text.get(1), Some(b'u' | b'U'))).then(|| hex(text.get(2..6)))?
}

fn write_units(units: &mut Vec<u16>, out: &mut Vec<u8>) {
    out.extend(String::from_utf16_lossy(units).as_bytes());
    units.clear();
}

fn hex(digits: Option<&[u8]>) -> Option<u16> {
    digits?.iter().try_fold(0u16, |sum, digit| Some(sum * 16 + (*digit as char).to_digit(16)? as u16))
}

/// The characters that need no escape in a query value.
const PLAIN: &[u8] = b"-_.~";

/// Escapes a value for a query, with lower-case hex digits: a client looks for a token that ends in `3d`.
pub fn encode(value: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut out = String::with_capacity(value.len());
    for byte in value {
        if byte.is_ascii_alphanumeric() || PLAIN.contains(byte) {
            out.push(*byte as char);
        } else {
            out.push('%');
            out.push(DIGITS[usize::from(byte >> 4)] as char);
            out.push(DIGITS[usize::from(byte & 15)] as char);
        }
    }
    out
}

/// Escapes what may not stand raw in an address that is otherwise kept as it was registered.
pub(crate) fn tidy(address: &str) -> String {
    const RAW: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`');
    utf8_percent_encode(address, RAW).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_any_case_and_the_first_value_wins() {
        let params = Params::parse(b"instanceName=a&instancename=b&isMRA=True");
        assert_eq!(params.text("instancename").as_deref(), Some("a"));
        assert!(params.flag("ismra"));
    }

    #[test]
    fn a_leading_question_mark_or_ampersand_is_not_part_of_a_name() {
        for query in ["?appid=1&b=2", "&appid=1&b=2", "?&appid=1&&b=2"] {
            let params = Params::parse(query.as_bytes());
            assert_eq!(params.text("appid").as_deref(), Some("1"), "{query}");
            assert_eq!(params.text("b").as_deref(), Some("2"), "{query}");
        }
    }

    #[test]
    fn booleans_are_true_in_any_case_and_otherwise_false() {
        let params = Params::parse(b"a=true&b=True&c=TRUE&d=false&e=&f=yes&g=1");
        let said: Vec<bool> =
            ["a", "b", "c", "d", "e", "f", "g", "h"].iter().map(|name| params.flag(name)).collect();
        assert_eq!(said, [true, true, true, false, false, false, true, false]);
    }

    #[test]
    fn unicode_escapes_are_utf_16_units_in_pairs_where_needed() {
        assert_eq!(decode(b"J%u00f6rg %uD83D%uDE00+%C3%B6"), "Jörg 😀 ö".as_bytes());
        assert_eq!(decode(b"%u00f6%u00F6x"), "ööx".as_bytes());
    }

    #[test]
    fn what_is_no_escape_stays_as_it_is() {
        for text in ["100%", "%", "%g1", "%u12", "%uxyzw", "%4"] {
            assert_eq!(decode(text.as_bytes()), text.as_bytes(), "{text}");
        }
    }

    #[test]
    fn numbered_names_stop_at_the_first_gap() {
        let params = Params::parse(b"onopt1=a&OnOpt2=b&onopt4=d&offopt2=x");
        assert_eq!(params.numbered("onopt"), ["a", "b"]);
        assert!(params.numbered("offopt").is_empty());
    }

    #[test]
    fn base64_with_a_raw_plus_is_mended() {
        assert_eq!(Params::parse(b"t=a+b/c=").base64("t").as_deref(), Some("a+b/c="));
    }

    #[test]
    fn every_byte_survives_encoding_and_decoding() {
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(decode(encode(&all).as_bytes()), all);
    }

    #[test]
    fn escapes_are_written_with_lower_case_digits() {
        assert_eq!(encode(b"a+b/c=~"), "a%2bb%2fc%3d~");
    }
}
