//! CustomResourceDefinitions: a definition that is stored starts to be served, one that is deleted
//! takes its objects along.

use std::sync::Arc;

use super::super::cluster::{Call, Cluster};
use super::super::crd;
use super::super::document::Document;
use super::super::key::Key;
use super::super::object::{self, Object};
use super::super::params::DeleteParams;
use super::super::route::Target;
use super::super::status::Failure;

pub(super) fn prepare_create(definition: &mut Object) {
    crd::complete(definition);
    let status = crd::first_status(definition);
    definition.insert("status".into(), status);
}

impl Cluster {
    /// Serves what a definition that was just stored says, or takes it away.
    pub(super) fn follow_definition(&mut self, call: &Call, definition: &Object) {
        let name = object::name(definition);
        if object::is_being_deleted(definition) {
            self.delete_objects(call, definition);
            self.finish_definition(call, definition);
            return;
        }
        let mut accepted = definition.clone();
        if crd::establish(&mut accepted, &call.now) {
            let document = Arc::new(Document::new(&accepted));
            self.store
                .put(&call.resource.table, Key::new("", name), document);
        }
        let group = crd::group(definition);
        if !self.registry.serves(name, group) {
            self.store.begin(&crd::table(definition));
        }
        self.registry
            .install(name, group, crd::resources(definition));
    }

    /// A definition on its way out goes with the last of its objects.
    pub(super) fn follow_last_object(&mut self, call: &Call, definition: &str) {
        if let Some((definitions, object)) = self.definition(call, definition)
            && object::is_being_deleted(&object)
        {
            self.finish_definition(&definitions, &object);
        }
    }

    /// Nothing is created of a kind whose definition is being deleted.
    pub(in super::super) fn admit_custom(&self, call: &Call) -> Result<(), Failure> {
        let definition = call
            .resource
            .custom
            .as_ref()
            .and_then(|custom| self.definition(call, &custom.crd));
        match definition {
            Some((_, object)) if object::is_being_deleted(&object) => {
                Err(Failure::method_not_allowed())
            }
            _ => Ok(()),
        }
    }

    /// A definition by name, with the call that would name it.
    fn definition(&self, call: &Call, name: &str) -> Option<(Call, Object)> {
        let group = "apiextensions.k8s.io";
        let resource = self
            .registry
            .find(group, "v1", "customresourcedefinitions")?
            .clone();
        let target = Target {
            group: group.into(),
            version: "v1".into(),
            name: name.into(),
            ..Target::default()
        };
        let call = Call {
            resource,
            target,
            user: call.user.clone(),
            now: call.now.clone(),
        };
        let row = self.store.get(&call.resource.table, &call.key())?;
        let object = call.open(row);
        Some((call, object))
    }

    fn delete_objects(&mut self, call: &Call, definition: &Object) {
        let Some(resource) = crd::resources(definition).into_iter().next() else {
            return;
        };
        let table = crd::table(definition);
        let rows = self.store.rows(&table, None, &Key::start_of(None));
        let keys: Vec<Key> = rows.map(|row| row.key.clone()).collect();
        for key in keys {
            let target = Target {
                namespace: key.namespace().to_owned(),
                name: key.name().to_owned(),
                ..Target::default()
            };
            let one = Call {
                resource: resource.clone(),
                target,
                user: call.user.clone(),
                now: call.now.clone(),
            };
            // An object that is gone already is what was wanted.
            let _ = self.delete(&one, &DeleteParams::default());
        }
    }

    fn finish_definition(&mut self, call: &Call, definition: &Object) {
        let held = self
            .store
            .rows(&crd::table(definition), None, &Key::start_of(None))
            .next()
            .is_some();
        let mut last = definition.clone();
        crd::finish(&mut last);
        if held || !object::finalizers(&last).is_empty() {
            return;
        }
        let name = object::name(definition);
        self.store.remove(&call.resource.table, &Key::new("", name));
        self.registry.uninstall(name, crd::group(definition));
    }
}
