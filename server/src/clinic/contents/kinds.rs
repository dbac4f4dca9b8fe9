//! What a file is, by how it begins; its name counts only where the beginning says nothing.

use std::path::Path;

/// The media type of a file that is attached as it is, or nothing where it may be XML.
pub fn media_type(head: &[u8], path: &Path) -> Option<&'static str> {
    by_beginning(head).or_else(|| match is_markup(head) {
        true => None,
        false => Some(by_name(path)),
    })
}

fn by_beginning(head: &[u8]) -> Option<&'static str> {
    let at = |start: usize, mark: &[u8]| head.get(start..).is_some_and(|rest| rest.starts_with(mark));
    let kinds: [(bool, &'static str); 11] = [
        (at(0, b"%PDF-"), "application/pdf"),
        (at(0, b"\x89PNG\r\n\x1a\n"), "image/png"),
        (at(0, b"\xff\xd8\xff"), "image/jpeg"),
        (at(0, b"II*\0") || at(0, b"MM\0*"), "image/tiff"),
        (at(0, b"GIF87a") || at(0, b"GIF89a"), "image/gif"),
        (at(0, b"RIFF") && at(8, b"WEBP"), "image/webp"),
        (at(4, b"ftypheic") || at(4, b"ftypheix") || at(4, b"ftyphevc"), "image/heic"),
        (at(4, b"ftypmif1") || at(4, b"ftypmsf1"), "image/heif"),
        (at(4, b"ftypavif"), "image/avif"),
        (at(128, b"DICM"), "application/dicom"),
        (at(0, b"{\\rtf"), "application/rtf"),
    ];
    kinds.into_iter().find(|(is, _)| *is).map(|(_, media)| media)
}

/// Whether the text begins with a tag, in whatever encoding it is.
fn is_markup(head: &[u8]) -> bool {
    let marks: [&[u8]; 3] = [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"];
    let rest = marks.iter().find_map(|mark| head.strip_prefix(*mark)).unwrap_or(head);
    // In UTF-16, every other byte of these is zero.
    let first = rest.iter().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0));
    first == Some(&b'<')
}

/// By the ending of the name.
pub fn by_name(path: &Path) -> &'static str {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    match ending.as_str() {
        "txt" => "text/plain",
        "csv" => "text/csv",
        "htm" | "html" | "xhtml" => "text/html",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "json" => "application/json",
        "zip" => "application/zip",
        "doc" => "application/msword",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xls" => "application/vnd.ms-excel",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "odt" => "application/vnd.oasis.opendocument.text",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(head: &[u8], name: &str) -> Option<&'static str> {
        media_type(head, Path::new(name))
    }

    #[test]
    fn each_kind_is_known_by_its_beginning_whatever_it_is_called() {
        let mut dicom = vec![0; 128];
        dicom.extend_from_slice(b"DICM");
        let kinds: [(&[u8], &str); 11] = [
            (b"%PDF-1.7\n", "application/pdf"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png"),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg"),
            (b"II*\0\x08\0\0\0", "image/tiff"),
            (b"MM\0*\0\0\0\x08", "image/tiff"),
            (b"GIF89a\x01\0", "image/gif"),
            (b"RIFF\x24\0\0\0WEBPVP8 ", "image/webp"),
            (b"\0\0\0\x18ftypheic\0\0\0\0", "image/heic"),
            (b"\0\0\0\x18ftypmif1\0\0\0\0", "image/heif"),
            (&dicom, "application/dicom"),
            (b"{\\rtf1", "application/rtf"),
        ];
        for (head, media) in kinds {
            assert_eq!(of(head, "letter.xml"), Some(media));
        }
    }

    #[test]
    fn what_begins_with_a_tag_may_be_xml_in_any_encoding() {
        let heads: [&[u8]; 6] = [
            b"<a/>",
            b"\xef\xbb\xbf <?xml version='1.0'?>",
            b"\n\t<a/>",
            b"\xff\xfe<\0a\0",
            b"\xfe\xff\0<\0a",
            b"\0<\0?",
        ];
        for head in heads {
            assert_eq!(of(head, "letter.pdf"), None, "{head:?}");
        }
    }

    #[test]
    fn the_name_counts_where_the_beginning_says_nothing() {
        assert_eq!(of(b"Dear Ada", "letter.TXT"), Some("text/plain"));
        assert_eq!(of(b"PK\x03\x04", "letter.docx").map(str::len), Some(71));
        assert_eq!(of(b"Dear Ada", "letter"), Some("application/octet-stream"));
        assert_eq!(of(b"", "letter.pdf"), Some("application/octet-stream"), "its name is not believed");
    }
}
