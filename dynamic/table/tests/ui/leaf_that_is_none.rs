#![forbid(unsafe_code)]

use kubewright_table::leaf;

pub struct Plain(i64);

leaf!(Plain);

fn main() {
    let _ = Plain(1).0;
}
