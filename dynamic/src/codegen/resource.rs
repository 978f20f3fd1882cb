//! The impls that make a struct with metadata a resource, where no derive is wanted.
//!
//! Generated crates use this: a derive brings a compiler of Rust with it, which every build
//! would wait for.

/// The traits of a generated kind: its address, scope, verbs and subresources; and `new`, with
/// `in_namespace` where it lives in one.
#[doc(hidden)]
#[macro_export]
macro_rules! __resource {
    ($name:ident {
        $group:literal $version:literal $kind:literal $plural:literal $scope:ident
        $($marker:ident)*
    }) => {
        impl $crate::codegen::HasMetadata for $name {
            const HOLDS_TYPE: $crate::codegen::bool = false;

            #[inline]
            fn metadata(&self) -> &$crate::codegen::meta::ObjectMeta {
                &self.metadata
            }

            #[inline]
            fn metadata_mut(&mut self) -> &mut $crate::codegen::meta::ObjectMeta {
                &mut self.metadata
            }

            #[inline]
            fn read_json(text: &$crate::codegen::str) -> $crate::Result<Self> {
                $crate::codegen::read_json(text)
            }

            #[inline]
            fn read_front(
                text: &$crate::codegen::str,
                depth: $crate::codegen::std::primitive::u32,
            ) -> $crate::codegen::Front<Self> {
                $crate::codegen::read_front(text, depth)
            }

            #[inline]
            fn write_json(
                &self,
                resource: &$crate::ApiResource,
            ) -> $crate::Result<$crate::codegen::std::string::String> {
                $crate::codegen::write_json(self, resource)
            }
        }

        impl $crate::codegen::Resource for $name {
            type Scope = $crate::codegen::$scope;
            const GROUP: &'static $crate::codegen::str = $group;
            const VERSION: &'static $crate::codegen::str = $version;
            const KIND: &'static $crate::codegen::str = $kind;
            const PLURAL: &'static $crate::codegen::str = $plural;
        }

        $(impl $crate::codegen::verbs::$marker for $name {})*

        #[allow(unreachable_pub, reason = "the kind may be private")]
        impl $name {
            /// An object of this name and nothing else; the rest by struct update.
            #[inline]
            #[must_use]
            pub fn new(name: impl $crate::codegen::std::convert::Into<$crate::codegen::std::string::String>) -> Self {
                $crate::codegen::named($crate::codegen::std::convert::Into::into(name))
            }

            $crate::codegen::resource!(@$scope);
        }
    };
    (@Cluster) => {};
    (@Namespaced) => {
        /// The same object, in a namespace.
        #[inline]
        #[must_use]
        pub fn in_namespace(
            self,
            namespace: impl $crate::codegen::std::convert::Into<$crate::codegen::std::string::String>,
        ) -> Self {
            $crate::codegen::in_namespace(self, $crate::codegen::std::convert::Into::into(namespace))
        }
    };
}
