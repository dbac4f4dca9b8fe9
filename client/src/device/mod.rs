//! An application on a device: each installation is an application of its own, with a secret that it
//! shares with the server (connectivity.md 6, wire.md 5.4).
//!
//! [`DeviceSetup`] makes an installation once, by way of the Shell. [`DeviceCredential`] is what is kept
//! of it. [`DeviceClient`] works with it from then on.

mod credential;
mod device_client;
mod setup;
mod shell_end;
#[cfg(test)]
mod tests;

pub use credential::DeviceCredential;
pub use device_client::DeviceClient;
pub use setup::{DeviceConfig, DeviceSetup};
pub use shell_end::ShellEnd;
