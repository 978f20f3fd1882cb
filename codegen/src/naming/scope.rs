//! Names that must differ from one another.

use std::collections::BTreeSet;

/// A name before it is known to be free.
pub(crate) struct Wish {
    pub(crate) name: String,
    /// Whether no other original could claim it as rightly.
    pub(crate) natural: bool,
}

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

    /// A name for each original, in the order given: first those that are locked, then those
    /// whose wish is natural to them, then the rest.
    pub(crate) fn claim_each(
        &mut self,
        originals: &[&str],
        separator: &str,
        rule: impl Fn(&str) -> Wish,
        locked: impl Fn(&str) -> Option<String>,
    ) -> Vec<String> {
        let mut names = vec![String::new(); originals.len()];
        let mut order: Vec<(u8, usize, String)> = originals
            .iter()
            .enumerate()
            .map(
                |(index, original)| match (locked(original), rule(original)) {
                    (Some(name), _) => (0, index, name),
                    (None, wish) => (2 - u8::from(wish.natural), index, wish.name),
                },
            )
            .collect();
        order.sort();
        for (_, index, name) in order {
            names[index] = self.claim(&name, separator);
        }
        names
    }

    pub(crate) fn is_free(&self, name: &str) -> bool {
        !self.taken.contains(name)
    }
}
