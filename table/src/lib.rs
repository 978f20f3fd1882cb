//! What the types of the Kubernetes API are made of.
//!
//! [`Map`] is the map of all of them: sorted pairs in one piece of memory.

mod map;

pub use map::{Entry, Iter, Map};
