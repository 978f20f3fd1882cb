#![forbid(unsafe_code)]

use kubewright_table::record;

pub struct Pair<T> {
    pub left: T,
    pub right: T,
}

record! { Pair { "left" left, "right" right } }

fn main() {}
