//! GetVocabulary 1 and 2 (methods.md 7.1): which vocabularies there are, or what is in some of them. The
//! versions do not differ.

use roxmltree::Node;

use crate::answer;
use crate::error::InfoError;
use crate::shapes::{VocabularyCodeSet, VocabularyKey, VocabularyKeyInfo};
use crate::xml::{self, Sequence};

/// Which vocabularies, and whether another language will do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The vocabularies, at least one.
    pub keys: Vec<VocabularyKey>,
    /// Whether only the header's language will do.
    pub fixed_culture: bool,
}

/// Reads `info`; without parameters it asks for the list of all.
pub fn parse(info: Node<'_, '_>) -> Result<Option<Request>, InfoError> {
    let mut outer = Sequence::of(info)?;
    let Some(parameters) = outer.optional("vocabulary-parameters") else {
        outer.end()?;
        return Ok(None);
    };
    outer.end()?;
    let mut fields = Sequence::of(parameters)?;
    let keys = fields.repeated("vocabulary-key").into_iter().enumerate();
    let keys: Vec<_> = keys
        .map(|(at, node)| VocabularyKey::read(node).map_err(|e| e.at_item(at)))
        .collect::<Result<_, _>>()?;
    if keys.is_empty() {
        return Err(InfoError::invalid("vocabulary-parameters needs vocabulary-key"));
    }
    let fixed_culture = xml::boolean(fields.required("fixed-culture")?)?;
    fields.end()?;
    Ok(Some(Request { keys, fixed_culture }))
}

/// Writes the list of vocabularies.
pub fn answer_keys(keys: &[VocabularyKeyInfo<'_>]) -> String {
    answer::success("GetVocabulary", |out| keys.iter().for_each(|key| key.write(out)))
}

/// Writes what is in vocabularies.
pub fn answer(vocabularies: &[VocabularyCodeSet<'_>]) -> String {
    answer::success("GetVocabulary", |out| {
        vocabularies.iter().for_each(|vocabulary| vocabulary.write("vocabulary", out));
    })
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;
    use crate::shapes::VocabularyCodeItem;

    fn read(inside: &str) -> Result<Option<Request>, String> {
        let xml = format!("<info>{inside}</info>");
        parse(Document::parse(&xml).unwrap().root_element()).map_err(|e| e.message)
    }

    fn keys(inside: &str) -> Result<Vec<VocabularyKey>, String> {
        let fixed = "<fixed-culture>false</fixed-culture>";
        read(&format!("<vocabulary-parameters>{inside}{fixed}</vocabulary-parameters>"))
            .map(|request| request.map(|request| request.keys).unwrap_or_default())
    }

    #[test]
    fn without_parameters_all_are_meant() {
        assert_eq!(read(""), Ok(None));
        assert_eq!(read("<other/>"), Err("info has no place for other here".to_owned()));
    }

    #[test]
    fn a_key_needs_a_name_and_may_have_more() {
        let full = "<vocabulary-key xml:lang=\"de\"><name>\n icd9cm </name><family>icd</family><version>1.0</version>\
                    <code-value>003</code-value></vocabulary-key>";
        let short = "<vocabulary-key><name>states</name><family/></vocabulary-key>";
        let own = |text: &str| Some(text.to_owned());
        let expected = [
            VocabularyKey {
                name: "icd9cm".into(),
                family: own("icd"),
                version: own("1.0"),
                code_value: own("003"),
            },
            VocabularyKey { name: "states".into(), ..VocabularyKey::default() },
        ];
        assert_eq!(keys(&format!("{full}{short}")), Ok(expected.to_vec()));
        assert_eq!(keys(""), Err("vocabulary-parameters needs vocabulary-key".to_owned()));
        assert_eq!(keys("<vocabulary-key/>"), Err("vocabulary-key needs name".to_owned()));
        assert_eq!(keys("<vocabulary-key><name> </name></vocabulary-key>"), Err("name is empty".to_owned()));
        let turned = "<vocabulary-key><family>f</family><name>n</name></vocabulary-key>";
        assert_eq!(keys(turned), Err("vocabulary-key needs name before family".to_owned()));
    }

    #[test]
    fn whether_another_language_will_do_must_be_said() {
        let key = "<vocabulary-key><name>n</name></vocabulary-key>";
        let said = |fixed: &str| {
            read(&format!("<vocabulary-parameters>{key}{fixed}</vocabulary-parameters>"))
                .map(|request| request.unwrap().fixed_culture)
        };
        assert_eq!(said("<fixed-culture>1</fixed-culture>"), Ok(true));
        assert_eq!(said("<fixed-culture> false </fixed-culture>"), Ok(false));
        assert_eq!(said(""), Err("vocabulary-parameters needs fixed-culture".to_owned()));
        assert!(said("<fixed-culture>maybe</fixed-culture>").is_err());
    }

    #[test]
    fn a_list_always_says_name_family_and_version() {
        let key = VocabularyKeyInfo {
            language: "en",
            name: "states",
            family: "wc",
            version: "1",
            description: Some("A & B"),
        };
        assert_eq!(
            answer_keys(&[key]),
            "<response><status><code>0</code></status>\
             <wc:info xmlns:wc=\"urn:com.microsoft.wc.methods.response.GetVocabulary\">\
             <vocabulary-key xml:lang=\"en\"><name>states</name><family>wc</family><version>1</version>\
             <description>A &amp; B</description></vocabulary-key></wc:info></response>"
        );
    }

    #[test]
    fn items_are_written_with_what_they_have() {
        let item =
            VocabularyCodeItem { code_value: "a", display_text: "", abbreviation_text: None, info_xml: None };
        let full = VocabularyCodeItem {
            code_value: "b",
            display_text: "B",
            abbreviation_text: Some("b."),
            info_xml: Some("<x y=\"1\"/>"),
        };
        let set = VocabularyCodeSet {
            language: "de",
            name: "n",
            family: "f",
            version: "2",
            items: vec![item, full],
            truncated: true,
        };
        assert!(answer(&[set]).contains(
            "<vocabulary xml:lang=\"de\"><name>n</name><family>f</family><version>2</version>\
             <code-item><code-value>a</code-value><display-text/></code-item>\
             <code-item><code-value>b</code-value><display-text>B</display-text>\
             <abbreviation-text>b.</abbreviation-text><info-xml><x y=\"1\"/></info-xml></code-item>\
             <is-vocab-truncated>true</is-vocab-truncated></vocabulary></wc:info>"
        ));
    }
}
