//! BeginPutBlob 1 (methods.md 11.4): a place to send the bytes of a blob to.

use std::num::NonZeroU64;

use keepwell_wire::xml;
use roxmltree::Node;

use super::call;
use crate::answer::{child, required, text};
use crate::blobs::{BLOCK_SIZE, BlobUrl, SHA256_BLOCK, Slot};
use crate::{Error, RecordCaller};

impl RecordCaller<'_> {
    /// A place for one blob of this record.
    pub(crate) async fn begin_put_blob(&self) -> Result<Slot, Error> {
        self.ask(call("BeginPutBlob", 1, |_| {}), read).await
    }
}

fn read(info: Node<'_, '_>) -> Result<Slot, Error> {
    Ok(Slot {
        url: BlobUrl::new(text(required(info, "blob-ref-url")?)?),
        chunk_size: positive(required(info, "blob-chunk-size")?)?,
        max_size: xml::number(required(info, "max-blob-size")?)?,
        block_size: block_size(info)?,
    })
}

/// The bytes of a block, where the hash is the one that is known.
pub(super) fn block_size(info: Node<'_, '_>) -> Result<NonZeroU64, Error> {
    let algorithm = text(required(info, "blob-hash-algorithm")?)?;
    if algorithm != SHA256_BLOCK {
        return Err(Error::Malformed(format!("an unknown hash of blobs, {algorithm:?}")));
    }
    let block_size = child(info, "blob-hash-parameters").and_then(|params| child(params, "block-size"));
    block_size.map_or(Ok(BLOCK_SIZE), positive)
}

pub(super) fn positive(node: Node<'_, '_>) -> Result<NonZeroU64, Error> {
    let number = NonZeroU64::new(xml::number(node)?);
    number.ok_or_else(|| Error::Malformed(format!("{} is 0", node.tag_name().name())))
}

#[cfg(test)]
mod tests {
    use keepwell_wire::answer;

    use super::*;

    fn answered(chunk: u64, algorithm: &str, block: Option<u64>) -> Result<Slot, Error> {
        let body = answer::success("BeginPutBlob", |out| {
            out.element("blob-ref-url", "https://x.example/?blob-ref-token=A&b");
            out.element("blob-chunk-size", chunk).element("max-blob-size", 2_147_483_647_u32);
            out.element("blob-hash-algorithm", algorithm).open("blob-hash-parameters");
            out.element_if("block-size", block).close();
        });
        crate::answer::read("BeginPutBlob", &body, read)
    }

    #[test]
    fn a_place_says_how_it_wants_the_bytes() {
        let slot = answered(4096, SHA256_BLOCK, Some(1024)).unwrap();
        assert_eq!(slot.url.expose(), "https://x.example/?blob-ref-token=A&b");
        assert_eq!((slot.chunk_size.get(), slot.block_size.get()), (4096, 1024));
        assert_eq!(slot.max_size, 2_147_483_647);
        assert_eq!(answered(4096, SHA256_BLOCK, None).unwrap().block_size, BLOCK_SIZE);
    }

    #[test]
    fn a_place_that_cannot_be_used_is_refused() {
        for unusable in
            [answered(0, SHA256_BLOCK, None), answered(1, SHA256_BLOCK, Some(0)), answered(1, "MD5", None)]
        {
            assert!(matches!(unusable, Err(Error::Malformed(_))));
        }
    }
}
