#![forbid(unsafe_code)]

use kubewright_table::open_enum;

pub enum Colour {
    Red,
}

open_enum!(Colour);

fn main() {
    let _ = Colour::Red;
}
