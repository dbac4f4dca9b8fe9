//! What was measured, and what it amounts to.

mod aims;
mod table;

use serde::Serialize;

use self::aims::Aim;
use crate::fixture::Kind;
use crate::load::Measured;
use crate::servers::Which;

/// One server under one load.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Cell {
    pub kind: Kind,
    pub connections: u16,
    pub server: Which,
    #[serde(flatten)]
    pub measured: Measured,
}

/// What the disk alone did just before and just after Keepwell's writes at so many connections.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Synced {
    pub connections: u16,
    pub appends_per_second: f64,
}

/// Everything that a run measured.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    pub cells: Vec<Cell>,
    pub disk: Vec<Synced>,
}

/// Keepwell over each of its floors.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Ratios {
    pub kind: Kind,
    pub connections: u16,
    /// Requests a second, over those of the bare server.
    pub rate_to_bare: f64,
    /// Requests a second, over those of the floor.
    pub rate_to_floor: f64,
    /// Processor time a request, over the floor's.
    pub cpu_to_floor: f64,
    /// Processor time a request, over the bare server's.
    pub cpu_to_bare: f64,
    /// Writes a second, over synced appends a second.
    pub rate_to_disk: Option<f64>,
}

/// The report with what follows from it.
#[derive(Serialize)]
pub struct Whole<'r> {
    #[serde(flatten)]
    report: &'r Report,
    ratios: Vec<Ratios>,
    aims: Vec<Aim>,
}

impl Report {
    /// The report for a machine to read.
    pub fn with_ratios(&self) -> Whole<'_> {
        Whole { report: self, ratios: self.ratios(), aims: aims::of(self) }
    }

    fn find(&self, kind: Kind, connections: u16, server: Which) -> Option<Measured> {
        let fits = |c: &&Cell| c.kind == kind && c.connections == connections && c.server == server;
        self.cells.iter().find(fits).map(|c| c.measured)
    }

    fn ratios(&self) -> Vec<Ratios> {
        self.cells
            .iter()
            .filter(|c| c.server == Which::Keepwell)
            .filter_map(|c| {
                let bare = self.find(c.kind, c.connections, Which::Bare)?;
                let floor = self.find(c.kind, c.connections, Which::Floor)?;
                let disk = self.disk.iter().find(|d| d.connections == c.connections);
                let rate = c.measured.requests_per_second;
                Some(Ratios {
                    kind: c.kind,
                    connections: c.connections,
                    rate_to_bare: rate / bare.requests_per_second,
                    rate_to_floor: rate / floor.requests_per_second,
                    cpu_to_floor: c.measured.server_cpu / floor.server_cpu,
                    cpu_to_bare: c.measured.server_cpu / bare.server_cpu,
                    rate_to_disk: disk
                        .filter(|_| c.kind == Kind::PutThings)
                        .map(|d| rate / d.appends_per_second),
                })
            })
            .collect()
    }
}
