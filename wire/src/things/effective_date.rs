//! The effective date of a thing, from the element that its type names (things.md 3).

use roxmltree::Node;

use crate::error::InfoError;
use crate::status::Status;
use crate::time::{LocalMicros, parse_local, wall_clock};
use crate::xml;

/// The date at a path below the type's root: names of elements with slashes, such as `when` or
/// `start-date/structured`. `None` if an element is absent or only describes a date in words; the time of
/// creation stands in then.
pub fn effective_date(root: Node<'_, '_>, path: &str) -> Result<Option<LocalMicros>, InfoError> {
    match path.split('/').try_fold(root, child) {
        None => Ok(None),
        Some(node) => date_of(node),
    }
}

/// Any of the date structures: `date`, `date-time`, `approx-date`, `approx-date-time`, or plain text.
fn date_of(node: Node<'_, '_>) -> Result<Option<LocalMicros>, InfoError> {
    if child(node, "descriptive").is_some() {
        return Ok(None);
    }
    let node = child(node, "structured").unwrap_or(node);
    if let Some(date) = child(node, "date") {
        let micros = child(node, "time").map_or(Ok(0), time_of)?;
        return day(date, micros).map(Some);
    }
    if child(node, "y").is_some() {
        return day(node, 0).map(Some);
    }
    let name = node.tag_name().name();
    if node.first_element_child().is_some() {
        return Err(InfoError::invalid(format!("{name} is not a date")));
    }
    let text = xml::text(node)?;
    if text.is_empty() {
        return Ok(None);
    }
    let error = |e: crate::time::TimeError| InfoError::new(e.status(), format!("{name}: {e}"));
    parse_local(&text).map(Some).map_err(error)
}

fn day(date: Node<'_, '_>, micros_of_day: i64) -> Result<LocalMicros, InfoError> {
    let year = field(date, "y")?.ok_or_else(|| InfoError::invalid("a date needs y"))?;
    let month = field(date, "m")?.unwrap_or(1);
    let day = field(date, "d")?.unwrap_or(1);
    let fits = |n: i64| i8::try_from(n).unwrap_or(0);
    wall_clock(i16::try_from(year).unwrap_or(0), fits(month), fits(day), micros_of_day).ok_or_else(|| {
        InfoError::new(Status::INVALID_DATETIME, format!("there is no day {year}-{month}-{day}"))
    })
}

fn time_of(time: Node<'_, '_>) -> Result<i64, InfoError> {
    let bounded = |name, most| match field(time, name)? {
        Some(n) if n > most => Err(InfoError::new(Status::INVALID_DATETIME, format!("time/{name} is {n}"))),
        n => Ok(n.unwrap_or(0)),
    };
    let (h, m, s, f) = (bounded("h", 23)?, bounded("m", 59)?, bounded("s", 59)?, bounded("f", 999)?);
    Ok((((h * 60 + m) * 60 + s) * 1000 + f) * 1000)
}

/// A small number that cannot be negative.
fn field(node: Node<'_, '_>, name: &str) -> Result<Option<i64>, InfoError> {
    match child(node, name) {
        None => Ok(None),
        Some(node) => xml::number::<u16>(node).map(|n| Some(i64::from(n))),
    }
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|n| n.is_element() && n.tag_name().name() == name)
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    fn when(inside: &str) -> Result<Option<String>, u16> {
        let xml = format!("<weight><when>{inside}</when></weight>");
        let document = Document::parse(&xml).unwrap();
        let date = effective_date(document.root_element(), "when");
        date.map(|d| d.map(|d| d.to_string())).map_err(|e| e.status.code())
    }

    #[test]
    fn a_path_leads_to_the_date() {
        let xml =
            "<plan><span><start><structured><date><y>2017</y></date></structured></start></span></plan>";
        let document = Document::parse(xml).unwrap();
        for path in ["span/start", "span/start/structured"] {
            let date = effective_date(document.root_element(), path).unwrap();
            assert_eq!(date.map(|d| d.to_string()).as_deref(), Some("2017-01-01T00:00:00"), "{path}");
        }
        assert_eq!(effective_date(document.root_element(), "span/end").unwrap(), None);
    }

    #[test]
    fn every_structure_of_a_date_is_read() {
        let full =
            "<date><y>2017</y><m>5</m><d>23</d></date><time><h>13</h><m>11</m><s>17</s><f>492</f></time>";
        let some = |text: &str| Ok(Some(text.to_owned()));
        assert_eq!(when(full), some("2017-05-23T13:11:17.492"));
        assert_eq!(
            when("<date><y> 2017 </y><m>5</m><d>23</d></date><tz><text>x</text></tz>"),
            some("2017-05-23T00:00:00")
        );
        assert_eq!(when("<y>2017</y><m>5</m><d>23</d>"), some("2017-05-23T00:00:00"));
        assert_eq!(when("<y>2017</y>"), some("2017-01-01T00:00:00"));
        assert_eq!(when(&format!("<structured>{full}</structured>")), some("2017-05-23T13:11:17.492"));
        assert_eq!(
            when("<structured><date><y>1999</y><m>2</m></date></structured>"),
            some("1999-02-01T00:00:00")
        );
        assert_eq!(when("2017-05-23T13:11:17-08:00"), some("2017-05-23T13:11:17"));
    }

    #[test]
    fn words_and_nothing_give_no_date() {
        assert_eq!(when("<descriptive>last summer</descriptive>"), Ok(None));
        assert_eq!(when(" "), Ok(None));
        let document = Document::parse("<weight/>").unwrap();
        assert_eq!(effective_date(document.root_element(), "when"), Ok(None));
    }

    #[test]
    fn an_impossible_day_is_another_error_than_a_malformed_one() {
        assert_eq!(when("<date><y>2017</y><m>2</m><d>30</d></date>"), Err(69));
        assert_eq!(when("<date><y>2017</y><m>2</m><d>3</d></date><time><h>24</h><m>0</m></time>"), Err(69));
        assert_eq!(when("<date><y>x</y></date>"), Err(3));
        assert_eq!(when("<other/>"), Err(3));
    }
}
