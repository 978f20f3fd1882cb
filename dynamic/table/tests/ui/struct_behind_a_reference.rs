#![forbid(unsafe_code)]

use kubewright_table::record;

pub struct Inner {
    pub name: String,
}

type Borrowed = &'static Inner;

record! { Borrowed { "name" name } }

fn main() {}
