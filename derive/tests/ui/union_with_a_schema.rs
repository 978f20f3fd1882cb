use kubewright::Schema;

#[derive(Schema)]
union Both {
    a: i32,
    b: u32,
}

fn main() {}
