#![forbid(unsafe_code)]

use kubewright_table::record;

pub struct Point {
    pub x: i32,
    pub y: i32,
}

record! { Point { "x" x } }

fn main() {}
