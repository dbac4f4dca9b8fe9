//! What a method that writes could change, as an application sees it.

use keepwell_conformance::{As, GROUP_MEMBERSHIP, HEIGHT, Stage, WEIGHT};

/// All of it in one text, which is the same as long as nothing changed.
pub async fn of_method(stage: &Stage, method: &str) -> String {
    match method {
        "OverwriteThings" | "PutThings" | "RemoveThings" => things(stage).await,
        "SetApplicationSettings" => settings(stage).await,
        "AssociateAlternateId" | "DisassociateAlternateId" => alternate_ids(stage).await,
        "AddApplication" | "UpdateApplication" | "AuthorizeApplication" => applications(stage).await,
        _ => records(stage).await,
    }
}

/// Everything that any of them could change.
pub async fn everything(stage: &Stage) -> String {
    let parts = [
        things(stage).await,
        settings(stage).await,
        alternate_ids(stage).await,
        applications(stage).await,
        records(stage).await,
    ];
    parts.concat()
}

async fn things(stage: &Stage) -> String {
    let types = [WEIGHT, HEIGHT, GROUP_MEMBERSHIP].map(|id| format!("<type-id>{id}</type-id>")).concat();
    let query = format!(
        "<info><group max-full=\"0\"><filter>{types}</filter><format><section>core</section></format></group></info>"
    );
    let mut told = String::new();
    for which in 0..2 {
        told.push_str(&stage.good("GetThings", 3, &query, As::Online(which)).await.text);
    }
    told
}

async fn settings(stage: &Stage) -> String {
    stage.good("GetApplicationSettings", 1, "<info/>", As::Online(0)).await.text
}

async fn alternate_ids(stage: &Stage) -> String {
    let mut told = String::new();
    for which in 0..2 {
        told.push_str(&stage.good("GetAlternateIds", 1, "<info/>", As::Online(which)).await.text);
    }
    told
}

async fn applications(stage: &Stage) -> String {
    let mut told = String::new();
    for child in [String::new(), format!("<child-app-id>{}</child-app-id>", stage.child)] {
        let info = format!("<info><all-languages>true</all-languages>{child}</info>");
        told.push_str(&stage.good("GetApplicationInfo", 2, &info, As::Application).await.text);
    }
    told
}

async fn records(stage: &Stage) -> String {
    let ids: String = (0..3).map(|which| format!("<id>{}</id>", stage.record(which))).collect();
    stage.good("GetAuthorizedRecords", 1, &format!("<info>{ids}</info>"), As::Online(0)).await.text
}
