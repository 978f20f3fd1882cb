//! Implementations behind features: `schemars::JsonSchema` and `arbitrary::Arbitrary`.
//!
//! The macros of this crate call the ones here for each type. With the features off they
//! expand to nothing; with one on, each type gets an impl of a line or two, and one
//! interpreter reads the table. Whether they are on is decided here and nowhere in the crates
//! whose types these are, so that cargo may unite features as it likes.

#[cfg(feature = "arbitrary")]
pub(crate) mod arbitrary;
#[cfg(feature = "schemars")]
pub(crate) mod schema;

/// For a struct of [`record!`](crate::record!).
#[cfg(any(feature = "schemars", feature = "arbitrary"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __record_features {
    ($name:ident) => {
        $crate::__schema! { [] $name, false, $crate::abi::std::stringify!($name), schema_of_record }
        $crate::__arbitrary! { [] $name }
    };
}

/// For a leaf or an open enum: its schema is written where it is used.
#[cfg(any(feature = "schemars", feature = "arbitrary"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __scalar_features {
    ($name:ty) => {
        $crate::__schema! { [] $name, true, $crate::abi::std::stringify!($name), schema }
        $crate::__arbitrary! { [] $name }
    };
}

/// For a generic type that is [`Either`](crate::Either).
#[cfg(any(feature = "schemars", feature = "arbitrary"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __either_features {
    ($name:ident) => {
        $crate::__schema! {
            [T: $crate::abi::Record] $name<T>, true,
            $crate::abi::std::format!("{}_of_{}", $crate::abi::std::stringify!($name), <T as $crate::abi::schemars::JsonSchema>::schema_name()),
            schema
        }
        $crate::__arbitrary! { [T: $crate::abi::Record] $name<T> }
    };
}

#[cfg(feature = "schemars")]
#[doc(hidden)]
#[macro_export]
macro_rules! __schema {
    ([$($generics:tt)*] $name:ty, $inline:literal, $text:expr, $by:ident) => {
        impl<$($generics)*> $crate::abi::schemars::JsonSchema for $name {
            fn inline_schema() -> $crate::abi::bool {
                $inline
            }

            fn schema_name() -> $crate::abi::std::borrow::Cow<'static, $crate::abi::str> {
                $crate::abi::std::convert::Into::into($text)
            }

            fn schema_id() -> $crate::abi::std::borrow::Cow<'static, $crate::abi::str> {
                $crate::abi::std::convert::Into::into($crate::abi::std::format!("{}::{}", $crate::abi::std::module_path!(), $text))
            }

            fn json_schema(
                generator: &mut $crate::abi::schemars::SchemaGenerator,
            ) -> $crate::abi::schemars::Schema {
                $crate::abi::$by::<Self>(generator)
            }
        }
    };
}

#[cfg(feature = "arbitrary")]
#[doc(hidden)]
#[macro_export]
macro_rules! __arbitrary {
    ([$($generics:tt)*] $name:ty) => {
        impl<'arbitrary, $($generics)*> $crate::abi::arbitrary::Arbitrary<'arbitrary> for $name {
            fn arbitrary(
                data: &mut $crate::abi::arbitrary::Unstructured<'arbitrary>,
            ) -> $crate::abi::arbitrary::Result<Self> {
                $crate::abi::make_up(data)
            }
        }
    };
}

#[cfg(not(any(feature = "schemars", feature = "arbitrary")))]
#[doc(hidden)]
#[macro_export]
macro_rules! __record_features {
    ($name:ident) => {};
}

#[cfg(not(any(feature = "schemars", feature = "arbitrary")))]
#[doc(hidden)]
#[macro_export]
macro_rules! __scalar_features {
    ($name:ty) => {};
}

#[cfg(not(any(feature = "schemars", feature = "arbitrary")))]
#[doc(hidden)]
#[macro_export]
macro_rules! __either_features {
    ($name:ident) => {};
}

#[cfg(not(feature = "schemars"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __schema {
    ($($any:tt)*) => {};
}

#[cfg(not(feature = "arbitrary"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __arbitrary {
    ($($any:tt)*) => {};
}
