//! What the application does with a record. What it can be asked for beyond this is in the files of the
//! methods.

use keepwell_wire::shapes::{ThingKey, ThingTypePermission};
use roxmltree::Node;
use uuid::Uuid;

use crate::line::{Call, Line};
use crate::methods::{get_things, put_things, query_permissions, raw_call, remove_things};
use crate::things::ThingPages;
use crate::{Answer, Caller, Error, NewThing, Query, Thing, Things};

/// A person on whose behalf the application works with a record.
#[derive(Clone, Debug)]
pub struct RecordCaller<'c> {
    caller: Caller<'c>,
    record_id: Uuid,
}

impl<'c> RecordCaller<'c> {
    pub(crate) fn new(caller: Caller<'c>, record_id: Uuid) -> Self {
        RecordCaller { caller, record_id }
    }

    /// The record's id.
    pub fn record_id(&self) -> Uuid {
        self.record_id
    }

    /// The things that the query finds, newest first. There may be more than the server sends in full;
    /// see [`RecordCaller::pages`] and [`RecordCaller::all_things`].
    pub async fn get_things(&self, query: &Query) -> Result<Things, Error> {
        let mut found = self.get_groups(std::slice::from_ref(query)).await?;
        found.pop().ok_or_else(|| Error::Malformed("GetThings: no group".to_owned()))
    }

    /// What several queries find, in one call and in their order.
    pub async fn get_groups(&self, queries: &[Query]) -> Result<Vec<Things>, Error> {
        if queries.is_empty() {
            return Ok(Vec::new());
        }
        let found = self.ask(get_things::call(queries), get_things::read).await?;
        if found.len() == queries.len() {
            return Ok(found);
        }
        Err(Error::Malformed(format!("GetThings: {} groups for {} queries", found.len(), queries.len())))
    }

    /// What the query finds, a page at a time, until the last thing has been fetched in full.
    pub fn pages(&self, query: Query) -> ThingPages<'c> {
        ThingPages::new(self.clone(), query)
    }

    /// All things that the query finds, however many calls it takes.
    pub async fn all_things(&self, query: &Query) -> Result<Vec<Thing>, Error> {
        let mut pages = self.pages(query.clone());
        let mut all = Vec::new();
        while let Some(page) = pages.next().await? {
            all.extend(page);
        }
        Ok(all)
    }

    /// Creates and updates things: all of them, or none. The keys come in the order of the things.
    pub async fn put_things(&self, things: &[NewThing]) -> Result<Vec<ThingKey>, Error> {
        if things.is_empty() {
            return Ok(Vec::new());
        }
        let keys = self.ask(put_things::call(things), put_things::read).await?;
        if keys.len() == things.len() {
            return Ok(keys);
        }
        Err(Error::Malformed(format!("PutThings: {} keys for {} things", keys.len(), things.len())))
    }

    /// Removes things: all of them, or none.
    pub async fn remove_things(&self, keys: &[ThingKey]) -> Result<(), Error> {
        if keys.is_empty() {
            return Ok(());
        }
        self.ask(remove_things::call(keys), |_| Ok(())).await
    }

    /// What the application may do with these types. A type of which it may do nothing is left out.
    pub async fn query_permissions(&self, type_ids: &[Uuid]) -> Result<Vec<ThingTypePermission>, Error> {
        if type_ids.is_empty() {
            return Ok(Vec::new());
        }
        self.ask(query_permissions::call(type_ids), query_permissions::read).await
    }

    /// Calls any method about the record. The XML is what stands inside the info element; it goes out as
    /// it is, so it must be well-formed.
    pub async fn call(&self, method: &str, version: u32, info_xml: &str) -> Result<Answer, Error> {
        self.caller.raw(&self.about(raw_call(method, version, info_xml))).await
    }

    pub(crate) async fn ask<T>(
        &self,
        call: Call,
        read: impl Fn(Node<'_, '_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.caller.ask(&self.about(call), read).await
    }

    pub(crate) fn line(&self) -> &'c Line {
        self.caller.line()
    }

    fn about(&self, call: Call) -> Call {
        Call { record_id: Some(self.record_id), ..call }
    }
}
