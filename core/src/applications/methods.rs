//! Which methods an application may call: single ones and groups of them (methods.md 2.8).

/// What every application may call unless it says otherwise: all methods that stand in no other group.
pub const BASIC: &str = "basic";

/// Groups that an operator gives on purpose, each with its methods.
const GROUPS: [(&str, &[&str]); 5] = [
    // Creates applications below itself, and changes them.
    ("master", &["AddApplication", "UpdateApplication"]),
    // Gives out codes with which people open accounts where that is restricted.
    ("sign-up", &["NewSignupCode"]),
    // Writes to people in its own name or in theirs.
    ("email", &["SendInsecureMessage", "SendInsecureMessageFromApplication"]),
    (
        "connect",
        &[
            "AllocatePackageId",
            "BeginPutConnectPackageBlob",
            "CreateConnectPackage",
            "CreateConnectRequest",
            "DeletePendingConnectPackage",
            "DeletePendingConnectRequest",
            "GetAuthorizedConnectRequests",
            "UpdateExternalId",
        ],
    ),
    (
        "eventing",
        &["GetEventSubscriptions", "SubscribeToEvent", "UnsubscribeToEvent", "UpdateEventSubscription"],
    ),
];

/// The methods of the basic group, public by the index of the original (methods.md 3).
const BASIC_METHODS: &[&str] = &[
    "AssociateAlternateId",
    "AuthorizeApplication",
    "BeginPutBlob",
    "CreateAuthenticatedSessionToken",
    "DisassociateAlternateId",
    "GetAlternateIds",
    "GetApplicationInfo",
    "GetApplicationSettings",
    "GetAuthorizedPeople",
    "GetAuthorizedRecords",
    "GetMeaningfulUseTimelyAccessReport",
    "GetMeaningfulUseVDTReport",
    "GetPeopleForRecord",
    "GetPersonAndRecordForAlternateId",
    "GetPersonInfo",
    "GetRecordOperations",
    "GetServiceDefinition",
    "GetThingType",
    "GetThings",
    "GetUpdatedRecordsForApplication",
    "GetValidGroupMembership",
    "GetVocabulary",
    "NewApplicationCreationInfo",
    "OverwriteThings",
    "PutThings",
    "QueryPermissions",
    "RemoveApplicationAuthorization",
    "RemoveApplicationRecordAuthorization",
    "RemoveThings",
    "SearchVocabulary",
    "SelectInstance",
    "SetApplicationSettings",
];

/// The two groups of the original whose names are known; both are within our basic one.
const ORIGINAL: [&str; 2] = ["x-BaseMethods", "x-UserDataExtended"];

/// What `AddApplication` 1 gives to a child, whatever it asks for (methods.md 12.1).
#[must_use]
pub fn of_a_child_by_version_1() -> Vec<String> {
    ORIGINAL.map(str::to_owned).to_vec()
}

/// The methods that a name stands for, itself or a group's; none when there is no such name.
#[must_use]
pub fn named(name: &str) -> Option<&'static [&'static str]> {
    if name == BASIC || ORIGINAL.iter().any(|group| group.eq_ignore_ascii_case(name)) {
        return Some(BASIC_METHODS);
    }
    if let Some((_, methods)) = GROUPS.iter().find(|(group, _)| group.eq_ignore_ascii_case(name)) {
        return Some(methods);
    }
    let groups = GROUPS.iter().map(|(_, methods)| *methods);
    groups
        .chain([BASIC_METHODS])
        .find_map(|methods| methods.iter().position(|method| *method == name).map(|at| &methods[at..=at]))
}

/// Whether a list of names allows a method.
#[must_use]
pub fn allow(names: &[String], method: &str) -> bool {
    names.iter().any(|name| name == method || named(name).is_some_and(|methods| methods.contains(&method)))
}

/// The first name of a list that is no method or stands for one that the ceiling does not allow.
#[must_use]
pub fn beyond<'n>(names: &'n [String], ceiling: &[String]) -> Option<&'n str> {
    let within = |name: &&String| {
        named(name).is_some_and(|methods| methods.iter().all(|method| allow(ceiling, method)))
    };
    names.iter().find(|name| !within(name)).map(String::as_str)
}

/// A list as it stands in a file or on the wire: comma-separated, white space around each name.
#[must_use]
pub fn split(list: &str) -> Vec<String> {
    list.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(list: &str) -> Vec<String> {
        split(list)
    }

    #[test]
    fn what_is_dangerous_is_not_basic() {
        for method in ["AddApplication", "NewSignupCode", "SendInsecureMessage", "CreateConnectRequest"] {
            assert!(!allow(&names("basic"), method), "{method}");
            assert!(allow(&names(method), method));
        }
        assert!(allow(&names("basic"), "GetThings"));
        assert!(allow(&names("x-basemethods"), "GetThings"));
    }

    #[test]
    fn a_list_is_within_a_ceiling_method_by_method() {
        let ceiling = names("x-BaseMethods, NewSignupCode");
        assert_eq!(beyond(&names("GetThings,sign-up"), &ceiling), None);
        assert_eq!(beyond(&names("GetThings,email"), &ceiling), Some("email"));
        assert_eq!(beyond(&names("DropEverything"), &ceiling), Some("DropEverything"));
        assert_eq!(beyond(&names("basic"), &names("GetThings")), Some("basic"));
    }
}
