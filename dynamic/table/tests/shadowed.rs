//! Macros of a crate that has put other things in the place of everything they could name.
//!
//! This crate is its own `std`, `core`, `serde` and `kubewright_table`, has no prelude, and gives
//! the usual names other meanings. What the macros expand to begins every path with `$crate`, so
//! none of it is found: were one path to lead here, this would not compile, or read a field
//! where another is.
#![no_std]
#![no_implicit_prelude]
#![forbid(unsafe_code)]

extern crate kubewright_table as table;
extern crate self as core;
extern crate self as kubewright_table;
extern crate self as serde;
extern crate self as std;
extern crate std as real;

/// The one module that a `::std::mem::offset_of!` would find.
pub mod mem {
    pub use crate::forged as offset_of;
}

/// The number of a field that is elsewhere.
#[macro_export]
macro_rules! forged {
    ($($any:tt)*) => {
        8
    };
}

/// Every name that an expansion could use without a path.
#[allow(unused_macros)]
mod hostile {
    macro_rules! stringify {
        ($($any:tt)*) => {
            0
        };
    }
    macro_rules! format {
        ($($any:tt)*) => {
            0
        };
    }
    macro_rules! module_path {
        ($($any:tt)*) => {
            0
        };
    }
    macro_rules! offset_of {
        ($($any:tt)*) => {
            8
        };
    }

    // Types, traits and constants with the names of others.
    macro_rules! taken {
        ($($name:ident)*) => {$(
            #[allow(dead_code, non_camel_case_types)]
            struct $name {}
        )*};
    }

    taken! { bool str usize Option Some None Result Ok Err Box Vec String Map Empty Kind Field Desc S D T }

    #[allow(dead_code)]
    trait Default {
        const EMPTY: () = ();
        const KIND: () = ();
        const NONE: () = ();
        /// Methods that the expansion calls, for every type.
        fn with(self)
        where
            Self: crate::real::marker::Sized,
        {
        }
        fn with_rest(self)
        where
            Self: crate::real::marker::Sized,
        {
        }
    }

    impl<Any> Default for Any {}

    #[allow(dead_code)]
    trait Clone {}
    #[allow(dead_code)]
    trait Debug {}
    #[allow(dead_code)]
    trait Serialize {}
    #[allow(dead_code)]
    const REF: i32 = 8;
    #[allow(dead_code)]
    const FIELDS: i32 = 8;

    pub(crate) struct Person {
        pub(crate) age: i64,
        pub(crate) name: crate::real::string::String,
        pub(crate) tags: crate::real::vec::Vec<crate::real::string::String>,
        pub(crate) rest: crate::table::Map<crate::real::string::String>,
    }

    crate::table::record! {
        Person { "age" age, "name" name [secret], "tags" tags [always], .. rest except "kind" }
    }

    /// A struct with the name of a constant in the expansion.
    #[allow(clippy::upper_case_acronyms)]
    pub(crate) struct DESC {
        pub(crate) text: crate::real::string::String,
    }

    crate::table::record! { DESC { "text" text } }
}

#[real::prelude::v1::test]
fn what_the_caller_has_is_not_found() {
    use real::string::ToString;

    let text = r#"{"age":4096,"name":"abc","kind":"Person","eyes":"blue"}"#;
    let person: hostile::Person = table::from_json(text).unwrap();
    real::assert_eq!((person.age, person.name.as_str()), (4096, "abc"));
    real::assert_eq!(person.rest["eyes"], "blue");
    let written = r#"{"age":4096,"name":"abc","tags":[],"eyes":"blue"}"#;
    real::assert_eq!(table::to_json(&person), written);
    let shown = real::format!("{person:?}");
    real::assert_eq!(
        shown,
        r#"Person { age: 4096, name: <redacted>, unknown: {"eyes": "blue"}, .. }"#
    );

    let inner: hostile::DESC = table::from_json(r#"{"text":"t"}"#).unwrap();
    real::assert_eq!(inner.text, "t".to_string());
}
