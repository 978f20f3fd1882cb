//! The inputs of a reflector, and its answers.

use std::time::Duration;

use super::ErrorClass;
use crate::wire::rest::ListOptions;

/// An event that the driver reports.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Input<'a> {
    /// The reflector begins.
    Start,
    /// A page of a list is in the snapshot.
    Page {
        resource_version: &'a str,
        next: Option<&'a str>,
    },
    /// A list failed.
    ListFailed(ErrorClass),
    /// The server took the watch.
    WatchOpened,
    /// The server did not.
    WatchFailed(ErrorClass),
    /// An object came and is where it belongs: in the snapshot or in the store.
    Changed { resource_version: Option<&'a str> },
    /// An object came that could not be read; the stream is sound.
    Unreadable,
    /// A version passed.
    Bookmark {
        resource_version: &'a str,
        initial_events_end: bool,
    },
    /// The stream brought an error, which is its last word.
    StreamFailed(ErrorClass),
    /// The stream ended.
    StreamEnded,
    /// The time of [`Next::Wait`], or the patience of [`Reflector::deadline`], is over.
    TimeOver,
}

/// The reaction to an input.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Step {
    /// The change to the snapshot, made first.
    pub(crate) snapshot: Snapshot,
    /// The action after that.
    pub(crate) next: Next,
}

impl Step {
    /// The version of a snapshot that came whole on a stream which goes on.
    pub(crate) fn streamed(&self) -> Option<String> {
        match &self.snapshot {
            Snapshot::Commit(version) if self.next == Next::Continue => Some(version.clone()),
            _ => None,
        }
    }
}

/// The change to the snapshot that is being taken.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) enum Snapshot {
    /// Nothing.
    #[default]
    Keep,
    /// A new one begins; an unfinished one is discarded.
    Begin,
    /// It is whole: it replaces the store's content, true at this version.
    Commit(String),
}

/// The next action of the driver.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) enum Next {
    /// Go on with what is open.
    #[default]
    Continue,
    /// Ask for a page.
    List(ListOptions),
    /// Open a watch, in place of any that is open.
    Watch(ListOptions),
    /// Close what is open and wait.
    Wait(Duration),
}
