//! The domains, which live outside the cluster.
//!
//! This stands for a DNS provider: it is reached over the network, and forgets nothing when an
//! object is deleted. That is why a site needs a finalizer.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Domains, with the uid of the site that holds each. Clones share them.
#[derive(Clone, Default)]
pub(crate) struct Domains {
    owners: Arc<Mutex<BTreeMap<String, String>>>,
}

impl Domains {
    /// Gives a site a domain, and frees the one it had before. `false` when another site has it.
    pub(crate) fn claim(&self, domain: &str, owner: &str) -> bool {
        let mut owners = self.owners();
        if owners.get(domain).is_some_and(|known| known != owner) {
            return false;
        }
        owners.retain(|_, known| known != owner);
        owners.insert(domain.to_owned(), owner.to_owned());
        true
    }

    /// Frees the domain of a site. Calling it again does nothing.
    pub(crate) fn release(&self, owner: &str) {
        self.owners().retain(|_, known| known != owner);
    }

    /// Whether some site has the domain.
    #[cfg(test)]
    pub(crate) fn is_claimed(&self, domain: &str) -> bool {
        self.owners().contains_key(domain)
    }

    fn owners(&self) -> MutexGuard<'_, BTreeMap<String, String>> {
        self.owners.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
