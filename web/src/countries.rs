//! The countries that a person may live in.

use crate::components::Choice;
use crate::locale::Texts;

/// ISO 3166 two-letter codes.
#[rustfmt::skip]
pub const CODES: [&str; 249] = [
    "AD", "AE", "AF", "AG", "AI", "AL", "AM", "AO", "AQ", "AR", "AS", "AT", "AU", "AW", "AX", "AZ",
    "BA", "BB", "BD", "BE", "BF", "BG", "BH", "BI", "BJ", "BL", "BM", "BN", "BO", "BQ", "BR", "BS",
    "BT", "BV", "BW", "BY", "BZ", "CA", "CC", "CD", "CF", "CG", "CH", "CI", "CK", "CL", "CM", "CN",
    "CO", "CR", "CU", "CV", "CW", "CX", "CY", "CZ", "DE", "DJ", "DK", "DM", "DO", "DZ", "EC", "EE",
    "EG", "EH", "ER", "ES", "ET", "FI", "FJ", "FK", "FM", "FO", "FR", "GA", "GB", "GD", "GE", "GF",
    "GG", "GH", "GI", "GL", "GM", "GN", "GP", "GQ", "GR", "GS", "GT", "GU", "GW", "GY", "HK", "HM",
    "HN", "HR", "HT", "HU", "ID", "IE", "IL", "IM", "IN", "IO", "IQ", "IR", "IS", "IT", "JE", "JM",
    "JO", "JP", "KE", "KG", "KH", "KI", "KM", "KN", "KP", "KR", "KW", "KY", "KZ", "LA", "LB", "LC",
    "LI", "LK", "LR", "LS", "LT", "LU", "LV", "LY", "MA", "MC", "MD", "ME", "MF", "MG", "MH", "MK",
    "ML", "MM", "MN", "MO", "MP", "MQ", "MR", "MS", "MT", "MU", "MV", "MW", "MX", "MY", "MZ", "NA",
    "NC", "NE", "NF", "NG", "NI", "NL", "NO", "NP", "NR", "NU", "NZ", "OM", "PA", "PE", "PF", "PG",
    "PH", "PK", "PL", "PM", "PN", "PR", "PS", "PT", "PW", "PY", "QA", "RE", "RO", "RS", "RU", "RW",
    "SA", "SB", "SC", "SD", "SE", "SG", "SH", "SI", "SJ", "SK", "SL", "SM", "SN", "SO", "SR", "SS",
    "ST", "SV", "SX", "SY", "SZ", "TC", "TD", "TF", "TG", "TH", "TJ", "TK", "TL", "TM", "TN", "TO",
    "TR", "TT", "TV", "TW", "TZ", "UA", "UG", "UM", "US", "UY", "UZ", "VA", "VC", "VE", "VG", "VI",
    "VN", "VU", "WF", "WS", "YE", "YT", "ZA", "ZM", "ZW",
];

/// The countries as a list to choose from, by the names of the reader's language.
pub fn choices(t: &Texts, chosen: Option<&str>) -> Vec<Choice> {
    let mut choices: Vec<Choice> = CODES
        .into_iter()
        .map(|code| Choice {
            value: code.to_owned(),
            label: t.say(format!("country-{}", code.to_ascii_lowercase())),
            chosen: chosen.is_some_and(|chosen| chosen.eq_ignore_ascii_case(code)),
        })
        .collect();
    choices.sort_by_key(|choice| in_order(&choice.label));
    choices
}

/// A name as it stands in the alphabet: letters like Å belong near A, not behind Z, and an alif with a sign is
/// an alif.
fn in_order(name: &str) -> String {
    let plain = |c: char| match c {
        'Å' => 'A',
        'Ö' => 'O',
        'أ' | 'إ' | 'آ' => 'ا',
        other => other,
    };
    name.chars().map(plain).collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_has_a_name_and_the_persons_own_is_chosen() {
        let countries = choices(&Texts::for_samples(), Some("se"));
        assert!(countries.iter().all(|country| !country.label.starts_with("country-")));
        let chosen: Vec<_> = countries.iter().filter(|country| country.chosen).collect();
        assert_eq!(chosen.len(), 1);
        assert_eq!(chosen[0].label, "Sweden");
    }

    #[test]
    fn arabic_names_stand_in_the_order_of_the_arabic_alphabet() {
        let countries = choices(&Texts::in_language_for_tests("ar"), None);
        let at = |name: &str| countries.iter().position(|country| country.label == name).unwrap();
        assert!(at("إثيوبيا") < at("أرمينيا") && at("أرمينيا") < at("إيران") && at("آيسلندا") < at("بلجيكا"));
    }
}
