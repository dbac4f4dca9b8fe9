//! A file into the record, on from where an earlier try broke off.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context as _, bail};
use keepwell_client::{NewBlob, NewThing, RecordCaller, Upload, Uploaded};
use tokio::fs::File;

use super::progress::Line;
use super::{FILE, beside};

/// Uploads the file and makes it a thing of the record.
pub async fn put(record: &RecordCaller<'_>, file: &Path) -> anyhow::Result<()> {
    let size = fs::metadata(file).with_context(|| format!("cannot read {}", file.display()))?;
    if !size.is_file() || size.len() == 0 {
        bail!("{} is no file with something in it", file.display());
    }
    let kept = beside(file, "keepwell-upload");
    let mut line = Line::of(file);
    let uploaded = upload(record, file, size.len(), &kept, &mut line).await?;
    let thing = NewThing::of(FILE, data(file, size.len(), &uploaded));
    let blob = NewBlob::uploaded("", "application/octet-stream", uploaded);
    let keys = record.put_things(&[thing.with_blob(blob)]).await?;
    gone(&kept)?;
    line.end();
    for key in keys {
        println!("{}", key.id);
    }
    Ok(())
}

/// Uploads what is missing. What is kept beside the file meanwhile is a secret, good for this upload.
async fn upload(
    record: &RecordCaller<'_>,
    file: &Path,
    length: u64,
    kept: &Path,
    line: &mut Line,
) -> anyhow::Result<Uploaded> {
    let mut upload = match former(kept, length)? {
        Some(upload) => upload,
        None => record.begin_upload(length).await?,
    };
    keep(kept, &upload)?;
    let mut source = File::open(file).await?;
    let sent = record.send_upload(&mut upload, &mut source, |progress| line.show(progress)).await;
    keep(kept, &upload)?;
    sent.with_context(|| {
        format!(
            "what the server has of {} is not lost: the same command goes on, within two days",
            file.display()
        )
    })
}

/// An upload that an earlier command began, if it is of a file of this length.
fn former(kept: &Path, length: u64) -> anyhow::Result<Option<Upload>> {
    let text = match fs::read(kept) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", kept.display())),
    };
    let upload: Upload = serde_json::from_slice(&text)
        .with_context(|| format!("{} is not what an upload left; remove it to begin anew", kept.display()))?;
    if upload.length() != length {
        bail!("the file has changed since its upload began; remove {} to begin anew", kept.display());
    }
    Ok(Some(upload))
}

fn keep(kept: &Path, upload: &Upload) -> anyhow::Result<()> {
    let text = serde_json::to_vec(upload)?;
    let mut options = fs::File::options();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let write = || std::io::Write::write_all(&mut options.open(kept)?, &text);
    write().with_context(|| format!("cannot write {}", kept.display()))
}

fn gone(kept: &Path) -> anyhow::Result<()> {
    fs::remove_file(kept).with_context(|| format!("cannot remove {}", kept.display()))
}

/// The data of a file (things.md 7.8). With an id of our own, a command that lost the last answer makes no
/// second file when it comes again.
fn data(file: &Path, size: u64, uploaded: &Uploaded) -> String {
    let name: String = file.file_name().unwrap_or_default().to_string_lossy().chars().take(255).collect();
    let name: String = name.chars().filter(|c| !c.is_control()).collect();
    let name = name.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let id = &uploaded.hash.base64;
    format!(
        "<file><name>{name}</name><size>{size}</size></file><common><client-thing-id>{id}</client-thing-id></common>"
    )
}
