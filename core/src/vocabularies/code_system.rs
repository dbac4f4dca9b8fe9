//! FHIR R4 CodeSystem in JSON: the tree of concepts is flattened, designations become languages.

use std::collections::HashSet;

use serde::Deserialize;

use super::sheet::{self, Key, MOST_ROWS, Row, Sheet};

/// Why a CodeSystem cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum CodeSystemError {
    /// It is no JSON of this shape; the message says line and column.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// It is another resource.
    #[error("this is a {0:?}, not a CodeSystem")]
    Resource(String),
    /// It lacks what it needs, or holds what cannot be kept.
    #[error("{0}")]
    Content(String),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CodeSystem {
    resource_type: String,
    id: Option<String>,
    name: Option<String>,
    title: Option<String>,
    version: Option<String>,
    language: Option<String>,
    #[serde(default)]
    concept: Vec<Concept>,
}

#[derive(Deserialize)]
struct Concept {
    code: String,
    display: Option<String>,
    #[serde(default)]
    designation: Vec<Designation>,
    #[serde(default)]
    concept: Vec<Concept>,
}

#[derive(Deserialize)]
struct Designation {
    language: Option<String>,
    value: String,
}

/// The family where a file says none.
const FAMILY: &str = "fhir";

/// Reads a CodeSystem. What it is called is its `name`, or its id; its family is `fhir`.
///
/// # Errors
/// `CodeSystemError` says what is wrong, by line and column or by code.
pub fn parse(json: &str) -> Result<Sheet, CodeSystemError> {
    let system: CodeSystem = serde_json::from_str(json)?;
    if system.resource_type != "CodeSystem" {
        return Err(CodeSystemError::Resource(system.resource_type));
    }
    let wrong = CodeSystemError::Content;
    let name = system.name.or(system.id).ok_or_else(|| wrong("it has no name and no id".to_owned()))?;
    let language = system.language.unwrap_or_else(|| "en".to_owned());
    sheet::check_language(&language).map_err(wrong)?;
    let mut sheet = Sheet {
        key: Key {
            family: FAMILY.to_owned(),
            name,
            version: system.version.unwrap_or_else(|| "1".to_owned()),
        },
        description: system.title.unwrap_or_default().trim().to_owned(),
        restricted: false,
        languages: vec![language],
        rows: Vec::new(),
    };
    let mut seen = HashSet::new();
    for concept in system.concept {
        flatten(concept, &mut sheet, &mut seen)?;
    }
    check(&sheet).map_err(wrong)?;
    Ok(sheet)
}

/// The depth is bounded by what the JSON reader lets through.
fn flatten(
    concept: Concept,
    sheet: &mut Sheet,
    seen: &mut HashSet<(usize, String)>,
) -> Result<(), CodeSystemError> {
    let mut texts = vec![(0, concept.display)];
    for designation in concept.designation {
        let Some(tag) = designation.language else { continue };
        let known = sheet.languages.iter().position(|known| known.eq_ignore_ascii_case(&tag));
        let place = known.unwrap_or_else(|| {
            sheet.languages.push(tag);
            sheet.languages.len() - 1
        });
        // The first of several in a language is what is shown; the others are synonyms.
        match texts.iter_mut().find(|(language, _)| *language == place) {
            Some((_, display)) => drop(display.get_or_insert(designation.value)),
            None => texts.push((place, Some(designation.value))),
        }
    }
    for (language, display) in texts {
        // What has no text of its own is shown by its code.
        let display = display.unwrap_or_else(|| concept.code.clone());
        if !seen.insert((language, concept.code.clone())) {
            return Err(CodeSystemError::Content(format!("the code {:?} is here twice", concept.code)));
        }
        sheet.rows.push(Row { language, code: concept.code.clone(), display, ..Row::default() });
    }
    if sheet.rows.len() > MOST_ROWS {
        return Err(CodeSystemError::Content(format!("there are more than {MOST_ROWS} items")));
    }
    concept.concept.into_iter().try_for_each(|child| flatten(child, sheet, seen))
}

fn check(sheet: &Sheet) -> Result<(), String> {
    if sheet.rows.is_empty() {
        return Err("it has no concepts; a CodeSystem may leave them to a server of its own".to_owned());
    }
    sheet::check_name("name", &sheet.key.name)?;
    sheet::check_name("version", &sheet.key.version)?;
    sheet::check_text("title", &sheet.description)?;
    sheet.languages.iter().try_for_each(|tag| sheet::check_language(tag))?;
    sheet.rows.iter().try_for_each(|row| {
        sheet::check_name("code", &row.code)
            .and_then(|()| sheet::check_text("display", &row.display))
            .map_err(|why| format!("at the code {:?}: {why}", row.code))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_becomes_a_list_and_designations_languages() {
        let sheet = parse(
            r#"{"resourceType":"CodeSystem","name":"Colours","title":"Colours","version":"3","status":"active",
            "content":"complete","concept":[{"code":"warm","display":"Warm","concept":[{"code":"r","display":"Red",
            "designation":[{"language":"de","value":"Rot"},{"language":"de","value":"Rötlich"},{"value":"Reddish"}]}]},
            {"code":"b","designation":[{"language":"EN","value":"Blue"}]},{"code":"x"}]}"#,
        )
        .unwrap();
        assert_eq!(
            (sheet.key.to_string(), sheet.languages.join(" ")),
            ("fhir/Colours@3".into(), "en de".into())
        );
        let rows: Vec<_> =
            sheet.rows.iter().map(|r| (r.language, r.code.as_str(), r.display.as_str())).collect();
        assert_eq!(
            rows,
            [(0, "warm", "Warm"), (0, "r", "Red"), (1, "r", "Rot"), (0, "b", "Blue"), (0, "x", "x")]
        );
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let refusal = |json: &str| parse(json).unwrap_err().to_string();
        assert!(refusal("{\n\"resourceType\": 5}").contains("at line 2 column 17"));
        assert!(refusal(r#"{"resourceType":"ValueSet"}"#).contains("\"ValueSet\""));
        let with = |concepts: &str| {
            refusal(&format!(r#"{{"resourceType":"CodeSystem","name":"C","concept":[{concepts}]}}"#))
        };
        assert!(with("").contains("no concepts"));
        assert!(with(r#"{"code":"a"},{"code":"a"}"#).contains("the code \"a\" is here twice"));
        assert!(with(r#"{"code":"a","display":"x\u0001"}"#).starts_with("at the code \"a\": the display"));
        assert!(with(r#"{"code":" "}"#).contains("the code is empty"));
        let language = r#"{"code":"a","designation":[{"language":"d e","value":"x"}]}"#;
        assert!(with(language).contains("no language tag"));
    }
}
