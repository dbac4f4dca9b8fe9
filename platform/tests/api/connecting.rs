//! Patient Connect, as a clinic's application sees it (connectivity.md 3).

use keepwell_testkit::{World, on_both_engines, weight_xml};

use crate::desk::{As, Desk, WEIGHT};

const ASKED: &str = "<info><friendly-name>Ada</friendly-name><question>Which bird?</question>\
                     <answer>Parakeet</answer><external-id>patient 17</external-id></info>";

/// A clinic that Ada has not allowed anything.
async fn clinic(world: World) -> Desk {
    let rule = "[[offline]]\nname = \"w\"\nwhy = \"w\"\npermissions = [\"read\", \"create\"]\ntypes = [\"weight\"]\n";
    let app = world.app(&format!("name = \"Clinic\"\nmethods = [\"basic\", \"connect\"]\n{rule}")).await;
    let (ada, record) = world.person("Ada").await;
    Desk::for_person(world, app, ada, record).await
}

on_both_engines!(a_clinic_asks_polls_and_writes_into_the_record, |world: World| async move {
    let desk = clinic(world).await;
    let code = desk.good("CreateConnectRequest", 1, ASKED, As::Nobody).await.value("identity-code").unwrap();
    let poll = || desk.good("GetAuthorizedConnectRequests", 1, "<info/>", As::Nobody);
    assert_eq!(poll().await.count("connect-request"), 0);
    assert_eq!(desk.call("GetThings", 3, &crate::desk::get_weights(), As::Offline).await.code, 9, "not yet");
    desk.world.pick_up(&desk.app.app, desk.ada, desk.record, &code, "parakeet").await;
    let told = poll().await;
    assert_eq!(told.value("external-id").as_deref(), Some("patient 17"));
    assert_eq!(told.value("person-id"), Some(desk.person().to_string()));
    assert_eq!(told.value("record-id"), Some(desk.record().to_string()));
    assert_eq!(told.value("app-id"), Some(desk.app.app.id.to_string()));
    assert!(told.attribute("record-id", "app-specific-record-id").is_some());
    let data = weight_xml(70.0, 1);
    let put = format!("<info><thing><type-id>{WEIGHT}</type-id><data-xml>{data}</data-xml></thing></info>");
    desk.good("PutThings", 2, &put, As::Offline).await;
    let since = |at: &str| {
        format!("<info><authorized-connect-requests-since>{at}</authorized-connect-requests-since></info>")
    };
    let later =
        desk.good("GetAuthorizedConnectRequests", 1, &since("2030-01-01T00:00:00Z"), As::Nobody).await;
    assert_eq!(later.count("connect-request"), 0);
    let bad = desk.call("GetAuthorizedConnectRequests", 1, &since("soon"), As::Nobody).await;
    assert_eq!(bad.code, 69);
});

on_both_engines!(what_cannot_be_asked_has_the_reference_s_codes, |world: World| async move {
    let desk = clinic(world).await;
    let code = async |method: &str, info: &str| desk.call(method, 1, info, As::Nobody).await.code;
    assert_eq!(code("CreateConnectRequest", &ASKED.replace("Which bird?", " ")).await, 72);
    assert_eq!(code("CreateConnectRequest", &ASKED.replace("Parakeet", "\n")).await, 73);
    assert_eq!(code("CreateConnectRequest", ASKED).await, 0);
    assert_eq!(code("CreateConnectRequest", ASKED).await, 79);
    let delete = "<info><external-id>patient 17</external-id></info>";
    assert_eq!(code("DeletePendingConnectRequest", delete).await, 0);
    assert_eq!(code("DeletePendingConnectRequest", delete).await, 0, "nothing there is fine");
    let made = desk.good("CreateConnectRequest", 1, ASKED, As::Nobody).await.value("identity-code").unwrap();
    let rename = |which: &str| format!("<info>{which}<new-external-id>18</new-external-id></info>");
    let by_code = |code: &str| rename(&format!("<identity-code>{code}</identity-code>"));
    assert_eq!(code("UpdateExternalId", &by_code("JKYZ-QNMN-VHRX-ZGNR-GZNH")).await, 74);
    assert_eq!(code("UpdateExternalId", &by_code(&made)).await, 0);
    assert_eq!(code("UpdateExternalId", &rename("<old-external-id>nobody</old-external-id>")).await, 0);
    assert_eq!(code("CreateConnectRequest", ASKED).await, 0, "the old id is free");
    desk.world.pick_up(&desk.app.app, desk.ada, desk.record, &made, "parakeet").await;
    let delete = "<info><external-id>18</external-id></info>";
    assert_eq!(code("DeletePendingConnectRequest", delete).await, 84);
});

on_both_engines!(an_application_outside_the_connect_group_may_not_ask, |world: World| async move {
    let desk = Desk::of(world).await;
    for method in ["CreateConnectRequest", "GetAuthorizedConnectRequests", "DeletePendingConnectRequest"] {
        assert_eq!(desk.call(method, 1, ASKED, As::Nobody).await.code, 11, "{method}");
    }
});

on_both_engines!(no_answer_and_no_code_lies_in_a_table, |world: World| async move {
    let desk = clinic(world).await;
    let canary = ASKED.replace("Parakeet", "kanarienvogel");
    let code =
        desk.good("CreateConnectRequest", 1, &canary, As::Nobody).await.value("identity-code").unwrap();
    desk.world.pick_up(&desk.app.app, desk.ada, desk.record, &code, "KANARIENVOGEL").await;
    desk.world.domain.settle().await;
    let plain = code.replace('-', "");
    for text in desk.world.everything().await {
        let text = text.to_lowercase();
        assert!(!text.contains("kanarienvogel"), "the answer: {text}");
        assert!(
            !text.contains(&plain.to_lowercase()) && !text.contains(&code.to_lowercase()),
            "the code: {text}"
        );
    }
});
