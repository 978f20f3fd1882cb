#![forbid(unsafe_code)]

use kubewright_table::{Datum, Empty, LeafError, Leaf, leaf};

#[derive(Clone, PartialEq, Debug)]
pub struct Borrowed<'a>(&'a str);

impl Empty for Borrowed<'_> {
    const EMPTY: Self = Borrowed("");
}

impl Leaf for Borrowed<'static> {
    const EXPECTED: &'static str = "a text";
    fn read(_: Datum<'_>) -> Result<Self, LeafError> {
        Err(LeafError::Type)
    }
    fn show(&self) -> Datum<'_> {
        Datum::Text(self.0.into())
    }
}

leaf!(Borrowed<'_>);

fn main() {}
