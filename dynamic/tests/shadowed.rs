//! The macros that generated code calls, in a crate that has put other things in the place of
//! everything they could name: a specification may call a type `String`, and a crate its
//! module `std`.
#![no_std]
#![no_implicit_prelude]

extern crate kubewright as real_kubewright;
extern crate self as core;
extern crate self as kubewright;
extern crate self as serde;
extern crate self as std;
extern crate std as real;

use real::prelude::v1::derive;

#[allow(unused_macros)]
mod hostile {
    use crate::derive;

    macro_rules! stringify {
        ($($any:tt)*) => {
            0
        };
    }
    macro_rules! record {
        ($($any:tt)*) => {
            0
        };
    }
    macro_rules! open_enum {
        ($($any:tt)*) => {
            0
        };
    }

    macro_rules! taken {
        ($($name:ident)*) => {$(
            #[allow(dead_code, non_camel_case_types)]
            struct $name {}
        )*};
    }

    taken! {
        bool str i64 usize Option Some None Result Ok Err Box Vec String Map Empty Kind Cow Formatter Other
        ApiResource ObjectMeta Namespaced Cluster
    }

    #[allow(dead_code)]
    trait Default {
        const EMPTY: () = ();
        /// Methods that the expansions call, for every type.
        fn as_str(&self) {}
        fn as_i64(&self) {}
        fn pad(&self) {}
        fn map(&self) {}
        fn is_empty(&self) {}
        fn serialize_str(&self) {}
        fn serialize_i64(&self) {}
    }

    impl<Any> Default for Any {}

    macro_rules! taken_traits {
        ($($name:ident)*) => {$(
            #[allow(dead_code)]
            trait $name {}
        )*};
    }

    taken_traits! { Clone Debug Display From Into FromStr AsRef PartialEq Eq Hash Serialize Deserialize Resource HasMetadata List }

    #[derive(Clone, Debug)]
    pub(crate) enum Policy {
        Always,
        Never,
        Other(crate::real::string::String),
    }

    crate::real_kubewright::codegen::open_enum! {
        Policy { Always = "Always", Never = "Never" }
    }

    #[derive(Clone, Debug)]
    pub(crate) enum Redirect {
        V301,
        Other(crate::real::primitive::i64),
    }

    crate::real_kubewright::codegen::open_integers! { Redirect { V301 = 301 } }

    pub(crate) struct Widget {
        pub(crate) metadata: crate::real_kubewright::ObjectMeta,
        pub(crate) policy: Policy,
        pub(crate) redirect: Redirect,
    }

    crate::real_kubewright::codegen::record! {
        Widget { "metadata" metadata, "policy" policy, "redirect" redirect }
    }

    crate::real_kubewright::codegen::resource! {
        Widget { "example.com" "v1" "Widget" "widgets" Namespaced Get List HasStatus }
    }
}

#[real::prelude::v1::test]
fn what_the_caller_has_is_not_found() {
    use real_kubewright::codegen::{HasMetadata, Resource};

    let widget = hostile::Widget::new("big").in_namespace("here");
    real::assert_eq!(
        widget.metadata().namespace.as_deref(),
        real::option::Option::Some("here")
    );
    real::assert_eq!(<hostile::Widget as Resource>::PLURAL, "widgets");

    let text = r#"{"metadata":{"name":"w"},"policy":"Never","redirect":301}"#;
    let widget: hostile::Widget = real_kubewright::codegen::table::from_json(text).unwrap();
    real::assert_eq!(widget.policy, hostile::Policy::Never);
    real::assert_eq!(widget.redirect, hostile::Redirect::V301);
    real::assert_eq!(real_kubewright::codegen::table::to_json(&widget), text);
}
