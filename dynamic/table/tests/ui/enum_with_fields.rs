#![forbid(unsafe_code)]

use kubewright_table::record;

pub enum Either {
    Left { name: String },
    Right { number: i64 },
}

record! { Either { "name" name } }

fn main() {
    let _ = (Either::Left { name: String::new() }, Either::Right { number: 1 });
}
