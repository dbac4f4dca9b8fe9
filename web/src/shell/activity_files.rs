//! The log as a file: a table, or JSON for programs.

use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use bytes::Bytes;
use futures_util::stream::{self, Stream};
use http::{HeaderValue, header};
use jiff::Timestamp;
use keepwell_core::audit::{self, Filter, Logged};
use keepwell_core::authorizations::{self, Caller};
use keepwell_core::ids::{PersonId, RecordId};
use serde_json::json;
use uuid::Uuid;

use super::activity::{Asked, Names, actor};
use super::fault::Fault;
use super::guest::Guest;
use super::query::Query;
use super::records::At;
use super::{Shell, activity_words, moment, records as own};
use crate::attachments;
use crate::locale::Texts;
use crate::security_headers::alone;

/// Entries fetched at a time.
const PAGE: u32 = 500;

/// How the file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A table.
    Csv,
    /// For programs.
    Json,
}

/// The table.
pub async fn csv(
    State(shell): State<Shell>,
    guest: Guest,
    At(record): At<Uuid>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    give(&shell, &guest, record, &asked, Format::Csv).await
}

/// The same for programs.
pub async fn json(
    State(shell): State<Shell>,
    guest: Guest,
    At(record): At<Uuid>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    give(&shell, &guest, record, &asked, Format::Json).await
}

async fn give(
    shell: &Shell,
    guest: &Guest,
    record: Uuid,
    asked: &Asked,
    format: Format,
) -> Result<Response, Fault> {
    let (person, _) = guest.must_be_signed_in()?;
    let record = own::find(shell, person, record).await?;
    let t = guest.texts(shell, None);
    let filter = asked.filter(&shell.settings.zone);
    audit::exported_log(&shell.domain, &Caller::person(person.id), record.id).await?;
    let file = File { shell: shell.clone(), you: person.id, record: record.id, filter, t: t.clone(), format };
    let (content_type, ending) = match format {
        Format::Csv => ("text/csv; charset=utf-8", "csv"),
        Format::Json => ("application/json", "json"),
    };
    let today = shell.now().to_zoned_datetime(shell.settings.zone.clone()).date();
    let named = t.say_two("activity-file", "name", &record.rights.display_name, "day", today);
    let kind = attachments::Kind::of(Some(b"text"));
    let name = attachments::file_name(&format!("{}.{ending}", named.replace('.', " ")), ending, kind, false);
    let mut response = Response::new(Body::from_stream(file.pieces()));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    if let Ok(value) = HeaderValue::try_from(attachments::header("attachment", &name)) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(alone(response))
}

/// What is written, page by page.
pub struct File {
    pub shell: Shell,
    pub you: PersonId,
    pub record: RecordId,
    pub filter: Filter,
    pub t: Texts,
    pub format: Format,
}

/// Where the writing stands.
enum Place {
    Start,
    After(Option<Uuid>, bool),
    End,
}

impl File {
    /// The file, piece by piece.
    pub fn pieces(self) -> impl Stream<Item = Result<Bytes, std::io::Error>> + Send {
        stream::unfold((self, Place::Start), |(file, place)| async move {
            let (piece, next) = match place {
                Place::Start => (Ok(file.head()), Place::After(None, true)),
                Place::After(after, is_first) => match file.page(after, is_first).await {
                    Ok((piece, Some(next))) => (Ok(piece), Place::After(Some(next), false)),
                    Ok((piece, None)) => (Ok(piece), Place::End),
                    // A file that breaks off is seen to be broken.
                    Err(_) => (Err(std::io::Error::other("the log cannot be read now")), Place::End),
                },
                Place::End => return None,
            };
            Some((piece.map(Bytes::from), (file, next)))
        })
    }

    fn head(&self) -> String {
        match self.format {
            Format::Json => "[".to_owned(),
            // The mark at the beginning tells programs for tables that this is UTF-8.
            Format::Csv => {
                let names = ["when", "who", "with", "how", "what", "action", "entry"];
                format!("\u{feff}{}", line(&names.map(str::to_owned)))
            }
        }
    }

    async fn page(&self, after: Option<Uuid>, is_first: bool) -> Result<(String, Option<Uuid>), Fault> {
        let Self { shell, you, record, filter, t, .. } = self;
        // Whether the person still holds the record is asked for each piece.
        let access = authorizations::open(&shell.domain, &Caller::person(*you), *record).await?;
        let found = audit::activity(&shell.domain, &access, filter, after, PAGE).await?;
        let names = Names::of(shell, *you, &found.entries, &[], t).await?;
        let mut text = String::new();
        for (index, entry) in found.entries.iter().enumerate() {
            match self.format {
                Format::Csv => text.push_str(&line(&fields(entry, &names, t))),
                Format::Json => {
                    text.push_str(if is_first && index == 0 { "\n" } else { ",\n" });
                    text.push_str(&object(entry, &names, t));
                }
            }
        }
        if self.format == Format::Json && found.next.is_none() {
            text.push_str("\n]\n");
        }
        Ok((text, found.next))
    }
}

fn exact(at: i64) -> String {
    let at: Timestamp = moment(at);
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

fn fields(entry: &Logged, names: &Names, t: &Texts) -> [String; 7] {
    let actor = actor(entry);
    let app = names.app(&actor);
    [
        exact(entry.at),
        names.who(&actor, t),
        app.clone().unwrap_or_default(),
        entry.avenue.clone(),
        activity_words::what(entry, app, t),
        entry.action.clone(),
        entry.id.to_string(),
    ]
}

fn object(entry: &Logged, names: &Names, t: &Texts) -> String {
    let [when, who, with, how, what, action, id] = fields(entry, names, t);
    let details = entry.body.as_deref().and_then(|body| serde_json::from_str(body).ok());
    let details: serde_json::Value = details.unwrap_or_default();
    json!({
        "entry": id, "sequence": entry.sequence, "when": when, "who": who, "with": with, "how": how,
        "what": what, "action": action, "details": details,
    })
    .to_string()
}

/// A line of the table. Every field is in quotes, and what a program for tables would take for a formula begins
/// with an apostrophe.
fn line(fields: &[String; 7]) -> String {
    let quoted = fields.iter().map(|field| {
        // A line end or a control character within a field could begin another cell in some programs.
        let plain = attachments::readable(field);
        // So does a semicolon, where that is what a program takes for the end of a field.
        let guarded: Vec<String> = plain.split(';').map(guarded).collect();
        format!("\"{}\"", guarded.join(";").replace('"', "\"\""))
    });
    let mut line = quoted.collect::<Vec<_>>().join(",");
    line.push_str("\r\n");
    line
}

/// The text of a cell, which is no formula.
fn guarded(text: &str) -> String {
    let starts = ['=', '+', '-', '@', '|', '%', '＝', '＋', '－', '＠'];
    let guard = if text.trim_start_matches([' ', '"']).starts_with(starts) { "'" } else { "" };
    format!("{guard}{text}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_field_of_the_table_is_a_formula_or_ends_its_line() {
        let hostile = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "a\r\n=1", "\",=1\""].map(str::to_owned);
        assert_eq!(
            line(&hostile),
            "\"'=1+1\",\"'+1\",\"'-1\",\"'@SUM(A1)\",\"'=1\",\"a =1\",\"\"\",=1\"\"\"\r\n"
        );
        let hidden = ["\u{feff}=1", "\u{202e} -1", "|cmd", "a;=1;b", "a; \"@x", "＝1", "71.5 - 2"];
        assert_eq!(
            line(&hidden.map(str::to_owned)),
            "\"'=1\",\"'-1\",\"'|cmd\",\"a;'=1;b\",\"a;' \"\"@x\",\"'＝1\",\"71.5 - 2\"\r\n"
        );
    }
}
