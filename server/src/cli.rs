//! The command line: `keepwell NOUN VERB`.
#![allow(rustdoc::bare_urls, reason = "these comments are what the command line prints")]

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::clinic::Language;
use crate::config::Options;
use crate::device::DeviceCommand;
use crate::link::{ClientOptions, LinkOptions};
use crate::persons::SecondStepCommand;
use crate::vocabularies::VocabularyCommand;

/// A personal health record platform that anyone can run.
#[derive(Debug, Parser)]
#[command(name = "keepwell", version, propagate_version = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Where and how; also from the environment and a file.
    #[command(flatten)]
    pub options: Options,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the server.
    ///
    /// Example: keepwell serve --data /var/lib/keepwell --origin https://records.example.org
    Serve,
    /// Run the server with a sample person and a sample website.
    ///
    /// Example: keepwell demo --address 127.0.0.1:9000
    Demo,
    /// Register applications and change them.
    App {
        /// What to do.
        #[command(subcommand)]
        command: AppCommand,
    },
    /// Check the log of who did what to records.
    Audit {
        /// What to do.
        #[command(subcommand)]
        command: AuditCommand,
    },
    /// Files in and out of a record, as an application on this or any other machine.
    File {
        /// What to do.
        #[command(subcommand)]
        command: FileCommand,
    },
    /// Ask patients to share their records with a clinic, with a code on paper.
    Connect {
        /// What to do.
        #[command(subcommand)]
        command: ConnectCommand,
    },
    /// Play a phone: be let in by a person, then write and read weights.
    Device {
        /// What to do.
        #[command(subcommand)]
        command: DeviceCommand,
    },
    /// Leave documents for patients, which they pick up with a code on paper.
    Dropoff {
        /// What to do.
        #[command(subcommand)]
        command: DropoffCommand,
    },
    /// Letters to people.
    Mail {
        /// What to do.
        #[command(subcommand)]
        command: MailCommand,
    },
    /// Let everything be read and nothing changed for a while.
    Maintenance {
        /// What to do.
        #[command(subcommand)]
        command: MaintenanceCommand,
    },
    /// Look after accounts.
    Person {
        /// What to do.
        #[command(subcommand)]
        command: PersonCommand,
    },
    /// Close records and open them again.
    Record {
        /// What to do.
        #[command(subcommand)]
        command: RecordCommand,
    },
    /// Look at the pages of the Shell without a server.
    Templates {
        /// What to do.
        #[command(subcommand)]
        command: TemplatesCommand,
    },
    /// Look at the types of things, and check data against them.
    Type {
        /// What to do.
        #[command(subcommand)]
        command: TypeCommand,
    },
    /// Load sets of codes and look into them.
    Vocabulary {
        /// What to do.
        #[command(subcommand)]
        command: VocabularyCommand,
    },
    /// Say who runs this server.
    Operator {
        /// What to do.
        #[command(subcommand)]
        command: OperatorCommand,
    },
}

/// What to do with applications.
#[derive(Debug, Subcommand)]
pub enum AppCommand {
    /// Register an application from a file.
    ///
    /// Example: keepwell app add clinic.toml --certificate clinic.pem
    Add {
        /// The file that describes it (TOML; docs/CONNECTING.md shows one).
        file: PathBuf,
        /// Certificates that its signatures are checked with (PEM or DER).
        #[arg(long, value_name = "FILE")]
        certificate: Vec<PathBuf>,
    },
    /// Replace an application's description by a file with the same id. Its certificates stay.
    ///
    /// Example: keepwell app update clinic.toml
    Update {
        /// The file.
        file: PathBuf,
    },
    /// List all applications.
    ///
    /// Example: keepwell app list --json
    List {
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show one application.
    ///
    /// Example: keepwell app show 6f5e4d3c-2b1a-4098-8765-43210fedcba9
    Show {
        /// Its id.
        id: uuid::Uuid,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Give an application a new certificate. The former ones go on working until --only.
    ///
    /// Example: keepwell app rotate 6f5e4d3c-2b1a-4098-8765-43210fedcba9 --certificate new.pem --only
    Rotate {
        /// Its id.
        id: uuid::Uuid,
        /// The new certificate (PEM or DER).
        #[arg(long, value_name = "FILE", required = true)]
        certificate: Vec<PathBuf>,
        /// Stop the former certificates at once.
        #[arg(long)]
        only: bool,
    },
    /// Give an application a picture, shown where people are asked. PNG, JPEG or GIF; best 120 by 60 pixels.
    ///
    /// Example: keepwell app logo 6f5e4d3c-2b1a-4098-8765-43210fedcba9 logo.png
    Logo {
        /// Its id.
        id: uuid::Uuid,
        /// The picture.
        file: PathBuf,
    },
    /// Let a person authorize an application that is not for everyone (restrict-users).
    ///
    /// Example: keepwell app admit 6f5e4d3c-2b1a-4098-8765-43210fedcba9 ada@example.org
    Admit {
        /// The application's id.
        id: uuid::Uuid,
        /// The person's e-mail address.
        email: String,
    },
    /// Stop an application at its next call. Nothing is lost; `enable` lets it work again.
    ///
    /// Example: keepwell app disable 6f5e4d3c-2b1a-4098-8765-43210fedcba9
    Disable {
        /// Its id.
        id: uuid::Uuid,
    },
    /// Let a disabled application work again.
    ///
    /// Example: keepwell app enable 6f5e4d3c-2b1a-4098-8765-43210fedcba9
    Enable {
        /// Its id.
        id: uuid::Uuid,
    },
}

/// What to do with the log.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Find entries that were removed, changed, put in or moved. Ends with 1 if there are any.
    ///
    /// Example: keepwell audit verify --heads /mnt/elsewhere/heads-2026-06-01
    Verify {
        /// One record; all without it.
        record: Option<uuid::Uuid>,
        /// Heads that were exported earlier: they show an end that was cut off.
        #[arg(long, value_name = "FILE")]
        heads: Option<PathBuf>,
        /// Print JSON, a line for each record.
        #[arg(long)]
        json: bool,
    },
    /// Write where the log of each record ends into a new file, to be kept elsewhere.
    ///
    /// Example: keepwell audit heads /mnt/elsewhere/heads-2026-06-01
    Heads {
        /// The file; it must not exist yet.
        file: PathBuf,
    },
}

/// What to do with files. The application must be allowed to do so while the person is away.
#[derive(Debug, Subcommand)]
pub enum FileCommand {
    /// Put files into a record. One that broke off goes on where it was with the same command.
    ///
    /// Example: keepwell file put scan.pdf --client clinic/client.toml
    Put {
        /// The files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        #[command(flatten)]
        link: LinkOptions,
    },
    /// List the attachments of a record.
    ///
    /// Example: keepwell file list --client clinic/client.toml
    List {
        #[command(flatten)]
        link: LinkOptions,
    },
    /// Fetch an attachment of a thing.
    ///
    /// Example: keepwell file get 6f5e4d3c-2b1a-4098-8765-43210fedcba9 --client clinic/client.toml
    Get {
        /// The thing, as `list` shows it.
        id: uuid::Uuid,
        /// The name of the attachment, where the thing has several.
        name: Option<String>,
        /// Where to; else a file of its name in this folder.
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
        #[command(flatten)]
        link: LinkOptions,
    },
}

/// What a clinic does to have patients share their records with it.
#[derive(Debug, Subcommand)]
pub enum ConnectCommand {
    /// Ask a patient, and write the letter for them.
    ///
    /// Example: keepwell connect new "Ada Example" --id 1017 --client clinic/client.toml
    New {
        /// Whose record it is, as the clinic knows them.
        name: String,
        /// The clinic's own id of the patient.
        #[arg(long, value_name = "ID")]
        id: String,
        #[command(flatten)]
        letter: LetterOptions,
        #[command(flatten)]
        client: ClientOptions,
    },
    /// List the codes that were given out from here, and which of them were used.
    ///
    /// Example: keepwell connect list --client clinic/client.toml
    List {
        #[command(flatten)]
        client: ClientOptions,
    },
    /// List patients who shared their records, with the ids for reading and writing.
    ///
    /// Example: keepwell connect poll --since 2026-11-01 --client clinic/client.toml
    Poll {
        /// Only those who did it on this day or later.
        #[arg(long, value_name = "DAY")]
        since: Option<jiff::civil::Date>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        client: ClientOptions,
    },
    /// Take a request back that nobody has used.
    ///
    /// Example: keepwell connect delete 1017 --client clinic/client.toml
    Delete {
        /// The clinic's own id of the patient.
        id: String,
        #[command(flatten)]
        client: ClientOptions,
    },
}

/// What a clinic does to leave documents for patients.
#[derive(Debug, Subcommand)]
pub enum DropoffCommand {
    /// Leave files for a patient, and write the letter for them. They are encrypted on this machine.
    ///
    /// Example: keepwell dropoff new result.pdf scans --patient "Ada Example" --id 1017
    New {
        /// The files, and folders of files: PDF, pictures, CCD, C-CDA and CCR, things in XML, anything else.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Whose record they are for, as the clinic knows them.
        #[arg(long, value_name = "NAME")]
        patient: String,
        /// The clinic's own id of the patient.
        #[arg(long, value_name = "ID")]
        id: String,
        #[command(flatten)]
        letter: LetterOptions,
        #[command(flatten)]
        client: ClientOptions,
    },
    /// List what was left from here. Nobody tells whether it was picked up.
    ///
    /// Example: keepwell dropoff list --client clinic/client.toml
    List {
        /// Print JSON.
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        client: ClientOptions,
    },
    /// Take back what nobody has picked up: all of a patient, or one package by its code.
    ///
    /// Example: keepwell dropoff delete 1017 --client clinic/client.toml
    Delete {
        /// The clinic's own id of the patient.
        #[arg(required_unless_present = "code")]
        id: Option<String>,
        /// The code of one package, as its letter says it.
        #[arg(long, value_name = "CODE", conflicts_with = "id")]
        code: Option<String>,
        #[command(flatten)]
        client: ClientOptions,
    },
}

/// What a letter asks, and how it is printed.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct LetterOptions {
    /// A question of your own, that only the patient can answer; you are asked for the answer. Else words
    /// are made that stand on the letter's slip.
    #[arg(long, value_name = "TEXT")]
    pub question: Option<String>,
    /// Where to write the letter (HTML, to be printed) [default: a file of this folder, named by the id].
    #[arg(long, value_name = "FILE")]
    pub letter: Option<PathBuf>,
    /// The language of the letter and of its question.
    #[arg(long, value_enum, default_value_t, value_name = "LANGUAGE")]
    pub language: Language,
    /// Letters in large type.
    #[arg(long)]
    pub large: bool,
}

/// What to do with letters.
#[derive(Debug, Subcommand)]
pub enum MailCommand {
    /// Send one letter now, and say what the mail server answered.
    ///
    /// Example: keepwell mail test ada@example.org --smtp smtps://keepwell@mail.example.org
    Test {
        /// Where the letter goes.
        // Not called `address`: that is where to listen.
        #[arg(value_name = "ADDRESS")]
        to: String,
    },
}

/// What to do with operators.
#[derive(Debug, Subcommand)]
pub enum OperatorCommand {
    /// Open an account for someone who runs this server, and print a link to choose its password.
    ///
    /// Example: keepwell operator add "Ada Example" ada@example.org
    Add {
        /// Full name.
        name: String,
        /// E-mail address, with which they will sign in.
        email: String,
    },
    /// List the operators.
    ///
    /// Example: keepwell operator list
    List,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn where_a_test_letter_goes_is_not_where_to_listen() {
        let cli = Cli::parse_from(["keepwell", "mail", "test", "ada@example.org"]);
        assert_eq!(cli.options.address, None);
        assert!(
            matches!(cli.command, Command::Mail { command: MailCommand::Test { to } } if to == "ada@example.org")
        );
    }
}

/// What to do about maintenance.
#[derive(Debug, Subcommand)]
pub enum MaintenanceCommand {
    /// Begin: applications that write get 152, people a page that says so.
    ///
    /// Example: keepwell maintenance on --message "Back at noon."
    On {
        /// What applications and their developers are told beside that.
        #[arg(long, value_name = "TEXT", default_value = "")]
        message: String,
    },
    /// End.
    ///
    /// Example: keepwell maintenance off
    Off,
    /// Say how it stands.
    ///
    /// Example: keepwell maintenance status
    Status,
}

/// What to do with accounts.
#[derive(Debug, Subcommand)]
pub enum PersonCommand {
    /// Show how an account stands, and the ids of its records.
    ///
    /// Example: keepwell person show ada@example.org
    Show {
        /// The e-mail address that the person signs in with.
        email: String,
    },
    /// Close an account at its next request, at the Shell and for applications. Nothing is lost.
    ///
    /// Example: keepwell person suspend ada@example.org
    Suspend {
        /// The e-mail address that the person signs in with.
        email: String,
    },
    /// Let a suspended account be used again.
    ///
    /// Example: keepwell person restore ada@example.org
    Restore {
        /// The e-mail address that the person signs in with.
        email: String,
    },
    /// Print a code that opens one account, for a server with --sign-up by-code.
    ///
    /// Example: keepwell person invite
    Invite,
    /// The second step of a person's sign-in.
    SecondStep {
        /// What to do.
        #[command(subcommand)]
        command: SecondStepCommand,
    },
}

/// What to do with records. Their ids are told by `keepwell person show`.
#[derive(Debug, Subcommand)]
pub enum RecordCommand {
    /// Close a record to everyone.
    ///
    /// Example: keepwell record suspend 6f5e4d3c-2b1a-4098-8765-43210fedcba9
    Suspend {
        /// Its id.
        id: uuid::Uuid,
    },
    /// Let a record be read only.
    ///
    /// Example: keepwell record read-only 6f5e4d3c-2b1a-4098-8765-43210fedcba9
    ReadOnly {
        /// Its id.
        id: uuid::Uuid,
    },
    /// Open a record again.
    ///
    /// Example: keepwell record restore 6f5e4d3c-2b1a-4098-8765-43210fedcba9
    Restore {
        /// Its id.
        id: uuid::Uuid,
    },
}

/// What to do with pages.
#[derive(Debug, Subcommand)]
pub enum TemplatesCommand {
    /// Render every page in every state and language, without and with a brand, and check each. Ends with 1 if
    /// something is wrong.
    ///
    /// Example: keepwell templates check --config keepwell.toml --out /tmp/pages
    Check {
        /// Also write the pages into this folder, to be looked at.
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
}

/// What to do with thing types. A NAME is a type's id, or its root element for the newest version.
#[derive(Debug, Subcommand)]
pub enum TypeCommand {
    /// List all types: id, root element, name.
    ///
    /// Example: keepwell type list
    List,
    /// Show what a type is made of, and an example.
    ///
    /// Example: keepwell type show blood-pressure
    Show {
        /// The type.
        name: String,
        /// Only its XML schema.
        #[arg(long, conflicts_with = "example")]
        xsd: bool,
        /// Only the example.
        #[arg(long)]
        example: bool,
    },
    /// Check the data in a file: a request, things, or what stands in a data-xml.
    ///
    /// Example: keepwell type check weight.xml
    Check {
        /// The file.
        file: PathBuf,
        /// The type, where the file does not say it.
        #[arg(long = "type", value_name = "NAME")]
        name: Option<String>,
    },
}
