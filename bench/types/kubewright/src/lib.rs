//! An empty library: the features choose the part of the generated crate that is compiled.
