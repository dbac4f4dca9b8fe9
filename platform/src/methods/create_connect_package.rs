//! CreateConnectPackage 1 and 2: leaves encrypted things for a person (methods.md 8.6).

use keepwell_core::blobs::read_token;
use keepwell_core::packages::{self, Algorithm, NewPackage, Parameters};
use keepwell_wire::integrity::decode_base64;
use keepwell_wire::methods::create_connect_package::{answer, parse};
use keepwell_wire::roxmltree::Node;
use keepwell_wire::status::Status;
use keepwell_wire::things::{BlobData, ThingIn};
use uuid::{Uuid, uuid};

use crate::call::Call;
use crate::refusal::Refusal;
use crate::settings::token_of;

/// The type of a thing that is a package.
const PACKAGE: Uuid = uuid!("c9287326-bb43-4194-858c-8b60768f000f");
/// What the Java and Ruby libraries call their encryption. Nobody wrote down what it is; by its key it is the
/// triple DES form (QUIRKS.md), and is opened as that.
const OLDER_NAME: &str = "pbe-sha1-3deskey168-hmac";
/// What the schema says where no number is given.
const ITERATIONS: u32 = 20_000;

pub(crate) async fn call(call: &Call<'_>) -> Result<String, Refusal> {
    let sent = parse(call.version(), call.info)?;
    if sent.package.type_id != Some(PACKAGE) {
        return Err(refuse("package must be a thing of the type password-protected-package"));
    }
    let (parameters, any_length) = parameters(&sent.package)?;
    let token = |url: &String| token_of(url).and_then(|token| read_token(call.domain, &token));
    let new = NewPackage {
        code: sent.identity_code,
        friendly_name: sent.friendly_name,
        question: sent.question,
        external_id: sent.external_id,
        parameters,
        any_length,
        uploads: sent.streamed_blob_urls.iter().map(token).collect(),
        cipher_text: cipher_text(sent.package)?,
    };
    Ok(answer(&packages::create(call.domain, call.app()?, &new).await?))
}

fn refuse(message: impl Into<String>) -> Refusal {
    Refusal::new(Status::INVALID_XML, message)
}

/// How the package is encrypted (connectivity.md 5.1), and whether it may be any number of bytes long.
fn parameters(package: &ThingIn<'_, '_>) -> Result<(Parameters, bool), Refusal> {
    let root = package.data_xml.as_ref().and_then(|data| data.root);
    let root = root.filter(|root| root.has_tag_name("password-protected-package"));
    let text =
        |node: Option<Node<'_, '_>>| node.and_then(|node| node.text()).map(str::trim).map(str::to_owned);
    let encryption = root.and_then(|root| child(root, "encrypt-algorithm"));
    let encryption = encryption.ok_or_else(|| refuse("the package does not say how it is encrypted"))?;
    let name = text(child(encryption, "algorithm-name")).unwrap_or_default();
    let is_older = name == OLDER_NAME;
    let known = if is_older { Some(Algorithm::HmacSha1TripleDes) } else { Algorithm::from_name(&name) };
    let algorithm = known.ok_or_else(|| {
        let [best, other] = [Algorithm::HmacSha256Aes256, Algorithm::HmacSha1TripleDes].map(Algorithm::name);
        refuse(format!("packages encrypted by {name:?} are not taken; use {best} (or {other})"))
    })?;
    let given = child(encryption, "parameters");
    let field = |name| text(given.and_then(|given| child(given, name)));
    let number = |name| match field(name) {
        None => Ok(None),
        Some(said) => said
            .parse::<u32>()
            .map(Some)
            .map_err(|_| refuse(format!("{name} {said:?} is no number that can be"))),
    };
    // The salt is text to its sender; its bytes count (connectivity.md 5.4).
    let salt = given.and_then(|given| child(given, "salt")).and_then(|salt| salt.text()).unwrap_or_default();
    let (iterations, key_length) = (number("iteration-count")?.unwrap_or(ITERATIONS), number("key-length")?);
    let parameters = Parameters::new(algorithm, salt, iterations, key_length);
    parameters.map(|parameters| (parameters, is_older)).map_err(|error| refuse(error.to_string()))
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| child.has_tag_name(name))
}

fn cipher_text(package: ThingIn<'_, '_>) -> Result<Vec<u8>, Refusal> {
    let missing = || refuse("the package has no cipher text");
    if let Some(other) = package.data_other {
        let text: String = other.text.split_ascii_whitespace().collect();
        return decode_base64(&text).ok_or_else(|| refuse("the package's data-other is not Base64"));
    }
    // Its default blob; a client that gave it a name meant the same.
    let [blob] = <[_; 1]>::try_from(package.blobs).map_err(|_| missing())?;
    match blob.data {
        BlobData::Inline(bytes) => Ok(bytes),
        BlobData::Reference(_) => Err(refuse("the package's cipher text must be in the request")),
        BlobData::Absent => Err(missing()),
    }
}
