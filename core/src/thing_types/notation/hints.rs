//! What follows a semicolon: `v=body-parts l="Body part" u=kg`.

use super::super::structure::{Hints, VocabularyHint};
use super::error::{NotationError, Source};

/// Reads the hints of a line.
pub(super) fn hints(source: Source, line: usize, text: &'static str) -> Result<Hints, NotationError> {
    let mut found = Hints::default();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let end = rest.find([' ', '=']).unwrap_or(rest.len());
        let (key, after) = rest.split_at(end);
        if key == "hide" {
            (found.hidden, rest) = (true, after.trim_start());
            continue;
        }
        let after = after.strip_prefix('=').ok_or_else(|| source.error(line, "key=value", rest))?;
        let (value, after) = value(after).ok_or_else(|| source.error(line, "a closing quote", rest))?;
        if value.is_empty() {
            return Err(source.error(line, format!("a value after {key}="), "nothing"));
        }
        match key {
            "v" => found.vocabularies = value.split(',').map(vocabulary).collect(),
            "l" => found.label = Some(value),
            "f" => found.fhir = Some(value),
            "u" => found.unit = Some(value),
            "e" => found.example = Some(value),
            "doc" => found.doc = Some(value),
            _ => return Err(source.error(line, "one of v, l, f, u, e, doc, hide", key)),
        }
        rest = after.trim_start();
    }
    Ok(found)
}

/// A quoted text, or what reaches to the next space.
fn value(text: &'static str) -> Option<(&'static str, &'static str)> {
    match text.strip_prefix('"') {
        Some(inside) => inside.split_once('"'),
        None => Some(text.split_at(text.find(' ').unwrap_or(text.len()))),
    }
}

fn vocabulary(text: &'static str) -> VocabularyHint {
    match text.split_once('/') {
        Some((family, name)) => VocabularyHint { family: Some(family), name },
        None => VocabularyHint { family: None, name: text },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_read() {
        let found = hints(
            Source { file: "f" },
            1,
            " v=RxNorm,icd/icd9cm l=\"Two words\" e=Aspirin f=a[b].c(d|e) u=mm[Hg] hide",
        );
        let found = found.unwrap();
        assert_eq!(found.label, Some("Two words"));
        assert_eq!(found.example, Some("Aspirin"));
        assert_eq!(found.fhir, Some("a[b].c(d|e)"));
        assert_eq!(found.unit, Some("mm[Hg]"));
        assert!(found.hidden);
        let named: Vec<_> = found.vocabularies.iter().map(|v| (v.family, v.name)).collect();
        assert_eq!(named, [(None, "RxNorm"), (Some("icd"), "icd9cm")]);
    }

    #[test]
    fn an_unknown_key_is_refused() {
        let error = hints(Source { file: "f" }, 7, "z=1").unwrap_err();
        assert_eq!(error.to_string(), "f, line 7: expected one of v, l, f, u, e, doc, hide, found z");
        assert!(hints(Source { file: "f" }, 7, "l=\"open").is_err());
        assert!(hints(Source { file: "f" }, 7, "l=").is_err());
    }
}
