//! GetAuthorizedPeople 1: who allows this application something (methods.md 5.5).

use keepwell_core::authorizations::{PeopleQuery, authorized_people};
use keepwell_core::ids::PersonPseudonym;
use keepwell_wire::methods::get_authorized_people::{answer, parse};

use crate::call::Call;
use crate::present;
use crate::refusal::Refusal;

/// People in one answer, by default and at most.
pub(crate) const PAGE: u32 = 100;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let request = parse(call.info)?;
    let query = PeopleQuery {
        after: request.person_id_cursor.map(PersonPseudonym),
        since: request.authorizations_created_since.map(|t| t.0),
        count: request.num_results.unwrap_or(PAGE).min(PAGE),
    };
    let (people, more) = authorized_people(call.domain, call.app()?, query).await?;
    let people: Vec<_> = people.iter().map(present::person).collect();
    Ok(answer(&people, more))
}
