//! `keepwell record …`

use keepwell_core::ids::RecordId;
use keepwell_core::records::{self, State};

use crate::cli::RecordCommand;
use crate::config::Config;
use crate::serve::open;

/// Carries out the command. The server may be running: it holds at the next request.
pub async fn run(config: &Config, command: RecordCommand) -> anyhow::Result<()> {
    let (domain, _) = open(config, true).await?;
    let (id, state, says) = match command {
        RecordCommand::Suspend { id } => (id, State::Suspended, "is closed to everyone. Nothing is lost."),
        RecordCommand::ReadOnly { id } => (id, State::ReadOnly, "can be read, and not changed."),
        RecordCommand::Restore { id } => (id, State::Active, "is open again."),
    };
    records::set_state(&domain, RecordId(id), state).await?;
    println!("{id} {says}");
    println!("The person finds it in the record's log.");
    Ok(())
}
