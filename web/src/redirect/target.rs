//! What an application may send a person to the Shell for.

/// A task of the Shell, as named by `target`.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Target {
    /// Sign in, and agree if something is yet to be agreed.
    Auth,
    /// Choose records and agree, always.
    AppAuth,
    /// Go on to another application.
    AppRedirect,
    /// Show a document of an application.
    AppContent,
    /// Sign out.
    AppSignOut,
    /// Enter the code of a connect request.
    Connect,
    /// Enter the code of a package.
    PickUp,
    /// Open an account.
    CreateAccount,
    /// Add an app on a device.
    CreateApplication,
    /// Make a record.
    CreateRecord,
    /// Change what a record says about its person.
    EditRecord,
    /// Read help.
    Help,
    /// Look after the account.
    ManageAccount,
    /// Take a summary document apart into readings.
    Reconcile,
    /// The end of that.
    ReconcileDone,
    /// See the records.
    RecordList,
    /// See what an application may do.
    SharedAppDetails,
    /// Share a record with someone.
    ShareRecord,
    /// See readings.
    ViewItems,
}

/// The names on the wire; clients write them in any letter case.
const NAMES: [(&str, Target); 19] = [
    ("AUTH", Target::Auth),
    ("APPAUTH", Target::AppAuth),
    ("APPREDIRECT", Target::AppRedirect),
    ("APPCONTENT", Target::AppContent),
    ("APPSIGNOUT", Target::AppSignOut),
    ("CONNECT", Target::Connect),
    ("PICKUP", Target::PickUp),
    ("CREATEACCOUNT", Target::CreateAccount),
    ("CREATEAPPLICATION", Target::CreateApplication),
    ("CREATERECORD", Target::CreateRecord),
    ("EDITRECORD", Target::EditRecord),
    ("HELP", Target::Help),
    ("MANAGEACCOUNT", Target::ManageAccount),
    ("RECONCILE", Target::Reconcile),
    ("RECONCILECOMPLETE", Target::ReconcileDone),
    ("RECORDLIST", Target::RecordList),
    ("SHAREDAPPDETAILS", Target::SharedAppDetails),
    ("SHARERECORD", Target::ShareRecord),
    ("VIEWITEMS", Target::ViewItems),
];

impl Target {
    /// The target of this name, in whatever case it is written.
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.trim();
        NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, target)| *target)
    }

    /// The name on the wire.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(_, target)| *target == self).map_or("", |(name, _)| name)
    }

    /// Whether the task starts by knowing who the person is. Documents, help and sign-out do not ask;
    /// opening an account asks for it in its own way.
    pub fn needs_person(self) -> bool {
        use Target::{AppContent, AppRedirect, AppSignOut, Connect, CreateAccount, Help, PickUp};
        !matches!(self, AppContent | AppRedirect | AppSignOut | Connect | CreateAccount | Help | PickUp)
    }

    /// Whether the browser goes back to the application at the end.
    pub fn returns(self) -> bool {
        use Target::*;
        matches!(
            self,
            Auth | AppAuth
                | AppRedirect
                | AppSignOut
                | CreateAccount
                | CreateApplication
                | CreateRecord
                | EditRecord
                | Reconcile
                | ShareRecord
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_known_in_any_letter_case() {
        for (name, target) in [
            ("APPAUTH", Target::AppAuth),
            ("AppAuth", Target::AppAuth),
            ("CreateApplication", Target::CreateApplication),
            ("Auth", Target::Auth),
            ("appsignout", Target::AppSignOut),
        ] {
            assert_eq!(Target::parse(name), Some(target), "{name}");
        }
    }

    #[test]
    fn every_target_reads_back_from_its_name() {
        for (name, target) in NAMES {
            assert_eq!(Target::parse(name), Some(target));
            assert_eq!(target.name(), name);
        }
    }

    #[test]
    fn an_unknown_target_is_not_guessed() {
        assert_eq!(Target::parse("AUTHX"), None);
        assert_eq!(Target::parse(""), None);
    }
}
