#![forbid(unsafe_code)]

use std::rc::Rc;

use kubewright_table::record;

pub struct Point {
    pub x: Rc<i32>,
}

record! { Point { "x" x } }

fn main() {}
