//! What generated kinds are made with: `Pod::new("web").in_namespace("prod")`.
//!
//! A name is all that every object needs; everything else is a field, set by struct update.
//! What is written once a kind is only the two methods.

use crate::object::HasMetadata;

/// An object of this name, empty otherwise.
pub fn named<T: Default + HasMetadata>(name: String) -> T {
    let mut object = T::default();
    object.metadata_mut().name = Some(name);
    object
}

/// The object, in a namespace.
pub fn in_namespace<T: HasMetadata>(mut object: T, namespace: String) -> T {
    object.metadata_mut().namespace = Some(namespace);
    object
}

/// `new` for every kind, `in_namespace` for those that live in one.
#[doc(hidden)]
#[macro_export]
macro_rules! __constructors {
    ($($kind:ident: $scope:ident,)*) => {
        $(
            impl $kind {
                /// An object of this name and nothing else; the rest by struct update.
                #[inline]
                #[must_use]
                pub fn new(name: impl Into<String>) -> Self {
                    $crate::codegen::named(name.into())
                }

                $crate::codegen::constructors!(@$scope);
            }
        )*
    };
    (@Cluster) => {};
    (@Namespaced) => {
        /// The same object, in a namespace.
        #[inline]
        #[must_use]
        pub fn in_namespace(self, namespace: impl Into<String>) -> Self {
            $crate::codegen::in_namespace(self, namespace.into())
        }
    };
}
