#![forbid(unsafe_code)]

use kubewright_table::{Datum, Empty, LeafError, Leaf, leaf, record};

#[derive(Clone, PartialEq, Debug)]
pub enum Never {}

impl Empty for Never {
    const EMPTY: Self = panic!("there is none");
}

impl Leaf for Never {
    const EXPECTED: &'static str = "nothing";
    fn read(_: Datum<'_>) -> Result<Self, LeafError> {
        Err(LeafError::Type)
    }
    fn show(&self) -> Datum<'_> {
        match *self {}
    }
}

leaf!(Never);

pub struct Holder {
    pub never: Never,
}

record! { Holder { "never" never } }

fn main() {}
