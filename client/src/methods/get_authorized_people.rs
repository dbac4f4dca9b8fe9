//! GetAuthorizedPeople 1: the application's own call, by which it learns whom it may work for offline.

use keepwell_wire::time::UtcMicros;
use keepwell_wire::xml;
use roxmltree::Node;
use uuid::Uuid;

use super::call as new_call;
use crate::answer::{children, required};
use crate::caller::Who;
use crate::web_client::Call;
use crate::{Error, Person, WebClient};

/// Which people. The default is the first of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PeopleQuery {
    /// Only people after this one; for the next page, the last of the page before.
    pub after: Option<Uuid>,
    /// Only people who authorized the application after this.
    pub authorized_since: Option<jiff::Timestamp>,
    /// At most that many.
    pub max: Option<u32>,
}

/// A page of people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizedPeople {
    /// The people.
    pub people: Vec<Person>,
    /// Whether there are more after them.
    pub more: bool,
}

impl WebClient {
    /// People who authorized the application.
    pub async fn authorized_people(&self, query: &PeopleQuery) -> Result<AuthorizedPeople, Error> {
        self.call(&Who::Application, &call(query), read).await
    }
}

fn call(query: &PeopleQuery) -> Call {
    new_call("GetAuthorizedPeople", 1, |out| {
        let since = query.authorized_since.map(|at| UtcMicros(at.as_microsecond()));
        out.open("parameters").element_if("person-id-cursor", query.after);
        out.element_if("authorizations-created-since", since).element_if("num-results", query.max).close();
    })
}

fn read(info: Node<'_, '_>) -> Result<AuthorizedPeople, Error> {
    let results = required(info, "response-results")?;
    Ok(AuthorizedPeople {
        people: children(results, "person-info").map(Person::read).collect::<Result<_, _>>()?,
        more: xml::boolean(required(results, "more-results")?)?,
    })
}

#[cfg(test)]
mod tests {
    use keepwell_wire::methods::get_authorized_people as server;
    use roxmltree::Document;

    use super::*;

    #[test]
    fn the_server_reads_what_is_asked() {
        let query = PeopleQuery {
            after: Some(Uuid::from_u128(7)),
            authorized_since: jiff::Timestamp::from_second(60).ok(),
            max: Some(20),
        };
        let info = call(&query).info;
        let request = server::parse(Document::parse(&info).unwrap().root_element()).unwrap();
        assert_eq!(request.person_id_cursor, query.after);
        assert_eq!(request.authorizations_created_since, Some(UtcMicros(60_000_000)));
        assert_eq!(request.num_results, Some(20));
        let everyone = call(&PeopleQuery::default()).info;
        assert_eq!(everyone, "<info><parameters/></info>");
    }

    #[test]
    fn nobody_yet_is_an_empty_page() {
        let page = crate::answer::read(&server::answer(&[], true), read).unwrap();
        assert_eq!(page, AuthorizedPeople { people: Vec::new(), more: true });
    }
}
