//! GetVocabulary 2 (methods.md 7.1).

use keepwell_wire::shapes::VocabularyKey;
use roxmltree::Node;

use super::call as new_call;
use crate::answer::{CodeSet, VocabularyInfo, children, required};
use crate::line::{Call, Who};
use crate::{Client, Error};

impl Client {
    /// All vocabularies that the application may use.
    pub async fn vocabularies(&self) -> Result<Vec<VocabularyInfo>, Error> {
        self.ask(&Who::Application, &new_call("GetVocabulary", 2, |_| {}), read_list).await
    }

    /// A whole vocabulary, fetched in as many parts as the server makes of it, in the order of codes. In
    /// another language than the client's where the server has none. With a `code_value` in the key,
    /// only what stands behind it.
    pub async fn vocabulary(&self, key: &VocabularyKey) -> Result<CodeSet, Error> {
        let mut whole = self.ask(&Who::Application, &call(key), read).await?;
        while whole.truncated {
            // The parts must be of one version, and each must go on.
            let last = whole.items.last().map(|item| item.code.clone());
            let on = VocabularyKey {
                version: Some(whole.vocabulary.version.clone()),
                code_value: last,
                ..key.clone()
            };
            let part = self.ask(&Who::Application, &call(&on), read).await?;
            if part.items.is_empty() {
                return Err(Error::Malformed("GetVocabulary: more items, but none of them here".to_owned()));
            }
            whole.truncated = part.truncated;
            whole.items.extend(part.items);
        }
        Ok(whole)
    }
}

fn call(key: &VocabularyKey) -> Call {
    new_call("GetVocabulary", 2, |out| {
        out.open("vocabulary-parameters");
        key.write(out);
        out.element("fixed-culture", false).close();
    })
}

fn read_list(info: Node<'_, '_>) -> Result<Vec<VocabularyInfo>, Error> {
    children(info, "vocabulary-key").map(VocabularyInfo::read).collect()
}

fn read(info: Node<'_, '_>) -> Result<CodeSet, Error> {
    CodeSet::read(required(info, "vocabulary")?)
}

#[cfg(test)]
mod tests {
    use keepwell_wire::methods::get_vocabulary as server;
    use keepwell_wire::shapes::{VocabularyCodeItem, VocabularyCodeSet, VocabularyKeyInfo};
    use roxmltree::Document;

    use super::*;

    #[test]
    fn the_server_reads_what_is_asked() {
        let key = VocabularyKey {
            name: "states".into(),
            version: Some("1".into()),
            code_value: Some("AK".into()),
            ..VocabularyKey::default()
        };
        let info = call(&key).info;
        let asked = server::parse(Document::parse(&info).unwrap().root_element()).unwrap().unwrap();
        assert_eq!((asked.keys, asked.fixed_culture), (vec![key], false));
    }

    #[test]
    fn items_are_read_with_what_they_have() {
        let item = VocabularyCodeItem {
            code_value: "AK",
            display_text: "Alaska",
            abbreviation_text: Some("Alas."),
            info_xml: Some("<a b=\"1\"/>"),
        };
        let bare = VocabularyCodeItem {
            code_value: "AL",
            display_text: "",
            abbreviation_text: None,
            info_xml: None,
        };
        let answer = server::answer(&[VocabularyCodeSet {
            language: "en",
            name: "states",
            family: "wc",
            version: "1",
            items: vec![item, bare],
            truncated: true,
        }]);
        let set = crate::answer::read("GetVocabulary", &answer, read).unwrap();
        assert_eq!(
            (set.vocabulary.family.as_str(), set.language.as_deref(), set.truncated),
            ("wc", Some("en"), true)
        );
        assert_eq!(set.items[0].display, "Alaska");
        assert_eq!(set.items[0].abbreviation.as_deref(), Some("Alas."));
        assert_eq!(set.items[0].info_xml.as_deref(), Some("<a b=\"1\"/>"));
        assert_eq!((set.items[1].display.as_str(), &set.items[1].abbreviation), ("", &None));
    }

    #[test]
    fn a_list_is_read() {
        let key = VocabularyKeyInfo {
            language: "en",
            name: "states",
            family: "wc",
            version: "1",
            description: Some("States"),
        };
        let list = crate::answer::read("GetVocabulary", &server::answer_keys(&[key]), read_list).unwrap();
        assert_eq!((list[0].name.as_str(), list[0].description.as_deref()), ("states", Some("States")));
    }
}
