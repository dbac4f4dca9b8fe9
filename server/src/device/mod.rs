//! `keepwell device …`: plays a phone, to see how an application for devices is let in and works. It talks to
//! any server of the protocol.

mod command;
mod kept;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use keepwell_client::things::{WEIGHT, Weight};
use keepwell_client::transport::{Http, Transport};
use keepwell_client::{
    Clock, DeviceClient, DeviceConfig, DeviceCredential, DeviceSetup, Error, NewThing, Query, Thing,
};
use keepwell_core::Env;

pub use self::command::DeviceCommand;
use self::kept::Kept;
use crate::vocabularies::print;

/// Between two looks whether the person has let the device in, and between two tries of a lost network.
const PAUSE: Duration = Duration::from_secs(2);
/// Tries while the server cannot be reached.
const TRIES: u32 = 10;

/// Carries out the command.
pub async fn run(command: DeviceCommand) -> anyhow::Result<()> {
    let phone = Phone { transport: Arc::new(Http::new()?), clock: Clock::machine(), pause: PAUSE };
    match command {
        DeviceCommand::New { name, server, platform, app, file, no_wait } => {
            let server = server.trim_end_matches('/').to_owned();
            let platform_url = platform.unwrap_or_else(|| format!("{server}{}", keepwell_platform::PATH));
            let config = DeviceConfig {
                platform_url,
                shell_url: format!("{server}/"),
                master_app_id: app,
                instance_name: name,
            };
            let setup = phone.begin(config, &file).await?;
            println!("Open this address in a browser, sign in, and allow it:");
            println!();
            println!("  {}", setup.shell_url());
            println!();
            match no_wait {
                true => println!("Then: keepwell device wait --file {}", file.display()),
                false => wait(&phone, &file).await?,
            }
            Ok(())
        }
        DeviceCommand::Wait { device } => wait(&phone, &device.file).await,
        DeviceCommand::Weigh { kg, device } => {
            let now = Timestamp::from_microsecond(Env::system().now())?;
            let now = TimeZone::system().to_datetime(now);
            phone.weigh(&device.file, kg, now).await?;
            println!("{kg} kg is in the record.");
            Ok(())
        }
        DeviceCommand::List { device } => print(&list(&phone.weights(&device.file).await?)?),
        DeviceCommand::Forget { device } => {
            phone.forget(&device.file).await?;
            println!("The device may not use the record any more, and {} is gone.", device.file.display());
            Ok(())
        }
    }
}

async fn wait(phone: &Phone, file: &Path) -> anyhow::Result<()> {
    println!("Waiting until it is let in. Ctrl-C stops; \"keepwell device wait\" goes on.");
    phone.wait(file).await?;
    let file = file.display();
    println!("It is let in. Try:");
    println!("  keepwell device weigh 72.5 --file {file}");
    println!("  keepwell device list --file {file}");
    Ok(())
}

fn list(things: &[Thing]) -> anyhow::Result<String> {
    let mut text = String::new();
    for thing in things {
        let Weight { kg, when, .. } = thing.weight()?;
        writeln!(text, "{}  {kg} kg", when.strftime("%Y-%m-%d %H:%M"))?;
    }
    if text.is_empty() {
        text.push_str("There are no weights that this device may read.\n");
    }
    Ok(text)
}

/// What a phone has beside its file: a network and a clock.
struct Phone {
    transport: Arc<dyn Transport>,
    clock: Clock,
    pause: Duration,
}

impl Phone {
    /// Asks for an identity and keeps it before anybody is asked anything.
    async fn begin(&self, config: DeviceConfig, file: &Path) -> anyhow::Result<DeviceSetup> {
        if file.exists() {
            bail!("{} is there already; it may be a device that still works", file.display());
        }
        let begun = DeviceSetup::begin_with(config, Arc::clone(&self.transport), self.clock.clone()).await;
        let setup = begun.map_err(|error| match error {
            Error::UnknownApplication { .. } => anyhow::Error::from(error)
                .context("the server does not offer this application to devices; see: keepwell app list"),
            other => other.into(),
        })?;
        Kept::Waiting(setup.clone()).write_new(file)?;
        Ok(setup)
    }

    /// Waits until the person has decided. A server that is away for a while is waited for too.
    async fn wait(&self, file: &Path) -> anyhow::Result<()> {
        let Kept::Waiting(setup) = Kept::read(file)? else { return Ok(()) };
        let mut is_away = false;
        loop {
            let look = setup.try_finish_with(Arc::clone(&self.transport), self.clock.clone()).await;
            match look {
                Ok(Some(device)) => return Kept::Ready(device.credential().clone()).write(file),
                Ok(None) => is_away = false,
                Err(Error::Transport(_)) if !is_away => {
                    is_away = true;
                    eprintln!("The server cannot be reached. It is tried again until it can.");
                }
                Err(Error::Transport(_)) => {}
                Err(error) => return Err(error.into()),
            }
            tokio::time::sleep(self.pause).await;
        }
    }

    fn device(&self, file: &Path) -> anyhow::Result<DeviceClient> {
        match Kept::read(file)? {
            Kept::Ready(credential) => self.client(credential),
            Kept::Waiting(setup) => bail!(
                "nobody has let this device in yet. Open\n  {}\nand then: keepwell device wait --file {}",
                setup.shell_url(),
                file.display()
            ),
        }
    }

    fn client(&self, credential: DeviceCredential) -> anyhow::Result<DeviceClient> {
        Ok(DeviceClient::with(credential, Arc::clone(&self.transport), self.clock.clone())?)
    }

    /// Writes a weight. It has an id of the device's own, so that it is there once however often it is sent.
    async fn weigh(&self, file: &Path, kg: f64, when: jiff::civil::DateTime) -> anyhow::Result<()> {
        let device = self.device(file)?;
        let id = Env::system().uuid();
        let data = Weight::new(kg, when).to_data_xml();
        let data = format!("{data}<common><client-thing-id>{id}</client-thing-id></common>");
        let thing = [NewThing::of(WEIGHT, data)];
        self.patiently(&device, file, async || device.record().put_things(&thing).await).await.map(drop)
    }

    /// The newest weights.
    async fn weights(&self, file: &Path) -> anyhow::Result<Vec<Thing>> {
        let device = self.device(file)?;
        let query = Query::of_type(WEIGHT).max(10);
        let found = self.patiently(&device, file, async || device.record().get_things(&query).await).await?;
        Ok(found.things)
    }

    /// Gives the record up and forgets everything, also when the server does not answer.
    async fn forget(&self, file: &Path) -> anyhow::Result<()> {
        if let Kept::Ready(credential) = Kept::read(file)?
            && let Err(error) = self.client(credential)?.sign_out().await
            && !matches!(error, Error::UnknownApplication { .. })
        {
            eprintln!("The server was not told: {error}");
        }
        fs::remove_file(file).with_context(|| format!("cannot remove {}", file.display()))
    }

    /// Does it, again where the network is lost, and says what to do where the person has changed their mind.
    async fn patiently<T>(
        &self,
        device: &DeviceClient,
        file: &Path,
        work: impl AsyncFn() -> Result<T, Error>,
    ) -> anyhow::Result<T> {
        let mut tries = 1;
        loop {
            match work().await {
                Err(Error::Transport(_)) if tries < TRIES => {
                    if tries == 1 {
                        eprintln!("The server cannot be reached. It is tried again for a while.");
                    }
                    tries += 1;
                    tokio::time::sleep(self.pause).await;
                }
                Err(error @ Error::Transport(_)) => {
                    return Err(error).context("nothing is lost; try again when the network is back");
                }
                other => return other.map_err(|error| explain(error, device, file)),
            }
        }
    }
}

/// What an answer means for whoever holds the device.
fn explain(error: Error, device: &DeviceClient, file: &Path) -> anyhow::Error {
    let what = match &error {
        Error::NotAllowed { .. } => format!(
            "the person does not allow this, or not any more. They can allow it again at\n  {}",
            device.authorize_url()
        ),
        Error::UnknownApplication { .. } | Error::SignedOut { .. } => format!(
            "this device was cut off, or the application is closed. To set it up anew, remove {} and begin \
             with: keepwell device new",
            file.display()
        ),
        _ => return error.into(),
    };
    anyhow::Error::from(error).context(what)
}
