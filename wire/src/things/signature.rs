//! The digital signature of a thing (things.md 6): `signature-info`, or the bare `ds:Signature` of the older
//! shape. Its shape is checked; whether it holds is not, which takes the whole of XML signatures.

use std::borrow::Cow;

use roxmltree::Node;

use crate::error::InfoError;
use crate::integrity::decode_base64;
use crate::status::Status;
use crate::xml::{self, Sequence, standalone};

/// The namespace of XML signatures.
pub(super) const DS: &str = "http://www.w3.org/2000/09/xmldsig#";

/// The only algorithm that the protocol knows.
const ALGORITHM: &str = "rsa-sha1";

/// A `signature-info` as it was sent.
pub(super) fn info<'i>(node: Node<'_, 'i>) -> Result<Cow<'i, str>, InfoError> {
    let mut fields = fields(node)?;
    let mut data = self::fields(fields.required("sig-data")?)?;
    // It goes out as it came in, so that white space around it would not be what the schema lists.
    let method = xml::inner_text(plain(data.required("hv-signature-method")?)?)?;
    if !matches!(&*method, "HVSignatureMethod1" | "HVSignatureMethod2") {
        return Err(InfoError::invalid(format!("hv-signature-method has an unknown value {method:?}")));
    }
    if let Some(signed) = data.optional("blob-signature-info") {
        check_attachments(signed)?;
    }
    let algorithm = xml::text(plain(data.required("algorithm-tag")?)?)?;
    if algorithm != ALGORITHM {
        let message = format!("algorithm-tag is {algorithm:?}; only {ALGORITHM} is known");
        return Err(InfoError::new(Status::INVALID_SIGNATURE_ALGORITHM, message));
    }
    data.end()?;
    let Some(signature) = fields.optional_in(DS, "Signature") else {
        return Err(match fields.peek() {
            None => InfoError::new(Status::BAD_SIG, "signature-info holds no Signature"),
            Some(_) => {
                InfoError::invalid("signature-info needs a Signature, of XML signatures, in second place")
            }
        });
    };
    check(signature)?;
    fields.end()?;
    Ok(standalone(node))
}

/// The attachments that are signed: at least one, each as in the thing.
fn check_attachments(signed: Node<'_, '_>) -> Result<(), InfoError> {
    let mut signed = Sequence::of(signed)?;
    let first = signed.required("item")?;
    for item in std::iter::once(first).chain(signed.repeated("item")) {
        let mut item = Sequence::of(item)?;
        let mut info = Sequence::of(item.required("blob-info")?)?;
        let _ = (info.required("name")?, info.required("content-type")?, info.optional("hash-info"));
        info.end()?;
        item.end()?;
    }
    signed.end()
}

/// A `ds:Signature` as it was sent.
pub(super) fn bare<'i>(node: Node<'_, 'i>) -> Result<Cow<'i, str>, InfoError> {
    check(node)?;
    Ok(standalone(node))
}

/// The parts without which there is nothing that could be verified.
fn check(signature: Node<'_, '_>) -> Result<(), InfoError> {
    let mut fields = Sequence::of(signature)?;
    let mut signed = Sequence::of(required(&mut fields, signature, "SignedInfo")?)?;
    for name in ["CanonicalizationMethod", "SignatureMethod", "Reference"] {
        let node = required(&mut signed, signature, name)?;
        match name {
            "Reference" => reference(node)?,
            _ => drop(xml::required_attribute(node, "Algorithm")?),
        }
    }
    while let Some(more) = signed.optional_in(DS, "Reference") {
        reference(more)?;
    }
    signed.end()?;
    base64(required(&mut fields, signature, "SignatureValue")?)?;
    let _ = fields.optional_in(DS, "KeyInfo");
    while fields.optional_in(DS, "Object").is_some() {}
    fields.end()
}

fn reference(node: Node<'_, '_>) -> Result<(), InfoError> {
    let mut fields = Sequence::of(node)?;
    let _ = fields.optional_in(DS, "Transforms");
    xml::required_attribute(required(&mut fields, node, "DigestMethod")?, "Algorithm")?;
    base64(required(&mut fields, node, "DigestValue")?)?;
    fields.end()
}

fn required<'a, 'i>(
    fields: &mut Sequence<'a, 'i>,
    outer: Node<'_, '_>,
    name: &str,
) -> Result<Node<'a, 'i>, InfoError> {
    let outer = outer.tag_name().name();
    fields
        .optional_in(DS, name)
        .ok_or_else(|| InfoError::invalid(format!("{outer} needs {name} in its place")))
}

fn base64(node: Node<'_, '_>) -> Result<(), InfoError> {
    match decode_base64(&xml::text(node)?).filter(|bytes| !bytes.is_empty()) {
        Some(_) => Ok(()),
        None => Err(InfoError::invalid(format!("{} is not Base64", node.tag_name().name()))),
    }
}

fn fields<'a, 'i>(node: Node<'a, 'i>) -> Result<Sequence<'a, 'i>, InfoError> {
    Sequence::of(plain(node)?)
}

/// The node, if it has no attributes, as the schema wants it.
fn plain<'a, 'i>(node: Node<'a, 'i>) -> Result<Node<'a, 'i>, InfoError> {
    match node.attributes().next() {
        None => Ok(node),
        Some(attribute) => {
            let (element, attribute) = (node.tag_name().name(), attribute.name());
            Err(InfoError::invalid(format!("{element} has no place for an attribute {attribute}")))
        }
    }
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    const SIGNATURE: &str = "<ds:Signature><ds:SignedInfo><ds:CanonicalizationMethod Algorithm='c14n'/>\
        <ds:SignatureMethod Algorithm='rsa-sha1'/><ds:Reference URI=''><ds:Transforms/>\
        <ds:DigestMethod Algorithm='sha1'/><ds:DigestValue>YQ==</ds:DigestValue></ds:Reference></ds:SignedInfo>\
        <ds:SignatureValue>\r\nYWJj\r\n</ds:SignatureValue><ds:KeyInfo>any</ds:KeyInfo></ds:Signature>";
    const DATA: &str = "<sig-data><hv-signature-method>HVSignatureMethod2</hv-signature-method>\
        <algorithm-tag>rsa-sha1</algorithm-tag></sig-data>";

    fn of(inside: &str) -> Result<String, u16> {
        let xml = format!("<r xmlns:ds='{DS}'><signature-info>{inside}</signature-info></r>");
        let document = Document::parse(&xml).unwrap();
        let node = document.root_element().first_element_child().unwrap();
        info(node).map(Cow::into_owned).map_err(|e| e.status.code())
    }

    #[test]
    fn it_comes_out_as_it_was_sent_with_the_namespaces_that_it_uses() {
        let text = of(&format!("{DATA} {SIGNATURE}\n")).unwrap();
        assert_eq!(text, format!("<signature-info xmlns:ds=\"{DS}\">{DATA} {SIGNATURE}\n</signature-info>"));
    }

    #[test]
    fn what_is_wrong_has_the_code_of_its_kind() {
        let whole = format!("{DATA}{SIGNATURE}");
        let with = |from: &str, to: &str| of(&whole.replacen(from, to, 1)).map(drop);
        assert_eq!(with("x", "x"), Ok(()));
        assert_eq!(with("Method2<", "Method1<"), Ok(()));
        assert_eq!(with("Method2<", "Method3<"), Err(3));
        assert_eq!(with(">rsa-sha1<", ">rsa-sha256<"), Err(105));
        let attached = |items: &str| {
            let signed = format!("<blob-signature-info>{items}</blob-signature-info><algorithm-tag>");
            with("<algorithm-tag>", &signed)
        };
        let item = "<item><blob-info><name/><content-type>a</content-type></blob-info></item>";
        assert_eq!(attached(&item.repeat(2)), Ok(()));
        assert_eq!(attached(""), Err(3));
        assert_eq!(attached("<item/>"), Err(3));
        assert_eq!(attached(&item.replace("<name/>", "")), Err(3));
        assert_eq!(with(SIGNATURE, ""), Err(4));
        assert_eq!(with(SIGNATURE, "<Signature/>"), Err(3), "in no namespace");
        assert_eq!(with("<ds:Reference URI=''>", "<ds:Reference URI=''/><ds:Reference URI=''>"), Err(3));
        assert_eq!(with("YWJj", "!"), Err(3));
        assert_eq!(with("<sig-data>", "<sig-data a='1'>"), Err(3));
        assert_eq!(with(" Algorithm='c14n'", ""), Err(3));
        assert_eq!(of(SIGNATURE), Err(3), "without sig-data");
        assert_eq!(of(&format!("{whole}{SIGNATURE}")), Err(3), "two of them");
    }
}
