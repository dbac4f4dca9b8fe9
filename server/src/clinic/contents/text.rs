//! The text of an XML file, in whatever encoding it is.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// As far as an XML declaration is looked for.
const DECLARATION: usize = 200;

/// The text, without a byte order mark; nothing if it is not what its encoding says.
pub fn decoded(bytes: &[u8]) -> Option<String> {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or_else(|| (guessed(bytes), 0));
    let text = bytes.get(mark..).unwrap_or_default();
    encoding.decode_without_bom_handling_and_without_replacement(text).map(std::borrow::Cow::into_owned)
}

/// The encoding where no mark says it (XML 1.0, appendix F).
fn guessed(bytes: &[u8]) -> &'static Encoding {
    match bytes {
        [b'<', 0, ..] => UTF_16LE,
        [0, b'<', ..] => UTF_16BE,
        _ => declared(bytes).unwrap_or(UTF_8),
    }
}

fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..DECLARATION).unwrap_or(bytes);
    let declaration = head.strip_prefix(b"<?xml")?.split(|byte| *byte == b'>').next()?;
    let declaration = String::from_utf8_lossy(declaration);
    let (_, value) = declaration.split_once("encoding")?;
    let name = value.split(['"', '\'']).nth(1)?;
    // What can be read so far is not in UTF-16, whatever it says.
    Encoding::for_label(name.as_bytes()).filter(|encoding| *encoding != UTF_16LE && *encoding != UTF_16BE)
}

/// The text behind its XML declaration.
pub fn without_declaration(text: &str) -> &str {
    match text.trim_start().strip_prefix("<?xml") {
        Some(rest) if rest.starts_with([' ', '\t', '\r', '\n']) => {
            rest.split_once("?>").map_or("", |(_, rest)| rest)
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf_16(text: &str, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes_of).collect()
    }

    #[test]
    fn the_same_text_is_read_from_every_encoding() {
        let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>Müller</a>";
        let latin = text.replace("UTF-16", "ISO-8859-1").chars().map(|c| c as u8).collect::<Vec<_>>();
        for bytes in [
            text.as_bytes().to_vec(),
            ["\u{feff}", text].concat().into_bytes(),
            utf_16(text, u16::to_le_bytes),
            utf_16(text, u16::to_be_bytes),
            utf_16(&["\u{feff}", text].concat(), u16::to_le_bytes),
            utf_16(&["\u{feff}", text].concat(), u16::to_be_bytes),
            latin,
        ] {
            let read = decoded(&bytes).expect("a text");
            assert_eq!(without_declaration(&read), "<a>Müller</a>", "{bytes:?}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_none() {
        assert_eq!(decoded(b"<a>M\xfcller</a>"), None);
        assert_eq!(
            decoded(b"<?xml version='1.0' encoding='windows-1252'?>\x80").as_deref().map(|t| t.contains('€')),
            Some(true)
        );
    }
}
