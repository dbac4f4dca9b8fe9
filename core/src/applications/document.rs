//! Documents and pictures that an application gives us to show (connectivity.md 7.2).

use serde::{Deserialize, Serialize};

use super::Multilingual;

/// A statement of an application: its privacy statement, its terms, what it says at the end of a flow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub struct Document {
    /// `text/plain` or `text/html`.
    pub content_type: String,
    /// The text; a plain one may be the address at which the document is.
    pub text: Multilingual,
}

/// What a plain document's type is.
pub const PLAIN: &str = "text/plain";

#[derive(Serialize, Deserialize)]
#[serde(untagged, rename_all = "kebab-case")]
enum Written {
    Typed {
        #[serde(rename = "content-type")]
        content_type: String,
        text: Multilingual,
    },
    Plain(Multilingual),
}

impl From<Written> for Document {
    fn from(written: Written) -> Self {
        match written {
            Written::Typed { content_type, text } => Self { content_type, text },
            Written::Plain(text) => Self { content_type: PLAIN.to_owned(), text },
        }
    }
}

impl From<Document> for Written {
    fn from(document: Document) -> Self {
        if document.content_type == PLAIN {
            return Self::Plain(document.text);
        }
        Self::Typed { content_type: document.content_type, text: document.text }
    }
}

/// A picture, by language: bytes as Base64.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Logo {
    /// `image/png`, `image/jpeg` or `image/gif`.
    pub content_type: String,
    /// Its bytes as Base64, for each language.
    pub base64: Multilingual,
}

/// The pictures that a browser can show and that hold no script.
pub const PICTURES: [&str; 3] = ["image/png", "image/jpeg", "image/gif"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_document_is_written_as_its_text() {
        let address = "\"https://weights.example/privacy\"";
        let document: Document = serde_json::from_str(address).unwrap();
        assert_eq!(document.content_type, PLAIN);
        assert_eq!(serde_json::to_string(&document).unwrap(), address);
        let html = Document { content_type: "text/html".to_owned(), ..document };
        let written = serde_json::to_string(&html).unwrap();
        assert_eq!(serde_json::from_str::<Document>(&written).unwrap(), html);
    }
}
