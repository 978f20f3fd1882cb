#![forbid(unsafe_code)]

use kubewright_table::record;

pub struct Point {
    pub x: i32,
}

record! { Point { "x" x, "y" y } }

fn main() {}
