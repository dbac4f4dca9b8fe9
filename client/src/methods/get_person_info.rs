//! GetPersonInfo 1.

use roxmltree::Node;

use super::call as new_call;
use crate::answer::required;
use crate::line::Call;
use crate::{Error, Person};

pub(crate) fn call() -> Call {
    new_call("GetPersonInfo", 1, |_| {})
}

pub(crate) fn read(info: Node<'_, '_>) -> Result<Person, Error> {
    Person::read(required(info, "person-info")?)
}
