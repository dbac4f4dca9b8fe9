//! Setting up an installation: an identity from the server, a visit to the Shell, and what came of it.

use std::sync::Arc;

use keepwell_wire::shapes::Instance;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::line::{Line, is_https};
use crate::methods::{new_application_creation_info, topology};
use crate::secret::Secret;
use crate::transport::{Http, Transport};
use crate::{Clock, DeviceClient, Error, ShellEnd, ShellUrl};

/// A device application, as it is registered with the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceConfig {
    /// The whole address of the XML interface, `https://…/platform/wildcat.ashx`.
    pub platform_url: String,
    /// The root of the Shell.
    pub shell_url: String,
    /// The id that all installations come from.
    pub master_app_id: Uuid,
    /// What the person knows this installation by, such as "Ada's phone".
    pub instance_name: String,
}

/// An installation that a person has not allowed yet. It serialises, secret and all, since a device may
/// stop the program while the person is in the Shell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceSetup {
    app_id: Uuid,
    secret: Secret,
    token: Secret,
    platform_url: String,
    shell_url: String,
    master_app_id: Uuid,
    instance_name: String,
}

impl DeviceSetup {
    /// Asks the server for an identity.
    pub async fn begin(config: DeviceConfig) -> Result<Self, Error> {
        DeviceSetup::begin_with(config, Arc::new(Http::new()?), Clock::machine()).await
    }

    /// The same with a transport and a clock of the program's own.
    pub async fn begin_with(
        config: DeviceConfig,
        transport: Arc<dyn Transport>,
        clock: Clock,
    ) -> Result<Self, Error> {
        let DeviceConfig { platform_url, shell_url, master_app_id, instance_name } = config;
        let line = Line::new(platform_url, transport, clock);
        let call = new_application_creation_info::call();
        let given = line.anonymous(master_app_id, &call, new_application_creation_info::read).await?;
        Ok(DeviceSetup {
            app_id: given.app_id,
            secret: given.shared_secret,
            token: given.app_token,
            platform_url: line.platform_url,
            shell_url,
            master_app_id,
            instance_name,
        })
    }

    /// The address to open in the embedded browser. It carries a token that works once.
    pub fn shell_url(&self) -> ShellUrl {
        ShellUrl::create_application(
            &self.shell_url,
            self.master_app_id,
            self.token.expose(),
            &self.instance_name,
        )
    }

    /// Whether the browser has come to the end: ask with every address that it opens.
    pub fn end(&self, url: &str) -> Option<ShellEnd> {
        ShellEnd::of(&self.shell_url, url)
    }

    /// After [`ShellEnd::Allowed`]: finds the instance, signs in, and learns the person and the record.
    /// It may be tried again if the server could not be reached. [`Error::NotAllowed`] or
    /// [`Error::UnknownApplication`] says that nobody allowed it after all; then begin anew.
    pub async fn finish(&self, instance_id: &str) -> Result<DeviceClient, Error> {
        self.finish_with(instance_id, Arc::new(Http::new()?), Clock::machine()).await
    }

    /// The same with a transport and a clock of the program's own.
    pub async fn finish_with(
        &self,
        instance_id: &str,
        transport: Arc<dyn Transport>,
        clock: Clock,
    ) -> Result<DeviceClient, Error> {
        self.finish_at(Some(instance_id), transport, clock).await
    }

    async fn finish_at(
        &self,
        instance_id: Option<&str>,
        transport: Arc<dyn Transport>,
        clock: Clock,
    ) -> Result<DeviceClient, Error> {
        let line = Line::new(self.platform_url.clone(), transport, clock);
        let instance = self.instance(&line, instance_id).await?;
        let line = Line { platform_url: instance.platform_url.clone(), ..line };
        DeviceClient::first(self.app_id, self.secret.clone(), instance, line).await
    }

    /// For a device that cannot watch the browser, since that is another program or on another machine: what
    /// [`DeviceSetup::finish`] makes, at the server that was asked first, or `None` while nobody has let it
    /// in. Ask every few seconds; a server that cannot be reached may be back the next time.
    pub async fn try_finish(&self) -> Result<Option<DeviceClient>, Error> {
        self.try_finish_with(Arc::new(Http::new()?), Clock::machine()).await
    }

    /// The same with a transport and a clock of the program's own.
    pub async fn try_finish_with(
        &self,
        transport: Arc<dyn Transport>,
        clock: Clock,
    ) -> Result<Option<DeviceClient>, Error> {
        match self.finish_at(None, transport, clock).await {
            Ok(device) => Ok(Some(device)),
            Err(Error::UnknownApplication { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The instance that the Shell named, which may be another than the one that was asked first; else that
    /// one.
    async fn instance(&self, line: &Line, id: Option<&str>) -> Result<Instance, Error> {
        let topology = topology(line, self.master_app_id).await?;
        let id = id.or(topology.current_instance_id.as_deref()).unwrap_or_default();
        let mut instances = topology.instances.into_iter();
        let Some(instance) = instances.find(|instance| instance.id.eq_ignore_ascii_case(id)) else {
            return Err(Error::Malformed(format!("GetServiceDefinition: no instance {id:?}")));
        };
        // The secret's session must not leave a protected line for an open one.
        if is_https(&self.platform_url) && !is_https(&instance.platform_url) {
            return Err(Error::Malformed("GetServiceDefinition: an instance without TLS".to_owned()));
        }
        Ok(instance)
    }
}
