//! Which bytes of a blob a request is about (RFC 9110, 14).

use std::ops::Range;

use super::Content;

/// What a download asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// These bytes.
    Bytes(Range<u64>),
    /// Bytes beyond the end.
    Beyond,
}

impl Content {
    /// The entity tag of the bytes, which never change.
    #[must_use]
    pub fn tag(&self) -> String {
        format!("\"{}\"", self.id)
    }

    /// The bytes that a `Range` asks for, as long as `If-Range` names these. What is no range of bytes, or
    /// several, is answered with all of them.
    #[must_use]
    pub fn part(&self, range: Option<&str>, if_range: Option<&str>) -> Part {
        match range {
            Some(range) if if_range.is_none_or(|tag| tag == self.tag()) => of(range, self.length()),
            _ => Part::Whole,
        }
    }
}

fn of(said: &str, length: u64) -> Part {
    let Some(said) = unit(said) else { return Part::Whole };
    let range = said.split_once('/').map_or(said, |(range, _)| range).trim();
    let number = |text: &str| text.trim().parse::<u64>().ok();
    match range.split_once('-').map(|(first, last)| (first.trim(), last.trim())) {
        Some(("", last)) => match number(last) {
            Some(count) if count > 0 && length > 0 => Part::Bytes(length.saturating_sub(count)..length),
            Some(_) => Part::Beyond,
            None => Part::Whole,
        },
        Some((first, last)) => {
            let end = if last.is_empty() { Some(u64::MAX) } else { number(last) };
            match (number(first), end) {
                (Some(start), Some(last)) if start > last => Part::Whole,
                (Some(start), Some(_)) if start >= length => Part::Beyond,
                (Some(start), Some(last)) => Part::Bytes(start..last.saturating_add(1).min(length)),
                _ => Part::Whole,
            }
        }
        None => Part::Whole,
    }
}

/// What follows `bytes` in a range, with a blank or an equals sign between.
#[must_use]
pub fn unit(said: &str) -> Option<&str> {
    let said = said.trim();
    let rest = said.get(..5).filter(|unit| unit.eq_ignore_ascii_case("bytes")).and(said.get(5..))?;
    rest.strip_prefix('=').or_else(|| rest.strip_prefix(' ')).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(said: &str) -> Part {
        of(said, 100)
    }

    #[test]
    fn a_download_may_ask_for_a_part() {
        assert_eq!(asked("bytes=0-9"), Part::Bytes(0..10));
        assert_eq!(asked("bytes=90-"), Part::Bytes(90..100));
        assert_eq!(asked("bytes=-10"), Part::Bytes(90..100));
        assert_eq!(asked("bytes=-1000"), Part::Bytes(0..100));
        // One client asks for a byte more than it wants, another by the header of an upload.
        assert_eq!(asked("bytes=50-100"), Part::Bytes(50..100));
        assert_eq!(asked("bytes 0-9/*"), Part::Bytes(0..10));
        assert_eq!(asked("bytes=100-"), Part::Beyond);
        assert_eq!(asked("bytes=-0"), Part::Beyond);
    }

    #[test]
    fn what_we_do_not_understand_gets_all_of_it() {
        for said in
            ["bytes=0-9,20-29", "items=0-9", "bytes=9-0", "bytes=x-", "bytes 0", "", "\u{20ac}\u{20ac}"]
        {
            assert_eq!(asked(said), Part::Whole, "{said}");
        }
    }
}
