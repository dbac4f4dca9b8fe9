//! `keepwell audit …`

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use anyhow::{Context as _, bail};
use jiff::Timestamp;
use keepwell_core::Domain;
use keepwell_core::audit::{self, Head, Report};
use keepwell_core::ids::RecordId;
use serde_json::json;

use crate::cli::AuditCommand;
use crate::config::Config;
use crate::serve::open;

/// Records asked for at a time.
const PAGE: u32 = 1_000;

/// Carries out the command. The server may be running.
pub async fn run(config: &Config, command: AuditCommand) -> anyhow::Result<()> {
    let (domain, _) = open(config, true).await?;
    match command {
        AuditCommand::Verify { record, heads, json } => {
            let known = heads.as_deref().map(read).transpose()?.unwrap_or_default();
            verify(&domain, record.map(RecordId), known, json).await
        }
        AuditCommand::Heads { file } => export(&domain, &file).await,
    }
}

async fn verify(
    domain: &Domain,
    only: Option<RecordId>,
    mut known: BTreeMap<RecordId, Head>,
    json: bool,
) -> anyhow::Result<()> {
    let mut sum = Sum { json, ..Sum::default() };
    if let Some(record) = only {
        let report = audit::verify(domain, record, known.get(&record)).await?;
        if report.checked + report.waiting == 0 && report.is_whole() {
            bail!("nothing is logged about a record {record}; is the id right?");
        }
        sum.add(&report)?;
        return sum.end();
    }
    let mut after = None;
    loop {
        let page = audit::logged_records(domain, after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = Some(*last);
        for record in page {
            let exported = known.remove(&record);
            sum.add(&audit::verify(domain, record, exported.as_ref()).await?)?;
        }
    }
    // A record of which nothing is left is known from the file alone.
    for (record, head) in known {
        sum.add(&audit::verify(domain, record, Some(&head)).await?)?;
    }
    sum.end()
}

/// What was found so far.
#[derive(Default)]
struct Sum {
    json: bool,
    records: u64,
    checked: u64,
    erased: u64,
    waiting: u64,
    damaged: u64,
    gone: u64,
}

impl Sum {
    fn add(&mut self, report: &Report) -> anyhow::Result<()> {
        self.records += 1;
        self.checked += report.checked;
        self.erased += report.erased;
        self.waiting += report.waiting;
        self.damaged += u64::from(!report.is_whole());
        self.gone += u64::from(report.erasure.is_some());
        let faults: Vec<String> = report.faults.iter().map(ToString::to_string).collect();
        let mut out = std::io::stdout().lock();
        if self.json {
            let Report { record, checked, erased, waiting, more_faults, erasure, .. } = report;
            let line = json!({
                "record": record, "checked": checked, "erased": erased, "waiting": waiting,
                "faults": faults, "more_faults": more_faults, "record_erased": erasure.is_some(),
            });
            writeln!(out, "{line}")?;
        } else if !report.is_whole() {
            writeln!(out, "Record {}:", report.record)?;
            for fault in faults {
                writeln!(out, "  {fault}")?;
            }
            if report.more_faults > 0 {
                writeln!(out, "  and {} more", report.more_faults)?;
            }
        }
        Ok(())
    }

    fn end(self) -> anyhow::Result<()> {
        if !self.json {
            println!(
                "Checked {} entries of {} records. {} have no details any more, {} wait for their seals.",
                self.checked, self.records, self.erased, self.waiting
            );
        }
        if !self.json && self.gone > 0 {
            println!("{} records were erased by their people; a note of it stands for each log.", self.gone);
        }
        if self.damaged > 0 {
            bail!(
                "the log of {} of {} records is not whole. Keep this database as it is, and compare it with a backup",
                self.damaged,
                self.records
            );
        }
        if !self.json {
            println!("Nothing is missing, changed, put in or moved.");
        }
        Ok(())
    }
}

async fn export(domain: &Domain, path: &Path) -> anyhow::Result<()> {
    audit::seal(domain).await?;
    let cannot = || format!("cannot write {}", path.display());
    let mut file = BufWriter::new(File::create_new(path).with_context(cannot)?);
    let (mut after, mut count) = (None, 0_u64);
    loop {
        let page = audit::heads(domain, after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.record);
        for head in &page {
            serde_json::to_writer(&mut file, head)?;
            writeln!(file).with_context(cannot)?;
            count += 1;
        }
    }
    file.into_inner()
        .map_err(|error| error.into_error())
        .and_then(|file| file.sync_all())
        .with_context(cannot)?;
    let now = Timestamp::from_microsecond(domain.env.now()).unwrap_or_default();
    println!("The heads of {count} records as of {now:.0} are in {}.", path.display());
    println!("Keep the file where nobody who reaches the database can change it. Check against it with:");
    println!("  keepwell audit verify --heads {}", path.display());
    Ok(())
}

fn read(path: &Path) -> anyhow::Result<BTreeMap<RecordId, Head>> {
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut heads = BTreeMap::new();
    for (number, line) in BufReader::new(file).lines().enumerate() {
        let line = line.with_context(|| format!("cannot read {}", path.display()))?;
        let head: Head = serde_json::from_str(&line)
            .with_context(|| format!("line {} of {} is no head", number + 1, path.display()))?;
        heads.insert(head.record, head);
    }
    if heads.is_empty() {
        bail!("{} holds no heads", path.display());
    }
    Ok(heads)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_heads_is_read_as_it_was_written_and_a_damaged_one_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("heads");
        let head =
            Head { record: RecordId(uuid::Uuid::from_u128(5)), sequence: 7, seal: "ab".into(), sealed: 1 };
        let line = serde_json::to_string(&head).unwrap();
        std::fs::write(&path, format!("{line}\n")).unwrap();
        assert_eq!(read(&path).unwrap(), BTreeMap::from([(head.record, head)]));
        std::fs::write(&path, format!("{line}\n{{")).unwrap();
        assert!(read(&path).unwrap_err().to_string().contains("line 2"));
        std::fs::write(&path, "").unwrap();
        assert!(read(&path).is_err());
    }
}
