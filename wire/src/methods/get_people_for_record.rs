//! GetPeopleForRecord 1 (methods.md 13.7): who has access to a record, and who is invited. It has no
//! parameters, whatever `info` holds.

use uuid::Uuid;

use crate::answer;
use crate::shapes::{AuthRule, auth};
use crate::time::UtcMicros;
use crate::xml::XmlWriter;

/// A person who has access. Neither a person's id nor an application's goes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivePersonAuthorization {
    /// The person's name.
    pub name: String,
    /// Whether the person is a custodian.
    pub record_custodian: bool,
    /// Whether it is a group instead of a person.
    pub is_group: bool,
    /// The address, of 6 to 128 characters.
    pub contact_email: String,
    /// Whether it has been validated.
    pub contact_email_validated: Option<bool>,
    /// What the person calls the record; not empty.
    pub record_display_name: Option<String>,
    /// The end of the access.
    pub date_auth_expires: Option<UtcMicros>,
    /// What the person may do, if not everything.
    pub auth_rules: Option<Vec<AuthRule>>,
    /// The relationship to the subject, from vocabulary relationship-types.
    pub rel_type: Option<i32>,
    /// When the access began.
    pub date_auth_created: Option<UtcMicros>,
    /// When it last changed.
    pub date_auth_updated: Option<UtcMicros>,
    /// Whether the person may read the record's audit.
    pub can_access_audit: Option<bool>,
}

/// An invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NonActiveAuthorization {
    /// The address it went to, of 6 to 128 characters.
    pub email_address: String,
    /// Whether the invited person would be a custodian.
    pub record_custodian: bool,
    /// What became of it.
    pub state: AuthorizedRecordState,
    /// What the record is called in it; not empty.
    pub record_display_name: String,
    /// The end of the access.
    pub date_auth_expires: UtcMicros,
    /// What the person would be allowed to do.
    pub auth_rules: Vec<AuthRule>,
    /// The relationship to the subject, from vocabulary relationship-types.
    pub rel_type: i32,
    /// When it was made.
    pub date_auth_created: UtcMicros,
    /// When it last changed.
    pub date_auth_updated: UtcMicros,
    /// Who invites; not empty.
    pub grantor_name: String,
    /// Who is invited; not empty.
    pub grantee_name: String,
    /// The token that accepts it, in Base64. It is better left out: whoever has it can accept, and by the
    /// letter of the schema, whose pattern is misspelt, no token is valid.
    pub record_authorization_token: Option<String>,
    /// The text that went with it; not empty.
    pub email_text: Option<String>,
    /// Whether the person could read the record's audit.
    pub can_access_audit: Option<bool>,
    /// The application that asked for it.
    pub requesting_application_id: Option<Uuid>,
}

/// The state of a person's access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthorizedRecordState {
    /// Accepted.
    Active,
    /// Not answered yet.
    ActivationPending,
    /// Refused.
    ActivationRejected,
}

/// Writes the answer. Somebody always has access: the custodian who asks.
pub fn answer(people: &[ActivePersonAuthorization], invitations: &[NonActiveAuthorization]) -> String {
    answer::success("GetPeopleForRecord", |out| {
        people.iter().for_each(|person| person.write(out));
        invitations.iter().for_each(|invitation| invitation.write(out));
    })
}

impl ActivePersonAuthorization {
    fn write(&self, out: &mut XmlWriter) {
        out.open("active-person-authorization")
            .element("name", &self.name)
            .element("record-custodian", self.record_custodian)
            .element("is-group", self.is_group)
            .element("contact-email", &self.contact_email)
            .element_if("contact-email-validated", self.contact_email_validated)
            .element_if("record-display-name", self.record_display_name.as_ref())
            .element_if("date-auth-expires", self.date_auth_expires);
        if let Some(rules) = &self.auth_rules {
            auth::write(out, "auth-xml", rules);
        }
        out.element_if("rel-type", self.rel_type)
            .element_if("date-auth-created", self.date_auth_created)
            .element_if("date-auth-updated", self.date_auth_updated)
            .element_if("can-access-audit", self.can_access_audit)
            .close();
    }
}

impl NonActiveAuthorization {
    fn write(&self, out: &mut XmlWriter) {
        out.open("non-active-authorization")
            .element("email-address", &self.email_address)
            .element("record-custodian", self.record_custodian)
            .element("authorized-record-state", self.state.name())
            .element("record-display-name", &self.record_display_name)
            .element("date-auth-expires", self.date_auth_expires);
        auth::write(out, "auth-xml", &self.auth_rules);
        out.element("rel-type", self.rel_type)
            .element("date-auth-created", self.date_auth_created)
            .element("date-auth-updated", self.date_auth_updated)
            .element("grantor-name", &self.grantor_name)
            .element("grantee-name", &self.grantee_name)
            .element_if("record-authorization-token", self.record_authorization_token.as_ref())
            .element_if("email-text", self.email_text.as_ref())
            .element_if("can-access-audit", self.can_access_audit)
            .element_if("requesting-application-id", self.requesting_application_id)
            .close();
    }
}

impl AuthorizedRecordState {
    /// The name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            AuthorizedRecordState::Active => "Active",
            AuthorizedRecordState::ActivationPending => "ActivationPending",
            AuthorizedRecordState::ActivationRejected => "ActivationRejected",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shapes::Permission;

    fn ada() -> ActivePersonAuthorization {
        ActivePersonAuthorization {
            name: "Ada".into(),
            record_custodian: true,
            is_group: false,
            contact_email: "ada@example.org".into(),
            contact_email_validated: None,
            record_display_name: None,
            date_auth_expires: None,
            auth_rules: None,
            rel_type: None,
            date_auth_created: None,
            date_auth_updated: None,
            can_access_audit: None,
        }
    }

    fn rules() -> Vec<AuthRule> {
        vec![AuthRule { permissions: vec![Permission::Read], ..AuthRule::default() }]
    }

    const RULES: &str =
        "<auth-xml><auth><rules><rule><permission>Read</permission></rule></rules></auth></auth-xml>";

    #[test]
    fn what_is_not_known_of_a_person_is_left_out() {
        assert_eq!(
            answer(&[ada()], &[]),
            "<response><status><code>0</code></status>\
             <wc:info xmlns:wc=\"urn:com.microsoft.wc.methods.response.GetPeopleForRecord\">\
             <active-person-authorization><name>Ada</name><record-custodian>true</record-custodian>\
             <is-group>false</is-group><contact-email>ada@example.org</contact-email>\
             </active-person-authorization></wc:info></response>"
        );
    }

    #[test]
    fn people_and_invitations_are_written_in_the_order_of_the_schema() {
        let person = ActivePersonAuthorization {
            contact_email_validated: Some(true),
            record_display_name: Some("Bob's".into()),
            date_auth_expires: Some(UtcMicros::NEVER),
            auth_rules: Some(rules()),
            rel_type: Some(8),
            date_auth_created: Some(UtcMicros(0)),
            date_auth_updated: Some(UtcMicros(1_500_000)),
            can_access_audit: Some(false),
            ..ada()
        };
        let invitation = NonActiveAuthorization {
            email_address: "eve@example.org".into(),
            record_custodian: false,
            state: AuthorizedRecordState::ActivationPending,
            record_display_name: "Bob".into(),
            date_auth_expires: UtcMicros::NEVER,
            auth_rules: rules(),
            rel_type: 2,
            date_auth_created: UtcMicros(0),
            date_auth_updated: UtcMicros(0),
            grantor_name: "Ada".into(),
            grantee_name: "Eve".into(),
            record_authorization_token: Some("AQID".into()),
            email_text: Some("Look".into()),
            can_access_audit: Some(false),
            requesting_application_id: Some(Uuid::from_u128(1)),
        };
        let expected = format!(
            "<active-person-authorization><name>Ada</name><record-custodian>true</record-custodian>\
             <is-group>false</is-group><contact-email>ada@example.org</contact-email>\
             <contact-email-validated>true</contact-email-validated>\
             <record-display-name>Bob's</record-display-name>\
             <date-auth-expires>9999-12-31T23:59:59.999Z</date-auth-expires>{RULES}<rel-type>8</rel-type>\
             <date-auth-created>1970-01-01T00:00:00Z</date-auth-created>\
             <date-auth-updated>1970-01-01T00:00:01.5Z</date-auth-updated>\
             <can-access-audit>false</can-access-audit></active-person-authorization>\
             <non-active-authorization><email-address>eve@example.org</email-address>\
             <record-custodian>false</record-custodian>\
             <authorized-record-state>ActivationPending</authorized-record-state>\
             <record-display-name>Bob</record-display-name>\
             <date-auth-expires>9999-12-31T23:59:59.999Z</date-auth-expires>{RULES}<rel-type>2</rel-type>\
             <date-auth-created>1970-01-01T00:00:00Z</date-auth-created>\
             <date-auth-updated>1970-01-01T00:00:00Z</date-auth-updated><grantor-name>Ada</grantor-name>\
             <grantee-name>Eve</grantee-name><record-authorization-token>AQID</record-authorization-token>\
             <email-text>Look</email-text><can-access-audit>false</can-access-audit>\
             <requesting-application-id>00000000-0000-0000-0000-000000000001</requesting-application-id>\
             </non-active-authorization></wc:info></response>"
        );
        assert!(answer(&[person], &[invitation]).ends_with(&expected));
    }
}
