//! Who calls, and about which record.

use keepwell_wire::shapes::{ThingKey, ThingTypePermission};
use uuid::Uuid;

use crate::methods::{
    Query, Things, get_person_info, get_things, put_things, query_permissions, remove_things,
};
use crate::web_client::Call;
use crate::{Error, NewThing, Person, WebClient};

/// In whose name a call is made.
#[derive(Clone)]
pub(crate) enum Who {
    /// The application's own.
    Application,
    /// A person's who is present.
    Online(String),
    /// A person's who is not.
    Offline(Uuid),
}

/// A person on whose behalf the application calls.
#[derive(Clone)]
pub struct Caller<'c> {
    client: &'c WebClient,
    who: Who,
}

impl<'c> Caller<'c> {
    pub(crate) fn new(client: &'c WebClient, who: Who) -> Self {
        Caller { client, who }
    }

    /// The person and the records that they share with the application.
    pub async fn person_info(&self) -> Result<Person, Error> {
        self.client.call(&self.who, &get_person_info::call(), get_person_info::read).await
    }

    /// The same caller, about a record.
    pub fn record(&self, record_id: Uuid) -> RecordCaller<'c> {
        RecordCaller { caller: self.clone(), record_id }
    }
}

/// A person on whose behalf the application works with a record.
#[derive(Clone)]
pub struct RecordCaller<'c> {
    caller: Caller<'c>,
    record_id: Uuid,
}

impl RecordCaller<'_> {
    /// The things that the query finds, newest first.
    pub async fn get_things(&self, query: &Query) -> Result<Things, Error> {
        self.call(get_things::call(query), get_things::read).await
    }

    /// Creates and updates things: all of them, or none. The keys come in the order of the things.
    pub async fn put_things(&self, things: &[NewThing]) -> Result<Vec<ThingKey>, Error> {
        if things.is_empty() {
            return Ok(Vec::new());
        }
        let keys = self.call(put_things::call(things), put_things::read).await?;
        if keys.len() == things.len() {
            return Ok(keys);
        }
        Err(Error::Malformed(format!("{} keys for {} things", keys.len(), things.len())))
    }

    /// Removes things: all of them, or none.
    pub async fn remove_things(&self, keys: &[ThingKey]) -> Result<(), Error> {
        if keys.is_empty() {
            return Ok(());
        }
        self.call(remove_things::call(keys), |_| Ok(())).await
    }

    /// What the application may do with these types. A type of which it may do nothing is left out.
    pub async fn query_permissions(&self, type_ids: &[Uuid]) -> Result<Vec<ThingTypePermission>, Error> {
        if type_ids.is_empty() {
            return Ok(Vec::new());
        }
        self.call(query_permissions::call(type_ids), query_permissions::read).await
    }

    async fn call<T>(
        &self,
        call: Call,
        read: impl Fn(roxmltree::Node<'_, '_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let call = Call { record_id: Some(self.record_id), ..call };
        self.caller.client.call(&self.caller.who, &call, read).await
    }
}
