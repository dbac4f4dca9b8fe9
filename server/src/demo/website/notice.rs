//! What a page says about what just happened. It travels in the address as one of a few words, so an
//! address can make a page say nothing else.

/// Something that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notice {
    Added,
    SignedOut,
    NotNow,
    Ended,
    NotShared,
    Lost,
}

impl Notice {
    const ALL: [Notice; 6] =
        [Notice::Added, Notice::SignedOut, Notice::NotNow, Notice::Ended, Notice::NotShared, Notice::Lost];

    /// The word in the address.
    pub(super) fn word(self) -> &'static str {
        match self {
            Notice::Added => "added",
            Notice::SignedOut => "signed-out",
            Notice::NotNow => "not-now",
            Notice::Ended => "ended",
            Notice::NotShared => "not-shared",
            Notice::Lost => "lost",
        }
    }

    pub(super) fn of_word(word: &str) -> Option<Self> {
        Notice::ALL.into_iter().find(|notice| notice.word() == word)
    }

    /// The sentences on the page.
    pub(super) fn text(self) -> &'static str {
        match self {
            Notice::Added => "Your weight is written down, in your own record.",
            Notice::SignedOut => "You are signed out. Your weights stay in your record.",
            Notice::NotNow => "That is fine. Nothing was shared. You can connect whenever you like.",
            Notice::Ended => {
                "You were signed out after a while, to keep your weights private. Nothing is lost: connect \
                 again to go on."
            }
            Notice::NotShared => {
                "This diary has no permission to see your weights at the moment. They are safe in your \
                 record. If you want to use the diary again, connect it."
            }
            Notice::Lost => "We could not tell who came back. Nothing was shared. Please connect once more.",
        }
    }
}
