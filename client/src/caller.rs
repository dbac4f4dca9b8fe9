//! In whose name the application calls. What a person can be asked for beyond this is in the files of
//! the methods.

use roxmltree::Node;
use uuid::Uuid;

use crate::line::{Call, Line, Who};
use crate::methods::{get_person_info, raw_call};
use crate::{Answer, Client, Error, Person, RecordCaller};

/// A person on whose behalf the application calls.
#[derive(Clone)]
pub struct Caller<'c> {
    client: &'c Client,
    who: Who,
}

impl<'c> Caller<'c> {
    pub(crate) fn new(client: &'c Client, who: Who) -> Self {
        Caller { client, who }
    }

    /// The person and the records that they share with the application. It fails with
    /// [`Error::NotAllowed`] if they share none any more.
    pub async fn person_info(&self) -> Result<Person, Error> {
        self.ask(&get_person_info::call(), get_person_info::read).await
    }

    /// The same caller, about a record.
    pub fn record(&self, record_id: Uuid) -> RecordCaller<'c> {
        RecordCaller::new(self.clone(), record_id)
    }

    /// Calls any method in the person's name. The XML is what stands inside the info element; it goes out
    /// as it is, so it must be well-formed.
    pub async fn call(&self, method: &str, version: u32, info_xml: &str) -> Result<Answer, Error> {
        self.raw(&raw_call(method, version, info_xml)).await
    }

    pub(crate) async fn ask<T>(
        &self,
        call: &Call,
        read: impl Fn(Node<'_, '_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.client.ask(&self.who, call, read).await
    }

    pub(crate) fn line(&self) -> &'c Line {
        self.client.line()
    }

    pub(crate) async fn raw(&self, call: &Call) -> Result<Answer, Error> {
        self.client.raw(&self.who, call).await
    }
}

impl std::fmt::Debug for Caller<'_> {
    /// The token is a secret and stays out of logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let person = match &self.who {
            Who::Offline(id) => Some(id),
            Who::Application | Who::Online(_) => None,
        };
        f.debug_struct("Caller").field("offline_person_id", &person).finish_non_exhaustive()
    }
}
