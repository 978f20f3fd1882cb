pub mod docs_v1 {
    //! Types and client of `docs/v1`.

    mod types {

        use kubewright_dynamic::codegen;
        use serde::{Deserialize, Serialize};

        /// `Docs` of `docs/v1`.
        ///
        /// Upstream's words about it.
        ///
        /// More of them.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(default)]
        pub struct Docs {
            /// JSON field `block`.
            ///
            /// Before:
            /// ```text
            /// let x = 1;
            /// ```
            ///
            /// indented
            /// after
            #[serde(skip_serializing_if = "Option::is_none")]
            pub block: Option<String>,
            /// JSON field `brackets`.
            ///
            /// A \[link\] to \<b\>bold\</b\> and `code`.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub brackets: Option<String>,
            /// JSON field `end`.
            ///
            /// \*/ #!\[allow(x)\] r#" "  backwards
            #[serde(skip_serializing_if = "Option::is_none")]
            pub end: Option<String>,
            /// JSON field `fence`.
            ///
            /// ```text
            /// fn never_closed() {
            /// ```
            #[serde(skip_serializing_if = "Option::is_none")]
            pub fence: Option<String>,
            /// JSON field `heading`.
            ///
            /// \# Heading
            /// - item
            /// - item
            #[serde(skip_serializing_if = "Option::is_none")]
            pub heading: Option<String>,
            /// JSON field `keyed`, a set.
            ///
            /// A set.
            #[serde(
                deserialize_with = "codegen::null_as_default",
                skip_serializing_if = "Vec::is_empty"
            )]
            pub keyed: Vec<String>,
            /// JSON field `line`.
            ///
            /// a
            /// bc
            #[serde(skip_serializing_if = "Option::is_none")]
            pub line: Option<String>,
            /// JSON field `url`, required.
            ///
            /// See <https://example.com/a_b>, or (<http://x.y>).
            #[serde(deserialize_with = "codegen::null_as_default")]
            pub url: String,
        }
    }

    pub use types::Docs;
}
