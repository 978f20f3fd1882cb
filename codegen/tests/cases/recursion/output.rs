pub mod recursion_v1 {
    //! Types and client of `recursion/v1`.

    mod types {

        use kubewright_dynamic::codegen::{self, meta};
        use serde::{Deserialize, Serialize};

        /// `Chicken` of `recursion/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct Chicken {
            /// JSON field `egg`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub egg: Option<Box<Egg>>,
            /// JSON field `name`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub name: Option<String>,
        }

        /// `Egg` of `recursion/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct Egg {
            /// JSON field `chicken`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub chicken: Option<Box<Chicken>>,
            /// JSON field `weight`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub weight: Option<i64>,
        }

        /// `Must` of `recursion/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct Must {
            /// JSON field `again`, required, may be null.
            pub again: Option<Box<Must>>,
        }

        /// `Straight` of `recursion/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct Straight {
            /// JSON field `tree`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub tree: Option<Box<Tree>>,
        }

        /// `Tree` of `recursion/v1`.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default, rename_all = "camelCase")]
        pub struct Tree {
            /// JSON field `byName`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "meta::Map::is_empty"
            )]
            pub by_name: meta::Map<Tree>,
            /// JSON field `children`.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "Vec::is_empty"
            )]
            pub children: Vec<Tree>,
            /// JSON field `left`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub left: Option<Box<Tree>>,
            /// JSON field `value`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub value: Option<String>,
        }
    }

    pub use types::{Chicken, Egg, Must, Straight, Tree};
}
