//! BeginPutConnectPackageBlob 1 (methods.md 8.7): a place to send the sealed bytes of a blob to, which
//! belongs to a package that is still to come.

use keepwell_dopu::Algorithm;
use keepwell_wire::xml;
use roxmltree::Node;

use super::begin_put_blob::{block_size, positive};
use super::call;
use crate::answer::{required, text};
use crate::blobs::{BlobUrl, Slot};
use crate::line::Who;
use crate::{Client, Error};

/// The name of the one cipher that the schema knows.
const AES_256: &str = "aes256";

/// The longest chunk that is made. A server says how long they are, and one is in memory as a whole.
const LONGEST_CHUNK: u64 = 64 << 20;

impl Client {
    /// A place for one blob of a package. Its `chunk_size` is that of the bytes before they are sealed.
    pub(crate) async fn begin_put_package_blob(&self, algorithm: Algorithm) -> Result<Slot, Error> {
        let call = call("BeginPutConnectPackageBlob", 1, |_| {});
        self.ask(&Who::Application, &call, |info| read(info, algorithm)).await
    }
}

fn read(info: Node<'_, '_>, algorithm: Algorithm) -> Result<Slot, Error> {
    let cipher = text(required(info, "package-blob-chunk-encryption-algorithm")?)?;
    if cipher != AES_256 {
        return Err(Error::Malformed(format!("an unknown cipher of chunks, {cipher:?}")));
    }
    let chunk_size = positive(required(info, "blob-pre-encryption-chunk-size")?)?;
    let sealed: u64 = xml::number(required(info, "blob-post-encryption-chunk-size")?)?;
    if chunk_size.get() > LONGEST_CHUNK || sealed != algorithm.post_size(chunk_size.get()) {
        return Err(Error::Malformed(format!("chunks of {chunk_size} bytes that get {sealed}")));
    }
    Ok(Slot {
        url: BlobUrl::new(text(required(info, "blob-ref-url")?)?),
        chunk_size,
        max_size: xml::number(required(info, "max-blob-size")?)?,
        block_size: block_size(info)?,
    })
}

#[cfg(test)]
mod tests {
    use keepwell_wire::methods::begin_put_connect_package_blob::{PackageBlobPut, answer};

    use super::*;

    fn answered(pre: u32, post: u32) -> Result<Slot, Error> {
        read_body(&answer(&PackageBlobPut {
            url: "https://x.example/?blob-ref-token=A&b".to_owned(),
            pre_encryption_chunk_size: pre,
            post_encryption_chunk_size: post,
            max_size: i32::MAX as u32,
            hash_algorithm: "SHA256Block",
            block_size: 1024,
        }))
    }

    fn read_body(body: &str) -> Result<Slot, Error> {
        crate::answer::read("BeginPutConnectPackageBlob", body, |info| {
            read(info, Algorithm::HmacSha256Aes256)
        })
    }

    #[test]
    fn a_place_says_how_long_its_chunks_are_before_they_are_sealed() {
        let slot = answered(2_097_152, 2_097_184).unwrap();
        assert_eq!(slot.url.expose(), "https://x.example/?blob-ref-token=A&b");
        assert_eq!((slot.chunk_size.get(), slot.block_size.get()), (2_097_152, 1024));
        assert_eq!(answered(10, 32).unwrap().chunk_size.get(), 10);
    }

    #[test]
    fn sizes_that_the_cipher_cannot_have_are_refused() {
        for (pre, post) in [(0, 32), (64, 64), (64, 80), (1 << 30, (1 << 30) + 32)] {
            assert!(matches!(answered(pre, post), Err(Error::Malformed(_))), "{pre} {post}");
        }
    }
}
