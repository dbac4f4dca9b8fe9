//! Where the body of an upload belongs (things.md 7.4).

use http::{HeaderMap, header};
use keepwell_core::blobs::unit;

/// Where it belongs.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn upload(said: &str) -> Option<(u64, Option<u64>)> {
        let headers = HeaderMap::from_iter([(header::CONTENT_RANGE, said.parse().unwrap())]);
        of_upload(&headers).ok().map(|place| (place.start, place.end))
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
}
