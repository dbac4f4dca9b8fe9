//! Bounds on what a request may cost before anything in it is believed (wire.md 1.2, 1.4).

/// Sizes that a request may not exceed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the body after decompression.
    pub inflated_bytes: usize,
    /// Nesting of elements, the root being at depth 1.
    pub depth: usize,
    /// Elements, texts, comments and processing instructions together.
    pub nodes: usize,
    /// Attributes and namespace declarations of one element.
    pub attributes_per_element: usize,
    /// Namespace declarations in the whole document. The parser copies those in scope to every element
    /// that declares one, so the product of this and the next is memory.
    pub namespace_declarations: usize,
    /// Namespace declarations in force at one place; every prefix is searched among them.
    pub namespaces_in_scope: usize,
    /// Whether a body that was cut inside the root's end tag is processed. A .NET client sends the
    /// number of characters as the number of bytes and so loses the tail (wire.md 1.2).
    pub rescue_truncated: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            inflated_bytes: 16 * 1024 * 1024,
            depth: 64,
            nodes: 500_000,
            attributes_per_element: 128,
            namespace_declarations: 16_384,
            namespaces_in_scope: 128,
            rescue_truncated: true,
        }
    }
}
