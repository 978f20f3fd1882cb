pub mod collections_v1 {
    //! Types and client of `collections/v1`.

    mod types {

        use kubewright::codegen::{self, meta};

        /// `Collections` of `collections/v1`.
        pub struct Collections {
            /// JSON field `any`.
            pub any: Vec<codegen::Json>,
            /// JSON field `closed`.
            pub closed: meta::Map<codegen::Json>,
            /// JSON field `listOfMaps`.
            pub list_of_maps: Vec<meta::Map<i64>>,
            /// JSON field `lists`.
            pub lists: Vec<Vec<String>>,
            /// JSON field `mapOfLists`.
            pub map_of_lists: meta::Map<Vec<String>>,
            /// JSON field `named`.
            pub named: meta::Map<CollectionsNamed>,
            /// JSON field `objects`.
            pub objects: Vec<CollectionsObject>,
            /// JSON field `open`.
            pub open: meta::Map<codegen::Json>,
            /// JSON field `untyped`.
            pub untyped: Vec<codegen::Json>,
        }

        codegen::record! {
            Collections {
                "any" any,
                "closed" closed,
                "listOfMaps" list_of_maps,
                "lists" lists,
                "mapOfLists" map_of_lists,
                "named" named,
                "objects" objects,
                "open" open,
                "untyped" untyped,
            }
        }

        /// `CollectionsNamed` of `collections/v1`.
        pub struct CollectionsNamed {
            /// JSON field `size`.
            pub size: Option<i64>,
        }

        codegen::record! {
            CollectionsNamed {
                "size" size,
            }
        }

        /// `CollectionsObject` of `collections/v1`.
        pub struct CollectionsObject {
            /// JSON field `name`.
            pub name: Option<String>,
        }

        codegen::record! {
            CollectionsObject {
                "name" name,
            }
        }

        /// `Flattened` of `collections/v1`.
        pub struct Flattened {
            /// JSON field `known`.
            pub known: Option<String>,
            /// Properties that the schema allows but does not name.
            pub unknown: meta::Map<i64>,
        }

        codegen::record! {
            Flattened {
                "known" known,
                .. unknown
            }
        }
    }

    pub use types::{Collections, CollectionsNamed, CollectionsObject, Flattened};
}
