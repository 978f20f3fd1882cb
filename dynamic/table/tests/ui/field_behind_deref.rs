#![forbid(unsafe_code)]

use std::ops::Deref;

use kubewright_table::record;

pub struct Inner {
    pub name: String,
}

pub struct Outer {
    pub inner: i64,
}

static INNER: Inner = Inner { name: String::new() };

impl Deref for Outer {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &INNER
    }
}

record! { Outer { "inner" inner, "name" name } }

fn main() {}
