//! Enums of integers that also accept values unknown when they were generated.

/// The traits of an open enum of integers: known variants, and `Other(i64)` for the rest.
///
/// Two values are equal when their numbers are, so an `Other` built by hand equals the variant
/// of the same number.
#[doc(hidden)]
#[macro_export]
macro_rules! __open_integers {
    ($name:ident { $($variant:ident = $number:literal),* $(,)? }) => {
        #[allow(unreachable_pub, reason = "the enum may be private")]
        impl $name {
            /// The values known when this was generated.
            #[must_use]
            pub const fn known() -> &'static [$crate::codegen::i64] {
                &[$($number),*]
            }

            /// The value as JSON spells it.
            #[must_use]
            pub const fn as_i64(&self) -> $crate::codegen::i64 {
                match self {
                    $(Self::$variant => $number,)*
                    Self::Other(number) => *number,
                }
            }
        }

        impl $crate::codegen::std::convert::From<$crate::codegen::i64> for $name {
            #[inline]
            fn from(number: $crate::codegen::i64) -> Self {
                match number {
                    $($number => Self::$variant,)*
                    other => Self::Other(other),
                }
            }
        }

        impl $crate::codegen::table::Empty for $name {
            const EMPTY: Self = Self::Other(0);
        }

        impl $crate::codegen::table::Leaf for $name {
            const EXPECTED: &'static $crate::codegen::str = <$crate::codegen::i64 as $crate::codegen::table::Leaf>::EXPECTED;
            const FORM: $crate::codegen::table::Form =
                $crate::codegen::table::Form::Integers($name::known());

            fn read(
                datum: $crate::codegen::table::Datum<'_>,
            ) -> $crate::codegen::std::result::Result<Self, $crate::codegen::table::LeafError> {
                <$crate::codegen::i64 as $crate::codegen::table::Leaf>::read(datum)
                    .map(<Self as $crate::codegen::std::convert::From<$crate::codegen::i64>>::from)
            }

            fn show(&self) -> $crate::codegen::table::Datum<'_> {
                $crate::codegen::table::Datum::Int(self.as_i64())
            }
        }

        $crate::codegen::table::leaf!($name);

        impl $crate::codegen::std::default::Default for $name {
            #[inline]
            fn default() -> Self {
                <Self as $crate::codegen::table::Empty>::EMPTY
            }
        }

        impl $crate::codegen::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut $crate::codegen::std::fmt::Formatter<'_>) -> $crate::codegen::std::fmt::Result {
                $crate::codegen::std::fmt::Display::fmt(&self.as_i64(), f)
            }
        }

        impl $crate::codegen::std::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> $crate::codegen::bool {
                self.as_i64() == other.as_i64()
            }
        }

        impl $crate::codegen::std::cmp::Eq for $name {}

        impl $crate::codegen::std::cmp::PartialEq<$crate::codegen::i64> for $name {
            #[inline]
            fn eq(&self, other: &$crate::codegen::i64) -> $crate::codegen::bool {
                self.as_i64() == *other
            }
        }

        impl $crate::codegen::std::hash::Hash for $name {
            #[inline]
            fn hash<H: $crate::codegen::std::hash::Hasher>(&self, state: &mut H) {
                $crate::codegen::std::hash::Hash::hash(&self.as_i64(), state);
            }
        }

        impl $crate::codegen::serde::Serialize for $name {
            #[inline]
            fn serialize<S: $crate::codegen::serde::Serializer>(
                &self,
                serializer: S,
            ) -> $crate::codegen::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.as_i64())
            }
        }

        impl<'de> $crate::codegen::serde::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: $crate::codegen::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> $crate::codegen::std::result::Result<Self, D::Error> {
                <$crate::codegen::i64 as $crate::codegen::serde::Deserialize>::deserialize(deserializer)
                    .map(<Self as $crate::codegen::std::convert::From<$crate::codegen::i64>>::from)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    /// Written as the generator writes it.
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    enum Redirect {
        V301,
        V302,
        Other(i64),
    }

    crate::codegen::open_integers! {
        Redirect {
            V301 = 301,
            V302 = 302,
        }
    }

    #[test]
    fn known_and_unknown_numbers_survive_json() {
        let text = "[301,302,-7]";
        let values: Vec<Redirect> = serde_json::from_str(text).unwrap();
        assert!(matches!(values[0], Redirect::V301));
        assert!(matches!(values[1], Redirect::V302));
        assert!(matches!(values[2], Redirect::Other(-7)));
        assert_eq!(serde_json::to_string(&values).unwrap(), text);
        assert!(serde_json::from_str::<Redirect>("\"301\"").is_err());
    }

    #[test]
    fn the_number_is_identity() {
        let by_hand = Redirect::Other(301);
        assert_eq!(by_hand, Redirect::V301);
        assert_eq!(HashSet::from([by_hand, Redirect::V301]).len(), 1);
        assert_eq!(Redirect::V302, 302);
        assert_eq!(Redirect::known(), [301, 302]);
        assert_eq!(Redirect::V301.to_string(), "301");
    }
}
