//! Subresources that speak text or streams: their parameters, and what they will be called.

use super::resources::{FoundResource, FoundStream};
use crate::fixups;
use crate::ir::{Stream, StreamParameter, Ty};
use crate::parse::{Holds, Parameter};

/// The streams of a resource whose kind is wished to be called `kind`.
pub(super) fn of(found: &FoundResource, kind: &str) -> Vec<Stream> {
    let streams = found.streams.iter();
    streams
        .map(|(wire, found)| stream(kind, wire, found))
        .collect()
}

fn stream(kind: &str, wire: &str, found: &FoundStream) -> Stream {
    let parameters = found.parameters.values();
    Stream {
        wire: wire.to_owned(),
        wish: format!("{kind}{}", fixups::subresource_name(wire)),
        parameters: parameters
            .map(|parameter| lowered(wire, parameter))
            .collect(),
        method: found.method(),
        readable: found.is_readable(),
    }
}

fn lowered(subresource: &str, parameter: &Parameter) -> StreamParameter {
    StreamParameter {
        wire: parameter.name.clone(),
        ty: match parameter.holds {
            Holds::Flag => Ty::Bool,
            Holds::Number => Ty::I64,
            Holds::Text => Ty::String,
        },
        repeated: fixups::is_repeated(subresource, &parameter.name),
        description: parameter.description.clone(),
    }
}
