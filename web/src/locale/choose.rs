//! Which language to speak.

use super::{Locale, locales};

/// What speaks for one language or another.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wishes<'a> {
    /// What the reader chose by hand in this browser.
    pub chosen: Option<&'a str>,
    /// What an application asks for: a culture name or a Windows locale id.
    pub asked: Option<&'a str>,
    /// What the account prefers.
    pub preferred: Option<&'a str>,
    /// The browser's `Accept-Language`.
    pub accepted: Option<&'a str>,
    /// What this server speaks by default.
    pub default: Option<&'a str>,
}

/// The language for a reader: the first of the wishes that we can speak, else English (shell.md 13; a choice by
/// hand goes before all others, or the reader could not get away from what an application asks for). What we
/// do not speak is passed over, never an error.
pub fn choose(wishes: Wishes<'_>) -> &'static Locale {
    let Wishes { chosen, asked, preferred, accepted: header, default } = wishes;
    chosen
        .and_then(speaks)
        .or_else(|| asked.map(|asked| culture_of_lcid(asked).unwrap_or(asked)).and_then(speaks))
        .or_else(|| preferred.and_then(speaks))
        .or_else(|| accepted(header?).into_iter().find_map(speaks))
        .or_else(|| default.and_then(speaks))
        .unwrap_or(&locales()[0])
}

/// The locale of this tag, or of its language alone.
pub fn speaks(tag: &str) -> Option<&'static Locale> {
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

const LCIDS: [(u32, &str); 29] = [
    (1025, "ar-SA"),
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
    (2049, "ar-IQ"),
    (2052, "zh-CN"),
    (2057, "en-GB"),
    (3073, "ar-EG"),
    (3082, "es-ES"),
    (6145, "ar-MA"),
    (10241, "ar-SY"),
    (11265, "ar-JO"),
    (12289, "ar-LB"),
    (14337, "ar-AE"),
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

    fn tag(wishes: Wishes<'_>) -> &'static str {
        choose(wishes).tag()
    }

    #[test]
    fn a_region_that_we_lack_is_spoken_to_in_its_language() {
        for (asked, spoken) in
            [("en-NZ", "en"), ("1033", "en"), ("ar-EG", "ar"), ("ar_TN", "ar"), ("1025", "ar")]
        {
            assert_eq!(tag(Wishes { asked: Some(asked), ..Wishes::default() }), spoken, "{asked}");
        }
    }

    #[test]
    fn a_language_that_we_lack_is_passed_over() {
        let lacking =
            Wishes { asked: Some("tlh"), preferred: Some("xx"), default: Some("zz"), ..Wishes::default() };
        assert_eq!(tag(Wishes { accepted: Some("zz, ar;q=0.1"), ..lacking }), "ar");
        assert_eq!(tag(lacking), "en");
    }

    #[test]
    fn a_choice_by_hand_goes_before_the_application_the_account_and_the_browser() {
        let wishes = Wishes {
            chosen: Some("ar"),
            asked: Some("en-US"),
            preferred: Some("en"),
            accepted: Some("en"),
            default: Some("en"),
        };
        assert_eq!(tag(wishes), "ar");
        assert_eq!(tag(Wishes { chosen: None, ..wishes }), "en");
        assert_eq!(tag(Wishes { chosen: None, asked: None, preferred: Some("ar"), ..wishes }), "ar");
    }

    #[test]
    fn what_the_browser_likes_best_comes_first() {
        assert_eq!(accepted("da, en-gb;q=0.8, sv;q=0.9, fr;q=0, *;q=oops"), ["da", "sv", "en-gb"]);
    }
}
