//! A line that says how far a transfer has come.

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;

use keepwell_client::Progress;

/// The line. Where nobody watches, it is written only at the end.
pub struct Line {
    what: String,
    watched: bool,
    done: u64,
    shown: Option<u64>,
}

impl Line {
    /// A line about a file.
    pub fn of(file: &Path) -> Self {
        let what = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
        Self { what, watched: std::io::stderr().is_terminal(), done: 0, shown: None }
    }

    /// Says how far it is, when that is another percent or mebibyte.
    pub fn show(&mut self, progress: Progress) {
        self.done = progress.done;
        let step = match progress.total {
            Some(total) if total > 0 => progress.done.saturating_mul(100) / total,
            _ => progress.done >> 20,
        };
        if !self.watched || self.shown == Some(step) {
            return;
        }
        self.shown = Some(step);
        let of = match progress.total {
            Some(total) => format!("{step:3} % of {}", size(total)),
            None => size(progress.done),
        };
        // A terminal that is gone is no reason to stop.
        let _ = write!(std::io::stderr(), "\r{}  {of}   ", self.what);
    }

    /// Says that it is done.
    pub fn end(self) {
        let start = if self.watched { "\r" } else { "" };
        let _ = writeln!(std::io::stderr(), "{start}{}  {}, done   ", self.what, size(self.done));
    }
}

/// Bytes as people say them.
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["bytes", "KB", "MB", "GB"];
    let mut tenths = bytes.saturating_mul(10);
    let mut unit = 0;
    while tenths >= 10_000 && unit + 1 < UNITS.len() {
        tenths = tenths.saturating_add(500) / 1000;
        unit += 1;
    }
    let unit = UNITS.get(unit).copied().unwrap_or_default();
    match (unit, tenths % 10) {
        ("bytes", _) | (_, 0) => format!("{} {unit}", tenths / 10),
        (_, rest) => format!("{}.{rest} {unit}", tenths / 10),
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_said_as_people_say_them() {
        for (bytes, said) in [
            (0, "0 bytes"),
            (999, "999 bytes"),
            (1000, "1 KB"),
            (1_550, "1.6 KB"),
            (2_097_152, "2.1 MB"),
            (1_073_741_824, "1.1 GB"),
        ] {
            assert_eq!(size(bytes), said);
        }
    }
}
