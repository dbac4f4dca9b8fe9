//! Which language to speak.

use super::{Locale, locales};

/// The language for a visit: what was asked for (a culture name or a Windows locale id), else what the
/// account prefers, else what the browser accepts, else what this server speaks by default, else English.
/// What we do not speak is passed over, never an error.
pub fn choose(
    asked: Option<&str>,
    preferred: Option<&str>,
    accept_language: Option<&str>,
    default: Option<&str>,
) -> &'static Locale {
    asked
        .map(|asked| culture_of_lcid(asked).unwrap_or(asked))
        .and_then(speaks)
        .or_else(|| preferred.and_then(speaks))
        .or_else(|| accepted(accept_language?).into_iter().find_map(speaks))
        .or_else(|| default.and_then(speaks))
        .unwrap_or(&locales()[0])
}

/// The locale of this tag, or of its language alone.
fn speaks(tag: &str) -> Option<&'static Locale> {
    let tag = tag.trim().replace('_', "-");
    let language = tag.split('-').next().unwrap_or_default();
    let find = |wanted: &str| locales().iter().find(|locale| locale.tag.eq_ignore_ascii_case(wanted));
    find(&tag).or_else(|| find(language))
}

/// The languages of an `Accept-Language` header, best first.
fn accepted(header: &str) -> Vec<&str> {
    let mut weighed: Vec<(&str, f32)> = header
        .split(',')
        .take(32)
        .filter_map(|part| {
            let mut pieces = part.split(';');
            let tag = pieces.next()?.trim();
            let weight = pieces
                .find_map(|piece| piece.trim().strip_prefix("q="))
                .map_or(1.0, |weight| weight.trim().parse().unwrap_or(0.0));
            (weight > 0.0 && !tag.is_empty()).then_some((tag, weight))
        })
        .collect();
    weighed.sort_by(|a, b| b.1.total_cmp(&a.1));
    weighed.into_iter().map(|(tag, _)| tag).collect()
}

/// The culture of a decimal Windows locale id, for the locales that application texts come in.
pub fn culture_of_lcid(lcid: &str) -> Option<&'static str> {
    let lcid: u32 = lcid.trim().parse().ok()?;
    LCIDS.iter().find(|(id, _)| *id == lcid).map(|(_, culture)| *culture)
}

const LCIDS: [(u32, &str); 21] = [
    (1028, "zh-TW"),
    (1031, "de-DE"),
    (1033, "en-US"),
    (1034, "es-ES"),
    (1035, "fi-FI"),
    (1036, "fr-FR"),
    (1040, "it-IT"),
    (1041, "ja-JP"),
    (1042, "ko-KR"),
    (1043, "nl-NL"),
    (1044, "nb-NO"),
    (1045, "pl-PL"),
    (1046, "pt-BR"),
    (1049, "ru-RU"),
    (1053, "sv-SE"),
    (1055, "tr-TR"),
    (1057, "id-ID"),
    (2052, "zh-CN"),
    (2057, "en-GB"),
    (3082, "es-ES"),
    (21514, "es-US"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_windows_locale_id_names_a_culture() {
        assert_eq!(culture_of_lcid("1033"), Some("en-US"));
        assert_eq!(culture_of_lcid("1053"), Some("sv-SE"));
        assert_eq!(culture_of_lcid("0x409"), None);
        assert_eq!(culture_of_lcid("sv-SE"), None);
    }

    #[test]
    fn a_region_that_we_lack_is_spoken_to_in_its_language() {
        assert_eq!(choose(Some("en-NZ"), None, None, None).tag(), "en");
        assert_eq!(choose(Some("1033"), None, None, None).tag(), "en");
    }

    #[test]
    fn a_language_that_we_lack_is_passed_over() {
        assert_eq!(choose(Some("tlh"), Some("xx"), Some("zz, en;q=0.1"), None).tag(), "en");
        assert_eq!(choose(None, None, None, Some("zz")).tag(), "en");
    }

    #[test]
    fn what_the_browser_likes_best_comes_first() {
        assert_eq!(accepted("da, en-gb;q=0.8, sv;q=0.9, fr;q=0, *;q=oops"), ["da", "sv", "en-gb"]);
    }
}
