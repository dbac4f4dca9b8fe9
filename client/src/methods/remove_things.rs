//! RemoveThings 1.

use keepwell_wire::shapes::ThingKey;

use super::call as new_call;
use crate::line::Call;

pub(crate) fn call(keys: &[ThingKey]) -> Call {
    new_call("RemoveThings", 1, |out| keys.iter().for_each(|key| key.write(out)))
}

#[cfg(test)]
mod tests {
    use keepwell_wire::methods::remove_things as server;
    use roxmltree::Document;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn the_server_reads_which_versions_to_remove() {
        let key = ThingKey { id: Uuid::from_u128(1), version_stamp: Uuid::from_u128(2) };
        let info = call(&[key, key]).info;
        assert_eq!(server::parse(Document::parse(&info).unwrap().root_element()), Ok(vec![key, key]));
    }
}
