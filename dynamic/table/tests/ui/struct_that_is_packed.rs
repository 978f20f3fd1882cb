#![forbid(unsafe_code)]

use kubewright_table::record;

#[repr(C, packed)]
pub struct Packed {
    pub flag: bool,
    pub number: i32,
}

record! { Packed { "flag" flag, "number" number } }

fn main() {}
