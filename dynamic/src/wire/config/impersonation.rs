//! Acting as somebody else.

use std::collections::BTreeMap;

/// The user that requests are made as ([rule C17](crate::semantics#c17)): by name, and with a uid,
/// groups and extra data where that matters. The server allows it to those who may `impersonate`
/// all of these.
///
/// Without groups the server adds those that any user has, `system:authenticated` among them.
///
/// ```
/// use kubewright::Impersonation;
///
/// let jane = Impersonation::user("jane").group("developers").extra("reason", "support");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Impersonation {
    pub(crate) user: String,
    pub(crate) uid: Option<String>,
    pub(crate) groups: Vec<String>,
    pub(crate) extra: BTreeMap<String, Vec<String>>,
}

impl Impersonation {
    /// The user of this name, such as `jane` or `system:serviceaccount:prod:web`.
    pub fn user(name: impl Into<String>) -> Self {
        Impersonation {
            user: name.into(),
            ..Impersonation::default()
        }
    }

    /// With this uid.
    #[must_use]
    pub fn uid(mut self, uid: impl Into<String>) -> Self {
        self.uid = Some(uid.into());
        self
    }

    /// As a member of this group too.
    #[must_use]
    pub fn group(mut self, group: impl Into<String>) -> Self {
        self.groups.push(group.into());
        self
    }

    /// With this value more under this key of the extra data. Servers read keys in lower case.
    #[must_use]
    pub fn extra(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.extra.entry(key.into()).or_default().push(value.into());
        self
    }
}
