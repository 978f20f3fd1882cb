//! Something outside of the cluster that a site needs: who has which domain.
//!
//! It stands for a DNS provider, which is told over the network and forgets nothing when an
//! object is deleted. That is what finalizers are for.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The domains, and the uids of the sites that have them.
#[derive(Clone, Default)]
pub(crate) struct Domains {
    owners: Arc<Mutex<BTreeMap<String, String>>>,
}

impl Domains {
    /// Lets a site have a domain, and no other. `false` when another site has it.
    pub(crate) fn claim(&self, domain: &str, owner: &str) -> bool {
        let mut owners = self.owners();
        if owners.get(domain).is_some_and(|known| known != owner) {
            return false;
        }
        owners.retain(|_, known| known != owner);
        owners.insert(domain.to_owned(), owner.to_owned());
        true
    }

    /// Takes from a site what it has.
    pub(crate) fn release(&self, owner: &str) {
        self.owners().retain(|_, known| known != owner);
    }

    pub(crate) fn is_claimed(&self, domain: &str) -> bool {
        self.owners().contains_key(domain)
    }

    fn owners(&self) -> MutexGuard<'_, BTreeMap<String, String>> {
        self.owners.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
