//! BeginPutBlob 1 (methods.md 11.4). It has no parameters.

use crate::answer;

/// Where and how a blob is uploaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlobPut {
    /// The address for the bytes; PutThings names it too.
    pub url: String,
    /// Bytes of a chunk.
    pub chunk_size: u32,
    /// Bytes of the whole, at most; it must fit 31 bits (things.md 7.3).
    pub max_size: u32,
    /// The algorithm of the hash, as an enumeration of clients spells it.
    pub hash_algorithm: &'static str,
    /// Bytes of its blocks.
    pub block_size: u32,
}

/// Writes the answer.
pub fn answer(put: &BlobPut) -> String {
    answer::success("BeginPutBlob", |out| {
        out.element("blob-ref-url", &put.url)
            .element("blob-chunk-size", put.chunk_size)
            .element("max-blob-size", put.max_size)
            .element("blob-hash-algorithm", put.hash_algorithm)
            .open("blob-hash-parameters")
            .element("block-size", put.block_size)
            .close();
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_come_in_the_order_of_the_schema() {
        let put = BlobPut {
            url: "https://h/s?a=1&b=2".to_owned(),
            chunk_size: 2,
            max_size: 3,
            hash_algorithm: "SHA256Block",
            block_size: 4,
        };
        assert_eq!(
            answer(&put),
            "<response><status><code>0</code></status>\
             <wc:info xmlns:wc=\"urn:com.microsoft.wc.methods.response.BeginPutBlob\">\
             <blob-ref-url>https://h/s?a=1&amp;b=2</blob-ref-url><blob-chunk-size>2</blob-chunk-size>\
             <max-blob-size>3</max-blob-size><blob-hash-algorithm>SHA256Block</blob-hash-algorithm>\
             <blob-hash-parameters><block-size>4</block-size></blob-hash-parameters></wc:info></response>"
        );
    }
}
