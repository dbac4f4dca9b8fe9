//! What the disk gives: appends, each synced before the next.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use crate::clock;

/// About what a log needs for a small write.
const BYTES: [u8; 200] = [b'.'; 200];

/// Appends with fdatasync, one after the other, for so long; answers how many a second.
pub fn synced_appends(path: &Path, time: Duration) -> std::io::Result<f64> {
    let mut file = File::options().create(true).append(true).open(path)?;
    let begin = clock::now();
    let mut count = 0_u32;
    loop {
        file.write_all(&BYTES)?;
        file.sync_data()?;
        count += 1;
        let elapsed = begin.elapsed();
        if elapsed >= time {
            return Ok(f64::from(count) / elapsed.as_secs_f64());
        }
    }
}
