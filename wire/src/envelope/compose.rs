//! Writing a request, as a client does it.

use crate::envelope::{Credential, Header, MessageTime, REQUEST_NAMESPACE};
use crate::integrity::{HashAlgorithm, HmacAlgorithm, hash_info, hmac_header};
use crate::xml::XmlWriter;

/// Writes a whole request around an info element, which is sent as it is given. With the key of a session
/// the header carries the hash of the info, and is itself signed. `info_hash` of the header is not used.
pub fn compose(header: &Header, info: &str, session: Option<(HmacAlgorithm, &[u8])>) -> String {
    let hash = session.map(|(hmac, _)| match hmac {
        HmacAlgorithm::HmacSha1 => HashAlgorithm::Sha1,
        HmacAlgorithm::HmacSha256 => HashAlgorithm::Sha256,
    });
    let header = write_header(header, info, hash);
    let mut out = XmlWriter::with_capacity(header.len() + info.len() + 300);
    out.open("wc-request:request").attr("xmlns:wc-request", REQUEST_NAMESPACE);
    if let Some((algorithm, key)) = session {
        let tag = hmac_header(algorithm, key, header.as_bytes());
        out.open("auth").open("hmac-data").attr("algName", algorithm.name()).text(tag).close().close();
    }
    out.raw(&header).raw(info);
    out.finish()
}

fn write_header(header: &Header, info: &str, hash: Option<HashAlgorithm>) -> String {
    let mut out = XmlWriter::new();
    out.open("header").element("method", &header.method).element("method-version", header.method_version);
    out.element_if("target-person-id", header.target_person_id).element_if("record-id", header.record_id);
    match &header.credential {
        Credential::App(id) => {
            out.element("app-id", id);
        }
        Credential::Session { auth_token, user_auth_token, offline_person_id } => {
            out.open("auth-session").element("auth-token", auth_token);
            // The schema has one or the other, and the person who is present decides.
            if let Some(token) = user_auth_token {
                out.element("user-auth-token", token);
            } else if let Some(id) = offline_person_id {
                out.open("offline-person-info").element("offline-person-id", id).close();
            }
            out.close();
        }
    }
    out.element_if("language", header.language.as_ref()).element_if("country", header.country.as_ref());
    out.element_if("culture-code", header.culture_code.as_ref());
    if let Some(final_xsl) = &header.final_xsl {
        out.open("final-xsl")
            .attr_if("content-type", final_xsl.content_type.as_ref())
            .text(&final_xsl.xsl)
            .close();
    }
    if let MessageTime::At(time) = header.msg_time {
        out.element("msg-time", time);
    }
    out.element("msg-ttl", header.msg_ttl).element("version", &header.version);
    if let Some(algorithm) = hash {
        out.open("info-hash").open("hash-data").attr("algName", algorithm.name());
        out.text(hash_info(algorithm, info.as_bytes())).close().close();
    }
    out.finish()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::envelope::{Envelope, RequestText};
    use crate::limits::Limits;
    use crate::time::UtcMicros;

    #[test]
    fn what_is_composed_reads_back_and_verifies() {
        let header = Header {
            method: "GetThings".into(),
            method_version: 3,
            target_person_id: None,
            record_id: Some(Uuid::from_u128(1)),
            credential: Credential::Session {
                auth_token: "a&b".into(),
                user_auth_token: None,
                offline_person_id: Some(Uuid::from_u128(2)),
            },
            language: Some("en".into()),
            country: None,
            culture_code: None,
            final_xsl: None,
            msg_time: MessageTime::At(UtcMicros(1_000_000)),
            msg_ttl: 1800,
            version: "test".into(),
            info_hash: None,
        };
        for algorithm in [HmacAlgorithm::HmacSha1, HmacAlgorithm::HmacSha256] {
            let body = compose(&header, "<info><a>\r\n</a></info>", Some((algorithm, b"key")));
            let text = RequestText::check(body.as_bytes(), &Limits::default()).unwrap();
            let document = text.parse().unwrap();
            let envelope = Envelope::read(&document).unwrap();
            assert_eq!(envelope.verify(algorithm, b"key"), Ok(()));
            assert_eq!(envelope.raw_info, "<info><a>\r\n</a></info>");
            assert_eq!(Header { info_hash: None, ..envelope.header }, header);
        }
    }

    #[test]
    fn an_envelope_can_be_kept_over_an_await() {
        fn both<T: Send + Sync>() {}
        both::<Envelope<'_, '_>>();
        both::<roxmltree::Document<'_>>();
        both::<RequestText<'_>>();
    }
}
