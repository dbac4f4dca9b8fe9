//! Which language a reader gets, and which tags are languages at all.

/// The place of the language that serves this culture (`de-CH`): that very one, its language alone, or
/// another of the same language. `None` when no text of the language is there.
pub(super) fn choose<'t>(tags: impl Iterator<Item = &'t str> + Clone, culture: &str) -> Option<usize> {
    let of = |culture: &str| culture.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let alone = of(culture);
    if alone.is_empty() {
        return None;
    }
    let mut all = tags.clone();
    let exact = all.position(|tag| tag.eq_ignore_ascii_case(culture));
    exact
        .or_else(|| tags.clone().position(|tag| tag.eq_ignore_ascii_case(&alone)))
        .or_else(|| tags.clone().position(|tag| of(tag) == alone))
}

/// Whether this may stand in `xml:lang`.
pub(super) fn is_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    (1..=8).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_gets_the_nearest_language_or_none() {
        let tags = ["en", "de", "de-CH", "pt-BR"];
        for (culture, expected) in [
            ("en-US", Some(0)),
            ("de-ch", Some(2)),
            ("de-AT", Some(1)),
            ("pt", Some(3)),
            ("fr-FR", None),
            ("", None),
        ] {
            assert_eq!(choose(tags.into_iter(), culture), expected, "{culture}");
        }
    }

    #[test]
    fn a_language_is_written_as_xml_wants_it() {
        assert!(["en", "de-CH", "zh-Hant-TW", "i-klingon"].into_iter().all(is_tag));
        assert!(!["", "e n", "de_CH", "de-", "1a", "abcdefghi"].into_iter().any(is_tag));
    }
}
