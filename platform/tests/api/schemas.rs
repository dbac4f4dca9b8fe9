//! Answers, validated against the public schemas, where those and `xmllint` are at hand.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use keepwell_testkit::{Reply, World, on_both_engines};

use crate::desk::{As, Desk, WEIGHT, get_weights, put_weight};

/// What two imported schemas declare that are not among the public ones, as far as it is referred to.
const XML: &str = r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
  targetNamespace="http://www.w3.org/XML/1998/namespace"><xs:attribute name="lang" type="xs:language"/></xs:schema>"#;
const SIGNATURE: &str = r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
  targetNamespace="http://www.w3.org/2000/09/xmldsig#"><xs:element name="Signature"/></xs:schema>"#;

/// The schemas beside the project, with those two; `None`, said aloud, when they are not there.
fn schemas() -> Option<tempfile::TempDir> {
    let public = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/reference/xsd");
    let tool = Command::new("xmllint").arg("--version").stderr(Stdio::null()).status().is_ok();
    if !public.is_dir() || !tool {
        let why = "no schemas beside the project, or no xmllint";
        let _ = writeln!(std::io::stderr(), "SKIPPED validation of answers: {why}");
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    for file in fs::read_dir(public).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), folder.path().join(file.file_name())).unwrap();
    }
    fs::write(folder.path().join("xml.xsd"), XML).unwrap();
    fs::write(folder.path().join("xmldsig-core-schema.xsd"), SIGNATURE).unwrap();
    // One is imported under another spelling, and one forgets to import the first.
    let copy = |from: &str, to: &str| fs::copy(folder.path().join(from), folder.path().join(to)).unwrap();
    copy("meaningful-use.xsd", "Meaningful-Use.xsd");
    let vocabulary = folder.path().join("vocab.xsd");
    let text = fs::read_to_string(&vocabulary).unwrap();
    let start = text.find("schema").and_then(|at| text[at..].find('>').map(|end| at + end + 1)).unwrap();
    let prefix = text[..start].rsplit('<').next().unwrap().split("schema").next().unwrap().to_owned();
    let import = format!(
        "<{prefix}import namespace=\"http://www.w3.org/XML/1998/namespace\" schemaLocation=\"xml.xsd\"/>"
    );
    fs::write(&vocabulary, format!("{}{import}{}", &text[..start], &text[start..])).unwrap();
    Some(folder)
}

fn validate(folder: &Path, reply: &Reply, schema: &str) {
    let start = reply.text.find("<wc:info").expect("an info");
    let end = reply.text.rfind("</response>").expect("an end");
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(&reply.text.as_bytes()[start..end]).unwrap();
    let schema = folder.join(schema);
    let checked = Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema"])
        .arg(&schema)
        .arg(file.path())
        .output();
    let checked = checked.unwrap();
    let said = String::from_utf8_lossy(&checked.stderr);
    assert!(checked.status.success(), "{schema:?}: {said}\n{}", &reply.text[start..end]);
}

on_both_engines!(answers_are_valid_by_the_public_schemas, |world: World| async move {
    let Some(folder) = schemas() else { return };
    let desk = Desk::of(world).await;
    let check = |reply: &Reply, schema: &str| validate(folder.path(), reply, schema);
    let put = desk.good("PutThings", 2, &put_weight(70.0, 1), As::Online).await;
    check(&put, "response-putthings.xsd");
    check(&desk.good("GetThings", 3, &get_weights(), As::Online).await, "response-getthings3.xsd");
    check(&desk.good("GetThings", 1, &get_weights(), As::Online).await, "response-getthings.xsd");
    let keys = get_weights().replace("name=\"w\"", "name=\"w\" max-full=\"0\"");
    check(&desk.good("GetThings", 3, &keys, As::Online).await, "response-getthings3.xsd");
    let all = "<info><effective-record-permissions>true</effective-record-permissions></info>";
    check(&desk.good("GetPersonInfo", 1, all, As::Online).await, "response-getpersoninfo.xsd");
    let people = desk.good("GetAuthorizedPeople", 1, "<info><parameters/></info>", As::Nobody).await;
    check(&people, "response-getauthorizedpeople.xsd");
    let ids = format!("<info><id>{}</id></info>", desk.record());
    check(&desk.good("GetAuthorizedRecords", 1, &ids, As::Online).await, "response-getauthorizedrecords.xsd");
    let types = format!("<info><thing-type-id>{WEIGHT}</thing-type-id></info>");
    check(&desk.good("QueryPermissions", 1, &types, As::Online).await, "response-querypermissions.xsd");
    check(
        &desk.good("GetApplicationInfo", 2, "<info/>", As::Nobody).await,
        "response-getapplicationinfo.xsd",
    );
    let anonymous = async |version| {
        desk.send(&desk.app.anonymous("GetServiceDefinition", version, "<info/>", desk.now())).await
    };
    check(&anonymous(1).await, "response-getservicedefinition.xsd");
    check(&anonymous(2).await, "response-getservicedefinition2.xsd");
    let session = desk.send(&desk.app.session_request(desk.now())).await;
    check(&session, "response-createauthenticatedsessiontoken2.xsd");
});
