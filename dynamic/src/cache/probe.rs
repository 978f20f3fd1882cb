//! The probe of a cache: asks the server whether the cache has everything up to a version.
//!
//! A cache learns of a version by a change of its objects, or by a bookmark, which comes about once a
//! minute. The version of an object of another kind may be far away from both. So the server is asked:
//! a consistent read of nothing brings the server's own cache up to the present, and a short watch from
//! the version of this cache brings the changes that it lacks, in order, and then a bookmark.

use std::time::Duration;

use tokio::sync::{Mutex, MutexGuard};
use tokio::time::timeout;

use super::version::compare_resource_versions;
use crate::client::api::Api;
use crate::client::watch::{Change, Frame};
use crate::model::error::Result;
use crate::model::partial::PartialObjectMetadata;
use crate::wire::rest::ListOptions;

/// The server sends a bookmark two seconds before a watch ends.
const LASTS: Duration = Duration::from_secs(3);
/// How long one question may take in all.
const PATIENCE: Duration = Duration::from_secs(10);
/// No object has this name, as it is not a valid one.
const NOTHING: &str = "metadata.name=-";

/// Asks the server of one informer.
pub(super) struct Probe {
    api: Api<PartialObjectMetadata>,
    /// Labels and fields of the informer.
    selectors: ListOptions,
    turn: Mutex<()>,
}

/// All changes after a version up to another one.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Changes {
    /// The version of the last change; `None` where nothing has changed.
    pub(super) last: Option<String>,
    pub(super) until: String,
}

impl Probe {
    pub(super) fn new<K>(api: &Api<K>, selectors: ListOptions) -> Self
    where
        K: crate::model::object::Object,
    {
        let (client, resource) = (api.client().clone(), api.api_resource().clone());
        Probe {
            api: Api::of_scope(client, resource, api.current_namespace()),
            selectors,
            turn: Mutex::new(()),
        }
    }

    /// Waits until nobody else asks: the answer to one may be enough for all.
    pub(super) async fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().await
    }

    /// The changes after `version`, up to `wanted` or later; `None` where the server cannot say.
    pub(super) async fn changes(&self, version: &str, wanted: &str) -> Result<Option<Changes>> {
        let asked = timeout(PATIENCE, self.ask(version, wanted)).await;
        asked.unwrap_or(Ok(None))
    }

    async fn ask(&self, version: &str, wanted: &str) -> Result<Option<Changes>> {
        let present = self.api.list(&self.nothing()).await?;
        if !has_reached(present.resource_version().unwrap_or_default(), wanted)? {
            return Ok(None);
        }
        let options = self.selectors.clone();
        let options = options.resource_version(version).timeout(LASTS);
        let mut frames = self.api.watch(&options).frames().await?;
        let mut changes = Changes::default();
        while let Some(()) = frames
            .next(|frame| changes.take(frame))
            .await?
            .transpose()?
        {
            if has_reached(&changes.until, wanted)? {
                return Ok(Some(changes));
            }
        }
        Ok(None)
    }

    fn nothing(&self) -> ListOptions {
        let fields = self.selectors.fields.as_deref();
        let fields = fields.filter(|fields| !fields.is_empty());
        let fields = fields.map_or_else(
            || NOTHING.to_owned(),
            |fields| format!("{fields},{NOTHING}"),
        );
        self.selectors.clone().fields(fields)
    }
}

impl Changes {
    fn take(&mut self, frame: Frame<'_>) -> Result<()> {
        match frame.change()? {
            Change::Added(object) | Change::Modified(object) | Change::Deleted(object) => {
                let version = object.field(|head| head.resource_version);
                self.last = version.map(str::to_owned);
            }
            Change::Bookmark(bookmark) => self.until = bookmark.resource_version,
        }
        Ok(())
    }
}

/// Whether a version is `wanted` or later; not if there is none.
fn has_reached(version: &str, wanted: &str) -> Result<bool> {
    if version.is_empty() {
        return Ok(false);
    }
    Ok(compare_resource_versions(version, wanted)?.is_ge())
}
