//! Our own format: a few lines of header, an empty line, then a line an item, its columns separated by
//! tabs (code, display, abbreviation, info-xml). A line `[de]` begins the texts of another language.

use std::collections::HashSet;

use super::sheet::{self, Key, MOST_ROWS, Row, Sheet};

/// What is wrong with a file, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {why}")]
pub struct FileError {
    /// The line, from 1.
    pub line: usize,
    /// The column, in characters from 1.
    pub column: usize,
    /// What is wrong there.
    pub why: String,
}

impl FileError {
    pub(super) fn new(line: usize, column: usize, why: impl Into<String>) -> Self {
        Self { line, column, why: why.into() }
    }
}

/// Reads a file in our own format.
///
/// # Errors
/// `FileError` says where it is wrong.
pub fn parse(text: &str) -> Result<Sheet, FileError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.lines().enumerate().map(|(at, line)| (at + 1, line));
    let mut sheet = header(&mut lines)?;
    let mut seen = HashSet::new();
    let mut language = 0;
    for (number, line) in lines {
        if line.trim().is_empty() {
            continue;
        }
        if let Some(tag) = section(line) {
            language = begin(&mut sheet, tag).map_err(|why| FileError::new(number, 2, why))?;
            continue;
        }
        let row = item(number, line, language)?;
        if !seen.insert((language, row.code.clone())) {
            return Err(FileError::new(number, 1, format!("the code {:?} is here twice", row.code)));
        }
        if sheet.rows.len() == MOST_ROWS {
            return Err(FileError::new(number, 1, format!("there are more than {MOST_ROWS} items")));
        }
        sheet.rows.push(row);
    }
    Ok(sheet)
}

fn header<'t>(lines: &mut impl Iterator<Item = (usize, &'t str)>) -> Result<Sheet, FileError> {
    let (mut name, mut family, mut version) = (None, None, None);
    let (mut language, mut description, mut restricted) = (None, None, None);
    let mut last = 1;
    for (number, line) in lines {
        last = number;
        if line.trim().is_empty() {
            break;
        }
        if line.starts_with('#') {
            continue;
        }
        let Some((field, value)) = line.split_once(':') else {
            return Err(FileError::new(
                number,
                1,
                "the header has lines such as `name: …`, and an empty line ends it",
            ));
        };
        let (field, value) = (field.trim(), value.trim());
        let place = match field {
            "name" => &mut name,
            "family" => &mut family,
            "version" => &mut version,
            "language" => &mut language,
            "description" => &mut description,
            "restricted" => &mut restricted,
            _ => return Err(FileError::new(number, 1, format!("the header has no {field:?}"))),
        };
        let column = line.find(value).map_or(1, |at| line[..at].chars().count() + 1);
        let checked = match field {
            "language" => sheet::check_language(value),
            "description" => sheet::check_text(field, value),
            "restricted" if matches!(value, "yes" | "no") => Ok(()),
            "restricted" => Err("restricted is yes or no".to_owned()),
            _ => sheet::check_name(field, value),
        };
        checked.map_err(|why| FileError::new(number, column, why))?;
        if place.replace(value.to_owned()).is_some() {
            return Err(FileError::new(number, 1, format!("{field} is here twice")));
        }
    }
    let needed = |value: Option<String>, field: &str| {
        value.ok_or_else(|| FileError::new(last, 1, format!("the header does not say the {field}")))
    };
    Ok(Sheet {
        key: Key {
            family: needed(family, "family")?,
            name: needed(name, "name")?,
            version: needed(version, "version")?,
        },
        description: description.unwrap_or_default(),
        restricted: restricted.as_deref() == Some("yes"),
        languages: vec![language.unwrap_or_else(|| "en".to_owned())],
        rows: Vec::new(),
    })
}

/// The language that a line such as `[de]` begins.
fn section(line: &str) -> Option<&str> {
    line.trim_end().strip_prefix('[')?.strip_suffix(']').filter(|_| !line.contains('\t'))
}

fn begin(sheet: &mut Sheet, tag: &str) -> Result<usize, String> {
    sheet::check_language(tag)?;
    let known = sheet.languages.iter().position(|known| known.eq_ignore_ascii_case(tag));
    Ok(known.unwrap_or_else(|| {
        sheet.languages.push(tag.to_owned());
        sheet.languages.len() - 1
    }))
}

fn item(number: usize, line: &str, language: usize) -> Result<Row, FileError> {
    let mut row = Row { language, ..Row::default() };
    let mut column = 1;
    for (place, value) in line.split('\t').enumerate() {
        let trimmed = value.trim();
        let filled = Some(trimmed).filter(|value| !value.is_empty()).map(str::to_owned);
        let checked = match place {
            0 => sheet::check_name("code", trimmed),
            1 => sheet::check_text("text", trimmed),
            2 => sheet::check_text("abbreviation", trimmed),
            3 if trimmed.is_empty() => Ok(()),
            3 => sheet::check_xml(trimmed),
            _ => Err("an item has four columns at most".to_owned()),
        };
        checked.map_err(|why| FileError::new(number, column, why))?;
        match place {
            0 => row.code = trimmed.to_owned(),
            1 => row.display = trimmed.to_owned(),
            2 => row.abbreviation = filled,
            _ => row.info_xml = filled,
        }
        column += value.chars().count() + 1;
    }
    match line.contains('\t') {
        true => Ok(row),
        false => Err(FileError::new(number, column - 1, "a tab must stand between a code and its text")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "name: colours\nfamily: own\nversion: 2\nlanguage: en\ndescription: Colours\n\n";

    fn refusal(text: &str) -> String {
        parse(text).unwrap_err().to_string()
    }

    #[test]
    fn a_file_is_a_header_and_lines_of_columns() {
        let text = format!("\u{feff}{HEAD}r\tred\nb\tblue\tbl\t<rgb v=\"#00f\"/>\r\n\n[de]\nr\trot\n");
        let sheet = parse(&text).unwrap();
        assert_eq!(sheet.key.to_string(), "own/colours@2");
        assert_eq!((sheet.description.as_str(), sheet.restricted), ("Colours", false));
        assert_eq!(sheet.languages, ["en", "de"]);
        let row = |language, code: &str, display: &str| Row {
            language,
            code: code.to_owned(),
            display: display.to_owned(),
            ..Row::default()
        };
        let blue = Row {
            abbreviation: Some("bl".to_owned()),
            info_xml: Some("<rgb v=\"#00f\"/>".to_owned()),
            ..row(0, "b", "blue")
        };
        assert_eq!(sheet.rows, [row(0, "r", "red"), blue, row(1, "r", "rot")]);
    }

    #[test]
    fn what_is_wrong_is_told_with_line_and_column() {
        for (text, expected) in [
            ("name: a\nfamily b\n", "line 2, column 1: the header has lines"),
            ("name: a\ncolour: b\n", "line 2, column 1: the header has no \"colour\""),
            ("name: a\nname: b\n", "line 2, column 1: name is here twice"),
            ("name: a\nfamily:\n", "line 2, column 1: the family is empty"),
            ("name: a\nfamily: b\n\n", "line 3, column 1: the header does not say the version"),
            ("name: a\nlanguage: d e\n", "line 2, column 11: \"d e\" is no language tag"),
            ("name: a\nrestricted: maybe\n", "line 2, column 13: restricted is yes or no"),
            ("", "line 1, column 1: the header does not say the family"),
        ] {
            assert!(refusal(text).starts_with(expected), "{text:?}: {}", refusal(text));
        }
        for (items, expected) in [
            ("red", "line 7, column 4: a tab must stand"),
            ("\tred", "line 7, column 1: the code is empty"),
            ("r\tred\nr\trot", "line 8, column 1: the code \"r\" is here twice"),
            ("é\tred\t\t<a>", "line 7, column 8: the info-xml cannot be read"),
            ("r\tred\t\t<a/><b/>", "line 7, column 8: the info-xml cannot be read"),
            ("r\tred\t\t<!DOCTYPE a><a/>", "line 7, column 8: the info-xml"),
            ("r\tred\tr\t\tmore", "line 7, column 10: an item has four columns"),
            ("r\tr\u{1}d", "line 7, column 3: the text holds the control character U+0001"),
            ("[d_e]\n", "line 7, column 2: \"d_e\" is no language tag"),
        ] {
            let text = format!("{HEAD}{items}");
            assert!(refusal(&text).starts_with(expected), "{items:?}: {}", refusal(&text));
        }
    }
}
