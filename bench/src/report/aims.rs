//! What we want to reach. A benchmark does not fail: a machine that is busy with something else would
//! make it lie.

use serde::Serialize;

use super::Report;
use crate::fixture::Kind;
use crate::servers::Which;

/// The processor time that creating a session may take, microseconds.
const SESSION_CPU: f64 = 60.0;

/// One aim, and how far it was reached.
#[derive(Clone, Debug, Serialize)]
pub struct Aim {
    pub what: String,
    pub aim: f64,
    pub reached: f64,
    pub met: bool,
}

fn at_least(what: String, aim: f64, reached: f64) -> Aim {
    Aim { what, aim, reached, met: reached >= aim }
}

fn at_most(what: String, aim: f64, reached: f64) -> Aim {
    Aim { what, aim, reached, met: reached <= aim }
}

/// The aims that this report says something about.
pub fn of(report: &Report) -> Vec<Aim> {
    let mut aims = Vec::new();
    for ratios in report.ratios() {
        let at = ratios.connections;
        match ratios.kind {
            Kind::GetThings if at >= 16 => {
                let what = format!("GetThings at {at}: requests a second, over the bare server's, at least");
                aims.push(at_least(what, 0.30, ratios.rate_to_bare));
                let what = format!("GetThings at {at}: CPU a request, over the floor's, at most");
                aims.push(at_most(what, 2.0, ratios.cpu_to_floor));
            }
            Kind::PutThings if at >= 64 => {
                let what = format!("PutThings at {at}: requests a second, over synced appends, at least");
                aims.extend(ratios.rate_to_disk.map(|ratio| at_least(what, 2.0, ratio)));
            }
            Kind::CreateSession => {
                let cpu = report.find(Kind::CreateSession, at, Which::Keepwell).map(|m| m.server_cpu);
                let what = format!("CreateAuthenticatedSessionToken at {at}: CPU a request in µs, at most");
                aims.extend(cpu.map(|cpu| at_most(what, SESSION_CPU, cpu)));
            }
            Kind::GetThings | Kind::PutThings => {}
        }
    }
    aims
}
