#![forbid(unsafe_code)]

use kubewright_table::{Datum, Empty, LeafError, Leaf, leaf, record};

#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Word(&'static str);

impl Empty for Word {
    const EMPTY: Self = Word("");
}

impl Leaf for Word {
    const EXPECTED: &'static str = "a word";
    fn read(_: Datum<'_>) -> Result<Self, LeafError> {
        Err(LeafError::Type)
    }
    fn show(&self) -> Datum<'_> {
        Datum::Text(self.0.into())
    }
}

leaf!(Word);

pub union Forged {
    word: Word,
    raw: [usize; 2],
}

record! { Forged { "word" word } }

fn main() {
    println!("{:?}", Forged { raw: [0x1000, 64] });
}
