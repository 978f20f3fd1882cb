#![forbid(unsafe_code)]

use kubewright_table::record;

pub struct Guard {
    pub name: String,
}

impl Drop for Guard {
    fn drop(&mut self) {
        println!("not always");
    }
}

record! { Guard { "name" name } }

fn main() {}
