//! BeginPutConnectPackageBlob 1: reserves an upload for a package (methods.md 8.7).

use keepwell_core::blobs::{self, ALGORITHM, BLOCK, CHUNK};
use keepwell_core::packages::Algorithm;
use keepwell_wire::methods::begin_put_connect_package_blob::{PackageBlobPut, answer};

use crate::call::Call;
use crate::refusal::Refusal;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let begun = blobs::begin_for_package(call.domain, call.app()?).await?;
    let size = |bytes: u64| u32::try_from(bytes).unwrap_or(u32::MAX);
    let chunk = CHUNK as u64;
    Ok(answer(&PackageBlobPut {
        url: call.settings.blob_url(&begun.token),
        pre_encryption_chunk_size: size(chunk),
        post_encryption_chunk_size: size(Algorithm::HmacSha256Aes256.post_size(chunk)),
        max_size: u32::try_from(begun.most).unwrap_or_default(),
        hash_algorithm: ALGORITHM,
        block_size: size(BLOCK as u64),
    }))
}
