//! GetAuthorizedPeople 1 (methods.md 5.5): the application's own call, by which it learns whom it may work for offline.

use std::collections::VecDeque;

use keepwell_wire::time::UtcMicros;
use keepwell_wire::xml;
use roxmltree::Node;
use uuid::Uuid;

use super::call as new_call;
use crate::answer::{children, required};
use crate::line::{Call, Who};
use crate::{Client, Error, Person};

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
#[non_exhaustive]
pub struct AuthorizedPeople {
    /// The people.
    pub people: Vec<Person>,
    /// Whether there are more after them.
    pub more: bool,
}

/// All people, a page at a time; [`Client::people`] makes it.
#[derive(Debug)]
pub struct People<'c> {
    client: &'c Client,
    query: PeopleQuery,
    page: VecDeque<Person>,
    more: bool,
}

impl Client {
    /// A page of the people who authorized the application.
    pub async fn authorized_people(&self, query: &PeopleQuery) -> Result<AuthorizedPeople, Error> {
        self.ask(&Who::Application, &call(query), read).await
    }

    /// All people who authorized the application, fetched as they are needed. `max` of the query is the
    /// size of a page.
    pub fn people(&self, query: PeopleQuery) -> People<'_> {
        People { client: self, query, page: VecDeque::new(), more: true }
    }
}

impl People<'_> {
    /// The next person; `None` after the last. After an error it may be tried again.
    pub async fn next(&mut self) -> Result<Option<Person>, Error> {
        if self.page.is_empty() && self.more {
            self.fetch().await?;
        }
        Ok(self.page.pop_front())
    }

    async fn fetch(&mut self) -> Result<(), Error> {
        let page = self.client.authorized_people(&self.query).await?;
        let last = page.people.last().map(|person| person.id);
        // The cursor must move, or we would ask for ever.
        if page.more && (last.is_none() || last == self.query.after) {
            return Err(Error::Malformed(
                "GetAuthorizedPeople: more people, but none of them here".to_owned(),
            ));
        }
        self.query.after = last.or(self.query.after);
        self.more = page.more;
        self.page = page.people.into();
        Ok(())
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
        let page = crate::answer::read("GetAuthorizedPeople", &server::answer(&[], true), read).unwrap();
        assert_eq!(page, AuthorizedPeople { people: Vec::new(), more: true });
    }
}
