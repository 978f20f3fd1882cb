#![forbid(unsafe_code)]

use std::cell::Cell;

use kubewright_table::{Datum, Empty, LeafError, Leaf, leaf, record};

#[derive(Clone, PartialEq, Debug)]
pub struct Count(Cell<i64>);

impl Empty for Count {
    const EMPTY: Self = Count(Cell::new(0));
}

impl Leaf for Count {
    const EXPECTED: &'static str = "a number";
    fn read(_: Datum<'_>) -> Result<Self, LeafError> {
        Err(LeafError::Type)
    }
    fn show(&self) -> Datum<'_> {
        Datum::Int(self.0.get())
    }
}

leaf!(Count);

pub struct Counter {
    pub count: Count,
}

record! { Counter { "count" count } }

fn main() {}
