//! AssociateAlternateId, DisassociateAlternateId, GetAlternateIds and GetPersonAndRecordForAlternateId 1
//! (methods.md 9): ids of the application's own for a person with a record.

use roxmltree::Node;

use super::{call as new_call, get_person_info};
use crate::answer::{children, required, text};
use crate::line::{Call, Who};
use crate::{Client, Error, Person, RecordCaller};

impl RecordCaller<'_> {
    /// Gives the person with this record an id of the application's own: 1 to 255 characters, of which the
    /// case counts. It fails with `DUPLICATE_ALTERNATE_ID` if the application uses it already.
    pub async fn associate_alternate_id(&self, alternate_id: &str) -> Result<(), Error> {
        self.ask(call("AssociateAlternateId", alternate_id), |_| Ok(())).await
    }

    /// Takes the id away again.
    pub async fn disassociate_alternate_id(&self, alternate_id: &str) -> Result<(), Error> {
        self.ask(call("DisassociateAlternateId", alternate_id), |_| Ok(())).await
    }

    /// The ids that the application gave the person with this record.
    pub async fn alternate_ids(&self) -> Result<Vec<String>, Error> {
        self.ask(new_call("GetAlternateIds", 1, |_| {}), read).await
    }
}

impl Client {
    /// Takes an id of the application's own away from whomever it was given.
    pub async fn disassociate_alternate_id(&self, alternate_id: &str) -> Result<(), Error> {
        self.ask(&Who::Application, &call("DisassociateAlternateId", alternate_id), |_| Ok(())).await
    }

    /// Whom an id of the application's own was given: the person, with the one record. It fails with
    /// `ALTERNATE_ID_NOT_FOUND` if nobody has it.
    pub async fn person_of_alternate_id(&self, alternate_id: &str) -> Result<Person, Error> {
        let call = call("GetPersonAndRecordForAlternateId", alternate_id);
        self.ask(&Who::Application, &call, get_person_info::read).await
    }
}

fn call(method: &str, alternate_id: &str) -> Call {
    new_call(method, 1, |out| {
        out.element("alternate-id", alternate_id);
    })
}

fn read(info: Node<'_, '_>) -> Result<Vec<String>, Error> {
    children(required(info, "alternate-ids")?, "alternate-id").map(text).collect()
}

#[cfg(test)]
mod tests {
    use keepwell_wire::methods::get_person_and_record_for_alternate_id as of_alternate_id;
    use keepwell_wire::methods::{associate_alternate_id, disassociate_alternate_id, get_alternate_ids};
    use roxmltree::Document;

    use super::*;
    use crate::test_server::person;

    #[test]
    fn the_server_reads_which_id_is_meant() {
        let info = call("X", "a<b").info;
        let document = Document::parse(&info).unwrap();
        for parse in [associate_alternate_id::parse, disassociate_alternate_id::parse, of_alternate_id::parse]
        {
            assert_eq!(parse(document.root_element()), Ok("a<b".to_owned()));
        }
    }

    #[test]
    fn ids_and_their_person_are_read() {
        let answer = get_alternate_ids::answer(&["a<b", "c"]);
        assert_eq!(crate::answer::read("GetAlternateIds", &answer, read).unwrap(), ["a<b", "c"]);
        let answer = of_alternate_id::answer(&person(1, &[2]));
        let found = crate::answer::read("", &answer, get_person_info::read).unwrap();
        assert_eq!(found.record().map(|record| record.id.as_u128()), Some(2));
    }
}
