//! Every method and version that is offered: sent, and its answer held against its schema.

use keepwell_conformance::reference::{self, Reference};
use keepwell_conformance::{Schemas, Stage, requests};
use keepwell_platform::METHODS;
use keepwell_testkit::{World, on_both_engines};

use crate::document;

on_both_engines!(every_answer_is_valid_by_its_public_schema, |world: World| async move {
    let Some(schemas) = Schemas::at_hand() else { return };
    let stage = Stage::of(world).await;
    let mut lines = Vec::new();
    for method in METHODS {
        for version in method.versions {
            lines.push(line(&stage, &schemas, method.name, *version).await);
        }
    }
    document::hold(&lines);
});

/// Sends all requests for a method and judges what comes back; the line of the document.
async fn line(stage: &Stage, schemas: &Schemas, method: &str, version: u32) -> String {
    let reference = reference::of(method, version);
    let requests = requests(stage, method, version).await;
    assert!(!requests.is_empty(), "{method} {version} is sent");
    let (mut asked, mut told, mut is_empty) = ("", "", reference.suffix.is_some());
    for request in &requests {
        asked = judge_request(schemas, &reference, &format!("{method} {version}"), &request.info);
        let answer = stage.good(method, version, &request.info, request.how).await;
        is_empty &= answer.text.contains("/></response>");
        told = judge_answer(schemas, &reference, &format!("{method} {version}"), &answer.text);
    }
    assert!(!is_empty, "{method} {version} tells nothing here, which proves nothing");
    format!("| {method} | {version} | {} | {asked} | {told} |", requests.len())
}

fn judge_request(schemas: &Schemas, reference: &Reference, what: &str, info: &str) -> &'static str {
    let Some(name) = reference.request else { return "no parameters" };
    let name = format!("method-{name}");
    assert!(schemas.has(&name), "{what}: there is no {name}");
    let refused = schemas.refuse_request(&name, info);
    assert!(refused.is_none(), "{what}: the request is wrong: {}\n{info}", refused.unwrap_or_default());
    "valid"
}

fn judge_answer(schemas: &Schemas, reference: &Reference, what: &str, answer: &str) -> &'static str {
    let info = reference.info(answer).unwrap_or_else(|why| panic!("{what}: {why}: {answer}"));
    let (Some(info), Some(name)) = (info, reference.response()) else { return "no info by the reference" };
    if !schemas.has(&name) {
        return "no public schema";
    }
    let refused = schemas.refuse(&name, info);
    assert!(refused.is_none(), "{what}: {}\n{info}", refused.unwrap_or_default());
    "valid"
}
