#![forbid(unsafe_code)]

use kubewright_table::record;

pub struct Port {
    pub number: i32,
}

record! { Port { "number" number, "port" number } }

fn main() {}
