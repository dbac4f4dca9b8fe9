//! SearchVocabulary 1 (methods.md 7.2): items of a vocabulary, or vocabularies, by what they say.

use roxmltree::Node;

use crate::answer;
use crate::error::InfoError;
use crate::shapes::{VocabularyCodeSet, VocabularyKey, VocabularyKeyInfo};
use crate::xml::{self, Sequence};

/// How the text is compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SearchMode {
    /// What begins with it.
    #[default]
    Prefix,
    /// What contains it.
    Contains,
    /// What has all its words.
    FullText,
}

/// What is searched, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The vocabulary whose items are searched; without one, the vocabularies are.
    pub key: Option<VocabularyKey>,
    /// The text.
    pub text: String,
    /// How it is compared.
    pub mode: SearchMode,
    /// At most that many; at least one.
    pub max_results: Option<u32>,
}

impl SearchMode {
    /// Its name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Prefix => "Prefix",
            Self::Contains => "Contains",
            Self::FullText => "FullText",
        }
    }
}

/// Reads `info`.
pub fn parse(info: Node<'_, '_>) -> Result<Request, InfoError> {
    let mut outer = Sequence::of(info)?;
    let key = outer.optional("vocabulary-key").map(VocabularyKey::read).transpose()?;
    let mut fields = Sequence::of(outer.required("text-search-parameters")?)?;
    outer.end()?;
    let search = fields.required("search-string")?;
    let max_results = match fields.optional("max-results") {
        None => None,
        Some(node) => match xml::count("max-results", &xml::text(node)?)? {
            0 => return Err(InfoError::invalid("max-results is not a positive integer")),
            count => Some(count),
        },
    };
    fields.end()?;
    Ok(Request { key, text: xml::up_to(255, search)?, mode: mode(search)?, max_results })
}

fn mode(search: Node<'_, '_>) -> Result<SearchMode, InfoError> {
    let Some(said) = xml::attribute(search, "search-mode") else { return Ok(SearchMode::default()) };
    let known = [SearchMode::Prefix, SearchMode::Contains, SearchMode::FullText];
    known.into_iter().find(|mode| mode.name() == said.trim()).ok_or_else(|| {
        InfoError::invalid(format!("search-mode is Prefix, Contains or FullText, not {said:?}"))
    })
}

/// Writes the vocabularies that match, perhaps none.
pub fn answer_keys(keys: &[VocabularyKeyInfo<'_>]) -> String {
    answer::success("SearchVocabulary", |out| keys.iter().for_each(|key| key.write(out)))
}

/// Writes the items that match, perhaps none; clients want the element even then.
pub fn answer(found: &VocabularyCodeSet<'_>) -> String {
    answer::success("SearchVocabulary", |out| found.write("code-set-result", out))
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    fn read(inside: &str) -> Result<Request, String> {
        let xml = format!("<info>{inside}</info>");
        parse(Document::parse(&xml).unwrap().root_element()).map_err(|e| e.message)
    }

    fn search(string: &str) -> Result<Request, String> {
        read(&format!("<text-search-parameters>{string}</text-search-parameters>"))
    }

    #[test]
    fn a_search_is_by_prefix_where_nothing_else_is_said() {
        let request = Request { key: None, text: " ab".into(), mode: SearchMode::Prefix, max_results: None };
        assert_eq!(search("<search-string> ab</search-string>"), Ok(request));
        for mode in [SearchMode::Prefix, SearchMode::Contains, SearchMode::FullText] {
            let found = search(&format!("<search-string search-mode=\"{}\">a</search-string>", mode.name()));
            assert_eq!(found.unwrap().mode, mode);
        }
        let other = search("<search-string search-mode=\"Fuzzy\">a</search-string>").unwrap_err();
        assert_eq!(other, "search-mode is Prefix, Contains or FullText, not \"Fuzzy\"");
    }

    #[test]
    fn the_vocabulary_stands_in_front_and_the_number_behind() {
        let string = "<search-string>a</search-string>";
        let request = read(&format!(
            "<vocabulary-key><name>n</name></vocabulary-key>\
             <text-search-parameters>{string}<max-results>7</max-results></text-search-parameters>"
        ))
        .unwrap();
        assert_eq!((request.key.unwrap().name.as_str(), request.max_results), ("n", Some(7)));
        let with = |most: &str| search(&format!("{string}<max-results>{most}</max-results>"));
        assert_eq!(with("0"), Err("max-results is not a positive integer".to_owned()));
        assert_eq!(with("99999999999").unwrap().max_results, Some(u32::MAX));
        assert!(with("-1").is_err() && with("").is_err());
    }

    #[test]
    fn a_text_is_needed_and_not_too_long() {
        assert_eq!(read(""), Err("info needs text-search-parameters".to_owned()));
        assert_eq!(search("<search-string/>"), Err("search-string is empty".to_owned()));
        let long = "ü".repeat(256);
        let refused = search(&format!("<search-string>{long}</search-string>")).unwrap_err();
        assert_eq!(refused, "search-string is longer than 255 characters");
    }

    #[test]
    fn nothing_found_is_an_answer_too() {
        assert!(answer_keys(&[]).ends_with("response.SearchVocabulary\"/></response>"));
        let none = VocabularyCodeSet {
            language: "en",
            name: "n",
            family: "f",
            version: "1",
            items: Vec::new(),
            truncated: false,
        };
        assert!(answer(&none).ends_with(
            "SearchVocabulary\"><code-set-result xml:lang=\"en\"><name>n</name><family>f</family>\
             <version>1</version><is-vocab-truncated>false</is-vocab-truncated></code-set-result></wc:info></response>"
        ));
    }
}
