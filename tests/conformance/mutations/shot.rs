//! One damaged request.

use keepwell_conformance::{As, Sending, Stage};
use keepwell_wire::envelope::{REQUEST_NAMESPACE, compose};
use keepwell_wire::integrity::{HashAlgorithm, HmacAlgorithm, hash_info, hmac_header};

use crate::damage::damage;
use crate::dice::Dice;

/// What is sent.
pub struct Shot {
    /// The bytes.
    pub body: Vec<u8>,
    /// Whether method, person and record are still those of the good request.
    pub is_for_method: bool,
}

/// A good request, damaged: mostly its info, then its header, both signed anew; else the whole, unsigned.
pub fn aim(stage: &Stage, method: &str, version: u32, good: &Sending, dice: &mut Dice) -> Shot {
    let kind = dice.below(20);
    if kind < 13 {
        let info = match (method, kind % 2) {
            ("CreateAuthenticatedSessionToken", 0) => recast(stage, &good.info, dice),
            _ => damage(&good.info, dice),
        };
        let body = seal(stage, &raw_header(stage, method, version, good.how), &info, good.how);
        return Shot { body: body.into_bytes(), is_for_method: true };
    }
    let whole = stage.request(method, version, &good.info, good.how);
    let body = match kind {
        13..=16 => {
            let header = damage(&raw_header(stage, method, version, good.how), dice);
            seal(stage, &header, &good.info, good.how).into_bytes()
        }
        17 => damage(&whole, dice).into_bytes(),
        18 => in_raw_bytes(whole.into_bytes(), dice),
        _ => otherwise_encoded(&whole, dice),
    };
    Shot { body, is_for_method: false }
}

fn raw_header(stage: &Stage, method: &str, version: u32, how: As) -> String {
    let header = compose(&stage.header(method, version, how), "", None);
    let start = header.find("<header>").expect("a header");
    let end = header.find("</header>").expect("its end") + "</header>".len();
    header[start..end].to_owned()
}

/// The whole of a header and an info, signed as a client does it; the hash stands last in the header.
fn seal(stage: &Stage, header: &str, info: &str, how: As) -> String {
    let (algorithm, key) = (HmacAlgorithm::HmacSha256, &stage.session.secret);
    let hash = hash_info(HashAlgorithm::Sha256, info.as_bytes());
    let hash = format!("<info-hash><hash-data algName=\"SHA256\">{hash}</hash-data></info-hash></header>");
    let header = match header.strip_suffix("</header>") {
        Some(start) if !matches!(how, As::Anonymous | As::Mobile) => format!("{start}{hash}"),
        _ => header.to_owned(),
    };
    let auth = match how {
        As::Anonymous | As::Mobile => String::new(),
        _ => {
            let tag = hmac_header(algorithm, key, header.as_bytes());
            format!("<auth><hmac-data algName=\"{}\">{tag}</hmac-data></auth>", algorithm.name())
        }
    };
    format!("<r:request xmlns:r=\"{REQUEST_NAMESPACE}\">{auth}{header}{info}</r:request>")
}

/// A damaged content with a good signature of the application over it.
fn recast(stage: &Stage, info: &str, dice: &mut Dice) -> String {
    let start = info.find("<content>").expect("a content");
    let end = info.find("</content>").expect("its end") + "</content>".len();
    let element = if info.contains("<appserver>") { "appserver" } else { "appserver2" };
    stage.sign_cast(element, &damage(&info[start..end], dice))
}

fn in_raw_bytes(mut body: Vec<u8>, dice: &mut Dice) -> Vec<u8> {
    for _ in 0..=dice.below(4) {
        if body.is_empty() {
            break;
        }
        let at = dice.below(body.len());
        let byte = u8::try_from(dice.below(256)).unwrap_or_default();
        match dice.below(4) {
            0 => body.insert(at, byte),
            1 => body.truncate(at.max(1)),
            2 => drop(body.drain(at..(at + 3).min(body.len()))),
            _ => body[at] = byte,
        }
    }
    body
}

fn otherwise_encoded(whole: &str, dice: &mut Dice) -> Vec<u8> {
    let wide = |bytes: fn(u16) -> [u8; 2]| whole.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    match dice.below(7) {
        0 => [vec![0xff, 0xfe], wide(u16::to_le_bytes)].concat(),
        1 => [vec![0xfe, 0xff], wide(u16::to_be_bytes)].concat(),
        2 => format!("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>{whole}").into_bytes(),
        3 => format!("<?xml version=\"1.1\"?>{whole}").into_bytes(),
        4 => format!("<!DOCTYPE r [<!ENTITY x \"y\">]>{whole}").into_bytes(),
        5 => (0..dice.below(400)).map(|_| u8::try_from(dice.below(256)).unwrap_or_default()).collect(),
        _ => format!("{whole}{whole}").into_bytes(),
    }
}
