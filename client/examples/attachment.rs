//! Attaches a file to a record, and fetches it back into a file beside it:
//! `cargo run -p keepwell-client --example attachment -- CREDENTIAL FILE`
//!
//! The credential is what a device keeps (`DeviceClient::credential`), as JSON. A run that was interrupted is
//! gone on with by the next one, which finds what the first kept beside the file.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use keepwell_client::{
    BlobFormat, DeviceClient, NewBlob, NewThing, Progress, Query, RecordCaller, Upload, Uploaded,
};
use tokio::fs::File;
use uuid::{Uuid, uuid};

/// The type of a file, whose bytes are its default attachment.
const FILE: Uuid = uuid!("bd0403c5-4ae2-4b0e-a8db-1888678e4528");

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1).map(PathBuf::from);
    let (Some(credential), Some(file)) = (arguments.next(), arguments.next()) else {
        return Err("attachment CREDENTIAL FILE".into());
    };
    let device = DeviceClient::new(serde_json::from_slice(&fs::read(credential)?)?)?;
    let record = device.record();

    let uploaded = upload(&record, &file).await?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let name = name.replace('&', "&amp;").replace('<', "&lt;");
    let size = uploaded.length;
    let thing = NewThing::of(FILE, format!("<file><name>{name}</name><size>{size}</size></file>"));
    let blob = NewBlob::uploaded("", "application/octet-stream", uploaded);
    let keys = record.put_things(&[thing.with_blob(blob)]).await?;

    let query = Query::of_keys(keys).with_blobs(BlobFormat::Streamed);
    let found = record.get_things(&query).await?;
    let blob = found.things.first().and_then(|thing| thing.blob("")).ok_or("it is not there")?;
    let copy = beside(&file, "copy");
    record.download(blob, &mut File::create(&copy).await?, show).await?;
    println!("\nattached, and fetched back into {}", copy.display());
    Ok(())
}

/// Uploads the file, or what is missing of it. What is kept meanwhile is a secret.
async fn upload(record: &RecordCaller<'_>, file: &Path) -> Result<Uploaded, Box<dyn Error>> {
    let kept = beside(file, "upload");
    let mut upload: Upload = match fs::read(&kept) {
        Ok(text) => serde_json::from_slice(&text)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            record.begin_upload(fs::metadata(file)?.len()).await?
        }
        Err(error) => return Err(error.into()),
    };
    fs::write(&kept, serde_json::to_vec(&upload)?)?;
    let sent = record.send_upload(&mut upload, &mut File::open(file).await?, show).await;
    fs::write(&kept, serde_json::to_vec(&upload)?)?;
    let uploaded = sent?;
    fs::remove_file(kept)?;
    println!();
    Ok(uploaded)
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

fn show(progress: Progress) {
    print!("\r{} of {} bytes", progress.done, progress.total.unwrap_or(progress.done));
}
