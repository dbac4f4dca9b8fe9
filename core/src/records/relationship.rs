//! How a person is related to the subject of a record (vocabulary `wc`/`relationship-types`).

/// The relationship, with its number on the wire (methods.md 4.2, `rel-type`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relationship {
    /// The record is the person's own.
    SelfOf,
    /// None of the others.
    Other,
    /// Husband or wife.
    Spouse,
    /// The person's child.
    Child,
    /// The person is the guardian.
    Guardian,
    /// The person's patient.
    Patient,
    /// The person's mother or father.
    Parent,
    /// Another relative.
    Relative,
    /// Domestic partner.
    DomesticPartner,
    /// A pet.
    Pet,
    /// The person's son.
    Son,
    /// The person's daughter.
    Daughter,
}

const ALL: [(Relationship, i64, &str); 12] = [
    (Relationship::SelfOf, 1, "Self"),
    (Relationship::Other, 2, "Other"),
    (Relationship::Spouse, 3, "Spouse"),
    (Relationship::Child, 5, "Child"),
    (Relationship::Guardian, 6, "Guardian"),
    (Relationship::Patient, 7, "Patient"),
    (Relationship::Parent, 8, "Parent"),
    (Relationship::Relative, 10, "Relative"),
    (Relationship::DomesticPartner, 11, "Domestic Partner"),
    (Relationship::Pet, 13, "Pet"),
    (Relationship::Son, 14, "Son"),
    (Relationship::Daughter, 15, "Daughter"),
];

impl Relationship {
    /// The number on the wire.
    #[must_use]
    pub fn code(self) -> i64 {
        ALL.iter().find(|(r, ..)| *r == self).map_or(2, |(_, code, _)| *code)
    }

    /// The relationship with this number; an unknown one is `Other`.
    #[must_use]
    pub fn from_code(code: i64) -> Self {
        ALL.iter().find(|(_, c, _)| *c == code).map_or(Self::Other, |(r, ..)| *r)
    }

    /// The English name on the wire (`rel-name`).
    #[must_use]
    pub fn wire_name(self) -> &'static str {
        ALL.iter().find(|(r, ..)| *r == self).map_or("Other", |(.., name)| name)
    }
}
