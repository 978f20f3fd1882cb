pub mod collections_v1 {
    //! Types and client of `collections/v1`.

    mod types {

        use kubewright_dynamic::codegen::{self, meta};
        use serde::{Deserialize, Serialize};

        /// `Collections` of `collections/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default, rename_all = "camelCase")]
        pub struct Collections {
            /// JSON field `any`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "Vec::is_empty"
            )]
            pub any: Vec<codegen::Json>,
            /// JSON field `closed`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "meta::Map::is_empty"
            )]
            pub closed: meta::Map<codegen::Json>,
            /// JSON field `listOfMaps`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "Vec::is_empty"
            )]
            pub list_of_maps: Vec<meta::Map<i64>>,
            /// JSON field `lists`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "Vec::is_empty"
            )]
            pub lists: Vec<Vec<String>>,
            /// JSON field `mapOfLists`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "meta::Map::is_empty"
            )]
            pub map_of_lists: meta::Map<Vec<String>>,
            /// JSON field `named`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "meta::Map::is_empty"
            )]
            pub named: meta::Map<CollectionsNamed>,
            /// JSON field `objects`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "Vec::is_empty"
            )]
            pub objects: Vec<CollectionsObject>,
            /// JSON field `open`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "meta::Map::is_empty"
            )]
            pub open: meta::Map<codegen::Json>,
            /// JSON field `untyped`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "Vec::is_empty"
            )]
            pub untyped: Vec<codegen::Json>,
        }

        /// `CollectionsNamed` of `collections/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct CollectionsNamed {
            /// JSON field `size`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub size: Option<i64>,
        }

        /// `CollectionsObject` of `collections/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct CollectionsObject {
            /// JSON field `name`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
        }

        /// `Flattened` of `collections/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct Flattened {
            /// JSON field `known`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub known: Option<String>,
            /// Properties that the schema allows but does not name.
            #[serde(flatten)]
            pub unknown: meta::Map<i64>,
        }
    }

    pub use types::{Collections, CollectionsNamed, CollectionsObject, Flattened};
}
