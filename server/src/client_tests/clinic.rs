//! A clinic's desk: the letter that the command writes is all that the patient needs.

use keepwell_client::{ConnectionName, NewConnectRequest};

use super::attachments::{client_file, hasty, serve};
use super::*;
use crate::cli::{ConnectCommand, LetterOptions};
use crate::clinic::connect;

/// What stands in an element of the letter with this class.
pub(super) fn said(letter: &str, class: &str) -> String {
    let from = letter.split(&format!("class=\"{class}\">")).nth(1).expect(class);
    from.split('<').next().unwrap_or_default().to_owned()
}

on_both_engines!(a_patient_needs_the_letter_and_the_clinic_polls, |world: World| async move {
    let rule = "[[offline]]\nname = \"w\"\nwhy = \"w\"\npermissions = [\"read\"]\ntypes = [\"weight\"]\n";
    let app = world.app(&format!("name = \"Clinic\"\nmethods = [\"basic\", \"connect\"]\n{rule}")).await;
    let (ada, record) = world.person("Ada").await;
    // The command's clock is the machine's.
    world.clock.set(keepwell_core::Env::system().now());
    let origin = serve(&world).await;
    let folder = tempfile::tempdir().expect("a folder");
    let options = client_file(folder.path(), &app, &origin).client;
    let to = folder.path().join("letter.html");
    let new = || ConnectCommand::New {
        name: "Ada & Co".to_owned(),
        id: "1017".to_owned(),
        letter: LetterOptions { letter: Some(to.clone()), large: true, ..LetterOptions::default() },
        client: options.clone(),
    };
    connect::run(new()).await.expect("asked");
    let refused = connect::run(new()).await.expect_err("a letter is not written over");
    assert!(refused.to_string().contains("is there already"), "{refused}");
    let letter = std::fs::read_to_string(&to).expect("a letter");
    assert!(letter.contains("Ada &amp; Co") && letter.contains("records.example.org/connect"));
    let (code, words) = (said(&letter, "code"), said(&letter, "words"));
    let client = hasty(&world, &app, &origin);
    assert!(client.authorized_connect_requests(None).await.expect("polled").is_empty());
    world.pick_up(&app.app, ada, record, &code, &words.to_uppercase()).await;
    let told = client.authorized_connect_requests(None).await.expect("polled");
    assert_eq!((told.len(), told[0].external_id.as_str()), (1, "1017"));
    let caller = client.offline(told[0].person_id);
    caller.record(told[0].record_id).all_things(&Query::of_type(WEIGHT)).await.expect("the door is open");
    let poll = |json| ConnectCommand::Poll { since: None, json, client: options.clone() };
    connect::run(poll(false)).await.expect("listed");
    connect::run(poll(true)).await.expect("listed");
    let list = ConnectCommand::List { client: options.clone() };
    connect::run(list).await.expect("listed");
    let kept = std::fs::read_to_string(folder.path().join("client.codes.jsonl")).expect("a list");
    assert!(kept.contains("1017") && !kept.contains(&code) && !kept.contains(&words), "{kept}");
    let delete = ConnectCommand::Delete { id: "1017".to_owned(), client: options.clone() };
    let refused = connect::run(delete).await.expect_err("it was used");
    assert!(refused.to_string().contains("CONNECT_REQUEST_ALREADY_AUTHORIZED"), "{refused}");
});

on_both_engines!(a_program_asks_renames_and_takes_back, |world: World| async move {
    let app = world.app("name = \"Clinic\"\nmethods = [\"basic\", \"connect\"]\n").await;
    let client = client(&world, &app);
    let new = NewConnectRequest {
        friendly_name: "Ada <A>".to_owned(),
        question: "Which bird?".to_owned(),
        answer: "parakeet".to_owned(),
        external_id: "a&b".to_owned(),
    };
    let code = client.create_connect_request(&new).await.expect("asked");
    let twice = client.create_connect_request(&new).await.expect_err("there is one");
    assert_eq!(twice.status(), Some(Status::DUPLICATE_CONNECT_REQUEST_FOUND));
    client.update_external_id(&ConnectionName::Code(code), "17").await.expect("renamed");
    client.update_external_id(&ConnectionName::ExternalId("17".to_owned()), "18").await.expect("renamed");
    client.create_connect_request(&new).await.expect("the first id is free");
    client.delete_pending_connect_request("18").await.expect("taken back");
    client.delete_pending_connect_request("a&b").await.expect("taken back");
    client
        .create_connect_request(&NewConnectRequest { external_id: "18".to_owned(), ..new })
        .await
        .expect("free");
});
