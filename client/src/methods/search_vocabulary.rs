//! SearchVocabulary 1 (methods.md 7.2).

use keepwell_wire::methods::search_vocabulary::SearchMode;
use keepwell_wire::shapes::VocabularyKey;
use roxmltree::Node;

use super::call as new_call;
use crate::answer::{CodeSet, VocabularyInfo, children, required};
use crate::line::{Call, Who};
use crate::{Client, Error};

impl Client {
    /// Items of a vocabulary whose text matches, at most so many; without a number, as many as the server
    /// gives.
    pub async fn search_vocabulary(
        &self,
        key: &VocabularyKey,
        text: &str,
        mode: SearchMode,
        max: Option<u32>,
    ) -> Result<CodeSet, Error> {
        self.ask(&Who::Application, &call(Some(key), text, mode, max), read).await
    }

    /// Vocabularies whose name or description matches.
    pub async fn search_vocabularies(
        &self,
        text: &str,
        mode: SearchMode,
        max: Option<u32>,
    ) -> Result<Vec<VocabularyInfo>, Error> {
        self.ask(&Who::Application, &call(None, text, mode, max), read_list).await
    }
}

fn call(key: Option<&VocabularyKey>, text: &str, mode: SearchMode, max: Option<u32>) -> Call {
    new_call("SearchVocabulary", 1, |out| {
        if let Some(key) = key {
            key.write(out);
        }
        out.open("text-search-parameters");
        out.open("search-string").attr("search-mode", mode.name()).text(text).close();
        out.element_if("max-results", max).close();
    })
}

fn read(info: Node<'_, '_>) -> Result<CodeSet, Error> {
    CodeSet::read(required(info, "code-set-result")?)
}

fn read_list(info: Node<'_, '_>) -> Result<Vec<VocabularyInfo>, Error> {
    children(info, "vocabulary-key").map(VocabularyInfo::read).collect()
}

#[cfg(test)]
mod tests {
    use keepwell_wire::methods::search_vocabulary as server;
    use keepwell_wire::shapes::VocabularyCodeSet;
    use roxmltree::Document;

    use super::*;

    #[test]
    fn the_server_reads_what_is_asked() {
        let key = VocabularyKey { name: "states".into(), ..VocabularyKey::default() };
        let info = call(Some(&key), "a & b", SearchMode::FullText, Some(7)).info;
        let asked = server::parse(Document::parse(&info).unwrap().root_element()).unwrap();
        let expected = server::Request {
            key: Some(key),
            text: "a & b".into(),
            mode: SearchMode::FullText,
            max_results: Some(7),
        };
        assert_eq!(asked, expected);
        let info = call(None, "a", SearchMode::Prefix, None).info;
        let asked = server::parse(Document::parse(&info).unwrap().root_element()).unwrap();
        assert_eq!((asked.key, asked.max_results), (None, None));
    }

    #[test]
    fn nothing_found_is_read_too() {
        let answer = server::answer(&VocabularyCodeSet {
            language: "en",
            name: "states",
            family: "wc",
            version: "1",
            items: Vec::new(),
            truncated: false,
        });
        let set = crate::answer::read("SearchVocabulary", &answer, read).unwrap();
        assert_eq!((set.items.len(), set.vocabulary.name.as_str()), (0, "states"));
        let none = crate::answer::read("SearchVocabulary", &server::answer_keys(&[]), read_list).unwrap();
        assert_eq!(none, []);
    }
}
