//! The data of a thing that a person writes by hand: what else a write needs to know follows from its text.

use jiff::civil::{Date, DateTime};
use roxmltree::{Document, Node};

use super::Data;
use crate::thing_types::ThingType;

/// What stands inside `data-xml`, with its dates and the application's own id read from it (things.md 3, 4.6).
/// What cannot be read is for the write to refuse.
#[must_use]
pub fn data_by_hand(kind: &ThingType, xml: String) -> Data {
    let wrapped = format!("<data-xml>{xml}</data-xml>");
    let Ok(document) = Document::parse(&wrapped) else {
        return Data { xml, root: kind.root.to_owned(), ..Data::default() };
    };
    let around = document.root_element();
    let root = around.children().find(|node| node.is_element() && node.tag_name().name() != "common");
    let date = |path: Option<&str>| {
        let node = path?.split('/').try_fold(root?, child)?;
        date_of(node)
    };
    let client_thing_id = child(around, "common").and_then(|common| child(common, "client-thing-id"));
    Data {
        root: root.map_or_else(String::new, |root| root.tag_name().name().to_owned()),
        eff_date: date(kind.effective_date),
        end_date: date(kind.end_date),
        client_thing_id: client_thing_id
            .and_then(|id| id.text())
            .map(str::to_owned)
            .filter(|id| !id.is_empty()),
        verdict: None,
        xml,
    }
}

/// Any of the structures of dates, as the first moment that fits; none for a date in words.
fn date_of(node: Node<'_, '_>) -> Option<i64> {
    if child(node, "descriptive").is_some() {
        return None;
    }
    let node = child(node, "structured").unwrap_or(node);
    if let Some(date) = child(node, "date") {
        return day(date, child(node, "time"));
    }
    if child(node, "y").is_some() {
        return day(node, None);
    }
    let text = node.text()?.trim();
    let there = text.parse::<DateTime>().ok().or_else(|| Some(text.parse::<Date>().ok()?.at(0, 0, 0, 0)));
    micros(there?)
}

fn day(date: Node<'_, '_>, time: Option<Node<'_, '_>>) -> Option<i64> {
    let part = |name: &str| number(date, name).and_then(|part| i8::try_from(part).ok());
    let there = Date::new(number(date, "y")?, part("m").unwrap_or(1), part("d").unwrap_or(1)).ok()?;
    let clock = |name: &str| time.and_then(|time| number(time, name));
    let small = |name: &str| clock(name).map_or(Some(0), |part| i8::try_from(part).ok());
    let nanos = i32::from(clock("f").unwrap_or(0)).checked_mul(1_000_000)?;
    let time = jiff::civil::Time::new(small("h")?, small("m")?, small("s")?, nanos).ok()?;
    micros(there.to_datetime(time))
}

fn micros(there: DateTime) -> Option<i64> {
    let since = there.date().since(Date::constant(1970, 1, 1)).ok()?;
    let time = there.time();
    let seconds = i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second());
    let nanos = i64::from(time.subsec_nanosecond());
    Some((i64::from(since.get_days()) * 86_400 + seconds) * 1_000_000 + nanos / 1_000)
}

fn number(node: Node<'_, '_>, name: &str) -> Option<i16> {
    child(node, name)?.text()?.trim().parse().ok().filter(|number| *number >= 0)
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| child.is_element() && child.tag_name().name() == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::thing_types::by_name;

    fn dates(root: &str, inside: &str) -> (Option<i64>, Option<i64>) {
        let data = data_by_hand(by_name(root).unwrap(), format!("<{root}>{inside}</{root}><common/>"));
        assert_eq!(data.root, root);
        (data.eff_date, data.end_date)
    }

    #[test]
    fn the_dates_of_a_thing_follow_from_its_data() {
        let when = "<when><date><y>2026</y><m>6</m><d>1</d></date><time><h>7</h><m>30</m></time></when>";
        assert_eq!(dates("weight", when).0, Some(1_780_299_000_000_000));
        let stop = "<stop-date><structured><date><y>1970</y></date></structured></stop-date>";
        assert_eq!(dates("condition", stop), (None, Some(0)));
        let words = "<first-observed><descriptive>as a child</descriptive></first-observed>";
        assert_eq!(dates("allergy", words).0, None);
        for wrong in
            ["<when><date><y>2026</y><m>2</m><d>30</d></date></when>", "<when>soon</when>", "<when/>"]
        {
            assert_eq!(dates("weight", wrong).0, None, "{wrong}");
        }
    }

    #[test]
    fn the_applications_own_id_is_found_beside_the_data() {
        let xml = "<weight/><common><client-thing-id>a1</client-thing-id></common>";
        let data = data_by_hand(by_name("weight").unwrap(), xml.to_owned());
        assert_eq!((data.client_thing_id.as_deref(), data.xml.as_str()), (Some("a1"), xml));
    }
}
