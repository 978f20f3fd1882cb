//! The hash function of a cache's maps.
//!
//! Names come from anybody who may create objects, so production seeds at random, and the order of
//! deltas within one snapshot is left to chance. Tests here fix it: one seed of theirs must be
//! one conversation.

#[cfg(not(test))]
pub(super) type Hashing = std::hash::RandomState;

#[cfg(test)]
pub(super) type Hashing = std::hash::BuildHasherDefault<std::hash::DefaultHasher>;
