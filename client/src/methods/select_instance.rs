//! SelectInstance 1 (methods.md 13.4).

use keepwell_wire::shapes::Instance;
use roxmltree::Node;

use super::call as new_call;
use crate::answer::{child, instance};
use crate::line::{Call, Who};
use crate::{Client, Error};

impl Client {
    /// The instance where an account of this country (ISO 3166) and state would live; `None` if the
    /// country is not served.
    pub async fn select_instance(
        &self,
        country: &str,
        state_province: Option<&str>,
    ) -> Result<Option<Instance>, Error> {
        self.ask(&Who::Application, &call(country, state_province), read).await
    }
}

fn call(country: &str, state_province: Option<&str>) -> Call {
    new_call("SelectInstance", 1, |out| {
        out.open("preferred-location").element("country", country);
        out.element_if("state-province", state_province).close();
    })
}

fn read(info: Node<'_, '_>) -> Result<Option<Instance>, Error> {
    child(info, "selected-instance").map(instance).transpose()
}

#[cfg(test)]
mod tests {
    use keepwell_wire::methods::select_instance as server;
    use roxmltree::Document;

    use super::*;

    #[test]
    fn the_instance_of_a_country_is_read() {
        let info = call("US", Some("WA")).info;
        let asked = server::parse(Document::parse(&info).unwrap().root_element()).unwrap();
        assert_eq!((&*asked.country, asked.state_province.as_deref()), ("US", Some("WA")));
        let one = Instance {
            id: "1".into(),
            name: "One".into(),
            description: "The one".into(),
            platform_url: "https://h/platform/wildcat.ashx".into(),
            shell_url: "https://h/".into(),
        };
        let answer = server::answer(Some(&one));
        assert_eq!(crate::answer::read("", &answer, read).unwrap(), Some(one));
        assert_eq!(crate::answer::read("", &server::answer(None), read).unwrap(), None);
    }
}
