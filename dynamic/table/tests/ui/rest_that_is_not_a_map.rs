#![forbid(unsafe_code)]

use kubewright_table::record;

pub struct Login {
    pub rest: Vec<String>,
}

record! { Login { .. rest } }

fn main() {}
