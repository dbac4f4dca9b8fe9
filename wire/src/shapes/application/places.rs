//! Where an application is offered: places of records, and instances of the platform.

use roxmltree::Node;

use crate::error::InfoError;
use crate::shapes::Location;
use crate::xml::{self, Sequence, XmlWriter};

/// Places of records that an application serves.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct SupportedLocations {
    /// Some.
    pub locations: Vec<Location>,
    /// All.
    pub all: bool,
}

/// Instances of the platform that an application serves.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct SupportedInstances {
    /// Some, by id.
    pub instance_ids: Vec<String>,
    /// All.
    pub all: bool,
}

impl SupportedLocations {
    /// Reads `supported-record-locations`.
    pub fn read(node: Node<'_, '_>) -> Result<Self, InfoError> {
        let mut fields = Sequence::of(node)?;
        let locations = fields.repeated("location").into_iter().map(Location::read);
        let locations = locations.collect::<Result<_, _>>()?;
        let all = match fields.optional("all-locations").map(xml::boolean).transpose()? {
            None => false,
            Some(true) => true,
            // The schema knows no other value.
            Some(false) => return Err(InfoError::invalid("all-locations is not true")),
        };
        fields.end()?;
        Ok(SupportedLocations { locations, all })
    }

    /// Writes `supported-record-locations`.
    pub(crate) fn write(&self, out: &mut XmlWriter) {
        out.open("supported-record-locations");
        for location in &self.locations {
            out.open("location");
            location.write(out);
            out.close();
        }
        out.element_if("all-locations", self.all.then_some(true)).close();
    }
}

impl SupportedInstances {
    /// Reads `supported-instances`.
    pub fn read(node: Node<'_, '_>) -> Result<Self, InfoError> {
        let name = "support-all-instances";
        let all = xml::attribute(node, name).map_or(Ok(false), |text| xml::parse_boolean(name, text))?;
        let mut fields = Sequence::of(node)?;
        let ids = fields.repeated("instance-id").into_iter().map(|node| xml::words_up_to(255, node));
        let instance_ids = ids.collect::<Result<_, _>>()?;
        fields.end()?;
        Ok(SupportedInstances { instance_ids, all })
    }

    /// Writes `supported-instances`.
    pub(crate) fn write(&self, out: &mut XmlWriter) {
        out.open("supported-instances").attr_if("support-all-instances", self.all.then_some(true));
        self.instance_ids.iter().for_each(|id| {
            out.element("instance-id", id);
        });
        out.close();
    }
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    #[test]
    fn places_are_read_and_written() {
        let read = |xml: &str| SupportedLocations::read(Document::parse(xml).unwrap().root_element());
        let xml = "<supported-record-locations><location><country>US</country>\
                   <state-province>WA</state-province></location><location><country>NL</country></location>\
                   <all-locations>true</all-locations></supported-record-locations>";
        let places = read(xml).unwrap();
        assert!(places.all && places.locations.len() == 2);
        let mut out = XmlWriter::new();
        places.write(&mut out);
        assert_eq!(out.finish(), xml);
        assert_eq!(read("<s/>"), Ok(SupportedLocations::default()));
        let not_all = read("<s><all-locations>false</all-locations></s>");
        assert_eq!(not_all.unwrap_err().message, "all-locations is not true");
        assert!(read("<s><location/></s>").is_err());
    }

    #[test]
    fn instances_are_read_and_written() {
        let read = |xml: &str| SupportedInstances::read(Document::parse(xml).unwrap().root_element());
        let xml = "<supported-instances support-all-instances=\"true\"><instance-id>1</instance-id>\
                   </supported-instances>";
        let instances = read(xml).unwrap();
        assert_eq!(instances, SupportedInstances { instance_ids: vec!["1".into()], all: true });
        let mut out = XmlWriter::new();
        instances.write(&mut out);
        assert_eq!(out.finish(), xml);
        assert_eq!(read("<s support-all-instances='0'/>"), Ok(SupportedInstances::default()));
        let blank = read("<s><instance-id> </instance-id></s>");
        assert_eq!(blank.unwrap_err().message, "instance-id is blank");
    }
}
