//! `keepwell device VERB`.
#![allow(rustdoc::bare_urls, reason = "these comments are what the command line prints")]

use std::path::PathBuf;

use clap::Subcommand;

/// Which device a command plays.
#[derive(Clone, Debug, clap::Args)]
pub struct DeviceFile {
    /// The file with what the device keeps.
    #[arg(long, value_name = "FILE", default_value = "phone.json")]
    pub file: PathBuf,
}

/// What a device does.
#[derive(Debug, Subcommand)]
pub enum DeviceCommand {
    /// Set a device up: ask for an identity, say which address to open, and wait until it is let in there.
    ///
    /// Example: keepwell device new "Ada's phone" --server http://localhost:8470 --app 6f5e4d3c-2b1a-4098-8765-43210fedcba9
    New {
        /// What the person knows the device by.
        name: String,
        /// How browsers reach the server.
        #[arg(long, value_name = "URL")]
        server: String,
        /// The whole address of the XML API [default: at the server].
        #[arg(long, value_name = "URL")]
        platform: Option<String>,
        /// The application, which must be for devices (mobile).
        #[arg(long, value_name = "ID")]
        app: uuid::Uuid,
        /// Where to keep what the device must not lose, secret and all.
        #[arg(long, value_name = "FILE", default_value = "phone.json")]
        file: PathBuf,
        /// Do not wait.
        #[arg(long)]
        no_wait: bool,
    },
    /// Wait until a device is let in that was set up before.
    ///
    /// Example: keepwell device wait --file phone.json
    Wait {
        #[command(flatten)]
        device: DeviceFile,
    },
    /// Write a weight of now into the record.
    ///
    /// Example: keepwell device weigh 72.5 --file phone.json
    Weigh {
        /// Kilograms.
        kg: f64,
        #[command(flatten)]
        device: DeviceFile,
    },
    /// Read the newest weights.
    ///
    /// Example: keepwell device list --file phone.json
    List {
        #[command(flatten)]
        device: DeviceFile,
    },
    /// Give the record up and remove the file.
    ///
    /// Example: keepwell device forget --file phone.json
    Forget {
        #[command(flatten)]
        device: DeviceFile,
    },
}
