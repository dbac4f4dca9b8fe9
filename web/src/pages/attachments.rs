//! The attachments of an item: what each is, a look at it where that is safe, and a way to keep it.

/// An attachment.
#[derive(Clone, Debug)]
pub struct AttachmentRow {
    /// What it is called.
    pub name: String,
    /// What it is: "PDF document".
    pub what: String,
    /// How large.
    pub size: String,
    /// Where it is downloaded.
    pub keep_to: String,
    /// Where a browser shows it, if one may.
    pub see_to: Option<String>,
    /// It is a picture, small enough to be shown on the page.
    pub preview: bool,
}

impl AttachmentRow {
    pub(super) fn samples() -> Vec<Self> {
        let at = |index: u8| format!("/records/1/items/1/versions/1/attachments/{index}");
        let row = |index, name: &str, what: &str, size: &str| Self {
            name: name.into(),
            what: what.into(),
            size: size.into(),
            keep_to: at(index),
            see_to: None,
            preview: false,
        };
        vec![
            Self { see_to: Some(at(0) + "/view"), ..row(0, "Main attachment", "PDF document", "1.2 MB") },
            row(1, "Rash-on-the-left-arm-taken-in-the-garden-2026-03-18.svg", "Drawing (SVG)", "12 kB"),
            row(2, "Attachment without a name", "Empty file", "0 bytes"),
        ]
    }
}
