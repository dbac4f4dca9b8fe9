//! For each method, requests that a client would send.

use keepwell_testkit::info_only;
use keepwell_wire::integrity::HmacAlgorithm;
use uuid::Uuid;

use crate::house;
use crate::stage::{As, GROUP_MEMBERSHIP, HEIGHT, Stage, WEIGHT};

/// One request to come: what is asked, and for whom.
pub struct Sending {
    /// The info element.
    pub info: String,
    /// For whom.
    pub how: As,
}

/// The requests for a method in a version, all of which succeed; what they need is made first. There is
/// no method without one: a new one ends here until it gets its line.
pub async fn requests(stage: &Stage, method: &str, version: u32) -> Vec<Sending> {
    let sent = |how: As, infos: Vec<String>| infos.into_iter().map(|info| Sending { info, how }).collect();
    let alternate = |id: &str| info_only(&format!("<alternate-id>{id}</alternate-id>"));
    let unique = || stage.world.domain.env.uuid().to_string();
    match method {
        "AddApplication" => sent(As::Application, vec![house::child(&format!("Child {}", unique()))]),
        "AllocatePackageId" | "BeginPutConnectPackageBlob" => {
            sent(As::Application, vec!["<info/>".to_owned()])
        }
        "AssociateAlternateId" => sent(As::Online(1), vec![alternate(&unique())]),
        "AuthorizeApplication" => {
            sent(As::Online(0), vec![info_only(&format!("<app-id>{}</app-id>", stage.child))])
        }
        "BeginPutBlob" => both(&["<info/>"]),
        "CreateAuthenticatedSessionToken" => {
            let hmacs = [HmacAlgorithm::HmacSha1, HmacAlgorithm::HmacSha256];
            sent(As::Anonymous, hmacs.map(|hmac| stage.cast(version, hmac)).to_vec())
        }
        "CreateConnectPackage" => {
            let allocated = stage.good("AllocatePackageId", 1, "<info/>", As::Application).await;
            let code = allocated.value("identity-code").unwrap_or_default();
            let filled =
                house::package(version, &format!("<identity-code>{code}</identity-code>"), &unique());
            sent(As::Application, vec![house::package(version, "", &unique()), filled])
        }
        "CreateConnectRequest" => sent(As::Application, vec![house::connect_request(&unique())]),
        "DeletePendingConnectPackage" => {
            let id = unique();
            let made = house::package(2, "", &id);
            let made = stage.good("CreateConnectPackage", 2, &made, As::Application).await;
            let code = made.value("identity-code").unwrap_or_default();
            let by_code = info_only(&format!("<identity-code>{code}</identity-code>"));
            sent(As::Application, vec![by_code, info_only(&format!("<external-id>{id}</external-id>"))])
        }
        "DeletePendingConnectRequest" => {
            let id = unique();
            stage.good("CreateConnectRequest", 1, &house::connect_request(&id), As::Application).await;
            sent(As::Application, vec![info_only(&format!("<external-id>{id}</external-id>"))])
        }
        "UpdateExternalId" => {
            let id = unique();
            let made =
                stage.good("CreateConnectRequest", 1, &house::connect_request(&id), As::Application).await;
            let code = made.value("identity-code").unwrap_or_default();
            let to = |new: &str| format!("<new-external-id>{new}</new-external-id>");
            let by_code = format!("<identity-code>{code}</identity-code>{}", to(&unique()));
            let by_id = format!("<old-external-id>nobody</old-external-id>{}", to(&unique()));
            sent(As::Application, vec![info_only(&by_code), info_only(&by_id)])
        }
        "GetAuthorizedConnectRequests" => {
            stage.connected().await;
            let since =
                "<authorized-connect-requests-since>2026-01-01T00:00:00Z</authorized-connect-requests-since>";
            sent(As::Application, vec!["<info/>".to_owned(), info_only(since)])
        }
        "DisassociateAlternateId" => {
            let id = unique();
            stage.good("AssociateAlternateId", 1, &alternate(&id), As::Online(2)).await;
            sent(As::Online(2), vec![alternate(&id)])
        }
        "GetAlternateIds" => both(&["<info/>"]),
        "GetApplicationInfo" => sent(As::Application, application_infos(stage)),
        "GetApplicationSettings" => both(&["<info/>"]),
        "GetAuthorizedPeople" => sent(As::Application, people()),
        "GetAuthorizedRecords" => {
            let ids: String = (0..3).map(|which| format!("<id>{}</id>", stage.record(which))).collect();
            both(&[&info_only(&ids)])
        }
        "GetPeopleForRecord" => both(&["<info/>"]),
        "GetPersonAndRecordForAlternateId" => sent(As::Application, vec![alternate("Patient 17")]),
        "GetPersonInfo" => both(&[
            "<info/>",
            "<info><group-membership>true</group-membership>\
             <effective-record-permissions>true</effective-record-permissions></info>",
        ]),
        "GetRecordOperations" => {
            let since = |n| {
                info_only(&format!(
                    "<record-operation-sequence-number>{n}</record-operation-sequence-number>"
                ))
            };
            both(&[&since(0), &since(2)])
        }
        "GetUpdatedRecordsForApplication" => {
            let since = info_only("<update-date>2026-05-01T00:00:00Z</update-date>");
            sent(As::Application, vec!["<info/>".to_owned(), since])
        }
        "GetServiceDefinition" if version == 1 => sent(As::Anonymous, vec!["<info/>".to_owned()]),
        "GetServiceDefinition" => sent(As::Anonymous, definitions()),
        "GetThings" => both(&queries(stage, version).await.iter().map(String::as_str).collect::<Vec<_>>()),
        "GetValidGroupMembership" => {
            let id = stage.app.app.id;
            both(&["<info/>", &info_only(&format!("<application-id>{id}</application-id>"))])
        }
        "GetThingType" => sent(As::Application, types()),
        "GetVocabulary" => sent(As::Application, vocabularies()),
        "NewApplicationCreationInfo" => sent(As::Mobile, vec!["<info/>".to_owned()]),
        "NewSignupCode" => sent(As::Application, vec!["<info/>".to_owned()]),
        "OverwriteThings" | "PutThings" => put(stage, version).await,
        "QueryPermissions" => {
            let ids =
                [WEIGHT, HEIGHT, GROUP_MEMBERSHIP].map(|id| format!("<thing-type-id>{id}</thing-type-id>"));
            both(&[&info_only(&ids.concat())])
        }
        "RemoveApplicationAuthorization" | "RemoveApplicationRecordAuthorization" => {
            stage.world.allow(&stage.app.app, stage.ada, stage.records[2]).await;
            sent(As::Online(2), vec!["<info/>".to_owned()])
        }
        "RemoveThings" => {
            let (id, stamp) = stage.put_weight().await;
            sent(
                As::Online(0),
                vec![info_only(&format!("<thing-id version-stamp=\"{stamp}\">{id}</thing-id>"))],
            )
        }
        "SearchVocabulary" => sent(As::Application, searches()),
        "SelectInstance" => {
            let place = "<country>US</country><state-province>WA</state-province>";
            sent(As::Anonymous, vec![info_only(&format!("<preferred-location>{place}</preferred-location>"))])
        }
        "SendInsecureMessage" | "SendInsecureMessageFromApplication" => {
            // A person may send so many a day. Going back ends no session, and it is put right in the end.
            stage.world.clock.advance(-keepwell_core::env::DAY);
            messages(stage, method)
        }
        "SetApplicationSettings" => {
            let all = "<app-settings><s:a xmlns:s=\"urn:s\">1 &amp; 2</s:a></app-settings>";
            sent(As::Online(1), vec![info_only(all), info_only("<app-settings/>")])
        }
        "UpdateApplication" => {
            let whole =
                house::child("Northside").replacen("<info>", &format!("<info><id>{}</id>", stage.child), 1);
            let renamed = info_only(&format!("<id>{}</id><name>Northside</name>", stage.child));
            sent(As::Application, vec![renamed, whole])
        }
        other => {
            panic!("{other} {version} is offered, and tests/conformance/src/infos.rs sends nothing for it")
        }
    }
}

/// To an address, to a person and to the custodians of a record.
fn messages(stage: &Stage, method: &str) -> Vec<Sending> {
    let address =
        "<rcpt-address><address>bob@elsewhere.example</address><name>Bob &amp; co</name></rcpt-address>";
    let person = format!("<rcpt-person validated=\"true\">{}</rcpt-person>", stage.person());
    let record = "<rcpt-record validated=\"false\"/>";
    let body =
        "<subject>Hello</subject><text-body>How are you?</text-body><html-body>&lt;p&gt;How?</html-body>";
    let from = match method {
        "SendInsecureMessage" => "",
        _ => "<from-mailbox><mailbox-name>desk</mailbox-name><name>The Desk</name></from-mailbox>",
    };
    let sent = |inside: &str, how| Sending { info: info_only(&format!("{from}{inside}{body}")), how };
    let alone = if from.is_empty() { As::Online(0) } else { As::Application };
    let all = format!("{address}{person}{record}");
    vec![sent(address, alone), sent(&all, As::Online(0)), sent(&all, As::Offline(0))]
}

/// While the person is there and while she is away.
fn both(infos: &[&str]) -> Vec<Sending> {
    let each = |how| infos.iter().map(move |info| Sending { info: (*info).to_owned(), how });
    each(As::Online(0)).chain(each(As::Offline(0))).collect()
}

fn application_infos(stage: &Stage) -> Vec<String> {
    let child = format!("<child-app-id>{}</child-app-id>", stage.child);
    let every = "<all-languages>true</all-languages>";
    let insides = [String::new(), every.to_owned(), child.clone(), format!("{every}{child}")];
    insides.iter().map(|inside| info_only(inside)).collect()
}

fn people() -> Vec<String> {
    let insides = [
        "",
        "<num-results>1</num-results>",
        "<authorizations-created-since>2100-01-01T00:00:00Z\
                    </authorizations-created-since>",
    ];
    insides.iter().map(|inside| info_only(&format!("<parameters>{inside}</parameters>"))).collect()
}

/// All of them by name; some in every section; what changed since a moment to come.
fn types() -> Vec<String> {
    let id = |id: &str| format!("<id>{id}</id>");
    let sections = "<section>core</section><section>xsd</section><section>columns</section>\
                    <section>transforms</section><section>transformsource</section>\
                    <section>versions</section><section>effectivedatexpath</section>";
    let cholesterol = id("98f76958-e34f-459b-a760-83c1699add38");
    let images = "<image-type>*</image-type>";
    let refresh = "<last-client-refresh>2099-01-01T00:00:00Z</last-client-refresh>";
    vec![
        "<info/>".to_owned(),
        info_only(&format!("{}{cholesterol}{}{sections}{images}", id(WEIGHT), id(&Uuid::nil().to_string()))),
        info_only(refresh),
    ]
}

/// The list of all; and some in several ways, one of them from the middle.
fn vocabularies() -> Vec<String> {
    let key = |inside: &str| format!("<vocabulary-key>{inside}</vocabulary-key>");
    let states = key("<name>states</name><family>wc</family><version>1</version>");
    let rest = key("<name>iso3166</name><family>iso</family><code-value>ZA</code-value>");
    let of = |keys: &str, fixed| {
        format!("<vocabulary-parameters>{keys}<fixed-culture>{fixed}</fixed-culture></vocabulary-parameters>")
    };
    let insides = [String::new(), of(&states, true), of(&format!("{rest}{states}"), false)];
    insides.iter().map(|inside| info_only(inside)).collect()
}

/// In a vocabulary, and among all; something and nothing found.
fn searches() -> Vec<String> {
    let states = "<vocabulary-key><name>states</name></vocabulary-key>";
    let search = |key: &str, string: &str| {
        info_only(&format!("{key}<text-search-parameters>{string}</text-search-parameters>"))
    };
    let string =
        |mode: &str, text: &str| format!("<search-string search-mode=\"{mode}\">{text}</search-string>");
    vec![
        search("", &string("Contains", "medic")),
        search("", &string("Prefix", "Nobody calls one so")),
        search(states, "<search-string>New</search-string><max-results>2</max-results>"),
        search(states, &string("FullText", "carolina north")),
        search(states, &string("Contains", "zz")),
    ]
}

fn definitions() -> Vec<String> {
    let sections = ["platform", "shell", "topology", "xml-over-http-methods", "meaningful-use"];
    let mut infos: Vec<_> = sections
        .iter()
        .map(|s| info_only(&format!("<response-sections><section>{s}</section></response-sections>")))
        .collect();
    infos.push("<info/>".to_owned());
    infos.push(info_only("<updated-date>2100-01-01T00:00:00Z</updated-date>"));
    infos
}

/// Queries by type, by id, by key and by date; things in full, as keys only, and not at all.
async fn queries(stage: &Stage, version: u32) -> Vec<String> {
    let (id, stamp) = stage.put_weight().await;
    let types: String = [WEIGHT, HEIGHT].map(|id| format!("<type-id>{id}</type-id>")).concat();
    let format = "<format><section>core</section><section>audits</section>\
                  <section>effectivepermissions</section><section>tags</section><xml/></format>";
    let group = |attributes: &str, inside: &str| format!("<group{attributes}>{inside}{format}</group>");
    let filter = |inside: &str| format!("<filter>{inside}</filter>");
    let dates = "<thing-state>Active</thing-state><eff-date-min>2026-05-01T00:00:00</eff-date-min>\
                 <eff-date-max>2026-12-01T00:00:00</eff-date-max>\
                 <created-date-min>2026-05-01T00:00:00Z</created-date-min>";
    let mut infos = vec![
        group(" name=\"A group &amp; more\"", &filter(&types)),
        group(" name=\"keys\" max-full=\"1\"", &filter(&types)),
        group(" max=\"2\" max-full=\"0\"", &filter(&types)),
        group("", &filter(&format!("{types}{dates}"))),
        group("", &format!("<id>{id}</id>")),
        group("", &format!("<key version-stamp=\"{stamp}\">{id}</key>")),
        format!("{}{}", group(" name=\"a\"", &filter(&types)), group(" name=\"b\"", "<id>not</id>"))
            .replace("<id>not</id>", &format!("<id>{}</id>", Uuid::nil())),
    ];
    let payload = if version == 3 { "blobpayload" } else { "otherdata" };
    stage.good("PutThings", 2, &house::weight_with_attachments(), As::Online(0)).await;
    let attached = format!("<format><section>core</section><section>{payload}</section><xml/></format>");
    infos.push(group("", &filter(&types)).replace(format, &attached));
    if version == 3 {
        for how in ["information", "inline", "streamed"] {
            let request = format!(
                "<xml/><blob-payload-request><blob-filters><blob-filter><blob-name>scan</blob-name></blob-filter>\
                 </blob-filters><blob-format><blob-format-spec>{how}</blob-format-spec></blob-format>\
                 </blob-payload-request>"
            );
            infos.push(group("", &filter(&types)).replace(format, &attached.replace("<xml/>", &request)));
        }
        infos.push(group("", "<client-thing-id>height-0</client-thing-id>"));
        let current = format!(
            "{format}<current-version-only>true</current-version-only>\
                               <intents><intent>view</intent></intents>"
        );
        infos.push(group("", &filter(&types)).replace(format, &current));
        let order = format!(
            "{format}<current-version-only>false</current-version-only><order-by><order-by-property \
             type-id=\"{WEIGHT}\" property-name=\"value\" direction=\"Desc\"/></order-by>"
        );
        infos.push(group(" max-full=\"2\"", &filter(&types)).replace(format, &order));
    }
    infos.push(group(
        "",
        &filter(&format!("{types}<xpath>/thing/data-xml/weight/value/kg[. &gt; 1]</xpath>")),
    ));
    let signed = "<format><section>digitalsignatures</section></format>";
    infos.push(group("", &filter(&types)).replace(format, signed));
    infos.iter().map(|inside| info_only(inside)).collect()
}

async fn put(stage: &Stage, version: u32) -> Vec<Sending> {
    let (id, stamp) = stage.put_weight().await;
    let mut infos = vec![house::weights(), house::heights(), house::updated_weight(&id, &stamp)];
    infos.push(house::memberships("walkers"));
    infos.push(house::signed_weight(version));
    if version == 2 {
        let end = "<updated-end-date>2026-06-09T07:30:00</updated-end-date></thing>";
        infos.push(house::weight(69.5, 8).replace("</thing>", end));
        infos.push(house::weight_with_attachments());
    } else {
        let other = "</data-xml><data-other content-type=\"text/plain\" content-encoding=\"base64\">aGk=</data-other>";
        infos.push(house::weight(69.5, 8).replace("</data-xml>", other));
    }
    infos.into_iter().map(|info| Sending { info, how: As::Online(0) }).collect()
}
