#![forbid(unsafe_code)]

use kubewright_table::record;

pub struct Inner {
    pub name: String,
}

type Boxed = Box<Inner>;

record! { Boxed { "name" name } }

fn main() {}
