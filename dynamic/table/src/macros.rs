//! The macros, which write tables that cannot be wrong.
//!
//! A table is right when each of its fields is at its offset and of its type. The macro takes
//! both from the name of the field: the offset by `offset_of!`, the kind by the type of the
//! same field of the empty value. A name that is not a field, a type without a kind, a field
//! left out: none of them compiles.
//!
//! The caller is not trusted. An expansion has `unsafe impl`, whose promise the macro keeps, and
//! no `unsafe { … }`: the compiler checks every token of the caller as it checks safe code. All
//! other names begin with `$crate`, so that nothing in the caller's scope can take their place.
//! `docs/soundness.md` has the whole argument; `tests/ui` what does not compile.
//!
//! Of what an expansion holds, only the table is compiled where it stands. The rest is one line
//! each and inlined, so that it is compiled by those programs that call it, for the types
//! that they call it on.

/// Makes structs of fields readable, writable, clonable and comparable by their table.
///
/// The list names each field twice: as JSON and as Rust. It implements [`Empty`](crate::Empty),
/// `Default`, `Clone`, `PartialEq`, `Debug` and serde's `Serialize` and `Deserialize`. A field's
/// type is a leaf, an open enum, another such struct, or an `Option`, `Vec`,
/// [`Map`](crate::Map) or `Option<Box<_>>` of those.
///
/// - A field that is an absent option or an empty list or map is left out of JSON, unless
///   `[always]` follows it.
/// - `[secret]` hides the value from `Debug`.
/// - `.. field` names a [`Map`](crate::Map) that keeps what has no field; `except "a" "b"`
///   names keys that it does not keep.
///
/// ```
/// use kubewright_table::{Map, from_json, record, to_json};
///
/// pub struct Login { pub user: String, pub password: Option<String>, pub roles: Vec<String>, pub more: Map<String> }
/// record! { Login { "user" user, "password" password [secret], "roles" roles [always], .. more } }
///
/// let login: Login = from_json(r#"{"user":"ann","password":"pw","shell":"sh"}"#)?;
/// assert_eq!(to_json(&login), r#"{"user":"ann","password":"pw","roles":[],"shell":"sh"}"#);
/// assert!(!format!("{login:?}").contains("pw"));
/// # Ok::<(), kubewright_table::Error>(())
/// ```
///
/// Every field must be named, once:
///
/// ```compile_fail,E0063
/// pub struct Point { pub x: i32, pub y: i32 }
/// kubewright_table::record! { Point { "x" x } }
/// ```
///
/// ```compile_fail,E0560
/// pub struct Point { pub x: i32 }
/// kubewright_table::record! { Point { "x" x, "y" y } }
/// ```
///
/// and has a type that tables know:
///
/// ```compile_fail,E0277
/// pub struct Point { pub x: std::rc::Rc<i32> }
/// kubewright_table::record! { Point { "x" x } }
/// ```
#[macro_export]
macro_rules! record {
    ($name:ident {
        $($wire:literal $field:ident $([$($flag:ident)+])?),* $(,)?
        $(.. $rest:ident $(except $($except:literal)+)?)?
    }) => {
        impl $crate::Empty for $name {
            const EMPTY: Self = Self {
                $($field: $crate::Empty::EMPTY,)*
                $($rest: $crate::Empty::EMPTY,)?
            };
        }

        // A conflict where the struct implements `Drop`, which emptying by the table would skip.
        impl $crate::abi::MustNotImplementDrop for $name {}

        // SAFETY: offset and kind of each field come from the same name in the same type; a
        // union cannot lend a field here, outside of `unsafe`; and `EMPTY` above does not
        // compile unless all fields are named.
        unsafe impl $crate::abi::Record for $name {
            const REF: &'static Self = &<Self as $crate::Empty>::EMPTY;

            // Once, here: what is inlined takes the table along to every user.
            #[inline(never)]
            fn desc() -> &'static $crate::abi::Desc {
                const REF: &$name = <$name as $crate::abi::Record>::REF;
                const FIELDS: &[$crate::abi::Field] = &[
                    $(
                        $crate::abi::Field::new($wire, $crate::abi::offset_of!($name, $field), &REF.$field)
                            $(.with($crate::abi::Flags { $($flag: true,)+ ..$crate::abi::Flags::NONE }))?,
                    )*
                    $($crate::abi::Field::new("", $crate::abi::offset_of!($name, $rest), &REF.$rest),)?
                ];
                const DESC: &$crate::abi::Desc = &$crate::abi::Desc::new::<$name>(
                    $crate::abi::stringify!($name),
                    FIELDS,
                )$(.with_rest(&REF.$rest, &[$($($except),+)?]))?;
                DESC
            }
        }

        // SAFETY: the kind is that of the record.
        unsafe impl $crate::abi::Shape for $name {
            const KIND: $crate::abi::Kind = $crate::abi::Kind::record::<Self>();
        }

        // SAFETY: the kind is that of an option of the record.
        unsafe impl $crate::abi::Optional for $name {
            const OPTION: $crate::abi::Kind = $crate::abi::Kind::option::<Self>();
        }

        impl $crate::abi::std::default::Default for $name {
            #[inline]
            fn default() -> Self {
                <Self as $crate::Empty>::EMPTY
            }
        }

        impl $crate::abi::std::clone::Clone for $name {
            #[inline]
            fn clone(&self) -> Self {
                $crate::abi::clone(self)
            }
        }

        impl $crate::abi::std::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> $crate::abi::bool {
                $crate::abi::equal(self, other)
            }
        }

        impl $crate::abi::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut $crate::abi::std::fmt::Formatter<'_>) -> $crate::abi::std::fmt::Result {
                $crate::abi::debug(self, f)
            }
        }

        impl $crate::abi::serde::Serialize for $name {
            #[inline]
            fn serialize<S: $crate::abi::serde::Serializer>(
                &self,
                serializer: S,
            ) -> $crate::abi::std::result::Result<S::Ok, S::Error> {
                $crate::abi::serialize(self, serializer)
            }
        }

        impl<'de> $crate::abi::serde::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: $crate::abi::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> $crate::abi::std::result::Result<Self, D::Error> {
                $crate::abi::deserialize(deserializer)
            }
        }

        $crate::__record_features! { $name }
    };
}

/// Lets types that implement [`Leaf`](crate::Leaf) be fields of a [`record!`](crate::record!).
#[macro_export]
macro_rules! leaf {
    ($($name:ty),+) => {$(
        $crate::__leaf!($name);
        $crate::__scalar_features!($name);
    )+};
}

/// The same for types that have what features bring from elsewhere.
#[doc(hidden)]
#[macro_export]
macro_rules! __leaf {
    ($($name:ty),+) => {$(
        // SAFETY: the kind is that of the leaf.
        unsafe impl $crate::abi::Shape for $name {
            const KIND: $crate::abi::Kind = $crate::abi::Kind::leaf::<Self>();
        }

        // SAFETY: the kind is that of an option of the leaf.
        unsafe impl $crate::abi::Optional for $name {
            const OPTION: $crate::abi::Kind = $crate::abi::Kind::option::<Self>();
        }
    )+};
}

/// The same for types that implement [`OpenEnum`](crate::OpenEnum) and [`Empty`](crate::Empty).
#[macro_export]
macro_rules! open_enum {
    ($($name:ty),+) => {$(
        // SAFETY: the kind is that of the enum.
        unsafe impl $crate::abi::Shape for $name {
            const KIND: $crate::abi::Kind = $crate::abi::Kind::open_enum::<Self>();
        }

        // SAFETY: the kind is that of an option of the enum.
        unsafe impl $crate::abi::Optional for $name {
            const OPTION: $crate::abi::Kind = $crate::abi::Kind::option::<Self>();
        }

        $crate::__scalar_features!($name);
    )+};
}

/// The same for generic types that implement [`Either`](crate::Either) for every record.
#[macro_export]
macro_rules! either {
    ($($name:ident),+) => {$(
        // SAFETY: the kind is that of the union.
        unsafe impl<T: $crate::abi::Record> $crate::abi::Shape for $name<T> {
            const KIND: $crate::abi::Kind = $crate::abi::Kind::either::<Self>();
        }

        // SAFETY: the kind is that of an option of the union.
        unsafe impl<T: $crate::abi::Record> $crate::abi::Optional for $name<T> {
            const OPTION: $crate::abi::Kind = $crate::abi::Kind::option::<Self>();
        }

        $crate::__either_features!($name);
    )+};
}
