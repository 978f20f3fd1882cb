//! Enums of strings that also accept values unknown when they were generated.
//!
//! A closed enum would fail a whole list for one value of a newer server.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, Visitor};

/// Reads any string into an open enum.
///
/// # Errors
///
/// When the value is not a string.
pub fn deserialize<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: From<String> + for<'a> From<&'a str>,
{
    deserializer.deserialize_str(Text(PhantomData))
}

struct Text<T>(PhantomData<T>);

impl<T: From<String> + for<'a> From<&'a str>> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        Ok(T::from(text))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<T, E> {
        Ok(T::from(text))
    }
}

/// The traits of an open enum: known variants, and `Other(Unknown)` or `Other(String)` for the rest.
///
/// Two values are equal when their texts are, so an `Other` built by hand equals the variant
/// of the same text. Every path is absolute: a specification may well name a type `From`.
#[doc(hidden)]
#[macro_export]
macro_rules! __open_enum {
    ($name:ident { $($variant:ident = $text:literal),* $(,)? }) => {
        #[allow(unreachable_pub, reason = "the enum may be private")]
        impl $name {
            /// The values known when this was generated.
            #[must_use]
            pub const fn known() -> &'static [&'static $crate::codegen::str] {
                &[$($text),*]
            }

            /// The value as JSON spells it.
            #[inline]
            #[must_use]
            pub fn as_str(&self) -> &$crate::codegen::str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Other(text) => text,
                }
            }
        }

        impl $crate::codegen::std::convert::From<&$crate::codegen::str> for $name {
            #[inline]
            fn from(text: &$crate::codegen::str) -> Self {
                match text {
                    $($text => Self::$variant,)*
                    other => Self::Other($crate::codegen::std::convert::From::from(other)),
                }
            }
        }

        impl $crate::codegen::std::convert::From<$crate::codegen::std::string::String> for $name {
            #[inline]
            fn from(text: $crate::codegen::std::string::String) -> Self {
                match text.as_str() {
                    $($text => Self::$variant,)*
                    _ => Self::Other($crate::codegen::std::convert::From::from(text)),
                }
            }
        }

        impl $crate::codegen::std::str::FromStr for $name {
            type Err = $crate::codegen::std::convert::Infallible;

            #[inline]
            fn from_str(text: &$crate::codegen::str) -> $crate::codegen::std::result::Result<Self, Self::Err> {
                $crate::codegen::std::result::Result::Ok(<Self as $crate::codegen::std::convert::From<&$crate::codegen::str>>::from(text))
            }
        }

        impl $crate::codegen::table::Empty for $name {
            const EMPTY: Self = $(if $text.is_empty() { Self::$variant } else)* {
                Self::Other($crate::codegen::table::Empty::EMPTY)
            };
        }

        impl $crate::codegen::table::OpenEnum for $name {
            #[inline]
            fn known() -> &'static [&'static $crate::codegen::str] {
                $name::known()
            }

            fn text(&self) -> &$crate::codegen::str {
                self.as_str()
            }

            fn set(&mut self, text: $crate::codegen::std::borrow::Cow<'_, $crate::codegen::str>) {
                *self = match text {
                    $crate::codegen::std::borrow::Cow::Borrowed(text) => <Self as $crate::codegen::std::convert::From<&$crate::codegen::str>>::from(text),
                    $crate::codegen::std::borrow::Cow::Owned(text) => {
                        <Self as $crate::codegen::std::convert::From<$crate::codegen::std::string::String>>::from(text)
                    }
                };
            }
        }

        $crate::codegen::table::open_enum!($name);

        impl $crate::codegen::std::default::Default for $name {
            #[inline]
            fn default() -> Self {
                <Self as $crate::codegen::table::Empty>::EMPTY
            }
        }

        impl $crate::codegen::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut $crate::codegen::std::fmt::Formatter<'_>) -> $crate::codegen::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $crate::codegen::std::convert::AsRef<$crate::codegen::str> for $name {
            #[inline]
            fn as_ref(&self) -> &$crate::codegen::str {
                self.as_str()
            }
        }

        impl $crate::codegen::std::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> $crate::codegen::bool {
                *self.as_str() == *other.as_str()
            }
        }

        impl $crate::codegen::std::cmp::Eq for $name {}

        impl $crate::codegen::std::cmp::PartialEq<$crate::codegen::str> for $name {
            #[inline]
            fn eq(&self, other: &$crate::codegen::str) -> $crate::codegen::bool {
                *self.as_str() == *other
            }
        }

        impl $crate::codegen::std::cmp::PartialEq<&$crate::codegen::str> for $name {
            #[inline]
            fn eq(&self, other: &&$crate::codegen::str) -> $crate::codegen::bool {
                *self.as_str() == **other
            }
        }

        impl $crate::codegen::std::hash::Hash for $name {
            #[inline]
            fn hash<H: $crate::codegen::std::hash::Hasher>(&self, state: &mut H) {
                $crate::codegen::std::hash::Hash::hash(self.as_str(), state);
            }
        }

        impl $crate::codegen::serde::Serialize for $name {
            #[inline]
            fn serialize<S: $crate::codegen::serde::Serializer>(
                &self,
                serializer: S,
            ) -> $crate::codegen::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::codegen::serde::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: $crate::codegen::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> $crate::codegen::std::result::Result<Self, D::Error> {
                $crate::codegen::deserialize_open_enum(deserializer)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use crate::model::meta::Unknown;

    /// Written as the generator writes it.
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    enum PullPolicy {
        Always,
        Never,
        Other(Unknown),
    }

    crate::codegen::open_enum! {
        PullPolicy {
            Always = "Always",
            Never = "never",
        }
    }

    #[test]
    fn known_and_unknown_values_survive_json() {
        let text = r#"["Always","never","Never",""]"#;
        let values: Vec<PullPolicy> = serde_json::from_str(text).unwrap();
        assert!(matches!(values[0], PullPolicy::Always));
        assert!(matches!(values[1], PullPolicy::Never));
        assert!(matches!(&values[2], PullPolicy::Other(text) if text == "Never"));
        assert_eq!(serde_json::to_string(&values).unwrap(), text);
        assert_eq!(values[3], PullPolicy::default());
    }

    #[test]
    fn text_is_identity() {
        let by_hand = PullPolicy::Other("Always".into());
        assert_eq!(by_hand, PullPolicy::Always);
        assert_eq!(HashSet::from([by_hand, PullPolicy::Always]).len(), 1);
        assert_eq!(PullPolicy::Never, "never");
        assert_eq!(PullPolicy::known(), ["Always", "never"]);
        assert_eq!(format!("{:>8}", PullPolicy::Never), "   never");
        assert_eq!(
            "x".parse::<PullPolicy>(),
            Ok(PullPolicy::from(String::from("x")))
        );
    }

    #[test]
    fn what_is_not_known_takes_two_words_at_most() {
        assert_eq!(size_of::<Option<PullPolicy>>(), 2 * size_of::<usize>());
    }

    #[test]
    fn only_strings_are_read() {
        assert!(serde_json::from_str::<PullPolicy>("1").is_err());
        assert!(serde_json::from_value::<PullPolicy>("never".into()).is_ok());
    }
}
