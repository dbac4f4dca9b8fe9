//! Audit and Audit2 (methods.md 4.5, things.md 1.2).

use uuid::Uuid;

use crate::shapes::ThingShape;
use crate::time::UtcMicros;
use crate::xml::XmlWriter;

/// Who did something to a thing, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audit {
    /// When.
    pub timestamp: UtcMicros,
    /// The application, or the installed instance of one.
    pub app: Named,
    /// The person.
    pub person: Named,
    /// Who acted in the person's place.
    pub impersonator: Option<Named>,
    /// Whether the person was present.
    pub access_avenue: Option<Avenue>,
    /// What was done.
    pub action: AuditAction,
    /// The application of which `app` is an instance; only in the newer shape.
    pub master_app_id: Option<Uuid>,
}

/// An id with the name that goes with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The id.
    pub id: Uuid,
    /// The name; required, though it may be empty.
    pub name: String,
}

/// Whether a person was present.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Avenue {
    /// Yes.
    Online,
    /// No.
    Offline,
}

/// What was done to a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditAction {
    /// It was made.
    Created,
    /// It was changed.
    Updated,
    /// It was removed.
    Deleted,
}

impl Audit {
    /// Writes the audit under the given name, `created` or `updated`.
    pub fn write(&self, name: &'static str, shape: ThingShape, out: &mut XmlWriter) {
        out.open(name).element("timestamp", self.timestamp);
        self.app.write("app-id", out);
        self.person.write("person-id", out);
        if let Some(impersonator) = &self.impersonator {
            impersonator.write("impersonator-id", out);
        }
        out.element_if(
            "access-avenue",
            self.access_avenue.map(|avenue| match avenue {
                Avenue::Online => "Online",
                Avenue::Offline => "Offline",
            }),
        );
        out.element(
            "audit-action",
            match self.action {
                AuditAction::Created => "Created",
                AuditAction::Updated => "Updated",
                AuditAction::Deleted => "Deleted",
            },
        );
        if shape == ThingShape::Thing2 {
            out.element_if("master-app-id", self.master_app_id);
        }
        out.close();
    }
}

impl Named {
    fn write(&self, name: &'static str, out: &mut XmlWriter) {
        out.open(name).attr("name", &self.name).text(self.id).close();
    }
}
