//! Names that must differ from one another.

use std::collections::BTreeSet;

/// The names taken so far in one namespace.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    taken: BTreeSet<String>,
}

impl Scope {
    /// A scope where some names are taken from the start.
    pub(crate) fn reserving(names: &[&str]) -> Self {
        Self {
            taken: names.iter().map(|&name| name.to_owned()).collect(),
        }
    }

    /// The wished name, or the first of `wish2`, `wish3`, … that is free (`wish_2` where
    /// `separator` is `_`).
    pub(crate) fn claim(&mut self, wish: &str, separator: &str) -> String {
        let mut name = wish.to_owned();
        let mut number = 2_usize;
        while !self.taken.insert(name.clone()) {
            name = format!("{}{separator}{number}", wish.trim_end_matches('_'));
            number += 1;
        }
        name
    }

    pub(crate) fn is_free(&self, name: &str) -> bool {
        !self.taken.contains(name)
    }
}
