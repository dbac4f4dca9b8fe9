//! Which bytes a request is about (things.md 7.4, 7.7).

use std::ops::Range;

use http::{HeaderMap, header};

/// Where the body of an upload belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The first byte.
    pub(super) start: u64,
    /// The byte after the last; `None` when the body says it by its end.
    pub(super) end: Option<u64>,
}

/// The place that a `Content-Range` names: `bytes a-b/total`, `bytes a-b/*`, or with `bytes=`. Without the
/// header a body is the whole from its first byte.
pub(super) fn of_upload(headers: &HeaderMap) -> Result<Place, String> {
    let Some(said) = headers.get(header::CONTENT_RANGE) else {
        return Ok(Place { start: 0, end: None });
    };
    let said = said.to_str().unwrap_or_default();
    place(said).ok_or_else(|| format!("Content-Range is not like \"bytes 0-99/*\": {said:?}"))
}

fn place(said: &str) -> Option<Place> {
    let (range, total) = unit(said)?.split_once('/')?;
    let (first, last) = range.trim().split_once('-')?;
    let (start, last): (u64, u64) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    let total = match total.trim() {
        "*" => None,
        total => Some(total.parse::<u64>().ok()?),
    };
    // The documents' own example names the byte after the last one.
    let end = last.checked_add(1)?.min(total.unwrap_or(u64::MAX));
    (start < end).then_some(Place { start, end: Some(end) })
}

/// What a download asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// All of it.
    Whole,
    /// These bytes.
    Part(Range<u64>),
    /// Bytes beyond the end.
    Beyond,
}

/// The range of a download, by `Range` or, as the documents say, by `Content-Range`. What is neither, or
/// several ranges, is answered with all of it (RFC 9110, 14.2).
pub(super) fn of_download(headers: &HeaderMap, length: u64) -> Asked {
    let said = headers.get(header::RANGE).or_else(|| headers.get(header::CONTENT_RANGE));
    let Some(said) = said.and_then(|value| value.to_str().ok()).and_then(unit) else {
        return Asked::Whole;
    };
    let range = said.split_once('/').map_or(said, |(range, _)| range).trim();
    let number = |text: &str| text.trim().parse::<u64>().ok();
    match range.split_once('-').map(|(first, last)| (first.trim(), last.trim())) {
        Some(("", last)) => match number(last) {
            Some(count) if count > 0 && length > 0 => Asked::Part(length.saturating_sub(count)..length),
            Some(_) => Asked::Beyond,
            None => Asked::Whole,
        },
        Some((first, last)) => {
            let end = if last.is_empty() { Some(u64::MAX) } else { number(last) };
            match (number(first), end) {
                (Some(start), Some(last)) if start > last => Asked::Whole,
                (Some(start), Some(_)) if start >= length => Asked::Beyond,
                (Some(start), Some(last)) => Asked::Part(start..last.saturating_add(1).min(length)),
                _ => Asked::Whole,
            }
        }
        None => Asked::Whole,
    }
}

/// What follows `bytes`.
fn unit(said: &str) -> Option<&str> {
    let said = said.trim();
    let rest = said.get(..5).filter(|unit| unit.eq_ignore_ascii_case("bytes")).and(said.get(5..))?;
    rest.strip_prefix('=').or_else(|| rest.strip_prefix(' ')).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upload(said: &str) -> Option<(u64, Option<u64>)> {
        let headers = HeaderMap::from_iter([(header::CONTENT_RANGE, said.parse().unwrap())]);
        of_upload(&headers).ok().map(|place| (place.start, place.end))
    }

    fn download(said: &str) -> Asked {
        of_download(&HeaderMap::from_iter([(header::RANGE, said.parse().unwrap())]), 100)
    }

    #[test]
    fn a_chunk_says_where_it_belongs_in_every_client_s_way() {
        assert_eq!(upload("bytes 0-99/*"), Some((0, Some(100))));
        assert_eq!(upload("bytes 100-199/1000"), Some((100, Some(200))));
        assert_eq!(upload("Bytes=5-5/*"), Some((5, Some(6))));
        assert_eq!(of_upload(&HeaderMap::new()), Ok(Place { start: 0, end: None }));
    }

    #[test]
    fn the_example_of_the_documents_ends_one_byte_late() {
        assert_eq!(upload("bytes 512-600/600"), Some((512, Some(600))));
    }

    #[test]
    fn what_is_no_range_is_refused() {
        for said in [
            "",
            "bytes",
            "bytes 5-4/*",
            "bytes -5/*",
            "bytes a-b/*",
            "bytes 0-99",
            "items 0-9/*",
            "bytes 0-18446744073709551615/*",
            "bytes 700-800/600",
        ] {
            assert_eq!(upload(said), None, "{said}");
        }
    }

    #[test]
    fn a_download_may_ask_for_a_part() {
        assert_eq!(download("bytes=0-9"), Asked::Part(0..10));
        assert_eq!(download("bytes=90-"), Asked::Part(90..100));
        assert_eq!(download("bytes=-10"), Asked::Part(90..100));
        assert_eq!(download("bytes=-1000"), Asked::Part(0..100));
        // One client asks for a byte more than it wants.
        assert_eq!(download("bytes=50-100"), Asked::Part(50..100));
        assert_eq!(download("bytes=100-"), Asked::Beyond);
        assert_eq!(download("bytes=-0"), Asked::Beyond);
    }

    #[test]
    fn what_we_do_not_understand_gets_all_of_it() {
        for said in ["bytes=0-9,20-29", "items=0-9", "bytes=9-0", "bytes=x-", "bytes 0"] {
            assert_eq!(download(said), Asked::Whole, "{said}");
        }
    }

    #[test]
    fn content_range_asks_too() {
        let headers = HeaderMap::from_iter([(header::CONTENT_RANGE, "bytes 0-255".parse().unwrap())]);
        assert_eq!(of_download(&headers, 1000), Asked::Part(0..256));
    }
}
