//! Looking up and changing the entries of a kubeconfig.

use super::{AuthInfo, Cluster, Context, Kubeconfig, NamedAuthInfo, NamedCluster, NamedContext};

impl Kubeconfig {
    /// The cluster of this name.
    pub fn cluster(&self, name: &str) -> Option<&Cluster> {
        let entry = self.clusters.iter().find(|entry| entry.name == name);
        entry.map(|entry| &entry.cluster)
    }

    /// The user of this name.
    pub fn user(&self, name: &str) -> Option<&AuthInfo> {
        let entry = self.users.iter().find(|entry| entry.name == name);
        entry.map(|entry| &entry.user)
    }

    /// The context of this name.
    pub fn context(&self, name: &str) -> Option<&Context> {
        let entry = self.contexts.iter().find(|entry| entry.name == name);
        entry.map(|entry| &entry.context)
    }

    /// The context of this name, to be changed.
    pub fn context_mut(&mut self, name: &str) -> Option<&mut Context> {
        let entry = self.contexts.iter_mut().find(|entry| entry.name == name);
        entry.map(|entry| &mut entry.context)
    }

    /// Adds a cluster, or replaces the one of this name. A replaced one stays in its file.
    pub fn set_cluster(&mut self, name: impl Into<String>, cluster: Cluster) {
        let name = name.into();
        match self.clusters.iter_mut().find(|entry| entry.name == name) {
            Some(entry) => {
                let origin = cluster.origin.clone().or(entry.cluster.origin.take());
                entry.cluster = Cluster { origin, ..cluster };
            }
            None => self.clusters.push(NamedCluster { name, cluster }),
        }
    }

    /// Adds a user, or replaces the one of this name. A replaced one stays in its file.
    pub fn set_user(&mut self, name: impl Into<String>, user: AuthInfo) {
        let name = name.into();
        match self.users.iter_mut().find(|entry| entry.name == name) {
            Some(entry) => {
                let origin = user.origin.clone().or(entry.user.origin.take());
                entry.user = AuthInfo { origin, ..user };
            }
            None => self.users.push(NamedAuthInfo { name, user }),
        }
    }

    /// Adds a context, or replaces the one of this name. A replaced one stays in its file.
    pub fn set_context(&mut self, name: impl Into<String>, context: Context) {
        let name = name.into();
        match self.contexts.iter_mut().find(|entry| entry.name == name) {
            Some(entry) => {
                let origin = context.origin.clone().or(entry.context.origin.take());
                entry.context = Context { origin, ..context };
            }
            None => self.contexts.push(NamedContext { name, context }),
        }
    }

    /// Removes a cluster; returns whether it was there. Contexts that name it stay.
    pub fn remove_cluster(&mut self, name: &str) -> bool {
        remove(&mut self.clusters, |entry| entry.name == name)
    }

    /// Removes a user; returns whether it was there. Contexts that name it stay.
    pub fn remove_user(&mut self, name: &str) -> bool {
        remove(&mut self.users, |entry| entry.name == name)
    }

    /// Removes a context; returns whether it was there. Its cluster and user stay.
    pub fn remove_context(&mut self, name: &str) -> bool {
        remove(&mut self.contexts, |entry| entry.name == name)
    }
}

fn remove<T>(entries: &mut Vec<T>, is_it: impl Fn(&T) -> bool) -> bool {
    let before = entries.len();
    entries.retain(|entry| !is_it(entry));
    entries.len() < before
}
