#![forbid(unsafe_code)]

use kubewright_table::either;

pub enum Union<T> {
    One(T),
}

either!(Union);

fn main() {
    let _ = Union::One(1);
}
