//! The digital signature of a thing (things.md 6): kept beside the data that it covers, and returned, as it
//! was sent. It is not verified.

/// A signature as it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature(String);

impl Signature {
    /// A `signature-info`, or the bare `Signature` of the older shape of a thing.
    #[must_use]
    pub fn new(xml: String) -> Self {
        Self(xml)
    }

    /// Whether it is a `signature-info`, which the older shape of a thing cannot show.
    #[must_use]
    pub fn is_info(&self) -> bool {
        // It is in no namespace, so it has no prefix.
        self.0.starts_with("<signature-info")
    }

    /// As it was sent.
    #[must_use]
    pub fn xml(&self) -> &str {
        &self.0
    }
}
