//! The status codes of an answer (wire.md 6.4).

use std::fmt;

/// A status code. Clients treat a number that they do not know as a plain failure.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Status(u16);

impl Status {
    /// The number that goes over the wire.
    pub const fn code(self) -> u16 {
        self.0
    }

    /// The status of a number; every number is one, listed or not.
    pub const fn from_code(code: u16) -> Status {
        Status(code)
    }

    /// Whether the call succeeded.
    pub const fn is_ok(self) -> bool {
        self.0 == 0
    }

    /// The name of the constant, or `UNLISTED`.
    pub fn name(self) -> &'static str {
        ALL.iter().find(|(status, _)| *status == self).map_or("UNLISTED", |(_, name)| name)
    }
}

impl fmt::Debug for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0, self.name())
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

macro_rules! statuses {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        impl Status {
            $($(#[$doc])* pub const $name: Status = Status($code);)*
        }

        /// Every listed status with its name, in the order of the numbers.
        pub const ALL: &[(Status, &str)] = &[$((Status::$name, stringify!($name)),)*];
    };
}

statuses! {
    /// Success.
    OK = 0;
    /// Unspecified internal failure; retry is reasonable.
    FAILED = 1;
    /// Malformed HTTP exchange.
    BAD_HTTP = 2;
    /// Request not well-formed or not valid for the method.
    INVALID_XML = 3;
    /// Hash, HMAC or RSA check failed.
    BAD_SIG = 4;
    /// Method or version not offered.
    BAD_METHOD = 5;
    /// Application unknown, disabled, or its caller refused.
    INVALID_APP = 6;
    /// User token too old; user must return to Shell.
    CREDENTIAL_TOKEN_EXPIRED = 7;
    /// Token unusable.
    INVALID_TOKEN = 8;
    /// Person unknown or inactive.
    INVALID_PERSON = 9;
    /// Record unknown.
    INVALID_RECORD = 10;
    /// Rights missing for app or person.
    ACCESS_DENIED = 11;
    /// Not implemented.
    NYI = 12;
    /// Item id unknown.
    INVALID_THING = 13;
    /// Unit conflict with an existing data table.
    CANT_CONVERT_UNITS = 14;
    /// GetThings filter absent or wrong.
    INVALID_FILTER = 15;
    /// GetThings format absent or wrong.
    INVALID_FORMAT = 16;
    /// Credential came without a session secret.
    MISSING_SHARED_SECRET = 17;
    /// No authorization entry, or rules of a child that exceed those of its master.
    INVALID_APPAUTH = 18;
    /// Type id unknown.
    INVALID_THING_TYPE = 19;
    /// Type cannot be updated.
    THING_TYPE_IMMUTABLE = 20;
    /// Type cannot be created by this caller.
    THING_TYPE_UNCREATABLE = 21;
    /// Credential already registered.
    DUPLICATE_CREDENTIAL_FOUND = 22;
    /// Record name refused.
    INVALID_RECORD_NAME = 23;
    /// Drug unknown.
    DRUG_NOT_FOUND = 24;
    /// Person state refused.
    INVALID_PERSON_STATE = 25;
    /// Code set unknown.
    INVALID_CODESET = 26;
    /// Group unknown or inactive.
    INVALID_GROUP = 27;
    /// E-mail validation token wrong.
    INVALID_VALIDATION_TOKEN = 28;
    /// Account name refused.
    INVALID_ACCOUNT_NAME = 29;
    /// Contact e-mail refused.
    INVALID_CONTACT_EMAIL = 30;
    /// Login name refused.
    INVALID_LOGIN_NAME = 31;
    /// Password wrong.
    INVALID_PASSWORD = 32;
    /// Saved query unknown.
    INVALID_OPENQUERY = 33;
    /// Transform cannot be loaded.
    INVALID_TRANSFORM = 34;
    /// Relationship type refused.
    INVALID_RELATIONSHIP_TYPE = 35;
    /// Credential kind not accepted.
    INVALID_CREDENTIAL_TYPE = 36;
    /// Record state forbids this.
    INVALID_RECORD_STATE = 37;
    /// App needs no authorization.
    APP_AUTH_NOT_REQUIRED = 38;
    /// Request over the size limit.
    REQUEST_TOO_LONG = 39;
    /// Record already authorized.
    DUPLICATE_AUTHORIZED_RECORD_FOUND = 40;
    /// Person must confirm e-mail first.
    EMAIL_NOT_VALIDATED = 41;
    /// Group name taken.
    DUPLICATE_GROUP_FOUND = 42;
    /// Group already nested.
    GROUP_ALREADY_HAS_PARENT = 43;
    /// Nesting would loop.
    GROUP_MEMBERSHIP_CYCLE_DETECTED = 44;
    /// Recipient address malformed.
    MAIL_ADDRESS_MALFORMED = 45;
    /// Password too weak.
    PASSWORD_NOT_STRONG = 46;
    /// A record needs one custodian.
    CANNOT_REMOVE_LAST_CUSTODIAN = 47;
    /// E-mail refused.
    INVALID_EMAIL_ADDRESS = 48;
    /// Message older than its time to live.
    REQUEST_TIMED_OUT = 49;
    /// Sponsor e-mail refused.
    INVALID_SPONSOR_EMAIL = 50;
    /// Promotion token wrong.
    INVALID_PROMOTION_TOKEN = 51;
    /// Share token wrong.
    INVALID_RECORD_AUTHORIZATION_TOKEN = 52;
    /// Too many GetThings groups.
    TOO_MANY_GROUPS_IN_QUERY = 53;
    /// Grant wider than allowed.
    GRANT_AUTHZ_EXCEEDS_DEFAULT = 54;
    /// Vocabulary unknown.
    INVALID_VOCABULARY = 55;
    /// Never answered; some lists call it a duplicate application, which is 136.
    VOCABULARY_LOAD_ERROR = 56;
    /// Share token too old.
    RECORD_AUTHORIZATION_TOKEN_EXPIRED = 57;
    /// No such record authorization.
    RECORD_AUTHORIZATION_DOES_NOT_EXIST = 58;
    /// Type cannot be deleted.
    THING_TYPE_UNDELETABLE = 59;
    /// Update without version stamp, or a second instance of a singleton type.
    VERSION_STAMP_MISSING = 60;
    /// Item changed since read.
    VERSION_STAMP_MISMATCH = 61;
    /// Saved query too old.
    EXPIRED_OPENQUERY = 62;
    /// Public key refused.
    INVALID_PUBLIC_KEY = 63;
    /// App has no domain name.
    DOMAIN_NAME_NOT_SET = 64;
    /// Session over; the client repeats session creation and resends.
    AUTHENTICATED_SESSION_TOKEN_EXPIRED = 65;
    /// Credential key unknown.
    INVALID_CREDENTIAL_KEY = 66;
    /// Person (or group) pseudonym wrong.
    INVALID_PERSON_ID = 67;
    /// Write would overflow the record.
    RECORD_QUOTA_EXCEEDED = 68;
    /// Date out of range.
    INVALID_DATETIME = 69;
    /// Certificate refused.
    BAD_CERT = 70;
    /// Answer over the size limit.
    RESPONSE_TOO_LONG = 71;
    /// Connect question refused.
    INVALID_VERIFICATION_QUESTION = 72;
    /// Connect answer wrong.
    INVALID_VERIFICATION_ANSWER = 73;
    /// No connect request for the code.
    INVALID_IDENTITY_CODE = 74;
    /// Too many attempts.
    RETRY_LIMIT_EXCEEDED = 75;
    /// Header culture not offered.
    CULTURE_NOT_SUPPORTED = 76;
    /// File extension refused.
    INVALID_FILE_EXTENSION = 77;
    /// Vocabulary item unknown.
    INVALID_VOCABULARY_ITEM = 78;
    /// Connect request already exists.
    DUPLICATE_CONNECT_REQUEST_FOUND = 79;
    /// Account kind refused.
    INVALID_SPECIAL_ACCOUNT_TYPE = 80;
    /// Type id taken.
    DUPLICATE_TYPE_FOUND = 81;
    /// Credential unknown.
    CREDENTIAL_NOT_FOUND = 82;
    /// Account needs one credential.
    CANNOT_REMOVE_LAST_CREDENTIAL = 83;
    /// Connect request already used.
    CONNECT_REQUEST_ALREADY_AUTHORIZED = 84;
    /// Update uses an older type version.
    INVALID_THING_TYPE_VERSION = 85;
    /// Too many credentials.
    CREDENTIALS_LIMIT_EXCEEDED = 86;
    /// Method mask names an unknown method.
    INVALID_METHOD = 87;
    /// Blob URL wrong.
    INVALID_BLOB_REF_URL = 88;
    /// Streamed data requested as inline other-data.
    CANNOT_GET_STREAMED_OTHER_DATA = 89;
    /// Type change without data.
    UPDATE_THING_TYPE_VERSION_NO_DATA_XML = 90;
    /// Blob encoding not offered.
    UNSUPPORTED_CONTENT_ENCODING = 91;
    /// Blob bytes do not match the encoding.
    CONTENT_ENCODING_DATA_MISMATCH = 92;
    /// Person has too many apps.
    APPLICATION_LIMIT_EXCEEDED = 93;
    /// Binary content unknown.
    INVALID_BINARY_CONTENT_ID = 94;
    /// Connect request not filled yet.
    CONNECT_REQUEST_INCOMPLETE = 95;
    /// Package already complete.
    CONNECT_PACKAGE_EXISTS = 96;
    /// File name refused.
    INVALID_FILE_NAME = 97;
    /// Sign-up code wrong.
    INVALID_SIGNUP_CODE = 98;
    /// Blob must be streamed.
    BLOB_SIZE_TOO_LARGE_FOR_INLINE = 99;
    /// Blob name repeated in request.
    DUPLICATE_BLOB = 100;
    /// Blob token already used.
    BLOB_TOKEN_COMMITTED = 101;
    /// Blob upload not finished.
    BLOB_TOKEN_NOT_COMPLETED = 102;
    /// Old method version would lose data.
    THING_POTENTIALLY_INCOMPLETE = 104;
    /// Item signature algorithm refused.
    INVALID_SIGNATURE_ALGORITHM = 105;
    /// Blob hash algorithm refused.
    INVALID_BLOB_HASH_ALGORITHM = 106;
    /// Blob block size refused.
    UNSUPPORTED_BLOB_HASH_BLOCK_SIZE = 107;
    /// Blob hash algorithm differs.
    BLOB_HASH_ALGORITHM_MISMATCH = 108;
    /// Blob block size differs.
    BLOB_HASH_BLOCK_SIZE_MISMATCH = 109;
    /// Signature method not usable here.
    UNSUPPORTED_SIGNATURE_METHOD = 110;
    /// Blob hash wrong.
    INVALID_BLOB_HASH = 111;
    /// Blob belongs to an unfinished package.
    PACKAGE_BLOB_NOT_COMMITTED = 112;
    /// Deleted app cannot change state.
    APPLICATION_STATE_TRANSITION_NOT_SUPPORTED = 113;
    /// Manager invite exists.
    ENTITY_MANAGER_AUTH_INVITE_DUPLICATE = 114;
    /// No invite to resend.
    EXISTING_ENTITY_MANAGER_AUTH_INVITE_NOT_FOUND = 115;
    /// Manager invite token wrong.
    INVALID_ENTITY_MANAGER_AUTH_TOKEN = 116;
    /// Resend failed.
    RESEND_ENTITY_MANAGER_INVITE_FAILED = 117;
    /// Manager already set.
    ENTITY_MANAGER_AUTH_ALREADY_EXIST = 118;
    /// Manager not set.
    ENTITY_MANAGER_AUTH_DOES_NOT_EXIST = 119;
    /// Package is not XML.
    INVALID_PACKAGE_CONTENTS = 120;
    /// Content type refused.
    INVALID_CONTENT_TYPE = 121;
    /// Package needs validation first.
    CONNECT_PACKAGE_VALIDATION_REQUIRED = 122;
    /// Item state refused.
    INVALID_THING_STATE = 123;
    /// Too many items.
    TOO_MANY_THINGS_SPECIFIED = 124;
    /// Entity type refused.
    INVALID_ENTITY_TYPE = 125;
    /// Directory item wrong.
    INVALID_DIRECTORY_ITEM = 126;
    /// Directory type wrong.
    INVALID_DIRECTORY_TYPE = 127;
    /// Directory state wrong.
    INVALID_DIRECTORY_STATE = 128;
    /// Vocabulary grant wrong.
    INVALID_VOCABULARY_AUTHORIZATION = 129;
    /// Vocabulary not permitted.
    VOCABULARY_ACCESS_DENIED = 130;
    /// Type cannot be marked personal.
    UNSUPPORTED_PERSONAL_FLAG = 131;
    /// Subscription unknown.
    SUBSCRIPTION_NOT_FOUND = 132;
    /// Too many subscriptions.
    SUBSCRIPTION_LIMIT_EXCEEDED = 133;
    /// Subscription data wrong.
    SUBSCRIPTION_INVALID = 134;
    /// App-creation token wrong or used.
    APPLICATION_CREATION_TOKEN_INVALID = 135;
    /// App already made for this token or id.
    DUPLICATE_APPLICATION_FOUND = 136;
    /// App behind a share request unknown.
    SHARING_REQUESTING_APPLICATION_NOT_FOUND = 137;
    /// Encrypted credential too old.
    ENCRYPTED_CREDENTIAL_EXPIRED = 138;
    /// Alternate id taken.
    DUPLICATE_ALTERNATE_ID = 139;
    /// Alternate id unknown.
    ALTERNATE_ID_NOT_FOUND = 140;
    /// Too many alternate ids (orcas notes 100).
    ALTERNATE_IDS_LIMIT_EXCEEDED = 141;
    /// Alternate id not given.
    ALTERNATE_ID_MISSING = 142;
    /// Audit entry unknown.
    RECORD_AUDIT_NOT_FOUND = 143;
    /// Share PIN wrong.
    RECORD_SHARING_INVITATION_PIN_MISMATCH = 144;
    /// Too many share attempts.
    RECORD_SHARING_MAXIMUM_NUMBER_OF_ATTEMPTS_EXCEEDED = 145;
    /// Optimistic lock lost.
    CONCURRENCY_VIOLATION = 146;
    /// App not offered where the record lives.
    RECORD_LOCATION_NOT_SUPPORTED = 147;
    /// Queue batch too big.
    TOO_MANY_MESSAGES = 148;
    /// Queueing failed.
    COULD_NOT_ENQUEUE = 149;
    /// App location repeated.
    DUPLICATE_APP_LOCATION_INFO = 150;
    /// Warning text not expected here.
    REMOVELOCATIONS_INVALID_WARNINGMESSAGES = 151;
    /// Service is read-only for now.
    MAINTENANCE_MODE_ACCESS_DENIED = 152;
    /// Instance id unknown.
    INVALID_INSTANCE_ID = 153;
    /// Item is read-only.
    CANNOT_UPDATE_IMMUTABLE_THING = 154;
    /// Read-only item may not be created.
    CANNOT_CREATE_IMMUTABLE_THING = 155;
    /// Read-only flag cannot be cleared.
    CANNOT_CHANGE_IMMUTABLE_FLAG = 156;
    /// Age below sign-up limit.
    INVALID_AGE = 157;
    /// Address refused.
    INVALID_IP_ADDRESS = 158;
    /// Microsoft account ticket wrong.
    INVALID_MSA_TICKET = 159;
    /// Too many records.
    MAX_RECORDS_EXCEEDED = 160;
    /// Read-only flag only at creation.
    CANNOT_SET_IMMUTABLE_FLAG = 161;
    /// Preference token too old.
    COMMUNICATION_PREFERENCES_ACCESS_TOKEN_EXPIRED = 162;
    /// SAML token wrong.
    INVALID_SAML2_TOKEN = 163;
    /// Feature off.
    MEANINGFUL_USE_FEATURE_DISABLED = 164;
    /// Cache key repeated.
    APPLICATION_CACHE_REQUEST_DUPLICATE_KEY = 165;
    /// Cache item wrong.
    APPLICATION_CACHE_REQUEST_INVALID_ITEM = 166;
    /// Cache full.
    APPLICATION_CACHE_REQUEST_TOO_LARGE = 167;
    /// Direct address taken.
    DUPLICATE_DIRECT_ADDRESS = 168;
    /// Direct address malformed.
    INVALID_DIRECT_ADDRESS = 169;
    /// Too many Direct addresses.
    MAX_DIRECT_ADDRESSES_EXCEEDED = 170;
    /// Direct address unknown.
    DIRECT_ADDRESS_NOT_FOUND = 171;
    /// Source wrong.
    INVALID_MEANINGFUL_USE_SOURCE = 172;
    /// Source repeated.
    DUPLICATE_MEANINGFUL_USE_SOURCES = 173;
    /// App lacks the feature.
    APP_NOT_ENABLED_FOR_MEANINGFUL_USE = 174;
    /// Child apps lack the feature.
    CHILD_APPS_NOT_ENABLED_FOR_MEANINGFUL_USE = 175;
    /// Data connection unknown.
    DATA_CONNECTION_NOT_FOUND = 176;
    /// Data source wrong.
    INVALID_SOURCE_ID = 177;
    /// Data connection not enabled.
    DATA_CONNECTION_STATUS_ERROR = 178;
    /// Signal type wrong.
    INVALID_SIGNAL_TYPE = 179;
    /// Order-by wrong.
    INVALID_THING_ORDER_SPECS = 180;
    /// Sorting off.
    THING_SORT_NOT_ENABLED = 181;
    /// Record store down.
    RECORD_STORE_UNAVAILABLE = 182;
    /// Record locked for maintenance.
    RECORD_UNDER_MAINTENANCE = 183;
    /// Account already paired.
    ACCOUNT_PAIRED = 184;
    /// Record cannot be paired.
    PAIRING_RECORD_REQUIREMENTS_NOT_MET = 185;
    /// External user already paired.
    MSH_USER_ID_PAIRED = 186;
    /// External user id wrong.
    INVALID_MSH_USER_ID = 187;
    /// Connect client id wrong.
    INVALID_VERIFICATION_CLIENT_ID = 188;
    /// Client id is ambiguous.
    CLIENT_ID_REFERENCES_MULTIPLE_THINGS = 189;
    /// Record already paired.
    RECORD_ID_PAIRED = 190;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_are_listed_once_and_in_order() {
        for pair in ALL.windows(2) {
            assert!(pair[0].0 < pair[1].0, "{:?} before {:?}", pair[0], pair[1]);
            assert_ne!(pair[0].1, pair[1].1);
        }
        assert_eq!(ALL.len(), 190);
        assert_eq!(Status::from_code(103).name(), "UNLISTED");
        assert_eq!(format!("{:?}", Status::ACCESS_DENIED), "11 ACCESS_DENIED");
    }
}
