//! How an account stands.

/// How an account stands. Only an active one opens a door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// In use.
    Active,
    /// Closed for now by who runs the server.
    Suspended,
    /// Closed by the person, who may still come back.
    Closing,
    /// Being erased. There is no way back.
    Erasing,
}

impl State {
    pub(super) fn read(text: &str) -> Self {
        match text {
            "active" => Self::Active,
            "closing" => Self::Closing,
            "erasing" => Self::Erasing,
            // What we do not know is closed.
            _ => Self::Suspended,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Closing => "closing",
            Self::Erasing => "erasing",
        }
    }
}
