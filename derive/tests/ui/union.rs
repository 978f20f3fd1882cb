use kubewright::Resource;

#[derive(Resource)]
#[resource(group = "example.com", version = "v1")]
union Widget {
    number: u32,
}

fn main() {}
