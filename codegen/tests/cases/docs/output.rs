pub mod docs_v1 {
    //! Types and client of `docs/v1`.

    mod types {

        use kubewright::codegen;

        /// `Docs` of `docs/v1`.
        ///
        /// Upstream's words about it.
        ///
        /// More of them.
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
            pub block: Option<String>,
            /// JSON field `brackets`.
            ///
            /// A \[link\] to \<b\>bold\</b\> and `code`.
            pub brackets: Option<String>,
            /// JSON field `end`.
            ///
            /// \*/ #!\[allow(x)\] r#" "  backwards
            pub end: Option<String>,
            /// JSON field `fence`.
            ///
            /// ```text
            /// fn never_closed() {
            /// ```
            pub fence: Option<String>,
            /// JSON field `heading`.
            ///
            /// \# Heading
            /// - item
            /// - item
            pub heading: Option<String>,
            /// JSON field `keyed`, a set.
            ///
            /// A set.
            pub keyed: Vec<String>,
            /// JSON field `line`.
            ///
            /// a
            /// bc
            pub line: Option<String>,
            /// JSON field `url`, required.
            ///
            /// See <https://example.com/a_b>, or (<http://x.y>).
            pub url: String,
        }

        codegen::record! {
            Docs {
                "block" block,
                "brackets" brackets,
                "end" end,
                "fence" fence,
                "heading" heading,
                "keyed" keyed,
                "line" line,
                "url" url,
            }
        }
    }

    pub use types::Docs;
}
