//! GetAuthorizedPeople 1 (methods.md 5.5).

use roxmltree::Node;
use uuid::Uuid;

use crate::answer;
use crate::error::InfoError;
use crate::shapes::PersonInfo;
use crate::time::UtcMicros;
use crate::xml::{self, Sequence};

/// Which people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Request {
    /// Only people after this one in the order of ids.
    pub person_id_cursor: Option<Uuid>,
    /// Only people whose authorization was created after this instant.
    pub authorizations_created_since: Option<UtcMicros>,
    /// At most that many.
    pub num_results: Option<u32>,
}

/// Reads `info`. An empty element counts as absent.
pub fn parse(info: Node<'_, '_>) -> Result<Request, InfoError> {
    let mut outer = Sequence::of(info)?;
    let mut fields = Sequence::of(outer.required("parameters")?)?;
    outer.end()?;
    let mut filled = |name| match fields.optional(name) {
        Some(node) if xml::text(node)?.is_empty() => Ok(None),
        node => Ok(node),
    };
    let request = Request {
        person_id_cursor: filled("person-id-cursor")?.map(xml::guid).transpose()?,
        authorizations_created_since: filled("authorizations-created-since")?.map(xml::utc).transpose()?,
        num_results: match filled("num-results")? {
            None => None,
            Some(node) => match xml::count("num-results", &xml::text(node)?)? {
                0 => return Err(InfoError::invalid("num-results is not a positive integer")),
                count => Some(count),
            },
        },
    };
    fields.end()?;
    Ok(request)
}

/// Writes the answer. `more-results` is the very next element after the last person: a client steps
/// there from it.
pub fn answer(people: &[PersonInfo], more_results: bool) -> String {
    answer::success("GetAuthorizedPeople", |out| {
        out.open("response-results");
        people.iter().for_each(|person| person.write(out));
        out.element("more-results", more_results).close();
    })
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    fn read(inside: &str) -> Result<Request, InfoError> {
        let xml = format!("<info>{inside}</info>");
        parse(Document::parse(&xml).unwrap().root_element())
    }

    #[test]
    fn parameters_are_needed_but_may_be_empty_as_may_the_date() {
        assert_eq!(read("<parameters/>"), Ok(Request::default()));
        let empty = "<parameters><authorizations-created-since></authorizations-created-since></parameters>";
        assert_eq!(read(empty), Ok(Request::default()));
        assert_eq!(read("").unwrap_err().message, "info needs parameters");
    }

    #[test]
    fn an_order_other_than_that_of_the_schema_is_refused() {
        let good = "<parameters><person-id-cursor>00000000-0000-0000-0000-00000000000A</person-id-cursor>\
                    <num-results>20</num-results></parameters>";
        let request = read(good).unwrap();
        assert_eq!((request.person_id_cursor, request.num_results), (Some(Uuid::from_u128(10)), Some(20)));
        let bad = "<parameters><num-results>20</num-results>\
                   <authorizations-created-since>2020-01-01T00:00:00Z</authorizations-created-since></parameters>";
        assert!(read(bad).is_err());
        assert!(read("<parameters><num-results>0</num-results></parameters>").is_err());
    }

    #[test]
    fn nobody_is_an_answer_too() {
        assert!(answer(&[], false).contains(
            "GetAuthorizedPeople\"><response-results><more-results>false</more-results></response-results></wc:info>"
        ));
    }
}
