//! The derives in a module that gives the usual names other meanings, as one with a type
//! `String` or a module `core` of its own does. What they write is found all the same.

mod hostile {
    use kubewright::{ObjectMeta, Resource, Schema};
    use serde::{Deserialize, Serialize};

    #[allow(dead_code)]
    pub(crate) mod core {}
    #[allow(dead_code)]
    pub(crate) mod std {}

    macro_rules! taken {
        ($($name:ident)*) => {$(
            #[allow(dead_code, non_camel_case_types)]
            struct $name {}
        )*};
    }

    taken! { Shape Facts Variant Field Segment Scale Client Install CustomResource CustomResourceDefinition Namespaced }

    #[allow(dead_code)]
    trait Methods {
        /// Methods that the derives call, for every type.
        fn described(&self) {}
        fn at(&self) {}
        fn checked(&self) {}
        fn or_default(&self) {}
        fn column_type(&self) {}
    }

    impl<Any> Methods for Any {}

    #[derive(Resource, Clone, Debug, Serialize, Deserialize)]
    #[resource(group = "example.com", version = "v1", namespaced, scale)]
    #[resource(column(name = "Size", path = ".spec.replicas"))]
    pub(crate) struct Widget {
        metadata: ObjectMeta,
        spec: Spec,
        status: Option<Status>,
        #[serde(default)]
        notes: Vec<String>,
    }

    /// What is wanted.
    #[derive(Schema, Clone, Debug, Serialize, Deserialize)]
    pub(crate) struct Spec {
        #[schema(min = 0, default = 1)]
        pub(crate) replicas: i32,
        #[serde(default)]
        #[schema(default)]
        pub(crate) source: Source,
    }

    #[derive(Schema, Clone, Debug, Serialize, Deserialize)]
    pub(crate) struct Status {
        pub(crate) replicas: i32,
    }

    #[derive(Schema, Clone, Debug, Default, Serialize, Deserialize)]
    #[serde(tag = "type")]
    pub(crate) enum Source {
        Git {
            url: String,
        },
        #[default]
        Nothing,
    }
}

#[test]
fn what_the_module_has_is_not_found() {
    let spec = hostile::Spec {
        replicas: 2,
        source: hostile::Source::Git {
            url: "https://example.com".to_owned(),
        },
    };
    let widget = hostile::Widget::new("big", spec);
    let text = serde_json::to_string(&widget).unwrap();
    assert!(text.contains(r#""replicas":2"#), "{text}");

    let yaml = hostile::Widget::crd().to_yaml().unwrap();
    assert!(yaml.contains("specReplicasPath: .spec.replicas"), "{yaml}");
}
