//! The report for a person to read.

use std::fmt;

use super::{Report, aims};

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.measured(f)?;
        self.disk(f)?;
        self.ratios_table(f)?;
        writeln!(f, "\nAims")?;
        for aim in aims::of(self) {
            let verdict = if aim.met { "reached" } else { "not reached" };
            writeln!(f, "  {:<72} {:>6.2}: {:>6.2}  {verdict}", aim.what, aim.aim, aim.reached)?;
        }
        Ok(())
    }
}

impl Report {
    fn measured(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<15}{:>6}  {:<9}{:>11}{:>10}{:>10}{:>13}{:>14}",
            "request", "conns", "server", "req/s", "p50 µs", "p99 µs", "CPU µs/req", "generator µs"
        )?;
        for cell in &self.cells {
            let m = cell.measured;
            writeln!(
                f,
                "{:<15}{:>6}  {:<9}{:>11.0}{:>10}{:>10}{:>13.1}{:>14.1}",
                cell.kind.name(),
                cell.connections,
                cell.server.name(),
                m.requests_per_second,
                m.p50,
                m.p99,
                m.server_cpu,
                m.generator_cpu
            )?;
        }
        Ok(())
    }

    fn disk(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for synced in &self.disk {
            writeln!(
                f,
                "appends with fdatasync, around put-things at {}: {:.0} a second",
                synced.connections, synced.appends_per_second
            )?;
        }
        Ok(())
    }

    fn ratios_table(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\nKeepwell, over each floor")?;
        writeln!(
            f,
            "{:<15}{:>6}{:>15}{:>15}{:>15}{:>15}{:>15}",
            "request",
            "conns",
            "req/s to bare",
            "req/s to floor",
            "CPU to bare",
            "CPU to floor",
            "req/s to disk"
        )?;
        for r in self.ratios() {
            let disk = r.rate_to_disk.map_or_else(|| "-".to_owned(), |ratio| format!("{ratio:.2}"));
            writeln!(
                f,
                "{:<15}{:>6}{:>15.2}{:>15.2}{:>15.2}{:>15.2}{disk:>15}",
                r.kind.name(),
                r.connections,
                r.rate_to_bare,
                r.rate_to_floor,
                r.cpu_to_bare,
                r.cpu_to_floor
            )?;
        }
        Ok(())
    }
}
