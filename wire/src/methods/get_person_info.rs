//! GetPersonInfo 1 (methods.md 5.4).

use roxmltree::Node;

use crate::answer;
use crate::error::InfoError;
use crate::shapes::PersonInfo;
use crate::xml::{self, Sequence};

/// What to tell beyond the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Request {
    /// Groups of which the person is a member.
    pub group_membership: bool,
    /// Permissions on the record of the header, or on all.
    pub effective_record_permissions: bool,
}

/// Reads `info`.
pub fn parse(info: Node<'_, '_>) -> Result<Request, InfoError> {
    let mut fields = Sequence::of(info)?;
    let mut flag = |name| fields.optional(name).map_or(Ok(false), xml::boolean);
    let request = Request {
        group_membership: flag("group-membership")?,
        effective_record_permissions: flag("effective-record-permissions")?,
    };
    fields.end()?;
    Ok(request)
}

/// Writes the answer.
pub fn answer(person: &PersonInfo) -> String {
    answer::success("GetPersonInfo", |out| person.write(out))
}
