//! Users: who sends a request, by name and by groups.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::certificates::ADMIN_GROUP;

/// The group of everybody who is known.
const AUTHENTICATED: &str = "system:authenticated";
const SERVICE_ACCOUNT: &str = "system:serviceaccount:";

/// Somebody who sends requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct User {
    pub(crate) name: String,
    pub(crate) uid: String,
    pub(crate) groups: Vec<String>,
    pub(crate) extra: BTreeMap<String, Vec<String>>,
}

impl User {
    /// A user in these groups, and in those that everybody is in.
    pub(crate) fn new(name: &str, groups: Vec<String>) -> Self {
        let mut user = Self {
            name: name.to_owned(),
            uid: String::new(),
            groups,
            extra: BTreeMap::new(),
        };
        user.add_group(AUTHENTICATED);
        user
    }

    /// The user who may do everything, and whom a server sees that asks nobody who they are.
    pub(crate) fn admin() -> Self {
        Self::new("system:admin", vec![ADMIN_GROUP.to_owned()])
    }

    /// A user whom another one acts as. Without groups, a service account is in those of its kind.
    pub(crate) fn impersonated(name: &str, mut groups: Vec<String>) -> Self {
        if let Some(namespace) = service_account_namespace(name)
            && groups.is_empty()
        {
            groups = vec![
                "system:serviceaccounts".to_owned(),
                format!("system:serviceaccounts:{namespace}"),
            ];
        }
        Self::new(name, groups)
    }

    /// As reviews show it: what is empty is left out.
    pub(crate) fn to_json(&self) -> Value {
        let mut user = json!({"username": self.name, "groups": self.groups});
        if !self.uid.is_empty() {
            user["uid"] = self.uid.as_str().into();
        }
        if !self.extra.is_empty() {
            user["extra"] = json!(self.extra);
        }
        user
    }

    fn add_group(&mut self, group: &str) {
        if !self.groups.iter().any(|known| known == group) {
            self.groups.push(group.to_owned());
        }
    }
}

fn service_account_namespace(name: &str) -> Option<&str> {
    let (namespace, name) = name.strip_prefix(SERVICE_ACCOUNT)?.split_once(':')?;
    (!namespace.is_empty() && !name.is_empty()).then_some(namespace)
}
