//! Digital signatures are kept and returned as they were sent (things.md 6). They are not verified.

use keepwell_testkit::{Reply, World, info_only, on_both_engines, weight_xml};

use crate::desk::{As, Desk, WEIGHT, put_weight};

const DS: &str = "http://www.w3.org/2000/09/xmldsig#";

fn bare(prefix: &str, declared: &str) -> String {
    let p = prefix;
    format!(
        "<{p}Signature{declared}>\n <{p}SignedInfo><{p}CanonicalizationMethod Algorithm='c14n' /><{p}SignatureMethod \
         Algorithm='rsa-sha1'></{p}SignatureMethod><{p}Reference URI=''><{p}DigestMethod Algorithm='sha1'/>\
         <{p}DigestValue>YWJj</{p}DigestValue></{p}Reference></{p}SignedInfo><{p}SignatureValue>YWJj\r\n</{p}SignatureValue>\
         <{p}KeyInfo><!-- é &amp; --><{p}X509Data/></{p}KeyInfo></{p}Signature>"
    )
}

fn info() -> String {
    let signature = bare("", &format!(" xmlns=\"{DS}\""));
    format!(
        "<signature-info>\r\n<sig-data><hv-signature-method>HVSignatureMethod2</hv-signature-method>\
         <algorithm-tag>rsa-sha1</algorithm-tag></sig-data>{signature}</signature-info>"
    )
}

/// A weight of this many kilograms with what stands behind the data; an update with a key.
fn put(kg: f64, key: &str, more: &str) -> String {
    let data = weight_xml(kg, 1);
    info_only(&format!("<thing>{key}<type-id>{WEIGHT}</type-id><data-xml>{data}</data-xml>{more}</thing>"))
}

fn key(put: &Reply) -> String {
    let (id, stamp) = (put.value("thing-id").unwrap(), put.attribute("thing-id", "version-stamp").unwrap());
    format!("<thing-id version-stamp=\"{stamp}\">{id}</thing-id>")
}

async fn read(desk: &Desk, version: u32) -> String {
    let info = format!(
        "<group><filter><type-id>{WEIGHT}</type-id></filter><format><section>digitalsignatures</section><xml/></format>\
         </group>"
    );
    desk.good("GetThings", version, &info_only(&info), As::Online).await.text
}

on_both_engines!(a_signature_comes_back_byte_for_byte_until_the_thing_changes, |world: World| async move {
    let desk = Desk::of(world).await;
    let made = desk.good("PutThings", 2, &put(70.0, "", &info()), As::Online).await;
    let found = read(&desk, 3).await;
    assert!(found.contains(&format!("</data-xml>{}</thing>", info())), "{found}");
    let without = desk.good("GetThings", 3, &crate::desk::get_weights(), As::Online).await;
    assert!(!without.text.contains("signature-info"), "only for its section");
    assert!(!read(&desk, 2).await.contains("Signature"), "the older shape cannot show it");
    // So whoever speaks in the older shape would take it away without knowing.
    let reply = desk.call("PutThings", 1, &put(71.0, &key(&made), ""), As::Online).await;
    assert_eq!(reply.code, 104, "{}", reply.text);
    assert_eq!(desk.call("OverwriteThings", 1, &put(71.0, &key(&made), ""), As::Online).await.code, 104);
    let retagged = info_only(&format!("<thing>{}<tags>a</tags></thing>", key(&made)));
    let changed = desk.good("PutThings", 2, &retagged, As::Online).await;
    assert!(!read(&desk, 3).await.contains("signature-info"), "any update takes it away");
    let signed = info_only(&format!("<thing>{}{}</thing>", key(&changed), info()));
    let signed = desk.good("PutThings", 2, &signed, As::Online).await;
    assert_ne!(key(&signed), key(&changed), "to sign is to make a version");
    assert!(read(&desk, 3).await.contains(&info()));
});

on_both_engines!(the_signature_of_the_older_shape_is_for_the_older_shape, |world: World| async move {
    let desk = Desk::of(world).await;
    // Its prefix is declared further up, and must mean the same where it is returned.
    let request = put(70.0, "", &bare("ds:", "")).replace("<thing>", &format!("<thing xmlns:ds=\"{DS}\">"));
    let made = desk.good("PutThings", 1, &request, As::Online).await;
    let found = read(&desk, 2).await;
    let expected = bare("ds:", &format!(" xmlns:ds=\"{DS}\""));
    assert!(found.contains(&format!("{expected}</thing>")), "{found}");
    assert!(!read(&desk, 3).await.contains("Signature"));
    desk.good("PutThings", 1, &put(71.0, &key(&made), ""), As::Online).await;
    assert!(!read(&desk, 1).await.contains("Signature"));
    assert_eq!(
        desk.call("PutThings", 2, &put(1.0, "", &bare("", &format!(" xmlns=\"{DS}\""))), As::Online)
            .await
            .code,
        3
    );
    assert_eq!(desk.call("PutThings", 1, &put(1.0, "", &info()), As::Online).await.code, 3);
});

on_both_engines!(a_signature_without_its_shape_is_refused_and_nothing_is_kept, |world: World| async move {
    let desk = Desk::of(world).await;
    for (from, to, code) in [
        ("HVSignatureMethod2", "HVSignatureMethod3", 3),
        ("HVSignatureMethod2", " HVSignatureMethod2", 3),
        (">rsa-sha1<", ">rsa-sha512<", 105),
        ("<algorithm-tag>", "<blob-signature-info/><algorithm-tag>", 3),
        ("<SignatureValue>YWJj", "<SignatureValue>", 3),
        ("<sig-data>", "<sig-data><x/>", 3),
    ] {
        let broken = info().replace(from, to);
        assert_ne!(broken, info());
        let things = put(70.0, "", &broken).replace("<info>", &put_weight(1.0, 2).replace("</info>", ""));
        let reply = desk.call("PutThings", 2, &things, As::Online).await;
        assert_eq!(
            (reply.code, reply.value("error-info").as_deref()),
            (code, Some("1")),
            "{to}: {}",
            reply.text
        );
    }
    assert!(!read(&desk, 3).await.contains("<thing>"));
});
