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
