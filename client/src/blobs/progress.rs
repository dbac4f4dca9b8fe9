//! How far a transfer has come.

/// How far a transfer has come, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Sent or received, counted from the beginning, earlier attempts included. It goes back when a
    /// connection broke and the server did not get all that was sent.
    pub done: u64,
    /// In all. A server need not say that of what it sends.
    pub total: Option<u64>,
}
