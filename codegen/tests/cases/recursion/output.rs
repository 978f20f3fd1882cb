pub mod recursion_v1 {
    //! Types and client of `recursion/v1`.

    mod types {

        use kubewright::codegen::{self, meta};

        /// `Chicken` of `recursion/v1`.
        pub struct Chicken {
            /// JSON field `egg`.
            pub egg: Option<Box<Egg>>,
            /// JSON field `name`.
            pub name: Option<String>,
        }

        codegen::record! {
            Chicken {
                "egg" egg,
                "name" name,
            }
        }

        /// `Egg` of `recursion/v1`.
        pub struct Egg {
            /// JSON field `chicken`.
            pub chicken: Option<Box<Chicken>>,
            /// JSON field `weight`.
            pub weight: Option<i64>,
        }

        codegen::record! {
            Egg {
                "chicken" chicken,
                "weight" weight,
            }
        }

        /// `Must` of `recursion/v1`.
        pub struct Must {
            /// JSON field `again`, required, may be null.
            pub again: Option<Box<Must>>,
        }

        codegen::record! {
            Must {
                "again" again [always],
            }
        }

        /// `Straight` of `recursion/v1`.
        pub struct Straight {
            /// JSON field `tree`.
            pub tree: Option<Box<Tree>>,
        }

        codegen::record! {
            Straight {
                "tree" tree,
            }
        }

        /// `Tree` of `recursion/v1`.
        pub struct Tree {
            /// JSON field `byName`.
            pub by_name: meta::Map<Tree>,
            /// JSON field `children`.
            pub children: Vec<Tree>,
            /// JSON field `left`.
            pub left: Option<Box<Tree>>,
            /// JSON field `value`.
            pub value: Option<String>,
        }

        codegen::record! {
            Tree {
                "byName" by_name,
                "children" children,
                "left" left,
                "value" value,
            }
        }
    }

    pub use types::{Chicken, Egg, Must, Straight, Tree};
}
