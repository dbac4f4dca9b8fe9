//! Attachments in an answer: their information, their bytes, or where to fetch them (things.md 7.2).

use std::collections::HashMap;

use bytes::Bytes;
use keepwell_core::Outage;
use keepwell_core::authorizations::{Avenue, RecordAccess};
use keepwell_core::blobs::{ALGORITHM, BLOCK, Blob, BlobId, READ_LIFE, ReadToken, for_reading};
use keepwell_core::things::{self, GroupAnswer, Thing};
use keepwell_wire::integrity::encode_base64;
use keepwell_wire::methods::get_things::{BlobFormat, Format, Group as Asked, Section};
use keepwell_wire::shapes::{BlobOut, BlobOutData};
use keepwell_wire::status::Status;
use keepwell_wire::things::{BlobHash, DataOther};

use crate::call::Call;
use crate::refusal::Refusal;

/// The bytes that an answer holds.
pub(super) type Inline = HashMap<BlobId, Bytes>;

/// Reads the bytes that an answer is to hold, if they are not too many.
pub(super) async fn inline(
    call: &Call<'_>,
    access: &RecordAccess,
    asked: &[Asked],
    found: &[GroupAnswer],
) -> Result<Inline, Refusal> {
    let mut wanted = Vec::new();
    for (asked, answer) in asked.iter().zip(found) {
        for thing in answer.full.iter().filter(|thing| !thing.blobs.is_empty()) {
            wanted.extend(inline_of(call, &asked.format, thing)?);
        }
    }
    let bytes: u64 = wanted.iter().map(|blob| blob.length).sum();
    let most = call.settings.response_bytes;
    if bytes > most as u64 {
        return Err(Refusal::too_long(most));
    }
    let wanted: Vec<&Blob> = wanted.iter().collect();
    Ok(things::bytes_of(call.domain, access, &wanted).await?)
}

fn inline_of(call: &Call<'_>, format: &Format, thing: &Thing) -> Result<Vec<Blob>, Refusal> {
    let most = call.settings.inline_blob_bytes;
    let too_large = |status, blob: &Blob| {
        let message =
            format!("the attachment {:?} has more than {most} bytes: ask for it streamed", blob.name);
        Err(Refusal::new(status, message))
    };
    let mut inline = Vec::new();
    for blob in thing.blobs.list()? {
        let as_blob = how(format, &blob) == Some(BlobFormat::Inline);
        let as_other = format.sections.contains(&Section::OtherData) && blob.name.is_empty();
        if blob.length > most && as_blob {
            return too_large(Status::BLOB_SIZE_TOO_LARGE_FOR_INLINE, &blob);
        }
        if blob.length > most && as_other {
            return too_large(Status::CANNOT_GET_STREAMED_OTHER_DATA, &blob);
        }
        if as_blob || as_other {
            inline.push(blob);
        }
    }
    Ok(inline)
}

/// How an attachment is to be given; `None` for not at all.
fn how(format: &Format, blob: &Blob) -> Option<BlobFormat> {
    if !format.sections.contains(&Section::BlobPayload) {
        return None;
    }
    match &format.blob_payload_request {
        // One client never says how, and expects addresses.
        None => Some(BlobFormat::Streamed),
        Some(request) if request.names.is_empty() || request.names.contains(&blob.name) => {
            Some(request.format)
        }
        Some(_) => None,
    }
}

/// The attachments of a thing.
pub(super) fn payload(
    call: &Call<'_>,
    access: &RecordAccess,
    format: &Format,
    thing: &Thing,
    inline: &Inline,
) -> Result<Vec<BlobOut>, Refusal> {
    if thing.blobs.is_empty() {
        return Ok(Vec::new());
    }
    let mut out = Vec::new();
    for blob in thing.blobs.list()? {
        let data = match how(format, &blob) {
            None => continue,
            Some(BlobFormat::Information) => BlobOutData::Information,
            Some(BlobFormat::Inline) => BlobOutData::Inline(base64(inline, &blob)),
            Some(BlobFormat::Streamed) => BlobOutData::Streamed(address(call, access, thing, &blob)?),
        };
        // A client fails on a hash without the size of its blocks; nothing has no blocks.
        let hash = (blob.length > 0).then(|| BlobHash {
            algorithm: ALGORITHM.to_owned(),
            block_size: Some(BLOCK as u64),
            hash: blob.hash,
        });
        out.push(BlobOut {
            name: blob.name,
            content_type: blob.content_type,
            hash,
            content_length: Some(blob.length),
            data,
            legacy_content_encoding: blob.legacy_encoding.filter(|said| !said.is_empty()),
            current_content_encoding: blob.encoding,
        });
    }
    Ok(out)
}

/// The default attachment in the older shape, encoded as whoever sent it had encoded it.
pub(super) fn other(thing: &Thing, inline: &Inline) -> Result<Option<DataOther>, Refusal> {
    let Some(blob) = thing.blobs.list()?.into_iter().find(|blob| blob.name.is_empty()) else {
        return Ok(None);
    };
    let bytes = inline.get(&blob.id).cloned().unwrap_or_default();
    let as_text = blob.legacy_encoding.as_deref() == Some("");
    let (text, content_encoding) = match std::str::from_utf8(&bytes) {
        Ok(text) if as_text => (text.to_owned(), None),
        _ => (encode_base64(&bytes), Some(encodings(&blob))),
    };
    let content_type = Some(blob.content_type).filter(|said| !said.is_empty());
    Ok(Some(DataOther { text, content_type, content_encoding }))
}

/// The encodings in the order in which they were applied; Base64 is the last.
fn encodings(blob: &Blob) -> String {
    match (&blob.legacy_encoding, &blob.encoding) {
        (Some(said), _) if !said.is_empty() => said.clone(),
        (_, Some(encoding)) => format!("{encoding},base64"),
        (_, None) => "base64".to_owned(),
    }
}

fn base64(inline: &Inline, blob: &Blob) -> String {
    inline.get(&blob.id).map(|bytes| encode_base64(bytes)).unwrap_or_default()
}

fn address(call: &Call<'_>, access: &RecordAccess, thing: &Thing, blob: &Blob) -> Result<String, Refusal> {
    let token = ReadToken {
        app: call.app()?.id,
        person: access.person(),
        online: access.avenue() == Avenue::Online,
        record: access.record(),
        thing: thing.key.id,
        stamp: thing.key.stamp,
        blob: blob.id,
        expires: call.domain.env.now() + READ_LIFE,
    };
    let sealed = for_reading(call.domain, &token).map_err(|why| Outage::Unavailable(why.to_string()))?;
    Ok(call.settings.blob_url(&sealed))
}
