//! BeginPutBlob 1: reserves an upload (methods.md 11.4). One client names no record here, so that none is
//! needed.

use keepwell_core::blobs::{self, ALGORITHM, BLOCK, CHUNK};
use keepwell_wire::methods::begin_put_blob::{BlobPut, answer};
use keepwell_wire::status::Status;

use crate::call::Call;
use crate::refusal::Refusal;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    if call.header.record_id.is_some() && call.record.is_none() {
        return Err(Refusal::new(Status::INVALID_RECORD, "this application knows no such record"));
    }
    let begun = blobs::begin(call.domain, call.caller()?, call.record).await?;
    let size = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX);
    Ok(answer(&BlobPut {
        url: call.settings.blob_url(&begun.token),
        chunk_size: size(CHUNK),
        max_size: u32::try_from(begun.most).unwrap_or_default(),
        hash_algorithm: ALGORITHM,
        block_size: size(BLOCK),
    }))
}
