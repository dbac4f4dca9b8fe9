//! What a file is, by how it begins. What its sender called it is never believed.

use crate::locale::Key;

/// First bytes that are looked at.
pub const HEAD: u64 = 1024;

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// In plain words.
    pub words: Key,
    /// The ending of its name; empty if it has none of its own.
    pub ending: &'static str,
    shown: Shown,
}

/// Whether a browser may show it in one of our addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    /// It is only downloaded.
    Never,
    /// As a picture of this type.
    Picture(&'static str),
    /// In a tab of its own, with this type.
    Alone(&'static str),
}

const fn only_kept(words: Key, ending: &'static str) -> Kind {
    Kind { words, ending, shown: Shown::Never }
}

const fn picture(ending: &'static str, content_type: &'static str) -> Kind {
    Kind { words: Key("file-picture"), ending, shown: Shown::Picture(content_type) }
}

const EMPTY: Kind = only_kept(Key("file-empty"), "");
const UNKNOWN: Kind = only_kept(Key("file-unknown"), "");
const TEXT: Kind = only_kept(Key("file-text"), "txt");
const XML: Kind = only_kept(Key("file-xml"), "xml");
const HTML: Kind = only_kept(Key("file-web-page"), "html");
const SVG: Kind = only_kept(Key("file-drawing"), "svg");
const RICH_TEXT: Kind = only_kept(Key("file-rich-text"), "rtf");
const DICOM: Kind = only_kept(Key("file-dicom"), "dcm");
const GZIP: Kind = only_kept(Key("file-compressed"), "gz");
const OTHER_PICTURE: Kind = only_kept(Key("file-picture-unseen"), "");

/// What stands in a file at certain places.
type Marks = &'static [(usize, &'static [u8])];

/// By which marks a file is what. The first that fits is it.
const MAGIC: [(Marks, Kind); 25] = [
    (&[(0, b"\x89PNG\r\n\x1a\n")], picture("png", "image/png")),
    (&[(0, b"\xff\xd8\xff")], picture("jpg", "image/jpeg")),
    (&[(0, b"GIF87a")], picture("gif", "image/gif")),
    (&[(0, b"GIF89a")], picture("gif", "image/gif")),
    (&[(0, b"RIFF"), (8, b"WEBP")], picture("webp", "image/webp")),
    (
        &[(0, b"%PDF-")],
        Kind { words: Key("file-pdf"), ending: "pdf", shown: Shown::Alone("application/pdf") },
    ),
    (&[(0, b"II*\0")], Kind { ending: "tif", ..OTHER_PICTURE }),
    (&[(0, b"MM\0*")], Kind { ending: "tif", ..OTHER_PICTURE }),
    (&[(4, b"ftyphei")], Kind { ending: "heic", ..OTHER_PICTURE }),
    (&[(4, b"ftypmif1")], Kind { ending: "heic", ..OTHER_PICTURE }),
    (&[(4, b"ftypavif")], Kind { ending: "avif", ..OTHER_PICTURE }),
    (&[(128, b"DICM")], DICOM),
    (&[(0, b"PK\x03\x04")], only_kept(Key("file-zip"), "zip")),
    (&[(0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")], only_kept(Key("file-office"), "")),
    (&[(0, b"\x1f\x8b")], GZIP),
    (&[(0, b"{\\rtf")], RICH_TEXT),
    (&[(0, b"ID3")], only_kept(Key("file-sound"), "mp3")),
    (&[(0, b"\xff\xfb")], only_kept(Key("file-sound"), "mp3")),
    (&[(0, b"RIFF"), (8, b"WAVE")], only_kept(Key("file-sound"), "wav")),
    (&[(0, b"OggS")], only_kept(Key("file-sound"), "ogg")),
    (&[(0, b"fLaC")], only_kept(Key("file-sound"), "flac")),
    (&[(4, b"ftypM4A")], only_kept(Key("file-sound"), "m4a")),
    (&[(4, b"ftypqt")], only_kept(Key("file-film"), "mov")),
    (&[(4, b"ftyp")], only_kept(Key("file-film"), "mp4")),
    (&[(0, b"\x1a\x45\xdf\xa3")], only_kept(Key("file-film"), "mkv")),
];

impl Kind {
    /// The kind of a file by its first [`HEAD`] bytes; `None` where they are not at hand.
    pub fn of(first: Option<&[u8]>) -> Self {
        match first {
            None => UNKNOWN,
            Some([]) => EMPTY,
            Some(first) => by_magic(first).unwrap_or_else(|| by_text(first)),
        }
    }

    /// The same file behind an encoding: its bytes are not what a browser would show.
    pub fn encoded(self) -> Self {
        match self.shown {
            Shown::Never => self,
            _ => UNKNOWN,
        }
    }

    /// The type with which a browser may show it, if it may.
    pub fn shown_as(self) -> Option<&'static str> {
        match self.shown {
            Shown::Never => None,
            Shown::Picture(content_type) | Shown::Alone(content_type) => Some(content_type),
        }
    }

    /// Whether a page may show it among other things.
    pub fn is_picture(self) -> bool {
        matches!(self.shown, Shown::Picture(_))
    }
}

fn by_magic(first: &[u8]) -> Option<Kind> {
    let says = |(at, what): &(usize, &[u8])| first.get(*at..).is_some_and(|rest| rest.starts_with(what));
    MAGIC.iter().find(|(all, _)| all.iter().all(says)).map(|(_, kind)| *kind)
}

/// What is written in letters.
fn by_text(first: &[u8]) -> Kind {
    if first.starts_with(b"\xff\xfe") || first.starts_with(b"\xfe\xff") {
        return TEXT;
    }
    let text = match std::str::from_utf8(first) {
        Ok(text) => text,
        // The last letter may be cut.
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&first[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return UNKNOWN,
    };
    if text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}')) {
        return UNKNOWN;
    }
    let begins = text.trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
    match () {
        () if begins.starts_with("<!doctype html") || begins.starts_with("<html") => HTML,
        () if begins.starts_with('<') && begins.contains("<svg") => SVG,
        () if begins.starts_with('<') && begins.contains("<html") => HTML,
        () if begins.starts_with("<?xml") => XML,
        () => TEXT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(first: &[u8]) -> Option<&'static str> {
        Kind::of(Some(first)).shown_as()
    }

    #[test]
    fn a_browser_shows_four_kinds_of_pictures_and_pdf_by_their_first_bytes() {
        assert_eq!(shown(b"\x89PNG\r\n\x1a\n\0\0"), Some("image/png"));
        assert_eq!(shown(b"\xff\xd8\xff\xe0"), Some("image/jpeg"));
        assert_eq!(shown(b"GIF89a"), Some("image/gif"));
        assert_eq!(shown(b"RIFF\x10\0\0\0WEBPVP8 "), Some("image/webp"));
        assert_eq!(shown(b"%PDF-1.7"), Some("application/pdf"));
        assert!(!Kind::of(Some(b"%PDF-1.7")).is_picture());
    }

    #[test]
    fn everything_else_is_only_downloaded() {
        let mut dicom = vec![0; 128];
        dicom.extend(b"DICM");
        for (first, words) in [
            (&b"<svg xmlns='http://www.w3.org/2000/svg'>"[..], "file-drawing"),
            (b"\xef\xbb\xbf <?xml version='1.0'?><svg>", "file-drawing"),
            (b"<!-- x --><svg>", "file-drawing"),
            (b"<!DOCTYPE HTML><p>", "file-web-page"),
            (b" \n<HTML>", "file-web-page"),
            (b"<?xml version='1.0'?><ClinicalDocument>", "file-xml"),
            (b"<script>alert(1)</script>", "file-text"),
            (b" %PDF-1.7", "file-text"),
            (b"\xc3\xa5\xc3", "file-text"),
            (b"\xff\xfeA\0", "file-text"),
            (b"RIFF\x10\0\0\0WAVE", "file-sound"),
            (b"RIFF", "file-text"),
            (b"\0\0\0\x18ftypheic", "file-picture-unseen"),
            (b"\0\0\0\x18ftypisom", "file-film"),
            (&dicom, "file-dicom"),
            (b"\x1f\x8b\x08", "file-compressed"),
            (b"PK\x03\x04", "file-zip"),
            (b"\0\x01\x02", "file-unknown"),
            (b"\x80abc", "file-unknown"),
            (b"", "file-empty"),
        ] {
            let kind = Kind::of(Some(first));
            assert_eq!((kind.words.0, kind.shown_as()), (words, None), "{first:?}");
        }
        assert_eq!(Kind::of(None), UNKNOWN);
    }

    #[test]
    fn what_is_encoded_is_not_shown() {
        assert_eq!(Kind::of(Some(b"%PDF-1.7")).encoded().shown_as(), None);
        assert_eq!(Kind::of(Some(b"\x1f\x8b\x08")).encoded(), GZIP);
    }
}
