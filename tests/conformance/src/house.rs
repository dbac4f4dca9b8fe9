//! Applications with everything that can be said of one, and things with every part.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use keepwell_testkit::{SealedPackage, SigningKey, info_only, weight_xml};

use crate::stage::{GROUP_MEMBERSHIP, HEIGHT, WEIGHT};

/// The master's file.
pub const MASTER: &str = r#"
    name = { default = "Practices", nl = "Praktijken", fr = "Cabinets médicaux" }
    description = { default = "Keeps practices & people in touch", nl = "Verbindt" }
    action-url = "https://practices.example/return"
    methods = ["basic", "connect", "master", "sign-up", "email"]
    child-methods = ["basic", "UpdateApplication"]
    countries = ["US", "NL"]
    privacy = { default = "https://practices.example/privacy", nl = "https://practices.example/nl/privacy" }
    terms = "https://practices.example/terms"
    success-message = { content-type = "text/html", text = "<p>Thank you</p>" }
    large-logo = { content-type = "image/png", base64 = "iVBORw0KGgo=" }
    small-logo = { content-type = "image/png", base64 = { default = "iVBORw0KGgo=", nl = "iVBORw0KGg==" } }
    domain-name = "practices.example"
    attributes = ["hippa"]
    stay-signed-in-days = 30
    [[online]]
    name = "measures"
    why = { default = "To follow your weight", nl = "Om uw gewicht te volgen" }
    permissions = ["read", "create", "update", "delete"]
    types = ["weight", "height", "group-membership"]
    [[online]]
    name = "rest"
    why = "To see the rest, if you like"
    permissions = ["read"]
    types = ["*"]
    except = ["weight"]
    optional = true
    [[offline]]
    name = "measures"
    why = "To look after them while you are away"
    permissions = ["read", "create", "update", "delete"]
    types = ["weight", "height", "group-membership"]
"#;

fn rules(name: &str) -> String {
    format!(
        "<auth><rules><rule is-optional=\"false\" name=\"{name}\"><reason>Why</reason>\
         <reason xml:lang=\"nl\">Waarom</reason><permission>Read</permission><permission>Create</permission>\
         <target-set><type-id>{WEIGHT}</type-id><type-id>{HEIGHT}</type-id></target-set></rule>\
         <rule is-optional=\"true\" name=\"more\"><reason>More</reason><display-flags>3</display-flags>\
         <permission>Read</permission><target-set><type-id>{HEIGHT}</type-id></target-set></rule></rules></auth>"
    )
}

/// A child's configuration in the order of the schema, every text in two languages. Only people whom an
/// application lets in may use it.
pub fn child(name: &str) -> String {
    let key = hex::encode(SigningKey::another().certificate().der);
    let statement = |element: &str| {
        let text = BASE64_STANDARD.encode("What we do, and why: ja & nein");
        format!(
            "<{element}><statement>{text}</statement><statement xml:lang=\"nl\">{text}</statement>\
             <content-type>text/plain</content-type></{element}>"
        )
    };
    let logo = "<logo>iVBORw0KGgo=</logo><logo xml:lang=\"nl\">iVBORw0KGgo=</logo>\
                <content-type>image/png</content-type>";
    let [privacy, terms, success] =
        ["privacy-statement", "terms-of-use", "dtc-success-message"].map(statement);
    info_only(&format!(
        "<name>{name}</name><name xml:lang=\"nl\">Noordkant</name>\
         <public-keys><public-key>{key}</public-key></public-keys>\
         <person-online-base-auth>{online}</person-online-base-auth>\
         <person-offline-base-auth>{offline}</person-offline-base-auth>\
         <methods>GetThings,PutThings,UpdateApplication</methods>\
         <action-url>https://northside.example/return</action-url>\
         <description>A practice</description><description xml:lang=\"nl\">Een praktijk</description>\
         <auth-reason>Care</auth-reason><auth-reason xml:lang=\"nl\">Zorg</auth-reason>\
         <domain-name>northside.example</domain-name>\
         <large-logo>{logo}</large-logo><small-logo>{logo}</small-logo>\
         <persistent-tokens><enabled>true</enabled><token-ttl-seconds>86400</token-ttl-seconds></persistent-tokens>\
         <app-type>Web</app-type>{privacy}{terms}<app-auth-required>true</app-auth-required>\
         <restrict-app-users>true</restrict-app-users><is-published>false</is-published>{success}\
         <app-attributes><app-attribute>hippa</app-attribute></app-attributes>\
         <valid-ip-prefixes>192.0.2.0/24,2001:db8::/32</valid-ip-prefixes>\
         <supported-record-locations><location><country>NL</country></location></supported-record-locations>\
         <supported-instances support-all-instances=\"true\"/>",
        online = rules("weight"),
        offline = rules("away"),
    ))
}

/// One weight of this many kilograms, taken on this day.
pub fn weight(kg: f64, day: u32) -> String {
    info_only(&thing(WEIGHT, &weight_xml(kg, day)))
}

/// A weight with the default attachment and one that has a name and a hash.
pub fn weight_with_attachments() -> String {
    let scan = "<blob><blob-info><name>scan</name><content-type>text/plain</content-type><hash-info>\
        <algorithm>SHA256Block</algorithm><params><block-size>2097152</block-size></params>\
        <hash>lZXJ35AHUUjrBoYDZd8zWEt1v/eCpRDGzUiDpBmDPVA=</hash></hash-info></blob-info>\
        <content-length>5</content-length><base64data>aGVsbG8=</base64data></blob>";
    let default = "<blob><blob-info><name/><content-type/></blob-info><base64data>aGk=</base64data>\
        <legacy-content-encoding>base64</legacy-content-encoding></blob>";
    let payload = format!("</data-xml><blob-payload>{default}{scan}</blob-payload>");
    weight(67.0, 9).replace("</data-xml>", &payload)
}

/// What a clinic asks of a patient.
pub fn connect_request(external_id: &str) -> String {
    info_only(&format!(
        "<friendly-name>Ada &amp; Co</friendly-name><question>Which bird?</question><answer>parakeet</answer>\
         <external-id>{external_id}</external-id>"
    ))
}

/// A package, in the shape of the version. `code` is an element, or nothing.
pub fn package(version: u32, code: &str, external_id: &str) -> String {
    let sealed = SealedPackage::new("parakeet", &["<thing/>"]);
    let thing = if version == 1 { sealed.older_thing() } else { sealed.thing() };
    info_only(&format!(
        "{code}<friendly-name>Ada &amp; Co</friendly-name><question>Which bird?</question>\
         <external-id>{external_id}</external-id>{thing}"
    ))
}

/// A weight with a signature, in the shape of the version.
pub fn signed_weight(version: u32) -> String {
    let signature = "<s:Signature xmlns:s=\"http://www.w3.org/2000/09/xmldsig#\"><s:SignedInfo>\
        <s:CanonicalizationMethod Algorithm=\"http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"/>\
        <s:SignatureMethod Algorithm=\"http://www.w3.org/2000/09/xmldsig#rsa-sha1\"/><s:Reference URI=\"\">\
        <s:DigestMethod Algorithm=\"http://www.w3.org/2000/09/xmldsig#sha1\"/><s:DigestValue>YQ==</s:DigestValue>\
        </s:Reference></s:SignedInfo><s:SignatureValue>YWJj</s:SignatureValue></s:Signature>";
    let data = "<sig-data><hv-signature-method>HVSignatureMethod2</hv-signature-method>\
        <algorithm-tag>rsa-sha1</algorithm-tag></sig-data>";
    let signed = match version {
        1 => signature.to_owned(),
        _ => format!("<signature-info>{data}{signature}</signature-info>"),
    };
    weight(68.0, 7).replace("</thing>", &format!("{signed}</thing>"))
}

fn thing(type_id: &str, data: &str) -> String {
    format!("<thing><type-id>{type_id}</type-id><data-xml>{data}</data-xml></thing>")
}

/// Three weights.
pub fn weights() -> String {
    info_only(&(1..=3).map(|day| thing(WEIGHT, &weight_xml(70.0, day))).collect::<String>())
}

/// Two heights with tags, ids of the application's own and a note.
pub fn heights() -> String {
    let mut things = String::new();
    for (at, metres) in ["1.20", "1.21"].iter().enumerate() {
        let _ = write!(
            things,
            "<thing><type-id>{HEIGHT}</type-id><data-xml><height><when><date><y>2026</y><m>5</m><d>{day}</d></date>\
             </when><value><m>{metres}</m></value></height><common><note>At &lt;school&gt;</note>\
             <client-thing-id>height-{at}</client-thing-id></common></data-xml><tags>growing,child</tags></thing>",
            day = at + 1,
        );
    }
    info_only(&things)
}

/// A membership that lasts.
pub fn memberships(group: &str) -> String {
    let data = format!(
        "<group-membership><membership><name><text>{group}</text></name><value>member</value></membership><expires><date>\
         <y>2030</y><m>1</m><d>1</d></date></expires></group-membership><common/>"
    );
    info_only(&thing(GROUP_MEMBERSHIP, &data))
}

/// A weight once more, as it was read and with another value.
pub fn updated_weight(id: &str, stamp: &str) -> String {
    let key = format!("<thing><thing-id version-stamp=\"{stamp}\">{id}</thing-id>");
    weight(71.5, 9).replace("<thing>", &key)
}
