//! An installation at work.

use std::sync::Arc;

use keepwell_wire::shapes::Instance;
use uuid::Uuid;

use super::DeviceCredential;
use crate::line::Line;
use crate::secret::Secret;
use crate::transport::{Http, Transport};
use crate::{Caller, Client, Clock, Error, PeopleQuery, RecordCaller, ShellUrl};

/// An installation on a device: the [`Client`], and the person and the record that it is for.
#[derive(Debug)]
pub struct DeviceClient {
    client: Client,
    credential: DeviceCredential,
}

impl DeviceClient {
    /// From what was kept. It calls over HTTP and takes the device's time; it makes no call yet.
    pub fn new(credential: DeviceCredential) -> Result<Self, Error> {
        DeviceClient::with(credential, Arc::new(Http::new()?), Clock::machine())
    }

    /// The same with a transport and a clock of the program's own.
    pub fn with(
        credential: DeviceCredential,
        transport: Arc<dyn Transport>,
        clock: Clock,
    ) -> Result<Self, Error> {
        let line = Line::new(credential.platform_url.clone(), transport, clock);
        let client = Client::of_device(credential.app_id, &credential.secret, line)?;
        Ok(DeviceClient { client, credential })
    }

    /// An installation that has just been allowed.
    pub(super) async fn first(
        app_id: Uuid,
        secret: Secret,
        instance: Instance,
        line: Line,
    ) -> Result<Self, Error> {
        let client = Client::of_device(app_id, &secret, line)?;
        let (person_id, record_id) = whose(&client).await?;
        let credential = DeviceCredential {
            app_id,
            secret,
            person_id,
            record_id,
            instance_id: instance.id,
            platform_url: instance.platform_url,
            shell_url: instance.shell_url,
        };
        Ok(DeviceClient { client, credential })
    }

    /// What to keep.
    pub fn credential(&self) -> &DeviceCredential {
        &self.credential
    }

    /// The client, for calls in the installation's own name.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Calls in the name of the person.
    pub fn person(&self) -> Caller<'_> {
        self.client.offline(self.credential.person_id)
    }

    /// Works with the record that the person chose.
    pub fn record(&self) -> RecordCaller<'_> {
        self.person().record(self.credential.record_id)
    }

    /// The address where the person can allow it again, after [`Error::NotAllowed`]. It ends like the
    /// first visit, see [`ShellEnd`](crate::ShellEnd); [`DeviceClient::refresh`] then.
    pub fn authorize_url(&self) -> ShellUrl {
        ShellUrl::app_auth(&self.credential.shell_url, self.client.app_id()).param("mobile", true)
    }

    /// Learns the person and the record anew: they may have chosen another. Keep the credential again.
    pub async fn refresh(&mut self) -> Result<&DeviceCredential, Error> {
        (self.credential.person_id, self.credential.record_id) = whose(&self.client).await?;
        Ok(&self.credential)
    }

    /// Gives up every record that the person shares with this installation. Forget the credential,
    /// whatever comes of it (connectivity.md 6.3). All records are tried; the first failure is told.
    pub async fn sign_out(self) -> Result<(), Error> {
        let records = match self.person().person_info().await {
            Ok(person) => person.records,
            // There is nothing left to give up.
            Err(Error::NotAllowed { .. }) => return Ok(()),
            Err(error) => return Err(error),
        };
        let mut outcome = Ok(());
        for record in records {
            outcome = outcome.and(self.person().record(record.id).remove_authorization().await);
        }
        outcome
    }
}

/// The person who allowed the installation, of whom there is one, and the record: the one that they
/// chose, or else the first.
async fn whose(client: &Client) -> Result<(Uuid, Uuid), Error> {
    let mut people = client.authorized_people(&PeopleQuery::default()).await?.people.into_iter();
    let found = people.find_map(|person| {
        let record = person.record().or(person.records.first())?;
        Some((person.id, record.id))
    });
    found.ok_or_else(|| Error::NotAllowed {
        method: "GetAuthorizedPeople".to_owned(),
        message: "nobody shares a record with this installation".to_owned(),
    })
}
