//! Nothing: the features say which part of the generated crate is compiled.
