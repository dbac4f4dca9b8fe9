//! Certificates in hexadecimal digits.

use roxmltree::Node;

use crate::error::InfoError;
use crate::status::Status;
use crate::xml::{self, Sequence};

/// Reads `public-keys`: the bytes of each certificate, which nobody has looked into yet. Digits that are
/// none, too few or too many have a status of their own.
pub(super) fn read_all(public_keys: Node<'_, '_>) -> Result<Vec<Vec<u8>>, InfoError> {
    let mut fields = Sequence::of(public_keys)?;
    let mut nodes = vec![fields.required("public-key")?];
    nodes.extend(fields.repeated("public-key"));
    fields.end()?;
    nodes.into_iter().map(read).collect()
}

fn read(node: Node<'_, '_>) -> Result<Vec<u8>, InfoError> {
    let digits = xml::text(node)?;
    let refuse = |message| InfoError::new(Status::INVALID_PUBLIC_KEY, message);
    if !(512..=4096).contains(&digits.len()) {
        return Err(refuse("public-key has not 512 to 4096 hexadecimal digits"));
    }
    hex::decode(&*digits).map_err(|_| refuse("public-key is not hexadecimal"))
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    fn keys(keys: &[&str]) -> Result<Vec<Vec<u8>>, InfoError> {
        let keys: String = keys.iter().map(|key| format!("<public-key>{key}</public-key>")).collect();
        let xml = format!("<public-keys>{keys}</public-keys>");
        read_all(Document::parse(&xml).unwrap().root_element())
    }

    #[test]
    fn digits_in_either_case_are_bytes() {
        let (lower, upper) = ("0f".repeat(256), format!("\n{}\n", "AB".repeat(2048)));
        assert_eq!(keys(&[&lower, &upper]), Ok(vec![vec![0x0f; 256], vec![0xab; 2048]]));
    }

    #[test]
    fn what_cannot_be_a_key_has_a_status_of_its_own() {
        let wrong = ["".to_owned(), "0".repeat(510), "0".repeat(4098), "0".repeat(513), "x".repeat(512)];
        for key in wrong {
            assert_eq!(keys(&[&key]).unwrap_err().status, Status::INVALID_PUBLIC_KEY, "{}", key.len());
        }
        let none = keys(&[]).unwrap_err();
        assert_eq!((none.status, &*none.message), (Status::INVALID_XML, "public-keys needs public-key"));
    }
}
