//! `keepwell maintenance …`

use jiff::Timestamp;
use keepwell_core::maintenance;

use crate::cli::MaintenanceCommand;
use crate::config::Config;
use crate::serve::open;

/// Carries out the command. The server may be running: it holds at the next request, on every process.
pub async fn run(config: &Config, command: MaintenanceCommand) -> anyhow::Result<()> {
    let (domain, _) = open(config, true).await?;
    match command {
        MaintenanceCommand::On { message } => {
            maintenance::begin(&domain, message.trim()).await?;
            println!("In maintenance: everything can be read, and nothing changed.");
            println!("End it with: keepwell maintenance off");
        }
        MaintenanceCommand::Off => {
            maintenance::end(&domain).await?;
            println!("No maintenance: everything works.");
        }
        MaintenanceCommand::Status => match maintenance::current(&domain).await? {
            None => println!("No maintenance."),
            Some(now) => {
                let since = Timestamp::from_microsecond(now.since).unwrap_or_default();
                println!("In maintenance since {since:.0}. {}", now.message);
            }
        },
    }
    Ok(())
}
