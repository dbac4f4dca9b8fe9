//! GetAuthorizedRecords 1 (methods.md 5.6).

use roxmltree::Node;
use uuid::Uuid;

use super::call as new_call;
use crate::answer::children;
use crate::line::Call;
use crate::{Caller, Error, Record};

impl Caller<'_> {
    /// Those of the records that the person shares with the application, as they are now.
    pub async fn authorized_records(&self, record_ids: &[Uuid]) -> Result<Vec<Record>, Error> {
        if record_ids.is_empty() {
            return Ok(Vec::new());
        }
        self.ask(&call(record_ids), read).await
    }
}

fn call(record_ids: &[Uuid]) -> Call {
    new_call("GetAuthorizedRecords", 1, |out| {
        for id in record_ids {
            out.element("id", id);
        }
    })
}

fn read(info: Node<'_, '_>) -> Result<Vec<Record>, Error> {
    children(info, "record").map(Record::read).collect()
}

#[cfg(test)]
mod tests {
    use keepwell_wire::methods::get_authorized_records as server;
    use roxmltree::Document;

    use super::*;

    #[test]
    fn the_server_reads_which_records_are_meant() {
        let ids = [Uuid::from_u128(2), Uuid::from_u128(1)];
        let info = call(&ids).info;
        assert_eq!(server::parse(Document::parse(&info).unwrap().root_element()), Ok(ids.to_vec()));
        assert!(crate::answer::read("", &server::answer(&[]), read).unwrap().is_empty());
    }
}
