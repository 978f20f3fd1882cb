#![forbid(unsafe_code)]

use kubewright_table::{record, to_json};

pub union Forged {
    is: bool,
    number: u8,
}

record! { Forged { "is" is } }

fn main() {
    println!("{}", to_json(&Forged { number: 3 }));
}
