//! SelectInstance 1 (methods.md 13.4): where an account for a place would live.

use roxmltree::Node;

use crate::answer;
use crate::error::InfoError;
use crate::shapes::{Instance, Location};
use crate::xml::Sequence;

/// Reads `info`: the place.
pub fn parse(info: Node<'_, '_>) -> Result<Location, InfoError> {
    let mut fields = Sequence::of(info)?;
    let location = Location::read(fields.required("preferred-location")?)?;
    fields.end()?;
    Ok(location)
}

/// Writes the answer; no instance serves some places.
pub fn answer(instance: Option<&Instance>) -> String {
    answer::success("SelectInstance", |out| {
        if let Some(instance) = instance {
            out.open("selected-instance");
            instance.write(out);
            out.close();
        }
    })
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    fn read(inside: &str) -> Result<Location, String> {
        let xml = format!("<info>{inside}</info>");
        parse(Document::parse(&xml).unwrap().root_element()).map_err(|e| e.message)
    }

    #[test]
    fn a_place_is_a_country_and_perhaps_a_part_of_it() {
        let place = "<preferred-location><country>US</country><state-province>WA</state-province>\
                     </preferred-location>";
        assert_eq!(read(place), Ok(Location { country: "US".into(), state_province: Some("WA".into()) }));
        assert_eq!(read(""), Err("info needs preferred-location".to_owned()));
        let refused = |country: &str| {
            read(&format!("<preferred-location><country>{country}</country></preferred-location>"))
        };
        assert_eq!(refused("USSR"), Err("country is longer than 3 characters".to_owned()));
        assert_eq!(refused(" "), Err("country is blank".to_owned()));
    }

    #[test]
    fn a_place_that_nobody_serves_has_an_answer_too() {
        assert!(answer(None).ends_with("response.SelectInstance\"/></response>"));
        let instance = Instance {
            id: "1".into(),
            name: "One".into(),
            description: "The one".into(),
            platform_url: "https://h/platform/wildcat.ashx".into(),
            shell_url: "https://h/".into(),
        };
        assert!(answer(Some(&instance)).ends_with(
            "SelectInstance\"><selected-instance><id>1</id><name>One</name><description>The one</description>\
             <platform-url>https://h/platform/wildcat.ashx</platform-url><shell-url>https://h/</shell-url>\
             </selected-instance></wc:info></response>"
        ));
    }
}
