#![forbid(unsafe_code)]

use kubewright_table::record;

pub struct Pair(pub i32, pub i32);

record! { Pair { "left" 0, "right" 1 } }

fn main() {}
