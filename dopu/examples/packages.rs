//! Seals and opens packages for `tests/dopu/run`, which holds them against another implementation: a task
//! in JSON on each line of the standard input, an answer on each line of the output.

use std::io::{BufRead, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use keepwell_dopu::{Algorithm, Key, Parameters};
use serde::Deserialize;

#[derive(Deserialize)]
struct Task {
    /// `seal`, `open`, `seal-chunk` or `open-chunk`.
    what: String,
    algorithm: String,
    answer: String,
    salt: String,
    iterations: u32,
    /// What is sealed or opened, in base64.
    bytes: String,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let done = perform(&serde_json::from_str(&line?)?)?;
        writeln!(out, "{}", serde_json::json!({ "bytes": done.map(|bytes| STANDARD.encode(bytes)) }))?;
    }
    Ok(())
}

/// The bytes, or none where they do not open.
fn perform(task: &Task) -> Result<Option<Vec<u8>>, Box<dyn std::error::Error>> {
    let algorithm = Algorithm::from_name(&task.algorithm).ok_or("an unknown algorithm")?;
    let parameters = Parameters::new(algorithm, &*task.salt, task.iterations, None)?;
    let key = Key::derive(&task.answer, &parameters);
    let bytes = STANDARD.decode(&task.bytes)?;
    Ok(match &*task.what {
        "seal" => Some(key.seal(&bytes, &random)),
        "open" => key.open(&bytes).ok().map(|opened| opened.to_vec()),
        "seal-chunk" => Some(key.seal_chunk(&bytes, &random)),
        "open-chunk" => key.open_chunk(&bytes).ok().map(|opened| opened.to_vec()),
        other => return Err(format!("an unknown task {other}").into()),
    })
}

#[expect(clippy::expect_used, reason = "without randomness there is nothing to seal")]
fn random(filler: &mut [u8]) {
    aws_lc_rs::rand::fill(filler).expect("the system has randomness");
}
