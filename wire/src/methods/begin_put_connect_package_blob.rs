//! BeginPutConnectPackageBlob 1 (methods.md 8.7): where an attachment inside a package is uploaded. It has no
//! parameters, whatever `info` holds.

use crate::answer;

/// The one algorithm that the schema knows. The cipher that clients use is another, which connectivity.md 5.1
/// describes.
const CHUNK_ENCRYPTION: &str = "aes256";

/// Where and how a blob of a package is uploaded. Each chunk is encrypted by itself, so that it has two
/// sizes. Classic .NET reads those of chunks and blocks as 31 bits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageBlobPut {
    /// The address for the bytes; CreateConnectPackage names it too.
    pub url: String,
    /// Bytes of a chunk before it is encrypted.
    pub pre_encryption_chunk_size: u32,
    /// Bytes of a chunk as it is uploaded, padding and all (connectivity.md 5.3).
    pub post_encryption_chunk_size: u32,
    /// Bytes of the whole, at most.
    pub max_size: u32,
    /// The algorithm of the hash over what is not encrypted, as an enumeration of clients spells it.
    pub hash_algorithm: &'static str,
    /// Bytes of its blocks.
    pub block_size: u32,
}

/// Writes the answer.
pub fn answer(put: &PackageBlobPut) -> String {
    answer::success("BeginPutConnectPackageBlob", |out| {
        out.element("blob-ref-url", &put.url)
            .element("package-blob-chunk-encryption-algorithm", CHUNK_ENCRYPTION)
            .element("blob-pre-encryption-chunk-size", put.pre_encryption_chunk_size)
            .element("blob-post-encryption-chunk-size", put.post_encryption_chunk_size)
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
        let put = PackageBlobPut {
            url: "https://h/s?a=1&b=2".to_owned(),
            pre_encryption_chunk_size: 64,
            post_encryption_chunk_size: 96,
            max_size: 3,
            hash_algorithm: "SHA256Block",
            block_size: 4,
        };
        assert_eq!(
            answer(&put),
            "<response><status><code>0</code></status>\
             <wc:info xmlns:wc=\"urn:com.microsoft.wc.methods.response.BeginPutConnectPackageBlob\">\
             <blob-ref-url>https://h/s?a=1&amp;b=2</blob-ref-url>\
             <package-blob-chunk-encryption-algorithm>aes256</package-blob-chunk-encryption-algorithm>\
             <blob-pre-encryption-chunk-size>64</blob-pre-encryption-chunk-size>\
             <blob-post-encryption-chunk-size>96</blob-post-encryption-chunk-size><max-blob-size>3</max-blob-size>\
             <blob-hash-algorithm>SHA256Block</blob-hash-algorithm>\
             <blob-hash-parameters><block-size>4</block-size></blob-hash-parameters></wc:info></response>"
        );
    }
}
