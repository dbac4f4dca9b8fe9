//! What the reference says of each method (methods.md 3): its schemas, and the tail of the namespace in
//! which it answers.

/// A method in a version.
pub struct Reference {
    /// The schema of its info, `method-….xsd`; none where the method has no parameters.
    pub request: Option<&'static str>,
    /// The tail of the namespace; none where success carries no info.
    pub suffix: Option<&'static str>,
}

/// There is no method without a line, so that a new one is looked up in the reference.
#[must_use]
pub fn of(method: &str, version: u32) -> Reference {
    let known = |request, suffix| Reference { request, suffix };
    match (method, version) {
        ("AddApplication", 1 | 2) => known(Some("addapplication"), Some("AddApplication")),
        ("AllocatePackageId", 1) => known(None, Some("AllocatePackageId")),
        ("AssociateAlternateId", 1) => known(Some("associatealternateid"), None),
        ("AuthorizeApplication", 1) => known(Some("authorizeapplication"), None),
        ("BeginPutBlob", 1) => known(None, Some("BeginPutBlob")),
        ("BeginPutConnectPackageBlob", 1) => known(None, Some("BeginPutConnectPackageBlob")),
        ("CreateAuthenticatedSessionToken", 1) => {
            known(Some("createauthenticatedsessiontoken"), Some("CreateAuthenticatedSessionToken"))
        }
        ("CreateAuthenticatedSessionToken", 2) => {
            known(Some("createauthenticatedsessiontoken2"), Some("CreateAuthenticatedSessionToken2"))
        }
        ("CreateConnectPackage", 1) => known(Some("createconnectpackage"), Some("CreateConnectPackage")),
        ("CreateConnectPackage", 2) => known(Some("createconnectpackage2"), Some("CreateConnectPackage")),
        ("CreateConnectRequest", 1) => known(Some("createconnectrequest"), Some("CreateConnectRequest")),
        ("DeletePendingConnectPackage", 1) => known(Some("deletependingconnectpackage"), None),
        ("DeletePendingConnectRequest", 1) => known(Some("deletependingconnectrequest"), None),
        ("GetAuthorizedConnectRequests", 1) => {
            known(Some("getauthorizedconnectrequests"), Some("GetAuthorizedConnectRequests"))
        }
        ("UpdateExternalId", 1) => known(Some("updateexternalid"), None),
        ("DisassociateAlternateId", 1) => known(Some("disassociatealternateid"), None),
        ("GetAlternateIds", 1) => known(Some("getalternateids"), Some("GetAlternateIds")),
        ("GetApplicationInfo", 1 | 2) => known(Some("getapplicationinfo"), Some("GetApplicationInfo")),
        ("GetApplicationSettings", 1) => known(None, Some("GetApplicationSettings")),
        ("GetAuthorizedPeople", 1) => known(Some("getauthorizedpeople"), Some("GetAuthorizedPeople")),
        ("GetAuthorizedRecords", 1) => known(Some("getauthorizedrecords"), Some("GetAuthorizedRecords")),
        ("GetPeopleForRecord", 1) => known(None, Some("GetPeopleForRecord")),
        ("GetPersonAndRecordForAlternateId", 1) => {
            known(Some("getpersonandrecordforalternateid"), Some("GetPersonAndRecordForAlternateId"))
        }
        ("GetPersonInfo", 1) => known(Some("getpersoninfo"), Some("GetPersonInfo")),
        ("GetRecordOperations", 1) => known(Some("getrecordoperations"), Some("GetRecordOperations")),
        ("GetUpdatedRecordsForApplication", 1) => {
            known(Some("getupdatedrecordsforapplication"), Some("GetUpdatedRecordsForApplication"))
        }
        ("GetUpdatedRecordsForApplication", 2) => {
            known(Some("getupdatedrecordsforapplication"), Some("GetUpdatedRecordsForApplication2"))
        }
        ("GetServiceDefinition", 1) => known(Some("getservicedefinition"), Some("GetServiceDefinition")),
        ("GetServiceDefinition", 2) => known(Some("getservicedefinition2"), Some("GetServiceDefinition2")),
        ("GetThings", 1 | 2) => known(Some("getthings"), Some("GetThings")),
        ("GetThings", 3) => known(Some("getthings3"), Some("GetThings3")),
        ("GetValidGroupMembership", 1) => {
            known(Some("getvalidgroupmembership"), Some("GetValidGroupMembership"))
        }
        ("GetThingType", 1) => known(Some("getthingtype"), Some("GetThingType")),
        ("GetVocabulary", 1 | 2) => known(Some("getvocabulary"), Some("GetVocabulary")),
        ("NewApplicationCreationInfo", 1) => known(None, Some("NewApplicationCreationInfo")),
        ("NewSignupCode", 1) => known(None, Some("NewSignupCode")),
        ("OverwriteThings", 1) => known(Some("overwritethings"), Some("OverwriteThings")),
        ("OverwriteThings", 2) => known(Some("overwritethings2"), Some("OverwriteThings")),
        ("PutThings", 1) => known(Some("putthings"), Some("PutThings")),
        ("PutThings", 2) => known(Some("putthings2"), Some("PutThings")),
        ("QueryPermissions", 1) => known(Some("querypermissions"), Some("QueryPermissions")),
        ("RemoveApplicationAuthorization" | "RemoveApplicationRecordAuthorization", 1) => known(None, None),
        ("RemoveThings", 1) => known(Some("removethings"), None),
        ("SearchVocabulary", 1) => known(Some("searchvocabulary"), Some("SearchVocabulary")),
        ("SelectInstance", 1) => known(Some("selectinstance"), Some("SelectInstance")),
        ("SendInsecureMessage", 1) => known(Some("sendinsecuremessage"), None),
        ("SendInsecureMessageFromApplication", 1) => known(Some("sendinsecuremessagefromapplication"), None),
        ("SetApplicationSettings", 1) => known(Some("setapplicationsettings"), None),
        ("UpdateApplication", 1 | 2) => known(Some("updateapplication"), None),
        (method, version) => {
            panic!("{method} {version} is offered, and answers/reference.rs does not say what it answers")
        }
    }
}

impl Reference {
    /// The schema of the answer's info, `response-….xsd`.
    #[must_use]
    pub fn response(&self) -> Option<String> {
        self.suffix.map(|suffix| format!("response-{}", suffix.to_lowercase()))
    }

    /// The info of an answer that succeeded, if there is one.
    ///
    /// # Errors
    /// What is wrong with the answer: not exactly the envelope of wire.md 6.1, or another namespace.
    pub fn info<'a>(&self, answer: &'a str) -> Result<Option<&'a str>, String> {
        let status = "<response><status><code>0</code></status>";
        let inside = answer.strip_prefix(status).and_then(|rest| rest.strip_suffix("</response>"));
        let inside = inside.ok_or("it is no status with an info")?;
        let Some(suffix) = self.suffix else {
            return if inside.is_empty() { Ok(None) } else { Err("it carries an info".to_owned()) };
        };
        let literal = format!("<wc:info xmlns:wc=\"urn:com.microsoft.wc.methods.response.{suffix}\"");
        match inside.strip_prefix(&literal).is_some_and(|rest| rest.starts_with(['>', '/'])) {
            true => Ok(Some(inside)),
            false => Err(format!("it does not begin with {literal}")),
        }
    }
}
