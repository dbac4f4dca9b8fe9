//! A page for what leads nowhere: what happened, that nothing is lost, what to do next.

use askama::Template;

use super::Frame;
use crate::locale::Key;

/// What happened.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum What {
    /// The application is not registered here, or not active.
    UnknownApp,
    /// The address asks for something that we don't do.
    UnknownTarget,
    /// The application asked for something in a way that we cannot read.
    BadRequest,
    /// The visit took too long, or was finished before.
    VisitExpired,
    /// The form is not of this session: it lay too long, or the person signed in again since.
    FormExpired,
    /// The person has not shown lately that it is them.
    Unproved,
    /// A mailed link that is too old, or was used.
    LinkExpired,
    /// What a device brought is forged, used, or too old (135).
    DeviceLinkSpent,
    /// The person has as many devices as one may have (93).
    TooManyDevices,
    /// The device is somebody else's.
    DeviceOfAnother,
    /// No such page, or not for this person.
    NotFound,
    /// The server is at its limits.
    Busy,
    /// The server is being looked after; nothing can be changed.
    Maintenance,
    /// Something broke on our side.
    Broken,
}

impl What {
    fn title(self) -> Key {
        match self {
            Self::UnknownApp => Key("trouble-unknown-app-title"),
            Self::UnknownTarget => Key("trouble-unknown-target-title"),
            Self::BadRequest => Key("trouble-bad-request-title"),
            Self::VisitExpired => Key("trouble-visit-expired-title"),
            Self::FormExpired => Key("trouble-form-expired-title"),
            Self::Unproved => Key("trouble-prove-title"),
            Self::LinkExpired => Key("trouble-link-expired-title"),
            Self::DeviceLinkSpent => Key("trouble-device-link-title"),
            Self::TooManyDevices => Key("trouble-too-many-devices-title"),
            Self::DeviceOfAnother => Key("trouble-device-of-another-title"),
            Self::NotFound => Key("trouble-not-found-title"),
            Self::Busy => Key("trouble-busy-title"),
            Self::Maintenance => Key("trouble-maintenance-title"),
            Self::Broken => Key("trouble-broken-title"),
        }
    }

    fn text(self) -> Key {
        match self {
            Self::UnknownApp => Key("trouble-unknown-app"),
            Self::UnknownTarget => Key("trouble-unknown-target"),
            Self::BadRequest => Key("trouble-bad-request"),
            Self::VisitExpired => Key("trouble-visit-expired"),
            Self::FormExpired => Key("trouble-form-expired"),
            Self::Unproved => Key("trouble-prove"),
            Self::LinkExpired => Key("trouble-link-expired"),
            Self::DeviceLinkSpent => Key("trouble-device-link"),
            Self::TooManyDevices => Key("trouble-too-many-devices"),
            Self::DeviceOfAnother => Key("trouble-device-of-another"),
            Self::NotFound => Key("trouble-not-found"),
            Self::Busy => Key("trouble-busy"),
            Self::Maintenance => Key("trouble-maintenance"),
            Self::Broken => Key("trouble-broken"),
        }
    }
}

/// The page.
#[derive(Clone, Template)]
#[template(path = "trouble.html")]
pub struct TroublePage {
    /// Around the page.
    pub frame: Frame,
    /// What happened.
    pub what: What,
    /// A reference for support: the only code on the page.
    pub reference: Option<String>,
    /// Where to go on, when it is not the person's records: a new link, the form again.
    pub next_to: Option<String>,
}

impl TroublePage {
    fn next(&self) -> &str {
        self.next_to.as_deref().unwrap_or(crate::paths::HOME)
    }

    fn next_key(&self) -> Key {
        match self.what {
            What::TooManyDevices => Key("devices-title"),
            What::DeviceOfAnother => Key("trouble-next-other-account"),
            What::Unproved => Key("trouble-next-prove"),
            _ if self.next_to.is_some() => Key("trouble-next-again"),
            _ => Key("trouble-next-home"),
        }
    }
}

/// The page in its states.
pub fn samples() -> Vec<(&'static str, TroublePage)> {
    let page = |what| TroublePage { frame: Frame::sample(), what, reference: None, next_to: None };
    vec![
        ("unknown-app", page(What::UnknownApp)),
        ("unknown-target", page(What::UnknownTarget)),
        ("bad-request", page(What::BadRequest)),
        ("visit-expired", page(What::VisitExpired)),
        ("form-expired", TroublePage { next_to: Some("/sign-in".into()), ..page(What::FormExpired) }),
        (
            "unproved",
            TroublePage {
                frame: Frame::sample_signed_in(),
                next_to: Some("/account/prove?next=%2Fpassword%2Fnew".into()),
                ..page(What::Unproved)
            },
        ),
        ("link-expired", TroublePage { next_to: Some("/password/forgot".into()), ..page(What::LinkExpired) }),
        ("device-link-spent", page(What::DeviceLinkSpent)),
        ("too-many-devices", TroublePage { next_to: Some("/devices".into()), ..page(What::TooManyDevices) }),
        (
            "device-of-another",
            TroublePage { next_to: Some("/sign-in".into()), ..page(What::DeviceOfAnother) },
        ),
        ("not-found", TroublePage { frame: Frame::sample_signed_in(), ..page(What::NotFound) }),
        ("busy", page(What::Busy)),
        ("maintenance", page(What::Maintenance)),
        ("broken", TroublePage { reference: Some("7F3A-20C1".into()), ..page(What::Broken) }),
    ]
}
