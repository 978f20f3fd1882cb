//! Quirks of paths and operations.

use std::collections::BTreeSet;

use crate::ir::Verb;
use crate::naming::pascal_case;
use crate::parse::Method;

/// Query parameters that are lists in Go, by subresource. Specifications call every parameter
/// single.
const REPEATED: &[(&str, &str)] = &[("exec", "command"), ("portforward", "ports")];

/// Subresources that are spelled as one word, and the words that they are.
const WORDS: &[(&str, &str)] = &[
    ("ephemeralcontainers", "EphemeralContainers"),
    ("portforward", "PortForward"),
];

/// Whether a parameter of a subresource may be given more than once.
pub(crate) fn is_repeated(subresource: &str, parameter: &str) -> bool {
    REPEATED.contains(&(subresource, parameter))
}

/// Whether a parameter has no meaning where the answer is text or a stream: `pretty` indents
/// objects for people, and that does not exist.
pub(crate) fn is_useless(parameter: &str) -> bool {
    parameter == "pretty"
}

/// A subresource in Pascal case.
pub(crate) fn subresource_name(wire: &str) -> String {
    let known = WORDS.iter().find(|(spelled, _)| *spelled == wire);
    known.map_or_else(|| pascal_case(wire), |(_, words)| (*words).to_owned())
}

/// Whether a subresource that is connected to is a proxy, which answers with whatever it leads
/// to. Nothing says so; but of all that is connected to, only a proxy takes DELETE.
pub(crate) fn is_proxy(methods: &BTreeSet<Method>) -> bool {
    methods.contains(&Method::Delete)
}

/// What can be listed can be watched, though the documents of custom resources have no path for
/// it.
pub(crate) fn imply_watch(verbs: &mut BTreeSet<Verb>) {
    if verbs.contains(&Verb::List) {
        verbs.insert(Verb::Watch);
    }
}
