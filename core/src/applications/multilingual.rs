//! A text in several languages, and which of them a reader gets.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A text that may be given in several languages; at most one of them without a language, the default
/// (methods.md 12.1). In a file it is a plain text, or a table of languages with the key `default`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub struct Multilingual {
    default: Option<String>,
    by_language: BTreeMap<String, String>,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    Plain(String),
    Table(BTreeMap<String, String>),
}

const DEFAULT: &str = "default";

impl From<Written> for Multilingual {
    fn from(written: Written) -> Self {
        match written {
            Written::Plain(text) => Self::from(text),
            Written::Table(mut table) => Self { default: table.remove(DEFAULT), by_language: table },
        }
    }
}

impl From<Multilingual> for Written {
    fn from(text: Multilingual) -> Self {
        if text.by_language.is_empty() {
            return Self::Plain(text.default.unwrap_or_default());
        }
        let mut table = text.by_language;
        table.extend(text.default.map(|default| (DEFAULT.to_owned(), default)));
        Self::Table(table)
    }
}

impl From<String> for Multilingual {
    fn from(text: String) -> Self {
        Self { default: Some(text).filter(|text| !text.is_empty()), by_language: BTreeMap::new() }
    }
}

impl From<&str> for Multilingual {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl<L: Into<Option<String>>> FromIterator<(L, String)> for Multilingual {
    fn from_iter<I: IntoIterator<Item = (L, String)>>(texts: I) -> Self {
        let mut all = Self::default();
        for (language, text) in texts {
            match language.into() {
                Some(language) => drop(all.by_language.insert(language, text)),
                None => all.default = Some(text),
            }
        }
        all
    }
}

impl Multilingual {
    /// Whether there is no text in any language.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all().all(|(_, text)| text.trim().is_empty())
    }

    /// Every text with its language, the default first.
    pub fn all(&self) -> impl Iterator<Item = (Option<&str>, &str)> {
        let default = self.default.iter().map(|text| (None, text.as_str()));
        default
            .chain(self.by_language.iter().map(|(language, text)| (Some(language.as_str()), text.as_str())))
    }

    /// The text for a reader of this culture (`de-CH`): that very culture's, its language's, another of
    /// the same language, the default, or whatever there is. Never an error (methods.md 2.6).
    #[must_use]
    pub fn best(&self, culture: &str) -> &str {
        let of = |culture: &str| culture.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let exact = self.by_language.iter().find(|(tag, _)| tag.eq_ignore_ascii_case(culture));
        let alone = || self.by_language.iter().find(|(tag, _)| tag.eq_ignore_ascii_case(&of(culture)));
        let related = || self.by_language.iter().find(|(tag, _)| of(tag) == of(culture));
        let found = exact.or_else(alone).or_else(related).map(|(_, text)| text);
        found
            .or(self.default.as_ref())
            .or_else(|| self.by_language.values().next())
            .map_or("", String::as_str)
    }

    /// The text for a reader of whom nothing is known.
    #[must_use]
    pub fn plain(&self) -> &str {
        match &self.default {
            Some(text) => text,
            None => self.best("en"),
        }
    }
}

impl std::fmt::Display for Multilingual {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.plain())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text() -> Multilingual {
        let some = |language: &str, text: &str| (Some(language.to_owned()), text.to_owned());
        [
            (None, "Weights".to_owned()),
            some("de", "Gewichte"),
            some("de-CH", "Gewicht"),
            some("pt-BR", "Pesos"),
        ]
        .into_iter()
        .collect()
    }

    #[test]
    fn a_reader_gets_the_nearest_language() {
        for (culture, expected) in [
            ("de-CH", "Gewicht"),
            ("de-at", "Gewichte"),
            ("PT", "Pesos"),
            ("pt-PT", "Pesos"),
            ("fr-FR", "Weights"),
            ("", "Weights"),
        ] {
            assert_eq!(text().best(culture), expected, "{culture}");
        }
    }

    #[test]
    fn without_a_default_there_is_still_a_text() {
        let only: Multilingual = [(Some("fr".to_owned()), "Poids".to_owned())].into_iter().collect();
        assert_eq!((only.best("ja"), only.plain()), ("Poids", "Poids"));
    }

    #[test]
    fn a_plain_text_is_kept_as_one_and_a_table_comes_back() {
        assert_eq!(serde_json::to_string(&Multilingual::from("Weights")).unwrap(), "\"Weights\"");
        let kept = serde_json::to_string(&text()).unwrap();
        assert_eq!(serde_json::from_str::<Multilingual>(&kept).unwrap(), text());
    }
}
