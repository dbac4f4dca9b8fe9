//! What a query asks for, and what it is answered.

use keepwell_store::ReadFlight;

use super::{Criteria, MAX_FULL, MAX_PARTIAL, Order, Thing, ThingData, ThingKey, Which};
use crate::ids::TypeId;

/// At most so many things are read on the spot.
const SHORT: u32 = 50;

/// A flight that reads so many things by their ids.
pub(super) fn by_their_ids(count: usize) -> ReadFlight {
    let flight = ReadFlight::new();
    if count <= SHORT as usize { flight.short() } else { flight }
}

/// What a person is shown data for (methods.md 6.1, Intents).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intent {
    /// To look at it.
    View,
    /// To take it along.
    Download,
    /// To pass it on.
    Transmit,
}

impl Intent {
    /// Its name on the wire and in the log.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::View => "view",
            Self::Download => "download",
            Self::Transmit => "transmit",
        }
    }
}

/// One group of a query.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// Things named one by one, or any.
    pub which: Which,
    /// What they must fit.
    pub criteria: Criteria,
    /// How many in all; `None` or 0 for as many as the server gives.
    pub max: Option<u32>,
    /// How many of them in full; the rest as keys.
    pub max_full: Option<u32>,
    /// The order, if not newest first; then only things of its type are found.
    pub order: Option<Order>,
    /// Former versions are asked for too. They are for the person at the Shell (`history`); here the answer
    /// only says that some were left out.
    pub former_too: bool,
    /// Of the things in full nothing but their data is wanted.
    pub data_only: bool,
    /// What the things are for; `None` if the caller does not say. It goes into the log.
    pub intents: Option<Vec<Intent>>,
}

impl Group {
    /// How many in full, and how many in all.
    pub(super) fn limits(&self) -> (u32, u32) {
        let full = self.max_full.unwrap_or(MAX_FULL).min(MAX_FULL);
        let all = self.max.filter(|m| *m > 0).unwrap_or(u32::MAX).min(full + MAX_PARTIAL);
        (full.min(all), all)
    }

    /// Whether few things are read to answer it.
    pub(super) fn is_short(&self) -> bool {
        self.limits().1 <= SHORT && !self.former_too && !self.looks_inside()
    }

    /// Whether the data of its things must be looked into to answer it.
    pub(super) fn looks_inside(&self) -> bool {
        !self.criteria.xpaths.is_empty() || self.order.as_ref().is_some_and(Order::looks_inside)
    }
}

/// A thing of which only the key is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThingInfo {
    /// Its id and version.
    pub key: ThingKey,
    /// Its type.
    pub type_id: TypeId,
    /// Its effective date: wall clock, microseconds.
    pub eff_date: i64,
    /// Its end date.
    pub end_date: Option<i64>,
}

/// What a group found, in its order: the first in full, then keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupAnswer {
    /// In full; none if nothing but their data was wanted.
    pub full: Vec<Thing>,
    /// The same, if it was.
    pub data: Vec<ThingData>,
    /// As keys.
    pub infos: Vec<ThingInfo>,
    /// Something was left out because the caller may not read it.
    pub filtered: bool,
}
