//! CreateConnectPackage 1 and 2 (methods.md 8.6): encrypted things, left for a person to pick up. The answer
//! to the question is the key, so that it never gets here.

use roxmltree::Node;

use crate::answer;
use crate::error::InfoError;
use crate::status::Status;
use crate::things::ThingIn;
use crate::xml::{self, Sequence, is_blank};

/// What is left, and for whom.
#[derive(Clone, Debug)]
pub struct ConnectPackage<'a, 'i> {
    /// The code of AllocatePackageId that is filled, as it was sent; none makes a new one.
    pub identity_code: Option<String>,
    /// What the person sees of the package after the right answer.
    pub friendly_name: String,
    /// What only the person can answer.
    pub question: String,
    /// The application's own id of the person.
    pub external_id: String,
    /// The thing with the cipher text: in `data_other` (version 1), or in a blob (version 2).
    pub package: ThingIn<'a, 'i>,
    /// The addresses of the blobs that the encrypted things refer to (version 2).
    pub streamed_blob_urls: Vec<String>,
}

/// Reads `info`. What the thing must hold to be a package is for the caller to say.
pub fn parse<'a, 'i>(version: u32, info: Node<'a, 'i>) -> Result<ConnectPackage<'a, 'i>, InfoError> {
    let mut fields = Sequence::of(info)?;
    let identity_code = match fields.optional("identity-code") {
        Some(node) => Some(xml::inner_text(node)?.into_owned()),
        None => None,
    };
    let friendly_name = xml::filled(fields.required("friendly-name")?)?;
    let question = xml::inner_text(fields.required("question")?)?.into_owned();
    let external_id = xml::filled(fields.required("external-id")?)?;
    let package = ThingIn::read(version, fields.required("package")?)?;
    let mut streamed_blob_urls = Vec::new();
    if version > 1
        && let Some(node) = fields.optional("streamed-package-blobs")
    {
        streamed_blob_urls = addresses(node)?;
    }
    fields.end()?;
    // Last, since a request that does not fit the schema is 3 whatever else is wrong with it.
    if is_blank(&question) {
        return Err(InfoError::new(Status::INVALID_VERIFICATION_QUESTION, "question is blank"));
    }
    Ok(ConnectPackage { identity_code, friendly_name, question, external_id, package, streamed_blob_urls })
}

fn addresses(node: Node<'_, '_>) -> Result<Vec<String>, InfoError> {
    let mut fields = Sequence::of(node)?;
    let mut nodes = vec![fields.required("blob-in-package-ref-url")?];
    nodes.extend(fields.repeated("blob-in-package-ref-url"));
    fields.end()?;
    nodes.into_iter().map(|node| Ok(xml::text(node)?.into_owned())).collect()
}

/// Writes the answer, the same for both versions: the code that opens the package.
pub fn answer(identity_code: &str) -> String {
    answer::success("CreateConnectPackage", |out| {
        out.element("identity-code", identity_code);
    })
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;
    use crate::things::{BlobData, DataOther};

    const TEXTS: &str = "<friendly-name>Your visit</friendly-name><question> Q &amp; A? </question>\
                         <external-id> 17</external-id>";
    const DATA: &str = "<type-id>c9287326-bb43-4194-858c-8b60768f000f</type-id>\
                        <data-xml><password-protected-package/></data-xml>";
    const OTHER: &str = "<data-other content-type=\"text/xml\">Zm9v</data-other>";
    const BLOB: &str = "<blob-payload><blob><blob-info><name/><content-type>application/octet-stream</content-type>\
                        </blob-info><content-length>3</content-length><base64data>Zm9v</base64data></blob></blob-payload>";
    const STREAMED: &str = "<streamed-package-blobs><blob-in-package-ref-url> https://h/s?t=1&amp;u </blob-in-package-ref-url>\
         <blob-in-package-ref-url>https://h/s?t=2</blob-in-package-ref-url></streamed-package-blobs>";

    fn info(before: &str, content: &str, after: &str) -> String {
        format!("<info>{before}{TEXTS}<package>{DATA}{content}</package>{after}</info>")
    }

    fn refused(version: u32, info: &str) -> (u16, String) {
        let document = Document::parse(info).unwrap();
        let error = parse(version, document.root_element()).unwrap_err();
        (error.status.code(), error.message)
    }

    fn says(message: &str) -> (u16, String) {
        (3, message.to_owned())
    }

    #[test]
    fn version_1_has_its_cipher_text_in_data_other() {
        let info = info("<identity-code>JKYZ-QNMN</identity-code>", OTHER, "");
        let document = Document::parse(&info).unwrap();
        let read = parse(1, document.root_element()).unwrap();
        assert_eq!(read.identity_code.as_deref(), Some("JKYZ-QNMN"));
        assert_eq!((&*read.friendly_name, &*read.question), ("Your visit", " Q & A? "));
        assert_eq!(read.external_id, " 17");
        assert_eq!(read.package.data_xml.unwrap().text, "<password-protected-package/>");
        let content_type = Some("text/xml".to_owned());
        let expected = DataOther { text: "Zm9v".to_owned(), content_type, content_encoding: None };
        assert_eq!(read.package.data_other, Some(expected));
        assert!(read.package.blobs.is_empty() && read.streamed_blob_urls.is_empty());
    }

    #[test]
    fn version_2_has_it_in_a_blob_and_names_what_was_streamed() {
        let info = info("", BLOB, STREAMED);
        let document = Document::parse(&info).unwrap();
        let read = parse(2, document.root_element()).unwrap();
        assert_eq!(read.identity_code, None);
        assert_eq!(read.package.blobs[0].name, "");
        assert_eq!(read.package.blobs[0].data, BlobData::Inline(b"foo".to_vec()));
        assert_eq!(read.package.data_other, None);
        assert_eq!(read.streamed_blob_urls, ["https://h/s?t=1&u", "https://h/s?t=2"]);
    }

    #[test]
    fn what_is_of_the_other_version_has_no_place() {
        assert_eq!(refused(1, &info("", BLOB, "")), says("package has no place for blob-payload here"));
        assert_eq!(refused(2, &info("", OTHER, "")), says("package has no place for data-other here"));
        let streamed = says("info has no place for streamed-package-blobs here");
        assert_eq!(refused(1, &info("", OTHER, STREAMED)), streamed);
    }

    #[test]
    fn a_list_of_streamed_blobs_is_not_empty() {
        let empty = info("", BLOB, "<streamed-package-blobs/>");
        assert_eq!(refused(2, &empty), says("streamed-package-blobs needs blob-in-package-ref-url"));
    }

    #[test]
    fn a_blank_question_has_a_status_of_its_own() {
        let good = info("", OTHER, "");
        for blank in ["", " \n"] {
            let blank = good.replace(" Q &amp; A? ", blank);
            assert_eq!(refused(1, &blank), (72, "question is blank".to_owned()));
            assert_eq!(refused(1, &blank.replace(" 17", "")), says("external-id is empty"));
        }
    }

    #[test]
    fn what_is_missing_empty_or_out_of_place_is_named() {
        let good = info("", OTHER, "");
        let package = format!("<package>{DATA}{OTHER}</package>");
        for (from, to, message) in [
            (&*package, "", "info needs package"),
            ("<external-id> 17</external-id>", "", "info needs external-id before package"),
            ("<external-id>", "<answer>green</answer><external-id>", "info needs external-id before answer"),
            ("Your visit", "", "friendly-name is empty"),
            (" 17", "<b/>", "external-id holds text, not an element b"),
            (
                "</info>",
                "<identity-code>C</identity-code></info>",
                "info has no place for identity-code here",
            ),
        ] {
            assert_eq!(refused(1, &good.replace(from, to)), says(message));
        }
    }

    #[test]
    fn both_versions_are_answered_with_the_code_alone() {
        assert_eq!(
            answer("JKYZ-QNMN-VHRX-ZGNR-GZNH"),
            "<response><status><code>0</code></status>\
             <wc:info xmlns:wc=\"urn:com.microsoft.wc.methods.response.CreateConnectPackage\">\
             <identity-code>JKYZ-QNMN-VHRX-ZGNR-GZNH</identity-code></wc:info></response>"
        );
    }
}
