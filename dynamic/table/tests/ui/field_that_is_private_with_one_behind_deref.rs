#![forbid(unsafe_code)]

use kubewright_table::record;

mod elsewhere {
    use std::ops::Deref;

    pub struct Inner {
        pub name: [u64; 3],
    }

    pub struct Outer {
        name: String,
    }

    static INNER: Inner = Inner { name: [1; 3] };

    impl Deref for Outer {
        type Target = Inner;
        fn deref(&self) -> &Inner {
            &INNER
        }
    }
}

use elsewhere::Outer;

record! { Outer { "name" name } }

fn main() {}
