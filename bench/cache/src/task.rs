//! Names one measurement: which program, on which runtime, server and wire, with how many pods.

use std::fmt;

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

use crate::measure::{Course, Runtime};
use crate::server::Snapshots;
use crate::subject::Name;
use crate::wire::Wire;

/// One process to measure.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Task {
    pub(crate) subject: Name,
    pub(crate) runtime: Runtime,
    pub(crate) snapshots: Snapshots,
    pub(crate) course: Course,
    pub(crate) objects: usize,
    #[serde(default)]
    pub(crate) wire: Wire,
}

impl Task {
    /// The course that others are variants of.
    pub(crate) fn full(subject: Name, runtime: Runtime, objects: usize) -> Self {
        Task {
            subject,
            runtime,
            snapshots: Snapshots::Stream,
            course: Course::Full,
            objects,
            wire: Wire::Plain,
        }
    }
}

impl fmt::Display for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Task {
            subject,
            runtime,
            snapshots,
            course,
            objects,
            wire,
        } = *self;
        let parts = [
            value(subject),
            value(course),
            value(runtime),
            value(snapshots),
            value(wire),
        ];
        write!(f, "{} with {objects} pods", parts.join(" "))
    }
}

/// The name of a value on a command line.
pub(crate) fn value(value: impl ValueEnum) -> String {
    value
        .to_possible_value()
        .map_or_else(String::new, |value| value.get_name().to_owned())
}
