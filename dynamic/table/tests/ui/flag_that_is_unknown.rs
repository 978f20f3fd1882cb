#![forbid(unsafe_code)]

use kubewright_table::record;

pub struct Login {
    pub password: String,
}

record! { Login { "password" password [hidden] } }

fn main() {}
